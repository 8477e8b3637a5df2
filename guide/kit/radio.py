"""A row with a round mark: one of several of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.direction import draw_line, placed
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted
from guide.kit.theme import Theme
from guide.kit.typeface import Role

SPARE = 4


class RadioRow(Pressable):
    """A name, and a note beneath it or none; the ground behind them is for the kind of row to paint."""

    spoken_as = "RadioButton"
    role: Role = "body"
    inset, mark, gap, end = 6, 22, 14, 4  # before the mark, across it, after it, and after the words
    tall = 60

    def __init__(self, name: str, note: str, *, look: Look, radius: float, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=radius, parent=parent)
        self._note = note
        self.setCheckable(True)
        self.setText(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paint_ground(self, painter: QPainter, field: QRectF, theme: Theme) -> None:
        raise NotImplementedError

    @override
    def nextCheckState(self) -> None:
        """Which one is chosen, the page says: a press on the chosen one takes nothing away."""

    @override
    def sizeHint(self) -> QSize:
        name = QFontMetricsF(self._look.font(self.role, weight=600)).horizontalAdvance(self.text())
        note = QFontMetricsF(self._look.font("small")).horizontalAdvance(self._note)
        beside = self.inset + self.mark + self.gap + self.end + SPARE
        return QSize(round(max(name, note)) + beside, max(SMALLEST_TARGET, self._look.px(self.tall)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, look = self._look.theme, self._look
        with painting(self) as painter:
            self.paint_ground(painter, QRectF(self.rect()), theme)
            middle = self.height() / 2
            place = QRectF(self.inset, middle - self.mark / 2, self.mark, self.mark)
            _paint_mark(painter, placed(self, place), theme, chosen=self.isChecked())
            x, line = self.inset + self.mark + self.gap, look.line_height(self.role)
            width = self.width() - x - self.end
            lines = [(look.font(self.role, weight=600), theme.text, self.text())]
            if self._note:
                lines.append((look.font("small"), theme.text2, self._note))
            top = middle - line * len(lines) / 2
            for number, (font, ink, text) in enumerate(lines):
                painter.setFont(fitted(font, text, width))
                painter.setPen(ink)
                words = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
                at = placed(self, QRectF(x, top + line * number, width, line))
                draw_line(painter, at, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_mark(painter: QPainter, place: QRectF, theme: Theme, *, chosen: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.accent if chosen else theme.line_strong, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place)
    if chosen:
        paint_field(painter, place.adjusted(5, 5, -5, -5), place.width(), theme.accent)
