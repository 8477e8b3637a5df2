"""The pages of the window, one on show, each given room in the width there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.room import make_room


class Stack(Guarded, QStackedWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _number: self._make_room())

    def add(self, page: QWidget) -> None:
        self.addWidget(page)
        page.installEventFilter(self)

    def _make_room(self) -> None:
        if (page := self.currentWidget()) is not None:
            make_room(page, self.width())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.currentWidget():
            self._make_room()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)
