"""The pages of the window, one on show, each given room in the width there is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.room import make_room

COVERED: Final = 500  # milliseconds


class Stack(Guarded, QStackedWidget):
    def __init__(self, parent: QWidget, *, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self.currentChanged.connect(lambda _number: self._make_room())
        self._cover: _Cover | None = None

    def take_no_press(self) -> None:
        """For half a second, as the page has just gone from under the pointer: what is there now was not meant."""
        if not self.isVisible():
            return
        if self._cover is None:
            self._cover = _Cover(self)
        self._cover.begin()

    def add(self, page: QWidget) -> None:
        self.addWidget(page)
        page.installEventFilter(self)

    def _make_room(self) -> None:
        if (page := self.currentWidget()) is not None:
            make_room(page, self.width(), scale=self._look.scale)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.currentWidget():
            self._make_room()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)
        if self._cover is not None:
            self._cover.resize(self.size())


class _Cover(Guarded, QWidget):
    """
    Nothing to be seen; lies over all of its host, takes every press, and goes by itself.

    Its time begins anew when it is first painted: only then the page is seen where it has gone. It is painted again
    with whatever moves beneath it, for as long as that moves.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._host = host
        self._seen = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)

    def begin(self) -> None:
        self._seen = False
        self.resize(self._host.size())
        self.raise_()
        self.show()
        self._timer.start(COVERED)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._seen:
            self._seen = True
            self._timer.start(COVERED)
