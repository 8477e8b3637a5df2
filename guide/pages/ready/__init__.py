"""Before a session: what is at hand."""
