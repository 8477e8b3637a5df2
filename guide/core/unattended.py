"""A routine for a file that can wait for nobody: every step of a fixed length."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Final

from guide.core.routine import (
    AfterStart,
    AtEarliest,
    BeforeEnd,
    Cue,
    Every,
    Fixed,
    Group,
    Length,
    Range,
    Routine,
    Share,
    Step,
    Wait,
)

WAIT: Final = timedelta(seconds=30)  # what a step that waits gets: time to settle, suggested by us


class Ranges(Enum):
    """Where within its range a step ends when nobody can say that milk slows; the value is the share of it."""

    SHORTEST = 0.0
    MIDDLE = 0.5
    LONGEST = 1.0


def unattended(routine: Routine, ranges: Ranges) -> Routine:
    """
    Give every range and wait of a routine one length, in whole seconds.

    A cue that asks her to decide at a range's mark goes with the range, and so does one that would fall outside its
    shortened step. All else stays as written.
    """
    return replace(routine, steps=_parts(routine.steps, ranges))


def _parts(parts: tuple[Step | Group, ...], ranges: Ranges) -> tuple[Step | Group, ...]:
    return tuple(_part(part, ranges) for part in parts)


def _part(part: Step | Group, ranges: Ranges) -> Step | Group:
    match part:
        case Group():
            return replace(part, steps=_parts(part.steps, ranges))
        case Step():
            length = fixed_length(part.length, ranges)
            cues = tuple(cue for cue in part.cues if _within(cue, length))
            return replace(part, length=Fixed(length), until_milk_slows=False, cues=cues)


def fixed_length(length: Length, ranges: Ranges) -> timedelta:
    """Where the step ends in a file.

    >>> fixed_length(Range(timedelta(minutes=5), timedelta(minutes=7)), Ranges.MIDDLE)
    datetime.timedelta(seconds=360)
    """
    match length:
        case Fixed(whole):
            return whole
        case Range(earliest, latest):
            seconds = (earliest + (latest - earliest) * ranges.value) // timedelta(seconds=1)
            return max(timedelta(seconds=seconds), earliest)
        case Wait():
            return WAIT


def _within(cue: Cue, length: timedelta) -> bool:
    match cue.when:
        case AfterStart(offset) | BeforeEnd(offset):
            return offset < length
        case Share() | Every():
            return True
        case AtEarliest():
            return False
