"""Arbitrary plans, and arbitrary evenings over them, for Hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from guide.core.asked import do
from guide.core.commands import Command, Instant
from guide.core.kinds import Comfort
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.record import Record, StepRecord
from guide.core.routine import Fixed, Group, Kind, Length, Purpose, Range, Routine, Side, Step, Wait
from guide.core.session import Happening, Ready, Session, advance, start

Story = list[tuple[Instant, Command | None]]
Turn = tuple[Instant, Command | None, Session, tuple[Happening, ...]]


def seconds(least: float, most: float) -> st.SearchStrategy[timedelta]:
    return st.integers(int(least * 1_000_000), int(most * 1_000_000)).map(lambda us: timedelta(microseconds=us))


def _range(ends: tuple[timedelta, timedelta]) -> Length:
    return Range(ends[0], ends[0] + ends[1])


LENGTHS: st.SearchStrategy[Length] = st.one_of(
    seconds(1, 400).map(Fixed),
    st.tuples(seconds(1, 300), seconds(1, 120)).map(_range),
    st.just(Wait()),
)
STEPS = st.builds(
    Step,
    kind=st.sampled_from(Kind),
    length=LENGTHS,
    side=st.sampled_from([None, *Side]),
    until_milk_slows=st.booleans(),
    linger=seconds(0, 30),
)
GROUPS = st.builds(Group, st.lists(STEPS, min_size=1, max_size=3).map(tuple), times=st.integers(1, 3))
PLANS = st.builds(
    lambda steps, first: lay_out(Routine("A routine", tuple(steps)), first),
    st.lists(st.one_of(STEPS, GROUPS), min_size=1, max_size=5),
    st.sampled_from([Side.LEFT, Side.RIGHT]),
)


def _in_order(waits: list[tuple[timedelta, Command | None]]) -> Story:
    at, story = timedelta(0), []
    for wait, command in waits:
        at += wait
        story.append((at, command))
    return story


STORIES: st.SearchStrategy[Story] = st.lists(
    st.tuples(
        st.one_of(seconds(0, 6), seconds(0, 400)), st.sampled_from([None, *Command, Command.NEXT, Command.RESUME])
    ),
    max_size=25,
).map(_in_order)


def told(plan: Plan, story: Story) -> list[Turn]:
    """The story as the program lives it: each turn's command, the session after it, and all that happened."""
    begun = start(Ready(plan), timedelta(0))
    turns: list[Turn] = [(timedelta(0), None, begun.session, begun.happenings)]
    for at, command in story:
        session = turns[-1][2]
        outcome = advance(session, at) if command is None else do(session, command, at)
        turns.append((at, command, outcome.session, outcome.happenings))
    return turns


MOMENTS = st.builds(
    lambda moment, minutes: moment.astimezone(timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1975, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zone beside it
    st.integers(-14 * 60, 14 * 60),
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.sampled_from(
        ["=1+1", "'tis", "''", "-", "+49", "@home", "a,b;c", 'said "yes"', "two\nlines", "a\r\nb", "\t=1", "  =x"]
    ),
)
VOLUMES = st.one_of(st.none(), st.just(0.0), st.floats(0, 2_000))
STEP_RECORDS = st.builds(
    StepRecord,
    kind=st.sampled_from(Kind),
    title=TEXTS,
    side=st.sampled_from(Side),
    entered=seconds(0, 40_000),
    lasted=seconds(0, 20_000),
    reason=...,
    slowed_at=st.one_of(st.none(), seconds(0, 20_000)),
    place=st.lists(st.integers(0, 50), max_size=4).map(tuple),
    index=st.integers(0, 999),
)
RECORDS = st.builds(
    Record,
    id=st.just(0),
    routine_id=TEXTS,
    routine_name=TEXTS,
    began=MOMENTS,
    lasted=seconds(0, 40_000),
    complete=st.booleans(),
    purpose=st.sampled_from([None, *Purpose]),
    first_side=st.sampled_from([None, *Side]),
    left_ml=VOLUMES,
    right_ml=VOLUMES,
    comfort=st.sampled_from([None, *Comfort]),
    meant_for=TEXTS,
    note=TEXTS,
    steps=st.lists(STEP_RECORDS, max_size=3).map(tuple),
    by_hand=st.booleans(),
    steps_total=st.integers(0, 1000),
    uuid=st.uuids().map(lambda uuid: uuid.hex),
)
