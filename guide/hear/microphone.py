"""The microphone: open only while it is wanted, missed when it is gone, and looked for again."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto
from typing import Final, Protocol

RATE: Final = 16_000  # samples a second, for words; a recording wants more
SAMPLE: Final = 2  # bytes: everything here is 16 bit, mono, in the machine's order
SILENT_FOR: Final = timedelta(seconds=2)  # exact zeros or nothing at all for so long: no microphone
LOOK_AGAIN: Final = timedelta(seconds=3)
KEPT: Final = timedelta(seconds=4)  # what nobody has read for longer is let go

Instant = timedelta


class NoMicrophoneError(Exception):
    """There is none, or the system does not give it to this program."""


class MicrophoneRefusedError(NoMicrophoneError):
    """The system keeps it from this program; its settings may allow it."""


class Capture(Protocol):
    """A recording device; a thread of its own hands what it hears to `hear`."""

    def open(self, rate: int, hear: Callable[[bytes], None]) -> None:
        """Begin; raises NoMicrophoneError."""

    def close(self) -> None: ...


class Hearing(Enum):
    OFF = auto()  # the device is closed
    ON = auto()
    MISSING = auto()  # looked for every three seconds
    REFUSED = auto()  # by the system, which may be told otherwise; looked for too

    @property
    def gone(self) -> bool:
        return self in {Hearing.MISSING, Hearing.REFUSED}


class RingBuffer:
    """Sound between two threads: the newest few seconds of it, in memory only."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = bytearray()
        self._changed = threading.Condition()

    def put(self, sound: bytes) -> None:
        with self._changed:
            self._held += sound
            if (over := len(self._held) - self._most) > 0:
                del self._held[: over + over % SAMPLE]
            self._changed.notify()

    def take(self) -> bytes:
        with self._changed:
            sound = bytes(self._held)
            self._held.clear()
            return sound

    def wait(self, seconds: float) -> None:
        """Until there is something to take, at most so long."""
        with self._changed:
            if not self._held:
                self._changed.wait(seconds)


class Microphone:
    """
    What a capture device hears, for one reader on a thread of its own: opening a device may take a second.

    A device that was pulled or muted goes on running and gives zeros or nothing. So the reader's `read` is the
    watchdog too: after two seconds without sound it closes the device, and looks for one again every three. A Mac gives
    zeros from the beginning to a program that it keeps from the microphone (`zeros_refuse`).
    """

    def __init__(self, capture: Capture, *, rate: int = RATE, zeros_refuse: bool = sys.platform == "darwin") -> None:
        self._capture = capture
        self._zeros_refuse = zeros_refuse
        self._sounded = False  # since it was opened
        self._rate = rate
        self._ring = RingBuffer(round(rate * KEPT.total_seconds()) * SAMPLE)
        self._hearing = Hearing.OFF
        self._since = timedelta(0)  # of the last sound, or of the last look for a device

    @property
    def hearing(self) -> Hearing:
        return self._hearing

    def open(self, now: Instant) -> Hearing:
        if self._hearing is not Hearing.ON:
            self._look(now)
        return self._hearing

    def close(self) -> None:
        if self._hearing is Hearing.ON:
            self._capture.close()
        self._hearing = Hearing.OFF
        self._ring.take()

    def read(self, now: Instant) -> bytes:
        """What came since the last time."""
        match self._hearing:
            case Hearing.OFF:
                return b""
            case Hearing.MISSING | Hearing.REFUSED:
                if now - self._since >= LOOK_AGAIN:
                    self._look(now)
                return b""
            case Hearing.ON:
                sound = self._ring.take()
                if sound.strip(b"\0"):
                    self._since, self._sounded = now, True
                elif now - self._since >= SILENT_FOR:
                    self._capture.close()
                    refused = bool(sound) and self._zeros_refuse and not self._sounded
                    self._hearing, self._since = Hearing.REFUSED if refused else Hearing.MISSING, now
                return sound

    def wait(self, seconds: float) -> None:
        """Sleep until there is something to read, at most so long."""
        self._ring.wait(seconds)

    def _look(self, now: Instant) -> None:
        self._ring.take()
        self._since, self._sounded = now, False
        try:
            self._capture.open(self._rate, self._ring.put)
        except MicrophoneRefusedError:
            self._hearing = Hearing.REFUSED
        except NoMicrophoneError:
            self._hearing = Hearing.MISSING
        else:
            self._hearing = Hearing.ON
