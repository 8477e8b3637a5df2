"""A microphone for recordings: heard on a thread of its own, told on the window's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from guide.hear.device import Device
from guide.hear.microphone import Capture, Hearing, Microphone
from guide.live.aside import in_a_thread

GATHERED = 0.1  # seconds of sound that are told at a time


class VoiceRecorder(QObject):
    """`heard` carries 16-bit mono samples as they come; `there` tells, when it changes, whether there is a device."""

    heard = Signal(bytes)
    there = Signal(bool)
    _told = Signal(int, bytes)
    _seen = Signal(int, bool)

    def __init__(
        self,
        *,
        rate: int,
        capture: Callable[[str], Capture] = Device,
        run: Callable[[Callable[[], None]], None] = in_a_thread,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rate = rate
        self._capture = capture
        self._run = run
        self._turn = 0
        self._told.connect(self._tell)
        self._seen.connect(self._see)

    def begin(self, device: str = "") -> None:
        """Open a device by its name, or the system's own; another one is closed."""
        self._turn += 1
        turn = self._turn
        self._run(lambda: self._listen(turn, device))

    def end(self) -> None:
        self._turn += 1

    def _listen(self, turn: int, device: str) -> None:
        microphone = Microphone(self._capture(device), rate=self._rate)
        known: Hearing | None = None
        try:
            microphone.open(_now())
            while turn == self._turn:
                if microphone.hearing is not known:
                    known = microphone.hearing
                    self._seen.emit(turn, known is Hearing.ON)
                microphone.wait(GATHERED)
                if sound := microphone.read(_now()):
                    self._told.emit(turn, sound)
                time.sleep(GATHERED / 2)  # a few blocks at a time
        finally:
            microphone.close()

    def _tell(self, turn: int, sound: bytes) -> None:
        if turn == self._turn:
            self.heard.emit(sound)

    def _see(self, turn: int, there: bool) -> None:
        if turn == self._turn:
            self.there.emit(there)


def _now() -> timedelta:
    return timedelta(seconds=time.monotonic())
