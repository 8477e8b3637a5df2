"""Small parts of the page: a meter with the pump's line, the dots of five takes, a line for each command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from guide.compat import override
from guide.hear.level import QUIETEST, LevelAdvice, LoudnessNow
from guide.hear.meaning import Meaning
from guide.kit.buttons import Button
from guide.kit.direction import draw_line, margins, placed
from guide.kit.fields import Field
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.kit.rows import Glyph
from guide.language import _
from guide.live.her_words import TITLES
from guide.pages.words.view import ICONS, TAKES, ResultRow, WordRow, advice_words

GAP: Final = 6
NAME, STATE, PRESS = 122, 84, 112  # widths of the columns, before the text grows
WIDEST: Final = 16_777_215  # as wide as Qt lets a widget be


class LevelMeter(Guarded, QWidget):
    """How loud it is now, and a line for the pump. Its name changes with the advice, never with the level."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._level = LoudnessNow(QUIETEST, QUIETEST, LevelAdvice.WELL)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_level(self, level: LoudnessNow) -> None:
        words = _("Microphone, {advice}").format(advice=advice_words(level.advice))
        if words != self.accessibleName():
            self.setAccessibleName(words)
            announce(self, words)
        if level != self._level:
            self._level = level
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            thick = self._look.px(11)
            bar = QRectF(0, (self.height() - thick) / 2, self.width(), thick)
            paint_field(painter, bar, thick / 2, theme.hover)
            if self._level.gone:
                return
            filled = QRectF(bar)
            filled.setWidth(max(thick, bar.width() * self._level.share))
            paint_field(painter, placed(self, filled), thick / 2, theme.accent)
            at = bar.width() * self._level.pump_share
            painter.fillRect(placed(self, QRectF(at - 3, 0, 6, self.height())), theme.surface)
            painter.fillRect(placed(self, QRectF(at - 1.5, 0, 3, self.height())), theme.text)


class TakeDots(Guarded, QWidget):
    """Filled is a take that is kept; grey where the word rests."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count, self._rests = 0, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_takes(self, count: int, *, rests: bool) -> None:
        self._count, self._rests = count, rests
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(18) * TAKES, self._look.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            size, step = self._look.px(13), self._look.px(18)
            for number in range(TAKES):
                dot = placed(self, QRectF(number * step + 1, (self.height() - size) / 2, size, size))
                if number < self._count:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.text3 if self._rests else theme.accent)
                else:
                    painter.setPen(QPen(theme.text3, 1.6))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    dot.adjust(0.8, 0.8, -0.8, -0.8)
                painter.drawEllipse(dot)


class Columns(QWidget):
    """What stands in the columns of the list."""

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        titles = (_("What it does"), _("Your word"), _("Takes"))
        self.labels = [Label(words, look=look, role="small", tint="text2", parent=self) for words in titles]
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 4)
        row.setSpacing(GAP)
        row.addWidget(self.labels[0])
        row.addWidget(self.labels[1], 1)
        row.addWidget(self.labels[2])

    def fit(self, press: int) -> None:
        """Stand above the columns of lines whose buttons are `press` pixels wide."""
        px = self._look.px
        self.labels[0].setFixedWidth(px(24) + GAP + px(NAME))
        self.labels[2].setFixedWidth(px(18) * TAKES + px(STATE) + press + 2 * GAP)


class WordLine(Guarded, QWidget):
    """One command: its glyph and name, her word, five dots, the state, and a button to teach it."""

    word_changed = Signal(object, str)
    teach_asked = Signal(object)

    def __init__(self, meaning: Meaning, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._folded: bool | None = None
        self.meaning = meaning
        title = _(TITLES[meaning])
        self._glyph = Glyph(ICONS[meaning], look=look, parent=self)
        self._name = Label(title, look=look, wrap=True, parent=self)
        self.field = Field(
            _("Your word for {command}").format(command=title), look=look, placeholder=_("Any word"), parent=self
        )
        self.field.setMaxLength(40)
        self.dots = TakeDots(look=look, parent=self)
        self._stands = QWidget(self)
        self.tick = Glyph("check", look=look, side=18, tint="accent_text", parent=self._stands)
        self.state = Label("", look=look, role="small", tint="text2", parent=self._stands)
        stands = QHBoxLayout(self._stands)
        stands.setContentsMargins(margins(4, 0, 0, 0))
        stands.setSpacing(6)
        stands.addWidget(self.tick)
        stands.addWidget(self.state, 1)
        self.button = Button("", look=look, icon="mic", size="small", parent=self)
        self._told = QWidget(self)
        self.clash = Label("", look=look, role="small", tint="accent_text", wrap=True, parent=self._told)
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(8)
        told.addWidget(Glyph("info", look=look, side=20, tint="accent_text", parent=self._told))
        told.addWidget(self.clash, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 7, 0, 7)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(4)
        self.field.editingFinished.connect(lambda: self.word_changed.emit(meaning, self.field.text().strip()))
        self.field.textChanged.connect(self._allow)
        self.field.returnPressed.connect(self.button.setFocus)
        self.button.clicked.connect(lambda: self.teach_asked.emit(meaning))
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """In two lines where there is no room for one; sizes follow the text."""
        px, grid = self._look.px, self._grid
        self._stands.setFixedWidth(px(STATE))
        self._name.setFixedWidth(px(NAME)) if not folded else self._name.setMaximumWidth(WIDEST)
        if folded == self._folded:
            return
        self._folded = folded
        for column in range(6):
            grid.setColumnStretch(column, 0)
        if folded:
            self._name.setMinimumWidth(1)
            grid.addWidget(self._glyph, 0, 0)
            grid.addWidget(self._name, 0, 1, 1, 2)
            grid.addWidget(self.button, 0, 3)
            grid.addWidget(self.field, 1, 0, 1, 2)
            grid.addWidget(self.dots, 1, 2)
            grid.addWidget(self._stands, 1, 3)
            grid.addWidget(self._told, 2, 0, 1, 4)
            grid.setColumnStretch(1, 1)
        else:
            places = (self._glyph, self._name, self.field, self.dots, self._stands, self.button)
            for column, widget in enumerate(places):
                grid.addWidget(widget, 0, column)
            grid.addWidget(self._told, 1, 2, 1, 4)
            grid.setColumnStretch(2, 1)

    @property
    def press_width(self) -> int:
        """What its button needs."""
        return max(self._look.px(PRESS), self.button.sizeHint().width())

    def show_row(self, row: WordRow) -> None:
        if not self.field.hasFocus() and self.field.text() != row.word:
            self.field.setText(row.word)
            self.field.setCursorPosition(0)  # its beginning is seen
        self.dots.show_takes(row.takes, rests=bool(row.clash))
        self.dots.setAccessibleName(row.said)
        self.tick.setVisible(row.ready)
        self.state.setText(row.state)
        self.button.setText(row.button)
        self.button.setAccessibleName(
            _("Teach the word for {command}").format(command=_(TITLES[row.meaning]))
            if row.takes < TAKES
            else _("Teach the word for {command} again").format(command=_(TITLES[row.meaning]))
        )
        self.button.setAccessibleDescription(row.said)
        self.clash.setText(
            _("Sounds too much like “{other}”. Choose another word.").format(other=row.clash) if row.clash else ""
        )
        self._told.setVisible(bool(row.clash))
        self._allow()

    def _allow(self) -> None:
        written = bool(self.field.text().strip())
        self.button.setEnabled(written)
        self.button.setToolTip("" if written else _("Write a word first"))


class Results(Guarded, QWidget):
    """Rows with a tick or a dash, on a ground of their own."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: tuple[ResultRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.setAccessibleName(". ".join(f"{row.words}: {row.how}" for row in rows))
            self.updateGeometry()
            self.update()

    def texts(self) -> list[str]:
        return [f"{row.words}: {row.how}" for row in self._rows]

    def _tall(self) -> int:
        return self._look.px(36)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._tall() * max(len(self._rows), 3))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme, tall = self._look, self._look.theme, self._tall()
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 14, theme.sunk)
            painter.setFont(look.font("small"))
            for number, row in enumerate(self._rows):
                line = QRectF(16, number * tall, self.width() - 32, tall)
                if number:
                    painter.fillRect(QRectF(line.left(), line.top(), line.width(), 1), theme.line)
                side = look.px(18)
                ink = theme.accent_text if row.well else theme.text3
                place = placed(self, QRectF(16, line.top(), side, tall))
                paint_icon(painter, "check" if row.well else "minus", place, ink)
                line.setLeft(16 + side + 10)
                line = placed(self, line)
                painter.setPen(theme.text)
                draw_line(painter, line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.words)
                painter.setPen(theme.text2)
                draw_line(painter, line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.how)
