"""A plan played by nobody: which clip sounds when, by the same engine and the same manners as a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from guide.core.plan import Plan
from guide.core.session import Ready
from guide.live.sitting import Sitting
from guide.sound.clip import Clip
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire

SETTLE: Final = timedelta(seconds=2)  # of silence after the last word


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
    """`length` is the plan's own and the closing words after it."""

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

    A step that waits would wait for ever, so that the plan must have none; raises ValueError.
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
    placed = tuple(Placed(at, clip, clip.path in said) for at, clip in scribe.asked)
    last = max((each.at + each.clip.length for each in placed), default=plan.longest)
    return Score(placed, _chapters(plan), max(plan.longest, last) + SETTLE)


def _chapters(plan: Plan) -> tuple[Chapter, ...]:
    begins = timedelta(0)
    chapters = []
    for segment in plan.segments:
        ends = begins + segment.shortest
        chapters.append(Chapter(begins, ends, segment.name))
        begins = ends
    return tuple(chapters)
