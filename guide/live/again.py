"""What the disk refused, tried anew until it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

BETWEEN: Final = 10_000  # milliseconds


class Again(QObject):
    """
    Goes through what may have been refused, from `begin` until each says that nothing of it waits any more.

    The next change of the same kind is written together with what waits; this is for when there is none. `tried` says
    that it went through them, `saved` says once that all that was `refused` is on the disk.
    """

    tried = Signal()
    saved = Signal()

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tries: list[Callable[[], bool]] = []
        self._light: list[Callable[[], bool]] = []
        self._ready: list[Callable[[], bool]] = []
        self._refused = False
        self.timer = QTimer(self)
        self.timer.setInterval(BETWEEN)
        self.timer.timeout.connect(self.now)

    def add(self, save_now: Callable[[], bool], *, light: bool = False) -> None:
        """`save_now` tries once and says whether nothing waits; what is `light` nobody is kept from leaving for."""
        (self._light if light else self._tries).append(save_now)

    def look(self, is_ready: Callable[[], bool]) -> None:
        """What writes nothing, and is looked at until it says that it is ready."""
        self._ready.append(is_ready)

    def begin(self) -> None:
        self.timer.start()

    def refused(self) -> None:
        """She was told that something is not on the disk."""
        self._refused = True
        self.begin()

    def soon(self) -> None:
        """Something of it is on the disk by itself: perhaps all is."""
        if self._refused:
            QTimer.singleShot(0, self, self.now)

    def now(self) -> bool:
        """Try at once; whether all that is not light is on the disk."""
        saved, light, ready = ([try_now() for try_now in each] for each in (self._tries, self._light, self._ready))
        written = all((*saved, *light))
        if written and all(ready):
            self.timer.stop()
        self.tried.emit()
        if written and self._refused:
            self._refused = False
            self.saved.emit()
        return all(saved)
