"""Pumping Guide: routines for hands-on pumping, said and shown step by step."""

__version__ = "0.1.0"
