"""Which of her words was said just now, if any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.hear.embedding import HOP_SECONDS, RATE, Array, Stream, background, voiced
from guide.hear.matching import Aligner
from guide.hear.meaning import Meaning
from guide.hear.takes import Lesson

MARGIN: Final = 0.5  # by so much a word has to be better than the next best
NOT_SURE: Final = 0.6  # so far beyond the threshold, it is asked for once more
ONCE: Final = 1.5  # seconds in which the same word counts once
AFTER: Final = range(3, 8)  # rows after the end of a word at which it may be decided: 0.24 to 0.56 s
PAUSE_BEFORE: Final = 7  # rows before a word of which at least one is no speech: nothing is picked out of a sentence
REMEMBERED: Final = 128  # rows: a word and all around it
TWO_BEST: Final = 2


@dataclass(frozen=True, slots=True)
class Spotted:
    """`began` and `ended` in seconds of the sound that was pushed; the lower the score, the surer."""

    meaning: Meaning
    score: float
    sure: bool
    began: float
    ended: float


class Spotter:
    """
    Sound in, words out. `threshold` in place of the lesson's own makes it stricter (-6) or easier (-4).

    It looks at every alignment that ends now, not at speech that some detector cut out: at the pump's level a
    detector loses a word in four. There has to be a moment without speech before the word and after it.
    """

    def __init__(self, lesson: Lesson, *, threshold: float | None = None) -> None:
        self._lesson = lesson
        self.threshold = lesson.threshold if threshold is None else threshold
        self._takes_of = _padded(lesson)
        self._aligner = Aligner(lesson.words)
        self._stream = Stream()
        self._background = background()
        self._heard_samples = 0
        self._deaf = False
        self._last: tuple[Meaning, float] | None = None  # and when it ended
        self._restart()

    def _restart(self) -> None:
        self._stream.restart()
        self._aligner.restart()
        self._zero = self._heard_samples / RATE
        self._row = -1
        self._decided = -1000
        count = len(self._lesson.meanings)
        self._recent: list[npt.NDArray[np.float64]] = []
        self._scores = np.full((0, count), 9.0)  # the last rows: a score for every word
        self._begins = np.zeros((0, count), np.int64)
        self._speech = np.zeros(0, np.bool_)

    def push(self, sound: Array, *, deaf: bool = False) -> list[Spotted]:
        """`deaf` while the program itself is heard: what is pushed then is forgotten unheard."""
        self._heard_samples += len(sound)
        if deaf:
            self._deaf = True
            return []
        if self._deaf:
            self._deaf = False
            self._heard_samples -= len(sound)
            self._restart()
            self._heard_samples += len(sound)
        spotted: list[Spotted] = []
        for row in self._stream.push(sound):
            self._take_in(row)
            if (found := self._decide()) is not None:
                spotted.append(found)
        return spotted

    def _take_in(self, row: Array) -> None:
        self._row += 1
        distances, begins = self._aligner.step(row)
        self._recent = [*self._recent[-2:], self._lesson.scale.score(distances)]
        takes = np.append(np.min(self._recent, axis=0), np.inf)[self._takes_of]  # words by takes
        scores = np.partition(takes, TWO_BEST - 1, axis=1)[:, :TWO_BEST].mean(axis=1)
        best = np.append(self._recent[-1], np.inf)[self._takes_of].argmin(axis=1)
        first = begins[self._takes_of[np.arange(len(best)), best]]
        self._scores = np.concatenate((self._scores, scores[None]))[-REMEMBERED:]
        self._begins = np.concatenate((self._begins, first[None]))[-REMEMBERED:]
        self._speech = np.append(self._speech, voiced(row[None], self._background))[-REMEMBERED:]

    def _decide(self) -> Spotted | None:
        """Look at each row that may be the end of a word, the oldest first."""
        length = len(self._scores)
        offset = self._row + 1 - length  # the row that stands first in what is remembered
        for after in reversed(AFTER):
            end = length - 1 - after
            if end < PAUSE_BEFORE or end + offset <= self._decided + AFTER.stop - 1:
                continue
            if (found := self._word_that_ends(end, offset)) is not None:
                self._decided = end + offset
                return found if self._counts(found) else None
        return None

    def _word_that_ends(self, end: int, offset: int) -> Spotted | None:
        scores = self._scores
        word = int(scores[end].argmin())
        score = float(scores[end, word])
        if score > self.threshold + NOT_SURE or score > scores[max(0, end - 8) :].min() + 1e-9:
            return None
        begin = max(0, int(self._begins[end, word]) - offset)
        speech = self._speech
        framed = not speech[max(0, begin - PAUSE_BEFORE) : max(1, begin - 1)].all() and not speech[end + 2 :].all()
        if not framed or speech[begin : end + 1].mean() <= 0.5:
            return None
        others = np.delete(scores[max(0, end - 4) : end + 5], word, axis=1)
        margin = float(others.min() - score) if others.size else np.inf
        return Spotted(
            meaning=self._lesson.meanings[word],
            score=score,
            sure=score <= self.threshold and margin >= MARGIN,
            began=self._seconds(begin + offset),
            ended=self._seconds(end + offset),
        )

    def _seconds(self, row: int) -> float:
        return self._zero + row * HOP_SECONDS

    def _counts(self, found: Spotted) -> bool:
        """The same word within a moment is one; what was not sure does not stand in its way."""
        if not found.sure:
            return True
        again = self._last is not None and found.meaning is self._last[0] and found.ended - self._last[1] < ONCE
        self._last = (found.meaning, found.ended)
        return not again


def _padded(lesson: Lesson) -> npt.NDArray[np.int64]:
    """The places of each word's takes, one word a line; a word with fewer repeats one that is no take at all."""
    owner = np.array(lesson.owner)
    lines = [np.flatnonzero(owner == word) for word in range(len(lesson.meanings))]
    most = max(len(line) for line in lines)
    return np.array([np.pad(line, (0, most - len(line)), constant_values=len(owner)) for line in lines])
