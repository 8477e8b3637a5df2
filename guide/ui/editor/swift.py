"""A long routine, read again only where it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guide.core.plan import Plan, Segment, lay_out
from guide.core.routine import Group, Routine, Step
from guide.store.edit import EditError, place_of
from guide.store.reader import read

LONG: Final = 30_000  # characters; what is shorter is read as a whole while nobody notices
_MOST_AT_ONCE: Final = 20

Part = Step | Group


class Memory:
    """
    Remembers what the routine's own steps said and how they were laid out, by their text.

    A step laid out depends on itself and on the name of what follows, so each is kept with its follower.
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[int, str], Part] = {}
        self._laid: dict[tuple[int, int], tuple[Part, Part | None, tuple[Segment, ...]]] = {}

    def learn(self, text: str, plan: Plan) -> None:
        parts = plan.routine.steps
        try:
            self._parts = dict(zip(self._pieces(text, len(parts)), parts, strict=True))
        except EditError:
            self._parts = {}
        self._laid = {}
        segments: list[list[Segment]] = [[] for _ in parts]
        for segment in plan.segments:
            segments[segment.place[0]].append(segment)
        for index, part in enumerate(parts):
            following = parts[index + 1] if index + 1 < len(parts) else None
            self._laid[id(part), id(following)] = (part, following, tuple(segments[index]))

    def read(self, text: str, plan: Plan) -> Plan | None:
        """The plan of the changed text; None where it takes a reading of the whole to tell."""
        if not self._parts or "&" in text or "*" in text:
            return None
        try:
            pieces = self._pieces(text, None)
        except EditError:
            return None
        if sum(piece not in self._parts for piece in pieces) > _MOST_AT_ONCE:
            return None
        parts: list[Part] = []
        for piece in pieces:
            part = self._parts.get(piece) or self._read_one(piece)
            if part is None:
                return None
            self._parts[piece] = part
            parts.append(part)
        routine = replace(plan.routine, steps=tuple(parts))
        return Plan(routine, self._lay_out(routine), plan.first)

    def _pieces(self, text: str, count: int | None) -> list[tuple[int, str]]:
        """Each of the routine's own steps as it is written, with its column."""
        found: list[tuple[int, str]] = []
        while count is None or len(found) < count:
            try:
                start, end = place_of(text, (len(found),))
            except EditError:
                if count is None and found:
                    return found
                raise
            found.append((start - text.rfind("\n", 0, start) - 1, text[start:end]))
        return found

    @staticmethod
    def _read_one(piece: tuple[int, str]) -> Part | None:
        column, written = piece
        dash = " " * max(0, column - 2) + "- "
        routine = read(f"name: one\nsteps:\n{dash}{written}\n").routine
        return routine.steps[0] if routine is not None and len(routine.steps) == 1 else None

    def _lay_out(self, routine: Routine) -> tuple[Segment, ...]:
        parts = routine.steps
        found: list[Segment] = []
        for index, part in enumerate(parts):
            following = parts[index + 1] if index + 1 < len(parts) else None
            key = id(part), id(following)
            if key not in self._laid:
                both = (part, following) if following is not None else (part,)
                laid = lay_out(replace(routine, steps=both)).segments
                own = tuple(segment for segment in laid if segment.place[0] == 0)
                self._laid[key] = (part, following, own)
            segments = self._laid[key][2]
            if segments[0].place[0] != index:
                segments = tuple(replace(one, place=(index, *one.place[1:])) for one in segments)
                self._laid[key] = (part, following, segments)
            found += segments
        return tuple(found)
