"""The bar that finds words in the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import IconButton
from guide.kit.direction import margins
from guide.kit.fields import Field
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _
from guide.pages.editor.text_layout import EDGE


class FindBar(Guarded, QWidget):
    """A small bar to look for words with."""

    asked = Signal(int)
    changed = Signal()
    left = Signal()

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = Field(_("Find in the text"), look=look, placeholder=_("Find in the text"), parent=self)
        self.count = Label("", look=look, role="small", tint="text2", parent=self)
        self.up = IconButton("up", _("Find the one before"), look=look, parent=self)
        self.down = IconButton("down", _("Find the next"), look=look, parent=self)
        self.shut = IconButton("x", _("Close the search"), look=look, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(EDGE - 8, 10, 12, 10))
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addSpacing(6)
        for button in (self.up, self.down, self.shut):
            row.addWidget(button)
        self.field.textChanged.connect(self.changed)
        self.up.clicked.connect(lambda: self.asked.emit(-1))
        self.down.clicked.connect(lambda: self.asked.emit(1))
        self.shut.clicked.connect(self.left)
        self.field.installEventFilter(self)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
