"""The program's own icons: strokes on a grid of 24, drawn from path data in any colour and size."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from guide.kit.painting import painting
from guide.kit.theme import DRAWN_AS, Theme, faded

GRID = 24.0
WIDTH = 1.9


@dataclass(frozen=True, slots=True)
class Stroke:
    data: str
    width: float | None = None
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    data: str
    outlined: bool = False


Part = Stroke | Shape


def _round(x: float, y: float, r: float) -> str:
    return f"M{x - r} {y}a{r} {r} 0 0 1 {2 * r} 0a{r} {r} 0 0 1 {-2 * r} 0z"


def _box(x: float, y: float, w: float, h: float, r: float) -> str:
    return (
        f"M{x + r} {y}h{w - 2 * r}a{r} {r} 0 0 1 {r} {r}v{h - 2 * r}a{r} {r} 0 0 1 {-r} {r}"
        f"h{2 * r - w}a{r} {r} 0 0 1 {-r} {-r}v{2 * r - h}a{r} {r} 0 0 1 {r} {-r}z"
    )


_MOON = "M19.8 14.3A8.2 8.2 0 1 1 9.7 4.2a6.5 6.5 0 0 0 10.1 10.1z"
_SPEAKER = "M4.5 9.5v5h3.5l5 4v-13l-5 4z"

ICONS: dict[str, tuple[Part, ...]] = {
    "prepare": (Stroke("M10 6.5h9M10 12h9M10 17.5h6"), Stroke("M5 6.5h.01M5 12h.01M5 17.5h.01", width=2.8)),
    "massage": (
        Stroke(
            "M12.4 12.2c.9-.5 1-1.8-.3-2-1.7-.3-3 1.2-2.7 2.9.4 2 2.5 3 4.5 2.3 2.5-.9 3.4-3.6 2.4-5.9"
            "-1.2-2.9-4.6-3.9-7.4-2.6-3.4 1.6-4.5 5.6-3 8.9 1.2 2.6 3.7 4 6.4 4.1"
        ),
    ),
    "stroke": (
        Stroke("M12 3.5v9M4.5 6.5l4.7 7.2M19.5 6.5l-4.7 7.2"),
        Shape(_round(12, 18.5, 2.3)),
    ),
    "shake": (
        Stroke("M6.5 3.5v3.7a5.5 5.5 0 0 0 11 0V3.5M4 18.5h16M7.2 15.3L4 18.5l3.2 3.2M16.8 15.3l3.2 3.2-3.2 3.2"),
    ),
    "pump": (Stroke(_round(12, 9.8, 7)), Stroke(_round(12, 9.8, 2.2)), Stroke("M12 16.8v5")),
    "compress": (
        Stroke(_round(12, 12, 3.2)),
        Stroke("M4.2 5c3 4.2 3 9.8 0 14M19.8 5c-3 4.2-3 9.8 0 14"),
    ),
    "express": (Stroke("M12 3.5c3.7 4.5 5.8 7.5 5.8 10.7a5.8 5.8 0 0 1-11.6 0C6.2 11 8.3 8 12 3.5z"),),
    "rest": (Stroke(_MOON),),
    "pause": (Shape(_box(6.5, 5, 3.6, 14, 1.5)), Shape(_box(13.9, 5, 3.6, 14, 1.5))),
    "play": (Shape("M8 5.2v13.6a.8.8 0 0 0 1.2.7l10.6-6.8a.8.8 0 0 0 0-1.4L9.2 4.5A.8.8 0 0 0 8 5.2z"),),
    "next": (Shape("M6 5.5v13l9.5-6.5z", outlined=True), Stroke("M18.5 5.5v13")),
    "back": (Shape("M18 5.5v13L8.5 12z", outlined=True), Stroke("M5.5 5.5v13")),
    "stop": (Shape(_box(7, 7, 10, 10, 2.4)),),
    "record": (Shape(_round(12, 12, 6.5)),),
    "left": (Stroke("M14.5 5.5L8 12l6.5 6.5"),),
    "right": (Stroke("M9.5 5.5L16 12l-6.5 6.5"),),
    "down": (Stroke("M6 9.5l6 6 6-6"),),
    "up": (Stroke("M6 14.5l6-6 6 6"),),
    "plus": (Stroke("M12 5v14M5 12h14"),),
    "minus": (Stroke("M5 12h14"),),
    "x": (Stroke("M6.5 6.5l11 11M17.5 6.5l-11 11"),),
    "plus1": (
        Stroke("M12 6.2V12l3.6 2.2"),
        Stroke("M20.2 10.5A8.5 8.5 0 1 0 15 20"),
        Stroke("M19 15v6M16 18h6"),
    ),
    "check": (Stroke("M5 12.5l4.8 4.8L19.2 7.3"),),
    "pencil": (Stroke("M5 19l.8-3.8L16.2 4.8a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L8.8 18.2z"),),
    "import": (Stroke("M12 4v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14"),),
    "export": (Stroke("M12 15V4.5M7.5 8.5L12 4l4.5 4.5M5 19.5h14"),),
    "dots": (Stroke("M5.5 12h.01M12 12h.01M18.5 12h.01", width=2.8),),
    "drag": (Stroke("M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01", width=2.6),),
    "undo": (Stroke("M8.5 5L4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11H9"),),
    "redo": (Stroke("M15.5 5l4 4-4 4M19.5 9H10a5.5 5.5 0 0 0 0 11h5"),),
    "moon": (Stroke(_MOON),),
    "sun": (
        Stroke(_round(12, 12, 4.2)),
        Stroke(
            "M12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4"
            "M18.5 5.5l-1.4 1.4M6.9 17.1l-1.4 1.4"
        ),
    ),
    "voice": (Stroke(_SPEAKER), Stroke("M16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11")),
    "quiet": (Stroke(_SPEAKER), Stroke("M17 10l4 4M21 10l-4 4")),
    "chime": (Stroke("M6 17c1.2-1.3 1.3-3 1.3-6a4.7 4.7 0 0 1 9.4 0c0 3 .1 4.7 1.3 6zM10.3 20a2 2 0 0 0 3.4 0"),),
    "rain": (
        Stroke("M7 14.5a4 4 0 0 1 .6-8 5 5 0 0 1 9.5 1.3 3.4 3.4 0 0 1-.3 6.7"),
        Stroke("M9 14l-1.2 3M13 14l-1.2 3M12.5 18.5l-.6 1.5M17 14l-1.2 3"),
    ),
    "mic": (Stroke(_box(9, 3.5, 6, 11, 3)), Stroke("M6 11.5a6 6 0 0 0 12 0M12 17.5v3M9 20.5h6")),
    "globe": (
        Stroke(_round(12, 12, 8.5)),
        Stroke("M3.5 12h17M12 3.5c3 2.6 3.6 5.4 3.6 8.5s-.6 5.9-3.6 8.5c-3-2.6-3.6-5.4-3.6-8.5s.6-5.9 3.6-8.5"),
    ),
    "partner": (
        Stroke(_round(9, 8.5, 3.5)),
        Stroke("M2.8 19.5a6.2 6.2 0 0 1 12.4 0M15.5 5.4a3.5 3.5 0 0 1 0 6.2M17.5 14a6.2 6.2 0 0 1 3.7 5.5"),
    ),
    "photo": (
        Stroke(_box(3.5, 5, 17, 14, 3)),
        Stroke(_round(9, 10, 1.7)),
        Stroke("M4 17l5-4.5 3.5 3 3-2.5 5 4.5"),
    ),
    "clock": (Stroke(_round(12, 12, 8.5)), Stroke("M12 7v5.2l3.3 2")),
    "lock": (Stroke(_box(5, 10.5, 14, 9.5, 2.5)), Stroke("M8 10.5V8a4 4 0 0 1 8 0v2.5")),
    "info": (Stroke(_round(12, 12, 8.5)), Stroke("M12 11v5.2M12 7.8h.01")),
    "search": (Stroke(_round(11, 11, 6.5)), Stroke("M16 16l4 4")),
    "folder": (Stroke("M3.5 7.5a2 2 0 0 1 2-2h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"),),
    "book": (
        Stroke(
            "M12 6.5C10 5 7.5 4.5 4.5 4.7v13.5c3-.2 5.5.3 7.5 1.8 2-1.5 4.5-2 7.5-1.8V4.7"
            "C16.5 4.5 14 5 12 6.5zM12 6.5V20"
        ),
    ),
    "pedal": (Stroke("M4 18.5h16M6 18.5l1.5-5 9.5-4.5c1.5-.7 3 .8 2.3 2.3L16 18.5"),),
    "mic_off": (Stroke(_box(9, 3.5, 6, 11, 3)), Stroke("M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M4.5 4l15 16")),
    "bars": (Stroke("M5 10.5v3M9.6 7v10M14.3 9v6M19 10.5v3", width=2.4),),
    "unsure": (Stroke("M4.5 12h.01M9.5 12h.01M14.5 12h.01M19.5 12h.01", width=2.8),),
    "tap": (Stroke(_round(12, 12, 3)), Stroke(_round(12, 12, 8), dash=(3, 3.28))),
    "bed": (Stroke("M4 18V7M4 15h16v3M20 15v-2.5a3 3 0 0 0-3-3h-6V15"),),
    "trash": (Stroke("M5 7h14M9.5 7V5h5v2M7 7l.8 12h8.4L17 7"),),
    "expand": (Stroke("M4.5 9.5v-5h5M19.5 14.5v5h-5M4.5 4.5l6 6M19.5 19.5l-6-6"),),
    "repeat": (Stroke("M17 3.5l3 3-3 3M4 11V9.5a3 3 0 0 1 3-3h13M7 20.5l-3-3 3-3M20 13v1.5a3 3 0 0 1-3 3H4"),),
    "say": (Stroke("M4 6.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L7 20.5v-4H6a2 2 0 0 1-2-2z"),),
    "hand": (
        Stroke(
            "M7.5 13V7a1.5 1.5 0 0 1 3 0v4.5V5a1.5 1.5 0 0 1 3 0v6.5V6a1.5 1.5 0 0 1 3 0v8"
            "c0 4-2.2 6.5-5.6 6.5-2.6 0-4.1-1.2-5.3-3.4L4 13.6a1.5 1.5 0 0 1 2.4-1.7z"
        ),
    ),
}


# they point along the line of reading, and are mirrored with it; a clock, a hand, a played sound are not
DIRECTIONAL: Final = frozenset({"left", "right", "next", "back", "undo", "redo", "prepare", "book"})
_TOKEN = re.compile(r"([MmLlHhVvCcAaZz])|(-?(?:\d+\.?\d*|\.\d+))")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    letter = ""
    numbers: list[float] = []
    for command, number in _TOKEN.findall(data):
        if command:
            letter, numbers = command, []
            if letter in "Zz":
                yield letter, []
            continue
        numbers.append(float(number))
        if len(numbers) == _NUMBERS[letter.upper()]:
            yield letter, numbers
            numbers = []
            letter = {"M": "L", "m": "l"}.get(letter, letter)


@cache
def path_of(data: str) -> QPainterPath:
    """Draw what `data` says, in the words of SVG's path data as far as the icons need them."""
    path = QPainterPath()
    at = QPointF()
    for letter, numbers in _commands(data):
        base = at if letter.islower() else QPointF()
        match letter.upper(), numbers:
            case "M", [x, y]:
                at = base + QPointF(x, y)
                path.moveTo(at)
            case "L", [x, y]:
                at = base + QPointF(x, y)
                path.lineTo(at)
            case "H", [x]:
                at = QPointF(base.x() + x, at.y())
                path.lineTo(at)
            case "V", [y]:
                at = QPointF(at.x(), base.y() + y)
                path.lineTo(at)
            case "C", [x1, y1, x2, y2, x, y]:
                path.cubicTo(base + QPointF(x1, y1), base + QPointF(x2, y2), base + QPointF(x, y))
                at = base + QPointF(x, y)
            case "A", [radius, _, _, large, clockwise, x, y]:
                end = base + QPointF(x, y)
                _arc(path, at, end, radius, large=bool(large), clockwise=bool(clockwise))
                at = end
            case _:
                path.closeSubpath()
                at = path.currentPosition()
    return path


def _arc(path: QPainterPath, start: QPointF, end: QPointF, radius: float, *, large: bool, clockwise: bool) -> None:
    chord = end - start
    length = math.hypot(chord.x(), chord.y())
    radius = max(radius, length / 2)
    rise = math.sqrt(max(0.0, radius * radius - length * length / 4))
    towards = 1 if large != clockwise else -1
    centre = QPointF(
        (start.x() + end.x()) / 2 - towards * rise * chord.y() / length,
        (start.y() + end.y()) / 2 + towards * rise * chord.x() / length,
    )
    first = math.degrees(math.atan2(centre.y() - start.y(), start.x() - centre.x()))
    last = math.degrees(math.atan2(centre.y() - end.y(), end.x() - centre.x()))
    sweep = (last - first) % 360
    if clockwise:
        sweep -= 360
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    path.arcTo(box, first, sweep)


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor, width: float = WIDTH) -> None:
    """Draw icon `name` into the largest square of `rect`; `width` is the stroke on the grid of 24."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    if name in DIRECTIONAL and painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        painter.translate(side, 0)
        painter.scale(-1, 1)
    painter.scale(side / GRID, side / GRID)
    for part in ICONS[DRAWN_AS.get(name, name)]:
        match part:
            case Stroke(data, own_width, dash):
                pen = _pen(colour, own_width or width)
                if dash is not None:
                    pen.setDashPattern([length / pen.widthF() for length in dash])
                    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.strokePath(path_of(data), pen)
            case Shape(data, outlined):
                painter.fillPath(path_of(data), colour)
                if outlined:
                    painter.strokePath(path_of(data), _pen(colour, width))
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def kind_icon(kind: str) -> str:
    """Name the icon that stands for a kind of step.

    >>> kind_icon("knead")
    'massage'
    """
    return DRAWN_AS.get(kind, kind)


def pixmap(name: str, size: int, colour: QColor, dpr: float = 1.0, width: float = WIDTH) -> QPixmap:
    return _pixmap(name, size, colour.rgba(), dpr, width)


@lru_cache(maxsize=256)
def _pixmap(name: str, size: int, rgba: int, dpr: float, width: float) -> QPixmap:
    picture = QPixmap(QSize(round(size * dpr), round(size * dpr)))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    with painting(picture) as painter:
        paint_icon(painter, name, QRectF(0, 0, size, size), QColor.fromRgba(rgba), width)
    return picture


def icon(name: str, size: int, colour: QColor, dpr: float = 1.0) -> QIcon:
    return QIcon(pixmap(name, size, colour, dpr))


def paint_disc(painter: QPainter, kind: str, rect: QRectF, theme: Theme, *, tinted: bool = False) -> None:
    """Draw a kind's glyph on a round field: full colour, or a quiet tint of it."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(theme.fill(kind), theme.tint_disc) if tinted else theme.fill(kind))
    painter.drawEllipse(rect.center(), side / 2, side / 2)
    glyph = QRectF(0, 0, side * 0.62, side * 0.62)
    glyph.moveCenter(rect.center())
    colour = theme.ink(kind) if tinted else theme.on_step_kind
    paint_icon(painter, kind, glyph, colour, 2.0 if tinted else 2.1)
    painter.restore()


def paint_sides(painter: QPainter, side: str, rect: QRectF, colour: QColor) -> None:
    """Two dots, hers: the one in use is full. `rect` is 48:26."""
    unit = min(rect.width() / 48, rect.height() / 26)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(unit, unit)
    for x, other in ((-11.0, "right"), (11.0, "left")):
        if side == other:
            painter.setPen(QPen(faded(colour, 0.7), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, 0), 9.5, 9.5)
    painter.restore()


def paint_brand(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Draw the brand mark: two open contours around a point."""
    unit = min(rect.width(), rect.height()) / 30
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(unit, unit)
    painter.translate(-15, -15)
    painter.strokePath(path_of("M15 2.5a12.5 12.5 0 1 1-10.8 6.2"), _pen(colour, 2.6))
    painter.strokePath(path_of("M15 9.5a6.5 6.5 0 1 0 6.3 4.9"), _pen(faded(colour, 0.75), 2.6))
    painter.fillPath(path_of(_round(15, 16, 1.9)), colour)
    painter.restore()


def brand_icon(colour: QColor) -> QIcon:
    """Draw the window's icon in the sizes desktops ask for."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        with painting(picture) as painter:
            paint_brand(painter, QRectF(0, 0, size, size), colour)
        result.addPixmap(picture)
    return result
