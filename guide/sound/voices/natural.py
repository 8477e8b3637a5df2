"""The natural voice: a small model inside the package `hibari-tts`, spoken calmly; English only.

Measured: docs/decisions/voice.md. Runs in a child process (engine.py), so nothing of it stays in memory.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from array import array
from bisect import bisect_left
from functools import cache
from typing import Any, Final, cast

from guide.language import N_
from guide.sound import pcm
from guide.sound.voices.voice import Speech, VoiceError, speakable
from guide.sound.voices.words import pronounced

VOICE: Final = "heart"  # the one inside the package: any other name would be downloaded, so none comes from outside
PAUSE: Final = 0.5  # seconds between two sentences
SEED: Final = 0  # the breath in the voice is noise: the same each time
RATE: Final = 24_000
FLOOR: Final = 0.004  # of full scale: what is quieter at both ends of a sentence is silence
EDGE: Final = 0.03  # seconds of it that stay

# Words a minute, pauses counted, at speeds of the model: its length is not one divided by the other.
SPEEDS: Final = (
    (121, 0.60),
    (124, 0.65),
    (137, 0.70),
    (141, 0.75),
    (156, 0.80),
    (175, 0.85),
    (184, 0.90),
    (191, 1.00),
    (207, 1.20),
)


def there() -> bool:
    """Whether the package and what it runs on are installed; nothing is imported."""
    return all(map(_findable, ("hibari", "onnxruntime", "numpy")))


def _findable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def speed_of(pace: int) -> float:
    """Give the model's speed for so many words a minute, between the measured ones on a straight line.

    >>> speed_of(141), speed_of(20), speed_of(900)
    (0.75, 0.6, 1.2)
    """
    paces = [words for words, _ in SPEEDS]
    at = bisect_left(paces, pace)
    if at == 0:
        return SPEEDS[0][1]
    if at == len(SPEEDS):
        return SPEEDS[-1][1]
    (slower, low), (faster, high) = SPEEDS[at - 1], SPEEDS[at]
    return low + (high - low) * (pace - slower) / (faster - slower)


@cache
def _model() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import: its later versions would look for a host
    return importlib.import_module("hibari").Hibari(voice=VOICE, threads=1)


def speak(text: str, *, pace: int) -> Speech:
    try:
        model = _model()
    except Exception as error:
        raise VoiceError(N_("The natural voice cannot be started here.")) from error
    from guide.sound import levels  # brings numpy, which is the child's

    samples: array[int] = array("h")
    for wave in model.stream(pronounced(speakable(text)), speed=speed_of(pace), seed=SEED):
        if samples:
            samples.extend([0] * int(PAUSE * RATE))
        sentence = array("h", (wave.clip(-1, 1) * pcm.PEAK).astype("int16").tobytes())
        samples.extend(cast("array[int]", levels.trimmed(sentence, rate=RATE, floor=FLOOR, keep=EDGE)))
    return Speech(samples, RATE)
