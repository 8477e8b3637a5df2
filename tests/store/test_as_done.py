"""What a session of a built-in routine is kept as: it loads, and it is as long as the session was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.core.commands import Reason
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.record import Record, StepRecord
from guide.core.routine import Fixed
from guide.store.paths import builtin_folder
from guide.store.routines.as_done import as_done
from guide.store.routines.reader import read
from guide.store.yaml.edit import EditError
from tables import each_row

NIGHT = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
ROUTINES = sorted(builtin_folder().glob("*.yaml"))
SECONDS = st.one_of(st.integers(0, 60), st.integers(0, 20 * 60))  # a step cut short, and one made longer


@cache
def built_in(path: Path) -> tuple[str, Plan]:
    text = path.read_text("utf-8")
    routine = read(text, path).routine
    assert routine is not None
    return text, lay_out(routine)


def session(plan: Plan, visits: Sequence[tuple[int, float, Reason]]) -> Record:
    steps = []
    for index, seconds, reason in visits:
        segment, lasted = plan.segments[index], timedelta(seconds=seconds)
        steps.append(
            StepRecord(
                segment.step.kind, segment.title, segment.side, timedelta(0), lasted, reason,
                place=segment.place, index=index,
            )
        )  # fmt: skip
    return Record(1, "r", "R", NIGHT, steps=tuple(steps))


def kept(path: Path, visits: Sequence[tuple[int, float, Reason]]) -> Plan:
    text, plan = built_in(path)
    reading = read(as_done(text, plan.routine, session(plan, visits)))
    assert reading.problems == ()
    assert reading.routine is not None
    return lay_out(reading.routine)


@each_row("path", ROUTINES, ids=lambda path: path.stem)
def test_a_session_of_which_every_step_was_cut_short_is_kept(path: Path) -> None:
    __, plan = built_in(path)
    copy = kept(path, [(index, 5, Reason.NEXT) for index in range(len(plan.segments))])
    for segment in copy.segments:
        assert segment.waits or segment.step.length == Fixed(timedelta(seconds=5))


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_any_session_of_any_routine_is_kept_as_one_that_loads(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(ROUTINES))
    __, plan = built_in(path)
    visit = st.tuples(st.integers(0, len(plan.segments) - 1), SECONDS, st.sampled_from(list(Reason)))
    visits = data.draw(st.lists(visit, max_size=6))
    copy = kept(path, visits)
    come_to = {plan.segments[one[0]].place for one in visits}
    for before, after in zip(plan.segments, copy.segments, strict=True):
        if before.place in come_to and not before.waits:
            assert isinstance(after.step.length, Fixed)
        else:
            assert after.step == before.step


def test_of_a_step_that_was_a_range_its_end_and_its_lingering_go() -> None:
    text = "name: N\nsteps: [{kind: pump, side: each, duration: 3-5 min, until: milk slows, linger: 10 s}]\n"
    routine = read(text).routine
    assert routine is not None
    done = as_done(text, routine, session(lay_out(routine), [(0, 60, Reason.NEXT), (1, 90, Reason.NEXT)]))
    assert done == "name: N\nsteps: [{kind: pump, side: each, duration: 1 min 30 s}]\n"


def test_a_session_longer_than_a_routine_may_be_is_refused_in_a_sentence() -> None:
    path = ROUTINES[0]
    __, plan = built_in(path)
    longest = next(index for index, segment in enumerate(plan.segments) if not segment.waits)
    with pytest.raises(EditError) as refused:
        kept(path, [(longest, 7 * 3600, Reason.NEXT)])
    step = ".".join(str(index + 1) for index in plan.segments[longest].place)
    why = f"Step {step}, duration: “7 h” is longer than 6 hours, the longest a routine may last."
    assert str(refused.value) == f"What you did cannot be kept as a routine. {why}"
