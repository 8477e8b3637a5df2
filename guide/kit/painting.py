"""Painters that end where they should; rounded fields and cards, painted."""

from __future__ import annotations

from PySide6.QtCore import (
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QPaintDevice,
    QPaintEngine,
    QPainter,
    QPen,
)

from guide.kit.theme import Theme, Tint


class painting:  # noqa: N801  reads as a verb: with painting(self) as painter
    """A painter on `device`, ended on every way out: one that stays active on a pixmap ends the process with it."""

    __slots__ = ("_painter",)

    def __init__(self, device: QPaintDevice) -> None:
        self._painter = QPainter(device)

    def __enter__(self) -> QPainter:
        return self._painter

    def __exit__(self, *_: object) -> None:
        if self._painter.isActive():
            self._painter.end()


def is_on_whole_pixels(painter: QPainter, box: QRectF) -> bool:
    """
    Whether a picture of it is shown as it was painted.

    On screens at 125 %, every other place is not; and a page of a PDF is kept as lines, not as pixels.
    """
    if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
        return False
    place = painter.deviceTransform().mapRect(box)
    return all(edge == round(edge) for edge in (place.left(), place.top(), place.width(), place.height()))


def paint_field(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    *,
    edge: QColor | None = None,
    edge_width: float = 1.0,
) -> None:
    """Paint a rounded field; the edge lies inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = edge_width / 2 if edge is not None else 0.0
    painter.setPen(QPen(edge, edge_width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(half, half, -half, -half)
    corner = min(radius, inner.width() / 2, inner.height() / 2)
    painter.drawRoundedRect(inner, corner, corner)


def paint_card(painter: QPainter, rect: QRectF, theme: Theme, tint: Tint, radius: float) -> None:
    edge = theme.line if theme.edge else None
    paint_field(painter, rect, radius, theme.tint(tint), edge=edge, edge_width=theme.edge)
