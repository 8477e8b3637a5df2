"""The program's own icons: SVG files of strokes on a grid of 24, drawn in any colour and size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from guide.kit.painting import is_on_whole_pixels, painting
from guide.kit.theme import DRAWN_AS, Theme, faded

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

GLYPHS: Final = Path(__file__).with_name("glyphs")
WIDTH: Final = 1.9  # of a stroke, as the files have it
# they point along the line of reading, and are mirrored with it; a clock, a hand, a played sound are not
DIRECTIONAL: Final = frozenset({"left", "right", "next", "back", "undo", "redo", "prepare", "book"})


@lru_cache(maxsize=256)
def _drawing(name: str, rgb: str, width: float) -> QSvgRenderer:
    text = (GLYPHS / f"{name}.svg").read_text(encoding="ascii")
    text = text.replace("currentColor", rgb).replace(f'stroke-width="{WIDTH}"', f'stroke-width="{width}"')
    return QSvgRenderer(QByteArray(text.encode("ascii")))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor, width: float = WIDTH) -> None:
    """
    Draw icon `name` into the largest square of `rect`, from what was kept where it can be.

    `width` is the stroke on the grid of 24.
    """
    side = min(rect.width(), rect.height())
    place = QRectF(0, 0, side, side)
    place.moveCenter(rect.center())
    mirrored = name in DIRECTIONAL and painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    if is_on_whole_pixels(painter, place):
        dpr = painter.device().devicePixelRatio()
        painter.drawPixmap(place.topLeft(), _icon(name, side, colour.rgba(), width, mirrored, dpr))
    else:
        _paint_icon(painter, name, place, colour, width, mirrored=mirrored)


@lru_cache(maxsize=512)
def _icon(name: str, side: float, rgba: int, width: float, mirrored: bool, dpr: float) -> QPixmap:
    picture = _transparent(side, dpr)
    with painting(picture) as painter:
        _paint_icon(painter, name, QRectF(0, 0, side, side), QColor.fromRgba(rgba), width, mirrored=mirrored)
    return picture


def _paint_icon(painter: QPainter, name: str, place: QRectF, colour: QColor, width: float, *, mirrored: bool) -> None:
    painter.save()
    painter.translate(place.center())
    if mirrored:
        painter.scale(-1, 1)
    painter.setOpacity(painter.opacity() * colour.alphaF())
    side = place.width()
    _drawing(DRAWN_AS.get(name, name), colour.name(), width).render(painter, QRectF(-side / 2, -side / 2, side, side))
    painter.restore()


def kind_icon(kind: str) -> str:
    """Name the icon that stands for a kind of step.

    >>> kind_icon("knead")
    'massage'
    """
    return DRAWN_AS.get(kind, kind)


def pixmap(name: str, size: int, colour: QColor, dpr: float = 1.0, width: float = WIDTH) -> QPixmap:
    return _icon(name, size, colour.rgba(), width, False, dpr)


def _transparent(side: float, dpr: float) -> QPixmap:
    """A square to draw on, `side` of the page's pixels wide."""
    picture = QPixmap(QSize(round(side * dpr), round(side * dpr)))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def icon(name: str, size: int, colour: QColor, dpr: float = 1.0) -> QIcon:
    from PySide6.QtGui import QIcon  # slow to load, and the first page has no menu

    return QIcon(pixmap(name, size, colour, dpr))


def paint_disc(painter: QPainter, kind: str, rect: QRectF, theme: Theme, *, tinted: bool = False) -> None:
    """Draw a kind's glyph on a round field: full colour, or a quiet tint of it; where it can be, from what was kept."""
    side = min(rect.width(), rect.height())
    place = QRectF(0, 0, side, side)
    place.moveCenter(rect.center())
    ground = faded(theme.fill(kind), theme.tint_disc) if tinted else theme.fill(kind)
    ink = theme.ink(kind) if tinted else theme.on_step_kind
    width = 2.0 if tinted else 2.1
    if is_on_whole_pixels(painter, place):
        dpr = painter.device().devicePixelRatio()
        painter.drawPixmap(place.topLeft(), _disc(kind, side, ground.rgba(), ink.rgba(), width, dpr))
    else:
        _paint_disc(painter, kind, place, ground, ink, width)


@lru_cache(maxsize=128)
def _disc(kind: str, side: float, ground: int, ink: int, width: float, dpr: float) -> QPixmap:
    picture = _transparent(side, dpr)
    with painting(picture) as painter:
        place = QRectF(0, 0, side, side)
        _paint_disc(painter, kind, place, QColor.fromRgba(ground), QColor.fromRgba(ink), width)
    return picture


def _paint_disc(painter: QPainter, kind: str, place: QRectF, ground: QColor, ink: QColor, width: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(place)
    glyph = QRectF(0, 0, place.width() * 0.62, place.height() * 0.62)
    glyph.moveCenter(place.center())
    paint_icon(painter, kind, glyph, ink, width)
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


def brand_icon(colour: QColor) -> QIcon:
    """Draw the window's icon in the sizes desktops ask for."""
    from PySide6.QtGui import QIcon

    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(pixmap("brand", size, colour))
    return result
