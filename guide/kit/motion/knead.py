"""Kneading with two hands in turn."""

from __future__ import annotations

import math

from PySide6.QtGui import (
    QPainterPath,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import Breast, between
from guide.kit.motion.tempo import KNEAD, KNEAD_TURN


def paint_knead(brush: Brush, breast: Breast, t: float, still: bool) -> None:
    turn = 0 if still else 45 * (int(t / (KNEAD * KNEAD_TURN)) % 8)
    base = breast.lateral * (-20.0 - turn)
    one = 0.5 if still else 0.5 - 0.5 * math.cos(2 * math.pi * t / KNEAD)
    for degrees, inwards in ((180 + base, one), (base, 1 - one)):
        rho, spread = between(0.94, 0.60, inwards), between(27, 33, inwards)
        # a shorter way round at a smaller ρ: the hand keeps its width
        spread *= 0.94 / rho * 0.8
        path = QPainterPath(breast.at(rho, degrees - spread))
        for step in range(1, 9):  # a quarter of a pixel from the curve at most
            path.lineTo(breast.at(rho, between(degrees - spread, degrees + spread, step / 8)))
        brush.stroke(path, brush.colour, between(0.13, 0.17, inwards), between(0.72, 1, inwards))
        if inwards > 0.5 or still:
            brush.arrow(breast.at(1.20, degrees), breast.at(0.99, degrees), brush.colour)
