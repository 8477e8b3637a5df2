"""Where the drawings move: what is painted anew for the next frame, a small part of the whole for most of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QRegion

from guide.kit.motion.compress import thumb_at
from guide.kit.motion.geometry import Breast, Scene, spiral, stations
from guide.kit.motion.knead import hands_at

EDGE: Final = 2.0  # pixels that a soft edge takes


def moving_region(scene: Scene, name: str, side: str, step: int) -> QRegion:
    """Where two frames of a motion may differ, as long as it stays at one `step` of those that `slow_step` numbers."""
    region = QRegion()
    for place in _places(scene, name, side, step):
        region += place.adjusted(-EDGE, -EDGE, EDGE, EDGE).toAlignedRect()
    return region


def _places(scene: Scene, name: str, side: str, step: int) -> Iterator[QRectF]:
    match name:
        case "none":
            return
        case "rest" | "prepare":
            yield _around([QPointF(scene.left + scene.width / 2, scene.middle)], 1.02 * scene.r)
        case "express":
            yield QRectF(scene.left, scene.top, scene.width, scene.rect.height())
        case _:
            for breast, used in scene.breasts(side):
                if used:
                    yield from _of_the_hands(breast, name, step)


def _of_the_hands(breast: Breast, name: str, step: int) -> Iterator[QRectF]:
    r = breast.r
    match name:
        case "circles":
            shares = stations(breast.lateral)[step : step + 2]  # this one, and the next, where the fingers go
            yield _around([spiral(breast, share) for share in shares], 0.36 * r)
        case "stroke":
            degrees = -90.0 - breast.lateral * 30 * step
            yield _around([breast.at(0.97, degrees), breast.at(0.36, degrees)], 0.24 * r)
        case "knead":
            for degrees in hands_at(breast, step):
                yield _hand(breast, degrees, inmost=(0.60, 42), outmost=(0.94, 22), arrow=1.20)
        case "compress":
            for degrees in (thumb_at(breast, step), thumb_at(breast, step) + 180):
                yield _hand(breast, degrees, inmost=(0.78, 24), outmost=(1.0, 24), arrow=1.30)
        case "pump":
            nipple, foot = breast.nipple, breast.centre[1] + 1.28 * r
            half = 0.5 * r
            yield QRectF(nipple.x() - half, nipple.y() - half, 2 * half, foot - nipple.y() + half)
        case _:
            yield _around([QPointF(*breast.centre)], 1.42 * r)


def _hand(
    breast: Breast, degrees: float, *, inmost: tuple[float, float], outmost: tuple[float, float], arrow: float
) -> QRectF:
    """Of a hand, between the arcs of two distances with the degrees to either side, and of the arrow that leads it."""
    arcs = [
        breast.at(rho, degrees + share * aside) for rho, aside in (inmost, outmost) for share in (-1, -0.5, 0, 0.5, 1)
    ]
    return _around([*arcs, breast.at(arrow, degrees)], 0.12 * breast.r)


def _around(points: Iterable[QPointF], margin: float) -> QRectF:
    found = list(points)
    across, down = [point.x() for point in found], [point.y() for point in found]
    box = QRectF(QPointF(min(across), min(down)), QPointF(max(across), max(down)))
    return box.adjusted(-margin, -margin, margin, margin)
