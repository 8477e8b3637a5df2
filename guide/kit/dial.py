"""The session's ring: what is bright is what remains, and the time stands in its middle."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon, paint_sides
from guide.kit.look import KINDS, Look, SessionRole, Theme, faded
from guide.kit.painting import painting

DIAMETER = 424.0
STROKE = 17 / DIAMETER
TOP = -90.0
SETTLE = 0.6
PULSE = 1.0
WIDER = 1.28
TALLER = 1.15
FRAME_MS = 33
SLOWEST_MS = 1000
FASTEST_MS = 100
OPEN_STROKE = 0.42
LARGEST_TIME = 0.80

SIDE_WORDS = {"both": "Both breasts", "left": "Left breast", "right": "Right breast"}


@dataclass(frozen=True, slots=True)
class DialFace:
    """All the ring shows. `fraction` is what has passed of the ring, `mark` where a range's least time ends."""

    kind: str
    time_text: str = ""
    caption: str = ""
    side: str = ""
    fraction: float = 0.0
    mark: float | None = None
    mark_text: str = ""
    end_text: str = ""
    past_mark: bool = False
    paused: bool = False
    pulse: bool = False
    wait: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """Where the parts of a ring of a diameter lie around its centre."""

    centre: QPointF
    diameter: float

    @property
    def stroke(self) -> float:
        return self.diameter * STROKE

    @property
    def radius(self) -> float:
        return self.diameter / 2 - 1.9 * self.stroke

    @property
    def inner_diameter(self) -> float:
        return 2 * self.radius - self.stroke

    def box(self, radius: float) -> QRectF:
        return QRectF(self.centre.x() - radius, self.centre.y() - radius, 2 * radius, 2 * radius)

    def at(self, fraction: float, radius: float | None = None) -> QPointF:
        """Find a point by its share of the round, clockwise from 12 o'clock."""
        angle = math.radians(angle_of(fraction))
        reach = self.radius if radius is None else radius
        return self.centre + QPointF(reach * math.cos(angle), reach * math.sin(angle))

    def bead_box(self, fraction: float) -> QRectF:
        """Bound the bead at its largest."""
        box = QRectF(0, 0, 2.7 * self.stroke, 2.7 * self.stroke)
        box.moveCenter(self.at(fraction))
        return box


def angle_of(fraction: float) -> float:
    """Turn a share of the round into degrees clockwise from 3 o'clock.

    >>> angle_of(0), angle_of(0.5)
    (-90.0, 90.0)
    """
    return TOP + 360.0 * fraction


def _arc(painter: QPainter, box: QRectF, start: float, end: float) -> None:
    """Draw clockwise from one share of the round to another."""
    if end > start:
        painter.drawArc(box, round(-angle_of(start) * 16), -round((end - start) * 360 * 16))


def _pen(theme: Theme, kind: str, width: float, opacity: float, *, flat: bool = False) -> QPen:
    cap = Qt.PenCapStyle.FlatCap if flat else Qt.PenCapStyle.RoundCap
    return QPen(faded(theme.fill(kind), opacity), width, Qt.PenStyle.SolidLine, cap)


def paint_ground(painter: QPainter, ring: Ring, theme: Theme, face: DialFace) -> None:
    """Paint the lit disc and the track."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    glow = QRadialGradient(ring.centre, ring.radius)
    glow.setColorAt(0, faded(theme.fill(face.kind), 0.0 if face.paused else theme.disc_glow))
    glow.setColorAt(1, faded(theme.fill(face.kind), 0.015 if theme.disc_glow else 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glow)
    painter.drawEllipse(ring.box(ring.radius - ring.stroke))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    opacity = theme.paused_arc if face.wait else theme.track
    painter.setPen(_pen(theme, face.kind, ring.stroke, opacity))
    painter.drawEllipse(ring.box(ring.radius))


def paint_hand(
    painter: QPainter,
    ring: Ring,
    theme: Theme,
    face: DialFace,
    *,
    swell: float = 1.0,
    grown: float = 1.0,
) -> None:
    """Paint what remains, the mark of a range and the bead; `grown` is how far the open zone has widened."""
    if face.wait:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box, width = ring.box(ring.radius), ring.stroke
    bright = theme.paused_arc if face.paused else 1.0
    before = face.mark is not None and not face.past_mark
    if before and face.mark is not None:
        zone = theme.open_zone_before
        painter.setPen(_pen(theme, face.kind, width * OPEN_STROKE, zone))
        _arc(painter, box, face.mark + 2.4 / 360, 1.0)
        painter.setPen(_pen(theme, face.kind, width, bright, flat=True))
        _arc(painter, box, face.fraction, face.mark)
    else:
        start = OPEN_STROKE + (1 - OPEN_STROKE) * grown
        zone = theme.open_zone_before + (1 - theme.open_zone_before) * grown
        painter.setPen(_pen(theme, face.kind, width * start, bright * zone))
        _arc(painter, box, face.fraction, 1.0)
    if face.mark is not None:
        ends = ring.at(face.mark, ring.radius - 1.25 * width), ring.at(face.mark, ring.radius + 1.25 * width)
        for colour, share in ((theme.bg, 0.75), (theme.text, 0.3)):
            cap = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(colour, width * share, Qt.PenStyle.SolidLine, cap))
            painter.drawLine(*ends)
    bead = ring.at(face.fraction)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.bg)
    painter.drawEllipse(bead, 1.02 * width * swell, 1.02 * width * swell)
    painter.setBrush(faded(theme.text, 0.7 if face.paused else 1.0))
    painter.drawEllipse(bead, 0.72 * width * swell, 0.72 * width * swell)


def paint_mini_ring(painter: QPainter, rect: QRectF, face: DialFace, theme: Theme, font: QFont | None = None) -> None:
    """Paint a small ring with its time, as for a preview or a sheet of paper."""
    ring = Ring(rect.center(), min(rect.width(), rect.height()))
    painter.save()
    paint_ground(painter, ring, theme, face)
    paint_hand(painter, ring, theme, face)
    if font is not None and face.time_text:
        paint_time(painter, ring.centre, face.time_text, font, theme.text, ring.inner_diameter * LARGEST_TIME)
    painter.restore()


@dataclass(frozen=True, slots=True)
class _Cells:
    """A time in fixed cells, so that no digit moves when another changes."""

    font: QFont
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        return sum(self.widths)


def lay_out_time(text: str, font: QFont, room: float) -> _Cells:
    """Give every digit the cell of the widest one, in the largest size up to the font's own that fits."""
    own = QFont(font)
    own.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100)
    metrics = QFontMetricsF(own)
    digit = max(metrics.horizontalAdvance(d) for d in "0123456789")
    widths = [digit if c.isdigit() else metrics.horizontalAdvance(c) for c in text]
    tight = font.letterSpacing() / 100 if font.letterSpacing() else 1.0
    total = sum(widths) * tight
    share = min(1.0, room / total) if total else 1.0
    size = max(1, math.floor(own.pixelSize() * share))
    share = min(share, size / own.pixelSize())
    own.setPixelSize(size)
    return _Cells(own, tuple(width * tight * share for width in widths))


def paint_time(painter: QPainter, centre: QPointF, text: str, font: QFont, colour: QColor, room: float) -> None:
    cells = lay_out_time(text, font, room)
    metrics = QFontMetricsF(cells.font)
    painter.setFont(cells.font)
    painter.setPen(colour)
    x = centre.x() - cells.width / 2
    baseline = centre.y() + metrics.capHeight() / 2
    for letter, width in zip(text, cells.widths, strict=True):
        painter.drawText(QPointF(x + (width - metrics.horizontalAdvance(letter)) / 2, baseline), letter)
        x += width


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
        middle = ring.centre.y() + self._rows(ring)[1]
        return QRectF(ring.centre.x() - half, middle - height / 2, 2 * half, height).toAlignedRect()

    def _rows(self, ring: Ring) -> tuple[float, float, float, float]:
        """Place kind, time, caption and side, relative to the centre."""
        u = ring.diameter / DIAMETER
        shift = 0.0 if self._side_words() else 18.0
        return (-109 + shift) * u, (-21 + shift) * u, (68 + shift) * u, 111 * u

    def _side_words(self) -> str:
        return "" if self._face.paused else SIDE_WORDS.get(self._face.side, "")

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
        middle = ring.centre + QPointF(0, self._rows(ring)[1])
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
                self._paint_words(painter, self.ring, look.theme)
        return self._ground

    def _paint_words(self, painter: QPainter, ring: Ring, theme: Theme) -> None:
        face, look, u = self._face, self._look, ring.diameter / DIAMETER
        kind_y, time_y, caption_y, side_y = self._rows(ring)
        ink = theme.text if face.paused else theme.ink(face.kind)
        word = "Paused" if face.paused else face.kind.capitalize()
        glyph = "pause" if face.paused else face.kind
        font = look.session_font("kind", u)
        self._paint_pair(painter, ring, kind_y, glyph, word, font, ink, ink)
        if face.wait or self._number_free:
            side = 104 * u
            place = QRectF(0, 0, side, side)
            place.moveCenter(ring.centre + QPointF(0, time_y))
            paint_icon(painter, face.kind, place, faded(theme.ink(face.kind), 0.75), 1.3)
        caption = face.caption
        if self._number_free and any(c.isdigit() for c in caption):
            caption = ""
        self._paint_line(painter, ring, caption_y, caption, look.session_font("caption", u))
        if self._side_words():
            side_font = look.session_font("side", u)
            self._paint_pair(
                painter, ring, side_y, "", self._side_words(), side_font, theme.ink(face.kind), theme.text2
            )
        if face.mark is not None and not self._number_free:
            self._paint_marks(painter, ring, theme)

    def _paint_marks(self, painter: QPainter, ring: Ring, theme: Theme) -> None:
        face = self._face
        painter.setFont(self._look.session_font("ring_mark", ring.diameter / DIAMETER))
        metrics = QFontMetricsF(painter.font())
        # less far below the ring than beside it: the words there are wide, not tall
        aside = abs(math.cos(math.radians(angle_of(face.mark or 0.0))))
        reach = ring.radius + (3.0 + 0.9 * aside) * ring.stroke
        places = [(1.0, face.end_text, theme.text2, ring.radius + 3.0 * ring.stroke)]
        # where the mark comes close to 12 o'clock its words would lie over the end's: the end's stay
        if face.mark is not None and 0.06 < face.mark < 0.94:
            places.append((face.mark, face.mark_text, theme.text, reach))
        for share, text, colour, away in places:
            box = metrics.boundingRect(text).adjusted(-2, -2, 2, 2)
            box.moveCenter(ring.at(share, away))
            painter.setPen(colour)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _chord(self, ring: Ring, y: float) -> float:
        """Measure the room inside the ring at a height."""
        half = ring.inner_diameter / 2 - ring.stroke
        return 2 * math.sqrt(max(0.0, half * half - y * y))

    def _paint_line(self, painter: QPainter, ring: Ring, y: float, text: str, font: QFont) -> None:
        fitted = _fitted(font, text, self._chord(ring, abs(y) + font.pixelSize() / 2))
        painter.setFont(fitted)
        painter.setPen(self._look.theme.text2)
        box = QRectF(0, 0, ring.inner_diameter, fitted.pixelSize() * 1.5)
        box.moveCenter(ring.centre + QPointF(0, y))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_pair(
        self,
        painter: QPainter,
        ring: Ring,
        y: float,
        glyph: str,
        text: str,
        font: QFont,
        glyph_ink: QColor,
        ink: QColor,
    ) -> None:
        """Paint a glyph, or the dots of the side, and a word as one centred line."""
        size = font.pixelSize()
        side = size * (1.12 if glyph else 1.72)
        gap = size * 0.55
        fitted = _fitted(font, text, self._chord(ring, abs(y) + size / 2) - side - gap)
        words = QFontMetricsF(fitted).horizontalAdvance(text)
        x = ring.centre.x() - (side + gap + words) / 2
        middle = ring.centre.y() + y
        place = QRectF(x, middle - side / 2, side, side)
        if glyph:
            paint_icon(painter, glyph, place, glyph_ink, 2.0)
        else:
            paint_sides(painter, self._face.side, place, glyph_ink)
        painter.setFont(fitted)
        painter.setPen(ink)
        box = QRectF(x + side + gap, middle - size, words + 4, size * 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _fitted(font: QFont, text: str, room: float) -> QFont:
    """Shrink a font until its line fits."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width <= room or width <= 0:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(14, math.floor(font.pixelSize() * room / width)))
    return smaller
