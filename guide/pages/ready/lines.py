"""A plan's steps as a list: a repeated group once, under a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from guide.core.duration import MINUTE, clock, spoken
from guide.core.plan import Plan, Segment
from guide.core.routine import Fixed, Group, Range, Routine, Side, Step, Wait
from guide.language import _, screen


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
        return _("Repeat twice") if self.times == 2 else _("Repeat {count} times").format(count=self.times)


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


def yours_words(usual: timedelta) -> str:
    """
    Say when her milk usually slows, beside a range, or comes.

    >>> yours_words(timedelta(minutes=5, seconds=40)), yours_words(timedelta(seconds=80))
    ('yours: about 6 min', 'yours: about 1:20')
    """
    if usual < 3 * MINUTE:
        return _("yours: about {time}").format(time=clock(usual))
    return _("yours: about {minutes} min").format(minutes=round(usual / MINUTE))


def spoken_line(
    line: Line, *, number_free: bool, yours: Mapping[tuple[int, ...], timedelta] = MappingProxyType({})
) -> str:
    """Say a line of the list as a screen reader does: "Pump, left side, 5 to 7 minutes"."""
    match line:
        case RepeatLine():
            return line.words
        case StepLine(segment):
            parts = [segment.name]
            if segment.side is Side.BOTH and segment.step.side:
                parts.append(_("both sides"))
            if not number_free:
                parts.append(_spoken_length(segment.step))
                if usual := yours.get(segment.place):
                    parts.append(yours_words(usual))
                elif segment.step.suggested:
                    parts.append(_("suggested"))
            return ", ".join(parts)


def _spoken_length(step: Step) -> str:
    match step.length:
        case Fixed(length):
            return spoken(length, screen())
        case Range(earliest, latest):
            return _("{low} to {high}").format(low=spoken(earliest, screen()), high=spoken(latest, screen()))
        case Wait():
            return _("until you go on")
