"""Copies of the log: one a week, as the program closes it, the last five kept; and damaged ones that were set aside."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

WEEK: Final = timedelta(days=7)
KEPT: Final = 5

_NAME: Final = re.compile(r".+-(\d{4}-\d\d-\d\d)")
_ASIDE: Final = re.compile(r"-damaged-(\d{4}-\d\d-\d\d)-[\d-]+")


def folder_of(log: Path) -> Path:
    return log.parent / "copies"


def copies(log: Path) -> list[Path]:
    """Those there are, the newest first."""
    try:
        found = [path for path in folder_of(log).iterdir() if path.suffix == log.suffix and day_of_copy(path)]
    except OSError:
        return []
    return sorted(found, reverse=True)


def day_of_copy(path: Path) -> date | None:
    """The day in a copy's name; None for what is no copy."""
    match = _NAME.fullmatch(path.stem)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def set_aside(log: Path) -> list[Path]:
    """The damaged logs that stand beside this one, the newest first."""
    try:
        found = [path for path in log.parent.iterdir() if path.suffix == log.suffix and day_of_damage(path, log)]
    except OSError:
        return []
    return sorted(found, reverse=True)


def day_of_damage(path: Path, log: Path) -> date | None:
    """The day in the name of a log that was set aside; None for what is none."""
    match = _ASIDE.fullmatch(path.stem.removeprefix(log.stem))
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def untold(log: Path) -> list[Path]:
    """Those of which the window has not told yet: a command in a terminal may have met the damage first."""
    return [path for path in set_aside(log) if not _told(path).exists()]


def keep_told(log: Path) -> None:
    """The message about them was closed; erasing takes what this leaves."""
    for path in untold(log):
        with suppress(OSError):
            _told(path).touch(mode=0o600)


def _told(path: Path) -> Path:
    return path.with_name(path.name + ".told")


def copy_before_damage(log: Path) -> Path | None:
    """The newest copy that may hold what a damaged log lost."""
    damaged = next((day_of_damage(path, log) for path in set_aside(log)), None)
    return next((one for one in copies(log) if damaged and (day := day_of_copy(one)) and day <= damaged), None)


def keep_copy(db: sqlite3.Connection, log: Path, today: date) -> Path | None:
    """Copy the log where the newest copy is a week old and there is something to copy; a failure costs nothing."""
    newest = next((day for path in copies(log) if (day := day_of_copy(path)) and day <= today), None)
    if newest is not None and today - newest < WEEK:
        return None
    target = folder_of(log) / f"{log.stem}-{today.isoformat()}{log.suffix}"
    half = target.with_name(f".{target.name}.part")
    try:
        if db.execute("SELECT 1 FROM session WHERE NOT open LIMIT 1").fetchone() is None:
            return None
        target.parent.mkdir(mode=0o700, exist_ok=True)
        half.unlink(missing_ok=True)
        db.execute("VACUUM INTO ?", (str(half),))
        half.chmod(0o600)
        half.replace(target)
    except (OSError, sqlite3.Error, UnicodeEncodeError):
        with suppress(OSError):
            half.unlink()
        return None
    for old in copies(log)[KEPT:]:
        with suppress(OSError):
            old.unlink()
    return target
