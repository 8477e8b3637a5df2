"""Two pictures held beside each other, tile by tile: how far each channel of each pixel is from its twin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

NOTICED = 40  # of 255, in one channel: the edges of letters vary by less from one computer to another
SHARE = 0.003  # of all pixels
TILE = 32  # pixels: a word of an instruction lies in two or three of them
TILE_MOST = 56  # of its 1024 pixels; what one computer draws otherwise than another is a few edges

_MARKS = bytes(value > NOTICED for value in range(256))


def load(path: Path) -> QImage:
    return QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> QImage:
    found = one.copy()
    painter = QPainter(found)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    return found


def differing(one: QImage, other: QImage) -> int:
    """Count the pixels with a channel that differs by more than can be put down to the computer."""
    return _marked(one, other).count(1)


def worst_tile(one: QImage, other: QImage) -> tuple[int, QRect]:
    """
    Find the tile with the most such pixels, and how many they are.

    A button or a line of words is small in a page: counted over the whole picture it may go and not be missed.
    """
    marks, across = _marked(one, other), one.width()
    worst = (0, QRect())
    for top in range(0, one.height(), TILE):
        rows = range(top, min(top + TILE, one.height()))
        for left in range(0, across, TILE):
            right = min(left + TILE, across)
            count = sum(marks.count(1, y * across + left, y * across + right) for y in rows)
            if count > worst[0]:
                worst = (count, QRect(left, top, right - left, len(rows)))
    return worst


def _marked(one: QImage, other: QImage) -> bytes:
    """A byte a pixel, row by row: 1 where it differs."""
    found = difference(one, other)  # has to live for as long as its bits are read
    marks = bytes(found.constBits()).translate(_MARKS)
    channels = (int.from_bytes(marks[channel::4], "little") for channel in range(3))  # the fourth is not used
    anywhere = 0
    for channel in channels:
        anywhere |= channel
    return anywhere.to_bytes(len(marks) // 4, "little")
