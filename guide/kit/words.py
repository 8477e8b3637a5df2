"""Words that several pages share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from guide.core.duration import MINUTE, SECOND
from guide.core.routine import Purpose

PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {Purpose.PROTECT: "Protect supply", Purpose.PROMOTE: "Promote supply", Purpose.TREAT: "Comfort"}
)


def span_spoken(shortest: timedelta, longest: timedelta) -> str:
    """
    A routine's length as a screen reader says it; minutes are rounded up as on screen.

    >>> span_spoken(18 * MINUTE, 22 * MINUTE), span_spoken(MINUTE, MINUTE), span_spoken(50 * SECOND, 50 * SECOND)
    ('18 to 22 minutes', '1 minute', '50 seconds')
    """
    if longest < MINUTE:
        return f"{-(-longest // SECOND)} seconds"
    low, high = -(-shortest // MINUTE), -(-longest // MINUTE)
    if low < high:
        return f"{low} to {high} minutes"
    return "1 minute" if high == 1 else f"{high} minutes"


def effective(width: int, scale: float) -> float:
    """
    Tell how wide a page is for a choice of columns: larger text makes it narrower, though not in full proportion.

    >>> effective(1160, 1.0), round(effective(1160, 1.5))
    (1160.0, 892)
    """
    return width / (1 + (scale - 1) * 0.6)
