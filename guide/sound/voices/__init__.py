"""Text to sound, by the voices there are."""
