"""One window a person: a lock file held while it is there. Who does not get it hands its wish over."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QLockFile

LONGEST_START: Final = 20.0  # seconds from the lock to the first answer, on a slow machine
BETWEEN: Final = 0.05  # seconds between two tries
YOUNG: Final = 2.0  # seconds: a lock file this new may not be locked by its maker yet


class First(NamedTuple):
    """This start has the window; it holds the lock, or none where no lock can be written."""

    lock: QLockFile | None


class HandedOver:
    """A window is open already, and took the wish."""


class Unanswered:
    """A window is open already, and does not answer."""


Claim = First | HandedOver | Unanswered


def reachable(socket: Path) -> Path:
    """Where one window is found by others: `socket`, or in a folder of this user's own where that cannot be written."""
    folder = socket.parent
    if sys.platform == "win32" or os.access(folder, os.W_OK | os.X_OK):
        return socket
    import hashlib  # milliseconds, and hardly ever needed

    mark = hashlib.sha256(os.fsencode(os.path.abspath(folder))).hexdigest()[:16]  # noqa: PTH100  not where links lead
    instead = Path(tempfile.gettempdir()) / f"pumping-guide.run-{os.getuid()}-{mark}"
    try:
        with contextlib.suppress(FileExistsError):
            instead.mkdir(mode=0o700)
        found = instead.lstat()
    except OSError:
        return socket
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return instead / socket.name if ours else socket


def claim(socket: Path, wish: str, *, patience: float = LONGEST_START) -> Claim:
    """Take the window's lock, or hand the wish to who has it: one that has just started is waited for."""
    path = socket.with_name(f"{socket.name}.lock")
    _clear(path)
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # a window may be open for days
    over = time.monotonic() + patience
    while not lock.tryLock(0):
        if lock.error() is not QLockFile.LockError.LockFailedError:
            return First(None)
        from guide.live.single import Reply, hand_over  # a first start needs Qt's network half later

        answer = hand_over(socket, wish)
        if answer is Reply.TAKEN:
            return HandedOver()
        if answer is Reply.SILENT or time.monotonic() > over:
            return Unanswered()
        if not _young(path):
            # The number of a process that died may be another's by now. The system's own lock on the file tells:
            # this fails where somebody holds it.
            lock.removeStaleLockFile()
        time.sleep(BETWEEN)
    return First(lock)


def _young(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return abs(time.time() - path.stat().st_mtime) < YOUNG
    return True


def _clear(path: Path) -> None:
    """What is no ordinary file is never opened: a pipe would not let go of us. It is set aside."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(path.lstat().st_mode):
            path.rename(path.with_name(f"{path.name}.aside-{os.getpid()}"))
