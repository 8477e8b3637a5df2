"""What the hands do, drawn as contour lines from her own view: no skin, no face, nothing that fills up.

All is placed by `P(ρ, φ) = N + ρ (O(φ) − N)`: N the nipple, O the outline, ρ 1 at the outline and 0 at N,
φ in degrees clockwise from 3 o'clock, y down. Lengths are in R, the radius of an outline.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHideEvent,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
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
from guide.kit.look import Look, Theme, faded, load_fonts
from guide.kit.painting import painting

FRAME_MS = 50  # twenty a second: these motions are slow, and the whole session is to take less than 8 % of one core
SCENE_HEIGHT = 2.86
PAIR_WIDTH = 4.8
SIDE_VIEW_WIDTH = 2.7
BREATH_WIDTH = 2.5
MIDDLE = 1.60
LEFT, RIGHT = -1, 1
CONTOURS = (0.77, 0.53)
TAIL = {LEFT: 228.0, RIGHT: -48.0}

KIND_OF = {"circles": "massage", "prepare": "prepare", "rest": "rest", "none": "rest"}
MOTIONS = (
    "circles",
    "stroke",
    "shake",
    "knead",
    "compress",
    "express",
    "pump",
    "rest",
    "prepare",
    "none",
)


def ease(share: float) -> float:
    """Go in and out gently: a sine from 0 to 1.

    >>> ease(-1), ease(0.5), ease(2)
    (0.0, 0.5, 1.0)
    """
    return round(0.5 - 0.5 * math.cos(math.pi * max(0.0, min(1.0, share))), 12)


def between(start: float, end: float, share: float) -> float:
    return start + (end - start) * share


def polar(centre: QPointF, radius: float, degrees: float) -> QPointF:
    angle = math.radians(degrees)
    return QPointF(centre.x() + radius * math.cos(angle), centre.y() + radius * math.sin(angle))


def direction(start: QPointF, end: QPointF) -> float:
    return math.degrees(math.atan2(end.y() - start.y(), end.x() - start.x()))


def moved(point: QPointF, degrees: float, reach: float) -> QPointF:
    return polar(point, reach, degrees)


@dataclass(frozen=True, slots=True)
class Breast:
    """One outline with its tail towards the armpit; `lateral` is −1 for her left, +1 for her right."""

    centre: tuple[float, float]
    r: float
    lateral: int

    @property
    def nipple(self) -> QPointF:
        x, y = self.centre
        return QPointF(x + 0.085 * self.lateral * self.r, y + 0.21 * self.r)

    def outline(self, degrees: float) -> QPointF:
        tail = max(0.0, math.cos(math.radians(degrees - TAIL[self.lateral]))) ** 3
        return polar(QPointF(*self.centre), self.r * (1 + 0.13 * tail), degrees)

    def at(self, rho: float, degrees: float) -> QPointF:
        nipple, edge = self.nipple, self.outline(degrees)
        return QPointF(between(nipple.x(), edge.x(), rho), between(nipple.y(), edge.y(), rho))

    def shifted(self, dx: float) -> Breast:
        x, y = self.centre
        return Breast((x + dx, y), self.r, self.lateral)


@lru_cache(maxsize=64)
def _contour(breast: Breast, rho: float) -> QPainterPath:
    path = QPainterPath(breast.at(rho, 0))
    for degrees in range(6, 360, 6):
        path.lineTo(breast.at(rho, degrees))
    path.closeSubpath()
    return path


def spiral(breast: Breast, share: float) -> QPointF:
    """Follow the spiral of the circles from the outside (0) inwards (1)."""
    return breast.at(between(0.77, 0.43, share), -90 - breast.lateral * 576 * share)


@cache
def stations(lateral: int) -> tuple[float, ...]:
    """Find the places of the spiral, 0.33 R apart, where the fingers rest and circle."""
    breast = Breast((0.0, 0.0), 1.0, lateral)
    found: list[float] = []
    last: QPointF | None = None
    for step in range(501):
        here = spiral(breast, step / 500)
        if last is None or math.hypot(here.x() - last.x(), here.y() - last.y()) >= 0.33:
            found.append(step / 500)
            last = here
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A drawing at a place and size: R fits the whole into a rectangle."""

    rect: QRectF
    r: float
    left: float
    top: float
    width: float

    @property
    def middle(self) -> float:
        return self.top + MIDDLE * self.r

    def breasts(self, side: str) -> list[tuple[Breast, bool]]:
        pad, r = 0.3 * self.r, self.r
        centres = (self.left + pad + r, LEFT), (self.left + self.width - pad - r, RIGHT)
        used = {LEFT: side != "right", RIGHT: side != "left"}
        return [(Breast((x, self.middle), r, lateral), used[lateral]) for x, lateral in centres]


def scene_width(name: str) -> float:
    """Tell the width of a drawing in R."""
    match name:
        case "express":
            return SIDE_VIEW_WIDTH
        case "rest" | "prepare":
            return BREATH_WIDTH
        case _:
            return PAIR_WIDTH


def _scene(rect: QRectF, name: str, *, at_left: bool = False) -> _Scene:
    wide = scene_width(name)
    r = min(rect.width() / wide, rect.height() / SCENE_HEIGHT)
    left = rect.x() if at_left else rect.center().x() - wide * r / 2
    return _Scene(rect, r, left, rect.center().y() - SCENE_HEIGHT * r / 2, wide * r)


class _Brush:
    """A painter that knows the theme, the kind's colour and R."""

    def __init__(
        self, painter: QPainter, theme: Theme, r: float, colour: QColor, *, stamps: dict[int, QImage] | None = None
    ) -> None:
        self.painter = painter
        self.stamps = stamps  # where what moves whole may be kept; None: draw it each time
        self.theme = theme
        self.r = r
        self.colour = colour
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    @contextmanager
    def at_opacity(self, opacity: float) -> Iterator[None]:
        before = self.painter.opacity()
        self.painter.setOpacity(before * max(0.0, min(1.0, opacity)))
        yield
        self.painter.setOpacity(before)

    def pen(self, colour: QColor | QBrush, width: float, opacity: float = 1.0) -> QPen:
        brush = colour if isinstance(colour, QBrush) else QBrush(faded(colour, opacity))
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(brush, width * self.r, Qt.PenStyle.SolidLine, cap, join)

    def stroke(self, path: QPainterPath, colour: QColor | QBrush, width: float, opacity: float = 1.0) -> None:
        self.painter.strokePath(path, self.pen(colour, width, opacity))

    def line(self, start: QPointF, end: QPointF, colour: QColor, width: float, opacity: float = 1.0) -> None:
        self.painter.setPen(self.pen(colour, width, opacity))
        self.painter.drawLine(start, end)

    def dot(self, at: QPointF, radius: float, colour: QColor, opacity: float = 1.0) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(faded(colour, opacity))
        self.painter.drawEllipse(at, radius * self.r, radius * self.r)

    def circle(
        self,
        at: QPointF,
        radius: float,
        colour: QColor,
        width: float,
        opacity: float = 1.0,
        ground: QColor | None = None,
    ) -> None:
        self.painter.setPen(self.pen(colour, width, opacity))
        self.painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
        self.painter.drawEllipse(at, radius * self.r, radius * self.r)

    def arc(
        self,
        centre: QPointF,
        radius: float,
        first: float,
        last: float,
        colour: QColor,
        width: float,
        opacity: float = 1.0,
    ) -> None:
        reach = radius * self.r
        box = QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
        path = QPainterPath()
        path.arcMoveTo(box, -first)
        path.arcTo(box, -first, first - last)
        self.stroke(path, colour, width, opacity)

    def head(
        self,
        tip: QPointF,
        degrees: float,
        length: float,
        colour: QColor,
        width: float,
        opacity: float = 1.0,
    ) -> None:
        path = QPainterPath(polar(tip, length * self.r, degrees + 150))
        path.lineTo(tip)
        path.lineTo(polar(tip, length * self.r, degrees - 150))
        self.stroke(path, colour, width, opacity)

    def arrow(
        self,
        start: QPointF,
        end: QPointF,
        colour: QColor,
        width: float = 0.026,
        head: float = 0.085,
        opacity: float = 0.9,
    ) -> None:
        self.line(start, end, colour, width, opacity)
        self.head(end, direction(start, end), head, colour, width, opacity)

    def fall(self, top: float, bottom: float, stops: tuple[tuple[float, QColor, float], ...]) -> QBrush:
        """Make a vertical gradient, so that the pair never reads as a pair of eyes."""
        gradient = QLinearGradient(0, top, 0, bottom)
        for place, colour, opacity in stops:
            gradient.setColorAt(place, faded(colour, opacity))
        return QBrush(gradient)


def _paint_shoulders(brush: _Brush, scene: _Scene) -> None:
    theme, r, y = brush.theme, brush.r, scene.middle
    quiet = theme.text3
    colour = brush.fall(y - 1.6 * r, y + 1.2 * r, ((0.0, quiet, 0.12), (0.3, quiet, 0.6), (1.0, quiet, 0.0)))
    neck = scene.left + scene.width / 2
    for breast, _ in scene.breasts("both"):
        side, x = breast.lateral, breast.centre[0]
        path = QPainterPath(QPointF(neck + side * 0.30 * r, y - 1.58 * r))
        for (ax, ay), (bx, by), (cx, cy) in (
            ((neck + side * 0.34 * r, -1.36), (x + side * 0.10 * r, -1.34), (x + side * 0.72 * r, -1.22)),
            ((x + side * 1.12 * r, -1.14), (x + side * 1.22 * r, -0.72), (x + side * 1.22 * r, -0.30)),
            ((x + side * 1.22 * r, 0.20), (x + side * 1.26 * r, 0.60), (x + side * 1.22 * r, 1.20)),
        ):
            path.cubicTo(ax, y + ay * r, bx, y + by * r, cx, y + cy * r)
        brush.stroke(path, colour, 0.020)


def _paint_breast(brush: _Brush, breast: Breast, *, used: bool, plain: bool = False) -> None:
    theme, r, y = brush.theme, brush.r, breast.centre[1]
    outline = _contour(breast, 1.0)
    box = outline.boundingRect()
    ground = QRadialGradient(QPointF(box.center().x(), box.top() + 0.6 * box.height()), 0.62 * box.height())
    ground.setColorAt(0, theme.raised)
    ground.setColorAt(1, theme.surface)
    line = brush.fall(
        y - r,
        y + r,
        (
            (0.0, theme.text3, 0.0),
            (0.22, theme.text3, 0.10),
            (0.5, theme.text3, 0.55),
            (1.0, theme.text2, 1.0),
        ),
    )
    with brush.at_opacity(1.0 if used else theme.inactive_breast):
        brush.painter.fillPath(outline, ground)
        brush.stroke(outline, line, 0.028)
        if used and not plain:
            for rho in CONTOURS:
                with brush.at_opacity(0.5):
                    brush.stroke(_contour(breast, rho), line, 0.012)
        brush.circle(breast.nipple, 0.215, theme.text3, 0.015, 0.6, ground=faded(theme.text3, 0.08))
        brush.dot(breast.nipple, 0.05, theme.text3)


def _stamp_breast(brush: _Brush, breast: Breast) -> None:
    """Paint a breast that moves as a whole: where pictures may be kept, from its picture."""
    painter, stamps = brush.painter, brush.stamps
    if stamps is None:
        _paint_breast(brush, breast, used=True)
        return
    corner = QPointF(math.floor(breast.centre[0] - 1.3 * brush.r), math.floor(breast.centre[1] - 1.3 * brush.r))
    if breast.lateral not in stamps:
        dpr = painter.device().devicePixelRatioF()
        side = math.ceil(2.6 * brush.r * dpr) + 2
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(dpr)
        image.fill(Qt.GlobalColor.transparent)
        with painting(image) as own:
            own.translate(-corner)
            _paint_breast(_Brush(own, brush.theme, brush.r, brush.colour), breast, used=True)
        stamps[breast.lateral] = image
    painter.drawImage(corner, stamps[breast.lateral])


def slow_step(name: str, t: float) -> int:
    """Number the places that are changed only every few seconds: stations passed, lines drawn."""
    match name:
        case "circles":
            return min(len(stations(LEFT)) - 1, int(t % ROUND / STATION))
        case "stroke":
            return int(t / (GLIDE + LIFT)) % LINES
        case "compress":
            return int(t / (PRESS * PRESS_TURN)) % 8
        case _:
            return 0


def _paint_body(brush: _Brush, scene: _Scene, name: str, side: str, step: int, *, still: bool) -> None:
    """Paint what stands still for seconds at least: it can be kept as a picture."""
    if name in {"rest", "prepare", "express", "none"}:
        return
    _paint_shoulders(brush, scene)
    for breast, used in scene.breasts(side):
        if name == "shake" and used:
            for ghost in (breast.shifted(-0.14 * brush.r), breast.shifted(0.14 * brush.r)):
                path = QPainterPath(ghost.outline(0))
                for degrees in range(6, 181, 6):
                    path.lineTo(ghost.outline(degrees))
                brush.stroke(path, brush.theme.text3, 0.012, 0.3)
        else:
            _paint_breast(brush, breast, used=used, plain=name == "circles")
        if used and name == "circles":
            _stations(brush, breast, step, still=still)
        elif used and name == "stroke":
            _lines(brush, breast, step, still=still)
        elif used and name in {"pump", "compress"}:
            _flange(brush, breast)
            if name == "compress":
                _drawn(brush, breast, 0.6)
                _fuller_area(brush, breast, 0 if still else step)


def _paint_moving(brush: _Brush, scene: _Scene, name: str, side: str, t: float, *, still: bool) -> None:
    match name:
        case "rest" | "prepare":
            _breath(brush, scene, t, still=still)
        case "express":
            _express(brush, scene, t, still=still)
        case "none":
            pass
        case _:
            for breast, used in scene.breasts(side):
                if used:
                    _HANDS[name](brush, breast, t, still)


CIRCLE, HOP = 3.0, 0.3
STATION = CIRCLE + HOP
ROUND = 63.0
PADS = (-1, 0, 1)


def _stations(brush: _Brush, breast: Breast, now: int, *, still: bool) -> None:
    theme = brush.theme
    path = QPainterPath(spiral(breast, 0))
    for step in range(1, 51):
        path.lineTo(spiral(breast, step / 50))
    brush.stroke(path, brush.colour if still else theme.text3, 0.014, 0.75 if still else 0.4)
    places = [spiral(breast, share) for share in stations(breast.lateral)]
    if still:
        end = spiral(breast, 1)
        brush.head(end, direction(spiral(breast, 0.98), end), 0.11, brush.colour, 0.03)
        for place in places[::2]:
            brush.circle(place, 0.075, brush.colour, 0.02, ground=theme.surface)
        return
    for number, place in enumerate(places):
        if number < now:
            brush.dot(place, 0.040, brush.colour, 0.85)
        elif number > now:
            brush.circle(place, 0.034, theme.text3, 0.013, 0.75, ground=theme.surface)


def _circles(brush: _Brush, breast: Breast, t: float, still: bool) -> None:
    if still:
        return
    now, side = slow_step("circles", t), breast.lateral
    t %= ROUND
    within = t - now * STATION
    shares = stations(side)
    here = spiral(breast, shares[now])
    if now + 1 < len(shares):
        hop, there = ease((within - CIRCLE) / HOP), spiral(breast, shares[now + 1])
        here = QPointF(between(here.x(), there.x(), hop), between(here.y(), there.y(), hop))
    turn = -side * 360 * min(within, CIRCLE) - 90
    with brush.at_opacity(min(1.0, t / HOP, (ROUND - t) / HOP)):
        _circling_fingers(brush, breast, here, turn)


def _circling_fingers(brush: _Brush, breast: Breast, here: QPointF, turn: float) -> None:
    side = breast.lateral
    brush.dot(here, 0.243, brush.colour, 0.14)
    brush.arc(here, 0.243, turn - side * 100, turn - side * 300, brush.colour, 0.022, 0.9)
    tip = turn - side * 300
    brush.head(polar(here, 0.243 * brush.r, tip), tip - side * 90, 0.075, brush.colour, 0.022, 0.9)
    centre = polar(here, 0.05 * brush.r, turn)
    outwards = direction(breast.nipple, here)
    for number in PADS:
        pad = moved(centre, outwards + 90, number * 0.15 * brush.r)
        if number == 0:
            pad = moved(pad, outwards, 0.035 * brush.r)
        brush.dot(pad, 0.072, brush.colour)


LINES = 12
GLIDE, LIFT = 1.6, 0.4


def _lines(brush: _Brush, breast: Breast, now: int, *, still: bool) -> None:
    for number in range(LINES):
        degrees = -90.0 - breast.lateral * 30 * number
        start, end = breast.at(0.96, degrees), breast.at(0.40, degrees)
        if still:
            brush.arrow(start, end, brush.colour, 0.02, 0.075)
        elif number < now:
            brush.line(start, end, brush.colour, 0.014, 0.5)
        else:
            brush.line(start, end, brush.theme.text3, 0.014, 0.32)


def _strokes(brush: _Brush, breast: Breast, t: float, still: bool) -> None:
    if still:
        return
    turns = t / (GLIDE + LIFT)
    within = (turns % 1) * (GLIDE + LIFT)
    degrees = -90.0 - breast.lateral * 30 * slow_step("stroke", t)
    fade = min(1.0, within / (LIFT / 2)) if turns >= 1 else 1.0
    if within > GLIDE:
        fade = 1 - (within - GLIDE) / LIFT
    with brush.at_opacity(fade):
        _gliding_fingers(brush, breast, degrees, ease(within / GLIDE))


def _gliding_fingers(brush: _Brush, breast: Breast, degrees: float, share: float) -> None:
    start, end = breast.at(0.97, degrees), breast.at(0.36, degrees)
    here = breast.at(between(0.97, 0.36, share), degrees)
    along = direction(start, end)
    half = 0.135 * brush.r
    tail = QPainterPath(moved(start, along + 90, half))
    for corner in (
        moved(here, along + 90, half),
        moved(here, along - 90, half),
        moved(start, along - 90, half),
    ):
        tail.lineTo(corner)
    tail.closeSubpath()
    gradient = QLinearGradient(start, here)
    gradient.setColorAt(0, faded(brush.colour, 0.0))
    gradient.setColorAt(1, faded(brush.colour, 0.55))
    if share > 0.01:
        brush.painter.fillPath(tail, gradient)
    pen = brush.pen(brush.colour, 0.02, 0.7)
    pen.setDashPattern([0.5, 2.5])
    brush.painter.setPen(pen)
    brush.painter.drawLine(here, end)
    for number in PADS:
        pad = moved(here, along + 90, number * 0.13 * brush.r)
        if number == 0:
            pad = moved(pad, along, 0.04 * brush.r)
        brush.dot(pad, 0.06, brush.colour)


SHAKES, SHAKE, SHAKE_REST, SHAKE_EASE = 6, 0.5, 1.5, 0.4


def shake_at(t: float) -> float:
    """Tell how far, in R, a shaken breast is from its place: six shakes, then still."""
    busy = SHAKES * SHAKE
    t %= busy + SHAKE_REST
    if t >= busy:
        return 0.0
    grown = ease(t / SHAKE_EASE) * ease((busy - t) / SHAKE_EASE)
    return 0.10 * grown * math.sin(2 * math.pi * t / SHAKE)


def _shake(brush: _Brush, breast: Breast, t: float, still: bool) -> None:
    side, r = breast.lateral, brush.r
    aside = 0.0 if still else shake_at(t) * r
    if brush.stamps is not None:  # a picture is moved by whole pixels
        dpr = brush.painter.device().devicePixelRatioF()
        aside = round(aside * dpr) / dpr
    brush.painter.translate(aside, 0)
    _stamp_breast(brush, breast)
    centre = QPointF(*breast.centre)
    first, last = (62, 196) if side == LEFT else (118, -16)
    brush.arc(centre, 1.10, first, last, brush.colour, 0.12)
    first, last = (150, 190) if side == LEFT else (30, -10)
    brush.arc(centre, 1.24, first, last, brush.colour, 0.03, 0.5)
    brush.painter.translate(-aside, 0)
    x, y, half = breast.centre[0] + side * 0.085 * r, breast.centre[1] + 0.66 * r, 0.225 * r
    brush.line(QPointF(x - half, y), QPointF(x + half, y), brush.colour, 0.026)
    brush.head(QPointF(x - half, y), 180, 0.08, brush.colour, 0.026)
    brush.head(QPointF(x + half, y), 0, 0.08, brush.colour, 0.026)


KNEAD, KNEAD_TURN = 2.4, 4


def _knead(brush: _Brush, breast: Breast, t: float, still: bool) -> None:
    turn = 0 if still else 45 * (int(t / (KNEAD * KNEAD_TURN)) % 8)
    base = breast.lateral * (-20.0 - turn)
    one = 0.5 if still else 0.5 - 0.5 * math.cos(2 * math.pi * t / KNEAD)
    for degrees, inwards in ((180 + base, one), (base, 1 - one)):
        rho, spread = between(0.94, 0.60, inwards), between(27, 33, inwards)
        # a shorter way round at a smaller ρ: the hand keeps its width
        spread *= 0.94 / rho * 0.8
        path = QPainterPath(breast.at(rho, degrees - spread))
        for step in range(1, 9):  # a quarter of a pixel from the curve at most
            path.lineTo(breast.at(rho, between(degrees - spread, degrees + spread, step / 8)))
        brush.stroke(path, brush.colour, between(0.13, 0.17, inwards), between(0.72, 1, inwards))
        if inwards > 0.5 or still:
            brush.arrow(breast.at(1.20, degrees), breast.at(0.99, degrees), brush.colour)


PULL, CYCLE = 0.45, 1.0


def pull_at(t: float) -> float:
    """Tell how far a pump has drawn: 45 % of the cycle drawing, the rest letting go."""
    share = (t / CYCLE) % 1.0
    return ease(share / PULL) if share < PULL else 1 - ease((share - PULL) / (1 - PULL))


def _flange(brush: _Brush, breast: Breast) -> None:
    theme, r, nipple = brush.theme, brush.r, breast.nipple
    pump = theme.fill("pump")
    foot = breast.centre[1] + 1.26 * r
    stem = QPen(faded(pump, 0.38), 0.13 * r, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    brush.painter.setPen(stem)
    brush.painter.drawLine(QPointF(nipple.x(), nipple.y() + 0.44 * r), QPointF(nipple.x(), foot))
    brush.dot(nipple, 0.44, theme.surface, 0.72)
    brush.circle(nipple, 0.44, pump, 0.034, ground=faded(pump, 0.12))
    brush.circle(nipple, 0.18, pump, 0.024, 0.85)


def _drawn(brush: _Brush, breast: Breast, pull: float) -> None:
    brush.dot(breast.nipple, between(0.045, 0.10, pull), brush.theme.fill("pump"), 0.85)


def _pump(brush: _Brush, breast: Breast, t: float, still: bool) -> None:
    r, nipple = brush.r, breast.nipple
    pump = brush.theme.fill("pump")
    pull = 0.6 if still else pull_at(t)
    _drawn(brush, breast, pull)
    if not still:
        ripple = 0.15 + 0.55 * math.sin(math.pi * min(1.0, pull))
        brush.circle(nipple, between(0.44, 0.20, pull), pump, 0.018, ripple)
    share = 0.5 if still else (t / CYCLE + 0.55) % 1.0
    y = between(nipple.y() + 0.52 * r, breast.centre[1] + 1.20 * r, share)
    brush.dot(QPointF(nipple.x(), y), 0.042, pump, 0.9 if still else 1 - abs(share - 0.5) * 1.2)


PRESS_IN, PRESS_HOLD, PRESS_OUT, PRESS_PAUSE = 0.8, 2.0, 0.8, 0.4
PRESS = PRESS_IN + PRESS_HOLD + PRESS_OUT + PRESS_PAUSE
PRESS_TURN = 5
FULLER_AREA = ((0.80, -10), (0.80, 10), (0.70, -16), (0.70, 0), (0.70, 15), (0.88, 0))


def press_at(t: float) -> float:
    """Tell how far a compressing hand has closed: in, held, out, apart."""
    t %= PRESS
    if t < PRESS_IN + PRESS_HOLD:
        return ease(t / PRESS_IN)
    return 1 - ease((t - PRESS_IN - PRESS_HOLD) / PRESS_OUT)


def _thumb(breast: Breast, turn: int) -> float:
    return (-122.0 if breast.lateral == LEFT else -58.0) + breast.lateral * 45 * turn


def _fuller_area(brush: _Brush, breast: Breast, turn: int) -> None:
    for rho, aside in FULLER_AREA:
        brush.dot(breast.at(rho, _thumb(breast, turn) + aside), 0.024, brush.theme.text, 0.45)


def _compress(brush: _Brush, breast: Breast, t: float, still: bool) -> None:
    thumb = _thumb(breast, 0 if still else slow_step("compress", t))
    closed = 1.0 if still else press_at(t)
    rho, opacity = between(1.0, 0.78, closed), between(0.75, 1, closed)
    path = QPainterPath(breast.at(rho, thumb - 21))
    for aside in range(-15, 22, 6):
        path.lineTo(breast.at(rho, thumb + aside))
    brush.stroke(path, brush.colour, between(0.14, 0.18, closed), opacity)
    for aside in (-24, -8, 8, 24):
        pad = breast.at(rho, thumb + 180 + aside)
        brush.dot(pad, between(0.066, 0.078, closed), brush.colour, opacity)
    if still or (closed > 0.05 and t % PRESS < PRESS_IN + PRESS_HOLD):
        for degrees in (thumb, thumb + 180):
            brush.arrow(breast.at(1.30, degrees), breast.at(1.10, degrees), brush.colour)


_HANDS: dict[str, Callable[[_Brush, Breast, float, bool], None]] = {
    "circles": _circles,
    "stroke": _strokes,
    "shake": _shake,
    "knead": _knead,
    "pump": _pump,
    "compress": _compress,
}

BACK, TOGETHER, RELAX, BEAT_PAUSE = 0.8, 0.8, 1.0, 0.4
BEATS = BACK + TOGETHER + RELAX + BEAT_PAUSE


def beats_at(t: float) -> tuple[float, float, float]:
    """Tell how far back, how far together and how far relaxed the fingers of hand expression are."""
    t %= BEATS
    relaxed = max(0.0, min(1.0, (t - BACK - TOGETHER) / RELAX))
    return (
        ease(t / BACK) * (1 - ease(relaxed)),
        ease((t - BACK) / TOGETHER) * (1 - ease(relaxed)),
        relaxed,
    )


def _express(brush: _Brush, scene: _Scene, t: float, *, still: bool) -> None:
    r, y = brush.r, scene.middle
    wall = scene.left + scene.width / 2 - 0.82 * r
    _paint_profile(brush, wall, y)
    back, together, relaxed = (1.0, ease(0.5), 0.0) if still else beats_at(t)
    x = wall + 1.10 * r - 0.16 * r * back
    upper = QPointF(x, y + (-0.32 - 0.045 * back + 0.155 * together) * r)
    lower = QPointF(x + 0.02 * r, y + (0.66 + 0.02 * back - 0.155 * together) * r)
    for pad, (cx, cy), (ex, ey) in (
        (upper, (0.10, -0.26), (0.34, -0.40)),
        (lower, (0.12, 0.20), (0.34, 0.30)),
    ):
        finger = QPainterPath(pad)
        bend, end = QPointF(cx * r, cy * r), QPointF(ex * r, ey * r)
        finger.quadTo(pad + bend, pad + end)
        brush.stroke(finger, brush.colour, 0.17, 0.34)
        brush.dot(pad, 0.115, brush.colour)
    if still:
        for pad in (upper, lower):
            _beat_arrow(brush, pad, QPointF(-0.2, 0), QPointF(-0.5, 0))
        _beat_arrow(brush, upper, QPointF(0, 0.19), QPointF(0, 0.36))
        _beat_arrow(brush, lower, QPointF(0, -0.19), QPointF(0, -0.36))
        _number(brush, upper + QPointF(-0.68 * r, 0), "1")
        _number(brush, upper + QPointF(0.22 * r, 0.30 * r), "2")
        return
    t %= BEATS
    if 0.02 < t < BACK:
        for pad in (upper, lower):
            _beat_arrow(brush, pad, QPointF(-0.2, 0), QPointF(-0.52, 0))
    elif BACK <= t < BACK + TOGETHER:
        _beat_arrow(brush, upper, QPointF(0, 0.16), QPointF(0, 0.29))
        _beat_arrow(brush, lower, QPointF(0, -0.16), QPointF(0, -0.29))
    elif 0 < relaxed < 1:
        nipple = QPointF(wall + 1.55 * r, y + 0.18 * r)
        _drop(brush, nipple + QPointF(0.20 * r, (0.18 * relaxed - 0.02) * r), between(1, 0.35, relaxed))


def _beat_arrow(brush: _Brush, pad: QPointF, start: QPointF, end: QPointF) -> None:
    r = brush.r
    first, last = (QPointF(pad.x() + p.x() * r, pad.y() + p.y() * r) for p in (start, end))
    brush.arrow(first, last, brush.theme.text, 0.03, 0.08, 0.95)


def _number(brush: _Brush, at: QPointF, text: str) -> None:
    theme, r = brush.theme, brush.r
    brush.circle(at, 0.105, theme.text, 0.02, ground=theme.bg)
    font = QFont(load_fonts()[0])
    font.setPixelSize(max(6, round(0.145 * r)))
    font.setWeight(QFont.Weight.DemiBold)
    brush.painter.setFont(font)
    brush.painter.setPen(theme.text)
    box = QRectF(0, 0, 0.21 * r, 0.21 * r)
    box.moveCenter(at)
    brush.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _drop(brush: _Brush, top: QPointF, opacity: float) -> None:
    r, x, y = brush.r, top.x(), top.y()
    path = QPainterPath(top)
    path.cubicTo(x + 0.075 * r, y + 0.09 * r, x + 0.11 * r, y + 0.15 * r, x + 0.11 * r, y + 0.21 * r)
    path.arcTo(QRectF(x - 0.11 * r, y + 0.10 * r, 0.22 * r, 0.22 * r), 0, -180)
    path.cubicTo(x - 0.11 * r, y + 0.15 * r, x - 0.075 * r, y + 0.09 * r, x, y)
    brush.painter.fillPath(path, faded(brush.colour, opacity))


def _paint_profile(brush: _Brush, wall: float, y: float) -> None:
    """Paint the side view: the chest wall at the left, the profile to the right."""
    theme, r = brush.theme, brush.r
    top, bottom = y - 1.02 * r, y + 1.02 * r
    tip = QPointF(wall + 1.55 * r, y + 0.18 * r)
    path = QPainterPath(QPointF(wall, top))
    for ax, ay, bx, by, cx, cy in (
        (0.42, -0.84, 1.00, -0.42, 1.38, -0.02),
        (1.49, 0.02, 1.55, 0.05, 1.55, 0.18),
        (1.55, 0.31, 1.49, 0.33, 1.39, 0.35),
        (1.16, 0.98, 0.35, 1.04, 0.00, 0.98),
    ):
        path.cubicTo(wall + ax * r, y + ay * r, wall + bx * r, y + by * r, wall + cx * r, y + cy * r)
    ground = QLinearGradient(wall, 0, tip.x(), 0)
    ground.setColorAt(0, faded(theme.surface, 0))
    ground.setColorAt(0.5, theme.raised)
    ground.setColorAt(1, theme.raised)
    brush.painter.fillPath(path, ground)
    brush.stroke(path, theme.text2, 0.026)
    x = wall - 0.06 * r
    brush.line(QPointF(x, top - 0.06 * r), QPointF(x, bottom + 0.06 * r), theme.text3, 0.03, 0.55)
    for number in range(7):
        start = QPointF(wall - 0.10 * r, top + (0.12 + 0.30 * number) * r)
        end = QPointF(wall - 0.24 * r, top + (0.24 + 0.30 * number) * r)
        brush.line(start, end, theme.text3, 0.016, 0.35)


IN, OUT = 4.0, 6.0


def breath_at(t: float) -> float:
    """Tell how full a breath is: 4 seconds in, 6 out."""
    t %= IN + OUT
    return ease(t / IN) if t < IN else 1 - ease((t - IN) / OUT)


def _breath(brush: _Brush, scene: _Scene, t: float, *, still: bool) -> None:
    centre = QPointF(scene.left + scene.width / 2, scene.middle)
    radius = between(0.42, 0.98, 1.0 if still else breath_at(t))
    pen = brush.pen(brush.theme.text3, 0.014, 0.35)
    pen.setDashPattern([1.4, 5.4])
    brush.painter.setPen(pen)
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    brush.painter.drawEllipse(centre, 0.98 * brush.r, 0.98 * brush.r)
    for share, opacity in ((0.95, 0.10), (0.78, 0.16), (0.6, 0.26)):
        brush.dot(centre, radius * share / 0.95, brush.colour, opacity)
    brush.circle(centre, radius, brush.colour, 0.03, 0.9)


def colour_of(name: str, theme: Theme, kind: str | None = None) -> QColor:
    return theme.fill(kind or KIND_OF.get(name, name))


def paint_motion(
    painter: QPainter,
    rect: QRectF,
    name: str,
    side: str,
    phase: float,
    theme: Theme,
    still: bool = False,
    *,
    kind: str | None = None,
) -> None:
    """Paint one moment of a motion; `phase` is the seconds since it began, `still` the picture that needs none."""
    painter.save()
    scene = _scene(rect, name)
    brush = _Brush(painter, theme, scene.r, colour_of(name, theme, kind))
    _paint_body(brush, scene, name, side, slow_step(name, phase), still=still)
    _paint_moving(brush, scene, name, side, phase, still=still)
    painter.restore()


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
        scene, region = _scene(QRectF(self.rect()), self._name, at_left=self._at_left), QRegion()
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
            scene = _scene(QRectF(self.rect()), self._name, at_left=self._at_left)
            theme = self._look.theme
            painter.drawPixmap(0, 0, self._body_now(scene))
            brush = _Brush(painter, theme, scene.r, colour_of(self._name, theme, self._kind), stamps=self._stamps)
            _paint_moving(brush, scene, self._name, self._side, self.phase, still=self._look.still)

    def _body_now(self, scene: _Scene) -> QPixmap:
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
                brush = _Brush(painter, look.theme, scene.r, colour_of(self._name, look.theme, self._kind))
                _paint_body(brush, scene, self._name, self._side, step, still=look.still)
        return self._body
