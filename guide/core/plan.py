"""A plan: segments, each a sorted list of moments. What a session is a cursor over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Final

from guide.core.duration import MINUTE, SECOND
from guide.core.pump import UNKNOWN, Pump
from guide.core.routine import (
    Fixed,
    Place,
    Range,
    Routine,
    Side,
    Step,
    Wait,
)
from guide.core.words import Words

LONGEST_SUCTION: Final = 30 * MINUTE  # without a break; UAMS pumping packet, docs/evidence.md
CLOSE_AFTER: Final = 4 * SECOND


@dataclass(frozen=True, slots=True)
class Say:
    """`own` is a step's own prompt, or what is said at a session's end: no cue is said in its place."""

    text: str
    own: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Chime:
    """`sound` is a built-in chime's name or a path beside the routine's file; `own` as of `Say`."""

    sound: str
    own: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Show:
    text: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A prompt for a helper."""

    text: str


@dataclass(frozen=True, slots=True)
class Beat:
    text: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """A range's lower end: from now on the step may end."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Time is up: on to the next step."""


Action = Say | Chime | Show | Partner | Beat | Earliest | Advance


class Anchor(Enum):
    """What a moment's offset counts from."""

    START = "start"
    MARK = "mark"  # a range's lower end; what comes there is for those whose milk has not slowed before
    LATEST = "latest"  # the longest the step may last, more time included
    END = "end"  # where it will end as things stand: earlier than LATEST once milk has slowed


@dataclass(frozen=True, slots=True)
class Moment:
    """An action `offset` after its anchor; negative offsets come before it."""

    offset: timedelta
    action: Action
    anchor: Anchor = Anchor.START


@dataclass(frozen=True, slots=True)
class Recurring:
    """Actions that take turns each `every`, the first of them at `first`; they cease at the end."""

    every: timedelta
    actions: tuple[Action, ...]
    first: timedelta = timedelta(0)

    def at(self, turn: int) -> tuple[timedelta, Action]:
        return self.first + turn * self.every, self.actions[turn % len(self.actions)]


@dataclass(frozen=True, slots=True)
class Round:
    """Which turn of a repeated group, counted from one."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One step on one side at one place of the plan. `place` leads to the step as written: indexes through groups."""

    step: Step
    side: Side
    title: str
    name: str  # the title with its side: "Hand express, left side"
    say: str
    show: str
    partner: str
    suction: str
    place: Place
    rounds: tuple[Round, ...] = ()
    anchored: tuple[Moment, ...] = ()
    recurring: tuple[Recurring, ...] = ()

    @property
    def shortest(self) -> timedelta:
        match self.step.length:
            case Fixed(length):
                return length
            case Range(earliest, _):
                return earliest
            case Wait():
                return timedelta(0)

    @property
    def longest(self) -> timedelta | None:
        """None for a step that waits."""
        return self.step.longest

    @property
    def waits(self) -> bool:
        return isinstance(self.step.length, Wait)

    def fixed_moments(
        self, *, latest: timedelta | None, end: timedelta | None, slowed: timedelta | None = None
    ) -> list[tuple[timedelta, Action]]:
        """The moments that come once, by time, counted from the step's start; `Advance` is the last."""
        placed = []
        for moment in self.anchored:
            match moment.anchor:
                case Anchor.START:
                    placed.append((moment.offset, moment.action))
                case Anchor.MARK if slowed is None or self.shortest + moment.offset <= slowed:
                    placed.append((self.shortest + moment.offset, moment.action))
                case Anchor.LATEST if latest is not None:
                    placed.append((latest + moment.offset, moment.action))
                case Anchor.END if end is not None:
                    placed.append((end + moment.offset, moment.action))
                case _:
                    pass
        placed.sort(key=lambda at: (at[0], isinstance(at[1], Advance)))
        return [(offset, action) for offset, action in placed if end is None or offset <= end]

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Every moment of the segment as planned, in order, all counted from its start; recurring ones spelt out."""
        end = self.longest
        placed = self.fixed_moments(latest=end, end=end)
        for recurring in self.recurring:
            placed.extend(_turns(recurring, end))
        placed.sort(key=lambda at: (at[0], isinstance(at[1], Advance)))
        return tuple(Moment(offset, action) for offset, action in placed)


def _turns(recurring: Recurring, end: timedelta | None) -> Iterator[tuple[timedelta, Action]]:
    if end is None:  # a waiting step has no end: one turn shows what recurs
        end = recurring.first + len(recurring.actions) * recurring.every
    turn = 0
    while (at := recurring.at(turn))[0] < end:
        yield at
        turn += 1


@dataclass(frozen=True, slots=True)
class Plan:
    routine: Routine
    segments: tuple[Segment, ...]
    first: Side = Side.LEFT
    pump: Pump = UNKNOWN

    @property
    def shortest(self) -> timedelta:
        return sum((segment.shortest for segment in self.segments), timedelta(0))

    @property
    def longest(self) -> timedelta:
        """Waits count as nothing."""
        return sum((segment.longest or timedelta(0) for segment in self.segments), timedelta(0))

    @property
    def pumps(self) -> bool:
        """Whether any of it is under suction; else she expresses by hand."""
        return any(segment.step.under_suction for segment in self.segments)

    @property
    def prompts(self) -> tuple[str, ...]:
        """Every text that may be said, once each, in the order of the plan; a partner's prompts too."""
        said: dict[str, None] = {}
        for segment in self.segments:
            for moment in segment.anchored:
                if isinstance(moment.action, Say | Partner):
                    said.setdefault(moment.action.text)
            for recurring in segment.recurring:
                said.update((action.text, None) for action in recurring.actions if isinstance(action, Say))
        said.setdefault(closing(self))
        return tuple(text for text in said if text)

    @property
    def sounds(self) -> tuple[str, ...]:
        """Every chime that may sound, once each."""
        heard: dict[str, None] = {}
        for segment in self.segments:
            actions = [moment.action for moment in segment.anchored]
            actions += [action for recurring in segment.recurring for action in recurring.actions]
            heard.update((action.sound, None) for action in actions if isinstance(action, Chime))
        heard.setdefault("tick")
        heard.setdefault("end")
        return tuple(heard)


def closing(plan: Plan, words: Words | None = None) -> str:
    """The last word of a session that came to its end, in the language of the routine where no other is given."""
    words = words or plan.routine.words
    if plan.segments[-1].step.under_suction:
        return words.gettext("All done. Pump off. Breathe out.")
    return words.gettext("All done. Breathe out.")


def suction_runs(steps: Iterable[Step]) -> list[tuple[int, int, timedelta]]:
    """Stretches of steps under suction without a break: first index, last index, and the longest they may last."""
    runs: list[tuple[int, int, timedelta]] = []
    for index, step in enumerate(steps):
        if not step.under_suction:
            continue
        longest = step.longest or timedelta(0)
        if runs and runs[-1][1] == index - 1:
            first, _, so_far = runs[-1]
            runs[-1] = (first, index, so_far + longest)
        else:
            runs.append((index, index, longest))
    return runs
