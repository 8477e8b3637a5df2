"""Two routines side by side: every session, the range, the mean and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from guide.amounts import unit_words
from guide.compat import override
from guide.core.compare import Comparison, Finding, Sample
from guide.core.record import ML_PER_OZ
from guide.core.shown import capital
from guide.dates import clock_words, long_day
from guide.kit.charts import CENTRE, LEFT, MIDDLE, Chart, Spot, Table, around, ticks
from guide.kit.look import Look
from guide.kit.painting import paint_field
from guide.kit.theme import Theme, faded, mixed
from guide.language import _, ngettext
from guide.pages.history.words import amount_words, axis_words, total_words

CROWD: Final = 40  # sessions from which their dots no longer fit on one line
GOLDEN: Final = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Lane:
    """One routine's noted sessions, oldest first, in mL; `sample` is what they come to."""

    name: str
    sessions: tuple[tuple[datetime, float], ...]
    sample: Sample | None
    newest: bool = False

    @property
    def count(self) -> str:
        """How many they are; `newest` says that there are more, none that no session of it has milk noted."""
        number = len(self.sessions)
        if not number:
            return _("no milk noted yet")
        if self.newest:
            return _("the newest {number}").format(number=number)
        return ngettext("{n} session", "{n} sessions", number).format(n=number)


class CompareChart(Chart):
    """Every session a dot, their range a line, the mean a bar, its 95 % interval a capsule."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._lanes: tuple[Lane, ...] = ()
        self._settled = False
        self._today = date.min
        self._ounces = False

    def show_comparison(
        self, lanes: Sequence[Lane], comparison: Comparison, today: date, *, ounces: bool, sentence: str
    ) -> None:
        settled = comparison.finding is not Finding.TOO_EARLY
        shown = (tuple(lanes), settled, today, ounces)
        if shown != (self._lanes, self._settled, self._today, self._ounces) or sentence != self.accessibleName():
            self._lanes, self._settled, self._today, self._ounces = shown
            self.renew(sentence)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(480), self._look.px(168))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(220), self._look.px(150))

    def _mean_said(self, lane: Lane) -> str:
        if lane.sample is None or not self._settled:
            return f"{lane.name} · {lane.count}"
        low, high = (amount_words(end, ounces=self._ounces) for end in (lane.sample.low, lane.sample.high))
        mean = total_words(lane.sample.mean, ounces=self._ounces)
        return _("{name} · on average {mean}, likely {least} to {most} · {count}").format(
            name=lane.name, mean=mean, least=low, most=high, count=lane.count
        )

    @override
    def table(self) -> Table:
        ounces = self._ounces
        headers = (_("Routine"), _("Began"), _("Milk"))
        rows: list[tuple[str, ...]] = []
        for lane in self._lanes:
            if self._settled and lane.sample is not None:
                said = self._mean_said(replace(lane, name="")).split(" · ")[1]  # her name may hold such a dot
                rows.append((lane.name, capital(lane.count), capital(said)))
            rows += [
                (lane.name, f"{long_day(at.date(), self._today)}, {clock_words(at)}", total_words(ml, ounces=ounces))
                for at, ml in reversed(lane.sessions)
            ]
        return Table(self.accessibleName(), headers, tuple(rows))

    @override
    def _step(self, key: Qt.Key) -> int | None:
        """Left and right stay in a row; up and down go to the nearest of the other."""
        if self._current is None or key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return 0 if self._current is None else super()._step(key)
        here = self.spots[self._current]
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            there = self._current + (1 if key is Qt.Key.Key_Right else -1)
            inside = 0 <= there < len(self.spots) and self.spots[there].row == here.row
            return there if inside else None
        others = [
            number
            for number, spot in enumerate(self.spots)
            if spot.row == here.row + (1 if key is Qt.Key.Key_Down else -1)
        ]
        return min(others, key=lambda number: abs(self.spots[number].at.x() - here.at.x()), default=None)

    @override
    def draw(self, painter: QPainter, theme: Theme) -> list[Spot]:
        look = self._look
        values = [ml for lane in self._lanes for _, ml in lane.sessions]
        if not values:
            return []
        small = look.font("small")
        metrics = QFontMetricsF(small)
        wide = self.width() >= look.px(460)
        column = min(self.width() * 0.34, look.px(196)) if wide else 0.0
        foot = metrics.height() + 12
        per = ML_PER_OZ if self._ounces else 1.0
        ends = [
            end for lane in self._lanes if lane.sample and self._settled for end in (lane.sample.low, lane.sample.high)
        ]
        shown = [*values, *ends]
        marks = ticks(max(0.0, min(shown)) / per, max(shown) / per, 5 if wide else 4)
        last = f"{axis_words(marks[-1])} {unit_words(ounces=self._ounces)}"
        edge = metrics.horizontalAdvance(last) / 2 + 2
        plot = QRectF(column + 18, 0, self.width() - column - 18 - edge, self.height() - foot)

        def x(ml: float) -> float:
            share = (ml / per - marks[0]) / (marks[-1] - marks[0])
            return plot.left() + share * plot.width()

        painter.setFont(small)
        for mark in marks:
            place = x(mark * per)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(QPointF(place, plot.top()), QPointF(place, plot.bottom()))
            painter.setPen(theme.text2)
            words = last if mark == marks[-1] else axis_words(mark)
            painter.drawText(around(QPointF(place, plot.bottom() + foot / 2 + 2), 120, 30), CENTRE, words)
        spots: list[Spot] = []
        for row, lane in enumerate(self._lanes):
            height = plot.height() / len(self._lanes)
            room = QRectF(0, row * height, column, height)
            ink = theme.accent if row == 0 else theme.text3
            level = room.center().y() + (6 if wide else look.px(14))
            self._draw_name(painter, theme, lane, room, level, wide=wide)
            spots += self._draw_lane(painter, theme, lane, ink, level, x, row)
        return spots

    def _draw_name(
        self, painter: QPainter, theme: Theme, lane: Lane, room: QRectF, level: float, *, wide: bool
    ) -> None:
        look = self._look
        label, small = look.font("label"), look.font("small")
        painter.setPen(theme.text)
        painter.setFont(label)
        metrics = QFontMetricsF(label)
        line = metrics.height()
        if not wide:
            words = metrics.elidedText(f"{lane.name} · {lane.count}", Qt.TextElideMode.ElideMiddle, self.width() - 8)
            painter.setFont(small)
            painter.drawText(QRectF(0, room.top(), self.width(), line), LEFT | MIDDLE, words)
            return
        words = metrics.elidedText(lane.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(0, level - line - 1, room.width(), line), LEFT | MIDDLE, words)
        painter.setFont(small)
        painter.setPen(theme.text2)
        painter.drawText(QRectF(0, level + 1, room.width(), line), LEFT | MIDDLE, capital(lane.count))

    def _draw_lane(
        self,
        painter: QPainter,
        theme: Theme,
        lane: Lane,
        ink: QColor,
        level: float,
        x: Callable[[float], float],
        row: int,
    ) -> list[Spot]:
        if not lane.sessions:
            return []
        by_size = sorted(lane.sessions, key=lambda one: one[1])
        painter.setPen(QPen(faded(ink, 0.75), 1.6))
        painter.drawLine(QPointF(x(by_size[0][1]), level), QPointF(x(by_size[-1][1]), level))
        painter.setPen(Qt.PenStyle.NoPen)
        many = len(by_size) > CROWD
        painter.setBrush(faded(ink, max(0.14, 0.6 * CROWD / len(by_size)) if many else 0.6))
        spots = []
        for number, (at, ml) in enumerate(by_size):
            aside = 12.0 * math.sin(GOLDEN * number) if many else 0.0  # volumes are noted in steps: many are the same
            place = QPointF(x(ml), level + aside)
            painter.drawEllipse(place, 3.6 if many else 4.7, 3.6 if many else 4.7)
            spots.append(Spot(place, partial(self._session_said, at, ml), row))
        sample = lane.sample
        if not self._settled or sample is None:
            return spots
        a, b, mean = (x(max(0.0, value)) for value in (sample.low, sample.high, sample.mean))
        capsule = QRectF(a, level - 10, max(b - a, 6), 20)
        if many:
            paint_field(painter, capsule.adjusted(-3, -3, 3, 3), 13, theme.surface)
        ground = mixed(theme.surface, ink, 0.3) if many else faded(ink, 0.2)
        paint_field(painter, capsule, 10, ground, edge=ink, edge_width=2.5)
        painter.setPen(QPen(ink, 4.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(mean, level - 13.5), QPointF(mean, level + 13.5))
        painter.setFont(self._figure())
        painter.setPen(theme.text)
        words = amount_words(sample.mean, ounces=self._ounces)
        painter.drawText(around(QPointF(mean, level - 14 - self._look.px(10)), 120, 30), CENTRE, words)
        after = next((number for number, spot in enumerate(spots) if spot.at.x() >= mean), len(spots))
        spots.insert(after, Spot(QPointF(mean, level), self._mean_said(lane), row))
        return spots

    def _session_said(self, at: datetime, ml: float) -> str:
        return f"{long_day(at.date(), self._today)}, {clock_words(at)} · {total_words(ml, ounces=self._ounces)}"

    def _figure(self) -> QFont:
        return self._look.font("small", weight=600)
