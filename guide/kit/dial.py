"""The session's ring as a widget: the bead glides, and only what moves is painted."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.ring import DIAMETER, TALLER, WIDER, DialFace, Ring, paint_ground, paint_hand
from guide.kit.ring_words import LARGEST_TIME, RingWords, paint_time
from guide.kit.theme import KINDS, Theme, faded
from guide.kit.typeface import SessionRole

SETTLE = 0.6
PULSE = 1.0
FRAME_MS = 33
SLOWEST_MS = 1000
FASTEST_MS = 100


class Dial(Guarded, QWidget):
    """Shows one face; between two faces the bead glides at `animate`'s pace, unless all is still."""

    spoken_as = "Graphic"

    def __init__(
        self,
        *,
        look: Look,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._clock = clock
        self._face = DialFace(kind=KINDS[0], wait=True)
        self._since = clock()
        self._rate = 0.0
        self._settle: tuple[float, float] | None = None
        self._widen_since: float | None = None
        self._number_free = False
        self._ground: QPixmap | None = None
        self._ground_key: tuple[object, ...] = ()
        self._bead_at = 0.0
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.turn)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self._restyle)

    @staticmethod
    def size_for(diameter: float) -> QSize:
        """Tell the widget's size for a ring of `diameter`, with room for the words outside it."""
        return QSize(math.ceil(diameter * WIDER), math.ceil(diameter * TALLER))

    @property
    def face(self) -> DialFace:
        return self._face

    @property
    def ring(self) -> Ring:
        diameter = min(self.width() / WIDER, self.height() / TALLER)
        return Ring(QPointF(self.width() / 2, self.height() / 2), diameter)

    @property
    def number_free(self) -> bool:
        return self._number_free

    @number_free.setter
    def number_free(self, number_free: bool) -> None:
        self._number_free = number_free
        self.update()

    @property
    def time_shown(self) -> str:
        return "" if self._number_free or self._face.wait else self._face.time_text

    @property
    def fraction_shown(self) -> float:
        """Tell where the bead stands now."""
        now = self._clock()
        face = self._face
        moving = not (self._look.still or face.paused or face.wait)
        limit = face.mark if face.mark is not None and not face.past_mark else 1.0
        glide = self._rate * (now - self._since) if moving else 0.0
        target = max(face.fraction, min(limit, face.fraction + glide))
        if self._settle is None or self._look.still:
            return target
        start, began = self._settle
        share = min(1.0, max(0.0, (now - began) / SETTLE))
        return start + (target - start) * QEasingCurve(QEasingCurve.Type.OutCubic).valueForProgress(share)

    def show_face(self, face: DialFace) -> None:
        if face == self._face:
            return
        now, old, stood = self._clock(), self._face, self.fraction_shown
        self._face = face
        self._since = now
        same_step = (face.kind, face.side, face.wait) == (old.kind, old.side, old.wait)
        expected = abs(face.fraction - stood) <= max(0.004, 1.5 * self._rate)
        if not expected and same_step and stood > 0 and face.fraction > 0.02 and not self._look.still:
            self._settle = (stood, now)
        elif not same_step or face.fraction <= 0.02:
            self._settle = None
        if face.past_mark and not old.past_mark and same_step and not self._look.still:
            self._widen_since = now
        if replace(face, fraction=0, time_text="") != replace(old, fraction=0, time_text=""):
            self.update()
        else:
            self._update_hand()
            if face.time_text != old.time_text:
                self.update(self._time_rect())
        self._arrange()

    def animate(self, fraction_per_second: float) -> None:
        """Let the bead glide between faces; 0 leaves it where the face says."""
        if fraction_per_second != self._rate:
            self._rate = fraction_per_second
            self._arrange()

    def describe(self, name: str, description: str = "") -> None:
        """Say the ring in words, for a screen reader."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def turn(self) -> None:
        """Move on to now."""
        now = self._clock()
        if self._settle is not None and now - self._settle[1] >= SETTLE:
            self._settle = None
            self._arrange()
        if self._widen_since is not None:
            self._update_whole_ring()
            if now - self._widen_since >= SETTLE:
                self._widen_since = None
                self._arrange()
        self._update_hand()

    def _interval(self) -> int | None:
        """Milliseconds between two turns, None when nothing moves."""
        if self._look.still or not self.isVisible() or self._face.wait:
            return None
        if self._settle is not None or self._widen_since is not None:
            return FRAME_MS
        if self._face.paused:
            return None
        if self._face.pulse:
            return FRAME_MS
        speed = self._rate * 2 * math.pi * self.ring.radius * self.devicePixelRatioF()
        if speed <= 0:
            return None
        return round(max(FASTEST_MS, min(SLOWEST_MS, 1000 * 0.5 / speed)))

    def _arrange(self) -> None:
        interval = self._interval()
        if interval is None:
            self.timer.stop()
        elif not self.timer.isActive() or self.timer.interval() != interval:
            self.timer.start(interval)

    def _update_hand(self) -> None:
        ring, here = self.ring, self.fraction_shown
        old = ring.bead_box(self._bead_at).toAlignedRect()
        new = ring.bead_box(here).toAlignedRect()
        far = abs(here - self._bead_at) > 1 / 12
        if far:
            self._update_whole_ring()
        else:
            self.update(old.united(new))
        self._bead_at = here

    def _update_whole_ring(self) -> None:
        ring = self.ring
        outer = ring.box(ring.radius + 1.4 * ring.stroke).toAlignedRect()
        inner = ring.box(ring.radius - 1.4 * ring.stroke).toAlignedRect()
        middle = QRegion(inner, QRegion.RegionType.Ellipse)
        self.update(QRegion(outer).subtracted(middle))

    def _time_rect(self) -> QRect:
        ring = self.ring
        half = ring.inner_diameter / 2
        height = ring.diameter * 0.32
        middle = ring.centre.y() + self._words.rows[1]
        return QRectF(ring.centre.x() - half, middle - height / 2, 2 * half, height).toAlignedRect()

    @property
    def _words(self) -> RingWords:
        return RingWords(self._face, self.ring, self._look, number_free=self._number_free)

    def _restyle(self) -> None:
        self._ground = None
        self._arrange()
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._arrange()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.timer.stop()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self.size_for(DIAMETER)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.size_for(180)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.drawPixmap(0, 0, self._ground_now())
            theme, ring = self._look.theme, self.ring
            now = self._clock()
            swell = 1.0
            if self._face.pulse and not self._look.still and not self._face.paused:
                swell += 0.25 * math.sin(math.pi * (((now - self._since) / PULSE) % 1.0))
            grown = 1.0 if self._widen_since is None else min(1.0, (now - self._widen_since) / SETTLE)
            shown = replace(self._face, fraction=self.fraction_shown)
            paint_hand(painter, ring, theme, shown, swell=swell, grown=grown)
            if self.time_shown and event.region().intersects(self._time_rect()):
                self._paint_time(painter, ring, theme)

    def _paint_time(self, painter: QPainter, ring: Ring, theme: Theme) -> None:
        text = self.time_shown
        role: SessionRole = "time_long" if len(text) > 4 else "time"
        font = self._look.session_font(role, ring.diameter / DIAMETER)
        colour = faded(theme.text, theme.paused_time) if self._face.paused else theme.text
        middle = ring.centre + QPointF(0, self._words.rows[1])
        paint_time(painter, middle, text, font, colour, ring.inner_diameter * LARGEST_TIME)

    def _ground_now(self) -> QPixmap:
        face = replace(self._face, fraction=0, time_text="", pulse=False)
        dpr = self.devicePixelRatioF()
        look = self._look
        key = (self.size(), look.theme.name, look.high_contrast, look.scale, dpr, face, self._number_free)
        if self._ground is None or key != self._ground_key:
            self._ground_key = key
            self._ground = QPixmap(self.size() * dpr)
            self._ground.setDevicePixelRatio(dpr)
            self._ground.fill(Qt.GlobalColor.transparent)
            with painting(self._ground) as painter:
                paint_ground(painter, self.ring, look.theme, face)
                self._words.paint(painter)
        return self._ground
