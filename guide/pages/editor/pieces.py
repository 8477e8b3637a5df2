"""A long routine's text read step by step, and again only where it changed, into what a reading of the whole says."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from guide.compat import override
from guide.core.pump import UNKNOWN, Pump
from guide.core.routine import Place
from guide.pages.editor.laid_out import SPARE, LaidOut, Layouts, Part
from guide.pages.editor.places import nearest_part
from guide.store.routines.limits import MOST_STEPS, Sum, check_sum, sum_of, together, warn_of_long_suction
from guide.store.routines.reader import Reading, read
from guide.store.routines.table import ROUTINE
from guide.store.yaml.commit import follow
from guide.store.yaml.cuts import EditError
from guide.store.yaml.nodes import Lines, ListNode, Node, Stretch
from guide.store.yaml.problem import NO_FILE, Problem
from guide.store.yaml.sheet import Chunk, EditableText, dash_of, data_of, read_sheet, remember
from guide.store.yaml.sheet import Part as SheetPart
from guide.store.yaml.source import MOST_PROBLEMS, Findings, TooManyProblemsError, Value

LONG: Final = 30_000  # characters; what is shorter is read as a whole while nobody notices

_read_steps: Final = next(row.reads for row in ROUTINE if row.key == "steps")
_WORD: Final = "- {kind: rest, duration: 1 s}"
_FIRST: Final = re.compile(r"^steps\[0\]")
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Piece:
    """
    One of the routine's own steps as it was read: what it says, or what is wrong in it, as if it were the first.

    `start` and `line` are where it began when it was read; `numbered` is True where a message names a line.
    """

    part: Part | None
    sum: Sum
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    findings: Findings
    start: int
    line: int
    numbered: bool

    @property
    def places(self) -> Mapping[str, Stretch]:
        """Where each value stood then."""
        return self.findings.places


class Places(Mapping[str, Stretch]):
    """Where each value stands, worked out when it is asked for."""

    def __init__(self, frame: Mapping[str, Stretch], pieces: list[Piece], sheet: EditableText) -> None:
        self._frame = {where: place for where, place in frame.items() if not _FIRST.match(where)}
        self._pieces = pieces
        self._sheet = sheet

    @override
    def __getitem__(self, where: str) -> Stretch:
        found = re.match(r"steps\[(\d+)\]", where)
        if found is None:
            return self._frame[where]
        index = int(found[1])
        if index >= len(self._pieces):
            raise KeyError(where)
        piece, start, line = self._at(index)
        place = piece.places[f"steps[0]{where[found.end() :]}"]
        by = start - piece.start
        return Stretch(place.line + line - piece.line, place.column, place.start + by, place.end + by)

    def _at(self, index: int) -> tuple[Piece, int, int]:
        start = self._sheet.starts[index]
        return self._pieces[index], start, self._sheet.text.count("\n", 0, start) + 1

    def part_at(self, offset: int) -> Place | None:
        """The step or group written at a character; None outside the steps."""
        starts = self._sheet.starts
        index = bisect_right(starts, offset) - 1
        if index == len(self._pieces) and offset == len(self._sheet.text):
            index -= 1
        if not 0 <= index < len(self._pieces):
            return None
        piece = self._pieces[index]
        found = nearest_part(piece.places, offset - starts[index] + piece.start)
        return (index, *found[1:]) if found else (index,)

    @override
    def __iter__(self) -> Iterator[str]:
        yield from self._frame
        for index, piece in enumerate(self._pieces):
            yield from (_FIRST.sub(f"steps[{index}]", where) for where in piece.places)

    @override
    def __len__(self) -> int:
        return len(self._frame) + sum(len(piece.places) for piece in self._pieces)


class Pieces:
    """
    Reads a text whose steps stand in a list of their own; answers None for any other, which takes the whole.

    What it answers is what `read` answers for the whole text, and `laid_out` is that laid out, where it plays.
    """

    def __init__(self, file: Path | None = None, pump: Pump = UNKNOWN) -> None:
        self._path = str(file or NO_FILE)
        self._folder = file.parent if file else None
        self._sheet: EditableText | None = None
        self._read: dict[Chunk, Piece] = {}
        self._known: dict[Hashable, Any] = {}
        self._frame: tuple[tuple[object, ...], Reading] | None = None
        self._layouts = Layouts(pump)
        self.laid_out: LaidOut | None = None

    def begin(self, text: str) -> Reading | None:
        """Read a text that nothing is known of."""
        try:
            self._sheet = read_sheet(text)
        except EditError:
            return None
        return self.read(text)

    def read(self, text: str) -> Reading | None:
        """Read what became of the text that was read last."""
        sheet = follow(self._sheet, text) if self._sheet is not None else None
        if sheet is None:
            return None
        try:
            pieces = self._pieces(sheet)
        except TooManyProblemsError:
            return None
        frame = self._read_frame(sheet)
        if frame is None:
            return None
        self._sheet = sheet
        return self._put_together(sheet, frame, pieces)

    def keep(self) -> None:
        """Let the edits of the text know what was read of it."""
        if self._sheet is not None:
            remember(self._sheet)

    def parts(self) -> list[Part | dict[str, Any]]:
        """The steps by themselves: those that are good, and of the others what is written."""
        assert self._sheet is not None  # noqa: S101 - asked for after a reading
        pieces = ((self._read[chunk], chunk.node) for chunk in self._sheet.chunks)
        return [piece.part if piece.part and not piece.problems else _written(node) for piece, node in pieces]

    # How

    def _pieces(self, sheet: EditableText) -> list[Piece]:
        lines: dict[tuple[int, int], Lines] = {}
        found: list[Piece] = []
        known: dict[Chunk, Piece] = {}
        counted, line = 0, 1
        for index, chunk in enumerate(sheet.chunks):
            piece = self._read.get(chunk)
            if piece is None or piece.numbered:
                start = sheet.starts[index]
                line += sheet.text.count("\n", counted, start)
                counted = start
                if piece is None or piece.line != line:
                    piece = self._read_one(sheet.text, chunk, line, lines)
            known[chunk] = piece
            found.append(piece)
        if len(self._read) > SPARE * len(known):  # undo brings back some that are not in the text now
            self._read = {}
            self._known = {}
        self._read |= known
        return found

    def _read_one(self, text: str, chunk: Chunk, line: int, known: dict[tuple[int, int], Lines]) -> Piece:
        source = chunk.source
        above = 0 if source is text else line - 1 - source.count("\n", 0, chunk.origin)
        key = id(source), above
        if key not in known:
            known[key] = Lines(source, above=above)
        findings = Findings(source, self._path, self._folder, known[key], self._known)
        node = chunk.node
        read_it = _read_steps(Value(ListNode((node,), node.start, node.end), "steps", findings))
        part = read_it[0] if read_it else None
        found = [*findings.problems, *findings.warnings]
        last = line + source.count("\n", chunk.origin, chunk.origin + chunk.length)
        numbered = any(line <= int(n) <= last for one in found for n in _NUMBER.findall(one.message) if len(n) < 9)
        return Piece(
            part,
            sum_of(part) if part else Sum(),
            findings.problems,
            findings.warnings,
            findings,
            chunk.origin,
            line,
            numbered,
        )

    def _read_frame(self, sheet: EditableText) -> Reading | None:
        """Read what stands around the steps, with one plain step in their place and all else where it is."""
        text, first, last = sheet.text, sheet.starts[0], sheet.starts[-1]
        try:
            dash = dash_of(sheet, _steps_of(sheet), 0)
        except EditError:
            return None
        tail = text[last:]
        room = last - dash - len(_WORD)
        ends = text.count("\n", dash, last)
        if room < ends or (tail and not ends):
            return None
        key = (text[:first], dash, text.count("\n", first, dash), (tail, ends, room) if tail else ())
        if self._frame is not None and self._frame[0] == key:
            return self._frame[1]
        above = text.count("\n", first, dash)
        lead = " " * (dash - first - above - sheet.steps_column) + "\n" * above + " " * sheet.steps_column
        rest = " " * (room - ends) + "\n" * ends + tail if tail else "\n"
        reading = read(text[:first] + lead + _WORD + rest, self._path)
        self._frame = key, reading
        return reading

    def _put_together(self, sheet: EditableText, frame: Reading, pieces: list[Piece]) -> Reading | None:
        self.laid_out = None
        places = Places(frame.places, pieces, sheet)
        findings = Findings("", self._path, self._folder, _CountedLines(sheet.text))
        first = dash_of(sheet, _steps_of(sheet), 0)
        nodes = (sheet.chunks[0].node,) * len(pieces)  # how many there are is all that is looked at
        steps = Value(ListNode(nodes, first, first), "steps", findings)
        if len(pieces) > MOST_STEPS:
            _read_steps(steps)  # which says so, and looks at none
            return Reading(None, _in_order([*frame.problems, *findings.problems]), frame.warnings, places)
        good = [piece for piece in pieces if piece.part is not None]
        if good:
            check_sum(steps, together(piece.sum for piece in good))
        problems = [*frame.problems, *findings.problems]
        warnings = [*frame.warnings]
        for index, piece in enumerate(pieces):
            if piece.problems or piece.warnings:
                problems += (_placed(problem, piece, index, sheet) for problem in piece.problems)
                warnings += (_placed(warning, piece, index, sheet) for warning in piece.warnings)
        if len(problems) > MOST_PROBLEMS:
            return None
        if problems or frame.routine is None:
            return Reading(None, _in_order(problems), _in_order(warnings), places)
        routine = replace(frame.routine, steps=tuple(piece.part for piece in good if piece.part is not None))
        self.laid_out = self._layouts.of(routine)
        if self.laid_out.has_long_suction:
            warn_of_long_suction(findings, self.laid_out.plan, places)
        return Reading(routine, (), _in_order([*warnings, *findings.warnings]), places)


class _CountedLines(Lines):
    """The lines of a long text of which few are asked for."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._text = text

    @override
    def at(self, offset: int) -> tuple[int, int]:
        return self._text.count("\n", 0, offset) + 1, offset - self._text.rfind("\n", 0, offset)


def _steps_of(sheet: EditableText) -> SheetPart:
    return next(value for __, value in sheet.part.entries() if value.node is sheet.steps)


def _line_of(sheet: EditableText, index: int) -> int:
    return sheet.text.count("\n", 0, sheet.starts[index]) + 1


def _written(node: Node) -> Any:
    with contextlib.suppress(EditError):
        return data_of(node)
    return {}


def _placed(problem: Problem, piece: Piece, index: int, sheet: EditableText) -> Problem:
    """A problem of a piece where it is now."""
    by = sheet.starts[index] - piece.start
    fix = problem.fix and replace(problem.fix, start=problem.fix.start + by, end=problem.fix.end + by)
    line = problem.line + _line_of(sheet, index) - piece.line
    return replace(problem, line=line, where=_FIRST.sub(f"steps[{index}]", problem.where), fix=fix)


def _in_order(found: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))
