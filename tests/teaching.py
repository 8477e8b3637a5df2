"""A person nobody tuned anything for, taught as the page teaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import speakers
from guide.hear.meaning import Meaning
from guide.hear.takes import Lesson, Take, examine
from speakers import Sound, Speaker

WORDS = {Meaning.NEXT: "next step", Meaning.PAUSE: "pause please", Meaning.MORE_TIME: "more time"}


@dataclass(frozen=True)
class Taught:
    """A person nobody tuned anything for, with the pump that ran while she taught her words."""

    speaker: Speaker
    pump: Sound
    takes: dict[Meaning, tuple[Take, ...]]
    lesson: Lesson


def spoken(text: str, seed: int, noise: Sound | None, over: float = 10, *, speaker: Speaker | None = None) -> Sound:
    dice = np.random.default_rng(seed)
    word = speakers.say(text, speaker or speakers.HELD_OUT[0], dice)
    return speakers.scene(word, noise, over, before=2.0, after=1.4, dice=dice)


def takes_of(text: str, noise: Sound | None, count: int = 5, *, seed: int = 0) -> tuple[Take, ...]:
    """Said until so many are kept; one voice says it alike enough, so takes are not held against each other."""
    kept: list[Take] = []
    for number in range(40):
        found = examine(spoken(text, 1000 * seed + number, noise, 12))
        kept += [found] if isinstance(found, Take) else []
        if len(kept) == count:
            return tuple(kept)
    raise AssertionError(f"{text!r} could not be taught")
