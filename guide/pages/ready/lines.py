"""A plan's steps as a list: a repeated group once, under a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guide.core.duration import spoken
from guide.core.plan import Plan, Segment
from guide.core.routine import Fixed, Group, Range, Routine, Side, Step, Wait

_TIMES: Final = {2: "twice"}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the list, `depth` groups deep."""

    segment: Segment
    depth: int = 0


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """What comes `times` times follows."""

    times: int
    depth: int

    @property
    def words(self) -> str:
        return f"Repeat {_TIMES.get(self.times, f'{self.times} times')}"


Line = StepLine | RepeatLine


def lines_of(plan: Plan) -> list[Line]:
    """
    List a plan's steps, a repeated group once under a line of its own.

    Of each repeated group the first round is listed; its line comes again where the group begins anew, as on the
    other side.
    """
    lines: list[Line] = []
    before: dict[tuple[int, ...], int] = {}
    for segment in plan.segments:
        groups = dict(zip(_repeated(plan.routine, segment.place), segment.rounds, strict=True))
        if all(turn.number == 1 for turn in groups.values()):
            for depth, (path, turn) in enumerate(groups.items(), 1):
                if before.get(path) != 1:
                    lines.append(RepeatLine(turn.of, depth))
            lines.append(StepLine(segment, len(groups)))
        before = {path: turn.number for path, turn in groups.items()}
    return lines


def _repeated(routine: Routine, place: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Follow a place from group to group, and name those that come more than once."""
    parts = routine.steps
    for depth, index in enumerate(place, 1):
        part = parts[index]
        if isinstance(part, Group):
            if part.times > 1:
                yield place[:depth]
            parts = part.steps


def spoken_line(line: Line, *, number_free: bool) -> str:
    """Say a line of the list as a screen reader does: "Pump, left side, 5 to 7 minutes"."""
    match line:
        case RepeatLine():
            return line.words
        case StepLine(segment):
            side = ", both sides" if segment.side is Side.BOTH and segment.step.side else ""
            parts = [segment.name + side]
            if not number_free:
                parts.append(_spoken_length(segment.step))
                parts += ["suggested"] if segment.step.suggested else []
            return ", ".join(parts)


def _spoken_length(step: Step) -> str:
    match step.length:
        case Fixed(length):
            return spoken(length)
        case Range(earliest, latest):
            return f"{spoken(earliest)} to {spoken(latest)}"
        case Wait():
            return "until you go on"
