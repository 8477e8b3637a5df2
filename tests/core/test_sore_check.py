"""The check before hands-on work: by what the routine does, what its file says, and her answer of the day."""

from __future__ import annotations

from guide.core.check import Verdict, verdict
from guide.core.routine import Kind, Routine, WhenSore
from plans import fixed, waiting
from tables import each_row


@each_row(
    ("kind", "when_sore", "sore", "expected"),
    [
        (Kind.MASSAGE, None, None, Verdict.ASK),
        (Kind.MASSAGE, None, False, Verdict.CLEAR),
        (Kind.MASSAGE, None, True, Verdict.RESTS),
        (Kind.MASSAGE, WhenSore.OK, None, Verdict.ASK),
        (Kind.MASSAGE, WhenSore.OK, True, Verdict.CLEAR),
        (Kind.PUMP, None, None, Verdict.CLEAR),
        (Kind.PUMP, None, True, Verdict.CLEAR),
        (Kind.PUMP, WhenSore.AVOID, None, Verdict.CLEAR),
        (Kind.PUMP, WhenSore.AVOID, False, Verdict.CLEAR),
        (Kind.PUMP, WhenSore.AVOID, True, Verdict.RESTS),
    ],
)
def test_hands_on_work_is_asked_about_once_a_day_and_rests_with_a_sore_breast(
    kind: Kind, when_sore: WhenSore | None, sore: bool | None, expected: Verdict
) -> None:
    routine = Routine("R", (waiting(), fixed("1 min", kind)), when_sore=when_sore)
    assert verdict(routine, sore) is expected
