"""Lines with room between and beneath them, hung under their indent, and the gutter of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPaintEvent,
    QTextBlock,
    QTextDocument,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.pages.editor.syntax import begin

if TYPE_CHECKING:
    from guide.pages.editor.text_pane import TextPane


LINE: Final = 25  # pixels from one line to the next
SIZE: Final = 16
EDGE: Final = 24
MARGIN: Final = 4  # a QTextDocument's own; to set another would be a change to undo
MOST_INDENT: Final = 60


def mono(look: Look, size: float = SIZE) -> QFont:
    """The system's font of even widths, as large as the rest of the words."""
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(look.px(size))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class Roomy(Guarded, QPlainTextDocumentLayout):
    """
    Lines set a little apart, with room for something beneath one of them; no character is there for it.

    A line that is wrapped goes on below its own beginning, not at the left edge.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.lead = 0.0
        self.room = 0.0
        self.number = -1

    @override
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        if not block.isValid():  # Qt asks for the line after the last one, too
            return rect
        layout = block.layout()
        if layout.lineCount() > 1 and layout.lineAt(1).x() == layout.lineAt(0).x() and hang_of(block, layout):
            rect = super().blockBoundingRect(block)
        if rect.height():
            more = self.lead + (self.room if self.room and block.blockNumber() == self.number else 0)
            rect.setHeight(rect.height() + more)
        return rect


def x_of(line: QTextLine, at: int) -> float:
    found: tuple[float, int] = line.cursorToX(at)  # type: ignore[assignment]  # the stubs say only that it is an object
    return found[0]


def hang_of(block: QTextBlock, layout: QTextLayout) -> bool:
    """Lay a wrapped line out again with what follows the first row indented; Qt has that only as a format to undo."""
    first = layout.lineAt(0)
    width, left = first.width(), first.x()
    indent = min(x_of(first, begin(block.text()[:MOST_INDENT]).content) - left, width / 2)
    if indent <= 0:
        return False
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        hang = indent if y else 0.0
        line.setLeadingIncluded(True)
        line.setLineWidth(width - hang)
        line.setPosition(QPointF(left + hang, y))
        y += line.height()
    layout.endLayout()
    block.setLineCount(layout.lineCount())
    return True


class Gutter(Guarded, QWidget):
    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._pane.gutter_width(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._pane.paint_gutter(painter)
