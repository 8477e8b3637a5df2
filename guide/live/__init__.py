"""Qt without widgets: what acts in time."""
