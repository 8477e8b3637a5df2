"""The session log, and sessions out and in again."""
