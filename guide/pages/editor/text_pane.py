"""The text itself: what is typed, underlined and tinted."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from guide.compat import override
from guide.kit.dress import bare_fields, dress
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import _
from guide.pages.editor.line_keys import LineKeys
from guide.pages.editor.offsets import chars_before
from guide.pages.editor.text_layout import EDGE, LINE, MARGIN, Gutter, Roomy, mono
from guide.pages.editor.text_paint import paint_chosen, paint_underline

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextPane(Guarded, QPlainTextEdit):
    """The text itself. It underlines and tints what it is told to; what that means is its view's business."""

    typed = Signal(str)
    mouse_released = Signal()
    painted_anew = Signal()

    def __init__(self, *, look: Look, document: QTextDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._underlines: list[tuple[QTextCursor, bool]] = []
        self._lit = -1
        self._lit_strongly = False
        self.is_pressed = False
        self._gutter = Gutter(self)
        self._lines = LineKeys(self)
        layout = Roomy(document)
        document.setDocumentLayout(layout)
        self.setDocument(document)
        self.roomy = layout
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # YAML, whatever the screen's language
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setAccessibleName(_("The routine's text"))
        self.setAccessibleDescription(_("Tab indents. To leave the text, press Escape and then Tab or Shift+Tab."))
        self.updateRequest.connect(self._follow)
        self.blockCountChanged.connect(self._make_room_for_numbers)
        self.cursorPositionChanged.connect(self._repaint)
        dress(self, bare_fields, look=look)
        look.changed.connect(self.restyle)
        self.restyle()

    # What is shown

    def restyle(self) -> None:
        font = mono(self._look)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._gutter.setFont(font)
        self.roomy.lead = max(2.0, self._look.px(LINE) - ceil(QFontMetricsF(font).height()))
        self._make_room_for_numbers()
        self._relay()

    def underline(self, places: list[tuple[QTextCursor, bool]]) -> None:
        """Dot the lines beneath these places, the loud ones in the accent."""
        self._underlines = places
        self.viewport().update()

    def light(self, number: int, room: float, *, loud: bool) -> None:
        """Tint one line, and keep this much room beneath it; -1 for none."""
        was = self._lit, self.roomy.number, self.roomy.room
        self._lit, self._lit_strongly = number, loud
        self.roomy.number, self.roomy.room = number, room if number >= 0 else 0.0
        if was != (self._lit, self.roomy.number, self.roomy.room):
            in_sight = self.viewport().rect().contains(self.cursorRect().center())
            self._relay()
            if in_sight:
                self.ensureCursorVisible()
        self._repaint()

    def renumber(self, number: int) -> None:
        """Keep the room beneath the line it belongs to while lines come and go above; called within a change."""
        self._lit = self.roomy.number = number

    def line_rect(self, block: QTextBlock) -> QRectF:
        """Where a line is in the viewport, its room included; it may lie outside."""
        return self.blockBoundingGeometry(block).translated(self.contentOffset())

    def state_before(self, block: QTextBlock) -> int:
        return max(0, block.previous().userState()) if block.blockNumber() else 0

    def column(self, cursor: QTextCursor | None = None) -> int:
        """Count the characters before the cursor on its line."""
        cursor = cursor or self.textCursor()
        return chars_before(cursor.block().text(), cursor.positionInBlock())

    def gutter_width(self) -> int:
        digits = max(2, len(str(self.blockCount())))
        return round(EDGE - 6 + QFontMetricsF(self.font()).horizontalAdvance("0") * digits + 20) - MARGIN

    def paint_gutter(self, painter: QPainter) -> None:
        theme = self._look.theme
        current = self.textCursor().blockNumber()
        right = self._gutter.width() - 20 + MARGIN
        top = self.viewport().y()
        painter.setFont(self.font())
        for block, rect in self._in_sight():
            place = rect.translated(0, top)
            self._paint_tint(painter, block, QRectF(0, place.y(), self._gutter.width(), place.height()), current)
            number = block.blockNumber()
            if number == self._lit:
                painter.setPen(theme.accent_text if self._lit_strongly else theme.text)
            else:
                painter.setPen(theme.text2 if number == current else theme.text3)
            words = QRectF(0, place.y(), right, QFontMetricsF(self.font()).height() + MARGIN)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(number + 1))

    def _in_sight(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        block = self.firstVisibleBlock()
        rect = self.line_rect(block)
        height = self.viewport().height()
        while block.isValid() and rect.top() <= height:
            yield block, rect
            below = rect.bottom()
            block = block.next()
            if block.isValid():
                rect = self.blockBoundingRect(block).translated(0, below)

    def _paint_tint(self, painter: QPainter, block: QTextBlock, rect: QRectF, current: int) -> None:
        theme = self._look.theme
        number = block.blockNumber()
        lead = self.roomy.lead
        rect = rect.adjusted(0, -lead / 2, 0, -lead / 2)
        if number == self._lit:
            painter.fillRect(rect, theme.accent_soft if self._lit_strongly else theme.raised)
        elif number == current:
            painter.fillRect(rect, theme.raised)

    def _paint_underlines(self, painter: QPainter) -> None:
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sight = {block.blockNumber(): (block, rect) for block, rect in self._in_sight()}
        for cursor, loud in self._underlines:
            found = sight.get(self.document().findBlock(cursor.selectionStart()).blockNumber())
            if found is not None:
                paint_underline(painter, cursor, *found, theme.accent_text if loud else theme.text3)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self.viewport()) as painter:
            current = self.textCursor().blockNumber()
            width = self.viewport().width()
            for block, rect in self._in_sight():
                self._paint_tint(painter, block, QRectF(0, rect.y(), width, rect.height()), current)
            if self.textCursor().hasSelection():
                cursor, lead, colour = self.textCursor(), self.roomy.lead, self._look.theme.accent
                for block, rect in self._in_sight():
                    if block.blockNumber() != self.roomy.number:
                        paint_chosen(painter, cursor, block, rect, lead=lead, colour=colour)
        super().paintEvent(event)
        if self._underlines:
            with painting(self.viewport()) as painter:
                self._paint_underlines(painter)

    def _repaint(self) -> None:
        self.viewport().update()
        self._gutter.update()

    def _relay(self) -> None:
        self.roomy.documentSizeChanged.emit(self.roomy.documentSize())
        self._repaint()
        self.painted_anew.emit()

    def _follow(self, _: QRect, __: int) -> None:
        self._gutter.update()
        self.painted_anew.emit()

    def _make_room_for_numbers(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        rect = self.contentsRect()
        self._gutter.setGeometry(QRect(rect.left(), rect.top(), self.gutter_width(), rect.height()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()
        self.painted_anew.emit()

    # Mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.is_pressed = True
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.is_pressed = False
        self.mouse_released.emit()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()  # files are dropped on the window, not into the text

    # Keys

    @override
    def event(self, event: QEvent) -> bool:
        """The first Escape belongs to the text: Tab leads on after it, and the next Escape leaves the page."""
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_key and event.type() == QEvent.Type.ShortcutOverride and not self.tabChangesFocus():
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = pressed == Qt.KeyboardModifier.NoModifier
        shifted = pressed == Qt.KeyboardModifier.ShiftModifier
        key = event.key()
        if key == Qt.Key.Key_Shift:  # on the way to Shift+Tab
            super().keyPressEvent(event)
            return
        leaving = self.tabChangesFocus()
        self.setTabChangesFocus(False)
        if key == Qt.Key.Key_Escape:
            self.setTabChangesFocus(True)
            event.ignore()
        elif key in _ENTER:
            if plain or shifted:
                self._lines.new_line()
            else:
                event.ignore()
        elif key == Qt.Key.Key_Tab and plain and not leaving:
            self._lines.indent()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and shifted and not leaving:
            self._lines.outdent()
        elif key == Qt.Key.Key_Slash and pressed & Qt.KeyboardModifier.ControlModifier:
            self._lines.toggle_comments()
        elif not (key == Qt.Key.Key_Backspace and plain and self._lines.back_to_step()):
            super().keyPressEvent(event)
        if event.text().isprintable() and event.text() and not pressed & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        elif key == Qt.Key.Key_Backspace:
            self.typed.emit("")

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setTabChangesFocus(False)
        super().focusOutEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "roomy"):
            self._make_room_for_numbers()
