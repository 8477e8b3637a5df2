"""Teaching a word: a ring that counts, five takes, and what to do better; then trying it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.direction import margins
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted
from guide.kit.rows import Glyph
from guide.kit.theme import faded
from guide.language import _
from guide.pages.words.parts import LevelMeter, Results
from guide.pages.words.view import TAKES, ResultRow, TakeView, TeachView

BARS: Final = 16


class CountRing(Guarded, QWidget):
    """Time left as an arc; within it a number, or a microphone and *Now*."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._side = 150
        self._left, self._number, self._caption, self._share = 1.0, "", "", 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_time(self, left: float, number: str, caption: str, share: float) -> None:
        self._left, self._number, self._caption, self._share = left, number, caption, share
        self.update()

    def make_small(self) -> None:
        self._side = 92
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._side), self._look.px(self._side))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            thick = look.px(10)
            ring = QRectF(self.rect()).adjusted(thick, thick, -thick, -thick)
            pen = QPen(faded(theme.accent, theme.track), thick)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawEllipse(ring)
            pen.setColor(theme.accent)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * self._left))
            swell = 0.0 if look.still else 8 * self._share
            gap = 18 * self._side / 150
            inner = ring.adjusted(gap - swell, gap - swell, swell - gap, swell - gap)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faded(theme.accent, 0.12 if self._number else 0.28))
            painter.drawEllipse(inner)
            painter.setPen(theme.text)
            upper, lower = QRectF(inner), QRectF(inner)
            upper.setHeight(inner.height() * 0.64)
            lower.setTop(inner.top() + inner.height() * 0.58)
            lower.setHeight(inner.height() * 0.24)
            if self._number:
                painter.setFont(look.sized(44 * self._side / 150, 600, display=True))
                painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, self._number)
            else:
                size = look.px(36) * self._side / 150
                place = QRectF(inner.center().x() - size / 2, inner.top() + inner.height() * 0.18, size, size)
                paint_icon(painter, "mic", place, theme.text)
            painter.setFont(
                fitted(look.sized(max(11, 15 * self._side / 150), 600), self._caption, lower.width() * 0.86)
            )
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, self._caption)


class TakeTile(Guarded, QWidget):
    """The levels of one take as bars, and a word about it."""

    def __init__(self, number: int, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._card = TakeView()
        self._small = False
        self._title = Label(_("Take {number}").format(number=number), look=look, role="small", parent=self)
        self.words = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.tick = Glyph("check", look=look, side=16, tint="accent_text", parent=self)
        self.tick.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(10, 8, 8, 8))
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(look.px(34))
        nest(column, row)
        column.addStretch(1)
        self.setMinimumHeight(look.px(112))

    def make_small(self) -> None:
        """The bars alone; the panel's words tell what was wrong with a take."""
        self._title.hide()
        self.words.hide()
        self._small = True
        self.setMinimumHeight(46)

    def show_card(self, card: TakeView) -> None:
        if card != self._card:
            self._card = card
            self.words.setText(card.words)
            self.tick.setVisible(card.icon == "check" and not self._small)
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme, card = self._look, self._look.theme, self._card
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = theme.accent if card.now else None
            paint_field(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, theme.sunk, edge=edge)
            step, middle = (self.width() - 22) / BARS, self.height() / 2 if self._small else look.px(44)
            top = max(card.shape, default=0.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent if card.shape else theme.text3)
            for number in range(BARS):
                share = card.shape[number] if number < len(card.shape) else 0.0
                height = 3 + look.px(26) * max(0.0, (share - 0.35) / max(top - 0.35, 0.1)) if share else 3
                bar = QRectF(11 + number * step, middle - height / 2, 3, height)
                painter.drawRoundedRect(bar, 1.5, 1.5)


class TeachPanel(Guarded, QWidget):
    """Content of the dialog while takes are recorded."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = CountRing(look=look, parent=self)
        self.text = Label("", look=look, tint="text2", wrap=True, parent=self)
        self.meter = LevelMeter(look=look, parent=self)
        self._line = Label(_("The line is your pump"), look=look, role="small", tint="text2", parent=self)
        self.tiles = [TakeTile(number + 1, look=look, parent=self) for number in range(TAKES)]
        self.note = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        beside = QVBoxLayout()
        beside.addWidget(self.text)
        beside.addStretch(1)
        beside.addWidget(self.meter)
        beside.addWidget(self._line)
        upper = QHBoxLayout()
        upper.setSpacing(22)
        upper.addWidget(self.ring)
        nest(upper, beside, 1)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(12)
        nest(column, upper)
        nest(column, tiles)
        column.addWidget(self.note)

    def make_small(self) -> None:
        """For a low window or large text: what can be done without leaves."""
        self.ring.make_small()
        for tile in self.tiles:
            tile.make_small()
        self._line.hide()
        self.note.hide()

    def show_view(self, view: TeachView) -> None:
        self.ring.show_time(view.left, view.number, view.caption, view.level.share)
        if view.text != self.text.text():
            self.text.setText(view.text)
            announce(self, view.text)
        for tile, card in zip(self.tiles, view.cards, strict=True):
            tile.show_card(card)
        if view.note != self.note.text():
            self.note.setText(view.note)
        self.meter.show_level(view.level)


class TryPanel(Guarded, QWidget):
    """Content of the dialog once five takes are there: what was heard, the last three of it."""

    MOST = 3

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Label("", look=look, tint="text2", wrap=True, parent=self)
        self.meter = LevelMeter(look=look, parent=self)
        self.results = Results(look=look, parent=self)
        self.note = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self._rows: list[ResultRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(14)
        for widget in (self.text, self.meter, self.results, self.note):
            column.addWidget(widget)

    def show_text(self, text: str, note: str) -> None:
        self.text.setText(text)
        if note != self.note.text():
            self.note.setText(note)
            announce(self, note)

    def add_result(self, row: ResultRow) -> None:
        self._rows = [*self._rows, row][-self.MOST :]
        self.results.show_rows(self._rows)
        announce(self, f"{row.words}: {row.how}")
