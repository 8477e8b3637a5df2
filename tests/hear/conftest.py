from __future__ import annotations

import numpy as np
import pytest

import speakers
from guide.hear.takes import learn
from hands import voices_hum
from teaching import WORDS, Taught, takes_of

__all__ = ["taught", "voices_hum"]


@pytest.fixture(scope="session")
def taught() -> Taught:
    noise = speakers.pump(30, np.random.default_rng(5))
    takes = {meaning: takes_of(text, noise) for meaning, text in WORDS.items()}
    lesson = learn(takes)
    assert lesson is not None
    return Taught(speakers.HELD_OUT[0], noise, takes, lesson)
