"""
Which session is whose: a mark beside the log, locked by the program that plays the session.

The system lets go of the lock when that program ends, at a kill too, so a session that was cut off is anybody's.
On a file system without locks nothing is known of other programs, and every open session counts as cut off.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Final

TRIES: Final = 5  # somebody who looks holds the lock for a moment
BETWEEN: Final = 0.01  # seconds
_ours: Final[dict[Path, int]] = {}  # this program may have the log open twice: what it holds is not somebody else's


class Held:
    """The sessions that this program plays, of the log at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _mark(self, session_id: int) -> Path:
        return self._path.with_name(f"{self._path.name}-session-{session_id}")

    def take(self, session_id: int) -> bool:
        """Mark it as ours; False where another program plays it."""
        mark = self._mark(session_id)
        if mark in _ours:
            return True
        for again in range(TRIES):
            if again:
                time.sleep(BETWEEN)
            try:
                handle = _opened(mark, os.O_CREAT)
            except OSError:  # a disk that is full or read-only: the session goes on unmarked
                return True
            if _locked(handle):
                _ours[mark] = handle
                return True
            os.close(handle)
        return False

    def is_held(self, session_id: int) -> bool:
        """Whether any program plays it just now, this one too."""
        return self._mark(session_id) in _ours or self.elsewhere(session_id)

    def let_go(self, session_id: int) -> None:
        mark = self._mark(session_id)
        handle = _ours.pop(mark, None)
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)
        if not self.elsewhere(session_id):  # one that a killed program left behind goes too
            with contextlib.suppress(OSError):
                mark.unlink()

    def elsewhere(self, session_id: int) -> bool:
        """Whether another program plays it just now."""
        mark = self._mark(session_id)
        if mark in _ours:
            return False
        try:
            handle = _opened(mark, 0)
        except OSError:
            return False
        free = _locked(handle)
        os.close(handle)
        return not free

    def close(self) -> None:
        """The log is closed: what was not ended is anybody's."""
        own = self._mark(0).name.removesuffix("0")
        for mark in [mark for mark in _ours if mark.parent == self._path.parent and mark.name.startswith(own)]:
            self.let_go(int(mark.name.removeprefix(own)))


if sys.platform == "win32":
    import msvcrt

    def _opened(mark: Path, flags: int) -> int:
        return os.open(mark, os.O_RDWR | flags)

    def _locked(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import errno
    import fcntl

    def _opened(mark: Path, flags: int) -> int:
        """What is no ordinary file (a pipe, a link) is not waited for."""
        return os.open(mark, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | flags, 0o600)

    def _locked(handle: int) -> bool:
        """Have the lock; where the file system knows none, nobody else has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in {errno.EWOULDBLOCK, errno.EACCES}
        return True
