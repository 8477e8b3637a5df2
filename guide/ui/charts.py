"""The drawings of the history: a day as a dial, days as a line, two routines side by side; each also as a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QStackedLayout, QTableView, QWidget

from guide.compat import override
from guide.core.insight import Comparison, Dial, Finding, RoutineChange, Sample
from guide.core.record import ML_PER_OZ, DayTotal, volume
from guide.ui.history.words import (
    MONTHS,
    amount_words,
    clock_words,
    day_words,
    long_day,
    name_of,
    spoken_session,
    total_words,
)
from guide.ui.style import Look, Theme, faded, mixed
from guide.ui.widgets import ENTER, FocusRing, announce, paint_field

NEAR: Final = 22.0  # how far from a dot the pointer may be to mean it
TURN_BACK: Final = {Qt.Key.Key_Left, Qt.Key.Key_Up}
TURN_ON: Final = {Qt.Key.Key_Right, Qt.Key.Key_Down}
CROWD: Final = 40  # sessions from which their dots no longer fit on one line
LAG_LINES: Final = (  # insight.LAG_WORDS, as wide as there may be room for
    "Changes, if any,\ntend to show\n3–5 days later",
    "Changes, if\nany, tend to\nshow 3–5\ndays later",
)
GOLDEN: Final = math.pi * (3 - math.sqrt(5))
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight
LEFT: Final = Qt.AlignmentFlag.AlignLeft
NIGHT_BEGINS, NIGHT_ENDS = 22 / 24, 6 / 24
TOP_INDEX: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a drawing that can be pointed at, and what it says; `row` groups those on one line."""

    at: QPointF
    words: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The same in words."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(QWidget):
    """
    A drawing kept as a picture until something in it changes; arrow keys and the pointer go from spot to spot.

    Its accessible name is the sentence that sums it up; `table_asked` is T.
    """

    table_asked = Signal()
    picked = Signal(int)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kept: QPixmap | None = None
        self._drawn_as: tuple[object, ...] = ()
        self._spots: tuple[Spot, ...] = ()
        self._current: int | None = None
        self._hovered: int | None = None
        self.drawings = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.ring = FocusRing(self, look=look, radius=14)
        self.setToolTip("")
        look.changed.connect(self.forget)

    def draw(self, painter: QPainter, theme: Theme) -> list[Spot]:
        """Draw everything that stays, and tell its spots."""
        raise NotImplementedError

    def table(self) -> Table:
        raise NotImplementedError

    def forget(self) -> None:
        """Draw anew the next time it is looked at."""
        self._kept = None
        self.updateGeometry()
        self.update()

    def renew(self, sentence: str) -> None:
        """Take a new sentence and new data."""
        self.setAccessibleName(sentence)
        self.setAccessibleDescription("Arrow keys go from one to the next; T shows a table")
        self._current = self._hovered = None
        self.forget()

    @property
    def spots(self) -> tuple[Spot, ...]:
        self._keep()
        return self._spots

    @property
    def current(self) -> int | None:
        return self._current

    @property
    def shown_words(self) -> str:
        """What the bubble says now."""
        spots, shown = self.spots, self._shown()
        return spots[shown].words if shown is not None else ""

    def go_to(self, number: int) -> None:
        """Point at a spot, and have it said."""
        spots = self.spots
        if not spots:
            return
        self._current = max(0, min(len(spots) - 1, number))
        words = spots[self._current].words
        self.setAccessibleDescription(words)
        announce(self, words)
        self.update()

    def _step(self, key: Qt.Key) -> int | None:
        """Where an arrow leads from here."""
        count = len(self.spots)
        if self._current is None:
            return 0 if key is Qt.Key.Key_Home else count - 1
        match key:
            case Qt.Key.Key_Home:
                return 0
            case Qt.Key.Key_End:
                return count - 1
            case _:
                return self._current + (1 if key in TURN_ON else -1)

    def _shown(self) -> int | None:
        return self._hovered if self._hovered is not None else self._current if self.hasFocus() else None

    def _keep(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn_as = (self.size(), ratio)
        if self._kept is None or self._drawn_as != drawn_as:
            kept = QPixmap(self.size() * ratio)
            kept.setDevicePixelRatio(ratio)
            kept.fill(Qt.GlobalColor.transparent)
            painter = QPainter(kept)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._spots = tuple(self.draw(painter, self._look.theme))
            painter.end()
            self._kept, self._drawn_as = kept, drawn_as
            self.drawings += 1
        return self._kept

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < 8 or self.height() < 8:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._keep())
        shown = self._shown()
        if shown is not None and shown < len(self._spots):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bubble(painter, self._spots[shown])

    def _paint_bubble(self, painter: QPainter, spot: Spot) -> None:
        theme, font = self._look.theme, self._look.font("small", weight=500)
        painter.setPen(QPen(theme.focus, 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot.at, 9.5, 9.5)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(spot.words, Qt.TextElideMode.ElideRight, self.width() - 32)
        width, height = metrics.horizontalAdvance(words) + 26, metrics.height() + 14
        x = max(2.0, min(self.width() - width - 2, spot.at.x() - width / 2))
        above = spot.at.y() - 18 - height
        y = above if above >= 0 else min(self.height() - height, spot.at.y() + 18)
        bubble = QRectF(x, y, width, height)
        paint_field(painter, bubble, 10, theme.raised, edge=theme.line_strong, edge_width=1)
        painter.setFont(font)
        painter.setPen(theme.text)
        painter.drawText(bubble, CENTRE, words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.table_asked.emit()
        elif key in {*TURN_BACK, *TURN_ON, Qt.Key.Key_Home, Qt.Key.Key_End} and self.spots:
            there = self._step(key)
            if there is not None:
                self.go_to(there)
        elif key in ENTER and self._current is not None:
            self.picked.emit(self._current)
        elif key is Qt.Key.Key_Escape and self._current is not None:
            self._current = None
            self.update()
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._nearest(event.position())
        if near != self._hovered:
            self._hovered = near
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._nearest(event.position())
        if near is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(near)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        near = self._nearest(event.position())
        if near is not None:
            self.picked.emit(near)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = table_menu(self, "Show as a table", self.table_asked.emit)
        menu.popup(event.globalPos())

    def _nearest(self, point: QPointF) -> int | None:
        best, found = NEAR**2, None
        for number, spot in enumerate(self._spots):
            away = (spot.at.x() - point.x()) ** 2 + (spot.at.y() - point.y()) ** 2
            if away < best:
                best, found = away, number
        return found


def table_menu(parent: QWidget, words: str, call: Callable[[], None]) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(f"{words}\tT").triggered.connect(lambda _=False: call())
    return menu


# a chart and its table


class TableModel(QAbstractTableModel):
    """Rows of words."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def show_table(self, table: Table) -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = TOP_INDEX) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    @override
    def columnCount(self, parent: Index = TOP_INDEX) -> int:
        return 0 if parent.isValid() else len(self._table.headers)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self._table.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._table.headers[index.column()]}: {cell}"
            case _:
                return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT | MIDDLE)
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._table.headers[section]


class TableView(QTableView):
    """A chart's table; T or Escape goes back to the drawing."""

    left = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setResizeContentsPrecision(40)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ring = FocusRing(self, look=look, radius=14)
        look.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._look.font("small"))
        self.horizontalHeader().setFont(self._look.font("small", weight=500))
        self.verticalHeader().setDefaultSectionSize(self._look.px(36))
        self.setStyleSheet("QHeaderView { background: transparent; } QTableView::item { padding: 0 5px; }")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_T, Qt.Key.Key_Escape}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = table_menu(self, "Show as a drawing", self.left.emit)
        menu.popup(event.globalPos())


class ChartPane(QWidget):
    """A chart, or the same as a table: T goes from one to the other."""

    def __init__(self, chart: Chart, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.chart = chart
        self.table: TableView | None = None
        self._model: TableModel | None = None
        self._layers = QStackedLayout(self)
        self._layers.addWidget(chart)
        self.setFocusProxy(chart)
        chart.table_asked.connect(self.toggle)

    @property
    def shows_table(self) -> bool:
        return self.table is not None and self._layers.currentWidget() is self.table

    def toggle(self) -> None:
        if self.shows_table:
            self._layers.setCurrentWidget(self.chart)
            self.setFocusProxy(self.chart)
            self.chart.setFocus()
            return
        table = self._table()
        self.renew()
        self._layers.setCurrentWidget(table)
        self.setFocusProxy(table)
        table.setFocus()
        announce(table, table.accessibleName())

    def renew(self) -> None:
        """Put what the chart shows now into the table, if there is one."""
        if self.table is not None and self._model is not None:
            found = self.chart.table()
            self._model.show_table(found)
            self.table.setAccessibleName(found.name)
            self.table.setAccessibleDescription("T goes back to the drawing")

    def _table(self) -> TableView:
        if self.table is None:
            self.table = TableView(look=self._look, parent=self)
            self._model = TableModel(self.chart.table(), self.table)
            self.table.setModel(self._model)
            self.table.left.connect(self.toggle)
            self._layers.addWidget(self.table)
        return self.table

    @override
    def sizeHint(self) -> QSize:
        return self.chart.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.chart.minimumSizeHint()


# the last 24 hours


class DialChart(Chart):
    """The last 24 hours as a ring, midnight on top."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._dial = Dial((), 0.0, None, "")
        self._now = datetime.min.replace(tzinfo=UTC)
        self._ounces = self._number_free = False

    @property
    def dial(self) -> Dial:
        return self._dial

    def show_dial(self, dial: Dial, now: datetime, *, ounces: bool, number_free: bool) -> None:
        self._dial, self._now = dial, now
        self._ounces, self._number_free = ounces, number_free
        count = f"{dial.count} session{'' if dial.count == 1 else 's'} in the last 24 hours"
        self.renew(count if number_free or not dial.count else f"{count}, {dial.caption}")

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
        headers = ("Began", "Routine") if free else ("Began", "Routine", "Milk")
        rows = []
        for arc in reversed(self._dial.arcs):
            milk = () if free else (volume(arc.record.ml, ounces=ounces),)
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
        for words, turn in (("0 h", 0.0), ("6", 0.25), ("12", 0.5), ("18", 0.75)):
            place = _on_ring(middle, radius - stroke - 14 * unit - look.px(7), turn)
            painter.drawText(_around(place, 60, 30), CENTRE, words)
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
        words = "session" if self._dial.count == 1 else "sessions"
        painter.drawText(_around(QPointF(middle.x(), top + high + look.px(20)), 160, 30), CENTRE, words)
        return [
            Spot(
                _on_ring(middle, radius, arc.start + arc.span / 2),
                spoken_session(arc.record, self._now, ounces=self._ounces, number_free=self._number_free),
            )
            for arc in self._dial.arcs
        ]

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


def _around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


# milk per day


@dataclass(frozen=True, slots=True)
class Trend:
    """Whole days with their centred means, oldest first, and the changes of routine among them; mL."""

    days: tuple[DayTotal, ...] = ()
    means: tuple[float | None, ...] = ()
    changes: tuple[RoutineChange, ...] = ()
    today: date = date.min

    @property
    def noted(self) -> list[float]:
        return [day.ml for day in self.days if day.ml is not None]

    def sentence(self, *, ounces: bool) -> str:
        noted = self.noted
        if not noted:
            return "Milk per day: nothing noted in these days"
        first, last = (day_words(self.days[end].day, self.today) for end in (0, -1))
        low, high = min(noted), max(noted)
        unit = "fl oz" if ounces else "mL"
        between = dict.fromkeys(amount_words(end, ounces=ounces) for end in (low, high))
        words = f"Milk per day, {first} to {last}: {' to '.join(between)} {unit}"
        return ". ".join([words, *(f"{one.words} on {day_words(one.day, self.today)}" for one in self.changes)])


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """
    Round numbers from under `low` to over `high`, in steps of 1, 2 or 5 times a power of ten.

    Values that are nearly the same are not blown up: the numbers span a fifth of the highest at least.

    >>> ticks(340, 452), ticks(0, 3), ticks(80, 80)
    ([300.0, 350.0, 400.0, 450.0, 500.0], [0.0, 1.0, 2.0, 3.0], [70.0, 75.0, 80.0, 85.0, 90.0])
    """
    short = max(1.0, high * 0.2) - (high - low)
    if short > 0:
        low, high = max(0.0, low - short / 2), high + short / 2
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(power * times for times in (1, 2, 5, 10) if (high - low) / (power * times) <= most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


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
        self._trend, self._ounces = trend, ounces
        self.renew(trend.sentence(ounces=ounces))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(480), self._look.px(236))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(220), self._look.px(190))

    def _day_said(self, day: DayTotal) -> str:
        when = long_day(day.day, self._trend.today)
        if not day.sessions:
            return f"{when} · no session in the log"
        count = f"{day.sessions} session{'' if day.sessions == 1 else 's'}"
        if day.ml is None:
            return f"{when} · {count}, no volume noted"
        noted = count if day.noted == day.sessions else f"noted in {day.noted} of {count}"
        return f"{when} · {total_words(day.ml, ounces=self._ounces)}, {noted}"

    @override
    def table(self) -> Table:
        ounces = self._ounces
        began = {one.day: one.words for one in self._trend.changes}
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
        headers = ("Day", "Milk", "3-day average", "Sessions", "Change")
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
        marks = ticks(min(noted) / per, max(noted) / per, 3)
        step = marks[1] - marks[0]
        labels = [f"{mark:g}" for mark in marks]
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
            painter.drawPath(smooth(run))
        dots = [QPointF(x(day.day), y(day.ml)) for day in trend.days if day.ml is not None]
        self._draw_dots(painter, theme, dots, plot.width() / max(1, count - 1))
        self._draw_days(painter, theme, plot, x)
        taken = _Taken([*(_around(dot, 18, 18) for dot in dots), *_along(runs)])
        self._draw_words(painter, theme, plot, bands, taken, x)
        if self.said_lag != before:
            self.drawn.emit()
        floor = plot.bottom() - 4
        return [Spot(QPointF(x(d.day), floor if d.ml is None else y(d.ml)), self._day_said(d)) for d in trend.days]

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
        wanted = [(last, "Yesterday" if (today - last).days == 1 else day_words(last, today))]
        wanted += [(first, day_words(first, today))]
        wanted += [(one.day, day_words(one.day, today)) for one in reversed(self._trend.changes) if one.day > first]
        if len(days) > 60:
            starts = [one.day for one in days if one.day.day == 1]
            many = len(starts) > 24
            wanted += [
                (day, str(day.year) if many else MONTHS[day.month - 1]) for day in starts if not many or day.month == 1
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
                self._put(painter, metrics, change.words, [(at - 10, -1, room[0]), (at + 10, 1, room[1])], plot, taken)
            if newest and not band.isEmpty():
                sides = [(band.left() - 11, -1, band.left() - 18 - max(at, plot.left()))]
                sides.append((band.right() + 12, 1, plot.right() - band.right() - 14))
                sides.append((at - 12, -1, at - plot.left() - 12))
                # where it found no room it stays away: the words below make the drawing lower, not wider
                here = (self.width(), self._look.scale, self._trend)
                fits = here != self._no_room_at and any(
                    self._put(painter, metrics, lag, sides, plot, taken, lower=True) for lag in LAG_LINES
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


# two routines side by side


@dataclass(frozen=True, slots=True)
class Lane:
    """One routine's noted sessions, oldest first, in mL; `sample` is what they come to."""

    name: str
    sessions: tuple[tuple[datetime, float], ...]
    sample: Sample | None
    newest: bool = False

    @property
    def count(self) -> str:
        """How many they are; `newest` says that there are more."""
        number = len(self.sessions)
        if self.newest:
            return f"the newest {number}"
        return f"{number} session{'' if number == 1 else 's'}"


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
        self._lanes = tuple(lanes)
        self._settled = comparison.finding is not Finding.TOO_EARLY
        self._today, self._ounces = today, ounces
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
        return f"{lane.name} · on average {mean}, likely {low} to {high} · {lane.count}"

    @override
    def table(self) -> Table:
        ounces = self._ounces
        headers = ("Routine", "Began", "Milk")
        rows: list[tuple[str, ...]] = []
        for lane in self._lanes:
            if self._settled and lane.sample is not None:
                said = self._mean_said(lane).split(" · ")[1]
                rows.append((lane.name, lane.count, said[:1].upper() + said[1:]))
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
        marks = ticks(max(0.0, min(*values, *ends)) / per, max(*values, *ends) / per, 5 if wide else 4)
        unit = "fl oz" if self._ounces else "mL"
        last = f"{marks[-1]:g} {unit}"
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
            words = last if mark == marks[-1] else f"{mark:g}"
            painter.drawText(_around(QPointF(place, plot.bottom() + foot / 2 + 2), 120, 30), CENTRE, words)
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
        painter.drawText(QRectF(0, level + 1, room.width(), line), LEFT | MIDDLE, lane.count)

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
            said = f"{long_day(at.date(), self._today)}, {clock_words(at)} · {total_words(ml, ounces=self._ounces)}"
            spots.append(Spot(place, said, row))
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
        painter.drawText(_around(QPointF(mean, level - 14 - self._look.px(10)), 120, 30), CENTRE, words)
        place = next((number for number, spot in enumerate(spots) if spot.at.x() >= mean), len(spots))
        spots.insert(place, Spot(QPointF(mean, level), self._mean_said(lane), row))
        return spots

    def _figure(self) -> QFont:
        return self._look.font("small", weight=600)
