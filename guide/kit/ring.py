"""The ring of a step: what is bright is what remains."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QPainter,
    QPen,
    QRadialGradient,
)

from guide.kit.theme import Theme, faded

DIAMETER = 424.0
STROKE = 17 / DIAMETER
TOP = -90.0
WIDER = 1.28
TALLER = 1.15
OPEN_STROKE = 0.42


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
