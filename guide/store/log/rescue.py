"""A damaged log set aside: what can be read of it, the name it is kept under, and the sentence that tells so."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from guide.core.shown import path_line
from guide.language import _, ngettext
from guide.standing import is_file
from guide.store.log.copies import copies, copy_before_damage, day_of_copy, day_of_damage, set_aside
from guide.store.log.possible import leave_out_impossible
from guide.store.log.salvage import salvage, shm, wal
from guide.store.log.schema import Migration, in_memory, migrate


def recovered(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """What can be read of a damaged file, in memory."""
    memory = in_memory()
    migrate(memory, migrations, 0)
    with suppress(OSError, sqlite3.Error):
        salvage(path, memory)
    leave_out_impossible(memory)
    return memory


def free_name(path: Path, now: datetime) -> Path:
    """A dated name beside `path` that nothing has yet."""
    stem = f"{path.stem}-damaged-{now:%Y-%m-%d-%H%M%S}"
    name, number = path.with_name(stem + path.suffix), 2
    while name.exists():
        name, number = path.with_name(f"{stem}-{number}{path.suffix}"), number + 1
    return name


def begin_anew(memory: sqlite3.Connection, path: Path, aside: Path) -> None:
    """
    Put what was recovered in the damaged file's place, and that one aside; raises OSError and sqlite3.Error.

    The new file is written whole before the damaged one is moved: where there is no room, nothing has changed.
    """
    fresh = _fresh(path)
    try:
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(fresh, isolation_level=None)) as db:
            memory.backup(db)
        move_aside(path, aside)
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink()


def _fresh(path: Path) -> Path:
    """Where the new file is written; its name is one that is erased with those set aside."""
    return path.with_name(f"{path.stem}-damaged-recovered{path.suffix}")


def end_rescue(path: Path) -> None:
    """Where a kill came once the damaged file was moved, the new one is whole and takes its place; raises OSError."""
    fresh = _fresh(path)
    if path.exists() or not is_file(fresh):
        return
    aside = next(iter(set_aside(path)), None)
    if aside is not None:
        move_aside(path, aside)
    for left_over in (wal(path), shm(path)):
        left_over.unlink(missing_ok=True)
    fresh.replace(path)


def move_aside(path: Path, aside: Path) -> None:
    """The file and its neighbours; raises OSError."""
    if path.exists():  # else there is its write-ahead log alone
        path.rename(aside)
    for suffix in ("-wal", "-shm"):
        neighbour = path.with_name(path.name + suffix)
        if neighbour.exists():
            neighbour.rename(aside.with_name(aside.name + suffix))


def told_of(path: Path, found: int, aside: Path | None) -> str:
    """How many sessions were found, and where the damaged file is now; None where it could not be moved."""
    where = (
        _("It stays where it is")
        if aside is None
        else _("It is kept beside the new one as {name}").format(name=aside.name)
    )
    sessions = ngettext("{n} session was recovered from it", "{n} sessions were recovered from it", found)
    told = _("The session log could not be read in full. {where}; {sessions}.").format(
        where=where, sessions=sessions.format(n=found)
    )
    return told + _of_the_copy(path)


def told_later(path: Path, aside: Path) -> str:
    """The same at a later start, where nobody may have read it."""
    told = _("The session log was damaged on {day}. What could be read of it is here; the old file is kept as {name}.")
    return told.format(day=day_of_damage(aside, path), name=path_line(aside)) + _of_the_copy(path)


def _of_the_copy(path: Path) -> str:
    if kept := copy_before_damage(path):
        sentence = _(
            "A copy of the log from {day_of_copy} is kept too. To bring back what is only in the copy, press "
            "“Look through the copy” in Settings, or import {kept} as you would import sessions."
        )
    elif kept := next(iter(copies(path)), None):
        sentence = _(
            "A copy of the log from {day_of_copy} is kept too. To bring back what is only in the copy, "
            "import {kept} as you would import sessions."
        )
    else:
        return ""
    return " " + sentence.format(day_of_copy=day_of_copy(kept), kept=path_line(kept))
