"""The session page's ground: the theme's own, lit by the colour of the step's kind like a lamp beside the ring."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap, QRadialGradient
from PySide6.QtWidgets import QWidget

from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.theme import mixed
from guide.pages.session.stage import Stage

# whole colours, not faint ones: these would be rounded into rings that can be seen
FALLOFF = ((0.0, 1.0), (0.25, 0.88), (0.5, 0.5), (0.75, 0.14), (1.0, 0.0))


class Ground:
    """Painted once for a size, a theme and a kind, and looked through in every frame of what moves above it."""

    def __init__(self, page: QWidget, *, look: Look) -> None:
        self._page = page
        self._look = look
        self._picture: QPixmap | None = None
        self._key: tuple[object, ...] = ()
        self._before: QPixmap | None = None
        self._share = 0.0

    @property
    def light(self) -> QPixmap | None:
        """The picture that was painted last."""
        return self._picture

    def forget(self) -> None:
        self._picture = None
        self.let_go()

    def keep(self) -> None:
        """The light as it is now goes slowly, once another one is asked for."""
        self._before, self._share = self._picture, 1.0

    def fade(self, share: float) -> None:
        """So much of the light before is still to be seen."""
        self._share = share

    def let_go(self) -> None:
        self._before, self._share = None, 0.0

    def paint(self, painter: QPainter, rect: QRect, stage: Stage | None, kind: str) -> None:
        """Paint a part of it; `kind` empty is a ground without a light."""
        picture = self._now(stage, kind)
        dpr = picture.devicePixelRatio()
        source = QRectF(rect.x() * dpr, rect.y() * dpr, rect.width() * dpr, rect.height() * dpr)
        painter.drawPixmap(rect, picture, source.toRect())
        if self._before is not None and self._before is not picture:
            painter.setOpacity(self._share)
            painter.drawPixmap(rect, self._before, source.toRect())
            painter.setOpacity(1.0)

    def _now(self, stage: Stage | None, kind: str) -> QPixmap:
        page, theme, dpr = self._page, self._look.theme, self._page.devicePixelRatioF()
        ring = stage.ring if stage else QPointF()
        key = (page.size(), theme.name, theme.stage_glow, kind, dpr, ring.toTuple())
        if self._picture is None or key != self._key:
            self._key = key
            self._picture = QPixmap(page.size() * dpr)
            self._picture.setDevicePixelRatio(dpr)
            self._picture.fill(theme.bg)
            if kind and stage is not None:
                light = QRadialGradient(ring, max(680 * stage.u, 1))
                for place, share in FALLOFF:
                    light.setColorAt(place, mixed(theme.bg, theme.fill(kind), theme.stage_glow * share))
                with painting(self._picture) as painter:
                    painter.fillRect(page.rect(), light)
        return self._picture
