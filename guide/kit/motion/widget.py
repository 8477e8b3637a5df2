"""The drawing of a step as a widget: it moves while it is looked at."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QPaintEvent,
    QPixmap,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.motion.brush import Brush
from guide.kit.motion.geometry import PAIR_WIDTH, SCENE_HEIGHT, Scene, arranged
from guide.kit.motion.scenes import colour_of, paint_body, paint_moving
from guide.kit.motion.tempo import SHAKE, SHAKE_REST, SHAKES, slow_step
from guide.kit.painting import painting

FRAME_MS = 50  # twenty a second: these motions are slow, and the whole session is to take less than 8 % of one core


class Motion(Guarded, QWidget):
    """Shows one motion, moving while it is seen, running and not asked to be still."""

    spoken_as = "Graphic"

    def __init__(
        self,
        *,
        look: Look,
        clock: Callable[[], float] = time.monotonic,
        at_left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._clock = clock
        self._at_left = at_left
        self._name = "none"
        self._side = "both"
        self._kind = "rest"
        self._began = clock()
        self._frozen: float | None = None
        self._body: QPixmap | None = None
        self._body_key: tuple[object, ...] = ()
        self._stamps: dict[int, QImage] = {}
        self._rested = False
        self._slow = 0
        self.timer = QTimer(self)
        self.timer.setInterval(FRAME_MS)
        self.timer.timeout.connect(self._turn)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self._restyle)

    @property
    def shown(self) -> tuple[str, str, str]:
        """Tell motion, side and kind."""
        return self._name, self._side, self._kind

    @property
    def phase(self) -> float:
        """Tell the seconds the motion has been running."""
        return self._frozen if self._frozen is not None else max(0.0, self._clock() - self._began)

    @property
    def running(self) -> bool:
        return self._frozen is None

    @running.setter
    def running(self, running: bool) -> None:
        if running == self.running:
            return
        if running:
            self._began = self._clock() - (self._frozen or 0.0)
            self._frozen = None
        else:
            self._frozen = self.phase
        self._arrange()
        self.update()

    def show_motion(self, name: str, side: str, kind: str) -> None:
        """Show a motion from its beginning; the one already shown goes on."""
        if (name, side, kind) == self.shown:
            return
        self._name, self._side, self._kind = name, side, kind
        self._began = self._clock()
        if self._frozen is not None:
            self._frozen = 0.0
        self._arrange()
        self.update()

    def describe(self, name: str) -> None:
        self.setAccessibleName(name)

    def _turn(self) -> None:
        """The next frame; between two rounds of shaking they are all alike."""
        rests = self._name == "shake" and self.phase % (SHAKES * SHAKE + SHAKE_REST) >= SHAKES * SHAKE
        if not (rests and self._rested):
            self.update(self._region())
        self._rested = rests

    def _region(self) -> QRegion:
        """Where the next frame may differ from this one."""
        slow = slow_step(self._name, self.phase)
        if self._name != "pump" or slow != self._slow:
            self._slow = slow
            return QRegion(self.rect())
        scene, region = arranged(QRectF(self.rect()), self._name, at_left=self._at_left), QRegion()
        for breast, used in scene.breasts(self._side):
            if used:
                half, x, y = 0.5 * scene.r, breast.nipple.x(), breast.nipple.y()
                foot = breast.centre[1] + 1.28 * scene.r
                region += QRectF(x - half, y - half, 2 * half, foot - y + half).toAlignedRect()
        return region

    def _arrange(self) -> None:
        moves = self.isVisible() and self.running and not self._look.still and self._name != "none"
        if not moves:
            self.timer.stop()
        elif not self.timer.isActive():
            self.timer.start()

    def _restyle(self) -> None:
        self._arrange()
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._arrange()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.timer.stop()

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(PAIR_WIDTH * 92), round(SCENE_HEIGHT * 92))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(round(PAIR_WIDTH * 30), round(SCENE_HEIGHT * 30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            scene = arranged(QRectF(self.rect()), self._name, at_left=self._at_left)
            theme = self._look.theme
            painter.drawPixmap(0, 0, self._body_now(scene))
            brush = Brush(painter, theme, scene.r, colour_of(self._name, theme, self._kind), stamps=self._stamps)
            paint_moving(brush, scene, self._name, self._side, self.phase, still=self._look.still)

    def _body_now(self, scene: Scene) -> QPixmap:
        dpr, look = self.devicePixelRatioF(), self._look
        step = slow_step(self._name, self.phase)
        what = (self._name, self._side, self._kind, step)
        key = (self.size(), look.theme.name, look.high_contrast, look.still, dpr, what)
        if self._body is None or key != self._body_key:
            self._body_key = key
            self._stamps.clear()
            self._body = QPixmap(self.size() * dpr)
            self._body.setDevicePixelRatio(dpr)
            self._body.fill(Qt.GlobalColor.transparent)
            with painting(self._body) as painter:
                brush = Brush(painter, look.theme, scene.r, colour_of(self._name, look.theme, self._kind))
                paint_body(brush, scene, self._name, self._side, step, still=look.still)
        return self._body
