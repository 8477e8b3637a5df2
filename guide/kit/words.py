"""Words that several pages share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from guide.core.duration import rounded, spoken_ends
from guide.core.kinds import Comfort, Purpose
from guide.language import N_, _, pgettext, screen

PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {Purpose.PROTECT: N_("Protect supply"), Purpose.PROMOTE: N_("Promote supply"), Purpose.TREAT: N_("Comfort")}
)


def purpose_words() -> dict[Purpose, str]:
    """What a session can be for."""
    return {purpose: _(words) for purpose, words in PURPOSES.items()}


def short_purpose_words() -> dict[Purpose, str]:
    """The same, where the question before them says what it is about."""
    return {
        Purpose.PROTECT: pgettext("what a session is for", "Protect"),
        Purpose.PROMOTE: pgettext("what a session is for", "Promote"),
        Purpose.TREAT: pgettext("what a session is for", "Comfort"),
    }


def comfort_words() -> dict[Comfort, str]:
    """How a session can have felt."""
    return {
        Comfort.EASY: pgettext("how it felt", "Easy"),
        Comfort.FINE: pgettext("how it felt", "Fine"),
        Comfort.TENDER: pgettext("how it felt", "Tender"),
        Comfort.PAINFUL: pgettext("how it felt", "Painful"),
    }


def span_spoken(shortest: timedelta, longest: timedelta) -> str:
    """
    A routine's length as a screen reader says it, rounded up as on screen.

    >>> [span_spoken(timedelta(seconds=low), timedelta(seconds=high)) for low, high in ((1080, 1320), (50, 65))]
    ['18 to 22 minutes', '50 seconds to 1 minute 5']
    """
    return spoken_ends(rounded(shortest, ahead=True), rounded(longest, ahead=True), screen())


def effective(width: int, scale: float) -> float:
    """
    Tell how wide a page is for a choice of columns: larger text makes it narrower, though not in full proportion.

    >>> effective(1160, 1.0), round(effective(1160, 1.5))
    (1160.0, 892)
    """
    return width / (1 + (scale - 1) * 0.6)
