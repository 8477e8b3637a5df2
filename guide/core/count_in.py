"""A count before the start, for hands that are at the flanges already: what is left of it, and what is said when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from guide.core.commands import Instant
from guide.core.duration import SECOND
from guide.core.words import N_

SECONDS: Final = 20
LATE: Final = 3 * SECOND  # over for longer than this, a lid was closed: nothing begins by itself
SAID: Final[Mapping[int, str]] = MappingProxyType(
    {
        20: N_("We begin in twenty seconds."),
        10: N_("Ten."),
        5: N_("Five."),
        3: N_("Three."),
        2: N_("Two."),
        1: N_("One."),
    }
)


@dataclass(frozen=True, slots=True)
class CountIn:
    began: Instant

    def left(self, now: Instant) -> int:
        """
        Whole seconds, rounded up: 0 means it is over.

        >>> count = CountIn(0 * SECOND)
        >>> count.left(0 * SECOND), count.left(0.5 * SECOND), count.left(19.1 * SECOND)
        (20, 20, 1)
        """
        return max(0, -((now - self.began - SECONDS * SECOND) // SECOND))

    def next_change(self, now: Instant) -> Instant:
        """When `left` is another number."""
        return self.began + (SECONDS + 1 - self.left(now)) * SECOND

    def missed(self, now: Instant) -> bool:
        """Whether it ended while nobody looked: the computer slept."""
        return now - self.began > SECONDS * SECOND + LATE
