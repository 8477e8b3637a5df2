"""How long the prompts of the built-in routines really are, said by the voice that is everywhere, in their language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prompting import ROUTINES, TRANSLATED, fits, one_child

from guide.sound.repertoire import Wishes
from guide.sound.voices.chain import Voices

# as loud as it was made: softer it is as long, which tests/sound/test_pcm.py shows
WISHES = Wishes(voice="embedded", voice_volume=1, chimes_on=False, partner_said=True)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voices")


@pytest.fixture(scope="module")
def voices() -> Iterator[Voices]:
    with one_child("embedded") as voices:
        yield voices


SAID_LATER = [
    pytest.param(path, marks=pytest.mark.e2e) for path in TRANSLATED
]  # with the slow ones: half a second each


@pytest.mark.parametrize("path", [*ROUTINES, *SAID_LATER], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_prompt_outlasts_its_step_or_runs_into_the_next(path: Path, cache: Path, voices: Voices) -> None:
    assert fits(path, cache, WISHES, voices)
