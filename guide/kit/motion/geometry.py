"""Where the drawings of a breast lie: outlines, contours, stations, in units of its radius."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QPainterPath,
)

SCENE_HEIGHT = 2.86
PAIR_WIDTH = 4.8
SIDE_VIEW_WIDTH = 2.7
BREATH_WIDTH = 2.5
MIDDLE = 1.60
LEFT = -1
RIGHT = 1
CONTOURS = (0.77, 0.53)
TAIL = {LEFT: 228.0, RIGHT: -48.0}

KIND_OF = {"circles": "massage", "prepare": "prepare", "rest": "rest", "none": "rest"}
MOTIONS = (
    "circles",
    "stroke",
    "shake",
    "knead",
    "compress",
    "express",
    "pump",
    "rest",
    "prepare",
    "none",
)


def ease(share: float) -> float:
    """Go in and out gently: a sine from 0 to 1.

    >>> ease(-1), ease(0.5), ease(2)
    (0.0, 0.5, 1.0)
    """
    return round(0.5 - 0.5 * math.cos(math.pi * max(0.0, min(1.0, share))), 12)


def between(start: float, end: float, share: float) -> float:
    return start + (end - start) * share


def polar(centre: QPointF, radius: float, degrees: float) -> QPointF:
    angle = math.radians(degrees)
    return QPointF(centre.x() + radius * math.cos(angle), centre.y() + radius * math.sin(angle))


def direction(start: QPointF, end: QPointF) -> float:
    return math.degrees(math.atan2(end.y() - start.y(), end.x() - start.x()))


def moved(point: QPointF, degrees: float, reach: float) -> QPointF:
    return polar(point, reach, degrees)


@dataclass(frozen=True, slots=True)
class Breast:
    """One outline with its tail towards the armpit; `lateral` is −1 for her left, +1 for her right."""

    centre: tuple[float, float]
    r: float
    lateral: int

    @property
    def nipple(self) -> QPointF:
        x, y = self.centre
        return QPointF(x + 0.085 * self.lateral * self.r, y + 0.21 * self.r)

    def outline(self, degrees: float) -> QPointF:
        tail = max(0.0, math.cos(math.radians(degrees - TAIL[self.lateral]))) ** 3
        return polar(QPointF(*self.centre), self.r * (1 + 0.13 * tail), degrees)

    def at(self, rho: float, degrees: float) -> QPointF:
        nipple, edge = self.nipple, self.outline(degrees)
        return QPointF(between(nipple.x(), edge.x(), rho), between(nipple.y(), edge.y(), rho))

    def shifted(self, dx: float) -> Breast:
        x, y = self.centre
        return Breast((x + dx, y), self.r, self.lateral)


@lru_cache(maxsize=64)
def contour(breast: Breast, rho: float) -> QPainterPath:
    path = QPainterPath(breast.at(rho, 0))
    for degrees in range(6, 360, 6):
        path.lineTo(breast.at(rho, degrees))
    path.closeSubpath()
    return path


def spiral(breast: Breast, share: float) -> QPointF:
    """Follow the spiral of the circles from the outside (0) inwards (1)."""
    return breast.at(between(0.77, 0.43, share), -90 - breast.lateral * 576 * share)


@cache
def stations(lateral: int) -> tuple[float, ...]:
    """Find the places of the spiral, 0.33 R apart, where the fingers rest and circle."""
    breast = Breast((0.0, 0.0), 1.0, lateral)
    found: list[float] = []
    last: QPointF | None = None
    for step in range(501):
        here = spiral(breast, step / 500)
        if last is None or math.hypot(here.x() - last.x(), here.y() - last.y()) >= 0.33:
            found.append(step / 500)
            last = here
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing at a place and size: R fits the whole into a rectangle."""

    rect: QRectF
    r: float
    left: float
    top: float
    width: float

    @property
    def middle(self) -> float:
        return self.top + MIDDLE * self.r

    def breasts(self, side: str) -> list[tuple[Breast, bool]]:
        pad, r = 0.3 * self.r, self.r
        centres = (self.left + pad + r, LEFT), (self.left + self.width - pad - r, RIGHT)
        used = {LEFT: side != "right", RIGHT: side != "left"}
        return [(Breast((x, self.middle), r, lateral), used[lateral]) for x, lateral in centres]


def scene_width(name: str) -> float:
    """Tell the width of a drawing in R."""
    match name:
        case "express":
            return SIDE_VIEW_WIDTH
        case "rest" | "prepare":
            return BREATH_WIDTH
        case _:
            return PAIR_WIDTH


def arranged(rect: QRectF, name: str, *, at_left: bool = False) -> Scene:
    wide = scene_width(name)
    r = min(rect.width() / wide, rect.height() / SCENE_HEIGHT)
    left = rect.x() if at_left else rect.center().x() - wide * r / 2
    return Scene(rect, r, left, rect.center().y() - SCENE_HEIGHT * r / 2, wide * r)
