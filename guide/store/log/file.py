# ruff: noqa: S608 - the statements are put together from this module's own constants; values go as parameters
"""The log's file: read and written, or kept waiting in memory while it cannot be; set aside when damaged."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from guide.language import _
from guide.store.log import words
from guide.store.log.copies import copies, keep_copy
from guide.store.log.opening import (
    BUSY_SECONDS,
    DamagedError,
    NewerError,
    in_memory_copy,
    is_damage,
    is_short,
    may_be_there,
    open_file,
)
from guide.store.log.possible import impossible, leave_out_impossible
from guide.store.log.rescue import begin_anew, free_name, recovered, told_of
from guide.store.log.schema import TABLES, Migration, transaction

log = logging.getLogger(__name__)

_STAYS_OPEN: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
UNSAVED_IDS: Final = 1_000_000  # from here on ids are of what had to wait, far from those that another window gives

Statement = tuple[str, tuple[object, ...]]
T = TypeVar("T")


class LogTrouble(NamedTuple):
    """
    For the banner: the log cannot be written now, and what that means for her.

    `fact` alone is for a command, which keeps nothing in memory after it has ended.
    """

    message: str
    fact: str = ""


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
        on_mended: Callable[[LogTrouble], None] | None,
        on_notice: Callable[[str], None] | None,
        migrations: Sequence[Migration],
    ) -> None:
        self.notices: list[str] = []
        self.trouble: LogTrouble | None = None
        self._path = path
        self._now = now
        self._on_trouble = on_trouble
        self._on_mended = on_mended
        self._on_notice = on_notice
        self._migrations = tuple(migrations)
        self._file: sqlite3.Connection | None = None
        self._shadow: sqlite3.Connection | None = None  # stands in for the file while that cannot be written
        self._newer = False
        self._unread = False
        self._opened = False  # once, well or not
        self._pending: list[Statement] = []
        self._anew: Callable[[], Sequence[Statement]] | None = None  # what is written just now, under other ids
        self._open()
        self._opened = True

    def _open(self) -> None:
        try:
            self._file = open_file(self._path, self._migrations)
            if is_short(self._path) and impossible(self._file):
                self._rescue()
        except NewerError:
            self._newer = True
            self._shadow = in_memory_copy(self._path, None, self._migrations)
            self._note(words.newer(self._path))
        except (sqlite3.Error, OSError, DamagedError) as error:
            if is_damage(error):
                self._rescue()
            else:
                self._stand_in(error)

    @property
    def path(self) -> Path:
        return self._path

    def close(self) -> None:
        """Save what still waits, if there is room now, and let the file go."""
        self.save_now()
        if self._file is not None and not self.waiting and not self._newer:
            keep_copy(self._file, self._path, self._now().date())
        for db in (self._file, self._shadow):
            if db is not None:
                with suppress(sqlite3.Error):
                    db.close()
        self._file = self._shadow = None

    def save_now(self) -> bool:
        """Try anew what could not be saved; whether nothing waits any more."""
        if self.trouble is not None:
            self._flush()
        return not self._pending

    @property
    def waiting(self) -> bool:
        """Whether what is written now is kept in memory only."""
        return self._shadow is not None

    @property
    def unread(self) -> bool:
        """Whether sessions that may be in the file could not be read: what stands in for it has only later ones."""
        return self._unread and self._shadow is not None

    @property
    def newer(self) -> bool:
        """Whether a newer version of the program wrote it: it is shown, and nothing is written to it."""
        return self._newer

    def number(self, sql: str, *values: object) -> int:
        rows = self.rows(sql, *values)
        return int(rows[0][0] or 0) if rows else 0

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        for __ in range(2):
            db = self._shadow or self._file
            if db is None:
                break
            try:
                return db.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                if not (is_damage(error) and db is self._file):
                    self._tell(error)
                    break
                self._rescue()
        return []

    def read(self, made: Callable[[tuple[Any, ...]], T], sql: str, *values: object) -> list[T]:
        """
        Rows, each made into what it stands for.

        A number that cannot be is damage met in a file too long to be looked through at the start.
        """
        try:
            return [made(row) for row in self.rows(sql, *values)]
        except (ValueError, TypeError, OverflowError):
            self._leave_out_impossible()
        return [made(row) for row in self.rows(sql, *values)]

    def _leave_out_impossible(self) -> None:
        with suppress(sqlite3.Error):
            if self._shadow is not None:
                leave_out_impossible(self._shadow)
            elif self._file is not None and impossible(self._file):
                self._rescue()

    def rows_aside(self, sql: str) -> Callable[[], list[tuple[Any, ...]]]:
        """
        A reading for another thread to do, through a connection of its own.

        Where a copy in memory stands in for the file, the rows are read here and now.
        """
        if self._shadow is not None or self._file is None:
            rows = self.rows(sql)
            return lambda: rows
        return partial(_rows_read_only, self._path, sql)

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

    def write_new(self, made: Callable[[], Sequence[Statement]]) -> None:
        """
        The same for rows whose ids are new: `made` is asked once more where they come to wait.

        Another window may write meanwhile, and a row of an id that it took would keep all that waits from being saved.
        """
        self._anew = made
        try:
            self.write(*made())
        finally:
            self._anew = None

    def erase(self) -> None:
        """Every row, and the copies set aside or made before a migration."""
        self.write(*((f"DELETE FROM {table}", ()) for table in TABLES))
        if self._file is None or self._pending:
            return
        with suppress(sqlite3.Error):
            self._file.execute("VACUUM")
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in self._path.parent.glob(f"{self._path.stem}-*{self._path.suffix}*"):
            if any(mark in copy.name for mark in ("-damaged-", "-before-")):
                with suppress(OSError):
                    copy.unlink()
        for copy in copies(self._path):
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
        else:
            self._leave_out_impossible()
        return len(self.notices) == before

    def _flush(self) -> None:
        """Save all that waits, in one transaction; if that cannot be, go on in memory and say so once."""
        if self._newer:
            self._pending.clear()
            return
        for again in (False, True):
            try:
                if self._file is not None and not may_be_there(self._path):
                    self._write_again(self._file)
                wait = 0 if self.trouble else BUSY_SECONDS  # waited for once; after that it is tried in passing
                if self._file is None:
                    self._file = open_file(self._path, self._migrations, wait)
                self._file.execute(f"PRAGMA busy_timeout = {wait * 1000:.0f}")
                _run(self._file, self._pending)
            except (sqlite3.Error, OSError, DamagedError, NewerError) as error:
                if not again and is_damage(error) and self._rescue():
                    continue
                self._stand_in(error)
                return
            self._pending.clear()
            over, self.trouble = self.trouble, None
            if over is not None and self._on_mended is not None:
                self._on_mended(over)
            if self._shadow is not None:
                self._shadow.close()
                self._shadow = None
            return

    def _write_again(self, taken_away: sqlite3.Connection) -> None:
        """
        Write the file again from the connection to one that was deleted, its folder with it; raises OSError and such.

        SQLite goes on writing to a deleted file without a word, and what it wrote ends with the connection.
        """
        with closing(in_memory_copy(self._path, taken_away, self._migrations)) as memory:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            begin_anew(memory, self._path, free_name(self._path, self._now()))
        self._file = None
        with suppress(sqlite3.Error):
            taken_away.close()
        self._note(words.written_again(self._path))

    def _note(self, notice: str) -> None:
        self.notices.append(notice)
        if self._opened and self._on_notice is not None:
            self._on_notice(notice)

    def _stand_in(self, error: Exception) -> None:
        """
        Let a copy in memory stand in for a file that cannot be written.

        A file that SQLite had to open to be read only stays so for it: the next try opens it anew.
        """
        if self._shadow is None:
            memory = in_memory_copy(self._path, self._file, self._migrations)
            found = memory.execute("SELECT count(*) FROM session").fetchone()[0]
            self._unread = not found and may_be_there(self._path)
            self._wait_in(memory)
        if self._file is not None and words.code_of(error) not in _STAYS_OPEN and may_be_there(self._path):
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None
        self._tell(error)

    def _wait_in(self, memory: sqlite3.Connection) -> None:
        self._shadow = memory
        self._pending = [*self._anew()] if self._anew is not None else self._pending
        self._apply_to_shadow(self._pending)

    def _apply_to_shadow(self, statements: Iterable[Statement]) -> None:
        if self._shadow is not None:
            with suppress(sqlite3.Error):
                _run(self._shadow, statements)

    def _tell(self, error: Exception) -> None:
        if self.trouble is None:
            kept = _("Your session goes on; what you note is kept here and saved as soon as that is possible.")
            if not self._opened:
                kept = _("What you note is kept here and saved as soon as that is possible.")
            fact = words.in_the_way(error, self._path, kept="").rstrip()
            self.trouble = LogTrouble(words.in_the_way(error, self._path, kept=kept), fact)
            if self._on_trouble is not None:
                self._on_trouble(self.trouble)

    def _rescue(self) -> bool:
        """
        Set a damaged file aside under a dated name and begin a new one with what can be read of it.

        Where that cannot be done now, what was read stands in for it, and it is tried anew with the next write.
        """
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None
        memory = recovered(self._path, self._migrations)
        found = memory.execute("SELECT count(*) FROM session").fetchone()[0]
        aside: Path | None = None
        first = self._shadow is None
        name = free_name(self._path, self._now())
        try:
            begin_anew(memory, self._path, name)
            aside = name
            self._file = open_file(self._path, self._migrations)
        except (OSError, sqlite3.Error, DamagedError, NewerError) as error:
            if first:
                self._wait_in(memory)
            self._tell(error)
        if memory is not self._shadow:
            memory.close()
        if first or aside is not None:
            self._note(told_of(self._path, found, aside))  # one thing is wrong, so it is told once
        return self._file is not None


def _rows_read_only(path: Path, sql: str) -> list[tuple[Any, ...]]:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as db:
            return db.execute(sql).fetchall()
    except sqlite3.Error:
        log.warning("the log could not be read aside", exc_info=True)
        return []


def _run(db: sqlite3.Connection, statements: Iterable[Statement]) -> None:
    with transaction(db):
        for sql, values in statements:
            db.execute(sql, values)
