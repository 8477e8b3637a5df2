"""Milk per day: dots are days, a line their mean, a band where a change tends to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from guide.amounts import unit_words
from guide.compat import override
from guide.core.days import RoutineChange
from guide.core.record import ML_PER_OZ, DayTotal
from guide.dates import MONTHS, day_words, long_day
from guide.kit.charts import CENTRE, LEFT, MIDDLE, RIGHT, Chart, Spot, Table, around, ticks
from guide.kit.look import Look
from guide.kit.painting import paint_field
from guide.kit.theme import Theme, faded
from guide.language import N_, _, ngettext, screen
from guide.pages.history.words import amount_words, axis_words, total_words

LAG_LINES: Final = (  # insight.LAG_WORDS, as wide as there may be room for
    N_("Changes, if any,\ntend to show\n3–5 days later"),
    N_("Changes, if\nany, tend to\nshow 3–5\ndays later"),
)


@dataclass(frozen=True, slots=True)
class Trend:
    """Whole days with their centred means, if any, oldest first, and the changes of routine among them; mL."""

    days: tuple[DayTotal, ...] = ()
    means: tuple[float | None, ...] = ()
    changes: tuple[RoutineChange, ...] = ()
    today: date = date.min

    @property
    def noted(self) -> list[float]:
        return [day.ml for day in self.days if day.ml is not None]

    @property
    def has_line(self) -> bool:
        return any(mean is not None for mean in self.means)

    def marks(self, per: float) -> list[float]:
        """
        The numbers of its axis, in a unit of so many mL; one day alone has nothing beside it and begins at nought.

        >>> Trend((DayTotal(date(2026, 11, 8), 1, 1, 130.0),)).marks(1.0)
        [0.0, 50.0, 100.0, 150.0]
        """
        noted = self.noted
        return ticks(min(noted) / per if len(noted) > 1 else 0.0, max(noted) / per, 3)

    def sentence(self, *, ounces: bool) -> str:
        noted = self.noted
        if not noted:
            return _("Milk per day: nothing noted in these days")
        first, last = (day_words(self.days[end].day, self.today) for end in (0, -1))
        low, high = min(noted), max(noted)
        unit = unit_words(ounces=ounces)
        least, most = (amount_words(end, ounces=ounces) for end in (low, high))
        sentence = (
            _("Milk per day, {first} to {last}: {most} {unit}")
            if least == most
            else _("Milk per day, {first} to {last}: {least} to {most} {unit}")
        )
        words = sentence.format(first=first, last=last, least=least, most=most, unit=unit)
        began = _("{began} on {day}")
        changes = [began.format(began=one.said(screen()), day=day_words(one.day, self.today)) for one in self.changes]
        return ". ".join([words, *changes])


def smooth(points: Sequence[QPointF]) -> QPainterPath:
    """
    A curve through points that never rises above nor falls under its neighbours.

    F. N. Fritsch and R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238.
    """
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(points[0])
    if len(points) == 1:
        return path
    slopes = [(b.y() - a.y()) / (b.x() - a.x()) for a, b in pairwise(points)]
    inner = [0.0 if a * b <= 0 else 2 * a * b / (a + b) for a, b in pairwise(slopes)]
    tangents = [slopes[0], *inner, slopes[-1]]
    for (a, b), (m, n) in zip(pairwise(points), pairwise(tangents), strict=True):
        third = (b.x() - a.x()) / 3
        path.cubicTo(QPointF(a.x() + third, a.y() + third * m), QPointF(b.x() - third, b.y() - third * n), b)
    return path


def thinned(points: Sequence[QPointF]) -> QPainterPath:
    """More points than there are pixels across: of each column its first, lowest, highest and last."""
    path = QPainterPath()
    for __, group in groupby(points, key=lambda point: int(point.x())):
        column = list(group)
        kept = {id(one): one for one in (column[0], min(column, key=_height), max(column, key=_height), column[-1])}
        for point in column:
            if id(point) in kept:
                path.lineTo(point) if path.elementCount() else path.moveTo(point)
    return path


def _height(point: QPointF) -> float:
    return point.y()


class TrendChart(Chart):
    """
    Dots are whole days, the line is their centred three-day mean.

    What the band means is written beside it where there is room; `said_lag` tells, `drawn` when it may have changed.
    """

    drawn = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._trend = Trend()
        self._ounces = False
        self.said_lag = True
        self._no_room_at: tuple[object, ...] | None = None

    @property
    def trend(self) -> Trend:
        return self._trend

    def show_trend(self, trend: Trend, *, ounces: bool) -> None:
        sentence = trend.sentence(ounces=ounces)
        if (trend, ounces, sentence) != (self._trend, self._ounces, self.accessibleName()):
            self._trend, self._ounces = trend, ounces
            self.renew(sentence)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(480), self._look.px(236))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(220), self._look.px(190))

    def _day_said(self, day: DayTotal) -> str:
        when = long_day(day.day, self._trend.today)
        if not day.sessions:
            return _("{when} · no session in the log").format(when=when)
        count = ngettext("{n} session", "{n} sessions", day.sessions).format(n=day.sessions)
        if day.ml is None:
            return _("{when} · {count}, no volume noted").format(when=when, count=count)
        noted = (
            count
            if day.noted == day.sessions
            else _("noted in {noted} of {count}").format(noted=day.noted, count=count)
        )
        return f"{when} · {total_words(day.ml, ounces=self._ounces)}, {noted}"

    @override
    def table(self) -> Table:
        ounces = self._ounces
        began = {one.day: one.said(screen()) for one in self._trend.changes}
        rows = [
            (
                long_day(day.day, self._trend.today),
                "–" if day.ml is None else total_words(day.ml, ounces=ounces),
                "–" if mean is None else total_words(mean, ounces=ounces),
                str(day.sessions),
                began.get(day.day, ""),
            )
            for day, mean in zip(self._trend.days, self._trend.means, strict=True)
        ]
        headers = (_("Day"), _("Milk"), _("3-day average"), _("Sessions"), _("Change"))
        return Table(self.accessibleName(), headers, tuple(reversed(rows)))

    @override
    def draw(self, painter: QPainter, theme: Theme) -> list[Spot]:
        trend, look = self._trend, self._look
        noted = trend.noted
        before, self.said_lag = self.said_lag, True
        if not noted:
            return []
        small = look.font("small")
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        per = ML_PER_OZ if self._ounces else 1.0
        marks = trend.marks(per)
        step = marks[1] - marks[0]
        labels = [axis_words(mark) for mark in marks]
        left = max(metrics.horizontalAdvance(label) for label in labels) + 14
        plot = QRectF(left, 8, self.width() - left - 12, self.height() - 8 - metrics.height() - 22)
        bottom, top = marks[0] - step * 0.35, marks[-1] + step * 0.12

        def y(ml: float) -> float:
            return plot.bottom() - (ml / per - bottom) / (top - bottom) * plot.height()

        first, count = trend.days[0].day, len(trend.days)

        def x(day: date) -> float:
            share = 0.5 if count == 1 else (day - first).days / (count - 1)
            return plot.left() + share * plot.width()

        bands = [self._draw_band(painter, theme, plot, change, x) for change in trend.changes]
        for mark, label in zip(marks, labels, strict=True):
            level = y(mark * per)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
            painter.setPen(theme.text2)
            painter.drawText(QRectF(0, level - 15, left - 14, 30), RIGHT | MIDDLE, label)
        dotted = QPen(theme.text2, 1.6, Qt.PenStyle.CustomDashLine)
        dotted.setDashPattern([1.6, 2.2])
        painter.setPen(dotted)
        for change in trend.changes:
            if change.day >= first:
                painter.drawLine(QPointF(x(change.day), plot.top()), QPointF(x(change.day), plot.bottom()))
        runs = self._runs(x, y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        round_cap = Qt.PenCapStyle.RoundCap
        line = 3.0 if plot.width() > 3 * count else 2.0
        painter.setPen(QPen(theme.accent, line, Qt.PenStyle.SolidLine, round_cap, Qt.PenJoinStyle.RoundJoin))
        for run in runs:
            painter.drawPath(smooth(run) if count < plot.width() else thinned(run))
        dots = [QPointF(x(day.day), y(day.ml)) for day in trend.days if day.ml is not None]
        self._draw_dots(painter, theme, dots, plot.width() / max(1, count - 1))
        self._draw_days(painter, theme, plot, x)
        taken = _Taken([*(around(dot, 18, 18) for dot in dots), *_along(runs)])
        self._draw_words(painter, theme, plot, bands, taken, x)
        if self.said_lag != before:
            self.drawn.emit()
        floor = plot.bottom() - 4
        return [Spot(QPointF(x(day.day), floor if day.ml is None else y(day.ml))) for day in trend.days]

    @override
    def words_of(self, number: int) -> str:
        return self._day_said(self._trend.days[number])

    def _runs(self, x: Callable[[date], float], y: Callable[[float], float]) -> list[list[QPointF]]:
        """The line's points; a day without a number parts it."""
        runs: list[list[QPointF]] = [[]]
        for day, mean in zip(self._trend.days, self._trend.means, strict=True):
            if mean is not None:
                runs[-1].append(QPointF(x(day.day), y(mean)))
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def _draw_band(
        self, painter: QPainter, theme: Theme, plot: QRectF, change: RoutineChange, x: Callable[[date], float]
    ) -> QRectF:
        a, b = (max(plot.left(), min(plot.right() + 8, x(day))) for day in (change.lag_from, change.lag_to))
        band = QRectF(a - 5, plot.top(), b - a + 10, plot.height()) if b > a else QRectF()
        if not band.isEmpty():
            paint_field(painter, band, 9, theme.accent_soft)
        return band

    def _draw_dots(self, painter: QPainter, theme: Theme, dots: Sequence[QPointF], apart: float) -> None:
        if apart < 9:
            painter.setPen(QPen(faded(theme.accent, 0.5), 4 if apart > 3 else 2.8, c=Qt.PenCapStyle.RoundCap))
            painter.drawPoints(list(dots))
            return
        radius = 5.4 if apart >= 24 else 4.0
        painter.setPen(QPen(theme.accent, 2.3 if apart >= 24 else 1.8))
        painter.setBrush(theme.surface)
        for dot in dots:
            painter.drawEllipse(dot, radius, radius)

    def _draw_days(self, painter: QPainter, theme: Theme, plot: QRectF, x: Callable[[date], float]) -> None:
        """Names of days under the plot: the ends first, then changes, then what finds room."""
        days, today = self._trend.days, self._trend.today
        first, last = days[0].day, days[-1].day
        metrics = QFontMetricsF(painter.font())
        wanted = [(last, _("Yesterday") if (today - last).days == 1 else day_words(last, today))]
        wanted += [(first, day_words(first, today))]
        wanted += [(one.day, day_words(one.day, today)) for one in reversed(self._trend.changes) if one.day > first]
        if len(days) > 60:
            starts = [one.day for one in days if one.day.day == 1]
            many = len(starts) > 24
            wanted += [
                (day, str(day.year) if many else _(MONTHS[day.month - 1]))
                for day in starts
                if not many or day.month == 1
            ]
        elif len(days) > 16:
            wanted += [(one.day, day_words(one.day)) for one in days[::-7]]
        taken: list[QRectF] = []
        painter.setPen(theme.text2)
        for day, words in wanted:
            width = metrics.horizontalAdvance(words)
            middle = max(width / 2, min(self.width() - width / 2 - 1, x(day)))
            place = QRectF(middle - width / 2 - 1, plot.bottom() + 16, width + 2, metrics.height() + 2)
            if not any(place.adjusted(-12, 0, 12, 0).intersects(other) for other in taken):
                painter.drawText(place, CENTRE, words)
                taken.append(place)

    def _draw_words(
        self,
        painter: QPainter,
        theme: Theme,
        plot: QRectF,
        bands: Sequence[QRectF],
        taken: _Taken,
        x: Callable[[date], float],
    ) -> None:
        """What the dotted line and the band mean, where there is room beside the line; the newest change first."""
        painter.setPen(theme.text2)
        metrics = QFontMetricsF(painter.font())
        newest = True
        for change, band in reversed(list(zip(self._trend.changes, bands, strict=True))):
            at = x(change.day)
            if at >= plot.left():
                room = (at - plot.left() - 10, plot.right() - at - 10)
                self._put(
                    painter,
                    metrics,
                    change.said(screen()),
                    [(at - 10, -1, room[0]), (at + 10, 1, room[1])],
                    plot,
                    taken,
                )
            if newest and not band.isEmpty():
                sides = [(band.left() - 11, -1, band.left() - 18 - max(at, plot.left()))]
                sides.append((band.right() + 12, 1, plot.right() - band.right() - 14))
                sides.append((at - 12, -1, at - plot.left() - 12))
                # where it found no room it stays away: the words below make the drawing lower, not wider
                here = (self.width(), self._look.scale, self._trend)
                fits = here != self._no_room_at and any(
                    self._put(painter, metrics, lag, sides, plot, taken, lower=True) for lag in map(_, LAG_LINES)
                )
                self.said_lag = fits
                self._no_room_at = None if fits else here
            newest = False

    def _put(
        self,
        painter: QPainter,
        metrics: QFontMetricsF,
        words: str,
        sides: Sequence[tuple[float, int, float]],
        plot: QRectF,
        taken: _Taken,
        *,
        lower: bool = False,
    ) -> bool:
        lines = words.split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2
        height = metrics.height() * len(lines)
        for down in (lower, not lower):
            y = plot.bottom() - height - 2 if down else plot.top() - 2
            for edge, way, room in sides:
                place = QRectF(edge if way > 0 else edge - width, y, width, height)
                if width <= room and taken.free(place):
                    painter.drawText(place, (LEFT if way > 0 else RIGHT) | MIDDLE, words)
                    taken.take(place)
                    return True
        return False


class _Taken:
    """Where something is drawn already."""

    def __init__(self, rects: Iterable[QRectF]) -> None:
        self._rects = list(rects)

    def free(self, place: QRectF) -> bool:
        return not any(place.intersects(rect) for rect in self._rects)

    def take(self, place: QRectF) -> None:
        self._rects.append(place)


def _along(runs: Sequence[Sequence[QPointF]]) -> list[QRectF]:
    return [QRectF(a, b).normalized().adjusted(-2, -4, 2, 4) for run in runs for a, b in pairwise(run)]
