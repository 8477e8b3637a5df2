"""A button that starts something lets the keys meant for the page before go by."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from guide.compat import override
from guide.kit.guard import Guarded

PRESSES: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select})


class Settling(Guarded, QObject):
    """
    For a moment after the button came into view no key presses it, and a key that is held never does.

    The pointer does at all times: it was brought there. `take` makes the moment of the next time another one.
    """

    pace = 1.0  # of the moment; tests, which press as fast as they can, take none

    def __init__(self, button: QAbstractButton, milliseconds: int) -> None:
        super().__init__(button)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._milliseconds = milliseconds
        self._next = milliseconds
        button.installEventFilter(self)

    def take(self, milliseconds: int) -> None:
        self._next = milliseconds

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and not event.spontaneous():
            moment, self._next = round(self._next * self.pace), self._milliseconds
            if moment:
                self._moment.start(moment)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in PRESSES:
            return self._moment.isActive() or event.isAutoRepeat()
        return False
