"""Files and SQLite: the routines, the settings and the session log. No Qt."""
