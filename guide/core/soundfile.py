"""What kind of sound a file is, by its first bytes: its name may say anything."""

from __future__ import annotations

from typing import Final

HEAD: Final = 16  # bytes that tell


def kind_of(head: bytes) -> str | None:
    """
    Give the ending that a file which begins like this ought to have; None for what is no sound known here.

    >>> kind_of(b"RIFF....WAVEfmt "), kind_of(b"fLaC"), kind_of(b"%PDF-1.7")
    ('.wav', '.flac', None)
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return ".wav"
    if head[:4] == b"fLaC":
        return ".flac"
    if head[:4] == b"OggS":
        return ".ogg"
    if head[:3] == b"ID3" or _frame(head):
        return ".mp3"
    return None


def _frame(head: bytes) -> bool:
    """A frame of MPEG audio, layer III, with a bit rate and a sample rate that there are."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return version != 1 and layer == 1 and head[2] >> 4 not in {0, 15} and head[2] >> 2 & 3 != 3
