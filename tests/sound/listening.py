"""How the tests listen: audio is measured, not heard."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import numpy as np

FULL = 32_767


def samples_of(path: Path) -> tuple[array[int], int]:
    return samples_in(path.read_bytes())


def samples_in(data: bytes) -> tuple[array[int], int]:
    with wave.open(BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return array("h", file.readframes(file.getnframes())), file.getframerate()


def decibels(value: float) -> float:
    return 20 * math.log10(max(value, 1e-9) / FULL)


def highest(samples: array[int]) -> int:
    return max(map(abs, samples), default=0)


def mean_square(samples: array[int]) -> float:
    return float(np.square(np.asarray(samples, float)).mean()) if samples else 0.0


def loudest_400_ms(samples: array[int], rate: int) -> float:
    """The root mean square of the loudest 400 ms, looked for in steps of 10 ms."""
    window, step = min(int(rate * 0.4), len(samples)), rate // 100
    sums = list(accumulate(np.square(np.asarray(samples, float)).tolist(), initial=0.0))
    starts = range(0, max(len(samples) - window, 1), step)
    return math.sqrt(max(sums[at + window] - sums[at] for at in starts) / max(window, 1))


def strength(samples: Sequence[float], rate: int, hertz: float) -> float:
    """How much of one frequency there is, by Goertzel's algorithm."""
    turn = 2 * math.cos(2 * math.pi * hertz / rate)
    before = now = 0.0
    for value in samples:
        before, now = now, value + turn * now - before
    return before * before + now * now - turn * before * now


def share_above(samples: array[int], rate: int, hertz: float) -> float:
    """The share of the energy above a frequency, in 1,024 samples at the loudest place, by a comb of filters."""
    size = 1_024
    start = max(range(0, max(len(samples) - size, 1), 256), key=lambda at: mean_square(samples[at : at + size]))
    window = [0.5 - 0.5 * math.cos(2 * math.pi * index / size) for index in range(size)]
    part = [value * soft for value, soft in zip(samples[start:], window, strict=False)]
    comb = [(at, strength(part, rate, at)) for at in range(100, rate // 2 - 100, 40)]
    return sum(energy for at, energy in comb if at > hertz) / sum(energy for _, energy in comb)
