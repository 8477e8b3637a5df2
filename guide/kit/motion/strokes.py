"""Light strokes: line after line from the rim to the nipple."""

from __future__ import annotations

from PySide6.QtGui import (
    QLinearGradient,
    QPainterPath,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.circles import PADS
from guide.kit.motion.geometry import Breast, between, direction, ease, moved
from guide.kit.motion.tempo import GLIDE, LIFT, LINES, slow_step
from guide.kit.theme import faded


def paint_lines(brush: Brush, breast: Breast, now: int, *, still: bool) -> None:
    for number in range(LINES):
        degrees = -90.0 - breast.lateral * 30 * number
        start, end = breast.at(0.96, degrees), breast.at(0.40, degrees)
        if still:
            brush.arrow(start, end, brush.colour, 0.02, 0.075)
        elif number < now:
            brush.line(start, end, brush.colour, 0.014, 0.5)
        else:
            brush.line(start, end, brush.theme.text3, 0.014, 0.32)


def paint_strokes(brush: Brush, breast: Breast, t: float, still: bool) -> None:
    if still:
        return
    turns = t / (GLIDE + LIFT)
    within = (turns % 1) * (GLIDE + LIFT)
    degrees = -90.0 - breast.lateral * 30 * slow_step("stroke", t)
    fade = min(1.0, within / (LIFT / 2)) if turns >= 1 else 1.0
    if within > GLIDE:
        fade = 1 - (within - GLIDE) / LIFT
    with brush.at_opacity(fade):
        _gliding_fingers(brush, breast, degrees, ease(within / GLIDE))


def _gliding_fingers(brush: Brush, breast: Breast, degrees: float, share: float) -> None:
    start, end = breast.at(0.97, degrees), breast.at(0.36, degrees)
    here = breast.at(between(0.97, 0.36, share), degrees)
    along = direction(start, end)
    half = 0.135 * brush.r
    tail = QPainterPath(moved(start, along + 90, half))
    for corner in (
        moved(here, along + 90, half),
        moved(here, along - 90, half),
        moved(start, along - 90, half),
    ):
        tail.lineTo(corner)
    tail.closeSubpath()
    gradient = QLinearGradient(start, here)
    gradient.setColorAt(0, faded(brush.colour, 0.0))
    gradient.setColorAt(1, faded(brush.colour, 0.55))
    if share > 0.01:
        brush.painter.fillPath(tail, gradient)
    pen = brush.pen(brush.colour, 0.02, 0.7)
    pen.setDashPattern([0.5, 2.5])
    brush.painter.setPen(pen)
    brush.painter.drawLine(here, end)
    for number in PADS:
        pad = moved(here, along + 90, number * 0.13 * brush.r)
        if number == 0:
            pad = moved(pad, along, 0.04 * brush.r)
        brush.dot(pad, 0.06, brush.colour)
