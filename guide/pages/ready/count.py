"""The count before a start, over the whole page: to be read from across the room, and stopped by any key or tap."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.core.count_in import SECONDS
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.theme import faded
from guide.language import _

RING: Final = 0.66  # of the shorter side of the page
DIGITS: Final = 0.5  # of the ring


class CountOver(Guarded, QWidget):
    """What is left of the count, in a ring that empties. Hidden, it takes nothing."""

    stopped = Signal()

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.left = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)
        self.hide()

    def show_left(self, left: int) -> None:
        self.left = left
        self.setAccessibleName(_("Starting in {count} seconds").format(count=left))
        if self.isHidden():
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, f"{self.accessibleName()}. {stops()}")
        self.update()

    def _stop(self) -> None:
        if not self.isHidden():
            self.stopped.emit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # Esc stops the count, and does not leave the page
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():  # the key that began it may be held a moment
            self._stop()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._stop()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.bg)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = min(self.width(), self.height()) * RING
            ring = QRectF(0, 0, side, side)
            ring.moveCenter(QRectF(self.rect()).center())
            ring.translate(0, -side * 0.03)
            pen = QPen(faded(theme.accent, theme.track), side * 0.035)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawEllipse(ring)
            pen.setColor(theme.accent)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * self.left / SECONDS))
            painter.setPen(theme.text)
            number = look.sized(14, 600, display=True)
            number.setPixelSize(round(side * DIGITS))
            painter.setFont(number)
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self.left))
            for words, top, role_size in (
                (_("Both hands where they belong. It begins by itself."), ring.top() / 2, 24),
                (stops(), (ring.bottom() + self.height()) / 2, 20),
            ):
                self._line(painter, words, top, role_size)

    def _line(self, painter: QPainter, words: str, middle: float, size: int) -> None:
        look, room = self._look, self.width() - 80.0
        font = look.sized(size, 500)
        while QFontMetricsF(font).horizontalAdvance(words) > room and font.pixelSize() > 15:
            font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
        painter.setPen(look.theme.text2)
        tall = 2.6 * font.pixelSize()
        place = QRectF(40, middle - tall / 2, room, tall)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)


def stops() -> str:
    return _("Any key or a tap stops the count.")
