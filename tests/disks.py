"""A disk that is full or read-only below one folder, for everything this process writes there."""

from __future__ import annotations

import builtins
import errno
import io
import os
import sqlite3
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from guide.compat import override

FULL = "/dev/full"  # takes nothing, and says so as a disk does
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "VACUUM", "PRAGMA wal_checkpoint")


class Room(Enum):
    THERE = 0
    FULL = errno.ENOSPC
    READ_ONLY = errno.EROFS

    @property
    def error(self) -> OSError:
        return OSError(self.value, os.strerror(self.value))


class Disk:
    """
    `room` may be changed at any time.

    Without room a new file can be made, as on a real disk, and takes no byte. SQLite opens its files by itself: its
    connections refuse what would write, with the code it gives for each. One opened while the disk is read-only stays
    so, and its BEGIN IMMEDIATE passes.
    """

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.room = Room.THERE
        self.takes = 0  # so many files more before it is full
        self._patch = patch
        self._os_open: Callable[..., int] = os.open
        self._os_access: Callable[..., bool] = os.access
        patch.setattr(os, "open", self._open_number)
        for module in (io, builtins):
            patch.setattr(module, "open", self._opener(module.open))
        for name in ("mkdir", "replace", "rename", "unlink", "remove", "rmdir", "symlink", "utime", "chmod"):
            patch.setattr(os, name, self._refusing(getattr(os, name)))
        patch.setattr(os, "access", self._accessible)
        patch.setattr(sqlite3, "connect", self._connect)

    def _is_here(self, path: object) -> bool:
        if self.room is Room.THERE or not isinstance(path, str | bytes | os.PathLike):
            return False
        return Path(os.fsdecode(path)).is_relative_to(self.home)

    def _open_number(self, path: Any, flags: int, *more: Any, **named: Any) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        if not (writes and self._is_here(path)):
            return self._os_open(path, flags, *more, **named)
        if self.room is Room.READ_ONLY:
            raise self.room.error
        if self.takes:
            self.takes -= 1
            return self._os_open(path, flags, *more, **named)
        os.close(self._os_open(path, flags, *more, **named))
        return self._os_open(FULL, os.O_RDWR)

    def _opener(self, opened: Callable[..., Any]) -> Callable[..., Any]:
        def open_(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            if not (set(mode) & set("wax+") and self._is_here(path)):
                return opened(path, mode, *more, **named)
            if self.room is Room.READ_ONLY:
                raise self.room.error
            opened(path, mode, *more, **named).close()
            return opened(FULL, mode.replace("x", "w"), *more, **named)

        return open_

    def _refusing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(path: Any, *more: Any, **named: Any) -> Any:
            if self.room is Room.READ_ONLY and self._is_here(path):
                raise self.room.error
            return call(path, *more, **named)

        return refuse

    def _accessible(self, path: Any, mode: int, **named: Any) -> bool:
        if mode & os.W_OK and self.room is Room.READ_ONLY and self._is_here(path):
            return False
        return self._os_access(path, mode, **named)

    def _connect(self, path: Any, *more: Any, **named: Any) -> sqlite3.Connection:
        disk = self
        reads_only = self.room is Room.READ_ONLY and self._is_here(path)

        class Connection(sqlite3.Connection):
            @override
            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                disk.refuse(sql, reads_only=reads_only)
                return super().execute(sql, *values)

        class Memory(sqlite3.Connection):
            @override
            def backup(self, target: sqlite3.Connection, **named: Any) -> None:
                if disk._is_here(target.execute("PRAGMA database_list").fetchone()[2] or None):
                    disk.refuse("INSERT")
                super().backup(target, **named)

        if str(path) == ":memory:" or "mode=ro" in str(path):
            return Memory(path, *more, **named)
        return Connection(path, *more, **named)

    def refuse(self, sql: str, *, reads_only: bool = False) -> None:
        """Raises what SQLite says of a statement that would write."""
        match Room.READ_ONLY if reads_only else self.room:
            case Room.THERE:
                return
            case Room.FULL:
                codes, said = (sqlite3.SQLITE_FULL, "database or disk is full")
            case Room.READ_ONLY:
                codes, said = (sqlite3.SQLITE_READONLY, "attempt to write a readonly database")
        if sql.startswith(WRITES):
            error = sqlite3.OperationalError(said)
            error.sqlite_errorcode = codes
            raise error
