"""A routine taken away from the computer."""
