"""The text itself: what is typed, underlined and tinted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import _
from guide.pages.editor.document import units
from guide.pages.editor.offsets import chars_before
from guide.pages.editor.syntax import DOUBLE, PLAIN, SINGLE, begin, mode, scan
from guide.pages.editor.text_layout import EDGE, LINE, MARGIN, Gutter, Roomy, mono, x_of

STEP: Final = 2

_HEADER: Final = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?$")
_ENDS_OPEN: Final = re.compile(r":\s*(?:#.*)?$")
_IS_KEY: Final = re.compile(r"[^\s\"'\[{#][^#]*?:(?:\s|$)|(?:\"[^\"]*\"|'[^']*'):(?:\s|$)")
_COMMENT: Final = re.compile(r"( *)# ?")
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
        layout = Roomy(document)
        document.setDocumentLayout(layout)
        self.setDocument(document)
        self.roomy = layout
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setAccessibleName(_("The routine's text"))
        self.setAccessibleDescription(_("Tab indents. To leave the text, press Escape and then Tab."))
        self.updateRequest.connect(self._follow)
        self.blockCountChanged.connect(self._make_room_for_numbers)
        self.cursorPositionChanged.connect(self._repaint)
        look.changed.connect(self.restyle)
        self.restyle()

    # What is shown

    def restyle(self) -> None:
        theme = self._look.theme
        self.setStyleSheet(
            "QPlainTextEdit { background: transparent; border: none; border-radius: 0; padding: 0;"
            f" color: {theme.text.name()}; }}"
        )
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

    def _paint_chosen(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        """Close the gap between two chosen lines."""
        cursor = self.textCursor()
        layout = block.layout()
        end = block.position() + block.length()
        chosen = cursor.selectionStart() < end <= cursor.selectionEnd()
        if not chosen or block.blockNumber() == self.roomy.number or not layout.lineCount():
            return
        line = layout.lineAt(layout.lineCount() - 1)
        first = max(cursor.selectionStart() - block.position(), line.textStart())
        left, right = x_of(line, first), line.x() + line.naturalTextWidth() + MARGIN + 1
        gap = QRectF(rect.left() + left, rect.bottom() - self.roomy.lead - 1, right - left, self.roomy.lead + 1)
        painter.fillRect(gap, self._look.theme.accent)

    def _paint_underlines(self, painter: QPainter) -> None:
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sight = {block.blockNumber(): rect for block, rect in self._in_sight()}
        first = self.firstVisibleBlock().position()
        end = self.document().findBlockByNumber(max(sight, default=0)).position() + 1_000_000
        for cursor, loud in self._underlines:
            if not first <= cursor.selectionStart() < end:
                continue
            block = self.document().findBlock(cursor.selectionStart())
            rect = sight.get(block.blockNumber())
            if rect is None:
                continue
            pen = QPen(theme.accent_text if loud else theme.text3, 2)
            pen.setDashPattern([0.1, 1.6])
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            layout = block.layout()
            first = cursor.selectionStart() - block.position()
            last = min(cursor.selectionEnd() - block.position(), block.length() - 1)
            for i in range(layout.lineCount()):
                line = layout.lineAt(i)
                begins, ends = line.textStart(), line.textStart() + line.textLength()
                if last < begins or first > ends or (first == ends and i + 1 < layout.lineCount()):
                    continue
                left = x_of(line, max(first, begins))
                right = x_of(line, min(last, ends))
                y = rect.top() + line.y() + line.ascent() + 4
                painter.drawLine(
                    round(rect.left() + left) + 1, round(y), round(rect.left() + max(right, left + 9)) - 1, round(y)
                )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self.viewport()) as painter:
            current = self.textCursor().blockNumber()
            width = self.viewport().width()
            for block, rect in self._in_sight():
                self._paint_tint(painter, block, QRectF(0, rect.y(), width, rect.height()), current)
            if self.textCursor().hasSelection():
                for block, rect in self._in_sight():
                    self._paint_chosen(painter, block, rect)
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
        leaving = self.tabChangesFocus()
        self.setTabChangesFocus(False)
        if key == Qt.Key.Key_Escape:
            self.setTabChangesFocus(True)
            event.ignore()
        elif key in _ENTER:
            if plain or shifted:
                self._new_line()
            else:
                event.ignore()
        elif key == Qt.Key.Key_Tab and plain and not leaving:
            self._indent()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and shifted and not leaving:
            self._outdent()
        elif key == Qt.Key.Key_Slash and pressed & Qt.KeyboardModifier.ControlModifier:
            self._toggle_comments()
        elif not (key == Qt.Key.Key_Backspace and plain and self._back_to_step()):
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

    def _new_line(self) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        line, column = cursor.block().text(), self.column(cursor)
        before, after = line[:column], line[column:]
        start = begin(before)
        if start.dashes and not before[start.content :] and not after.strip() and before.strip():
            self._end_list(cursor, start.dashes[-1])
        else:
            cursor.insertText("\n" + self._next_start(cursor.block(), before))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @staticmethod
    def _end_list(cursor: QTextCursor, dash: int) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(" " * max(0, dash - STEP))

    def _next_start(self, block: QTextBlock, before: str) -> str:
        """What a line begins with after this one has been ended here."""
        state = self.state_before(block)
        start = begin(before)
        said = before[start.content :]
        if mode(state) != PLAIN or not said or mode(scan(before, state)[1]) in {DOUBLE, SINGLE}:
            return " " * start.indent
        if _HEADER.search(said) or _ENDS_OPEN.search(said):
            return " " * (start.content + STEP)
        if start.dashes and not _IS_KEY.match(said) and not said.startswith("#"):
            return " " * start.dashes[-1] + "- "
        return " " * start.content

    def _indent(self) -> None:
        cursor = self.textCursor()
        if self._selects_lines(cursor):
            self._change_lines(lambda line: " " * STEP + line if line.strip() else line)
        else:
            cursor.insertText(" " * (STEP - self.column(self._start_of(cursor)) % STEP))
            self.setTextCursor(cursor)

    def _outdent(self) -> None:
        self._change_lines(lambda line: line[min(STEP, len(line) - len(line.lstrip(" "))) :])

    def _toggle_comments(self) -> None:
        lines = [block.text() for block in self._chosen_blocks() if block.text().strip()]
        if lines and all(line.lstrip(" ").startswith("#") for line in lines):
            self._change_lines(lambda line: _COMMENT.sub(r"\1", line, count=1))
        else:
            column = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
            self._change_lines(lambda line: f"{line[:column]}# {line[column:]}" if line.strip() or not lines else line)

    def _back_to_step(self) -> bool:
        cursor = self.textCursor()
        before = cursor.block().text()[: self.column(cursor)]
        if cursor.hasSelection() or not before or before.strip(" "):
            return False
        spaces = (len(before) - 1) % STEP + 1
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, spaces)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        return True

    @staticmethod
    def _start_of(cursor: QTextCursor) -> QTextCursor:
        start = QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        return start

    def _selects_lines(self, cursor: QTextCursor) -> bool:
        document = self.document()
        return document.findBlock(cursor.selectionStart()) != document.findBlock(cursor.selectionEnd())

    def _chosen_blocks(self) -> list[QTextBlock]:
        """The lines the selection touches; one it ends at the very beginning of is not meant."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        end = cursor.selectionEnd()
        found = [block]
        while (block := block.next()).isValid() and block.position() < end:
            found.append(block)
        return found

    def _change_lines(self, change: Callable[[str], str]) -> None:
        """Change the chosen lines as one step of undo, each only where it differs."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number in [block.blockNumber() for block in self._chosen_blocks()]:
            block = self.document().findBlockByNumber(number)
            line = block.text()
            new = change(line)
            head = next((i for i, (one, other) in enumerate(zip(line, new, strict=False)) if one != other), None)
            head = min(len(line), len(new)) if head is None else head
            tail = 0
            while tail < min(len(line), len(new)) - head and line[-1 - tail] == new[-1 - tail]:
                tail += 1
            cursor.setPosition(block.position() + units(line, head))
            cursor.setPosition(block.position() + units(line, len(line) - tail), QTextCursor.MoveMode.KeepAnchor)
            if cursor.selectedText() != new[head : len(new) - tail]:
                cursor.insertText(new[head : len(new) - tail])
        cursor.endEditBlock()
