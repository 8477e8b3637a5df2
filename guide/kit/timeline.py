"""A routine as a row of bars: as wide as each step may last, in the colour of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.direction import LEFTWARD, is_mirrored, placed
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.kit.theme import Theme, faded

NARROWEST = 5.0
WAIT_COUNTS_AS = 30.0
ELAPSED = 0.3
UNSELECTED = 0.38
GLYPH = 24.0
GLYPH_FROM = 28.0

TimelineSize = Literal["session", "hero", "card"]


class Bar(NamedTuple):
    """One step: the least and the most seconds it lasts; both 0 for one that waits for her."""

    kind: str
    shortest: float
    longest: float

    @property
    def weight(self) -> float:
        return self.longest if self.longest > 0 else WAIT_COUNTS_AS

    @property
    def sure(self) -> float:
        """The share of the bar that the step lasts at least."""
        return min(1.0, self.shortest / self.longest) if self.longest > 0 else 1.0


class _Measures(NamedTuple):
    height: float
    gap: float
    radius: float
    glyph_room: float
    below: float


_MEASURES: dict[TimelineSize, _Measures] = {
    "session": _Measures(14, 4, 6, 32, 8),
    "hero": _Measures(16, 4, 6, 30, 0),
    "card": _Measures(12, 3, 5, 0, 0),
}


def places(bars: Sequence[Bar], width: float, gap: float) -> list[tuple[float, float]]:
    """Give each bar its left edge and its width: by its longest time, and none narrower than 5.

    Where the bars are too many for that, all are equally narrow and the gaps give way first.
    """
    if not bars:
        return []
    count = len(bars)
    if count > 1:
        gap = max(1.0, min(gap, (width - count * NARROWEST) / (count - 1)))
    room = max(0.0, width - gap * (count - 1))
    widths = [0.0] * count
    open_bars = set(range(count))
    if room <= count * NARROWEST:
        widths = [room / count] * count
        open_bars = set()
    while open_bars:
        total = sum(bars[i].weight for i in open_bars)
        narrow = {i for i in open_bars if bars[i].weight / total * room < NARROWEST}
        if not narrow:
            for i in open_bars:
                widths[i] = bars[i].weight / total * room
            break
        for i in narrow:
            widths[i] = NARROWEST
        room -= NARROWEST * len(narrow)
        open_bars -= narrow
    result, x = [], 0.0
    for own in widths:
        result.append((x, own))
        x += own + gap
    return result


def paint_bars(
    painter: QPainter,
    rect: QRectF,
    bars: Sequence[Bar],
    theme: Theme,
    *,
    gap: float = 3,
    radius: float = 5,
    current: int | None = None,
    fraction: float = 0.0,
    selected: int | None = None,
) -> None:
    """Paint the row alone, as cards, sheets of paper and the history use it; it runs as the painter's lines do."""
    painter.save()
    if painter.layoutDirection() is LEFTWARD:
        painter.translate(rect.left() + rect.right(), 0)
        painter.scale(-1, 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, (bar, (x, width)) in enumerate(zip(bars, places(bars, rect.width(), gap), strict=True)):
        box = QRectF(rect.x() + x, rect.y(), width, rect.height())
        corner = min(radius, rect.height() / 2, width / 2)
        shape = QPainterPath()
        shape.addRoundedRect(box, corner, corner)
        opacity = 1.0
        if current is not None and number != current:
            opacity = theme.segment_past if number < current else theme.segment_next
        if selected is not None and number != selected:
            opacity *= UNSELECTED
        passed = fraction if number == current else 0.0
        for start, end, share in _stretches(bar, passed, theme):
            part = QPainterPath()
            # a hair of overlap, so that no seam shows between two stretches of one bar
            part.addRect(box.x() + start * width, box.y(), (end - start) * width + 0.01, box.height())
            painter.setBrush(faded(theme.fill(bar.kind), opacity * share))
            painter.drawPath(shape.intersected(part) if start > 0 or end < 1 else shape)
    painter.restore()


def _stretches(bar: Bar, passed: float, theme: Theme) -> list[tuple[float, float, float]]:
    """Cut a bar where its opacity changes: from, to, opacity."""
    open_end = theme.segment_open_end if passed < bar.sure else 1.0
    cuts = [(0.0, passed, ELAPSED), (passed, max(passed, bar.sure), 1.0)]
    cuts.append((max(passed, bar.sure), 1.0, open_end))
    return [cut for cut in cuts if cut[1] > cut[0]]


class Timeline(Guarded, QWidget):
    """Shows bars; in a session also where she is. `set_unit` scales it with the session stage."""

    spoken_as = "Graphic"

    def __init__(self, *, look: Look, size: TimelineSize = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self._unit = 1.0
        self._bars: tuple[Bar, ...] = ()
        self._current: int | None = None
        self._fraction = 0.0
        self._selected: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    @property
    def current(self) -> int | None:
        return self._current

    @property
    def fraction(self) -> float:
        return self._fraction

    @property
    def selected(self) -> int | None:
        return self._selected

    def show_bars(self, bars: Sequence[Bar], current: int | None = None, fraction: float = 0.0) -> None:
        """`fraction` is the share of the current bar's longest time that has passed."""
        now = (tuple(bars), current, max(0.0, min(1.0, fraction)))
        if now != (self._bars, self._current, self._fraction):
            self._bars, self._current, self._fraction = now
            self.update()

    def select(self, index: int | None) -> None:
        """Dim all bars but one, as the editor does; None dims none."""
        if index != self._selected:
            self._selected = index
            self.update()

    def set_unit(self, unit: float) -> None:
        if unit != self._unit:
            self._unit = unit
            self.updateGeometry()
            self.update()

    def describe(self, name: str) -> None:
        self.setAccessibleName(name)

    def bar_rects(self) -> list[QRectF]:
        """Tell where the bars lie, for pages that answer to a click on one."""
        measures, u = _MEASURES[self._size], self._unit
        top, height = measures.glyph_room * u, measures.height * u
        row = places(self._bars, self.width(), measures.gap)
        return [placed(self, QRectF(x, top, width, height)) for x, width in row]

    def glyphs_shown(self) -> list[bool]:
        """Tell which bars are wide enough to carry their glyph."""
        carries = _MEASURES[self._size].glyph_room > 0
        return [carries and rect.width() >= GLYPH_FROM * self._unit for rect in self.bar_rects()]

    @override
    def sizeHint(self) -> QSize:
        measures = _MEASURES[self._size]
        height = (measures.glyph_room + measures.height + measures.below) * self._unit
        return QSize(320, round(height))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        theme, u, measures = self._look.theme, self._unit, _MEASURES[self._size]
        with painting(self) as painter:
            row = QRectF(0, measures.glyph_room * u, self.width(), measures.height * u)
            paint_bars(
                painter,
                row,
                self._bars,
                theme,
                gap=measures.gap,
                radius=measures.radius * u,
                current=self._current,
                fraction=self._fraction,
                selected=self._selected,
            )
            if any(shown := self.glyphs_shown()):
                self._paint_glyphs(painter, theme, shown)
            if self._size == "session" and self._current is not None:
                self._paint_playhead(painter, theme, self.bar_rects()[self._current])

    def _paint_glyphs(self, painter: QPainter, theme: Theme, shown: Sequence[bool]) -> None:
        side = GLYPH * self._unit
        for number, (bar, rect) in enumerate(zip(self._bars, self.bar_rects(), strict=True)):
            if not shown[number]:
                continue
            opacity = 1.0
            if self._current is not None and number != self._current:
                opacity = 0.32 if number < self._current else 0.72
            place = QRectF(rect.center().x() - side / 2, 0, side, side)
            paint_icon(painter, bar.kind, place, faded(theme.ink(bar.kind), opacity), 2.0)

    def _paint_playhead(self, painter: QPainter, theme: Theme, rect: QRectF) -> None:
        width, height = 5 * self._unit, 29 * self._unit
        halo = 3 * self._unit
        edge = width / 2 + halo
        passed = self._fraction * rect.width()
        at = rect.right() - passed if is_mirrored(self) else rect.left() + passed
        x = max(edge, min(self.width() - edge, at))
        head = QRectF(0, 0, width, height)
        head.moveCenter(QPointF(x, rect.center().y()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.bg)
        around = head.adjusted(-halo, -halo, halo, halo)
        painter.drawRoundedRect(around, width / 2 + halo, width / 2 + halo)
        painter.setBrush(theme.text)
        painter.drawRoundedRect(head, width / 2, width / 2)
