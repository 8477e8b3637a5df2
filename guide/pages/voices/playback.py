"""Takes heard again, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.sound.clip import Clip
from guide.sound.player import Player

BETWEEN: Final = 300  # milliseconds from the end of one to the next


class Playback(QObject):
    """`playing` says whether one is heard now; at the end, and when they are hushed, it says no."""

    playing = Signal(bool)

    def __init__(self, player: Player, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._queue: list[Clip] = []
        self._plays = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._play_on)

    def play(self, clips: Iterable[Clip]) -> None:
        self._queue = list(clips)
        self._play_on()

    def hush(self) -> None:
        self._queue = []
        self._timer.stop()
        if self._plays:
            self._player.stop()
            self._say(plays=False)

    def _play_on(self) -> None:
        if not self._queue:
            self._say(plays=False)
            return
        clip = self._queue.pop(0)
        self._player.play(clip)
        self._timer.start(round(clip.length.total_seconds() * 1000) + BETWEEN)
        self._say(plays=True)

    def _say(self, *, plays: bool) -> None:
        self._plays = plays
        self.playing.emit(plays)
