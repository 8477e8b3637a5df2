"""Small parts of the page: a meter with the pump's line, the dots of five takes, a line for each command."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.hear.level import QUIETEST, Advice, Level
from guide.hear.meaning import Meaning
from guide.kit.buttons import Button
from guide.kit.fields import Field
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.kit.rows import Glyph
from guide.language import _
from guide.live.her_words import TITLES
from guide.pages.words.view import ICONS, TAKES, WordRow, advice_words


class Meter(Guarded, QWidget):
    """How loud it is now, and a line for the pump. Its name changes with the advice, never with the level."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._level = Level(QUIETEST, QUIETEST, Advice.WELL)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_level(self, level: Level) -> None:
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
            if self._level.advice is Advice.MISSING:
                return
            filled = QRectF(bar)
            filled.setWidth(max(thick, bar.width() * self._level.share))
            paint_field(painter, filled, thick / 2, theme.accent)
            at = bar.width() * self._level.pump_share
            painter.fillRect(QRectF(at - 3, 0, 6, self.height()), theme.surface)
            painter.fillRect(QRectF(at - 1.5, 0, 3, self.height()), theme.text)


class Dots(Guarded, QWidget):
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
                dot = QRectF(number * step + 1, (self.height() - size) / 2, size, size)
                if number < self._count:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.text3 if self._rests else theme.accent)
                else:
                    pen = painter.pen()
                    pen.setColor(theme.text3)
                    pen.setWidthF(1.6)
                    painter.setPen(pen)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    dot.adjust(0.8, 0.8, -0.8, -0.8)
                painter.drawEllipse(dot)


class WordLine(Guarded, QWidget):
    """One command: its glyph and name, her word, five dots, the state, and a button to teach it."""

    word_changed = Signal(object, str)
    teach_asked = Signal(object)

    def __init__(self, meaning: Meaning, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meaning = meaning
        title = _(TITLES[meaning])
        self.field = Field(
            _("Your word for {command}").format(command=title), look=look, placeholder=_("Any word"), parent=self
        )
        self.field.setMaxLength(40)
        self.dots = Dots(look=look, parent=self)
        self.tick = Glyph("check", look=look, side=18, tint="accent_text", parent=self)
        self.state = Label("", look=look, role="small", tint="text2", parent=self)
        self.button = Button("", look=look, icon="mic", size="small", parent=self)
        self.clash = Label("", look=look, role="small", tint="accent_text", wrap=True, parent=self)
        name = Label(title, look=look, wrap=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Glyph(ICONS[meaning], look=look, parent=self))
        name.setFixedWidth(look.px(122))
        row.addWidget(name)
        row.addWidget(self.field, 6)
        row.addWidget(self.dots)
        row.addWidget(self.tick)
        self.state.setFixedWidth(look.px(82))
        keeps = self.tick.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.tick.setSizePolicy(keeps)
        self.button.setMinimumWidth(look.px(112))
        row.addWidget(self.state)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.clash)
        self.field.editingFinished.connect(lambda: self.word_changed.emit(meaning, self.field.text().strip()))
        self.field.textChanged.connect(self._allow)
        self.field.returnPressed.connect(self.button.setFocus)
        self.button.clicked.connect(lambda: self.teach_asked.emit(meaning))

    def show_row(self, row: WordRow) -> None:
        if not self.field.hasFocus():
            self.field.setText(row.word)
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
        self.clash.setVisible(bool(row.clash))
        self._allow()

    def _allow(self) -> None:
        written = bool(self.field.text().strip())
        self.button.setEnabled(written)
        self.button.setToolTip("" if written else _("Write a word first"))
