"""A recording device that hears what a test says, can be pulled and put back."""

from __future__ import annotations

from collections.abc import Callable

from guide.compat import override
from guide.hear.microphone import Capture, MicrophoneRefusedError, NoMicrophoneError


class ScriptedCapture(Capture):
    def __init__(self, *, plugged: bool = True) -> None:
        self.plugged = plugged
        self.refuses = False  # as a system does that keeps the microphone from this program
        self.opened = 0
        self.rate = 0
        self._hear: Callable[[bytes], None] | None = None

    @property
    def is_open(self) -> bool:
        return self._hear is not None

    @override
    def open(self, rate: int, hear: Callable[[bytes], None]) -> None:
        if self.refuses:
            raise MicrophoneRefusedError("denied")
        if not self.plugged:
            raise NoMicrophoneError("pulled")
        assert self._hear is None, "a device is opened once"
        self.opened += 1
        self.rate, self._hear = rate, hear

    @override
    def close(self) -> None:
        self._hear = None

    def say(self, sound: bytes) -> None:
        """As the device's own thread would; what is said to a closed device is not heard."""
        if self._hear is not None and self.plugged:
            self._hear(sound)
