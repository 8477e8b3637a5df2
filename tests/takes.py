"""Takes as a person might say them, made of a tone and a hiss."""

from __future__ import annotations

from array import array

import numpy as np

from guide.sound.pcm import PEAK
from guide.sound.take import RATE, RecordedTake


def sound(*parts: tuple[float, float], hiss: float = 0.0005, offset: int = 0) -> RecordedTake:
    """Words as a tone that swells, each part so many seconds at such a height of full scale, over a hiss."""
    chance = np.random.default_rng(5)
    pieces = [np.empty(0, np.int16)]
    for seconds, height in parts:
        at = np.arange(int(seconds * RATE))
        swell = 0.5 - 0.5 * np.cos(2 * np.pi * at / (RATE / 4))
        value = height * swell * np.sin(2 * np.pi * 220 * at / RATE) + chance.uniform(-hiss, hiss, len(at))
        pieces.append((np.clip(value, -1, 1) * PEAK + offset).clip(-PEAK - 1, PEAK).astype(np.int16))
    return RecordedTake(array("h", np.concatenate(pieces).tobytes()))


SPOKEN = sound((0.8, 0), (2, 0.4), (0.8, 0))
