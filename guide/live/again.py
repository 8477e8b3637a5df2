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
    that it went through them.
    """

    tried = Signal()

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tries: list[Callable[[], bool]] = []
        self._light: list[Callable[[], bool]] = []
        self.timer = QTimer(self)
        self.timer.setInterval(BETWEEN)
        self.timer.timeout.connect(self.now)

    def add(self, save_now: Callable[[], bool], *, light: bool = False) -> None:
        """`save_now` tries once and says whether nothing waits; what is `light` nobody is kept from leaving for."""
        (self._light if light else self._tries).append(save_now)

    def begin(self) -> None:
        self.timer.start()

    def now(self) -> bool:
        """Try at once; whether all that is not light is on the disk."""
        saved, light = ([save_now() for save_now in each] for each in (self._tries, self._light))
        if all((*saved, *light)):
            self.timer.stop()
        self.tried.emit()
        return all(saved)
