"""Drawings of numbers: each is a sentence, a picture with places to go to, and a table."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QMenu, QWidget

from guide.compat import override
from guide.kit.dress import make_menu
from guide.kit.focus import ENTER, FocusRing, announce
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.kit.theme import Theme
from guide.language import _

NEAR: Final = 22.0  # how far from a dot the pointer may be to mean it
TURN_BACK: Final = {Qt.Key.Key_Left, Qt.Key.Key_Up}
TURN_ON: Final = {Qt.Key.Key_Right, Qt.Key.Key_Down}
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight
LEFT: Final = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A place of a drawing that can be pointed at, and what it says; `row` groups those on one line.

    Of hundreds few are ever pointed at: their words may be a call, which is made then.
    """

    at: QPointF
    words: str | Callable[[], str] = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The same in words."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Guarded, QWidget):
    """
    A drawing kept as a picture until something in it changes; arrow keys and the pointer go from spot to spot.

    Its accessible name is the sentence that sums it up; `table_asked` is T.
    """

    spoken_as = "Graphic"

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

    def renew(self, sentence: str, *, same_spots: bool = False) -> None:
        """Take a new sentence and new data; where the spots are the same, go on pointing at the one she is at."""
        self.setAccessibleName(sentence)
        if not same_spots:
            self.setAccessibleDescription(_("Arrow keys go from one to the next; T shows a table"))
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
    def bubble(self) -> tuple[QPointF, str] | None:
        """Where the bubble points and what it says: the spot beneath the pointer, or the one that the keys came to."""
        shown = self._hovered if self._hovered is not None else self._current if self.hasFocus() else None
        if shown is None or shown >= len(self.spots):
            return None
        return self._spots[shown].at, self.words_of(shown)

    def words_of(self, number: int) -> str:
        """What a spot says."""
        words = self._spots[number].words
        return words if isinstance(words, str) else words()

    def go_to(self, number: int) -> None:
        """Point at a spot, and have it said."""
        spots = self.spots
        if not spots:
            return
        self._current = max(0, min(len(spots) - 1, number))
        words = self.words_of(self._current)
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

    def _keep(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn_as = (self.size(), ratio)
        if self._kept is None or self._drawn_as != drawn_as:
            kept = QPixmap(self.size() * ratio)
            kept.setDevicePixelRatio(ratio)
            kept.fill(Qt.GlobalColor.transparent)
            with painting(kept) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._spots = tuple(self.draw(painter, self._look.theme))
            self._kept, self._drawn_as = kept, drawn_as
            self.drawings += 1
        return self._kept

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < 8 or self.height() < 8:
            return
        with painting(self) as painter:
            painter.drawPixmap(0, 0, self._keep())
            if self.bubble is not None:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_bubble(painter, *self.bubble)

    def _paint_bubble(self, painter: QPainter, at: QPointF, said: str) -> None:
        theme, font = self._look.theme, self._look.font("small", weight=500)
        painter.setPen(QPen(theme.focus, 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 9.5, 9.5)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(said, Qt.TextElideMode.ElideRight, self.width() - 32)
        width, height = metrics.horizontalAdvance(words) + 26, metrics.height() + 14
        x = max(2.0, min(self.width() - width - 2, at.x() - width / 2))
        above = at.y() - 18 - height
        y = above if above >= 0 else min(self.height() - height, at.y() + 18)
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
        menu = table_menu(self, self._look, _("Show as a table"), self.table_asked.emit)
        menu.popup(event.globalPos())

    def _nearest(self, point: QPointF) -> int | None:
        best, found = NEAR**2, None
        for number, spot in enumerate(self._spots):
            away = (spot.at.x() - point.x()) ** 2 + (spot.at.y() - point.y()) ** 2
            if away < best:
                best, found = away, number
        return found


def table_menu(parent: QWidget, look: Look, words: str, call: Callable[[], None]) -> QMenu:
    menu = make_menu(parent, look=look)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(f"{words}\tT").triggered.connect(lambda _=False: call())
    return menu


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


def around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
