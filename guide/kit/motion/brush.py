"""The pen of the drawings: dots, arcs and arrows in the colours of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
)

from guide.kit.motion.geometry import direction, polar
from guide.kit.theme import Theme, faded


class Brush:
    """A painter that knows the theme, the kind's colour and R."""

    def __init__(
        self, painter: QPainter, theme: Theme, r: float, colour: QColor, *, stamps: dict[int, QImage] | None = None
    ) -> None:
        self.painter = painter
        self.stamps = stamps  # where what moves whole may be kept; None: draw it each time
        self.theme = theme
        self.r = r
        self.colour = colour
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    @contextmanager
    def at_opacity(self, opacity: float) -> Iterator[None]:
        before = self.painter.opacity()
        self.painter.setOpacity(before * max(0.0, min(1.0, opacity)))
        yield
        self.painter.setOpacity(before)

    def pen(self, colour: QColor | QBrush, width: float, opacity: float = 1.0) -> QPen:
        brush = colour if isinstance(colour, QBrush) else QBrush(faded(colour, opacity))
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(brush, width * self.r, Qt.PenStyle.SolidLine, cap, join)

    def stroke(self, path: QPainterPath, colour: QColor | QBrush, width: float, opacity: float = 1.0) -> None:
        self.painter.strokePath(path, self.pen(colour, width, opacity))

    def line(self, start: QPointF, end: QPointF, colour: QColor, width: float, opacity: float = 1.0) -> None:
        self.painter.setPen(self.pen(colour, width, opacity))
        self.painter.drawLine(start, end)

    def dot(self, at: QPointF, radius: float, colour: QColor, opacity: float = 1.0) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(faded(colour, opacity))
        self.painter.drawEllipse(at, radius * self.r, radius * self.r)

    def circle(
        self,
        at: QPointF,
        radius: float,
        colour: QColor,
        width: float,
        opacity: float = 1.0,
        ground: QColor | None = None,
    ) -> None:
        self.painter.setPen(self.pen(colour, width, opacity))
        self.painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
        self.painter.drawEllipse(at, radius * self.r, radius * self.r)

    def arc(
        self,
        centre: QPointF,
        radius: float,
        first: float,
        last: float,
        colour: QColor,
        width: float,
        opacity: float = 1.0,
    ) -> None:
        reach = radius * self.r
        box = QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
        path = QPainterPath()
        path.arcMoveTo(box, -first)
        path.arcTo(box, -first, first - last)
        self.stroke(path, colour, width, opacity)

    def head(
        self,
        tip: QPointF,
        degrees: float,
        length: float,
        colour: QColor,
        width: float,
        opacity: float = 1.0,
    ) -> None:
        path = QPainterPath(polar(tip, length * self.r, degrees + 150))
        path.lineTo(tip)
        path.lineTo(polar(tip, length * self.r, degrees - 150))
        self.stroke(path, colour, width, opacity)

    def arrow(
        self,
        start: QPointF,
        end: QPointF,
        colour: QColor,
        width: float = 0.026,
        head: float = 0.085,
        opacity: float = 0.9,
    ) -> None:
        self.line(start, end, colour, width, opacity)
        self.head(end, direction(start, end), head, colour, width, opacity)

    def fall(self, top: float, bottom: float, stops: tuple[tuple[float, QColor, float], ...]) -> QBrush:
        """Make a vertical gradient, so that the pair never reads as a pair of eyes."""
        gradient = QLinearGradient(0, top, 0, bottom)
        for place, colour, opacity in stops:
            gradient.setColorAt(place, faded(colour, opacity))
        return QBrush(gradient)
