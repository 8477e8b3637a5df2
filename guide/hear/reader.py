"""Reads the microphone on a thread of its own, and tells what each reading brought. The network is loaded there."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from guide.hear.microphone import Capture, Hearing, Instant, Microphone
from guide.hear.needs import why_unheard

if TYPE_CHECKING:
    from guide.hear.ear import Ear, Report
    from guide.hear.takes import Lesson

A_READING: Final = 0.16  # seconds: two embeddings at a time cost less than one and one


def monotonic() -> Instant:
    return timedelta(seconds=time.monotonic())


class Reader:
    """
    Run by a thread: reads every 160 ms, does what it is asked, and closes the device when it is stopped.

    `trouble` is told in a sentence why nothing can be heard on this computer.
    """

    def __init__(
        self,
        capture: Capture,
        *,
        tell: Callable[[Report], None],
        trouble: Callable[[str], None],
        now: Callable[[], Instant],
    ) -> None:
        self._capture = capture
        self._tell = tell
        self._trouble = trouble
        self._now = now
        self._stopped = threading.Event()
        self._asked: deque[Callable[[Ear], None]] = deque()
        self._ear: Ear | None = None
        self._was = Hearing.OFF

    def ask(self, work: Callable[[Ear], None]) -> None:
        self._asked.append(work)

    def stop(self) -> None:
        self._stopped.set()

    def take_lesson(self, lesson: Lesson | None, threshold: float | None) -> None:
        def take(ear: Ear) -> None:
            from guide.hear.spotter import Spotter

            ear.spotter = Spotter(lesson, threshold=threshold) if lesson else None

        self.ask(take)

    def run(self) -> None:
        _be_modest()
        try:
            while not self._stopped.wait(A_READING):
                self.step()
        except ImportError as error:  # the network is there and does not load
            self._trouble(why_unheard(error))
        finally:
            if self._ear is not None:
                self._ear.microphone.close()

    def step(self) -> None:
        """Read once; the first time, the network is loaded and the device opened."""
        ear = self._ear
        if ear is None:
            from guide.hear.ear import Ear  # numpy and the network, on this thread

            ear = self._ear = Ear(Microphone(self._capture))
            ear.microphone.open(self._now())
        while self._asked:
            self._asked.popleft()(ear)
        report = ear.listen(self._now())
        if report.level is not None or report.hearing is not self._was:
            self._was = report.hearing
            self._tell(report)


def _be_modest() -> None:
    """This thread gives way to the window's, where the system counts threads as it counts processes."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)
