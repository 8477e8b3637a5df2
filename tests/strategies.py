"""Arbitrary routines, plans and evenings (a plan and what a person presses, when) for Hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from guide.core.plan import Plan, lay_out
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
from guide.core.session import Command, Instant, Ready, Session, do, due, start

ZERO = timedelta(0)
TICK = timedelta.resolution
WORDS = st.sampled_from(["Small circles.", "Long light strokes, {side}.", "Lean forward.", "Relax", "Breathe out."])
SIDES = st.sampled_from(list(Side))


def spans(least: float, most: float) -> SearchStrategy[timedelta]:
    """Round lengths, where things fall together, and crooked ones; seconds."""
    step = 1 if least >= 1 else 0.5
    whole = st.integers(round(least / step), int(most / step)).map(lambda count: timedelta(seconds=count * step))
    crooked = st.timedeltas(timedelta(seconds=least), timedelta(seconds=most))
    return st.one_of(whole, whole, crooked).filter(lambda length: length > ZERO)


def lengths(*, waits: bool = True) -> SearchStrategy[Length]:
    short, long = spans(0.5, 90), spans(60, 2700)
    exact = st.one_of(short, short, long).map(Fixed)
    ranges = st.tuples(st.one_of(short, short, long), spans(0.5, 200)).map(lambda ends: Range(ends[0], ends[0] + ends[1]))
    return st.one_of(exact, ranges, st.just(Wait())) if waits else st.one_of(exact, ranges)


@st.composite
def cues(draw: DrawFn, length: Length) -> Cue:
    match length:
        case Fixed(longest) | Range(_, longest):
            within = st.sampled_from([ZERO, longest / 2, longest])
            within |= st.timedeltas(ZERO, longest)
            whens: list[SearchStrategy[When]] = [
                within.map(AfterStart),
                within.map(BeforeEnd),
                st.floats(0, 1).map(Share),
                spans(5, 120).map(Every),
            ]
        case Wait():
            whens = [spans(1, 60).map(AfterStart), spans(5, 120).map(Every)]
    if isinstance(length, Range):
        whens.append(st.just(AtEarliest()))
    texts = st.one_of(st.just(""), WORDS)
    say, show, sound = draw(texts), draw(texts), draw(st.sampled_from(["", "", "bell.wav"]))
    return Cue(draw(st.one_of(whens)), say=say or ("" if show or sound else "Now."), show=show, sound=sound)


@st.composite
def steps(draw: DrawFn, *, waits: bool = True) -> Step:
    length = draw(lengths(waits=waits))
    paces = st.builds(Pace, st.lists(WORDS, min_size=1, max_size=3).map(tuple), spans(2, 20))
    return Step(
        draw(st.sampled_from(list(Kind))),
        length,
        side=draw(st.none() | SIDES),
        title=draw(st.sampled_from(["", "", "NICU pause", "Left and right"])),
        until_milk_slows=draw(st.booleans()) and not isinstance(length, Wait),
        linger=draw(st.one_of(st.just(ZERO), spans(0.5, 90))),
        suction=draw(st.sampled_from(["", "", "Low"])),
        say=draw(st.one_of(st.just(""), WORDS)),
        partner=draw(st.one_of(st.just(""), WORDS)),
        pace=draw(st.one_of(st.none(), paces)),
        cues=tuple(draw(st.lists(cues(length), max_size=3))),
    )


def groups(*, waits: bool = True) -> SearchStrategy[Step | Group]:
    def group(inner: SearchStrategy[Step | Group]) -> SearchStrategy[Step | Group]:
        within = st.lists(inner, min_size=1, max_size=2).map(tuple)
        return st.builds(Group, within, st.integers(1, 3), st.none() | SIDES)

    return st.recursive(steps(waits=waits), group, max_leaves=3)


def routines(*, waits: bool = True) -> SearchStrategy[Routine]:
    return st.lists(groups(waits=waits), min_size=1, max_size=4).map(lambda parts: Routine("Any", tuple(parts)))


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


@st.composite
def instants(draw: DrawFn, session: Session, now: Instant) -> Instant:
    """Now, a little later, or right at what is due next: there the mistakes are."""
    coming = due(session)
    choices = [spans(0.5, 12).map(now.__add__), spans(1, 600).map(now.__add__), st.just(now)]
    if coming is not None:
        near = [coming, coming, max(coming - TICK, now), coming + TICK, coming + timedelta(seconds=5)]
        choices.append(st.sampled_from(near))
    return draw(st.one_of(choices))


@st.composite
def evenings(
    draw: DrawFn,
    commands: tuple[Command, ...] = tuple(Command),
    *,
    waits: bool = True,
    most: int = 12,
) -> Evening:
    plan = draw(plans(waits=waits))
    session, now = start(Ready(plan), ZERO).session, ZERO
    pressed = []
    for _ in range(draw(st.integers(0, most))):
        now = draw(instants(session, now))
        command = draw(st.sampled_from(commands))
        session = do(session, command, now).session
        pressed.append((now, command))
    return Evening(plan, tuple(pressed), draw(instants(session, now)))
