"""Small routines and plans to test with, in few words, and ways to play them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypeVar

from guide.core.asked import do
from guide.core.commands import Command, Instant
from guide.core.duration import parse
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.routine import Fixed, Group, Kind, Range, Routine, Side, Step, Wait
from guide.core.session import Finished, Happening, Outcome, Paused, Ready, Running, Session, advance, start

ZERO = timedelta(0)
TICK = timedelta.resolution
MINUTE = timedelta(minutes=1)

Effect = TypeVar("Effect")


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def fixed(length: str, kind: Kind = Kind.MASSAGE, **more: Any) -> Step:
    return Step(kind, Fixed(parse(length)), **more)


def ranged(earliest: str, latest: str, kind: Kind = Kind.PUMP, **more: Any) -> Step:
    return Step(kind, Range(parse(earliest), parse(latest)), **more)


def waiting(kind: Kind = Kind.PREPARE, **more: Any) -> Step:
    return Step(kind, Wait(), **more)


def plan_of(*steps: Step | Group, first: Side = Side.LEFT, **more: Any) -> Plan:
    return lay_out(Routine("A routine", steps, **more), first)


def play(plan: Plan, *commands: tuple[str, Command], until: str | Instant = ZERO) -> Outcome:
    """Start at zero, commands at their instants, and on to `until`; all happenings together."""
    return play_on(start(Ready(plan), ZERO), [(parse(at), command) for at, command in commands], until)


def play_on(outcome: Outcome, commands: Iterable[tuple[Instant, Command]], until: str | Instant = ZERO) -> Outcome:
    session, happenings = outcome.session, [*outcome.happenings]
    at = ZERO
    for at, command in commands:
        after = do(session, command, at)
        session = after.session
        happenings += after.happenings
    after = advance(session, max(at, parse(until) if isinstance(until, str) else until))
    return Outcome(after.session, (*happenings, *after.happenings))


def running(session: Session) -> Running:
    assert isinstance(session, Running)
    return session


def paused(session: Session) -> Paused:
    assert isinstance(session, Paused)
    return session


def finished(session: Session) -> Finished:
    assert isinstance(session, Finished)
    return session


def effects(happenings: Iterable[Happening], *kinds: type[Effect]) -> list[tuple[float, Effect]]:
    """When, in seconds, and what, of these kinds only."""
    return [
        (happening.at.total_seconds(), happening.effect)
        for happening in happenings
        if isinstance(happening.effect, kinds)
    ]
