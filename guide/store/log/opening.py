"""The log's file opened: made where there is none, looked through, its schema brought up to today's."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from guide.standing import is_file
from guide.store.files import need_ordinary
from guide.store.log.ahead import belongs, content_of, read_ahead
from guide.store.log.copies import copies, set_aside
from guide.store.log.possible import leave_out_impossible
from guide.store.log.rescue import end_rescue
from guide.store.log.salvage import shm, wal
from guide.store.log.schema import APPLICATION_ID, Migration, in_memory, migrate, set_up, transaction

CHECKED_WHOLE: Final = 1_000_000  # a file up to this many bytes is looked through at each start: about 4 ms
BUSY_SECONDS: Final = 0.2  # how long another program's transaction is waited for: a cue may be due meanwhile

SETTLES: Final = 0.1  # seconds, within which another window has written its page
_LOST: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class NewerError(Exception):
    """The file's schema is from a later version of the program."""


class DamagedError(Exception):
    """Not a session log, or not one any more."""


def is_short(path: Path) -> bool:
    """Whether the file is looked through at each start."""
    return path.stat().st_size <= CHECKED_WHOLE


def may_be_there(path: Path) -> bool:
    """False where the file, or its folder, is gone; a folder without rights may hold it."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def is_damage(error: Exception) -> bool:
    if isinstance(error, DamagedError):
        return True
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _LOST


def open_file(path: Path, migrations: Sequence[Migration], wait: float = BUSY_SECONDS) -> sqlite3.Connection:
    """The file, ready to be written; raises for whatever is in the way, another program after `wait` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in (path, wal(path), shm(path)):
        need_ordinary(one)
    end_rescue(path)
    was_there = path.exists()
    for neighbour in (wal(path), shm(path)):
        if neighbour.exists() and not os.access(neighbour, os.W_OK):  # made by SQLite while the file was read-only
            neighbour.chmod(path.stat().st_mode & 0o777)
    if was_there and path.stat().st_size < 2 and not _never_begun(path):  # SQLite takes one byte for a new file too
        raise DamagedError
    if _would_lose(path):
        raise DamagedError
    if not was_there:
        for left_over in (wal(path), shm(path)):  # of a file that is gone: it would be played into the new one
            left_over.unlink(missing_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(path, isolation_level=None, timeout=wait)
    try:
        _prepare(db, path, migrations, fresh=not was_there)
        if not os.access(path, os.W_OK):  # SQLite opens it to be read only then, says nothing, and leaves it so
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))  # noqa: TRY301
    except BaseException:
        db.close()
        if not was_there:
            with suppress(OSError):
                path.unlink()
        raise
    return db


def _never_begun(path: Path) -> bool:
    """Whether an empty file is what a kill left of the first start: nothing tells that sessions were ever in it."""
    used = (copies(path), set_aside(path), read_ahead(wal(path)).pages)
    return not path.stat().st_size and not any(used)


def _would_lose(path: Path) -> bool:
    """
    Whether SQLite would pass over, without a word, something that stands in the write-ahead log or beneath it.

    Another window may be writing at this moment, and half of a page may be there: what stays so is damage.
    """
    if not wal(path).exists():
        return False
    ahead = read_ahead(wal(path))
    if ahead.broken:
        time.sleep(SETTLES)
        ahead = read_ahead(wal(path))
    if ahead.broken:
        return True
    if not path.exists():
        return bool(ahead.pages)
    return not belongs(content_of(path), ahead)


def in_memory_copy(path: Path, file: sqlite3.Connection | None, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """What can be read of the file as it is, open or not, in memory, in today's schema."""
    memory = in_memory()  # a copy that breaks off is rolled back
    if file is not None:
        with suppress(sqlite3.Error):
            file.backup(memory, progress=_waited_for)
    elif is_file(path):
        for mode in ("mode=ro", "mode=ro&immutable=1"):  # without its neighbours only the second reads
            try:
                uri = f"{path.resolve().as_uri()}?{mode}"
                with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as source:
                    source.backup(memory, progress=_waited_for)
            except (sqlite3.Error, OSError):
                continue
            break
    with suppress(sqlite3.Error):
        set_up(memory)
        migrate(memory, migrations, _pragma(memory, "user_version"))
        leave_out_impossible(memory)
    return memory


def _waited_for(status: int, _left: int, _pages: int) -> None:
    """A file that another program has to itself was waited for once; `backup` alone would try for ever."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise sqlite3.OperationalError("database is locked")


def _prepare(db: sqlite3.Connection, path: Path, migrations: Sequence[Migration], *, fresh: bool) -> None:
    version, known = _pragma(db, "user_version"), len(migrations)
    holds = _has_tables(db)
    if not fresh and holds and _pragma(db, "application_id") != APPLICATION_ID:
        raise DamagedError
    if version > known:
        raise NewerError
    if not holds:
        version = 0
    if not fresh and is_short(path):
        answer = db.execute("PRAGMA quick_check(1)").fetchone()
        if answer[0] != "ok":
            raise DamagedError
    set_up(db)
    db.execute("PRAGMA journal_mode=WAL")
    if version < known:
        if version:
            _back_up(db, path, version)
        migrate(db, migrations, version)
    with transaction(db):
        pass  # a file that cannot be written says so here


def _back_up(db: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the file through SQLite, write-ahead log and all, before its schema changes."""
    target = path.with_name(f"{path.stem}-before-{version + 1}{path.suffix}")
    half = target.with_name(target.name + ".part")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half, isolation_level=None)) as copy:
        db.backup(copy)
    half.replace(target)


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _has_tables(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
