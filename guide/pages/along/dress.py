"""The colours and drawings of a phone's page, taken from the painters of the window."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter

from guide.along.phone import Dress, sides_and_drawings
from guide.core.plan import Plan
from guide.core.routine import Kind
from guide.kit.motion.geometry import SCENE_HEIGHT, scene_width
from guide.kit.motion.scenes import paint_motion
from guide.kit.painting import painting
from guide.kit.theme import LIGHT, NIGHT, Theme

_R: Final = 120  # pixels of the outline's radius; the page scales the picture
_NAMES: Final = {
    "bg": "bg",
    "surface": "surface",
    "line": "line",
    "line-strong": "line_strong",
    "text": "text",
    "text2": "text2",
    "text3": "text3",
    "accent": "accent",
    "on-accent": "on_accent",
    "accent-soft": "accent_soft",
    "focus": "focus",
}


def dress(plan: Plan) -> Dress:
    """Both themes' colours, and each drawing that the plan shows as a still picture for either theme."""
    return Dress(
        night=_colours(NIGHT),
        light=_colours(LIGHT),
        drawings={name: _both(drawing, side) for name, drawing, side in sides_and_drawings(plan)},
    )


def _colours(theme: Theme) -> Mapping[str, str]:
    colours: dict[str, QColor] = {name: getattr(theme, field) for name, field in _NAMES.items()}
    for kind in Kind:
        colours[kind.value] = theme.fill(kind.value)
        colours[f"{kind.value}-ink"] = theme.ink(kind.value)
    return {name: colour.name() for name, colour in colours.items()}


def _both(drawing: str, side: str) -> str:
    return "".join(
        f'<img class="{theme.name}-drawing" alt="" src="data:image/png;base64,{_picture(drawing, side, theme)}">'
        for theme in (NIGHT, LIGHT)
    )


def _picture(drawing: str, side: str, theme: Theme) -> str:
    """The still picture of a motion, as PNG in base 64: Qt's SVG writer knows no pen with a gradient."""
    size = QSize(round(scene_width(drawing) * _R), round(SCENE_HEIGHT * _R))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with painting(image) as painter:
        paint_motion(painter, QRectF(0, 0, size.width(), size.height()), drawing, side, 0.0, theme, still=True)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return base64.b64encode(held.data()).decode()
