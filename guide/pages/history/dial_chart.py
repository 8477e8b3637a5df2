"""The last 24 hours as a dial."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from guide.amounts import volume_words
from guide.compat import override
from guide.core.days import LastDay
from guide.dates import clock_words
from guide.kit.charts import CENTRE, Chart, Spot, Table, around
from guide.kit.look import Look
from guide.kit.theme import Theme, faded
from guide.language import _, ngettext, pgettext
from guide.pages.history.words import name_of, spoken_session

NIGHT_BEGINS, NIGHT_ENDS = 22 / 24, 6 / 24


class DialChart(Chart):
    """The last 24 hours as a ring, midnight on top."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._dial = LastDay((), 0.0, None, "")
        self._now = datetime.min.replace(tzinfo=UTC)
        self._ounces = self._number_free = False

    @property
    def dial(self) -> LastDay:
        return self._dial

    def show_dial(self, dial: LastDay, now: datetime, *, ounces: bool, number_free: bool) -> None:
        same = [arc.record for arc in self._dial.arcs] == [arc.record for arc in dial.arcs]
        self._dial, self._now = dial, now
        self._ounces, self._number_free = ounces, number_free
        count = ngettext("{n} session in the last 24 hours", "{n} sessions in the last 24 hours", dial.count)
        count = count.format(n=dial.count)
        whole = f"{count}, {dial.caption}" if dial.count else count
        if number_free:
            whole = _("Sessions in the last 24 hours")
        self.renew(whole, same_spots=same)

    @override
    def sizeHint(self) -> QSize:
        side = self._look.px(244)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        side = self._look.px(196)
        return QSize(side, side)

    @override
    def table(self) -> Table:
        ounces, free = self._ounces, self._number_free
        headers = (_("Began"), _("Routine")) if free else (_("Began"), _("Routine"), _("Milk"))
        rows = []
        for arc in reversed(self._dial.arcs):
            milk = () if free else (volume_words(arc.record.ml, ounces=ounces),)
            rows.append((clock_words(arc.record.began), name_of(arc.record), *milk))
        return Table(self.accessibleName(), headers, tuple(rows))

    @override
    def draw(self, painter: QPainter, theme: Theme) -> list[Spot]:
        look = self._look
        size = min(self.width() - 8, self.height() - 20, look.px(330))
        unit = size / 240
        middle = QPointF(self.width() / 2, self.height() / 2)
        radius, stroke = 112 * unit, 16.5 * unit
        self._draw_ring(painter, theme, middle, radius, stroke)
        small = look.font("small")
        painter.setFont(small)
        painter.setPen(theme.text2)
        midnight = pgettext("midnight on a dial of 24 hours", "0 h")
        for words, turn in ((midnight, 0.0), ("6", 0.25), ("12", 0.5), ("18", 0.75)):
            place = _on_ring(middle, radius - stroke - 14 * unit - look.px(7), turn)
            painter.drawText(around(place, 60, 30), CENTRE, words)
        if not self._number_free:
            self._draw_count(painter, theme, middle, unit)
        return [
            Spot(
                _on_ring(middle, radius, arc.start + arc.span / 2),
                spoken_session(arc.record, self._now, ounces=self._ounces, number_free=self._number_free),
            )
            for arc in self._dial.arcs
        ]

    def _draw_count(self, painter: QPainter, theme: Theme, middle: QPointF, unit: float) -> None:
        look = self._look
        count = look.sized(56 * unit / max(look.scale, 1) * min(look.scale, 1.2), 600, display=True)
        painter.setFont(count)
        painter.setPen(theme.text)
        high = QFontMetricsF(count).capHeight()
        word = look.font("label", weight=400)
        whole = high + look.px(30)
        top = middle.y() - whole / 2
        painter.drawText(
            QPointF(middle.x() - QFontMetricsF(count).horizontalAdvance(str(self._dial.count)) / 2, top + high),
            str(self._dial.count),
        )
        painter.setFont(word)
        painter.setPen(theme.text2)
        # Translators: below a large number.
        words = ngettext("session", "sessions", self._dial.count)
        painter.drawText(around(QPointF(middle.x(), top + high + look.px(20)), 160, 30), CENTRE, words)

    def _draw_ring(self, painter: QPainter, theme: Theme, middle: QPointF, radius: float, stroke: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.raised, stroke))
        painter.drawEllipse(middle, radius, radius)
        dots = QPen(theme.text3, max(1.8, stroke * 0.11), Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        dots.setDashPattern([0.01, 2.9])
        painter.setPen(dots)
        painter.drawPath(_arc(middle, radius - stroke * 0.96, NIGHT_BEGINS, (NIGHT_ENDS - NIGHT_BEGINS) % 1))
        cap = Qt.PenCapStyle.RoundCap
        if self._dial.since is not None and self._dial.arcs:
            last = self._dial.arcs[-1].start
            painter.setPen(QPen(faded(theme.accent, 0.7), stroke * 0.21, Qt.PenStyle.SolidLine, cap))
            painter.drawPath(_arc(middle, radius, last, self._dial.since))
        for arc in self._dial.arcs:
            path = _arc(middle, radius, arc.start, arc.span)
            painter.setPen(QPen(theme.surface, stroke * 1.13 + 6, Qt.PenStyle.SolidLine, cap))
            painter.drawPath(path)
            painter.setPen(QPen(theme.accent, stroke * 1.13, Qt.PenStyle.SolidLine, cap))
            painter.drawPath(path)
        painter.setPen(QPen(theme.surface, 3))
        painter.setBrush(theme.text)
        painter.drawEllipse(_on_ring(middle, radius, self._dial.now), stroke * 0.47, stroke * 0.47)


def _on_ring(middle: QPointF, radius: float, turn: float) -> QPointF:
    angle = math.tau * turn
    return QPointF(middle.x() + radius * math.sin(angle), middle.y() - radius * math.cos(angle))


def _arc(middle: QPointF, radius: float, start: float, span: float) -> QPainterPath:
    """An arc in turns, clockwise from the top."""
    box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    path = QPainterPath()
    path.arcMoveTo(box, 90 - 360 * start)
    path.arcTo(box, 90 - 360 * start, -360 * span)
    return path
