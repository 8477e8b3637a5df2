"""A routine for a file: every step has one length, and nothing in it asks."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from guide.core.layout import lay_out
from guide.core.plan import Earliest, Plan
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Cue,
    Every,
    Fixed,
    Range,
    Routine,
    Share,
    When,
    each_step,
)
from guide.core.unattended import WAIT, Ranges, fixed_length, unattended
from plans import ranged, seconds
from strategies import routines
from tables import each_row

RANGES = st.sampled_from(list(Ranges))


@given(routines(), RANGES)
def test_no_step_waits_or_asks_for_a_decision(routine: Routine, ranges: Ranges) -> None:
    plan = lay_out(unattended(routine, ranges))
    assert all(isinstance(segment.step.length, Fixed) for segment in plan.segments)
    assert plan.shortest == plan.longest
    assert not [moment for each in plan.segments for moment in each.anchored if isinstance(moment.action, Earliest)]


@given(routines(waits=False))
def test_shortest_and_longest_are_those_of_the_plan_to_the_second_a_step(routine: Routine) -> None:
    def length(ranges: Ranges) -> timedelta:
        return lay_out(unattended(routine, ranges)).longest

    whole: Plan = lay_out(routine)
    slack = timedelta(seconds=len(whole.segments))
    assert whole.shortest <= length(Ranges.SHORTEST) <= whole.shortest + slack
    assert whole.longest - slack <= length(Ranges.LONGEST) <= whole.longest
    assert length(Ranges.SHORTEST) <= length(Ranges.MIDDLE) <= length(Ranges.LONGEST)


@given(routines(), RANGES)
def test_steps_cues_and_groups_are_otherwise_as_written(routine: Routine, ranges: Ranges) -> None:
    before, after = each_step(routine.steps), each_step(unattended(routine, ranges).steps)
    assert [(step.kind, step.side, step.say, step.pace) for step in before] == [
        (step.kind, step.side, step.say, step.pace) for step in after
    ]
    assert len(lay_out(routine).segments) == len(lay_out(unattended(routine, ranges)).segments)
    for one, other in zip(before, after, strict=True):
        assert set(other.cues) <= set(one.cues)


@each_row(("ranges", "minutes"), [(Ranges.SHORTEST, 5), (Ranges.MIDDLE, 6), (Ranges.LONGEST, 7)])
def test_a_range_ends_where_it_was_asked_to(ranges: Ranges, minutes: int) -> None:
    assert fixed_length(Range(timedelta(minutes=5), timedelta(minutes=7)), ranges) == timedelta(minutes=minutes)


@each_row(
    ("earliest", "latest", "ranges", "length"),
    [
        (1, 2.5, Ranges.MIDDLE, 1),
        (1, 2.5, Ranges.LONGEST, 2),
        (1.5, 2.5, Ranges.SHORTEST, 1.5),
        (1.5, 1.8, Ranges.LONGEST, 1.5),
    ],
)
def test_a_range_ends_at_a_whole_second_and_never_before_it_may(
    earliest: float, latest: float, ranges: Ranges, length: float
) -> None:
    assert fixed_length(Range(seconds(earliest), seconds(latest)), ranges) == seconds(length)


@each_row(
    ("when", "stays"),
    [
        (AfterStart(seconds(30)), True),
        (AfterStart(seconds(60)), False),
        (AfterStart(seconds(90)), False),
        (BeforeEnd(seconds(30)), True),
        (BeforeEnd(seconds(60)), False),
        (Share(0.9), True),
        (Every(seconds(50)), True),
        (AtEarliest(), False),
    ],
)
def test_a_cue_stays_where_its_moment_is_within_the_step_and_asks_for_no_decision(when: When, stays: bool) -> None:
    cue = Cue(when, say="Now.")
    step = ranged("1 min", "2 min", until_milk_slows=True, cues=(cue,))
    (found,) = each_step(unattended(Routine("R", (step,)), Ranges.SHORTEST).steps)
    assert found.cues == ((cue,) if stays else ())
    assert found.length == Fixed(seconds(60))
    assert found.until_milk_slows is False


def test_a_step_that_waits_gets_time_to_settle() -> None:
    assert timedelta(seconds=30) == WAIT
