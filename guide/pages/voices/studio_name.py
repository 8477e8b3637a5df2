"""Whose voice it is: asked once, before the first prompt of a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.kit.buttons import Button
from guide.kit.cards import Card
from guide.kit.fields import Field
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.language import _


class NameCard(Card):
    """`named` carries what was typed."""

    named = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(34, 30, 34, 30)
        column.setSpacing(14)
        column.addWidget(Heading(_("Whose voice is it?"), look=look, role="h2", parent=self))
        self.name = Field(_("Whose voice is it?"), look=look, parent=self)
        column.addWidget(self.name)
        words = _(
            "The recordings stay on this computer, with the originals beside them. They belong to the person who "
            "speaks."
        )
        column.addWidget(Label(words, look=look, tint="text2", wrap=True, parent=self))
        self.begin = Button(_("Go on"), look=look, role="primary", parent=self)
        self.begin.clicked.connect(self._give_name)
        self.name.returnPressed.connect(self._give_name)
        column.addWidget(self.begin)
        column.addStretch(1)

    def _give_name(self) -> None:
        self.named.emit(self.name.text())
