"""The text of a routine: one document, one undo, read again after every change."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.pump import UNKNOWN, Pump
from guide.core.routine import Place
from guide.pages.editor.as_written import AsWritten
from guide.pages.editor.laid_out import LaidOut
from guide.pages.editor.line_ends import MARK, Originals
from guide.pages.editor.pieces import LONG, Pieces, Places
from guide.pages.editor.places import nearest_part, written_place
from guide.store.routines.reader import Reading, read
from guide.store.yaml.cuts import EditError, Edits, difference
from guide.store.yaml.problem import NO_FILE, Problem, place_written

TYPING: Final = 150


def units(text: str, offset: int) -> int:
    r"""
    Count a character's offset as Qt does, which takes two for those beyond U+FFFF.

    >>> units("a\U0001f600b", 2)
    3
    """
    return offset if text.isascii() else offset + sum(char > "\uffff" for char in text[:offset])


Aside = Callable[[Callable[[], None]], None]


def at_once(work: Callable[[], None]) -> None:
    work()


@dataclass(frozen=True, slots=True)
class Whole:
    """A text read as a whole, and the pieces it is read by from now on, where it has such."""

    text: str
    reading: Reading
    laid_out: Plan | LaidOut | None
    pieces: Pieces | None

    @classmethod
    def of(cls, text: str, file: Path | None, pump: Pump) -> Whole:
        if len(text) >= LONG:
            pieces = Pieces(file, pump)
            reading = pieces.begin(text)
            if reading is not None:  # laid out here, as it may be aside, and not at the first look at the preview
                return cls(text, reading, pieces.laid_out and pieces.laid_out.plan, pieces)
        reading = read(text, file or NO_FILE)
        return cls(text, reading, lay_out(reading.routine, pump=pump) if reading.routine is not None else None, None)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have the collector wait until a change is shown: of all that is made on the way nothing is in a cycle."""
    waits = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waits:
            gc.enable()


class RoutineText(QObject):
    """
    Holds the one text both views show.

    Every change of a form is cut into the document as one small edit, so its undo is the only one there is. `plan` is
    the last version that plays, `reading` what the text says. A long text is read again only where it changed. What
    cannot be read so is read as a whole: in the form at once; while `patient`, by `aside`, off the window's thread,
    and `is_read` is False until that is done.
    """

    changed = Signal()
    _read_aside = Signal(object)

    def __init__(self, *, aside: Aside = at_once, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = QTextDocument(self)
        self.document.setDocumentLayout(QPlainTextDocumentLayout(self.document))
        self.document.contentsChange.connect(self._note_change)
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.timeout.connect(self.read)
        self.patient = False
        self._aside = aside
        self._pump = UNKNOWN
        self._being_read = False
        self._read_aside.connect(self._take_aside)
        self._file: Path | None = None
        self._originals = Originals("")
        self._text: str | None = ""
        self._read_text: str | None = None
        self._reading = Reading(None)
        self._laid_out: Plan | LaidOut | None = None
        self._pieces: Pieces | None = None
        self._by_pieces = False
        self._cutting = False
        self._merge = ""
        self._written = AsWritten()

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
    def plays(self) -> bool:
        """Whether there is a plan."""
        return self._laid_out is not None

    @property
    def plan(self) -> Plan | None:
        """It is put together when it is first asked for."""
        return self._laid_out.plan if isinstance(self._laid_out, LaidOut) else self._laid_out

    @property
    def is_read(self) -> bool:
        """Whether `reading` is of the text as it stands."""
        return self._read_text == self.text

    def text_to_save(self) -> str:
        """The text as its file is to hold it, with the line ends and the byte-order mark it came with."""
        return self._originals.written(self.text)

    def fields(self, place: Place) -> dict[str, Any]:
        """
        The keys of the routine, a step or a group as they are written, problems or not, without its `steps`.

        Texts are text, lists lists. Raises `EditError` where the text cannot be read that far.
        """
        return self._written.fields(self.text, place, self._unreadable, whole=not self._by_pieces)

    def parts(self) -> list[Any]:
        """The routine's own steps: the good ones as steps and groups, the others as written, in lists and dicts."""
        if self._by_pieces and self._pieces is not None:
            return self._pieces.parts()
        if self._reading.routine is not None:
            return [*self._reading.routine.steps]
        return self._written.steps(self.text, self._unreadable)

    @property
    def _unreadable(self) -> str:
        """Why the text as it stands cannot be read at all; "" where it can, or nobody has read it yet."""
        if not self.is_read:
            return ""
        problems = self._reading.problems  # of what cannot be read at all there is one
        return problems[0].message if len(problems) == 1 and problems[0].where == "file" else ""

    def problems_of(self, place: Place, key: str = "") -> list[Problem]:
        """What is to be looked at in a part, or in one key of it and beneath; problems before warnings."""
        found = [*self._reading.problems, *self._reading.warnings]
        where = written_place(place, key)
        if not key and not place:
            return [problem for problem in found if place_written(problem.where) == ()]
        return [p for p in found if p.where == where or p.where.startswith((f"{where}.", f"{where}["))]

    @property
    def problems_of_all(self) -> list[Problem]:
        """What is the matter with all steps together, such as that they take too long."""
        return [problem for problem in self._reading.problems if problem.where == "steps"]

    def place_at(self, offset: int) -> Place | None:
        """The step or group written at a character, by what was read last; None outside of all of them."""
        places = self._reading.places
        if isinstance(places, Places):
            return places.part_at(offset)
        steps = places.get("steps")
        if steps is None or not steps.start <= offset <= steps.end:
            return None
        return nearest_part(places, offset)

    # What is done

    def open(self, text: str, *, file: Path | None = None, pump: Pump = UNKNOWN) -> None:
        """Take a text in place of the one before; nothing of that can be undone any more."""
        self._file, self._pump = file, pump
        self._originals = Originals(text)
        self._laid_out = None
        self._pieces = None
        self._merge = ""
        self.document.setPlainText(text.removeprefix(MARK))
        self.document.setModified(False)
        self._read_text = None
        self.read_now()
        if len(self.text) >= LONG:
            _leave_uncollected()

    @property
    def pump(self) -> Pump:
        """Hers, for the texts that speak of its level."""
        return self._pump

    def lay_out_for(self, pump: Pump) -> None:
        """Lay the text out for a pump, as its session will be."""
        if pump != self._pump:
            self._pump = pump
            self._pieces = self._read_text = None
            self.read_now()

    def take(self, text: str) -> None:
        """Put another version in the place of this one; undo brings this one back."""
        edits = difference(self.text, self._originals.add(text))
        if edits:
            self._apply(self.text, edits, join=False)
            self.read_now()

    @_uncollected()
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
            self.read()
        return ""

    def undo(self) -> None:
        self._merge = ""
        self.document.undo()
        self.read()

    def redo(self) -> None:
        self._merge = ""
        self.document.redo()
        self.read()

    def end_merge(self) -> None:
        """What is typed next is a step of undo of its own."""
        self._merge = ""

    def read(self) -> None:
        """Read the text as it stands; `changed` tells when that is done."""
        self.typing.stop()
        text = self.text
        if text == self._read_text:
            return
        reading = self._pieces.read(text) if self._pieces is not None else None
        if reading is not None and self._pieces is not None:
            self._show(text, reading, self._pieces.laid_out, by_pieces=True)
        elif self.patient and len(text) >= LONG:
            self._begin_aside()
        else:
            self._take(Whole.of(text, self._file, self._pump))

    def read_now(self) -> None:
        """As `read`, and done when this returns."""
        patient, self.patient = self.patient, False
        self.read()
        self.patient = patient

    # How

    def _begin_aside(self) -> None:
        if self._being_read:
            return
        self._being_read = True
        text, file, pump = self.text, self._file, self._pump

        def work() -> None:
            whole = Whole.of(text, file, pump)
            with suppress(RuntimeError):  # the window may be gone by now
                self._read_aside.emit(whole)

        self._aside(work)

    def _take_aside(self, whole: Whole) -> None:
        self._being_read = False
        if whole.text == self.text:
            if not self.is_read:
                self._take(whole)
        elif not self.typing.isActive():
            self.read()

    def _take(self, whole: Whole) -> None:
        if whole.pieces is not None:
            self._pieces = whole.pieces
            whole.pieces.keep()
        self._show(whole.text, whole.reading, whole.laid_out, by_pieces=whole.pieces is not None)

    def _show(self, text: str, reading: Reading, laid_out: Plan | LaidOut | None, *, by_pieces: bool) -> None:
        self._read_text, self._reading, self._by_pieces = text, reading, by_pieces
        self._laid_out = laid_out or self._laid_out
        self.changed.emit()

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
        self._written.forget_fields()
        if not self._cutting:
            self._merge = ""
            self.typing.start(TYPING)


def _leave_uncollected() -> None:
    """
    Have the collector pass over what there is now: a long text is 100,000 small objects, in no cycles.

    Looking through them takes a twentieth of a second, which would be that of some edit; reference counting frees them.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
