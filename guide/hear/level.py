"""A level of sound, as a meter shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

QUIETEST: Final = -80.0  # decibels below the loudest there is; the left end of a meter


class Advice(Enum):
    WELL = auto()
    SOFT = auto()
    LOUD = auto()
    MISSING = auto()


@dataclass(frozen=True, slots=True)
class Level:
    """Decibels, -80 to 0."""

    now: float
    pump: float
    advice: Advice

    @property
    def share(self) -> float:
        return share_of(self.now)

    @property
    def pump_share(self) -> float:
        return share_of(self.pump)


MISSING: Final = Level(QUIETEST, QUIETEST, Advice.MISSING)


def share_of(decibels: float) -> float:
    """
    How far along a meter.

    >>> share_of(-80), share_of(-40), share_of(3)
    (0.0, 0.5, 1.0)
    """
    return min(max((decibels - QUIETEST) / -QUIETEST, 0.0), 1.0)
