"""A beat after what was changed is painted: when what may follow follows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

A_BEAT: Final = 20  # milliseconds


class AfterPainting(QTimer):
    """
    Goes off once, when the window has had its turn and a beat has passed.

    Counted from the change itself, a beat is often over before the change is painted, and what follows would keep the
    next press waiting as well. What begins it again within the beat is followed once.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(A_BEAT)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._count_from_here)

    def begin(self) -> None:
        self.start()
        self._turn.start()

    def _count_from_here(self) -> None:
        if self.isActive():
            self.start()
