"""The sounds behind a session that we make ourselves: rain, brown noise, a fan. Endless, and never the same twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # numpy costs a start 60 ms; nothing here is needed before a sound is chosen
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Response = Callable[[NDArray[np.float64]], NDArray[np.float64]]

LOUDNESS: Final = 0.07  # root mean square, of full scale, at full volume: that of a prompt at its usual volume
DUCKED: Final = 10 ** (-12 / 20)  # how much of it stays while somebody speaks: 12 dB less
_SIZE: Final = 1 << 15  # samples of a block; half of it is new each time, 0.7 s at 24 kHz
_DROPS: Final = 45.0  # drops a second that are heard one by one
_LOWEST, _HIGHEST = 30.0, 16_000.0  # Hz: below, small speakers only rattle


class Noise(StrEnum):
    RAIN = "rain"
    BROWN = "brown noise"
    FAN = "fan"


def noise(kind: Noise, rate: int, seed: int | None = None) -> Iterator[Samples]:
    """
    Yield blocks of mono samples (float32, full scale 1, `LOUDNESS` on the whole) for ever.

    Each block is white noise given its colour in the frequency domain and laid half over the one before under a sine
    window. The blocks are independent, so that the power is even throughout and nothing recurs.
    """
    import numpy as np

    dice = np.random.default_rng(seed)
    colour = _colour(np.fft.rfftfreq(_SIZE, 1 / rate), kind)
    window = np.sin(np.pi * (np.arange(_SIZE) + 0.5) / _SIZE).astype(np.float32)
    level = LOUDNESS / np.sqrt(np.sum(colour[1:-1] ** 2) * 2) * _SIZE
    drop = _drop(rate) if kind is Noise.RAIN else None
    painted = (colour * level * np.sqrt(0.5)).astype(np.float32)  # drops add a fiftieth of a decibel
    half = _SIZE // 2
    tail = np.zeros(half, np.float32)
    while True:
        turns = dice.standard_normal((len(colour), 2), np.float32).view(np.complex64)[:, 0]
        block = np.fft.irfft(turns * painted, _SIZE).astype(np.float32, copy=False)  # float32: half the work
        if drop is not None:
            _let_fall(block, dice, drop, rate)
        block *= window
        yield tail + block[:half]
        tail = block[half:]


def _colour(hertz: NDArray[np.floating], kind: Noise) -> NDArray[np.float64]:
    """How loud each frequency is, on any scale; nothing at 0 Hz."""
    import numpy as np

    safe = np.maximum(hertz.astype(np.float64), 1.0)
    edges = 1 / np.sqrt(1 + (_LOWEST / safe) ** 4) / np.sqrt(1 + (safe / _HIGHEST) ** 8)
    match kind:
        case Noise.BROWN:  # 6 dB less an octave
            shape = 1 / np.maximum(safe, 60.0)
        case Noise.RAIN:  # a soft hiss with its middle at 2 kHz, over a little distance below
            shape = np.exp(-((np.log2(safe / 2_000)) ** 2) / 4.5) + 0.25 / np.sqrt(safe / 60)
        case Noise.FAN:  # moving air, and the blades' own note with two overtones
            shape = 1 / np.sqrt(1 + (safe / 350) ** 2.6)
            for note, height in ((118.0, 2.2), (236.0, 0.9), (354.0, 0.4)):
                shape += height * np.exp(-(((safe - note) / 2.5) ** 2))
    shaped: NDArray[np.float64] = shape * edges
    shaped[0] = 0.0
    return shaped


def _drop(rate: int) -> Samples:
    """One drop: a short ring that falls in pitch, 18 ms long, of height 1."""
    import numpy as np

    seconds = np.arange(int(rate * 0.018)) / rate
    pitch = 3_200 - 70_000 * seconds
    rung: Samples = (np.sin(2 * np.pi * pitch * seconds) * np.exp(-seconds / 0.0035)).astype(np.float32)
    return rung


def _let_fall(block: Samples, dice: np.random.Generator, drop: Samples, rate: int) -> None:
    """Add drops at random times, most of them faint."""
    count = dice.poisson(_DROPS * _SIZE / rate)
    for at, height in zip(
        dice.integers(0, _SIZE - len(drop), count), dice.exponential(0.02, count).clip(0, 0.12), strict=True
    ):
        block[at : at + len(drop)] += float(height) * drop
