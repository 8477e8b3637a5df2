"""Samples: WAV files read and written, made softer, and brought to another rate."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, TypeVar

from guide.language import _

RATE = 22_050  # plain 16-bit mono WAV at this rate is what every way of playing takes
PEAK = 32_767
LOUDNESS = 0.144  # the root mean square, of full scale, that chimes and prompts share at full volume
BLOCK = 16_384  # frames read at a time

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_Number = TypeVar("_Number", int, float)


class SoundError(Exception):
    """A sound that cannot be read, made or kept; the text is a sentence for a person."""


def gain(volume: float) -> float:
    """Give the amplitude, 0 to 1, for a volume of 0 to 1; squared, as the ear hears half of a slider as half.

    >>> gain(1), gain(0.5), gain(0), gain(7)
    (1.0, 0.25, 0.0, 1.0)
    """
    return min(max(float(volume), 0.0), 1.0) ** 2


@dataclass(frozen=True, slots=True)
class Format:
    """What a WAV file's header says: frames are counted by the bytes that are really there."""

    rate: int
    channels: int
    width: int
    floating: bool
    start: int
    frames: int

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.frames / self.rate)


def wav_format(file: BinaryIO) -> Format:
    """Read a RIFF header; raises SoundError where it is no WAV of plain samples.

    Handles the plain, floating and extensible formats; the standard library's `wave` knows the plain one
    only, and the last from Python 3.12 on.
    """
    size = file.seek(0, 2)
    file.seek(0)
    riff = file.read(12)
    if len(riff) < 12 or riff[:4] != b"RIFF" or riff[8:] != b"WAVE":
        raise SoundError(_("This is not a WAV file."))
    found: tuple[int, int, int, int] | None = None
    while len(head := file.read(8)) == 8:
        name, length = head[:4], struct.unpack("<I", head[4:])[0]
        if name == b"fmt " and length >= 16:
            body = file.read(min(length, 40))
            tag, channels, rate, __, __, bits = struct.unpack("<HHIIHH", body[:16])
            if tag == _EXTENSIBLE and len(body) >= 26:
                tag = struct.unpack("<H", body[24:26])[0]
            found = tag, channels, rate, bits
            file.seek(length - len(body) + length % 2, 1)
        elif name == b"data":
            return _format_of(found, start=file.tell(), claimed=length, size=size)
        else:
            file.seek(length + length % 2, 1)
    raise SoundError(_("This WAV file has no sound in it."))


def _format_of(found: tuple[int, int, int, int] | None, *, start: int, claimed: int, size: int) -> Format:
    if found is None:
        raise SoundError(_("This WAV file does not say what is in it."))
    tag, channels, rate, bits = found
    widths = {_PCM: (8, 16, 24, 32), _FLOAT: (32, 64)}.get(tag, ())
    if bits not in widths or not 1 <= channels <= 8 or not 1_000 <= rate <= 384_000:
        raise SoundError(_("This WAV file is of a kind that cannot be read here; save it as 16-bit PCM."))
    width = bits // 8
    there = min(claimed, size - start)  # a stream that was never closed claims 0xFFFFFFFF
    frames = there // (width * channels)
    if frames == 0:
        raise SoundError(_("This WAV file has no sound in it."))
    return Format(
        rate=rate,
        channels=channels,
        width=width,
        floating=tag == _FLOAT,
        start=start,
        frames=frames,
    )


def wav_samples(file: BinaryIO, form: Format) -> Iterator[array[int]]:
    """Read the interleaved samples as 16-bit numbers, so many frames at a time that long files need no memory."""
    file.seek(form.start)
    left = form.frames
    while left > 0:
        data = file.read(min(left, BLOCK) * form.width * form.channels)
        if not data:
            return
        data = data[: len(data) // form.width * form.width]
        left -= BLOCK
        yield _sixteen_bits(data, form)


def _sixteen_bits(data: bytes, form: Format) -> array[int]:
    if form.floating:
        floats = _native(array("f" if form.width == 4 else "d", data))
        return array("h", (_clipped(value * PEAK) if value == value else 0 for value in floats))  # noqa: PLR0124  NaN
    match form.width:
        case 1:
            return array("h", ((byte - 128) << 8 for byte in data))
        case 2:
            return _native(array("h", data))
        case _:  # 24 and 32 bits: the two highest bytes of each sample
            high = bytearray(len(data) // form.width * 2)
            high[0::2] = data[form.width - 2 :: form.width]
            high[1::2] = data[form.width - 1 :: form.width]
            return _native(array("h", bytes(high)))


def _native(samples: array[_Number]) -> array[_Number]:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _clipped(value: float) -> int:
    return int(min(max(value, -PEAK), PEAK))


def read_wav(path: Path) -> tuple[array[int], int]:
    """Read a WAV as mono 16-bit samples (channels averaged), and its rate; raises SoundError and OSError."""
    with path.open("rb") as file:
        form = wav_format(file)
        samples: array[int] = array("h")
        for block in wav_samples(file, form):
            samples.extend(mono(block, form.channels))
        return samples, form.rate


def mono(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    parts = [samples[channel::channels] for channel in range(channels)]
    return array("h", (sum(frame) // channels for frame in zip(*parts, strict=False)))


def wav_header(frames: int, *, rate: int = RATE, channels: int = 1) -> bytes:
    size = frames * channels * 2
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, _PCM, channels),
        *(rate, rate * channels * 2, channels * 2, 16, b"data", size),
    )


def sample_bytes(samples: Iterable[float]) -> bytes:
    """16 bits each, clipped; without numpy, for a window that gets its prompts from a child needs none."""
    values = samples if isinstance(samples, Sequence) else list(samples)
    if values and (max(values) > PEAK or min(values) < -PEAK):
        values = [min(max(value, -PEAK), PEAK) for value in values]
    return _native(array("h", map(int, values))).tobytes()


def wav_bytes(samples: Sequence[float], *, rate: int = RATE) -> bytes:
    """Make a whole 16-bit mono WAV file of samples in units of the 16-bit range, clipped to it."""
    return wav_header(len(samples), rate=rate) + sample_bytes(samples)


@lru_cache(maxsize=2)  # a session has one volume for its words and one for its chimes
def _softer(volume: float) -> array[int]:
    """What each value becomes at a volume: that of -5 stands at -5."""
    factor = gain(volume)
    return array("h", [int(value * factor) for value in (*range(PEAK + 1), *range(-PEAK - 1, 0))])


def at_volume(data: bytes, volume: float) -> bytes:
    """Make a WAV file of another one, at a volume; raises SoundError where it is none."""
    file = BytesIO(data)
    form = wav_format(file)
    softer = _softer(volume)
    body = b"".join(_native(array("h", map(softer.__getitem__, block))).tobytes() for block in wav_samples(file, form))
    return wav_header(len(body) // (2 * form.channels), rate=form.rate, channels=form.channels) + body


def resampled(samples: Sequence[float], rate: int, to: int = RATE) -> Sequence[float]:
    """Draw straight lines between the samples: good enough for speech and chimes."""
    if rate == to or not samples:
        return samples
    step = rate / to
    last = len(samples) - 1
    if rate > to:  # what the new rate cannot carry would come back as another tone
        samples = softened(samples, rate=rate, above=to * 0.4)
    moved: list[float] = []
    for index in range(int(len(samples) / step)):
        at = index * step
        low = min(int(at), last)
        first = samples[low]
        moved.append(first + (samples[min(low + 1, last)] - first) * (at - low))
    return moved


def softened(samples: Sequence[float], *, rate: int, above: float) -> list[float]:
    """Take away what is `above` a frequency (Hz), gently: 3 dB down there, 12 dB more with each octave."""
    corner = above * 1.554  # two equal poles reach 3 dB lower down than one
    share = 1 - math.exp(-2 * math.pi * min(corner, rate * 0.45) / rate)

    def pole(held: float, value: float) -> float:
        return held + share * (value - held)

    return list(accumulate(accumulate(samples, pole), pole))
