"""A clip: a finished audio file of known length; also made from a person's own sound files."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from guide.sound import pcm
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf

ASSUMED = timedelta(seconds=10)  # the length of a file whose headers do not tell: longer than a chime ever is
LARGEST = 64 * 1024 * 1024  # a larger WAV of a person's own is played as it is, at its own loudness
_LIMIT = 300 * 1024 * 1024  # bytes of copies kept
_VERSION = "own-1"


@dataclass(frozen=True, slots=True)
class Clip:
    path: Path
    length: timedelta


def measure(path: Path) -> timedelta:
    """Tell how long an audio file lasts, from its headers alone.

    WAV, FLAC and OGG (Vorbis, Opus) to the sample; MP3 by its frame count where an encoder left one, else by
    its size at the bit rate of its first frame. A file that does not tell counts as `ASSUMED`. Raises OSError.
    """
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        try:
            length = _READERS.get(start, _mp3)(file)
        except (struct.error, IndexError, ZeroDivisionError, OverflowError, SoundError):
            length = None
    return length if length is not None and timedelta() < length < timedelta(hours=6) else ASSUMED


def own_clip(path: Path, shelf: Shelf, *, within: Path, volume: float) -> Clip:
    """Make a clip of a `sound:` of a person's own, which lies `within` her routine's folder (routine-format).

    A WAV becomes a 16-bit copy with the volume in it; of the other kinds no copy is made, they play at their
    own loudness. Raises SoundError with a sentence that names the file.
    """
    try:
        real = _inside(path, within)
        found = real.stat()
        with real.open("rb") as file:
            is_wave = file.read(4) == b"RIFF"
        if not is_wave or found.st_size > LARGEST:
            return Clip(real, measure(real))
        name = f"{_VERSION}|{real}|{found.st_mtime_ns}|{found.st_size}|{volume:.3f}"
        key = hashlib.sha256(name.encode(errors="replace")).hexdigest()[:24]
        kept = shelf.find(key)
        if kept is None:
            kept = shelf.keep(key, pcm.at_volume(real.read_bytes(), volume))
            shelf.tidy(limit=_LIMIT, using=[kept])
        return Clip(kept, measure(kept))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise SoundError(f"The sound {path.name} cannot be read.") from error
    except SoundError as error:
        raise SoundError(f"The sound {path.name} cannot be used: {error}") from error


def _inside(path: Path, within: Path) -> Path:
    real = path.resolve(strict=True)  # follows links, so that none leads out
    if not real.is_relative_to(within.resolve()) or not real.is_file():
        raise SoundError("it is not inside the routine's own folder.")
    return real


def _wav(file: BinaryIO) -> timedelta | None:
    return pcm.wav_format(file).length


def _flac(file: BinaryIO) -> timedelta | None:
    """RFC 9639, section 8.2: the rate in 20 bits and the number of samples in 36, in the first block."""
    head = file.read(26)
    rate = int.from_bytes(head[18:21]) >> 4
    samples = int.from_bytes(head[21:26]) & 0xF_FFFF_FFFF
    return timedelta(seconds=samples / rate)


def _ogg(file: BinaryIO) -> timedelta | None:
    """RFC 3533: the last page carries the position of its last sample; Opus counts at 48 kHz (RFC 7845)."""
    head = file.read(128)
    if (vorbis := head.find(b"\x01vorbis")) >= 0:
        (rate,) = struct.unpack_from("<I", head, vorbis + 12)
        skipped = 0
    elif (opus := head.find(b"OpusHead")) >= 0:
        rate = 48_000
        (skipped,) = struct.unpack_from("<H", head, opus + 10)
    else:
        return None
    size = file.seek(0, 2)
    file.seek(max(size - 65_536, 0))  # a page is at most this long
    tail = file.read()
    last = tail.rfind(b"OggS")
    if last < 0:
        return None
    (samples,) = struct.unpack_from("<q", tail, last + 6)
    return timedelta(seconds=(samples - skipped) / rate)


# ISO/IEC 11172-3, 2.4.2.3: bit rates of layer III in kbit/s, for version 1 and for versions 2 and 2.5
_BIT_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BIT_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44_100, 48_000, 32_000)


def _mp3(file: BinaryIO) -> timedelta | None:
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3":  # four numbers of seven bits each
        start = 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
    file.seek(start)
    body = file.read(8_192)
    for at in range(len(body) - 4):
        if body[at] == 0xFF and body[at + 1] & 0xE6 == 0xE2:  # a frame of layer III
            frame = body[at:]
            break
    else:
        return None
    version, bits, rate_index = frame[1] >> 3 & 3, frame[2] >> 4, frame[2] >> 2 & 3
    if version == 1 or bits in {0, 15} or rate_index == 3:
        return None
    first = version == 3
    rate = _RATES[rate_index] >> {3: 0, 2: 1, 0: 2}[version]
    for mark in (b"Xing", b"Info"):
        at = frame.find(mark, 0, 64)
        if at >= 0 and frame[at + 7] & 1:
            (frames,) = struct.unpack_from(">I", frame, at + 8)
            return timedelta(seconds=frames * (1_152 if first else 576) / rate)
    kilobits = (_BIT_RATES_1 if first else _BIT_RATES_2)[bits]
    return timedelta(seconds=(size - start - at) * 8 / (kilobits * 1_000))


_READERS: dict[bytes, Callable[[BinaryIO], timedelta | None]] = {b"RIFF": _wav, b"fLaC": _flac, b"OggS": _ogg}
