"""A breast and the line of the shoulders, as she sees them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QImage,
    QPainterPath,
    QRadialGradient,
)

from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import CONTOURS, Breast, Scene, contour
from guide.kit.painting import painting
from guide.kit.theme import faded


def paint_shoulders(brush: Brush, scene: Scene) -> None:
    theme, r, y = brush.theme, brush.r, scene.middle
    quiet = theme.text3
    colour = brush.fall(y - 1.6 * r, y + 1.2 * r, ((0.0, quiet, 0.12), (0.3, quiet, 0.6), (1.0, quiet, 0.0)))
    neck = scene.left + scene.width / 2
    for breast, _ in scene.breasts("both"):
        side, x = breast.lateral, breast.centre[0]
        path = QPainterPath(QPointF(neck + side * 0.30 * r, y - 1.58 * r))
        for (ax, ay), (bx, by), (cx, cy) in (
            ((neck + side * 0.34 * r, -1.36), (x + side * 0.10 * r, -1.34), (x + side * 0.72 * r, -1.22)),
            ((x + side * 1.12 * r, -1.14), (x + side * 1.22 * r, -0.72), (x + side * 1.22 * r, -0.30)),
            ((x + side * 1.22 * r, 0.20), (x + side * 1.26 * r, 0.60), (x + side * 1.22 * r, 1.20)),
        ):
            path.cubicTo(ax, y + ay * r, bx, y + by * r, cx, y + cy * r)
        brush.stroke(path, colour, 0.020)


def paint_breast(brush: Brush, breast: Breast, *, used: bool, plain: bool = False) -> None:
    theme, r, y = brush.theme, brush.r, breast.centre[1]
    outline = contour(breast, 1.0)
    box = outline.boundingRect()
    ground = QRadialGradient(QPointF(box.center().x(), box.top() + 0.6 * box.height()), 0.62 * box.height())
    ground.setColorAt(0, theme.raised)
    ground.setColorAt(1, theme.surface)
    line = brush.fall(
        y - r,
        y + r,
        (
            (0.0, theme.text3, 0.0),
            (0.22, theme.text3, 0.10),
            (0.5, theme.text3, 0.55),
            (1.0, theme.text2, 1.0),
        ),
    )
    with brush.at_opacity(1.0 if used else theme.inactive_breast):
        brush.painter.fillPath(outline, ground)
        brush.stroke(outline, line, 0.028)
        if used and not plain:
            for rho in CONTOURS:
                with brush.at_opacity(0.5):
                    brush.stroke(contour(breast, rho), line, 0.012)
        brush.circle(breast.nipple, 0.215, theme.text3, 0.015, 0.6, ground=faded(theme.text3, 0.08))
        brush.dot(breast.nipple, 0.05, theme.text3)


def stamp_breast(brush: Brush, breast: Breast) -> None:
    """Paint a breast that moves as a whole: where pictures may be kept, from its picture."""
    painter, stamps = brush.painter, brush.stamps
    if stamps is None:
        paint_breast(brush, breast, used=True)
        return
    corner = QPointF(math.floor(breast.centre[0] - 1.3 * brush.r), math.floor(breast.centre[1] - 1.3 * brush.r))
    if breast.lateral not in stamps:
        dpr = painter.device().devicePixelRatioF()
        side = math.ceil(2.6 * brush.r * dpr) + 2
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(dpr)
        image.fill(Qt.GlobalColor.transparent)
        with painting(image) as own:
            own.translate(-corner)
            paint_breast(Brush(own, brush.theme, brush.r, brush.colour), breast, used=True)
        stamps[breast.lateral] = image
    painter.drawImage(corner, stamps[breast.lateral])
