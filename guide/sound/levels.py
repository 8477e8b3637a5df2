"""Speech measured and made gentle: its loudness, its ends, its edge.

This module brings numpy, 20 MB of memory: it is the child's in which engines speak, and the studio's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from guide.sound.pcm import LOUDNESS, PEAK, RATE, wav_header

NDArray = npt.NDArray[np.float64]
Samples = Sequence[float] | NDArray
REACH: Final = 0.004  # seconds before and after a peak in which it is held down
WINDOW: Final = timedelta(milliseconds=400)  # loudness is heard over about this long (ITU-R BS.1770, momentary)


def wav_of(samples: NDArray, *, rate: int) -> bytes:
    """Make a whole 16-bit mono WAV file of samples in units of the 16-bit range, clipped to it."""
    return wav_header(len(samples), rate=rate) + np.clip(samples, -PEAK, PEAK).astype("<i2").tobytes()


def smoothed(samples: Samples) -> NDArray:
    """Take the edge off speech, quickly: each sample and its neighbours are added, 1 : 2 : 1.

    At 22,050 Hz that is 3 dB down at 4 kHz and 12 dB at 7.3 kHz. All is four times as large as before.
    """
    values: NDArray = np.asarray(samples, float)
    softer: NDArray = values[:-2] + 2 * values[1:-1] + values[2:]
    return softer


def energies(samples: Samples, block: int) -> list[float]:
    """Sum the squares of each block of so many samples."""
    squares = np.square(np.asarray(samples, float))
    sums: list[float] = np.add.reduceat(squares, np.arange(0, len(squares), block)).tolist()
    return sums


def peak(samples: Samples) -> float:
    return float(np.abs(np.asarray(samples, float)).max(initial=0.0))


def loudness(samples: Samples, *, rate: int = RATE) -> float:
    """Measure the root mean square of the loudest 400 ms (or of all, where shorter), in the samples' unit."""
    block = rate // 100
    steps = round(WINDOW.total_seconds() * 100)
    sums = list(accumulate(energies(samples, block), initial=0.0))
    if len(sums) <= steps:
        return math.sqrt(sums[-1] / len(samples)) if len(samples) else 0.0
    most = max(late - early for early, late in zip(sums, sums[steps:], strict=False))
    return math.sqrt(most / (block * steps))


def trimmed(samples: Sequence[float], *, rate: int = RATE, floor: float = 0.004, keep: float = 0.03) -> Sequence[float]:
    """Without the silence at both ends: quieter than `floor` of full scale, leaving `keep` seconds of it."""
    block = max(rate // 200, 1)
    limit = (floor * PEAK) ** 2 * block
    loud = [number * block for number, energy in enumerate(energies(samples, block)) if energy > limit]
    if not loud:
        return samples[:0]
    first, last = loud[0], loud[-1]
    edge = int(keep * rate)
    return samples[max(first - edge, 0) : last + block + edge]


def faded(samples: Samples, *, rate: int = RATE, rise: float = 0.008, fall: float = 0.03) -> NDArray:
    """Both ends drawn to nothing along a half cosine, so that nothing clicks; times in seconds."""
    soft = np.array(samples, float)
    first, last = (min(int(length * rate), len(soft) // 2) for length in (rise, fall))
    if first:
        soft[:first] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(first) / first)
    if last:
        soft[-last:] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(last - 1, -1, -1) / last)
    return soft


def levelled(samples: Samples, *, rate: int = RATE, ceiling: float = 0.9) -> NDArray:
    """As loud as the chimes are; peaks that would pass `ceiling` are held down, and not all of it with them."""
    loud = loudness(samples, rate=rate)
    factor = LOUDNESS * PEAK / loud if loud else 1.0
    return limited(np.asarray(samples, float) * factor, most=ceiling * PEAK, rate=rate)


def limited(samples: NDArray, *, most: float, rate: int = RATE) -> NDArray:
    """Turned down for some milliseconds around each peak over `most`, softly: the rest keeps its loudness."""
    if peak(samples) <= most:
        return samples
    reach = int(REACH * rate)
    turned = most / np.maximum(np.abs(samples), most)
    lowest = sliding_window_view(np.pad(turned, 2 * reach, constant_values=1.0), 2 * reach + 1).min(axis=1)
    softly = np.convolve(lowest, np.full(2 * reach + 1, 1 / (2 * reach + 1)), mode="valid")  # no higher than `turned`
    held: NDArray = samples * softly
    return held
