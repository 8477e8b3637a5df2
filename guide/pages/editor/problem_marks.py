"""What is to be looked at in the text: underlined where it stands, the nearest told in words beneath its line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from guide.kit.focus import announce
from guide.kit.look import Look
from guide.pages.editor.document import units
from guide.pages.editor.offsets import Offsets
from guide.pages.editor.problem_band import BAND_BELOW, BAND_GAP, Lookout, ProblemBand, ShownProblem
from guide.pages.editor.text_layout import EDGE, MARGIN
from guide.pages.editor.text_pane import TextPane
from guide.store.yaml.problem import Fix, Problem

_WORD: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s:,\[\]{}]+|\S")


class ProblemMarks(QObject):
    """
    Holds the problems of a text view, at places that move with the text.

    A fix is asked for, not made; `put` puts the cursor somewhere.
    """

    fix_asked = Signal(object)

    def __init__(
        self, pane: TextPane, *, offsets: Offsets, lookout: Lookout, look: Look, put: Callable[[int], None]
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._document = pane.document()
        self._offsets = offsets
        self._put = put
        self._things: list[ShownProblem] = []
        self._told: ShownProblem | None = None
        self._said = ""
        self.lookout = lookout
        self.band = ProblemBand(pane.viewport(), look=look)
        self.band.pressed.connect(self.take_fix)
        lookout.clicked.connect(self.go_to_next)
        lookout.tell(0)
        pane.mouse_released.connect(self.tell_nearest)
        pane.painted_anew.connect(self.place_band)
        self._document.contentsChange.connect(self._follow_change)

    def show_all(self, problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> None:
        """Underline these, and tell the nearest one beneath its line."""
        things = [
            *(self._thing(problem, loud=True) for problem in problems),
            *(self._thing(warning, loud=False) for warning in warnings),
        ]
        self._things = sorted(things, key=lambda thing: thing.position)
        self._pane.underline([(thing.at, thing.loud) for thing in self._things])
        self.lookout.tell(len(self._things))
        self._told = None
        self.tell_nearest()

    def go_to_next(self) -> None:
        self._go(forward=True)

    def go_to_previous(self) -> None:
        self._go(forward=False)

    def take_fix(self) -> None:
        """Ask for the fix that is offered, at the place where it is by now."""
        thing = self._told
        if thing is None or thing.problem.fix is None or thing.fix_at is None:
            return
        start, end = thing.fix_at.selectionStart(), thing.fix_at.selectionEnd()
        fix = thing.problem.fix
        self._pane.setFocus()
        self.fix_asked.emit(Fix(self._offsets.chars(start), self._offsets.chars(end), fix.text, fix.label))

    def _thing(self, problem: Problem, *, loud: bool) -> ShownProblem:
        document = self._document
        block = document.findBlockByNumber(min(max(problem.line - 1, 0), document.blockCount() - 1))
        line = block.text()
        column = min(max(problem.column - 1, 0), len(line))
        word = _WORD.match(line, column)
        end = word.end() if word else min(column + 1, len(line))
        fix_at = None
        if problem.fix is not None:
            fix_at = self._marked(self._offsets.units(problem.fix.start), self._offsets.units(problem.fix.end))
        at = self._marked(block.position() + units(line, column), block.position() + units(line, end))
        return ShownProblem(problem, loud, at, fix_at)

    def _marked(self, start: int, end: int) -> QTextCursor:
        most = self._document.characterCount() - 1
        cursor = QTextCursor(self._document)
        cursor.setPosition(max(0, min(start, most)))
        cursor.setPosition(max(0, min(end, most)), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def tell_nearest(self) -> None:
        if self._pane.is_pressed:
            return  # a band that comes and goes would move the text under the pointer
        nearest = self._nearest()
        if nearest is self._told and nearest is not None:
            self.show_band()
            return
        self._told = nearest
        if nearest is None:
            self._said = ""
            if self.band.button.hasFocus():
                self._pane.setFocus()
            self.band.hide()
            self._pane.light(-1, 0, loud=False)
            return
        self.band.tell(nearest)
        self.show_band()
        if nearest.number == self._pane.textCursor().blockNumber():
            self.keep_band_in_sight()
        told = self.band.accessibleName()
        if told != self._said:
            self._said = told
            announce(self._pane, told)

    def _nearest(self) -> ShownProblem | None:
        cursor = self._pane.textCursor()
        number, position = cursor.blockNumber(), cursor.position()
        index = bisect_right([thing.position for thing in self._things], position)
        return min(
            self._things[max(0, index - 1) : index + 1],
            key=lambda thing: (abs(thing.number - number), abs(thing.position - position)),
            default=None,
        )

    def show_band(self) -> None:
        if self._told is None:
            return
        width = self._band_width()
        height = self.band.height_for(width)
        self.band.resize(width, height)
        lead = self._pane.roomy.lead
        room = BAND_GAP + height + BAND_BELOW - lead / 2
        self._pane.light(self._told.number, room, loud=self._told.loud)
        self.place_band()

    def _band_width(self) -> int:
        return max(160, self._pane.viewport().width() - MARGIN - EDGE)

    def place_band(self) -> None:
        if self._told is None:
            return
        top, bottom = self._band_ends(self._told)
        in_sight = top < self._pane.viewport().height() and bottom > 0
        if in_sight:
            self.band.setGeometry(MARGIN, top, self._band_width(), self.band.height())
        if in_sight == self.band.isHidden():
            self.band.setVisible(in_sight)

    def _band_ends(self, told: ShownProblem) -> tuple[int, int]:
        """Where the band begins in the viewport, and where the room of its line ends; both may lie outside."""
        block = self._document.findBlockByNumber(told.number)
        if not block.isValid() or told.number < self._pane.firstVisibleBlock().blockNumber():
            return -9_999, -9_999
        rect = self._pane.line_rect(block)
        top = rect.bottom() - self._pane.roomy.room - self._pane.roomy.lead + BAND_GAP
        return round(top), round(rect.bottom())

    def _go(self, *, forward: bool) -> None:
        if not self._things:
            return
        position = self._pane.textCursor().position()
        starts = [thing.position for thing in self._things]
        index = bisect_right(starts, position) % len(starts) if forward else bisect_left(starts, position) - 1
        self._put(starts[index])
        self.keep_band_in_sight()
        self._pane.setFocus()
        announce(self._pane, self.band.accessibleName())

    def keep_band_in_sight(self) -> None:
        """Scroll as far as the band needs; below the last line in sight it is not even shown yet."""
        bar = self._pane.verticalScrollBar()
        while self._told is not None:
            top, _bottom = self._band_ends(self._told)
            before = bar.value()
            if top + self.band.height() <= self._pane.viewport().height() or self._pane.cursorRect().top() < 0:
                return
            bar.setValue(before + 1)
            self.place_band()
            if bar.value() == before:
                return

    def _follow_change(self, _: int, __: int, ___: int) -> None:
        if self._told is not None:
            self._pane.renumber(self._told.number)
