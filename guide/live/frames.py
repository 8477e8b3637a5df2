"""A frame of a picture shown in a session, where it lies in its panel, and what is raised where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage

PANEL: Final = QSize(514, 300)  # as the design draws it
LARGEST: Final = PANEL * 2  # for screens of twice the pixels
MOST_CUT: Final = 1 / 8  # of a picture that may go for it to fill the panel: a head or feet are more


class PictureError(Exception):
    """A picture that cannot be shown; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An image and how long it stays; None for one that does not move."""

    image: QImage
    stays: timedelta | None = None


def place_in(room: QSize, picture: QSize) -> QRect:
    """
    Place a picture in its room: it fills it where that cuts off next to nothing, and else is seen whole.

    >>> place_in(QSize(500, 300), QSize(1000, 570)).getRect()
    (-13, 0, 526, 300)
    >>> place_in(QSize(500, 300), QSize(300, 400)).getRect()
    (137, 0, 225, 300)
    """
    whole = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    filling = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    cut = 1 - room.width() * room.height() / max(1, filling.width() * filling.height())
    size = (filling if cut <= MOST_CUT else whole).expandedTo(QSize(1, 1))
    return QRect(QPoint((room.width() - size.width()) // 2, (room.height() - size.height()) // 2), size)
