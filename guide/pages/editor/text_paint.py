"""What is painted around the words of the text: dots beneath them, and the ground between two chosen lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextCursor

from guide.pages.editor.text_layout import MARGIN, x_of


def paint_chosen(
    painter: QPainter, cursor: QTextCursor, block: QTextBlock, rect: QRectF, *, lead: float, colour: QColor
) -> None:
    """Close the gap between two chosen lines."""
    layout = block.layout()
    end = block.position() + block.length()
    if not cursor.selectionStart() < end <= cursor.selectionEnd() or not layout.lineCount():
        return
    line = layout.lineAt(layout.lineCount() - 1)
    first = max(cursor.selectionStart() - block.position(), line.textStart())
    left, right = x_of(line, first), line.x() + line.naturalTextWidth() + MARGIN + 1
    painter.fillRect(QRectF(rect.left() + left, rect.bottom() - lead - 1, right - left, lead + 1), colour)


def paint_underline(painter: QPainter, cursor: QTextCursor, block: QTextBlock, rect: QRectF, colour: QColor) -> None:
    """Dot the lines beneath what the cursor selects of a block."""
    pen = QPen(colour, 2)
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
        y = round(rect.top() + line.y() + line.ascent() + 4)
        painter.drawLine(round(rect.left() + left) + 1, y, round(rect.left() + max(right, left + 9)) - 1, y)
