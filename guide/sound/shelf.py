"""The shelf: finished audio files kept from one day to the next, each checked before it is used again."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import disk_usage
from typing import Final

from guide.language import _
from guide.scratch import scratch_folder
from guide.sound.pcm import SoundError

_KEPT = re.compile(r"[0-9a-f]{24}-[0-9a-f]{8}\.wav")
_PART = re.compile(r"[0-9a-f]{24}-[0-9a-z_]+\.part")
_STALE = 3_600.0  # seconds after which a half-written file is nobody's any more

LEFT_FREE: Final = 4_000_000  # bytes of a disk that no sound takes: the session log and her notes go there

# Names are short because the Windows way of playing (MCI) opens no path of more than 127 characters.


class Shelf:
    """Keeps files by key (24 hexadecimal digits); the file's own name carries a checksum of what is in it.

    Where the folder cannot be written, or its disk is nearly full, files go to one that lasts for this run. Safe to use
    from several threads and by several programs at a time: a file appears whole or not at all.
    """

    def __init__(self, folder: Path, *, spare: Callable[[], Path] = scratch_folder) -> None:
        self._folders: list[Path] = [folder]
        self._spare = spare
        self._lock = threading.Lock()
        self.trouble: str | None = None

    @property
    def folder(self) -> Path:
        return self._folders[-1]

    def find(self, key: str) -> Path | None:
        """Find a whole, undamaged file and mark it as used; a damaged one is removed."""
        for folder in self._folders:
            with contextlib.suppress(OSError):
                for path in folder.glob(f"{key}-*.wav"):
                    if _undamaged(path):
                        with contextlib.suppress(OSError):
                            os.utime(path)
                        return path
                    with contextlib.suppress(OSError):
                        path.unlink()
        return None

    def keep(self, key: str, data: bytes) -> Path:
        """Write a file whole or not at all; raises SoundError where there is no room anywhere."""
        try:
            return _write(self.folder, key, data)
        except OSError:
            with self._lock:
                if len(self._folders) == 1:
                    self._use_spare()
        try:
            return _write(self.folder, key, data)
        except OSError as error:
            self.trouble = _("There is no room on the disk for sounds. The words on the screen go on.")
            raise SoundError(self.trouble) from error

    def _use_spare(self) -> None:
        with contextlib.suppress(OSError):
            self._folders.append(self._spare())
            self.trouble = _("Sounds cannot be kept in their folder, so they are made anew each time.")

    def tidy(self, *, limit: int, using: Iterable[Path] = ()) -> None:
        """Delete the files used longest ago until at most `limit` bytes are left; never one in use."""
        needed = set(using)
        found: list[tuple[float, int, Path]] = []
        for path in _listed(self._folders[0]):
            with contextlib.suppress(OSError):
                known = path.stat()
                if _KEPT.fullmatch(path.name):
                    found.append((known.st_mtime, known.st_size, path))
                elif _PART.fullmatch(path.name) and known.st_mtime < time.time() - _STALE:
                    path.unlink()
        total = sum(size for _, size, _ in found)
        for __, size, path in sorted(found):
            if total <= limit:
                return
            if path not in needed:
                with contextlib.suppress(OSError):
                    path.unlink()
                    total -= size

    def size(self) -> tuple[int, int]:
        """Count the files kept, and their bytes."""
        sizes = []
        for path in _listed(self._folders[0]):
            if _KEPT.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    sizes.append(path.stat().st_size)
        return len(sizes), sum(sizes)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _undamaged(path: Path) -> bool:
    if not _KEPT.fullmatch(path.name):
        return False
    data = path.read_bytes()
    return data[:4] == b"RIFF" and f"{zlib.crc32(data):08x}" == path.stem[-8:]


def _write(folder: Path, key: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if disk_usage(folder).free - len(data) < LEFT_FREE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    handle, part = tempfile.mkstemp(prefix=f"{key}-", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        path = folder / f"{key}-{zlib.crc32(data):08x}.wav"
        Path(part).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(part).unlink()
        raise
    return path
