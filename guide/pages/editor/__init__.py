"""The editor: a form and a text view over one and the same text, and what will be heard of it."""
