"""Expressing by hand, from the side: back, together, relax."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QLinearGradient,
    QPainterPath,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import Scene, between, ease
from guide.kit.motion.tempo import BACK, BEATS, TOGETHER, beats_at
from guide.kit.theme import faded
from guide.kit.typeface import load_fonts


def paint_express(brush: Brush, scene: Scene, t: float, *, still: bool) -> None:
    r, y = brush.r, scene.middle
    wall = scene.left + scene.width / 2 - 0.82 * r
    paint_profile(brush, wall, y)
    back, together, relaxed = (1.0, ease(0.5), 0.0) if still else beats_at(t)
    x = wall + 1.10 * r - 0.16 * r * back
    upper = QPointF(x, y + (-0.32 - 0.045 * back + 0.155 * together) * r)
    lower = QPointF(x + 0.02 * r, y + (0.66 + 0.02 * back - 0.155 * together) * r)
    for pad, (cx, cy), (ex, ey) in (
        (upper, (0.10, -0.26), (0.34, -0.40)),
        (lower, (0.12, 0.20), (0.34, 0.30)),
    ):
        finger = QPainterPath(pad)
        bend, end = QPointF(cx * r, cy * r), QPointF(ex * r, ey * r)
        finger.quadTo(pad + bend, pad + end)
        brush.stroke(finger, brush.colour, 0.17, 0.34)
        brush.dot(pad, 0.115, brush.colour)
    if still:
        for pad in (upper, lower):
            _beat_arrow(brush, pad, QPointF(-0.2, 0), QPointF(-0.5, 0))
        _beat_arrow(brush, upper, QPointF(0, 0.19), QPointF(0, 0.36))
        _beat_arrow(brush, lower, QPointF(0, -0.19), QPointF(0, -0.36))
        _number(brush, upper + QPointF(-0.68 * r, 0), "1")
        _number(brush, upper + QPointF(0.22 * r, 0.30 * r), "2")
        return
    t %= BEATS
    if 0.02 < t < BACK:
        for pad in (upper, lower):
            _beat_arrow(brush, pad, QPointF(-0.2, 0), QPointF(-0.52, 0))
    elif BACK <= t < BACK + TOGETHER:
        _beat_arrow(brush, upper, QPointF(0, 0.16), QPointF(0, 0.29))
        _beat_arrow(brush, lower, QPointF(0, -0.16), QPointF(0, -0.29))
    elif 0 < relaxed < 1:
        nipple = QPointF(wall + 1.55 * r, y + 0.18 * r)
        _drop(brush, nipple + QPointF(0.20 * r, (0.18 * relaxed - 0.02) * r), between(1, 0.35, relaxed))


def _beat_arrow(brush: Brush, pad: QPointF, start: QPointF, end: QPointF) -> None:
    r = brush.r
    first, last = (QPointF(pad.x() + p.x() * r, pad.y() + p.y() * r) for p in (start, end))
    brush.arrow(first, last, brush.theme.text, 0.03, 0.08, 0.95)


def _number(brush: Brush, at: QPointF, text: str) -> None:
    theme, r = brush.theme, brush.r
    brush.circle(at, 0.105, theme.text, 0.02, ground=theme.bg)
    font = QFont(load_fonts()[0])
    font.setPixelSize(max(6, round(0.145 * r)))
    font.setWeight(QFont.Weight.DemiBold)
    brush.painter.setFont(font)
    brush.painter.setPen(theme.text)
    box = QRectF(0, 0, 0.21 * r, 0.21 * r)
    box.moveCenter(at)
    brush.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _drop(brush: Brush, top: QPointF, opacity: float) -> None:
    r, x, y = brush.r, top.x(), top.y()
    path = QPainterPath(top)
    path.cubicTo(x + 0.075 * r, y + 0.09 * r, x + 0.11 * r, y + 0.15 * r, x + 0.11 * r, y + 0.21 * r)
    path.arcTo(QRectF(x - 0.11 * r, y + 0.10 * r, 0.22 * r, 0.22 * r), 0, -180)
    path.cubicTo(x - 0.11 * r, y + 0.15 * r, x - 0.075 * r, y + 0.09 * r, x, y)
    brush.painter.fillPath(path, faded(brush.colour, opacity))


def paint_profile(brush: Brush, wall: float, y: float) -> None:
    """Paint the side view: the chest wall at the left, the profile to the right."""
    theme, r = brush.theme, brush.r
    top, bottom = y - 1.02 * r, y + 1.02 * r
    tip = QPointF(wall + 1.55 * r, y + 0.18 * r)
    path = QPainterPath(QPointF(wall, top))
    for ax, ay, bx, by, cx, cy in (
        (0.42, -0.84, 1.00, -0.42, 1.38, -0.02),
        (1.49, 0.02, 1.55, 0.05, 1.55, 0.18),
        (1.55, 0.31, 1.49, 0.33, 1.39, 0.35),
        (1.16, 0.98, 0.35, 1.04, 0.00, 0.98),
    ):
        path.cubicTo(wall + ax * r, y + ay * r, wall + bx * r, y + by * r, wall + cx * r, y + cy * r)
    ground = QLinearGradient(wall, 0, tip.x(), 0)
    ground.setColorAt(0, faded(theme.surface, 0))
    ground.setColorAt(0.5, theme.raised)
    ground.setColorAt(1, theme.raised)
    brush.painter.fillPath(path, ground)
    brush.stroke(path, theme.text2, 0.026)
    x = wall - 0.06 * r
    brush.line(QPointF(x, top - 0.06 * r), QPointF(x, bottom + 0.06 * r), theme.text3, 0.03, 0.55)
    for number in range(7):
        start = QPointF(wall - 0.10 * r, top + (0.12 + 0.30 * number) * r)
        end = QPointF(wall - 0.24 * r, top + (0.24 + 0.30 * number) * r)
        brush.line(start, end, theme.text3, 0.016, 0.35)
