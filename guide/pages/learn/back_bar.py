"""The way back from Learn to where it was opened from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guide.kit.buttons import Button
from guide.kit.choices import Switch
from guide.kit.direction import margins
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _
from guide.pages.learn.parts import high_for_width


class BackBar(QFrame):
    """The way back to where Learn was opened from, and whether a session waits meanwhile."""

    back_asked = Signal()
    waits_chosen = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.button = Button("", look=look, icon="left", role="primary", parent=self)
        self.words = Label("", look=look, parent=self)
        self.switch = Switch(_("The session waits while you read"), look=look, checked=True, parent=self)
        self._choice = QWidget(self)
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(margins(8, 2, 0, 2))
        row.setSpacing(14)
        row.addWidget(self.switch)
        row.addWidget(self.words)
        flow = FlowRow(gap=10, parent=self)
        flow.add(self.button)
        flow.add(self._choice)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 12, 0, 12)
        around.addWidget(flow)
        high_for_width(self)
        self.button.clicked.connect(self.back_asked)
        self.switch.clicked.connect(self._choose)
        look.changed.connect(self._fit)
        self._fit()

    def show_way(self, label: str, waits: bool | None) -> None:
        self.button.setText(label)
        self._choice.setVisible(waits is not None)
        if waits is not None:
            self.show_waiting(waits=waits)

    def show_waiting(self, *, waits: bool) -> None:
        self.switch.setChecked(waits)
        self.words.setText(_("The session is paused") if waits else _("The session goes on"))

    def _fit(self) -> None:
        self._choice.setMinimumHeight(self.button.sizeHint().height())

    def _choose(self, waits: bool) -> None:
        self.show_waiting(waits=waits)
        announce(self, self.words.text())
        self.waits_chosen.emit(waits)
