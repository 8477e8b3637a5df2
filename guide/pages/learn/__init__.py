"""The pages of Learn."""
