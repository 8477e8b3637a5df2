"""A long routine laid out part by part, and put together into a plan when that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final

from guide.core.layout import lay_out, unrolled
from guide.core.plan import LONGEST_SUCTION, Plan, Segment, suction_runs
from guide.core.pump import UNKNOWN, Pump
from guide.core.routine import Group, Routine, Step

SPARE: Final = 2  # times as many parts are kept laid out as there are

Part = Step | Group


class Laid:
    """One of the routine's own parts, laid out as the first of it, before the part `after` it, when that is asked."""

    def __init__(self, routine: Routine, part: Part, after: Part | None, pump: Pump) -> None:
        together = (part,) if after is None else (part, _beginning(after))
        self.part, self.after = part, after
        self.steps = unrolled(part)
        self._routine = replace(routine, steps=together)
        self._pump = pump
        self._index = 0
        self._moved: tuple[Segment, ...] = ()

    @cached_property
    def _segments(self) -> tuple[Segment, ...]:
        return tuple(one for one in lay_out(self._routine, pump=self._pump).segments if one.place[0] == 0)

    def at(self, index: int) -> tuple[Segment, ...]:
        """Its segments where it is the routine's part of this number."""
        if index != self._index or not self._moved:
            self._index, self._moved = index, tuple(_moved(one, (index, *one.place[1:])) for one in self._segments)
        return self._moved


class LaidOut:
    """A routine of which the parts are laid out once its plan is asked for: nobody who edits waits for that."""

    def __init__(self, routine: Routine, parts: Sequence[Laid]) -> None:
        self._routine = routine
        self._parts = parts

    @cached_property
    def plan(self) -> Plan:
        return Plan(self._routine, tuple(chain.from_iterable(laid.at(i) for i, laid in enumerate(self._parts))))

    @property
    def has_long_suction(self) -> bool:
        """Whether the suction stays on anywhere for longer than it should."""
        steps = chain.from_iterable(laid.steps for laid in self._parts)
        return any(longest > LONGEST_SUCTION for __, __, longest in suction_runs(steps))


class Layouts:
    """
    Lays out routine after routine, each part once.

    What a part is laid out into depends on itself and on the step after it, whose name it says.
    """

    def __init__(self, pump: Pump = UNKNOWN) -> None:
        self._pump = pump
        self._language = ""
        self._known: dict[tuple[int, int], Laid] = {}

    def of(self, routine: Routine) -> LaidOut:
        if routine.language != self._language:
            self._language, self._known = routine.language, {}
        parts, known = routine.steps, self._known
        found: list[Laid] = []
        for part, after in zip(parts, [*parts[1:], None], strict=True):
            both = id(part), id(after)  # no other has these numbers, as long as both are kept
            if both not in known:
                known[both] = Laid(routine, part, after, self._pump)
            found.append(known[both])
        if len(known) > SPARE * len(parts):  # undo brings back some that are not in the routine now
            self._known = {(id(laid.part), id(laid.after)): laid for laid in found}
        return LaidOut(routine, found)


def _beginning(part: Part) -> Part:
    """Its first step alone: nothing else of what follows is said in the part before it."""
    return part if isinstance(part, Step) else replace(part, steps=(_beginning(part.steps[0]),), times=1)


_NAMES: Final = [field.name for field in fields(Segment)]
_values: Final = attrgetter(*_NAMES)
_AT: Final = _NAMES.index("place")
_made: Final[Callable[..., Segment]] = Segment


def _moved(segment: Segment, place: tuple[int, ...]) -> Segment:
    """The same at another place; `replace` takes four times as long."""
    values = _values(segment)
    return _made(*values[:_AT], place, *values[_AT + 1 :])
