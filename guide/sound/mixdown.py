"""A plan as one audio file: its clips laid over silence, written as it goes."""

from __future__ import annotations

import contextlib
import os
import tempfile
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from guide.sound.clip import Clip
from guide.sound.pcm import RATE, SoundError, read_wav, resampled, sample_bytes, wav_header

_BLOCK = RATE  # a second at a time
_REMEMBERED = 40 * RATE  # samples of short clips that are kept, for a tick is heard hundreds of times
_LARGEST = (2**32 - 64) // 2  # samples that the header of a WAV can count


@dataclass(slots=True)
class _Sounding:
    start: int
    samples: array[int]


class _Clips:
    """Reads clips, and remembers the short ones."""

    def __init__(self) -> None:
        self._known: dict[Path, array[int]] = {}
        self._held = 0

    def read(self, clip: Clip) -> array[int]:
        if (known := self._known.get(clip.path)) is not None:
            return known
        try:
            samples, rate = read_wav(clip.path)
        except (SoundError, OSError) as error:
            raise SoundError(f"{clip.path.name} cannot be mixed in, for it is not a WAV sound.") from error
        moved = array("h", map(int, resampled(samples, rate)))
        if self._held + len(moved) <= _REMEMBERED:
            self._known[clip.path] = moved
            self._held += len(moved)
        return moved


def mix(
    cues: Sequence[tuple[timedelta, Clip]],
    length: timedelta,
    path: Path,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write clips, each at its time from the beginning, as one mono 16-bit WAV file at 22,050 Hz.

    The file lasts `length`, or until the last clip is over where that is later. It appears whole or not at all.
    `progress` is told the seconds written, of how many. Raises SoundError for a clip that is no WAV, and OSError.
    """
    waiting = sorted(cues, key=lambda cue: cue[0], reverse=True)
    ends = [at + clip.length for at, clip in waiting]
    total = max(_samples(end) for end in [length, *ends])
    if total > _LARGEST:
        raise SoundError("This is too long for one sound file.")
    handle, part = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(wav_header(total))
            clips = _Clips()
            sounding: list[_Sounding] = []
            for start in range(0, total, _BLOCK):
                stop = min(start + _BLOCK, total)
                while waiting and _samples(waiting[-1][0]) < stop:
                    at, clip = waiting.pop()
                    sounding.append(_Sounding(_samples(at), clips.read(clip)))
                file.write(_block(sounding, start, stop))
                sounding = [each for each in sounding if each.start + len(each.samples) > stop]
                if progress:
                    progress(-(-stop // RATE), -(-total // RATE))
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(part).unlink()
        raise


def _samples(at: timedelta) -> int:
    return round(at / timedelta(seconds=1) * RATE)


def _block(sounding: Sequence[_Sounding], start: int, stop: int) -> bytes:
    if not sounding:
        return bytes(2 * (stop - start))
    block = [0] * (stop - start)
    for each in sounding:
        first = max(each.start, start)
        part = each.samples[first - each.start : stop - each.start]
        under = block[first - start : first - start + len(part)]
        block[first - start : first - start + len(part)] = map(int.__add__, under, part)
    return sample_bytes(block)
