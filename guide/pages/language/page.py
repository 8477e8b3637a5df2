"""The first page there is: languages by their own names; every word of it follows the choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.kit.buttons import Button, ButtonRole
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.page_key import key_within
from guide.language import _

COLUMNS = 2


class LanguagePage(Guarded, QWidget):
    """`chosen` carries a language (BCP 47), `over` says to go on with it."""

    chosen = Signal(str)
    over = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._languages: list[str] = []
        self._now = ""
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.addStretch(1)
        column.addWidget(Heading(_("In which language?"), look=look, role="h1", wrap=False, parent=self))
        column.addSpacing(8)
        about = Label(
            _("You can change it at any time in Settings."),
            look=look,
            role="body",
            tint="text2",
            wrap=True,
            parent=self,
        )
        column.addWidget(about)
        column.addSpacing(24)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        column.addLayout(self._grid)
        column.addSpacing(28)
        self.go_on = Button(_("Continue"), look=look, role="primary", size="big", parent=self)
        self.go_on.clicked.connect(self.over)
        row = QHBoxLayout()
        row.addWidget(self.go_on)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        for keys in ("Return", "Enter"):
            key_within(keys, self, self._enter)
        key_within("Esc", self, self.over.emit)
        for keys, by in (("Left", -1), ("Right", 1), ("Up", -COLUMNS), ("Down", COLUMNS)):
            key_within(keys, self, partial(self._move, by))
        self.setFocusProxy(self.go_on)  # so that Space goes on too

    def show_languages(self, languages: Sequence[tuple[str, str]], now: str) -> None:
        """The system's own first; `now` is the one in use."""
        self._languages, self._now = [tag for tag, _name in languages], now
        for button in self.buttons:
            button.deleteLater()
        self.buttons = []
        for index, (tag, name) in enumerate(languages):
            role: ButtonRole = "inset" if tag == now else "standard"
            button = Button(name, look=self._look, role=role, icon="check" if tag == now else None, parent=self)
            button.setAccessibleDescription(_("Chosen") if tag == now else "")
            button.clicked.connect(lambda _checked=False, tag=tag: self.chosen.emit(tag))
            self._grid.addWidget(button, index // COLUMNS, index % COLUMNS)
            self.buttons.append(button)

    def _enter(self) -> None:
        """On a language that is not the one in use: that one; anywhere else: go on."""
        for tag, button in zip(self._languages, self.buttons, strict=True):
            if button.hasFocus() and tag != self._now:
                self.chosen.emit(tag)
                return
        self.over.emit()

    def _move(self, by: int) -> None:
        to = self._languages.index(self._now) + by if self._now in self._languages else 0
        if 0 <= to < len(self._languages):
            self.chosen.emit(self._languages[to])
