"""An ear: reads the microphone piece by piece, knows how loud it is, and which word was said. No thread, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from guide.hear.embedding import RATE, samples
from guide.hear.level import LoudnessNow
from guide.hear.loudness import Loudness
from guide.hear.microphone import Hearing, Microphone
from guide.hear.spotter import Spotted, Spotter
from guide.hear.takes import Flaw, Take, examine

Instant = timedelta

REMEMBERED: Final = 7  # seconds: the longest take, and the pump before it; in memory, while a word is taught
TAIL: Final = timedelta(seconds=0.4)  # after the last sound of the program, for the room and the loudspeaker


@dataclass(frozen=True, slots=True)
class Report:
    """What one reading brought."""

    hearing: Hearing
    level: LoudnessNow | None = None  # none where nothing was read
    spotted: tuple[Spotted, ...] = ()
    deaf: bool = False


class Ear:
    def __init__(self, microphone: Microphone) -> None:
        self.microphone = microphone
        self.spotter: Spotter | None = None
        self.teaching = False
        self._loudness = Loudness()
        self._sound = np.zeros(0, np.float32)
        self._deaf_until = timedelta(0)

    def be_deaf_until(self, instant: Instant) -> None:
        """The program itself is heard until then; the room a little longer."""
        self._deaf_until = instant + TAIL

    def listen(self, now: Instant) -> Report:
        data = self.microphone.read(now)
        hearing = self.microphone.hearing
        if not data or hearing is not Hearing.ON:
            return Report(hearing)
        sound = samples(data)
        if self.teaching:
            self._sound = np.concatenate((self._sound, sound))[-REMEMBERED * RATE :]
        elif len(self._sound):
            self._sound = self._sound[:0]
        deaf = now < self._deaf_until
        spotted = tuple(self.spotter.push(sound, deaf=deaf)) if self.spotter else ()
        return Report(hearing, self._loudness.push(sound), spotted, deaf)

    def judge(self, last: timedelta, before: timedelta, others: tuple[Take, ...]) -> Take | Flaw:
        """The word in the last seconds, of which the first are the pump alone; the sound of it is forgotten."""
        sound = self._sound[-round(last.total_seconds() * RATE) :]
        return examine(sound, others, before=before.total_seconds())
