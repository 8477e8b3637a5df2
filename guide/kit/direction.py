"""Reading direction: which way a text runs, and where a place of a page lies when the page is mirrored."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import Final

from PySide6.QtCore import QMargins, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QTextOption
from PySide6.QtWidgets import QWidget

LEFTWARD: Final = Qt.LayoutDirection.RightToLeft
RIGHTWARD: Final = Qt.LayoutDirection.LeftToRight
_MARKS: Final = {"\u200e": RIGHTWARD, "\u200f": LEFTWARD, "\u061c": LEFTWARD}
_LEFTWARD_LETTERS: Final = frozenset({"R", "AL"})
_FORCED: Final = {LEFTWARD: Qt.TextFlag.TextForceRightToLeft, RIGHTWARD: Qt.TextFlag.TextForceLeftToRight}

Mirror = Callable[[QRectF], QRectF]


def direction_of(text: str, screen: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """
    Which way a text runs, whatever the screen's way: as most of its letters do.

    A sentence with a name of another script in it keeps its own way, wherever the name stands; numbers alone run from
    left to right everywhere. A mark of direction within it decides.

    >>> direction_of("עיסוי, 5 min", RIGHTWARD).name, direction_of("5–7", LEFTWARD).name
    ('RightToLeft', 'LeftToRight')
    >>> direction_of("“עיסוי” is not there any more.", LEFTWARD).name
    'LeftToRight'
    """
    if text.isascii():  # most are, and none of their letters runs the other way
        return RIGHTWARD if any(map(str.isalnum, text)) else screen
    marked = next((_MARKS[letter] for letter in text if letter in _MARKS), None)
    if marked is not None:
        return marked
    letters = sum(letter.isalpha() for letter in text)
    if not letters:
        return RIGHTWARD if any(letter.isdecimal() for letter in text) else screen
    leftward = sum(unicodedata.bidirectional(letter) in _LEFTWARD_LETTERS for letter in text)
    if 2 * leftward == letters:
        return screen
    return LEFTWARD if 2 * leftward > letters else RIGHTWARD


def option_for(
    text: str, align: Qt.AlignmentFlag, screen: Qt.LayoutDirection, *, paragraph: bool = True
) -> QTextOption:
    """Its own direction for a text; a paragraph begins at the side its letters do, a line where the screen's do."""
    own = direction_of(text, screen)
    align &= Qt.AlignmentFlag.AlignHorizontal_Mask
    if align & (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight):
        align = _at_side(align, own if paragraph and any(map(str.isalpha, text)) else screen)
    option = QTextOption(align)
    option.setTextDirection(own)
    return option


def _at_side(alignment: Qt.AlignmentFlag, direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    begins = bool(alignment & Qt.AlignmentFlag.AlignLeft)
    side = Qt.AlignmentFlag.AlignLeft if begins == (direction is RIGHTWARD) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignAbsolute


def is_mirrored(widget: QWidget) -> bool:
    return widget.layoutDirection() is LEFTWARD


def placed_within(place: QRectF, within: QRectF | QRect, direction: Qt.LayoutDirection) -> QRectF:
    """
    Where a place of a left-to-right picture lies.

    >>> placed_within(QRectF(10, 0, 20, 5), QRectF(0, 0, 100, 5), LEFTWARD)
    PySide6.QtCore.QRectF(70.000000, 0.000000, 20.000000, 5.000000)
    """
    if direction is RIGHTWARD:
        return place
    around = QRectF(within)
    return QRectF(around.left() + around.right() - place.right(), place.top(), place.width(), place.height())


def mirror(painter: QPainter, within: QRectF | QRect) -> Mirror:
    """What puts each part of a row where it lies in the painter's direction."""
    return partial(placed_within, within=within, direction=painter.layoutDirection())


def margins(start: int, top: int, end: int, bottom: int) -> QMargins:
    """The margins of a layout from where its lines start to where they end, as the application reads."""
    if QGuiApplication.layoutDirection() is LEFTWARD:
        start, end = end, start
    return QMargins(start, top, end, bottom)


def placed(widget: QWidget, place: QRectF) -> QRectF:
    """Where a place of a left-to-right widget lies on this one."""
    return placed_within(place, QRectF(widget.rect()), widget.layoutDirection())


def draw_line(painter: QPainter, place: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
    """Draw one line in the direction of its own letters, at the side where the screen's lines begin."""
    screen = painter.layoutDirection()
    painter.drawText(place, _flags_of(align, screen, direction_of(text, screen)), text)


@cache
def _flags_of(align: Qt.AlignmentFlag, screen: Qt.LayoutDirection, own: Qt.LayoutDirection) -> int:
    """Kept, as Python puts flags together more slowly than Qt draws the line."""
    horizontal = align & (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight)
    side = _at_side(horizontal or Qt.AlignmentFlag.AlignLeft, screen)
    rest = align & ~Qt.AlignmentFlag.AlignHorizontal_Mask
    return (rest | side).value | _FORCED[own].value
