"""The microphone, and her own words: no Qt."""
