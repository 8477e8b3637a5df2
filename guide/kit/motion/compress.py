"""Compressions around the flange."""

from __future__ import annotations

from PySide6.QtGui import (
    QPainterPath,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import LEFT, Breast, between
from guide.kit.motion.tempo import PRESS, PRESS_HOLD, PRESS_IN, press_at, slow_step

FULLER_AREA = ((0.80, -10), (0.80, 10), (0.70, -16), (0.70, 0), (0.70, 15), (0.88, 0))


def _thumb(breast: Breast, turn: int) -> float:
    return (-122.0 if breast.lateral == LEFT else -58.0) + breast.lateral * 45 * turn


def paint_fuller_area(brush: Brush, breast: Breast, turn: int) -> None:
    for rho, aside in FULLER_AREA:
        brush.dot(breast.at(rho, _thumb(breast, turn) + aside), 0.024, brush.theme.text, 0.45)


def paint_compress(brush: Brush, breast: Breast, t: float, still: bool) -> None:
    thumb = _thumb(breast, 0 if still else slow_step("compress", t))
    closed = 1.0 if still else press_at(t)
    rho, opacity = between(1.0, 0.78, closed), between(0.75, 1, closed)
    path = QPainterPath(breast.at(rho, thumb - 21))
    for aside in range(-15, 22, 6):
        path.lineTo(breast.at(rho, thumb + aside))
    brush.stroke(path, brush.colour, between(0.14, 0.18, closed), opacity)
    for aside in (-24, -8, 8, 24):
        pad = breast.at(rho, thumb + 180 + aside)
        brush.dot(pad, between(0.066, 0.078, closed), brush.colour, opacity)
    if still or (closed > 0.05 and t % PRESS < PRESS_IN + PRESS_HOLD):
        for degrees in (thumb, thumb + 180):
            brush.arrow(breast.at(1.30, degrees), breast.at(1.10, degrees), brush.colour)
