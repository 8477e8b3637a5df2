"""A level of sound, as a meter shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

QUIETEST: Final = -80.0  # decibels below the loudest there is; the left end of a meter
FAR_OVER: Final = 20.0  # decibels over the pump: a clear, near voice


class LevelAdvice(Enum):
    WELL = auto()
    SOFT = auto()
    LOUD = auto()
    MISSING = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class LoudnessNow:
    """Decibels, -80 to 0."""

    now: float
    pump: float
    advice: LevelAdvice

    @property
    def share(self) -> float:
        return share_of(self.now)

    @property
    def pump_share(self) -> float:
        return share_of(self.pump)

    @property
    def gone(self) -> bool:
        """There is nothing to be heard."""
        return self.advice in {LevelAdvice.MISSING, LevelAdvice.REFUSED}

    @property
    def share_over_the_pump(self) -> float:
        """
        How far a voice stands out: 0 the pump alone, 1 far over it.

        >>> [LoudnessNow(now, -40, LevelAdvice.WELL).share_over_the_pump for now in (-40, -25)]
        [0.0, 0.75]
        """
        return min(max((self.now - self.pump) / FAR_OVER, 0.0), 1.0)


MISSING: Final = LoudnessNow(QUIETEST, QUIETEST, LevelAdvice.MISSING)
REFUSED: Final = LoudnessNow(QUIETEST, QUIETEST, LevelAdvice.REFUSED)


def share_of(decibels: float) -> float:
    """
    How far along a meter.

    >>> share_of(-80), share_of(-40), share_of(3)
    (0.0, 0.5, 1.0)
    """
    return min(max((decibels - QUIETEST) / -QUIETEST, 0.0), 1.0)
