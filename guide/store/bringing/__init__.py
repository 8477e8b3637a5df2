"""Bringing in: any file looked at, line by line, before anything of hers is changed."""
