"""
The write-ahead log read by hand: SQLite passes over in silence what is damaged in it, and plays another file's in.

SQLite file format, 4: a header of 32 bytes, then frames of a header of 24 bytes and a page each; checksums run on from
frame to frame, and frames with other salts are left over from before the last checkpoint.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from guide.store.files import read_ordinary
from guide.store.log.schema import PAGE, in_memory

HEADER: Final = 32
FRAME: Final = 24 + PAGE
MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}  # the byte order that checksums are counted in
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_PAGES: Final = 1_000_000
TOLD_APART: Final = 3  # so many sessions of the file, none of which is in what its log makes of it
_WORD: Final = 0xFFFFFFFF


class Ahead(NamedTuple):
    """Pages in the order in which they were written, damaged ones among them, and whether SQLite would lose any."""

    pages: tuple[tuple[int, bytes], ...] = ()
    broken: bool = False

    def played_into(self, content: bytes) -> bytes:
        whole = bytearray(content)
        for number, page in self.pages:
            if len(whole) < number * PAGE:
                whole.extend(bytes(number * PAGE - len(whole)))
            whole[(number - 1) * PAGE : number * PAGE] = page
        return bytes(whole)


def read_ahead(path: Path) -> Ahead:
    """A write-ahead log as it stands on the disk; nothing where there is none."""
    try:
        data = read_ordinary(path, MOST_BYTES)
    except OSError:
        return Ahead()
    if len(data) < HEADER + FRAME:  # not one whole page: a kill leaves that, and nothing is lost by it
        return Ahead()
    order = MAGIC.get(struct.unpack_from(">I", data)[0])
    sums = (0, 0) if order is None else _summed(data[:24], order, (0, 0))
    if order is None or sums != struct.unpack_from(">II", data, 24):
        return Ahead(tuple(_pages(data, None)), broken=True)
    salts, at = data[16:24], HEADER
    while at + FRAME <= len(data) and data[at + 8 : at + 16] == salts:
        after = _summed(data[at + 24 : at + FRAME], order, _summed(data[at : at + 8], order, sums))
        if after != struct.unpack_from(">II", data, at + 16):
            break
        sums, at = after, at + FRAME
    later = range(at + FRAME, len(data) - FRAME + 1, FRAME)
    # One frame that does not add up may be half of a write that was cut off; a second one was written after it.
    cut_off = data[at + 8 : at + 16] == salts and at + FRAME == len(data)
    broken = cut_off or any(data[one + 8 : one + 16] == salts for one in later)
    return Ahead(tuple(_pages(data, salts)), broken=broken)


def belongs(content: bytes, ahead: Ahead) -> bool:
    """Whether a write-ahead log is of this file: some session of the file is still there once it is played in."""
    if not ahead.pages:
        return True
    before, after = _marks(content), _marks(ahead.played_into(content))
    return len(before) < TOLD_APART or not after or not before.isdisjoint(after)


def content_of(path: Path) -> bytes:
    """The file without its write-ahead log, through SQLite: another way would let go the locks of this process."""
    with suppress(sqlite3.Error, OSError):
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            return db.serialize()
    return b""


def alone(content: bytes) -> bytes:
    """A log as a file that has no write-ahead log: in memory none stands beside it, and SQLite declines it without."""
    return content[:18] + b"\x01\x01" + content[20:]


def _marks(content: bytes) -> frozenset[str]:
    """The marks of the sessions in a file; none where it cannot be read."""
    with suppress(sqlite3.Error), closing(in_memory()) as db:
        db.deserialize(alone(content))
        return frozenset(uuid for (uuid,) in db.execute("SELECT uuid FROM session"))
    return frozenset()


def _pages(data: bytes, salts: bytes | None) -> Iterator[tuple[int, bytes]]:
    for at in range(HEADER, len(data) - FRAME + 1, FRAME):
        number = struct.unpack_from(">I", data, at)[0]
        if 0 < number <= MOST_PAGES and salts in {None, data[at + 8 : at + 16]}:
            yield number, data[at + 24 : at + FRAME]


def _summed(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & _WORD
        second = (second + other + first) & _WORD
    return first, second
