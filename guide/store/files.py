"""Files written whole or not at all, and damaged ones kept beside under a dated name."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".unfinished"
MOST_BYTES: Final = 256 * 1024  # of a routine's file; routine-format, "Mistakes"


def write_whole(path: Path, data: bytes) -> None:
    """
    Put `data` in the file's place in one step: a reader, a kill or a full disk sees the old or the new, never half.

    Raises OSError, the old file untouched.
    """
    path = _linked(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    _sync_folder(path.parent)


def _linked(path: Path) -> Path:
    """A symbolic link stays one: what it points to is replaced."""
    try:
        return path.resolve()
    except RuntimeError as error:  # a loop of links, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _sync_folder(folder: Path) -> None:
    """The name itself on disk too; where the platform cannot, the rename still was atomic."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def keep_aside(path: Path) -> Path | None:
    """Move a damaged file beside itself under a dated name, and give that; None where it cannot be moved."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    for number in range(1, 100):
        mark = stamp if number == 1 else f"{stamp}-{number}"
        aside = path.with_name(f"{path.stem}.damaged-{mark}{path.suffix}")
        if aside.exists():
            continue
        try:
            return path.rename(aside)
        except OSError:
            return None
    return None
