"""A session as it runs."""
