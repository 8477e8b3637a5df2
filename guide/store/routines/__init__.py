"""Routine files: read, listed, kept."""
