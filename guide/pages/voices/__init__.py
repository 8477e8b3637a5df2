"""Voices: the page where one is chosen, and the studio where one is recorded."""
