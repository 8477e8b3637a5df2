"""A score as one sound file: clips over silence or over a bed of sound, a second at a time."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guide.along.encoders import Tags, describe, encoder_for, kind_of
from guide.along.score import Placed, Score
from guide.language import _
from guide.sound.bed import DUCKED, Noise, noise
from guide.sound.pcm import PEAK, SoundError, gain
from guide.sound.sources import of_files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Curve = tuple[list[float], list[float]]  # seconds, and the bed's gain there

RATE: Final = 24_000  # samples a second: that of the natural voice; every other clip is brought to it
EARLY: Final = 0.3  # seconds: the bed goes down so long before a prompt, and is up again so long after it
RAMP: Final = 0.2  # of which it moves for this long
RISE: Final = 4.0
FALL: Final = 60.0  # the bed fades out over the last minute, or the last quarter of something short
SPARE: Final = 2 * 2**20  # bytes left free beside the file

Progress = Callable[[timedelta], None]


class StoppedError(Exception):
    """Making was stopped; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Bed:
    """A noise of ours, or a file or folder of hers; `volume` 0 to 1, as a slider has it."""

    kind: Noise | Path
    volume: float = 0.5
    shuffled: bool = False


def write(
    score: Score,
    path: Path,
    about: Tags,
    *,
    bed: Bed | None = None,
    progress: Progress = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """
    Write a score as MP3, FLAC or WAV, by the file's ending; mono, 24 kHz, 16 bits.

    The file appears whole or not at all. `progress` is told how far it is, a second at a time; as soon as `stopped`
    says so StoppedError is raised. Raises SoundError with a sentence (a clip that cannot be read, no encoder, no
    room), and OSError.
    """
    kind = kind_of(path)
    need = kind.bytes_for(score.length, RATE) + len(about.cover or b"")
    free = shutil.disk_usage(path.parent).free
    if free < need + SPARE:
        raise SoundError(
            _("About {need} MB are needed here; {free} are free.").format(need=-(-need // 2**20), free=free // 2**20)
        )
    handle, name = tempfile.mkstemp(prefix=".along-", suffix=f".part{kind.value}", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        with encoder_for(kind, part, rate=RATE, frames=_samples(score.length)) as encoder:
            for number, block in enumerate(mixed(score, bed), 1):
                _go_on_unless(stopped)
                encoder.write(block)
                progress(min(timedelta(seconds=number), score.length))
        describe(kind, part, about)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _go_on_unless(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise StoppedError


def mixed(score: Score, bed: Bed | None = None) -> Iterator[bytes]:
    """Yield the whole as 16-bit mono samples, a second at a time, never louder than full scale."""
    import numpy as np

    clips = _Clips()
    waiting = sorted(score.placed, key=lambda each: each.at, reverse=True)
    sounding: list[tuple[int, Samples]] = []
    under = _under(score, bed)
    total = _samples(score.length)
    for start in range(0, total, RATE):
        stop = min(start + RATE, total)
        block = next(under)[: stop - start].astype(np.float32)
        while waiting and _samples(waiting[-1].at) < stop:
            each = waiting.pop()
            sounding.append((_samples(each.at), clips.read(each)))
        for begins, samples in sounding:
            first, last = max(begins, start), min(begins + len(samples), stop)
            block[first - start : last - start] += samples[first - begins : last - begins]
        sounding = [each for each in sounding if each[0] + len(each[1]) > stop]
        yield (np.clip(block, -1, 1) * PEAK).astype("<i2").tobytes()


class _Clips:
    """Reads clips as samples; a tick is heard hundreds of times, so short ones are kept."""

    _SHORT = 4 * RATE

    def __init__(self) -> None:
        self._kept: dict[Path, Samples] = {}

    def read(self, placed: Placed) -> Samples:
        path = placed.clip.path
        if path in self._kept:
            return self._kept[path]
        import miniaudio
        import numpy as np

        try:
            decoded = miniaudio.decode(
                path.read_bytes(),
                output_format=miniaudio.SampleFormat.FLOAT32,
                nchannels=1,
                sample_rate=RATE,
            )
        except (miniaudio.MiniaudioError, OSError) as error:
            raise SoundError(
                _("{name} cannot be mixed in; it cannot be read as a sound.").format(name=path.name)
            ) from error
        samples = np.frombuffer(decoded.samples, dtype=np.float32)
        if len(samples) <= self._SHORT:
            self._kept[path] = samples
        return samples


def _under(score: Score, bed: Bed | None) -> Iterator[Samples]:
    """The bed, a second at a time, with its gain in it; silence without one."""
    import numpy as np

    if bed is None or bed.volume <= 0:
        yield from itertools.repeat(np.zeros(RATE, np.float32))
        return
    blocks = _blocks(bed)
    held = np.zeros(0, np.float32)
    seconds, heights = curve(score.placed, score.length)
    step = np.arange(RATE) / RATE
    for second in itertools.count():
        while len(held) < RATE:
            held = np.concatenate([held, next(blocks)])
        now, held = held[:RATE], held[RATE:]
        yield (now * np.interp(second + step, seconds, heights) * gain(bed.volume)).astype(np.float32)


def _blocks(bed: Bed) -> Iterator[Samples]:
    """Blocks of mono samples for ever; raises SoundError where nothing of hers can be played."""
    if isinstance(bed.kind, Noise):
        yield from noise(bed.kind, RATE)
        return
    try:
        for block in of_files(bed.kind, shuffled=bed.shuffled, rate=RATE, channels=1):
            yield block[:, 0]
    except SoundError as error:
        raise SoundError(
            _("Nothing in {name} can be played; choose another background sound.").format(name=bed.kind.name)
        ) from error


def curve(placed: Sequence[Placed], length: timedelta) -> Curve:
    """Where the bed's gain changes: down for each prompt, in at the beginning, out over the last minute."""
    import numpy as np

    whole = length.total_seconds()
    points: list[tuple[float, float]] = []
    for begins, ends in _stretches(placed):
        points += [(begins, 1.0), (begins + RAMP, DUCKED), (ends - RAMP, DUCKED), (ends, 1.0)]
    seconds = [0.0, *(at for at, _ in points), whole]
    heights = [1.0, *(height for _, height in points), 1.0]
    fall = min(FALL, whole / 4)
    edges = sorted({*seconds, min(RISE, whole / 4), whole - fall})
    faded = np.interp(edges, [0.0, min(RISE, whole / 4), whole - fall, whole], [0.0, 1.0, 1.0, 0.0])
    return edges, list(np.interp(edges, seconds, heights) * faded)


def _stretches(placed: Sequence[Placed]) -> list[tuple[float, float]]:
    """When somebody speaks, from when the bed moves until it is back; stretches that touch are one."""
    found: list[tuple[float, float]] = []
    for each in sorted(placed, key=lambda one: one.at):
        if not each.spoken:
            continue
        begins = max(each.at.total_seconds() - EARLY, 0.0)
        ends = (each.at + each.clip.length).total_seconds() + EARLY
        if found and begins <= found[-1][1] + RAMP:
            found[-1] = found[-1][0], max(ends, found[-1][1])
        else:
            found.append((begins, ends))
    return found


def _samples(at: timedelta) -> int:
    return round(at / timedelta(seconds=1) * RATE)
