"""Files read only where they are ordinary ones, written whole or not at all, and damaged ones kept beside."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from guide.standing import is_folder

UNFINISHED: Final = ".unfinished"
LONGEST_NAME: Final = 255  # bytes, of a file's name
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
MOST_SOUND_BYTES: Final = 20 * 1024 * 1024  # of a sound that a routine names
MOST_BYTES: Final = 256 * 1024  # of a routine's file; routine-format, "Mistakes"


class NotAFileError(OSError):
    """What stands there is a folder, a pipe, a device or a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it is not an ordinary file", str(path))


def open_ordinary(path: Path) -> BinaryIO:
    """
    Open a file to read; raises OSError, `NotAFileError` for what is no ordinary file.

    A pipe without a writer would keep the caller waiting for ever: it is opened without waiting, looked at, and let go.
    """
    handle = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    raise NotAFileError(path)


def read_ordinary(path: Path, most: int) -> bytes:
    """At most `most` bytes and one more of a file, so that the caller sees where it is too large; raises OSError."""
    with open_ordinary(path) as file:
        return file.read(most + 1)


def newest_first(folder: Path, pattern: str) -> list[Path]:
    """The ordinary files of a folder; what is none, or is gone meanwhile, is left out."""
    found = []
    try:
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                known = path.stat()
                if stat.S_ISREG(known.st_mode):
                    found.append((known.st_mtime, path))
    except OSError:  # a folder without rights, before Python 3.13
        pass
    return [path for _, path in sorted(found, reverse=True)]


def need_ordinary(path: Path) -> None:
    """Raises `NotAFileError` where something else than an ordinary file stands; nothing at all is good."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise NotAFileError(path)


def write_whole(path: Path, data: bytes) -> None:
    """
    Put `data` in the file's place in one step: a reader, a kill or a full disk sees the old or the new, never half.

    Raises OSError, the old file untouched.
    """
    path = _linked(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    need_ordinary(path)
    unfinished = _beside(path)
    try:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()  # of a kill, or whatever else stands there: what is opened below is a new file
        with unfinished.open("xb") as file:
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


def write_where_named(path: Path, data: bytes) -> None:
    """
    As `write_whole`, at a place that she has named, whose folder is there: one that is not is a slip, or a stick that
    is not plugged in, and a file in a folder made for it would be looked for elsewhere.
    """
    need_folder(path.parent)
    write_whole(path, data)


def need_folder(folder: Path) -> None:
    """Raise FileNotFoundError where no folder stands."""
    if not is_folder(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def _beside(path: Path) -> Path:
    """Where the new content is written first; a name that is near the longest there is gets a short one."""
    name = f".{path.name}{UNFINISHED}"
    long = len(os.fsencode(name)) > LONGEST_NAME
    return path.with_name(f".{zlib.crc32(os.fsencode(path.name)):08x}{UNFINISHED}" if long else name)


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
    """As `move_aside`; None where it cannot be moved."""
    try:
        return move_aside(path)
    except OSError:
        return None


def move_aside(path: Path) -> Path:
    """Move a damaged file beside itself under a dated name, and give that. Raises OSError."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    for number in range(1, 100):
        mark = stamp if number == 1 else f"{stamp}-{number}"
        aside = path.with_name(f"{path.stem}.damaged-{mark}{path.suffix}")
        if not aside.exists():
            return path.rename(aside)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
