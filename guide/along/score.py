"""A plan played by nobody: which clip sounds when, by the same engine and the same manners as a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from guide.core.layout import SAY_AFTER_CHIME
from guide.core.plan import Plan
from guide.core.session import Ready
from guide.live.sitting import Sitting
from guide.sound.clip import Clip
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire

SETTLE: Final = timedelta(milliseconds=500)  # of silence after the last word, and before the closing chime


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip that begins at `at`, from the beginning of all; `spoken` is what a bed of sound gives way to."""

    at: timedelta
    clip: Clip
    spoken: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    begins: timedelta
    ends: timedelta
    title: str


@dataclass(frozen=True, slots=True)
class Score:
    """`length` is the plan's own, and longer where the last step has no room for the closing words."""

    placed: tuple[Placed, ...]
    chapters: tuple[Chapter, ...]
    length: timedelta


class _Clock:
    """Stands wherever it is put."""

    def __init__(self) -> None:
        self.at = timedelta(0)

    def now(self) -> timedelta:
        return self.at

    def slept(self) -> timedelta:
        return timedelta(0)


class _Scribe:
    """A player that writes down what it is asked for."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self.asked: list[tuple[timedelta, Clip]] = []

    def prime(self) -> None: ...

    def play(self, clip: Clip) -> None:
        self.asked.append((self._clock.at, clip))

    def stop(self) -> None: ...

    def close(self) -> None: ...


def score(plan: Plan, repertoire: Repertoire) -> Score:
    """
    Play a plan of fixed lengths (`core.unattended`) through at once, and write down each clip with its time.

    A step that waits would wait for ever, so that the plan must have none; raises ValueError. A session says its
    closing words once it is over; here they stand in the last seconds of the last step, so that the file lasts as long
    as the plan.
    """
    if any(segment.waits for segment in plan.segments):
        raise ValueError("a step that waits has no place in a file")
    clock = _Clock()
    scribe = _Scribe(clock)
    sitting = Sitting(Ready(plan), clock=clock, performer=Performer(scribe, repertoire))
    sitting.begin()
    while (due := sitting.due()) is not None:
        clock.at = max(due, clock.at)
        sitting.wake()
    said = {clip.path for clip in repertoire.prompts.values()}
    placed = [Placed(at, clip, clip.path in said) for at, clip in scribe.asked]
    within = [each for each in placed if each.at < plan.longest]
    after = _drawn_in([each for each in placed if each.at >= plan.longest], within, plan.longest)
    length = max([plan.longest, *(each.at + each.clip.length + SETTLE for each in after)])
    return Score((*within, *after), _chapters(plan, length), length)


def _drawn_in(closing: Sequence[Placed], within: Sequence[Placed], ends: timedelta) -> list[Placed]:
    """The closing chime and words, so that they end with the plan; later where somebody is still speaking then."""
    words = [each for each in closing if each.spoken]
    chimes = [each for each in closing if not each.spoken]
    lasts = sum((each.clip.length for each in words), timedelta(0))
    if chimes:
        lasts += SAY_AFTER_CHIME if words else max(each.clip.length for each in chimes)
    free = max((each.at + each.clip.length for each in within if each.spoken), default=timedelta(0)) + SETTLE
    begins = max(ends - SETTLE - lasts, free)
    said_at = begins + (SAY_AFTER_CHIME if chimes else timedelta(0))
    return [replace(each, at=said_at if each.spoken else begins) for each in closing]


def _chapters(plan: Plan, length: timedelta) -> tuple[Chapter, ...]:
    begins = timedelta(0)
    chapters = []
    for segment in plan.segments:
        ends = begins + segment.shortest
        chapters.append(Chapter(begins, ends, segment.name))
        begins = ends
    chapters[-1] = replace(chapters[-1], ends=length)
    return tuple(chapters)
