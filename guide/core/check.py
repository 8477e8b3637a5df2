"""The check before hands-on work: whether a session of a routine may begin today, wherever it is begun."""

from __future__ import annotations

from enum import Enum
from typing import Final

from guide.core.routine import Routine
from guide.core.words import N_

QUESTION: Final = N_("Any red, hot or very sore area, a fever, or feeling ill?")
SORE_NOTE: Final = N_("With a sore breast, this one rests for now. “Gentle day” is made for a day like this.")
GENTLE: Final = "gentle-day"  # the id of the routine that the note names


class Verdict(Enum):
    CLEAR = "clear"
    ASK = "ask"  # it uses the hands, and the question was not answered today
    RESTS = "rests"  # she is sore, and the routine is not one for a sore breast


def verdict(routine: Routine, sore: bool | None) -> Verdict:
    """
    Whether it may begin; `sore` is her answer of today, None while there is none.

    Source: protocols, "The check before hands-on work".
    """
    if sore and not routine.suits_sore:
        return Verdict.RESTS
    if routine.hands_on and sore is None:
        return Verdict.ASK
    return Verdict.CLEAR
