"""A breath in and out, for rest and for what comes before."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import Scene, between
from guide.kit.motion.tempo import breath_at


def paint_breath(brush: Brush, scene: Scene, t: float, *, still: bool) -> None:
    centre = QPointF(scene.left + scene.width / 2, scene.middle)
    radius = between(0.42, 0.98, 1.0 if still else breath_at(t))
    pen = brush.pen(brush.theme.text3, 0.014, 0.35)
    pen.setDashPattern([1.4, 5.4])
    brush.painter.setPen(pen)
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    brush.painter.drawEllipse(centre, 0.98 * brush.r, 0.98 * brush.r)
    for share, opacity in ((0.95, 0.10), (0.78, 0.16), (0.6, 0.26)):
        brush.dot(centre, radius * share / 0.95, brush.colour, opacity)
    brush.circle(centre, radius, brush.colour, 0.03, 0.9)
