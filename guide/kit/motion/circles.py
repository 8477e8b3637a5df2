"""Small circles: station after station along a spiral."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QPainterPath,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import Breast, between, direction, ease, moved, polar, spiral, stations
from guide.kit.motion.tempo import CIRCLE, HOP, ROUND, STATION, slow_step

PADS = (-1, 0, 1)


def paint_stations(brush: Brush, breast: Breast, now: int, *, still: bool) -> None:
    theme = brush.theme
    path = QPainterPath(spiral(breast, 0))
    for step in range(1, 51):
        path.lineTo(spiral(breast, step / 50))
    brush.stroke(path, brush.colour if still else theme.text3, 0.014, 0.75 if still else 0.4)
    places = [spiral(breast, share) for share in stations(breast.lateral)]
    if still:
        end = spiral(breast, 1)
        brush.head(end, direction(spiral(breast, 0.98), end), 0.11, brush.colour, 0.03)
        for place in places[::2]:
            brush.circle(place, 0.075, brush.colour, 0.02, ground=theme.surface)
        return
    for number, place in enumerate(places):
        if number < now:
            brush.dot(place, 0.040, brush.colour, 0.85)
        elif number > now:
            brush.circle(place, 0.034, theme.text3, 0.013, 0.75, ground=theme.surface)


def paint_circles(brush: Brush, breast: Breast, t: float, still: bool) -> None:
    if still:
        return
    now, side = slow_step("circles", t), breast.lateral
    t %= ROUND
    within = t - now * STATION
    shares = stations(side)
    here = spiral(breast, shares[now])
    if now + 1 < len(shares):
        hop, there = ease((within - CIRCLE) / HOP), spiral(breast, shares[now + 1])
        here = QPointF(between(here.x(), there.x(), hop), between(here.y(), there.y(), hop))
    turn = -side * 360 * min(within, CIRCLE) - 90
    with brush.at_opacity(min(1.0, t / HOP, (ROUND - t) / HOP)):
        _circling_fingers(brush, breast, here, turn)


def _circling_fingers(brush: Brush, breast: Breast, here: QPointF, turn: float) -> None:
    side = breast.lateral
    brush.dot(here, 0.243, brush.colour, 0.14)
    brush.arc(here, 0.243, turn - side * 100, turn - side * 300, brush.colour, 0.022, 0.9)
    tip = turn - side * 300
    brush.head(polar(here, 0.243 * brush.r, tip), tip - side * 90, 0.075, brush.colour, 0.022, 0.9)
    centre = polar(here, 0.05 * brush.r, turn)
    outwards = direction(breast.nipple, here)
    for number in PADS:
        pad = moved(centre, outwards + 90, number * 0.15 * brush.r)
        if number == 0:
            pad = moved(pad, outwards, 0.035 * brush.r)
        brush.dot(pad, 0.072, brush.colour)
