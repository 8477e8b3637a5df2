"""A gentle shake from side to side."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from guide.kit.motion.body import stamp_breast
from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import LEFT, Breast
from guide.kit.motion.tempo import shake_at


def paint_shake(brush: Brush, breast: Breast, t: float, still: bool) -> None:
    side, r = breast.lateral, brush.r
    aside = 0.0 if still else shake_at(t) * r
    if brush.stamps is not None:  # a picture is moved by whole pixels
        dpr = brush.painter.device().devicePixelRatioF()
        aside = round(aside * dpr) / dpr
    brush.painter.translate(aside, 0)
    stamp_breast(brush, breast)
    centre = QPointF(*breast.centre)
    first, last = (62, 196) if side == LEFT else (118, -16)
    brush.arc(centre, 1.10, first, last, brush.colour, 0.12)
    first, last = (150, 190) if side == LEFT else (30, -10)
    brush.arc(centre, 1.24, first, last, brush.colour, 0.03, 0.5)
    brush.painter.translate(-aside, 0)
    x, y, half = breast.centre[0] + side * 0.085 * r, breast.centre[1] + 0.66 * r, 0.225 * r
    brush.line(QPointF(x - half, y), QPointF(x + half, y), brush.colour, 0.026)
    brush.head(QPointF(x - half, y), 180, 0.08, brush.colour, 0.026)
    brush.head(QPointF(x + half, y), 0, 0.08, brush.colour, 0.026)
