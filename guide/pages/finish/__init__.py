"""After a session: a note, or nothing."""
