"""The library: the routines there are."""
