"""The flange of a pump, and what it draws."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QPen,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import Breast, between
from guide.kit.motion.tempo import CYCLE, pull_at
from guide.kit.theme import faded


def paint_flange(brush: Brush, breast: Breast) -> None:
    theme, r, nipple = brush.theme, brush.r, breast.nipple
    pump = theme.fill("pump")
    foot = breast.centre[1] + 1.26 * r
    stem = QPen(faded(pump, 0.38), 0.13 * r, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    brush.painter.setPen(stem)
    brush.painter.drawLine(QPointF(nipple.x(), nipple.y() + 0.44 * r), QPointF(nipple.x(), foot))
    brush.dot(nipple, 0.44, theme.surface, 0.72)
    brush.circle(nipple, 0.44, pump, 0.034, ground=faded(pump, 0.12))
    brush.circle(nipple, 0.18, pump, 0.024, 0.85)


def paint_drawn(brush: Brush, breast: Breast, pull: float) -> None:
    brush.dot(breast.nipple, between(0.045, 0.10, pull), brush.theme.fill("pump"), 0.85)


def paint_pump(brush: Brush, breast: Breast, t: float, still: bool) -> None:
    r, nipple = brush.r, breast.nipple
    pump = brush.theme.fill("pump")
    pull = 0.6 if still else pull_at(t)
    paint_drawn(brush, breast, pull)
    if not still:
        ripple = 0.15 + 0.55 * math.sin(math.pi * min(1.0, pull))
        brush.circle(nipple, between(0.44, 0.20, pull), pump, 0.018, ripple)
    share = 0.5 if still else (t / CYCLE + 0.55) % 1.0
    y = between(nipple.y() + 0.52 * r, breast.centre[1] + 1.20 * r, share)
    brush.dot(QPointF(nipple.x(), y), 0.042, pump, 0.9 if still else 1 - abs(share - 0.5) * 1.2)
