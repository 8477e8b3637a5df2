"""What was told once and need not be told at each start, such as a computer without a loudspeaker."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from guide.store.files import read_ordinary, write_whole

MOST_BYTES: Final = 4096


class ToldOnce:
    """One sentence, kept over starts until what it told of is over; a file that fails means it is told again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def says_new(self, sentence: str) -> bool:
        """Whether this is another sentence than the one told last, which it is from now on."""
        with suppress(OSError, ValueError):
            if read_ordinary(self._path, MOST_BYTES).decode() == sentence:
                return False
        with suppress(OSError):
            write_whole(self._path, sentence.encode())
        return True

    def forget(self) -> None:
        with suppress(OSError):
            self._path.unlink()
