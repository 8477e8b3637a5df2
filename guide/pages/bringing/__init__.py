"""Bringing in: what files would bring, looked at before it is done."""
