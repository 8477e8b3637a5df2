# ruff: noqa: S608 - as in file.py: put together from constants
"""Rows read out of a damaged log, leaf by leaf."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from guide.standing import is_file
from guide.store.log.ahead import belongs, read_ahead
from guide.store.log.rows import record_of
from guide.store.log.schema import PAGE, TABLES, in_memory, transaction

LEAF: Final = 0x0D  # the first byte of a page that holds rows; SQLite file format, 1.6


def wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def shm(path: Path) -> Path:
    return path.with_name(path.name + "-shm")


# what can be read of a damaged file


def salvage(path: Path, into: sqlite3.Connection) -> None:
    """Copy every row that can still be read, of the file and of the write-ahead log beside it, its own or another's."""
    content, ahead = path.read_bytes() if is_file(path) else b"", read_ahead(wal(path))
    if belongs(content, ahead):
        _copy_rows(ahead.played_into(content), into)
    else:
        _copy_rows(content, into)
        _copy_rows(ahead.played_into(b""), into, of_another=True)


def _copy_rows(content: bytes, into: sqlite3.Connection, *, of_another: bool = False) -> None:
    """
    Read leaf by leaf: whatever stood above a leaf may be gone. In memory: the disk may be full, or not ours to write.

    The first page is replaced by that of an empty database, in which each leaf is declared a table of its own.
    """
    leaves = [at // PAGE + 1 for at in range(PAGE, len(content) // PAGE * PAGE, PAGE) if content[at] == LEAF]
    columns = ", ".join(f"c{number}" for number in range(1, 20))
    with closing(in_memory()) as db:
        db.deserialize(_headed(content))
        db.execute("PRAGMA writable_schema = ON")
        with transaction(db):
            db.executemany(
                "INSERT INTO sqlite_master VALUES ('table', ?, ?, ?, ?)",
                (
                    (name, name, leaf, f"CREATE TABLE {name} (c0 INTEGER PRIMARY KEY, {columns})")
                    for leaf in leaves
                    for name in (f"leaf{leaf}",)
                ),
            )
        db.execute("PRAGMA writable_schema = RESET")  # reads the tables anew
        with transaction(into):
            for leaf in leaves:
                with suppress(sqlite3.Error):
                    for row in db.execute(f"SELECT * FROM leaf{leaf}"):
                        _take(row, into, of_another=of_another)


def _headed(content: bytes) -> bytes:
    """The pages under the first page of an empty database; its header as in the SQLite file format, 1.3."""
    with closing(in_memory()) as db:
        db.execute("PRAGMA user_version = 1")
        first = bytearray(db.serialize()[:PAGE])
    pages = max(len(content) // PAGE, 1)
    first[28:32] = pages.to_bytes(4, "big")
    first[92:96] = first[24:28]  # the number of pages is valid for this change counter
    return bytes(first) + content[PAGE : pages * PAGE]


def _take(row: tuple[Any, ...], into: sqlite3.Connection, *, of_another: bool) -> None:
    """
    Put a row into the table it is of: they differ in how many columns they have, and in their kinds.

    Of another file's rows the sessions are taken, under numbers of their own.
    """
    from guide.store.log.entries import decoded  # few logs are ever damaged

    width = max(number for number, value in enumerate(row, 1) if value is not None)
    with suppress(sqlite3.Error, ValueError, TypeError, OverflowError, AttributeError):
        if width > 5:
            record_of(row)
            into.execute(TABLES["session"], (None, *row[1:]) if of_another else row)
        elif of_another:
            return
        elif width == 5 and isinstance(row[3], int) and decoded(row[4]) is not None:
            into.execute(TABLES["journal"], row[:5])
        elif width == 4 and isinstance(row[1], str) and isinstance(row[3], int):
            into.execute(TABLES["live"], row[:4])
