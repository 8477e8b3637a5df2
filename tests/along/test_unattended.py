"""A routine for a file: every step has one length, and nothing in it asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.layout import lay_out
from guide.core.plan import Earliest, Plan
from guide.core.routine import Fixed, Range, Routine, each_step
from guide.core.unattended import WAIT, Ranges, fixed_length, unattended
from strategies import routines

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


@pytest.mark.parametrize(("ranges", "minutes"), [(Ranges.SHORTEST, 5), (Ranges.MIDDLE, 6), (Ranges.LONGEST, 7)])
def test_a_range_ends_where_it_was_asked_to(ranges: Ranges, minutes: int) -> None:
    assert fixed_length(Range(timedelta(minutes=5), timedelta(minutes=7)), ranges) == timedelta(minutes=minutes)


def test_a_step_that_waits_gets_time_to_settle() -> None:
    assert timedelta(seconds=30) == WAIT
