"""The change of a step: the drawing and the light of the step before fade, and never the words of the new one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPoint, Qt, QVariantAnimation
from PySide6.QtGui import QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.pages.session.ground import Ground

CHANGE: Final = 420  # milliseconds


class Parting(Guarded, QWidget):
    """
    Lies over the drawing and beneath the words: what was drawn goes while what is drawn now is there already.

    The words, the time and the controls change at once; nothing waits for this. Where motion is reduced, so does the
    rest.
    """

    def __init__(self, ground: Ground, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._ground = ground
        self._page = parent
        self._picture: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fade = QVariantAnimation(self)
        self.fade.setDuration(CHANGE)
        self.fade.setStartValue(1.0)
        self.fade.setEndValue(0.0)
        self.fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.fade.valueChanged.connect(self._go_on)
        self.fade.finished.connect(self.rest)
        self.hide()

    @property
    def share(self) -> float:
        """How much of the step before is still to be seen."""
        value = self.fade.currentValue()
        going = self.fade.state() is QAbstractAnimation.State.Running
        return value if going and isinstance(value, float) else 0.0

    def begin(self, drawn: QWidget | None) -> None:
        """Keep what `drawn` shows, and the light, before either becomes another one."""
        self.rest()
        if self._look.still:
            return
        self._ground.keep()
        if drawn is not None:
            dpr = self.devicePixelRatioF()
            self._picture = QPixmap(drawn.size() * dpr)
            self._picture.setDevicePixelRatio(dpr)
            self._picture.fill(Qt.GlobalColor.transparent)
            drawn.render(self._picture, QPoint(0, 0), QRegion(), QWidget.RenderFlag.DrawChildren)
            self.setGeometry(drawn.geometry())
            self.show()
        self.fade.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def rest(self) -> None:
        self.fade.stop()
        self._picture = None
        self._ground.let_go()
        self.hide()
        self._page.update()

    def _go_on(self, share: object) -> None:
        if isinstance(share, float):
            self._ground.fade(share)
            self._page.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        with painting(self) as painter:
            painter.setOpacity(self.share)
            painter.drawPixmap(0, 0, self._picture)
