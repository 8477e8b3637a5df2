"""A rehearsal: each word is asked for twice, in turn, and was heard or missed. Nothing moves by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from guide.hear.meaning import Meaning

Instant = timedelta

PATIENCE: Final = timedelta(seconds=6)  # for a word to be said and heard
BREATH: Final = timedelta(seconds=1.5)  # before the next is asked for
TIMES: Final = 2


class Result(Enum):
    HEARD = auto()
    UNSURE = auto()
    OTHER = auto()  # another word was heard
    MISSED = auto()


@dataclass(frozen=True, slots=True)
class WordRehearsal:
    """`since` is when the word at hand was asked for, or, with a result, when that came."""

    asked: tuple[Meaning, ...]
    since: Instant
    results: tuple[Result, ...] = ()
    resting: bool = False

    @property
    def over(self) -> bool:
        return len(self.results) == len(self.asked) and not self.resting

    @property
    def at_hand(self) -> Meaning | None:
        """The word to say now."""
        return None if self.resting or self.over else self.asked[len(self.results)]

    def left(self, now: Instant) -> float:
        """How much of the patience is left, 1 to 0."""
        return 0.0 if self.at_hand is None else 1 - min(max((now - self.since) / PATIENCE, 0.0), 1.0)

    def results_of(self, meaning: Meaning) -> tuple[Result, ...]:
        return tuple(result for asked, result in zip(self.asked, self.results, strict=False) if asked is meaning)

    @property
    def missed(self) -> tuple[Meaning, ...]:
        """Words that were not surely heard each time."""
        meanings = dict.fromkeys(self.asked)
        return tuple(each for each in meanings if any(one is not Result.HEARD for one in self.results_of(each)))


def begin(words: Sequence[Meaning], now: Instant) -> WordRehearsal:
    """All of them once, then all once more in another order, so that no word comes twice in a row."""
    return WordRehearsal((*words, *words[1:], *words[:1]) if len(words) > TIMES else tuple(words) * TIMES, now)


def tick(rehearsal: WordRehearsal, now: Instant) -> WordRehearsal:
    if rehearsal.resting:
        return replace(rehearsal, resting=False, since=now) if now - rehearsal.since >= BREATH else rehearsal
    if rehearsal.at_hand is not None and now - rehearsal.since >= PATIENCE:
        return _with(rehearsal, Result.MISSED, now)
    return rehearsal


def heard(rehearsal: WordRehearsal, meaning: Meaning, now: Instant, *, sure: bool) -> WordRehearsal:
    """A word was spotted; one that comes between two askings counts for neither."""
    wanted = rehearsal.at_hand
    if wanted is None:
        return rehearsal
    if not sure:
        return _with(rehearsal, Result.UNSURE, now) if meaning is wanted else rehearsal
    return _with(rehearsal, Result.HEARD if meaning is wanted else Result.OTHER, now)


def _with(rehearsal: WordRehearsal, result: Result, now: Instant) -> WordRehearsal:
    return replace(rehearsal, results=(*rehearsal.results, result), resting=True, since=now)
