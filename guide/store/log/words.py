"""The sentences about the log's file: what is in the way of writing it, and what became of it."""

from __future__ import annotations

import sqlite3
from errno import ENOSPC
from pathlib import Path

from guide.core.shown import path_line
from guide.language import _
from guide.store.files import NotAFileError


def code_of(error: Exception) -> int:
    """SQLite's primary result code; 0 for any other error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def in_the_way(error: Exception, path: Path, *, kept: str) -> str:
    code = code_of(error)
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == ENOSPC:
        return _("There is no room on the disk for the session log just now. {kept}").format(kept=kept)
    if code == sqlite3.SQLITE_BUSY:
        return _("Another program is using the session log just now. {kept}").format(kept=kept)
    if isinstance(error, NotAFileError):
        return _("{path} is not an ordinary file, so the session log cannot be kept there just now. {kept}").format(
            path=path_line(path), kept=kept
        )
    return _("The session log cannot be written in {parent}. {kept}").format(parent=path_line(path.parent), kept=kept)


def newer(path: Path) -> str:
    return _(
        "Your session log ({name}) was written by a newer version of this program. It is shown as it is and nothing in "
        "it is changed; sessions are kept in it again once the program is up to date."
    ).format(name=path.name)


def written_again(path: Path) -> str:
    return _(
        "Your session log was no longer in {parent}. It has been written there again, with all its sessions. What else "
        "was in that folder may be gone. If you took everything along before, “Bring everything back” in Settings has "
        "it."
    ).format(parent=path_line(path.parent))
