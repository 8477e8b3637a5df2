"""How loud it is now, how loud the pump is, and whether the microphone stands well."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from guide.hear.embedding import RATE, Array
from guide.hear.level import QUIETEST, LevelAdvice, LoudnessNow

FULL: Final = 32768.0
PUMP_OVER: Final = 10  # seconds
PUMP_SHARE: Final = 30  # per cent of them are quieter than the pump's line: words are short
VERY_SOFT: Final = -52.0
CUT_OFF: Final = 32_000


class Loudness:
    """Remembers ten seconds of levels, and no sound."""

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float, bool]] = deque()  # seconds, decibels, cut off
        self._kept = 0.0

    def push(self, sound: Array) -> LoudnessNow:
        seconds = len(sound) / RATE
        level = float(np.sqrt(np.mean(np.square(sound)))) if len(sound) else 0.0
        now = max(QUIETEST, 20 * float(np.log10(level / FULL + 1e-9)))
        self._levels.append((seconds, now, bool((np.abs(sound) > CUT_OFF).mean() > 1e-3) if len(sound) else False))
        self._kept += seconds
        while self._kept > PUMP_OVER and len(self._levels) > 1:
            self._kept -= self._levels.popleft()[0]
        levels = [each for _, each, _ in self._levels]
        if any(cut for _, _, cut in list(self._levels)[-12:]):
            advice = LevelAdvice.LOUD
        else:
            advice = LevelAdvice.SOFT if max(levels) < VERY_SOFT else LevelAdvice.WELL
        return LoudnessNow(now, float(np.percentile(levels, PUMP_SHARE)), advice)
