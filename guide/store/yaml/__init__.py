"""YAML as text with places, and edits cut into it."""
