"""Arbitrary routines, plans and evenings (a plan and what a person presses, when) for Hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from guide.core.asked import do
from guide.core.commands import Command, Instant
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Cue,
    Every,
    Fixed,
    Group,
    Kind,
    Length,
    Pace,
    Range,
    Routine,
    Share,
    Side,
    Step,
    Wait,
    When,
)
from guide.core.session import Ready, Session, due, start

ZERO = timedelta(0)
TICK = timedelta.resolution
WORDS = st.sampled_from(["Small circles.", "Long light strokes, {side}.", "Lean forward.", "Relax", "Breathe out."])
SIDES = st.sampled_from(list(Side))


@cache  # a strategy costs more to make than to draw from
def spans(least: float, most: float) -> SearchStrategy[timedelta]:
    """Round lengths, where things fall together, and crooked ones; seconds."""
    step = 1 if least >= 1 else 0.5
    whole = st.integers(round(least / step), int(most / step)).map(lambda count: timedelta(seconds=count * step))
    crooked = st.timedeltas(timedelta(seconds=least), timedelta(seconds=most))
    return st.one_of(whole, whole, crooked)


SHORT, LONG = spans(0.5, 60), spans(60, 1900)
EXACT = st.one_of(SHORT, SHORT, SHORT, LONG)
LENGTHS: SearchStrategy[Length] = st.one_of(
    EXACT.map(Fixed), st.builds(lambda least, more: Range(least, least + more), EXACT, spans(0.5, 200))
)
WITH_WAITS: SearchStrategy[Length] = st.one_of(LENGTHS, st.just(Wait()))
KINDS = st.sampled_from(list(Kind))
TEXTS = st.one_of(st.just(""), WORDS)
PACES = st.none() | st.builds(Pace, st.lists(WORDS, min_size=1, max_size=3).map(tuple), spans(4, 20))
SHARES = st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1)
WHENS = st.sampled_from([AfterStart, BeforeEnd, Share, Every, AtEarliest])
ROWS = st.lists(st.tuples(WHENS, SHARES, TEXTS, TEXTS, st.sampled_from(["", "", "bell.wav"])), max_size=2)
STEPS: SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "kind": KINDS,
        "side": st.none() | SIDES,
        "title": st.sampled_from(["", "", "NICU pause", "Left and right"]),
        "until_milk_slows": st.booleans(),
        "linger": st.one_of(st.just(ZERO), spans(0.5, 90)),
        "suction": st.sampled_from(["", "", "Low"]),
        "say": TEXTS,
        "partner": TEXTS,
        "pace": PACES,
    }
)


def _when(kind: type[When], share: float, length: Length) -> When:
    longest = {Fixed: "length", Range: "latest"}.get(type(length))
    within: timedelta = getattr(length, longest) if longest else timedelta(seconds=60)
    if kind is Every:
        return Every(timedelta(seconds=10 + round(share * 110, 3)))
    if kind is AtEarliest and isinstance(length, Range):
        return AtEarliest()
    if kind is BeforeEnd and longest:
        return BeforeEnd(within * share)
    if kind is Share and longest:
        return Share(share)
    return AfterStart(within * share)


@cache
def steps(*, waits: bool = True) -> SearchStrategy[Step]:
    @st.composite
    def step(draw: DrawFn) -> Step:
        length = draw(WITH_WAITS if waits else LENGTHS)
        cues = tuple(
            Cue(_when(kind, share, length), say=say or ("" if show or sound else "Now."), show=show, sound=sound)
            for kind, share, say, show, sound in draw(ROWS)
        )
        rest: dict[str, Any] = draw(STEPS)
        return Step(length=length, cues=cues, **rest)

    return step()


@cache
def routines(*, waits: bool = True) -> SearchStrategy[Routine]:
    def group(inner: SearchStrategy[Step | Group]) -> SearchStrategy[Step | Group]:
        within = st.lists(inner, min_size=1, max_size=2).map(tuple)
        return st.builds(Group, within, st.integers(1, 3), st.none() | SIDES)

    parts = st.recursive(steps(waits=waits), group, max_leaves=3)
    return st.lists(parts, min_size=1, max_size=3).map(lambda parts: Routine("Any", tuple(parts)))


@cache
def plans(*, waits: bool = True) -> SearchStrategy[Plan]:
    return st.builds(lay_out, routines(waits=waits), st.sampled_from([Side.LEFT, Side.RIGHT]))


def fixed_plans() -> SearchStrategy[Plan]:
    exact = st.builds(Step, st.sampled_from(list(Kind)), spans(0.5, 900).map(Fixed), st.none() | SIDES)
    return st.lists(exact, min_size=1, max_size=6).map(lambda parts: lay_out(Routine("Fixed", tuple(parts))))


@dataclass(frozen=True)
class Evening:
    """A plan, what a person presses and when, and an instant after it all."""

    plan: Plan
    commands: tuple[tuple[Instant, Command], ...]
    until: Instant


NEAR = (ZERO, ZERO, -TICK, TICK, timedelta(seconds=5))
AHEAD = st.tuples(st.booleans(), st.sampled_from(NEAR), st.one_of(st.just(ZERO), spans(0.5, 12), spans(1, 600)))


def instant(draw: DrawFn, session: Session, now: Instant) -> Instant:
    """Now, a little later, or right at what is due next: there the mistakes are."""
    at_due, near, later = draw(AHEAD)
    coming = due(session)
    return now + later if coming is None or not at_due else max(coming + near, now)


@st.composite
def evenings(
    draw: DrawFn,
    commands: tuple[Command, ...] = tuple(Command),
    *,
    waits: bool = True,
    most: int = 8,
) -> Evening:
    plan = draw(plans(waits=waits))
    session, now = start(Ready(plan), ZERO).session, ZERO
    pressed = []
    for _ in range(draw(st.integers(0, most))):
        now = instant(draw, session, now)
        command = draw(st.sampled_from(commands))
        session = do(session, command, now).session
        pressed.append((now, command))
    return Evening(plan, tuple(pressed), instant(draw, session, now))
