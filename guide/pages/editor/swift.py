"""A long routine, read again only where it changed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Final

from guide.core.plan import Plan, Segment, lay_out
from guide.core.routine import Group, Routine, Step
from guide.store.routines.reader import read
from guide.store.yaml.edit import EditError
from guide.store.yaml.parts import place_of

LONG: Final = 30_000  # characters; what is shorter is read as a whole while nobody notices
_MOST_AT_ONCE: Final = 20

Part = Step | Group


@dataclass(frozen=True, slots=True)
class _Piece:
    """One of the routine's own steps where it stands, with its column and what is written."""

    start: int
    end: int
    written: tuple[int, str]


def in_common(one: str, other: str) -> int:
    """
    How many characters both begin with.

    >>> in_common("abcd", "abxd")
    2
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


class Memory:
    """
    Remembers what the routine's own steps said and how they were laid out, by their text.

    A step laid out depends on itself and on the name of what follows, so each is kept with its follower.
    """

    def __init__(self) -> None:
        self._text = ""
        self._pieces: list[_Piece] = []
        self._parts: dict[tuple[int, str], Part] = {}
        self._laid: dict[tuple[int, int], tuple[Part, Part | None, tuple[Segment, ...]]] = {}

    def learn(self, text: str, plan: Plan) -> None:
        """Take in a text that was read as a whole."""
        parts = plan.routine.steps
        self._parts = {}
        try:
            self._pieces = self._find(text)
        except EditError:
            return
        self._text = text
        self._parts = {piece.written: part for piece, part in zip(self._pieces, parts, strict=True)}
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
            pieces = self._find(text)
        except EditError:
            return None
        new = [piece.written for piece in pieces if piece.written not in self._parts]
        if len(new) > _MOST_AT_ONCE:
            return None
        for written in new:
            part = self._read_one(written)
            if part is None:
                return None
            self._parts[written] = part
        self._text, self._pieces = text, pieces
        routine = replace(plan.routine, steps=tuple(self._parts[piece.written] for piece in pieces))
        return Plan(routine, self._lay_out(routine), plan.first)

    def _find(self, text: str) -> list[_Piece]:
        """Find each of the routine's own steps, looking only at those between what is alike in both texts."""
        old = self._text
        head = in_common(old, text)
        tail = in_common(old[head:][::-1], text[head:][::-1])
        grown = len(text) - len(old)
        found = self._pieces[: max(0, bisect_left(self._pieces, head, key=lambda piece: piece.end) - 1)]
        later = bisect_left(self._pieces, len(old) - tail, key=lambda piece: piece.start)
        known = {piece.start + grown: later + i for i, piece in enumerate(self._pieces[later:])}
        while True:
            try:
                start, end = place_of(text, (len(found),))
            except EditError:
                if found and not known:
                    return found
                raise
            at = known.get(start)
            if at is not None:
                rest = self._pieces[at:]
                return found + ([replace(p, start=p.start + grown, end=p.end + grown) for p in rest] if grown else rest)
            column = start - text.rfind("\n", 0, start) - 1
            found.append(_Piece(start, end, (column, text[start:end])))
            known = {offset: index for offset, index in known.items() if offset > start}

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
