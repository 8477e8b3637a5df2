"""How long texts take to say in the voice that is chosen: known where it has said them already, else estimated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

ASK_AFTER: Final = 300


class SpokenLengths(QObject):
    """`asked` carries the texts on show whose length is not known, once she pauses; `changed` when some came in."""

    asked = Signal(list)
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[str, timedelta] = {}
        self._wanted: tuple[str, ...] = ()
        self._last: tuple[str, ...] = ()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(ASK_AFTER)
        self.timer.timeout.connect(self._ask)

    def of(self, text: str) -> timedelta | None:
        return self._known.get(text)

    def want(self, texts: Iterable[str]) -> None:
        """Find out about those on show; the same ones are not asked about twice in a row."""
        self._wanted = tuple(text for text in dict.fromkeys(texts) if text and text not in self._known)
        if self._wanted and self._wanted != self._last:
            self.timer.start()

    def learn(self, lengths: Mapping[str, timedelta]) -> None:
        if any(self._known.get(text) != length for text, length in lengths.items()):
            self._known |= lengths
            self.changed.emit()

    def look_again(self, *, anew: bool = False) -> None:
        """More may have been said by now; `anew` where it may have been another voice."""
        self._last = ()
        if anew:
            self._known = {}

    def _ask(self) -> None:
        self._last = self._wanted
        if self._wanted:
            self.asked.emit(list(self._wanted))
