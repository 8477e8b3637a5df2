"""The text of a routine: one document, one undo, read again after every change."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from guide.core.plan import Plan, lay_out
from guide.language import _
from guide.pages.editor.swift import LONG, Memory, in_common
from guide.store.routines.reader import Reading, read
from guide.store.yaml.compose import compose_or_refuse
from guide.store.yaml.edit import Edit, EditError, Edits
from guide.store.yaml.nodes import AliasNode, ListNode, MapNode, Node, ScalarNode
from guide.store.yaml.parts import place_of
from guide.store.yaml.problem import NO_FILE, Problem
from guide.store.yaml.refusal import RefusedError

Place = tuple[int, ...]

TYPING: Final = 150
PAUSE: Final = 600
_ENDS: Final = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")  # what a QTextDocument takes for the end of a line
_PART: Final = re.compile(r"steps\[\d+\](?:\.steps\[\d+\])*")
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Good:
    """The last version that plays."""

    text: str
    plan: Plan


def written_place(place: Place, key: str = "") -> str:
    """
    Write the way to a part, or to a key of it, as problems do.

    >>> written_place((1, 0), "duration"), written_place((), "name"), written_place((2,))
    ('steps[1].steps[0].duration', 'name', 'steps[2]')
    """
    return ".".join([*(f"steps[{index}]" for index in place), *([key] if key else [])])


def place_written(where: str) -> Place:
    """
    Find the way to the step or group a problem is told of.

    >>> place_written("steps[1].steps[0].cues[2].at"), place_written("name")
    ((1, 0), ())
    """
    found = re.match(r"(?:steps\[\d+\]\.?)*", where)
    return tuple(int(index) for index in re.findall(r"\d+", found[0])) if found else ()


@dataclass(frozen=True, slots=True)
class Original:
    """A text as it came, and what is needed to write another one like it."""

    text: str
    plain: str
    ends: list[str]

    @classmethod
    def of(cls, text: str) -> Original:
        return cls(text, _ENDS.sub("\n", text.removeprefix(_MARK)), _ENDS.findall(text))


def with_line_ends(text: str, original: Original) -> str:
    r"""
    Give the lines of `text` the ends they have in `original`; new ones get its usual end.

    >>> with_line_ends("a\nx\nb", Original.of("a\r\nb"))
    'a\r\nx\r\nb'
    """
    ends = original.ends
    if not ends:
        return text
    usual = Counter(ends).most_common(1)[0][0]
    if len(set(ends)) == 1:
        return text.replace("\n", usual)
    lines = text.split("\n")
    found = [usual] * (len(lines) - 1)
    matcher = difflib.SequenceMatcher(None, original.plain.split("\n"), lines, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        for i in range(size):
            if old + i < len(ends) and new + i < len(found):
                found[new + i] = ends[old + i]
    return "".join(line + end for line, end in zip(lines, [*found, ""], strict=True))


def units(text: str, offset: int) -> int:
    r"""
    Count a character's offset as Qt does, which takes two for those beyond U+FFFF.

    >>> units("a\U0001f600b", 2)
    3
    """
    return offset if text.isascii() else offset + sum(char > "\uffff" for char in text[:offset])


def data_of(node: Node) -> Any:
    """All scalars as text, in lists and dicts; aliases are what they stand for."""
    match node:
        case AliasNode():
            return data_of(node.target)
        case ScalarNode(text):
            return text
        case ListNode(items):
            return [data_of(item) for item in items]
        case MapNode(pairs):
            return {key.text: data_of(value) for key, value in pairs if isinstance(key, ScalarNode)}


class RoutineText(QObject):
    """
    Holds the one text both views show.

    Every change of a form is cut into the document as one small edit, so its undo is the only one there is. `plan`
    is the last version that plays, `reading` what the text says now.
    """

    changed = Signal()

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = QTextDocument(self)
        self.document.setDocumentLayout(QPlainTextDocumentLayout(self.document))
        self.document.contentsChange.connect(self._note_change)
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.timeout.connect(self.read_now)
        self._file: Path | None = None
        self._originals = [Original.of("")]
        self._text: str | None = ""
        self._read_text: str | None = None
        self._whole_text: str | None = None
        self._reading = Reading(None)
        self._good: Good | None = None
        self._memory = Memory()
        self._cutting = False
        self._merge = ""
        self._tree: tuple[str, Any] | None = None
        self._fields: dict[Place, dict[str, Any]] = {}

    # What there is

    @property
    def text(self) -> str:
        """The text with plain line ends and without a byte-order mark."""
        if self._text is None:
            self._text = self.document.toRawText().replace("\u2029", "\n")
        return self._text

    @property
    def reading(self) -> Reading:
        return self._reading

    @property
    def plan(self) -> Plan | None:
        return self._good.plan if self._good else None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left for later when the text was read last."""
        return self._whole_text == self.text

    def text_to_save(self) -> str:
        """The text as its file is to hold it, with the line ends and the byte-order mark it came with."""
        text = self.text
        for original in reversed(self._originals):
            if original.plain == text:
                return original.text
        last = self._originals[-1]
        return _MARK * last.text.startswith(_MARK) + with_line_ends(text, last)

    def fields(self, place: Place) -> dict[str, Any]:
        """
        The keys of the routine, a step or a group as they are written, problems or not.

        Texts are text, lists lists. Raises `EditError` where the text cannot be read that far.
        """
        if place not in self._fields:
            self._fields[place] = self._written(place)
        return self._fields[place]

    def tree(self) -> Any:
        """The whole text as lists and dicts; raises `EditError` where it cannot be read."""
        text = self.text
        if self._tree is None or self._tree[0] != text:
            try:
                self._tree = (text, data_of(compose_or_refuse(text)))
            except RefusedError as refused:
                raise EditError(
                    _("The text cannot be read as it stands: {message}.").format(message=refused.message)
                ) from None
        return self._tree[1]

    def problems_of(self, place: Place, key: str = "") -> list[Problem]:
        """What is to be looked at in a part, or in one key of it and beneath; problems before warnings."""
        found = [*self._reading.problems, *self._reading.warnings]
        where = written_place(place, key)
        if not key and not place:
            return [problem for problem in found if place_written(problem.where) == ()]
        return [p for p in found if p.where == where or p.where.startswith((f"{where}.", f"{where}["))]

    def place_at(self, offset: int) -> Place | None:
        """The step or group written at a character, by what was read last; None outside of all of them."""
        places = self._reading.places
        steps = places.get("steps")
        if steps is None or not steps.start <= offset <= steps.end:
            return None
        found: Place | None = None
        nearest = -1
        for where, place in places.items():
            if nearest < place.start <= offset and _PART.fullmatch(where):
                nearest, found = place.start, place_written(where)
        return found

    # What is done

    def open(self, text: str, *, file: Path | None = None) -> None:
        """Take a text in place of the one before; nothing of that can be undone any more."""
        self._file = file
        self._originals = [Original.of(text)]
        self._good = None
        self._merge = ""
        self._memory = Memory()
        self.document.setPlainText(text.removeprefix(_MARK))
        self.document.setModified(False)
        self._read_text = None
        self.read_now()

    def take(self, text: str) -> None:
        """Put another version in the place of this one; undo brings this one back."""
        self._originals.append(Original.of(text))
        now, wanted = self.text, self._originals[-1].plain
        head = in_common(now, wanted)
        tail = in_common(now[head:][::-1], wanted[head:][::-1])
        if now != wanted:
            self._apply(now, (Edit(head, len(now) - tail, wanted[head : len(wanted) - tail]),), join=False)
            self.read_now()

    def cut(self, make: Callable[[str], Edits], *, merge: str = "") -> str:
        """
        Cut a change into the text, as one step of undo; changes in a row with one `merge` are one step together.

        Answers "" or the sentence that says why the text keeps its form; nothing has happened then.
        """
        text = self.text
        try:
            edits = make(text)
        except EditError as error:
            return str(error)
        if edits:
            join = bool(merge) and merge == self._merge and self.document.isUndoAvailable()
            self._apply(text, edits, join=join)
            self._merge = merge
            self._read(soon=True)
        return ""

    def undo(self) -> None:
        self._merge = ""
        self.document.undo()
        self._read(soon=True)

    def redo(self) -> None:
        self._merge = ""
        self.document.redo()
        self._read(soon=True)

    def end_merge(self) -> None:
        """What is typed next is a step of undo of its own."""
        self._merge = ""

    def read_now(self) -> None:
        """Read the text as it stands, typing or not."""
        self._read(soon=False)

    # How

    def _read(self, *, soon: bool) -> None:
        self.typing.stop()
        text = self.text
        if text == self._whole_text == self._read_text:
            return
        if soon and len(text) >= LONG and self._read_swiftly(text):
            self.typing.start(PAUSE)
            self.changed.emit()
            return
        self._reading = read(text, self._file or NO_FILE)
        routine = self._reading.routine
        if routine is not None:
            self._good = Good(text, lay_out(routine))
            if len(text) >= LONG:
                self._memory.learn(text, self._good.plan)
        self._read_text = self._whole_text = text
        self.changed.emit()

    def _read_swiftly(self, text: str) -> bool:
        """Read again the steps that changed in a long routine; the rest of it follows when she pauses."""
        if self._good is None or self._good.text != self._read_text or self._reading.routine is None:
            return False
        plan = self._memory.read(text, self._good.plan)
        if plan is None:
            return False
        self._good = Good(text, plan)
        self._reading = Reading(plan.routine, (), self._reading.warnings, self._reading.places)
        self._read_text = text
        return True

    def _apply(self, text: str, edits: Edits, *, join: bool) -> None:
        cursor = QTextCursor(self.document)
        cursor.setPosition(units(text, min(edit.start for edit in edits)))  # where undo puts the text view's cursor
        self._cutting = True
        if join:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
            cursor.setPosition(units(text, edit.start))
            cursor.setPosition(units(text, edit.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(edit.new)
        cursor.endEditBlock()
        self._cutting = False

    def _note_change(self) -> None:
        self._text = None
        self._fields = {}
        if not self._cutting:
            self._merge = ""
            self.typing.start(TYPING)

    def _written(self, place: Place) -> dict[str, Any]:
        text = self.text
        try:
            start, end = place_of(text, place or (0,))
            if place:
                column = start - (text.rfind("\n", 0, start) + 1)
                piece = " " * column + text[start:end]
            else:
                piece = _without_steps(text, start, self._last_end()) or text
            found = data_of(compose_or_refuse(piece))
        except (EditError, RefusedError):
            found = self.tree()
            for index in place:
                steps = found.get("steps") if isinstance(found, Mapping) else None
                if not isinstance(steps, list) or index >= len(steps):
                    raise EditError(_("There is no such step any more.")) from None
                found = steps[index]
        if not isinstance(found, dict):
            raise EditError(_("This part is not written as keys and values."))
        return found

    def _last_end(self) -> int:
        routine = self._reading.routine
        if routine is None:
            raise EditError(_("The steps cannot be told apart from the rest."))
        return place_of(self.text, (len(routine.steps) - 1,))[1]


def _without_steps(text: str, start: int, end: int) -> str:
    """The routine's own keys, to be read without reading a thousand steps."""
    first, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if text[first:start].strip(" ") != "-":
        return ""
    return text[:first] + (text[after + 1 :] if after >= 0 else "")
