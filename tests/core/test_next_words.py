"""When somebody is next spoken to in a step: so early does what lies beneath the words give way."""

from __future__ import annotations

import pytest

from guide.core.ahead import next_words
from guide.core.commands import Command
from guide.core.duration import parse
from guide.core.plan import Plan
from guide.core.routine import AfterStart, BeforeEnd, Cue, Every, Kind, Pace
from guide.core.session import Ready
from plans import fixed, plan_of, play, ranged, seconds, waiting
from tables import each_row

TWO = plan_of(fixed("1 min", partner="Water."), fixed("1 min", Kind.STROKE))
RANGED = plan_of(ranged("1 min", "2 min"))
AGAIN = plan_of(fixed("1 min", cues=(Cue(Every(seconds(15)), say="Again."),)))
WAITING = plan_of(waiting(cues=(Cue(Every(seconds(15)), say="Again."), Cue(AfterStart(seconds(40)), show="See."))))
PACED = plan_of(waiting(pace=Pace(("in", "out"), seconds(4))))
TWICE = plan_of(fixed("1 min", cues=(Cue(Every(seconds(7)), say="Often."), Cue(Every(seconds(5)), say="More."))))


@each_row(
    ("plan", "at", "expected"),
    [
        (TWO, "0 s", 2),
        (TWO, "1.9 s", 2),
        (TWO, "2 s", 50),
        (TWO, "50 s", None),
        (TWO, "1 min", 62),
        (TWO, "1:02", 110),
        (TWO, "1:50", None),
        (RANGED, "2 s", 62),
        (RANGED, "1:02", 110),
        (AGAIN, "2 s", 15),
        (AGAIN, "15 s", 30),
        (AGAIN, "30 s", 45),
        (AGAIN, "45 s", 50),
        (AGAIN, "50 s", None),  # what would recur at the end itself is not said any more
        (WAITING, "2 s", 15),
        (WAITING, "9:59", 600),
        (PACED, "0 s", 2),
        (PACED, "2 s", None),
        (plan_of(ranged("50 s", "1 min", cues=(Cue(BeforeEnd(seconds(20)), say="Soon."),))), "3 s", 40),
        (TWICE, "2 s", 5),
        (TWICE, "5 s", 7),
        (TWICE, "7 s", 10),
    ],
)
def test_the_next_words_of_a_step_are_the_soonest_that_are_still_to_come(
    plan: Plan, at: str, expected: float | None
) -> None:
    found = next_words(play(plan, until=at).session)
    assert found == (None if expected is None else seconds(expected))


@pytest.mark.parametrize(("partner", "expected"), [(False, 50), (True, 30)])
def test_a_helper_s_words_count_where_they_are_said(partner: bool, expected: float) -> None:
    assert next_words(play(TWO, until="5 s").session, partner=partner) == seconds(expected)


def test_words_that_milk_slowing_or_more_time_moved_are_looked_for_where_they_will_be() -> None:
    slowed = play(plan_of(ranged("1 min", "2 min", linger=seconds(60))), ("10 s", Command.MILK_SLOWED), until="10 s")
    assert next_words(slowed.session) == seconds(110)
    longer = play(TWO, ("10 s", Command.MORE_TIME), until="10 s")
    assert next_words(longer.session) == seconds(110)


@pytest.mark.parametrize("command", [Command.PAUSE, Command.STOP])
def test_a_session_that_does_not_run_has_no_next_words(command: Command) -> None:
    assert next_words(Ready(TWO)) is None
    assert next_words(play(TWO, ("1 s", command), until="1 s").session) is None


def test_a_place_come_back_to_counts_its_words_from_there() -> None:
    session = play(TWO, ("1:05", Command.BACK), until="1:05").session
    assert next_words(session) == parse("1:05") + seconds(2)
