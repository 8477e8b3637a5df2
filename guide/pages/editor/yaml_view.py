"""The text view of the editor."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.cards import Card
from guide.kit.direction import margins
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.marks import Rule
from guide.kit.nesting import nest
from guide.language import _
from guide.pages.editor.find_bar import FindBar
from guide.pages.editor.finding import TextFinder
from guide.pages.editor.highlighter import Highlighter
from guide.pages.editor.offers import OffersAtCursor
from guide.pages.editor.offsets import Offsets
from guide.pages.editor.problem_band import Lookout
from guide.pages.editor.problem_marks import ProblemMarks
from guide.pages.editor.text_layout import EDGE
from guide.pages.editor.text_pane import TextPane


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
        self.pane = TextPane(look=look, document=document, parent=self)
        self._offsets = Offsets(document, parent=self)
        self.highlighter = Highlighter(document, look=look)
        self.place = Label("", look=look, role="small", tint="text2", parent=self)
        self.lookout = Lookout(look=look, parent=self)
        self.find_bar = FindBar(look=look, parent=self)
        self._find_rule = Rule(look=look, parent=self)
        self._find_rule.hide()
        self.marks = ProblemMarks(
            self.pane, offsets=self._offsets, lookout=self.lookout, look=look, put=self._put_cursor
        )
        self.offers = OffersAtCursor(self.pane, look=look, view=self)
        self.finding = TextFinder(
            self.pane, bar=self.find_bar, rule=self._find_rule, offsets=self._offsets, put=self._put_cursor
        )
        self._lay_out()
        self.setFocusProxy(self.pane)
        self.setTabOrder(self.pane, self.marks.band.button)
        self.setTabOrder(self.marks.band.button, self.lookout)
        self.pane.installEventFilter(self)
        self.pane.cursorPositionChanged.connect(self._take_cursor)
        self.marks.fix_asked.connect(self.fix_asked)
        look.changed.connect(self._restyle)
        self._show_place()

    def _lay_out(self) -> None:
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.place)
        self._foot.addStretch(1)
        self._foot.addWidget(self.lookout)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._find_rule)
        column.addSpacing(14)
        self.pane.setMinimumHeight(40)  # in a low window the bars above and below stay whole
        column.addWidget(self.pane, 1)
        column.addWidget(Rule(look=self._look, parent=self))
        nest(column, self._foot)
        self._foot.setContentsMargins(margins(EDGE, 3, EDGE - 12, 4))
        self._leave_edge()
        self._foot.addStrut(max(SMALLEST_TARGET, self._look.px(36)))

    # The cursor

    def cursor_offset(self) -> int:
        return self._offsets.chars(self.pane.textCursor().position())

    def reveal(self, offset: int) -> None:
        """Put the cursor before a character of the text, and the text where it can be seen."""
        self._put_cursor(self._offsets.units(offset))
        self.marks.keep_band_in_sight()

    def _put_cursor(self, position: int) -> None:
        cursor = self.pane.textCursor()
        cursor.setPosition(max(0, min(position, self._document.characterCount() - 1)))
        in_sight = self.pane.viewport().rect().contains(self.pane.cursorRect(cursor))
        self.pane.setTextCursor(cursor)
        if not in_sight and self.isVisible():
            self.pane.centerCursor()

    def _take_cursor(self) -> None:
        self._show_place()
        self.marks.tell_nearest()
        self.offers.follow_cursor()
        self.cursor_moved.emit(self.cursor_offset())

    def _show_place(self) -> None:
        cursor = self.pane.textCursor()
        line, column = cursor.blockNumber() + 1, self.pane.column(cursor) + 1
        self.place.setText(_("Ln {line}, Col {column}").format(line=line, column=column))
        self.place.setAccessibleName(_("Line {line}, column {column}").format(line=line, column=column))

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
            self.offers.close()
        return False

    def _wants(self, event: QKeyEvent) -> bool:
        """Keys that are the text's before they are the page's."""
        pressed, key = _without_keypad(event), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            return self.offers.are_shown or not self.find_bar.isHidden()
        return (pressed, key) in _KEYS

    def _take_key(self, event: QKeyEvent) -> bool:
        pressed, key = _without_keypad(event), Qt.Key(event.key())
        if self.offers.are_shown and self.offers.take_key(pressed, key):
            return True
        if key == Qt.Key.Key_Escape and not self.find_bar.isHidden():
            self.finding.close()
            return True
        name = _KEYS.get((pressed, key))
        match name:
            case "complete":
                self.offers.complete()
            case "next":
                self.marks.go_to_next()
            case "previous":
                self.marks.go_to_previous()
            case "find":
                self.finding.open()
            case "find next":
                self.finding.go(1)
            case "find previous":
                self.finding.go(-1)
            case "fix":
                self.marks.take_fix()
            case _:
                return False
        return True

    # Qt

    def _leave_edge(self) -> None:
        edge = round(self._look.theme.edge)  # the card's own line, which no tint covers
        self._column.setContentsMargins(edge, 0, edge, 0)

    def _restyle(self) -> None:
        self._leave_edge()
        self.offers.close()
        self.marks.show_band()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.highlighter.wake()
        self.pane.ensureCursorVisible()  # it may have been put somewhere before there was a size to show it in
        self.marks.keep_band_in_sight()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.highlighter.sleep()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.offers.close()
        self.marks.show_band()


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
