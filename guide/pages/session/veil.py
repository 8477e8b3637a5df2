"""What lies over the whole session page: the dimming for the night, and the glow at the window's edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPointF, QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.theme import faded

GLOW: Final = 4000
STEADY: Final = 3000
DARKEST: Final = 0.4
SOFT: Final = 14  # steps of the light's edge


class Veil(Guarded, QWidget):
    """Paints the dark over everything, at night but for soft holes around light words; lets every click through."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share = 0.0
        self._holes: tuple[QRectF, ...] = ()
        self._layer: QPixmap | None = None
        self._layer_key: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.changed.connect(self.update)
        self.hide()

    @property
    def share(self) -> float:
        return self._share

    @property
    def holes(self) -> tuple[QRectF, ...]:
        return self._holes

    def dim(self, share: float) -> None:
        self._share = max(0.0, min(DARKEST, share))
        self.setVisible(self._share > 0)
        self.update()

    def leave_open(self, holes: Sequence[QRectF]) -> None:
        """Keep the light on these places, softly at their edges."""
        if tuple(holes) != self._holes:
            self._holes = tuple(holes)
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        layer, rect = self._layer_now(), event.rect()
        dpr = layer.devicePixelRatio()
        source = QRectF(rect.x() * dpr, rect.y() * dpr, rect.width() * dpr, rect.height() * dpr)
        with painting(self) as painter:
            painter.drawPixmap(QRectF(rect), layer, source)

    def _layer_now(self) -> QPixmap:
        """The dark with its holes: painted once, and looked through in every frame of what moves below."""
        dpr, colour = self.devicePixelRatioF(), self._look.theme.veil(self._share / DARKEST)
        holes = self._holes if self._look.theme.is_night else ()  # by day a hole would be the brightest place of all
        key = (self.size(), dpr, colour.rgba(), holes)
        if self._layer is None or key != self._layer_key:
            self._layer_key = key
            self._layer = QPixmap(self.size() * dpr)
            self._layer.setDevicePixelRatio(dpr)
            self._layer.fill(colour)
            with painting(self._layer) as painter:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setBrush(faded(QColor("black"), 0.3))
                for hole in holes:
                    for step in range(SOFT, 0, -1):
                        around = hole.adjusted(-step * 1.5, -step * 1.5, step * 1.5, step * 1.5)
                        corner = around.height() * 0.3
                        painter.drawRoundedRect(around, corner, corner)
        return self._layer


class EdgeGlow(Guarded, QWidget):
    """Lights the window's edge for some seconds, so that no cue is by sound alone."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = ""
        self._strength = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STEADY)
        self.timer.timeout.connect(self.rest)
        self.breath = QVariantAnimation(self)
        self.breath.setDuration(GLOW)
        self.breath.setStartValue(0.0)
        self.breath.setKeyValueAt(0.3, 1.0)
        self.breath.setKeyValueAt(0.6, 0.85)
        self.breath.setEndValue(0.0)
        self.breath.setEasingCurve(QEasingCurve.Type.InOutSine)
        self.breath.valueChanged.connect(self._breathe)
        self.breath.finished.connect(self.rest)
        self.hide()

    @property
    def kind(self) -> str:
        """The kind whose colour glows now; none between two phases."""
        return self._kind

    def glow(self, kind: str) -> None:
        self._kind = kind
        self.show()
        if self._look.still:
            self._strength = 0.8
            self.timer.start()
        else:
            self.breath.stop()
            self.breath.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)
        self.update()

    def rest(self) -> None:
        self.timer.stop()
        self.breath.stop()
        self._kind, self._strength = "", 0.0
        self.hide()

    def _breathe(self, strength: object) -> None:
        if isinstance(strength, float):
            self._strength = strength
            self.update(self._edges())

    def _reach(self) -> float:
        return min(self.width(), self.height()) * 0.07

    def _edges(self) -> QRegion:
        inner = math.floor(self._reach())
        return QRegion(self.rect()).subtracted(QRegion(self.rect().adjusted(inner, inner, -inner, -inner)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._kind:
            return
        with painting(self) as painter:
            colour = self._look.theme.fill(self._kind)
            width, height = float(self.width()), float(self.height())
            reach = self._reach()
            for start, end, strip in (
                (QPointF(0, 0), QPointF(0, reach), QRectF(0, 0, width, reach)),
                (QPointF(0, height), QPointF(0, height - reach), QRectF(0, height - reach, width, reach)),
                (QPointF(0, 0), QPointF(reach, 0), QRectF(0, 0, reach, height)),
                (QPointF(width, 0), QPointF(width - reach, 0), QRectF(width - reach, 0, reach, height)),
            ):
                light = QLinearGradient(start, end)
                light.setColorAt(0, faded(colour, 0.46 * self._strength))
                light.setColorAt(0.35, faded(colour, 0.15 * self._strength))
                light.setColorAt(1, faded(colour, 0.0))
                painter.fillRect(strip, light)
