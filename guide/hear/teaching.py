"""A round of takes: three, two, one, now; a word ends by itself, and what was wrong with it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from guide.hear.takes import ENOUGH, Flaw, Take

Instant = timedelta

COUNT: Final = timedelta(seconds=3)
AGAIN: Final = timedelta(seconds=1.6)  # from one take to the next: the tick is over before the pump is listened to
LONGEST: Final = timedelta(seconds=2.5)
SILENCE: Final = timedelta(seconds=0.56)  # without a voice: the word is over
BEFORE: Final = timedelta(seconds=1.2)  # of the pump alone, kept in front of a take
VOICE: Final = 4.0  # decibels over the pump
MANY: Final = 3  # takes with a flaw: another word may be easier to hear


class TakePhase(Enum):
    COUNTING = auto()
    NOW = auto()
    JUDGING = auto()
    DONE = auto()  # five are there


@dataclass(frozen=True, slots=True, eq=False)
class Teaching:
    """`kept` are this round's takes, with those that an unfinished round before left; `since` is when it began."""

    since: Instant
    kept: tuple[Take, ...] = ()
    phase: TakePhase = TakePhase.COUNTING
    wait: timedelta = COUNT
    shape: tuple[float, ...] = ()  # levels of the take that is under way, 0 to 1
    shapes: tuple[tuple[float, ...], ...] = ()
    flaw: Flaw | None = None  # of the last take
    flaws: int = 0
    voiced: Instant | None = None  # when a voice was last heard in this take
    spoke: bool = field(default=False)

    def left(self, now: Instant) -> float:
        """How much of what is counted is left, 1 to 0."""
        whole = LONGEST if self.phase is TakePhase.NOW else self.wait
        return 1 - min(max((now - self.since) / whole, 0.0), 1.0)

    def number(self, now: Instant) -> int:
        """What is counted down to: three, two, one."""
        return max(1, -int((now - self.since - self.wait) // timedelta(seconds=1)))


def begin(now: Instant, kept: tuple[Take, ...] = ()) -> Teaching:
    kept = kept if len(kept) < ENOUGH else ()
    return Teaching(now, kept, shapes=tuple(() for _ in kept))


def tick(teaching: Teaching, now: Instant, *, over: float = 0.0, share: float = 0.0, sounded: bool = False) -> Teaching:
    """Time went by; with `sounded`, the level was `share` of the meter and `over` decibels above the pump."""
    match teaching.phase:
        case TakePhase.COUNTING if now - teaching.since >= teaching.wait:
            return replace(teaching, phase=TakePhase.NOW, since=now, shape=(), voiced=None, spoke=False)
        case TakePhase.NOW:
            if sounded:
                spoke = over >= VOICE
                teaching = replace(
                    teaching,
                    shape=(*teaching.shape, share),
                    voiced=now if spoke else teaching.voiced,
                    spoke=teaching.spoke or spoke,
                )
            silent = teaching.spoke and teaching.voiced is not None and now - teaching.voiced >= SILENCE
            if silent or now - teaching.since >= LONGEST:
                return replace(teaching, phase=TakePhase.JUDGING)
            return teaching
        case _:
            return teaching


def recorded(teaching: Teaching, now: Instant) -> timedelta:
    """How long ago the recording of this take began, the pump before it included."""
    return now - teaching.since + BEFORE


def judged(teaching: Teaching, now: Instant, found: Take | Flaw) -> Teaching:
    if teaching.phase is not TakePhase.JUDGING:
        return teaching
    again = replace(teaching, phase=TakePhase.COUNTING, since=now, wait=AGAIN)
    if isinstance(found, Flaw):
        return replace(again, flaw=found, flaws=teaching.flaws + 1)
    kept = (*teaching.kept, found)
    return replace(
        again,
        kept=kept,
        shapes=(*teaching.shapes, teaching.shape),
        shape=(),
        flaw=None,
        flaws=0,
        phase=TakePhase.DONE if len(kept) >= ENOUGH else TakePhase.COUNTING,
    )
