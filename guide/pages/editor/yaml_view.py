"""The text view of the editor."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.cards import Card
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.marks import Rule
from guide.language import _, grouped
from guide.pages.editor.completion import Completion, Offers, offers_at
from guide.pages.editor.document import units
from guide.pages.editor.find_bar import FindBar
from guide.pages.editor.highlighter import Highlighter
from guide.pages.editor.offer_list import OfferList
from guide.pages.editor.offsets import Offsets
from guide.pages.editor.problem_band import BAND_BELOW, BAND_GAP, Lookout, ProblemBand, ShownProblem
from guide.pages.editor.text_layout import EDGE, MARGIN
from guide.pages.editor.text_pane import TextPane
from guide.store.yaml.problem import Fix, Problem

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_WORD: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s:,\[\]{}]+|\S")


class YamlView(Card):
    """
    The text view of the editor, over the document that the form is cut into as well.

    Offsets are counted in characters of the text. Fixes are asked for, not made: the document has one who changes it.
    """

    fix_asked = Signal(object)
    cursor_moved = Signal(int)

    def __init__(self, *, look: Look, document: QTextDocument, parent: QWidget | None = None) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self._document = document
        self._things: list[ShownProblem] = []
        self._told: ShownProblem | None = None
        self._said = ""
        self._offers: tuple[int, Offers] | None = None
        self._looked_for: tuple[int, int] | None = None
        self._found: tuple[int, str, list[int]] | None = None
        self.pane = TextPane(look=look, document=document, parent=self)
        self._offsets = Offsets(document, parent=self)
        self.highlighter = Highlighter(document, look=look)
        self.band = ProblemBand(self.pane.viewport(), look=look)
        self.place = Label("", look=look, role="small", tint="text2", parent=self)
        self.lookout = Lookout(look=look, parent=self)
        self.find_bar = FindBar(look=look, parent=self)
        self.offer_list = OfferList(self, look=look)
        self._lay_out()
        self.setFocusProxy(self.pane)
        self.setTabOrder(self.pane, self.band.button)
        self.setTabOrder(self.band.button, self.lookout)
        self.pane.installEventFilter(self)
        self.pane.cursorPositionChanged.connect(self._take_cursor)
        self.pane.typed.connect(self._take_typed)
        self.pane.mouse_released.connect(self._tell_nearest)
        self.pane.painted_anew.connect(self._place_band)
        self.band.pressed.connect(self.take_fix)
        self.lookout.clicked.connect(self._follow_lookout)
        self.find_bar.asked.connect(self.find_words)
        self.find_bar.changed.connect(self._find_as_typed)
        self.find_bar.left.connect(self.close_find)
        self.offer_list.taken.connect(self._write_offer)
        document.contentsChange.connect(self._follow_change)
        look.changed.connect(self._restyle)
        self.lookout.tell(0)
        self._show_place()

    def _lay_out(self) -> None:
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.place)
        self._foot.addStretch(1)
        self._foot.addWidget(self.lookout)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(0)
        self._find_rule = Rule(look=self._look, parent=self)
        self._find_rule.hide()
        column.addWidget(self.find_bar)
        column.addWidget(self._find_rule)
        column.addSpacing(14)
        column.addWidget(self.pane, 1)
        column.addWidget(Rule(look=self._look, parent=self))
        column.addLayout(self._foot)
        self._foot.setContentsMargins(EDGE, 3, EDGE - 12, 4)
        self._leave_edge()
        self._foot.addStrut(max(SMALLEST_TARGET, self._look.px(36)))

    # What is to be looked at

    def show_problems(self, problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> None:
        """Underline these, and tell the nearest one beneath its line."""
        things = [
            *(self._thing(problem, loud=True) for problem in problems),
            *(self._thing(warning, loud=False) for warning in warnings),
        ]
        self._things = sorted(things, key=lambda thing: thing.position)
        self.pane.underline([(thing.at, thing.loud) for thing in self._things])
        self.lookout.tell(len(self._things))
        self._told = None
        self._tell_nearest()

    def go_to_next_problem(self) -> None:
        self._go(forward=True)

    def go_to_previous_problem(self) -> None:
        self._go(forward=False)

    def take_fix(self) -> None:
        """Ask for the fix that is offered, at the place where it is by now."""
        thing = self._told
        if thing is None or thing.problem.fix is None or thing.fix_at is None:
            return
        start, end = thing.fix_at.selectionStart(), thing.fix_at.selectionEnd()
        fix = thing.problem.fix
        self.pane.setFocus()
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

    def _tell_nearest(self) -> None:
        if self.pane.is_pressed:
            return  # a band that comes and goes would move the text under the pointer
        nearest = self._nearest()
        if nearest is self._told and nearest is not None:
            self._show_band()
            return
        self._told = nearest
        if nearest is None:
            self._said = ""
            if self.band.button.hasFocus():
                self.pane.setFocus()
            self.band.hide()
            self.pane.light(-1, 0, loud=False)
            return
        self.band.tell(nearest)
        self._show_band()
        if nearest.number == self.pane.textCursor().blockNumber():
            self._keep_band_in_sight()
        told = self.band.accessibleName()
        if told != self._said:
            self._said = told
            announce(self.pane, told)

    def _nearest(self) -> ShownProblem | None:
        cursor = self.pane.textCursor()
        number, position = cursor.blockNumber(), cursor.position()
        index = bisect_right([thing.position for thing in self._things], position)
        return min(
            self._things[max(0, index - 1) : index + 1],
            key=lambda thing: (abs(thing.number - number), abs(thing.position - position)),
            default=None,
        )

    def _show_band(self) -> None:
        if self._told is None:
            return
        width = self._band_width()
        height = self.band.height_for(width)
        self.band.resize(width, height)
        lead = self.pane.roomy.lead
        room = BAND_GAP + height + BAND_BELOW - lead / 2
        self.pane.light(self._told.number, room, loud=self._told.loud)
        self._place_band()

    def _band_width(self) -> int:
        return max(160, self.pane.viewport().width() - MARGIN - EDGE)

    def _place_band(self) -> None:
        if self._told is None:
            return
        block = self._document.findBlockByNumber(self._told.number)
        viewport = self.pane.viewport()
        first = self.pane.firstVisibleBlock().blockNumber()
        rect = self.pane.line_rect(block) if block.blockNumber() >= first else QRectF(0, -9_999, 1, 1)
        y = round(rect.bottom() - self.pane.roomy.room - self.pane.roomy.lead + BAND_GAP)
        in_sight = block.isValid() and y < viewport.height() and rect.bottom() > 0
        if in_sight:
            self.band.setGeometry(MARGIN, y, self._band_width(), self.band.height())
        if in_sight == self.band.isHidden():
            self.band.setVisible(in_sight)

    def _go(self, *, forward: bool) -> None:
        if not self._things:
            return
        position = self.pane.textCursor().position()
        starts = [thing.position for thing in self._things]
        index = bisect_right(starts, position) % len(starts) if forward else bisect_left(starts, position) - 1
        self._put_cursor(starts[index])
        self._keep_band_in_sight()
        self.pane.setFocus()
        announce(self.pane, self.band.accessibleName())

    def _follow_lookout(self) -> None:
        self.go_to_next_problem()

    def _keep_band_in_sight(self) -> None:
        bar = self.pane.verticalScrollBar()
        while self.band.isVisible() and self.band.geometry().bottom() > self.pane.viewport().height():
            before = bar.value()
            bar.setValue(before + 1)
            self._place_band()
            if bar.value() == before or self.pane.cursorRect().top() < 0:
                return

    def _follow_change(self, _: int, __: int, ___: int) -> None:
        if self._told is not None:
            self.pane.renumber(self._told.number)
        self._found = None

    # The cursor

    def cursor_offset(self) -> int:
        return self._offsets.chars(self.pane.textCursor().position())

    def reveal(self, offset: int) -> None:
        """Put the cursor before a character of the text, and the text where it can be seen."""
        self._put_cursor(self._offsets.units(offset))
        self._keep_band_in_sight()

    def _put_cursor(self, position: int) -> None:
        cursor = self.pane.textCursor()
        cursor.setPosition(max(0, min(position, self._document.characterCount() - 1)))
        in_sight = self.pane.viewport().rect().contains(self.pane.cursorRect(cursor))
        self.pane.setTextCursor(cursor)
        if not in_sight and self.isVisible():
            self.pane.centerCursor()

    def _take_cursor(self) -> None:
        self._show_place()
        self._tell_nearest()
        self._forget_left_word()
        if self._offers is not None:
            self._offer_again()
        self.cursor_moved.emit(self.cursor_offset())

    def _show_place(self) -> None:
        cursor = self.pane.textCursor()
        line, column = cursor.blockNumber() + 1, self.pane.column(cursor) + 1
        self.place.setText(_("Ln {line}, Col {column}").format(line=line, column=column))
        self.place.setAccessibleName(_("Line {line}, column {column}").format(line=line, column=column))

    # Words that fit

    def complete(self) -> None:
        """Offer what fits at the cursor."""
        self._offer(asked=True)

    def _take_typed(self, typed: str) -> None:
        if self._offers is not None:
            self._offer_again()
        elif typed and (typed.isalnum() or typed == " "):
            self._offer(asked=False)

    def _offer(self, *, asked: bool) -> None:
        self._close_offers()
        cursor = self.pane.textCursor()
        block = cursor.block()
        number, column = block.blockNumber(), self.pane.column(cursor)
        word = number, len(block.text()[:column].rstrip(_LETTERS))
        if not asked and word == self._looked_for:
            return
        self._looked_for = word
        lines = self._document.toRawText().split("\u2029")
        offers = offers_at(lines, number, column, self.pane.state_before(block))
        if offers is None or (not asked and offers.are_keys and not offers.typed):
            return
        self._offers = number, offers
        self._offer_again(asked=asked)

    def _forget_left_word(self) -> None:
        cursor = self.pane.textCursor()
        if self._looked_for is not None:
            number, column = self._looked_for
            if cursor.blockNumber() != number or self.pane.column(cursor) <= column:
                self._looked_for = None

    def _offer_again(self, *, asked: bool = False) -> None:
        """Narrow what is offered down to what is typed by now."""
        if self._offers is None:
            return
        number, offers = self._offers
        cursor = self.pane.textCursor()
        line = cursor.block().text()
        typed = line[offers.column : self.pane.column(cursor)]
        now = Offers(offers.column, typed, offers.items, offers.are_keys)
        found = now.matching()
        whole = not offers.are_keys and not asked and [offer.word for offer in found] == [typed]
        begun = cursor.blockNumber() == number and self.pane.column(cursor) >= offers.column
        gone = offers.are_keys and not asked and not typed
        if not begun or not found or whole or gone or typed.endswith("  ") or cursor.hasSelection():
            self._close_offers()
            return
        start = QTextCursor(cursor.block())
        start.setPosition(cursor.block().position() + units(line, offers.column))
        rect = self.pane.cursorRect(start)
        corner = self.pane.viewport().mapTo(self, rect.topLeft())
        self.offer_list.offer(found, QRect(corner, rect.size()))

    def _close_offers(self) -> None:
        self._offers = None
        self.offer_list.hide()

    def _write_offer(self, offer: Completion) -> None:
        if self._offers is None:
            return
        column = self._offers[1].column
        self._close_offers()
        cursor = self.pane.textCursor()
        block = cursor.block()
        cursor.setPosition(block.position() + units(block.text(), column), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.text)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, offer.back)
        self.pane.setTextCursor(cursor)
        self.pane.setFocus()
        if offer.text != offer.word:
            self._offer(asked=False)

    # Finding

    def open_find(self) -> None:
        chosen = self.pane.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.find_bar.field.setText(chosen)
        self.find_bar.show()
        self._find_rule.show()
        self.find_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_bar.field.selectAll()
        self._show_count()

    def close_find(self) -> None:
        self.find_bar.hide()
        self._find_rule.hide()
        self.pane.setFocus()

    def find_words(self, step: int) -> None:
        """Choose the next place (1), or the one before (-1), where the words stand; round at the ends."""
        wanted, places = self._places()
        if not places:
            self._show_count()
            return
        cursor = self.pane.textCursor()
        here = self._offsets.chars(cursor.selectionStart())
        index = bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
        self._choose(places[index % len(places)], len(wanted))

    def _find_as_typed(self) -> None:
        wanted, places = self._places()
        if places:
            here = self._offsets.chars(self.pane.textCursor().selectionStart())
            self._choose(places[bisect_left(places, here) % len(places)], len(wanted))
        else:
            self._show_count()

    def _places(self) -> tuple[str, list[int]]:
        """Where the words stand, capital letters or not; the text is looked through once for each change of either."""
        wanted = self.find_bar.field.text()
        revision = self._document.revision()
        if self._found is None or self._found[:2] != (revision, wanted):
            text = self._document.toRawText()
            words = re.compile(re.escape(wanted), re.IGNORECASE)
            self._found = revision, wanted, [found.start() for found in words.finditer(text)] if wanted else []
        return wanted, self._found[2]

    def _choose(self, start: int, length: int) -> None:
        self._put_cursor(self._offsets.units(start))
        cursor = self.pane.textCursor()
        cursor.setPosition(self._offsets.units(start + length), QTextCursor.MoveMode.KeepAnchor)
        self.pane.setTextCursor(cursor)
        self._show_count()

    def _show_count(self) -> None:
        wanted, places = self._places()
        here = self._offsets.chars(self.pane.textCursor().selectionStart())
        index = bisect_left(places, here)
        if not wanted:
            words = ""
        elif not places:
            words = _("Not in the text")
        elif index < len(places) and places[index] == here:
            words = _("{n} of {all}").format(n=grouped(index + 1), all=grouped(len(places)))
        else:
            words = _("{n} found").format(n=grouped(len(places)))
        self.find_bar.count.setText(words)
        if words:
            announce(self.find_bar, words)

    # Keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.pane:
            return False
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._wants(event):
                event.accept()
                return True
            return event.type() == QEvent.Type.KeyPress and self._take_key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._close_offers()
        return False

    def _wants(self, event: QKeyEvent) -> bool:
        """Keys that are the text's before they are the page's."""
        pressed, key = _without_keypad(event), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            return self._offers is not None or not self.find_bar.isHidden()
        return (pressed, key) in _KEYS

    def _take_key(self, event: QKeyEvent) -> bool:
        pressed, key = _without_keypad(event), Qt.Key(event.key())
        if self._offers is not None and self._take_key_for_offers(pressed, key):
            return True
        if key == Qt.Key.Key_Escape and not self.find_bar.isHidden():
            self.close_find()
            return True
        name = _KEYS.get((pressed, key))
        match name:
            case "complete":
                self.complete()
            case "next":
                self.go_to_next_problem()
            case "previous":
                self.go_to_previous_problem()
            case "find":
                self.open_find()
            case "find next":
                self.find_words(1)
            case "find previous":
                self.find_words(-1)
            case "fix":
                self.take_fix()
            case _:
                return False
        return True

    def _take_key_for_offers(self, pressed: Qt.KeyboardModifier, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self._close_offers()
            return True
        if pressed != Qt.KeyboardModifier.NoModifier:
            return False
        match key:
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.offer_list.step(-1 if key == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.offer_list.page(-1 if key == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self.offer_list.take()
            case _:
                return False
        return True

    # Qt

    def _leave_edge(self) -> None:
        edge = round(self._look.theme.edge)  # the card's own line, which no tint covers
        self._column.setContentsMargins(edge, 0, edge, 0)

    def _restyle(self) -> None:
        self._leave_edge()
        self._close_offers()
        self._show_band()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pane.ensureCursorVisible()  # it may have been put somewhere before there was a size to show it in
        self._keep_band_in_sight()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._close_offers()
        self._show_band()


def _without_keypad(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_KEYS: Final = {
    (_CONTROL, Qt.Key.Key_Space): "complete",
    (_PLAIN, Qt.Key.Key_F8): "next",
    (_SHIFT, Qt.Key.Key_F8): "previous",
    (_CONTROL, Qt.Key.Key_F): "find",
    (_PLAIN, Qt.Key.Key_F3): "find next",
    (_SHIFT, Qt.Key.Key_F3): "find previous",
    (_ALT, Qt.Key.Key_Return): "fix",
    (_ALT, Qt.Key.Key_Enter): "fix",
}
