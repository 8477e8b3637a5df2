"""A frame of a picture that is shown in a session, how large it may be, and what is raised where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

LARGEST: Final = QSize(1028, 600)  # twice the panel, for screens of twice the pixels


class PictureError(Exception):
    """A picture that cannot be shown; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An image and how long it stays; None for one that does not move."""

    image: QImage
    stays: timedelta | None = None
