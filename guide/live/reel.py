"""The frames of a video once they are decoded, small, in memory alone: they are decoded once, and shown all evening."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from guide.live.frames import Frame

MOST_BYTES: Final = 32 * 2**20  # two minutes of a phone's video
FORMAT: Final = b"jpeg"
QUALITY: Final = 88


class Reel:
    """Keeps frames up to so many bytes; beyond them it lets all go, and is `empty` for good."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._frames: list[tuple[QByteArray, timedelta]] = []
        self._bytes = 0

    @property
    def empty(self) -> bool:
        return not self._frames

    def keep(self, image: QImage, stays: timedelta) -> None:
        if self._bytes > self._most:
            return
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, FORMAT)
        writer.setQuality(QUALITY)
        writer.write(image)
        self._frames.append((data, stays))
        self._bytes += data.size()
        if self._bytes > self._most:
            self._frames.clear()

    def once(self) -> Iterator[Frame]:
        for data, stays in self._frames:
            yield Frame(QImage.fromData(data), stays)
