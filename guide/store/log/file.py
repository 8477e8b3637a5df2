# ruff: noqa: S608 - the statements are put together from this module's own constants; values go as parameters
"""The log's file: opened whatever stands there, written or kept waiting, set aside when damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from pathlib import Path
from typing import Any, Final

from guide.store.log.rows import COLUMNS, decoded, record_of

APPLICATION_ID: Final = 0x50474C47  # "PGLG", so that another program's database is not taken for ours
CHECKED_WHOLE: Final = 1_000_000  # a file up to this many bytes is looked through at each start: about 4 ms
BUSY_SECONDS: Final = 0.5
PAGE: Final = 4096  # bytes: set for every file we make
LEAF: Final = 0x0D  # the first byte of a page that holds rows; SQLite file format, 1.6
UNSAVED_IDS: Final = 1_000_000  # ids given while nothing can be saved keep clear of what another window may write

_LOST: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

Statement = tuple[str, tuple[object, ...]]
Migration = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class LogTrouble:
    """One sentence for the banner: the log cannot be written now, and what that means for her."""

    message: str


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


MIGRATIONS: Final[tuple[Migration, ...]] = (_first_schema,)

_TABLES: Final = {
    "session": f"INSERT OR IGNORE INTO session ({COLUMNS}) VALUES ({', '.join('?' * 20)})",
    "live": "INSERT OR IGNORE INTO live VALUES (?, ?, ?, ?)",
    "journal": "INSERT OR IGNORE INTO journal VALUES (?, ?, ?, ?, ?)",
}


class _NewerError(Exception):
    """The file's schema is from a later version of the program."""


class _DamagedError(Exception):
    """Not a session log, or not one any more."""


class LogFile:
    """
    The database at `path`. Never raises for a bad file, a full disk or a folder that cannot be written.

    `notices` are sentences about what was found; `trouble` stands while something could not be saved, and
    `on_trouble` is called once when that begins. What waits is saved with the next write that can be.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        on_trouble: Callable[[LogTrouble], None] | None,
        migrations: Sequence[Migration],
    ) -> None:
        self.notices: list[str] = []
        self.trouble: LogTrouble | None = None
        self._path = path
        self._now = now
        self._on_trouble = on_trouble
        self._migrations = tuple(migrations)
        self._file: sqlite3.Connection | None = None
        self._shadow: sqlite3.Connection | None = None  # stands in for the file while that cannot be written
        self._newer = False
        self._pending: list[Statement] = []
        self._open()

    def _open(self) -> None:
        try:
            self._file = self._opened()
        except _NewerError:
            self._newer = True
            self._shadow = self._copied()
            self.notices.append(
                f"Your session log ({self._path.name}) was written by a newer version of this program. It is shown as "
                "it is and nothing in it is changed; sessions are kept in it again once the program is up to date."
            )
        except (sqlite3.Error, OSError, _DamagedError) as error:
            if _is_damage(error):
                self._rescue()
            else:
                self._stand_in(error)

    def close(self) -> None:
        """Save what still waits, if there is room now, and let the file go."""
        if self._pending:
            self._flush()
        for db in (self._file, self._shadow):
            if db is not None:
                with suppress(sqlite3.Error):
                    db.close()
        self._file = self._shadow = None

    @property
    def waiting(self) -> bool:
        """Whether what is written now is kept in memory only."""
        return self._shadow is not None

    def number(self, sql: str, *values: object) -> int:
        rows = self.rows(sql, *values)
        return int(rows[0][0] or 0) if rows else 0

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        for _ in range(2):
            db = self._shadow or self._file
            if db is None:
                break
            try:
                return db.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                if not (_is_damage(error) and db is self._file):
                    self._tell(error)
                    break
                self._rescue()
        return []

    def write(self, *statements: Statement, replacing: bool = False) -> None:
        """
        All of them or none, durable when this returns, or waiting.

        `replacing` drops a waiting statement of the same text and last value, which this one makes needless.
        """
        if replacing and self._pending:
            needless = {(sql, values[-1]) for sql, values in statements}
            self._pending = [one for one in self._pending if not one[1] or (one[0], one[1][-1]) not in needless]
        if self._shadow is not None:
            self._apply_to_shadow(statements)
        self._pending += statements
        self._flush()

    def erase(self) -> None:
        """Every row, and the copies set aside or made before a migration."""
        self.write(*((f"DELETE FROM {table}", ()) for table in _TABLES))
        if self._file is None or self._pending:
            return
        with suppress(sqlite3.Error):
            self._file.execute("VACUUM")
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in self._path.parent.glob(f"{self._path.stem}-*{self._path.suffix}*"):
            if any(mark in copy.name for mark in ("-damaged-", "-before-")):
                with suppress(OSError):
                    copy.unlink()

    def sound(self) -> bool:
        """Look through the whole file; a damaged one is set aside at once."""
        if self._file is None:
            return False
        before = len(self.notices)
        answer = self.rows("PRAGMA integrity_check")
        if answer and answer[0][0] != "ok":
            self._rescue()
        return len(self.notices) == before

    def _flush(self) -> None:
        """Save all that waits, in one transaction; if that cannot be, go on in memory and say so once."""
        if self._newer:
            self._pending.clear()
            return
        for _ in range(2):
            try:
                if self._file is None:
                    self._file = self._opened()
                with _transaction(self._file):
                    for sql, values in self._pending:
                        self._file.execute(sql, values)
            except (sqlite3.Error, OSError, _DamagedError, _NewerError) as error:
                if _is_damage(error) and self._shadow is None:
                    self._rescue()
                    continue
                self._stand_in(error)
                return
            self._pending.clear()
            self.trouble = None
            if self._shadow is not None:
                self._shadow.close()
                self._shadow = None
            return

    def _stand_in(self, error: Exception) -> None:
        """Let a copy in memory stand in for a file that cannot be written."""
        if self._shadow is None:
            self._shadow = self._copied()
            self._apply_to_shadow(self._pending)
        self._tell(error)

    def _apply_to_shadow(self, statements: Iterable[Statement]) -> None:
        if self._shadow is not None:
            with suppress(sqlite3.Error), _transaction(self._shadow):
                for sql, values in statements:
                    self._shadow.execute(sql, values)

    def _tell(self, error: Exception) -> None:
        if self.trouble is None:
            self.trouble = LogTrouble(_sentence(error, self._path))
            if self._on_trouble is not None:
                self._on_trouble(self.trouble)

    def _opened(self) -> sqlite3.Connection:
        """The file, ready to be written; raises for whatever is in the way."""
        path = self._path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        was_there = path.exists()
        if was_there and path.stat().st_size == 0 and not _wal(path).exists():
            raise _DamagedError
        if not was_there:
            for left_over in (_wal(path), _shm(path)):  # of a file that is gone: it would be played into the new one
                left_over.unlink(missing_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
        try:
            self._prepare(db, fresh=not was_there)
        except BaseException:
            db.close()
            if not was_there:
                with suppress(OSError):
                    path.unlink()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection, *, fresh: bool) -> None:
        version, known = _pragma(db, "user_version"), len(self._migrations)
        if not fresh and (_pragma(db, "application_id") != APPLICATION_ID) and _has_tables(db):
            raise _DamagedError
        if version > known:
            raise _NewerError
        if not fresh and self._path.stat().st_size <= CHECKED_WHOLE:
            answer = db.execute("PRAGMA quick_check(1)").fetchone()
            if answer[0] != "ok":
                raise _DamagedError
        _set_up(db)
        db.execute("PRAGMA journal_mode=WAL")
        if version < known:
            if version:
                self._back_up(db, version)
            _migrate(db, self._migrations, version)
        with _transaction(db):
            pass  # a file that cannot be written says so here

    def _back_up(self, db: sqlite3.Connection, version: int) -> None:
        """Copy the file through SQLite, write-ahead log and all, before its schema changes."""
        target = self._path.with_name(f"{self._path.stem}-before-{version + 1}{self._path.suffix}")
        half = target.with_name(target.name + ".part")
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(half, isolation_level=None)) as copy:
            db.backup(copy)
        half.replace(target)

    def _copied(self) -> sqlite3.Connection:
        """What can be read of the file as it is, in memory, in today's schema."""
        memory = _in_memory()
        copied = False
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.backup(memory)
                copied = True
        elif self._path.exists():
            for mode in ("mode=ro", "mode=ro&immutable=1"):  # without its neighbours only the second reads
                try:
                    uri = f"{self._path.resolve().as_uri()}?{mode}"
                    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as source:
                        source.backup(memory)
                except (sqlite3.Error, OSError):
                    continue
                copied = True
                break
        if not copied:
            memory.close()
            memory = _in_memory()
        with suppress(sqlite3.Error):
            _set_up(memory)
            _migrate(memory, self._migrations, _pragma(memory, "user_version"))
        return memory

    def _rescue(self) -> None:
        """Set a damaged file aside under a dated name and begin a new one with what can be read of it."""
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None
        memory = _in_memory()
        _migrate(memory, self._migrations, 0)
        with suppress(OSError, sqlite3.Error):
            _salvage(self._path, memory)
        found = memory.execute("SELECT count(*) FROM session").fetchone()[0]
        aside = _free_name(self._path, self._now())
        try:
            self._path.rename(aside)
            for suffix in ("-wal", "-shm"):
                neighbour = self._path.with_name(self._path.name + suffix)
                if neighbour.exists():
                    neighbour.rename(aside.with_name(aside.name + suffix))
            self._file = self._opened()
            memory.backup(self._file)
            self._file.execute("PRAGMA journal_mode=WAL")
        except (OSError, sqlite3.Error, _DamagedError, _NewerError) as error:
            if self._file is not None:
                self._file.close()
                self._file = None
            self._shadow = memory
            self._apply_to_shadow(self._pending)
            self._tell(error)
            where = "It stays where it is"
        else:
            memory.close()
            where = f"It is kept beside the new one as {aside.name}"
        sessions = "1 session was" if found == 1 else f"{found} sessions were"
        self.notices.append(f"The session log could not be read in full. {where}; {sessions} recovered from it.")


def _set_up(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA page_size = {PAGE}")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA secure_delete=ON")
    db.create_function("folded", 1, lambda text: str(text).casefold(), deterministic=True)


def _in_memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    _set_up(db)
    return db


def _migrate(db: sqlite3.Connection, migrations: Sequence[Migration], version: int) -> None:
    if version >= len(migrations):
        return
    with _transaction(db):
        for migration in migrations[version:]:
            migration(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(migrations)}")


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
            db.execute("ROLLBACK")
        raise


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _has_tables(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _shm(path: Path) -> Path:
    return path.with_name(path.name + "-shm")


def _free_name(path: Path, now: datetime) -> Path:
    stem = f"{path.stem}-damaged-{now:%Y-%m-%d-%H%M%S}"
    name, number = path.with_name(stem + path.suffix), 2
    while name.exists():
        name, number = path.with_name(f"{stem}-{number}{path.suffix}"), number + 1
    return name


def _is_damage(error: Exception) -> bool:
    if isinstance(error, _DamagedError):
        return True
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _LOST


def _sentence(error: Exception, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kept = "Your session goes on; what you note is kept here and saved as soon as that is possible."
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == ENOSPC:
        return f"There is no room on the disk for the session log just now. {kept}"
    if code == sqlite3.SQLITE_BUSY:
        return f"Another program is using the session log just now. {kept}"
    return f"The session log cannot be written in {path.parent}. {kept}"


# what can be read of a damaged file


def _salvage(path: Path, into: sqlite3.Connection) -> None:
    """
    Copy every row that can still be read, leaf by leaf: whatever stood above a leaf may be gone.

    The first page is replaced by that of an empty database, in which each leaf is declared a table of its own.
    """
    work = path.with_name(f"{path.stem}-recovering{path.suffix}")
    try:
        content = _with_its_wal(path, work)
        work.write_bytes(_headed(content))
        leaves = [at // PAGE + 1 for at in range(PAGE, len(content) // PAGE * PAGE, PAGE) if content[at] == LEAF]
        with closing(sqlite3.connect(work, isolation_level=None)) as db:
            db.execute("PRAGMA writable_schema = ON")
            with _transaction(db):
                columns = ", ".join(f"c{number}" for number in range(1, 20))
                db.executemany(
                    "INSERT INTO sqlite_master VALUES ('table', ?, ?, ?, ?)",
                    (
                        (name, name, leaf, f"CREATE TABLE {name} (c0 INTEGER PRIMARY KEY, {columns})")
                        for leaf in leaves
                        for name in (f"leaf{leaf}",)
                    ),
                )
        with closing(sqlite3.connect(work, isolation_level=None)) as db, _transaction(into):
            for leaf in leaves:
                with suppress(sqlite3.Error):
                    for row in db.execute(f"SELECT * FROM leaf{leaf}"):
                        _take(row, into)
    finally:
        for left_over in (work, _wal(work), _shm(work)):
            left_over.unlink(missing_ok=True)


def _with_its_wal(path: Path, work: Path) -> bytes:
    """The file with what stands in its write-ahead log played in, as far as that goes."""
    work.write_bytes(path.read_bytes())
    if _wal(path).exists():
        _wal(work).write_bytes(_wal(path).read_bytes())
        with suppress(sqlite3.Error), closing(sqlite3.connect(work, isolation_level=None)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _wal(work).unlink(missing_ok=True)
    return work.read_bytes()


def _headed(content: bytes) -> bytes:
    """The pages under the first page of an empty database; its header as in the SQLite file format, 1.3."""
    with closing(_in_memory()) as db:
        db.execute("PRAGMA user_version = 1")
        first = bytearray(db.serialize()[:PAGE])
    pages = max(len(content) // PAGE, 1)
    first[28:32] = pages.to_bytes(4, "big")
    first[92:96] = first[24:28]  # the number of pages is valid for this change counter
    return bytes(first) + content[PAGE : pages * PAGE]


def _take(row: tuple[Any, ...], into: sqlite3.Connection) -> None:
    """Put a row into the table it is of: they differ in how many columns they have, and in their kinds."""
    width = max(number for number, value in enumerate(row, 1) if value is not None)
    with suppress(sqlite3.Error, ValueError, TypeError, OverflowError, AttributeError):
        if width > 5:
            record_of(row)
            into.execute(_TABLES["session"], row)
        elif width == 5 and isinstance(row[3], int) and decoded(row[4]) is not None:
            into.execute(_TABLES["journal"], row[:5])
        elif width == 4 and isinstance(row[1], str) and isinstance(row[3], int):
            into.execute(_TABLES["live"], row[:4])
