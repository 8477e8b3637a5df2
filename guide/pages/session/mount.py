"""A picture mounted in its panel: filling it, or whole on a ground of its own colours, out of focus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from guide.kit.painting import painting
from guide.live.frames import place_in

BLURS: Final = (5, 20)  # heights in which the ground is drawn on its way to the panel's: out of focus
VEIL: Final = 0.45  # of the page's colour, over the ground


class Mount:
    """
    Made once a frame: a picture that did not come as large as it is shown is scaled here, never while it is painted.

    `before` is another frame of the same film: it lends its ground.
    """

    def __init__(self, picture: QImage, room: QSize, dpr: float, page: QColor, before: Mount | None = None) -> None:
        pixels = (room * dpr).expandedTo(QSize(1, 1))
        shown = place_in(pixels, picture.size())
        self._dpr = dpr
        self._picture = _scaled(picture, shown.size())
        self._corner = QPointF(shown.topLeft()) / dpr
        self.place = QRectF(self._corner, shown.size().toSizeF() / dpr).toAlignedRect()
        self.ground: QImage | None = None
        if not shown.contains(QRect(QPoint(), pixels)):
            lent = before.ground if before else None
            self.ground = lent if lent and lent.size() == pixels else _out_of_focus(picture, pixels, page)

    def paint(self, painter: QPainter, panel: QRectF, changed: QRect, radius: float) -> None:
        """Paint what `changed` of the panel, in its rounded corners."""
        if self.ground is None:
            self._fill(painter, self._picture, self._corner, panel, radius)
            return
        if not self.place.contains(changed):
            self._fill(painter, self.ground, QPointF(), panel, radius)
        self._picture.setDevicePixelRatio(self._dpr)
        painter.drawImage(self._corner, self._picture)

    def _fill(self, painter: QPainter, image: QImage, corner: QPointF, panel: QRectF, radius: float) -> None:
        brush = QBrush(image)
        brush.setTransform(QTransform.fromTranslate(corner.x(), corner.y()).scale(1 / self._dpr, 1 / self._dpr))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(panel, radius, radius)


def _scaled(image: QImage, size: QSize) -> QImage:
    if image.size() == size:
        return image
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _out_of_focus(picture: QImage, pixels: QSize, page: QColor) -> QImage:
    """The picture's own colours over all of the panel, beneath a veil of the page's."""
    filling = QRect(picture.rect().topLeft(), pixels.scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio))
    filling.moveCenter(picture.rect().center())
    ground = picture.copy(filling)
    for height in BLURS:
        ground = _scaled(ground, QSize(max(1, height * pixels.width() // pixels.height()), height))
    ground = _scaled(ground, pixels).convertToFormat(QImage.Format.Format_RGB32)
    veil = QColor(page)
    veil.setAlphaF(VEIL)
    with painting(ground) as painter:
        painter.fillRect(ground.rect(), veil)
    return ground
