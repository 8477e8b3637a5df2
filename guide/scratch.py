"""A temporary folder for as long as the program lives; what a killed program left behind is taken away by the next."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import stat
import sys
import tempfile
import threading
from pathlib import Path
from typing import Final

PREFIX: Final = "pumping-guide-"
ALIVE: Final = (
    "alive"  # held open and locked by the program whose folder it is: the system lets go of it, even at a kill
)
_made: list[Path] = []
_held: list[int] = []
_making = threading.Lock()


def scratch_folder() -> Path:
    """
    Make the folder, once; raises OSError where even that is not possible.

    It is made anew where it was taken away: systems clean their temporary files of what is some days old, and a program
    may stay open for weeks.
    """
    with _making:
        if _made and _made[0].is_dir():
            return _made[0]
        sweep()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        if not _made:
            atexit.register(leave)
        _let_go()
        _made.append(folder)
        with contextlib.suppress(OSError):  # a file system without locks: it stays unmarked, and is never swept
            _held.append(_hold(folder))
        return folder


def sweep() -> None:
    """Take away the folders of programs that were killed; one without the mark of ours is left alone."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                if _is_ours(folder) and _is_left(folder / ALIVE):
                    shutil.rmtree(folder, ignore_errors=True)


def leave() -> None:
    """Take the folder away, if there is one."""
    with _making:
        folders = _made.copy()
        _let_go()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _let_go() -> None:
    _made.clear()
    while _held:
        with contextlib.suppress(OSError):
            os.close(_held.pop())


def _is_ours(folder: Path) -> bool:
    known = folder.lstat()
    return stat.S_ISDIR(known.st_mode) and (sys.platform == "win32" or known.st_uid == os.geteuid())


if sys.platform == "win32":

    def _hold(folder: Path) -> int:
        return os.open(folder / ALIVE, os.O_RDWR | os.O_CREAT | os.O_EXCL)

    def _is_left(mark: Path) -> bool:
        """A file that is open cannot be removed there."""
        if not mark.is_file():
            return False
        try:
            mark.unlink()
        except OSError:
            return False
        return True

else:
    import fcntl

    def _hold(folder: Path) -> int:
        """Locked before it has its name, so that nobody comes upon a mark that is not locked yet."""
        unnamed = folder / f".{ALIVE}"
        handle = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            unnamed.rename(folder / ALIVE)
        except OSError:
            os.close(handle)
            raise
        return handle

    def _is_left(mark: Path) -> bool:
        """A lock that can be had is nobody's any more."""
        if not stat.S_ISREG(mark.lstat().st_mode):
            return False
        handle = os.open(mark, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True
