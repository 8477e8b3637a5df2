"""Which drawing goes with which step: what stands still and what moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
)

from guide.kit.motion.body import paint_breast, paint_shoulders
from guide.kit.motion.breath import paint_breath
from guide.kit.motion.brush import Brush
from guide.kit.motion.circles import paint_circles, paint_stations
from guide.kit.motion.compress import paint_compress, paint_fuller_area
from guide.kit.motion.express import paint_express
from guide.kit.motion.geometry import KIND_OF, Breast, Scene, arranged
from guide.kit.motion.knead import paint_knead
from guide.kit.motion.pump import paint_drawn, paint_flange, paint_pump
from guide.kit.motion.shake import paint_shake
from guide.kit.motion.strokes import paint_lines, paint_strokes
from guide.kit.motion.tempo import slow_step
from guide.kit.theme import Theme


def paint_body(brush: Brush, scene: Scene, name: str, side: str, step: int, *, still: bool) -> None:
    """Paint what stands still for seconds at least: it can be kept as a picture."""
    if name in {"rest", "prepare", "express", "none"}:
        return
    paint_shoulders(brush, scene)
    for breast, used in scene.breasts(side):
        if name == "shake" and used:
            for ghost in (breast.shifted(-0.14 * brush.r), breast.shifted(0.14 * brush.r)):
                path = QPainterPath(ghost.outline(0))
                for degrees in range(6, 181, 6):
                    path.lineTo(ghost.outline(degrees))
                brush.stroke(path, brush.theme.text3, 0.012, 0.3)
        else:
            paint_breast(brush, breast, used=used, plain=name == "circles")
        if used and name == "circles":
            paint_stations(brush, breast, step, still=still)
        elif used and name == "stroke":
            paint_lines(brush, breast, step, still=still)
        elif used and name in {"pump", "compress"}:
            paint_flange(brush, breast)
            if name == "compress":
                paint_drawn(brush, breast, 0.6)
                paint_fuller_area(brush, breast, 0 if still else step)


def paint_moving(brush: Brush, scene: Scene, name: str, side: str, t: float, *, still: bool) -> None:
    match name:
        case "rest" | "prepare":
            paint_breath(brush, scene, t, still=still)
        case "express":
            paint_express(brush, scene, t, still=still)
        case "none":
            pass
        case _:
            for breast, used in scene.breasts(side):
                if used:
                    HANDS[name](brush, breast, t, still)


HANDS: dict[str, Callable[[Brush, Breast, float, bool], None]] = {
    "circles": paint_circles,
    "stroke": paint_strokes,
    "shake": paint_shake,
    "knead": paint_knead,
    "pump": paint_pump,
    "compress": paint_compress,
}


def colour_of(name: str, theme: Theme, kind: str | None = None) -> QColor:
    return theme.fill(kind or KIND_OF.get(name, name))


def paint_motion(
    painter: QPainter,
    rect: QRectF,
    name: str,
    side: str,
    phase: float,
    theme: Theme,
    still: bool = False,
    *,
    kind: str | None = None,
) -> None:
    """Paint one moment of a motion; `phase` is the seconds since it began, `still` the picture that needs none."""
    painter.save()
    scene = arranged(rect, name)
    brush = Brush(painter, theme, scene.r, colour_of(name, theme, kind))
    paint_body(brush, scene, name, side, slow_step(name, phase), still=still)
    paint_moving(brush, scene, name, side, phase, still=still)
    painter.restore()
