"""The first page there is: languages by their own names; every word of it follows the choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.cards import ScrollArea
from guide.kit.focus import Leading
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.page_key import key_within
from guide.kit.painting import paint_field, painting
from guide.kit.radio import RadioRow
from guide.kit.theme import Theme
from guide.kit.words import effective
from guide.language import _

WIDEST: Final = 676
BESIDE_FROM: Final = 700  # a window as wide as this has two columns
EMBLEM: Final = 52


class Emblem(Guarded, QWidget):
    """The mark of the program."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(EMBLEM, EMBLEM)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_icon(painter, "brand", QRectF(self.rect()), self._look.theme.accent)


class LanguageChoice(RadioRow):
    """A language by its own name; the computer's own has a note."""

    role = "label"
    inset, mark, gap, end = 20, 24, 16, 16
    tall = 64

    def __init__(self, name: str, note: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(name, note, look=look, radius=16, parent=parent)
        self.setAccessibleDescription(note)

    @override
    def paint_ground(self, painter: QPainter, field: QRectF, theme: Theme) -> None:
        lit = self.is_hot or self.isChecked()
        edge = theme.line_strong if self.isChecked() else theme.line if theme.edge else None
        paint_field(painter, field, 16, theme.raised if lit else theme.surface, edge=edge, edge_width=1.5)


class LanguagePage(Leading):
    """`chosen` carries a language (BCP 47), `over` says to go on with it."""

    chosen = Signal(str)
    over = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._languages: list[str] = []
        self._now = ""
        self.buttons: list[LanguageChoice] = []
        self._column = QWidget()
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        # Translators: name your own language here, as in "Weiter auf Deutsch"
        self.go_on = Button(_("Continue in English"), look=look, icon="right", role="primary", always_ring=True)
        self.go_on.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go_on.clicked.connect(self.over)
        self._lay_out()
        for keys in ("Return", "Enter"):
            key_within(keys, self, self._enter)
        key_within("Esc", self, self.over.emit)
        for keys, across, down in (("Left", -1, 0), ("Right", 1, 0), ("Up", 0, -1), ("Down", 0, 1)):
            key_within(keys, self, partial(self._move, across, down))
        self.first = self.go_on  # so that Space goes on too
        look.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        look, middle = self._look, Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Emblem(look=look), 0, middle)
        column.addSpacing(18)
        column.addWidget(_centred(Heading(_("Which language would you like?"), look=look, role="h1")))
        column.addSpacing(8)
        about = _("For the words and for the voice. Settings can change either, any time.")
        column.addWidget(_centred(Label(about, look=look, role="body", tint="text2", wrap=True)))
        column.addSpacing(30)
        nest(column, self._grid)
        column.addSpacing(28)
        column.addWidget(self.go_on)
        column.addSpacing(18)
        private = _("Nothing leaves this computer. There is no account.")
        column.addWidget(_centred(Label(private, look=look, role="small", tint="text2", wrap=True)))
        column.addStretch(1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(self._column, 1000)  # as wide as it may be, and the rest on both sides of it
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ScrollArea(content, look=look, parent=self))

    def show_languages(self, languages: Sequence[tuple[str, str]], now: str, own: str = "") -> None:
        """The system's own first, where it is among them; `now` is the one in use."""
        self._languages, self._now = [tag for tag, _name in languages], now
        for button in self.buttons:
            button.deleteLater()
        self.buttons = []
        for tag, name in languages:
            note = _("Your computer's language") if tag == own else ""
            button = LanguageChoice(name, note, look=self._look, parent=self._column)
            button.setChecked(tag == now)
            button.clicked.connect(partial(self._pressed, tag))
            self.buttons.append(button)
        for one, after in pairwise((*self.buttons, self.go_on)):
            QWidget.setTabOrder(one, after)
        self._place()

    @property
    def _columns(self) -> int:
        return 2 if effective(self.width(), self._look.scale) >= BESIDE_FROM else 1

    def _place(self) -> None:
        for index, button in enumerate(self.buttons):
            self._grid.addWidget(button, index // self._columns, index % self._columns)
            button.show()  # on a page that is seen already the layout would do it later

    def _pressed(self, tag: str, _checked: bool = False) -> None:
        """The one in use is gone on with, another is chosen first."""
        if tag == self._now:
            self.over.emit()
        else:
            self.chosen.emit(tag)

    def _enter(self) -> None:
        """As Space does: on a language it is that one; anywhere else: go on."""
        self._pressed(self._focused or self._now)

    @property
    def _focused(self) -> str:
        """The language the keyboard is on; "" elsewhere."""
        pairs = zip(self._languages, self.buttons, strict=True)
        return next((tag for tag, button in pairs if button.hasFocus()), "")

    def _move(self, across: int, down: int) -> None:
        """Choose the one beside that on which the keyboard is, or beside the one in use; the keyboard goes on."""
        at = self._focused or self._now
        to = self._languages.index(at) + across + down * self._columns if at in self._languages else 0
        if 0 <= to < len(self._languages):
            self.go_on.setFocus()
            if self._languages[to] != self._now:
                self.chosen.emit(self._languages[to])

    def _dress(self) -> None:
        self._column.setMaximumWidth(self._look.px(WIDEST))
        self.go_on.set_size(self._look.px(80), self._look.sized(24, 600))
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()


def _centred(label: Label) -> Label:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
