from __future__ import annotations

import os
import pickle

import numpy as np
import pytest

import speakers
from guide.hear.takes import learn
from hands import voices_hum
from teaching import WORDS, Taught, takes_of

__all__ = ["taught", "voices_hum"]


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    """Four seconds of the processor; one worker makes it, and the other finds it in the folder of their run."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _taught()
    kept = tmp_path_factory.getbasetemp().parent / "taught.pickle"
    if not kept.exists():
        made = tmp_path_factory.mktemp("taught") / kept.name
        made.write_bytes(pickle.dumps(_taught()))
        made.replace(kept)
    found = pickle.loads(kept.read_bytes())  # noqa: S301  # written above
    assert isinstance(found, Taught)
    return found


def _taught() -> Taught:
    noise = speakers.pump(30, np.random.default_rng(5))
    takes = {meaning: takes_of(text, noise) for meaning, text in WORDS.items()}
    lesson = learn(takes)
    assert lesson is not None
    return Taught(speakers.HELD_OUT[0], noise, takes, lesson)
