"""Two pictures held beside each other: how far each channel of each pixel is from its twin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage, QPainter

NOTICED = 40  # of 255, in one channel: the edges of letters vary by less from one computer to another
SHARE = 0.003  # of all pixels

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
    found = difference(one, other)
    marks = bytes(found.constBits()).translate(_MARKS)
    channels = (int.from_bytes(marks[channel::4], "little") for channel in range(3))  # the fourth is not used
    anywhere = 0
    for channel in channels:
        anywhere |= channel
    return anywhere.bit_count()
