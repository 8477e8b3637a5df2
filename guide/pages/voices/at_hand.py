"""The take at hand in the studio: what was spoken last, judged aside, and the file it is heard from."""

from __future__ import annotations

import contextlib
import tempfile
from array import array
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from guide.scratch import scratch_folder
from guide.sound.clip import Clip, measure
from guide.sound.pcm import SoundError
from guide.sound.take import RATE, RecordedTake, TakeAdvice


class TakeAtHand(QObject):
    """`judged` carries what can be said of it; `clip` is there then, where it can be heard."""

    judged = Signal(object)
    _done = Signal(int, object, object)

    def __init__(self, *, aside: Callable[[Callable[[], None]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._aside = aside
        self._samples: array[int] = array("h")
        self._turn = 0
        self.clip: Clip | None = None
        self._done.connect(self._take_verdict)

    @property
    def take(self) -> RecordedTake:
        return RecordedTake(self._samples)

    def hear(self, samples: array[int], room: timedelta) -> RecordedTake:
        """More of it, no longer than there is room for."""
        self._samples.extend(samples[: round(room.total_seconds() * RATE) - len(self._samples)])
        return self.take

    def judge(self, room: timedelta) -> None:
        take = self.take
        self._turn += 1
        turn = self._turn

        def work() -> None:
            advice, clip = take.advice(room), None
            if advice is not TakeAdvice.SILENT:
                with contextlib.suppress(OSError, SoundError):
                    clip = _as_clip(take)
            self._done.emit(turn, advice, clip)

        self._aside(work)

    def drop(self) -> None:
        """Nothing is at hand, or waited for, any more."""
        self._turn += 1
        self._samples = array("h")
        if self.clip is not None:
            _delete(self.clip)
            self.clip = None

    def _take_verdict(self, turn: int, advice: TakeAdvice, clip: Clip | None) -> None:
        if turn == self._turn:
            self.clip = clip
            self.judged.emit(advice)
        elif clip is not None:
            _delete(clip)


def _as_clip(take: RecordedTake) -> Clip:
    made = take.finished()
    handle, name = tempfile.mkstemp(suffix=".wav", dir=scratch_folder())
    with open(handle, "wb") as file:  # noqa: PTH123  a number, not a path
        file.write(made)
    return Clip(Path(name), measure(Path(name)))


def _delete(clip: Clip) -> None:
    with contextlib.suppress(OSError):  # Windows may still hold it
        clip.path.unlink()
