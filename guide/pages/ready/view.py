"""What Get ready shows, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guide.core.duration import SECOND
from guide.core.plan import Plan
from guide.core.routine import Group, Purpose, Routine, Side
from guide.kit.timeline import Bar

QUESTION: Final = "Any red, hot or very sore area, a fever, or feeling ill?"
SORE_NOTE: Final = "With a sore breast, this one rests for now. The routines marked for it are gentler today."


@dataclass(frozen=True, slots=True)
class ReadyView:
    """
    What the page shows.

    `done_by` is a time of day such as "03:38"; `hint` what her own sessions tell, `hint_action` what can be made of
    it; `sore` the answer to the check before hands-on work, None while it was not asked today.
    """

    id: str
    routine: Routine
    plan: Plan
    done_by: str = ""
    purpose: Purpose | None = None
    voice_on: bool = True
    voice_name: str = ""
    chimes_on: bool = True
    quiet: bool = False
    partner: bool = True
    number_free: bool = False
    hint: str = ""
    hint_action: str = ""
    sore: bool | None = None
    warnings: Sequence[str] = ()

    @property
    def asks(self) -> bool:
        """Whether the check before hands-on work is still to be answered."""
        return self.routine.hands_on and self.sore is None

    @property
    def rests(self) -> bool:
        """Whether the answer of today speaks against this routine."""
        return bool(self.sore) and not self.routine.suits_sore


def begins_with_a_side(routine: Routine) -> bool:
    """Whether a side can be chosen to begin with: some step or group takes each in turn."""
    parts = list(routine.steps)
    while parts:
        part = parts.pop()
        if part.side is Side.EACH:
            return True
        if isinstance(part, Group):
            parts += part.steps
    return False


def bars_of(plan: Plan) -> list[Bar]:
    return [
        Bar(one.step.kind, one.shortest / SECOND, one.longest / SECOND if one.longest is not None else 0.0)
        for one in plan.segments
    ]
