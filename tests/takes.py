"""Takes as a person might say them, made of a tone and a hiss."""

from __future__ import annotations

import math
import random
from array import array

from guide.sound.pcm import PEAK
from guide.sound.take import RATE, RecordedTake


def sound(*parts: tuple[float, float], hiss: float = 0.0005, offset: int = 0) -> RecordedTake:
    """Words as a tone that swells, each part so many seconds at such a height of full scale, over a hiss."""
    chance = random.Random(5)
    samples = array("h")
    for seconds, height in parts:
        count = int(seconds * RATE)
        for at in range(count):
            swell = 0.5 - 0.5 * math.cos(2 * math.pi * at / (RATE / 4))
            value = height * swell * math.sin(2 * math.pi * 220 * at / RATE) + chance.uniform(-hiss, hiss)
            samples.append(int(min(max(value, -1), 1) * PEAK) if not offset else int(value * PEAK) + offset)
    return RecordedTake(samples)


SPOKEN = sound((0.8, 0), (2, 0.4), (0.8, 0))
