# ruff: noqa: S608 - as in file.py: put together from constants
"""The log's tables, and the steps from each past schema to the newest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from guide.core.search import folded
from guide.store.log.rows import COLUMNS

APPLICATION_ID: Final = 0x50474C47  # "PGLG", so that another program's database is not taken for ours
PAGE: Final = 4096  # bytes: set for every file we make
Migration = Callable[[sqlite3.Connection], None]


def _first_schema(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE session (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, open INTEGER NOT NULL,"
        " routine_id TEXT NOT NULL, routine_name TEXT NOT NULL, began INTEGER NOT NULL, utc_offset INTEGER NOT NULL,"
        " day INTEGER NOT NULL, lasted INTEGER NOT NULL, complete INTEGER NOT NULL, purpose TEXT, first_side TEXT,"
        " left_ml REAL, right_ml REAL, comfort TEXT, meant_for TEXT NOT NULL, note TEXT NOT NULL,"
        " by_hand INTEGER NOT NULL, steps_total INTEGER NOT NULL, steps TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE live (session INTEGER PRIMARY KEY, routine_text TEXT NOT NULL, alive INTEGER NOT NULL,"
        " seen INTEGER NOT NULL)"
    )
    db.execute(
        "CREATE TABLE journal (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, seq INTEGER NOT NULL,"
        " at INTEGER NOT NULL, entry TEXT NOT NULL)"
    )
    # each index holds `open` as well: SQLite looks it up in the row otherwise, though the index is of one value only
    db.execute("CREATE INDEX by_began ON session (began, open) WHERE NOT open")
    db.execute("CREATE INDEX by_day ON session (day, left_ml, right_ml, open) WHERE NOT open")
    db.execute("CREATE INDEX by_routine ON session (routine_id, began, first_side, routine_name, open) WHERE NOT open")
    db.execute("CREATE INDEX going_on ON session (began) WHERE open")


SYNCHRONOUS = "FULL"  # a commit is on the disk when it is told of

MIGRATIONS: Final[tuple[Migration, ...]] = (_first_schema,)

TABLES: Final = {
    "session": f"INSERT OR IGNORE INTO session ({COLUMNS}) VALUES ({', '.join('?' * 20)})",
    "live": "INSERT OR IGNORE INTO live VALUES (?, ?, ?, ?)",
    "journal": "INSERT OR IGNORE INTO journal VALUES (?, ?, ?, ?, ?)",
}


def set_up(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA page_size = {PAGE}")
    db.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
    db.execute("PRAGMA secure_delete=ON")
    db.create_function("folded", 1, lambda text: folded(str(text)), deterministic=True)


def in_memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    set_up(db)
    return db


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration], version: int) -> None:
    if version >= len(migrations):
        return
    with transaction(db):
        for migration in migrations[version:]:
            migration(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(migrations)}")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
            db.execute("ROLLBACK")
        raise
