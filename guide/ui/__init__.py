"""Widgets: they show values and send calls."""
