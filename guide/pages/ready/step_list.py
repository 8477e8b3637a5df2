"""The list of steps on Get ready: a model and a delegate that draw no more than can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from guide.compat import override
from guide.core.duration import short
from guide.core.plan import Segment
from guide.core.routine import Kind, Side
from guide.kit.direction import Mirror, draw_line, mirror, placed_within
from guide.kit.dress import dress, views
from guide.kit.guard import Guarded
from guide.kit.icons import paint_disc, paint_icon, paint_sides
from guide.kit.look import Look
from guide.kit.painting import paint_field
from guide.kit.tips import tip
from guide.language import _, pgettext, screen
from guide.pages.ready.lines import Line, RepeatLine, StepLine, spoken_line, yours_words

ROW: Final = 54
REPEAT_ROW: Final = 36
TIGHTEST: Final = 44 / 54


Index = QModelIndex | QPersistentModelIndex


class _Lines(Guarded, QAbstractListModel):
    """The lines, for a list that draws no more of them than can be seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.number_free = False
        self.yours: Mapping[tuple[int, ...], timedelta] = {}
        self.squeeze = 1.0  # of a row's height, so that all can be seen at once

    def show_lines(
        self, lines: list[Line], *, number_free: bool, yours: Mapping[tuple[int, ...], timedelta] | None = None
    ) -> None:
        self.beginResetModel()
        self.lines, self.number_free, self.yours = lines, number_free, yours or {}
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return spoken_line(line, number_free=self.number_free, yours=self.yours)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(spoken_line(line, number_free=self.number_free, yours=self.yours))
            case Qt.ItemDataRole.UserRole:
                return line
            case _:
                return None


class _LineDelegate(Guarded, QStyledItemDelegate):
    """Draws a step: its disc, name, sides and length, and a thread to the next one."""

    def __init__(self, *, look: Look, lines: _Lines) -> None:
        super().__init__(lines)
        self._look = look
        self._lines = lines

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        match self._lines.lines[index.row()]:
            case StepLine():
                return QSize(200, round(self._look.px(ROW) * self._lines.squeeze))
            case RepeatLine():
                return QSize(200, round(self._look.px(REPEAT_ROW) * self._lines.squeeze))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_HasFocus:
            edge = self._look.theme.focus
            paint_field(painter, QRectF(rect).adjusted(1, 1, -1, -1), 12, None, edge=edge, edge_width=3)
        row = index.row()
        line = self._lines.lines[row]
        inner = QRectF(rect).adjusted(8, 0, -8, 0)
        inner.setLeft(inner.left() + 16 * max(0, line.depth))
        place = mirror(painter, rect)
        self._paint_bracket(painter, QRectF(rect), row)
        match line:
            case StepLine(segment):
                following = self._lines.lines[row + 1 : row + 2]
                joined = bool(following) and isinstance(following[0], StepLine) and following[0].depth == line.depth
                self._paint_step(painter, inner, segment, place, joined=joined)
            case RepeatLine():
                self._paint_repeat(painter, inner, line, place)
        painter.restore()

    def _paint_bracket(self, painter: QPainter, rect: QRectF, row: int) -> None:
        line = self._lines.lines[row]
        for depth in range(1, line.depth + 1):
            after = self._lines.lines[row + 1].depth if row + 1 < len(self._lines.lines) else 0
            begins = isinstance(line, RepeatLine) and line.depth == depth
            ends = after < depth
            bar = QRectF(rect.left() + 6 + 16 * (depth - 1), rect.top(), 2.5, rect.height())
            bar.adjust(0, 6 if begins else 0, 0, -6 if ends else 0)
            painter.fillRect(placed_within(bar, rect, painter.layoutDirection()), self._look.theme.accent)

    def _paint_repeat(self, painter: QPainter, rect: QRectF, line: RepeatLine, placed: Mirror) -> None:
        theme = self._look.theme
        side = self._look.px(20)
        place = QRectF(rect.left() + 4, rect.center().y() - side / 2, side, side)
        paint_icon(painter, "repeat", placed(place), theme.accent_text)
        painter.setFont(self._look.font("small", weight=600))
        painter.setPen(theme.accent_text)
        draw_line(painter, placed(rect.adjusted(side + 14, 0, 0, 0)), Qt.AlignmentFlag.AlignVCenter, line.words)

    def _paint_step(self, painter: QPainter, rect: QRectF, segment: Segment, placed: Mirror, *, joined: bool) -> None:
        theme, px = self._look.theme, self._look.px
        disc = QRectF(rect.left(), rect.center().y() - px(38) / 2, px(38), px(38))
        if joined:
            painter.setPen(QPen(theme.line, 3))
            bottom, x = rect.bottom() + px(8), placed(disc).center().x()
            painter.drawLine(QPointF(x, disc.bottom()), QPointF(x, bottom))
        paint_disc(painter, segment.step.kind, placed(disc), theme)
        right = self._paint_length(painter, rect, segment, placed)
        left = disc.right() + px(16)
        # the dots stand in one column; where the list is too narrow for it, they go with the longest name there is
        sides = rect.left() + (rect.width() * 0.58)
        names = sides - px(12)
        bodiless = segment.step.side is None or segment.step.kind in {Kind.PREPARE, Kind.REST}
        if bodiless and segment.side is Side.BOTH:
            names = right - px(12)
        else:
            self._paint_sides(painter, rect, (sides, right), segment.side, placed)
        font = self._look.font("body", weight=500)
        painter.setFont(font)
        painter.setPen(theme.text)
        title = QFontMetricsF(font).elidedText(segment.title, Qt.TextElideMode.ElideRight, names - left)
        place = QRectF(left, rect.top(), names - left, rect.height())
        draw_line(painter, placed(place), Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_sides(
        self, painter: QPainter, rect: QRectF, room: tuple[float, float], side: Side, placed: Mirror
    ) -> None:
        px, (x, right) = self._look.px, room
        dots = QRectF(x, rect.center().y() - px(9), px(34), px(18))
        paint_sides(painter, side, placed(dots), self._look.theme.text2)
        if side is not Side.BOTH:
            font = self._look.font("small")
            word = pgettext("a side", "Left") if side is Side.LEFT else pgettext("a side", "Right")
            left = dots.right() + px(8)
            across = QFontMetricsF(font).horizontalAdvance(word)
            if left + across < right - px(6):
                painter.setFont(font)
                painter.setPen(self._look.theme.text2)
                place = QRectF(left, rect.top(), across + 2, rect.height())
                draw_line(painter, placed(place), Qt.AlignmentFlag.AlignVCenter, word)

    def _paint_length(self, painter: QPainter, rect: QRectF, segment: Segment, placed: Mirror) -> float:
        """Draw how long it lasts, and say where that begins."""
        if self._lines.number_free:
            return rect.right()
        theme = self._look.theme
        body, tag = self._look.font("body"), self._look.font("tag", weight=400)
        words, below = short(segment.step.length, screen()), self._below(segment)
        width = QFontMetricsF(body).horizontalAdvance(words)
        shift = self._look.px(9) if below else 0
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(body)
        painter.setPen(theme.text2)
        draw_line(painter, placed(rect.adjusted(0, -shift, 0, -shift)), flags, words)
        if below:
            painter.setFont(tag)
            painter.setPen(theme.text3)
            draw_line(painter, placed(rect.adjusted(0, self._look.px(12), 0, self._look.px(12))), flags, below)
            width = max(width, QFontMetricsF(tag).horizontalAdvance(below))
        return rect.right() - width

    def _below(self, segment: Segment) -> str:
        usual = self._lines.yours.get(segment.place)
        if usual is not None:
            return yours_words(usual)
        return _("suggested") if segment.step.suggested else ""


class StepList(Guarded, QListView):
    """The steps in order; arrow keys go through them for those who have them read aloud."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, views, look=look)
        self._lines = _Lines(self)
        self._whole = False
        self.setModel(self._lines)
        self.setItemDelegate(_LineDelegate(look=look, lines=self._lines))
        self.setAccessibleName(_("Steps"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self._fit)

    @property
    def lines(self) -> list[Line]:
        return self._lines.lines

    def texts(self) -> list[str]:
        """What a screen reader reads, line by line."""
        return [
            spoken_line(line, number_free=self._lines.number_free, yours=self._lines.yours)
            for line in self._lines.lines
        ]

    def show_lines(
        self, lines: list[Line], *, number_free: bool, yours: Mapping[tuple[int, ...], timedelta] | None = None
    ) -> None:
        shown = self._lines
        if (lines, number_free, yours or {}) != (shown.lines, shown.number_free, shown.yours):
            shown.show_lines(lines, number_free=number_free, yours=yours)
            self._fit()

    def set_whole(self, *, whole: bool) -> None:
        """Be as tall as all steps, for a page that scrolls itself."""
        self._whole = whole
        self._fit()

    def _fit(self) -> None:
        rows = sum(ROW if isinstance(line, StepLine) else REPEAT_ROW for line in self._lines.lines)
        tall = self._look.px(rows)
        if self._whole:
            self._lines.squeeze = 1.0
            self.setFixedHeight(tall + 4)
        else:
            room = self.viewport().height() / max(1, tall)
            self._lines.squeeze = min(1.0, room) if room >= TIGHTEST else 1.0
            self.setMinimumHeight(self._look.px(ROW) * 3)
            self.setMaximumHeight(tall + 4)
        self.doItemsLayout()
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._whole:
            self._fit()
