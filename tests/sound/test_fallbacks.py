"""Voices that speak where the natural one does not: every language of the routines as even as its own, and unclipped.

Those of the computer are measured where they are installed; a Piper voice where a package carries one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from listening import decibels, highest, loudest_400_ms, samples_in

from carrying import carried
from guide.core.asked import asides
from guide.core.layout import lay_out
from guide.sound import chimes
from guide.sound.voices.chain import Voices
from guide.store.paths import builtin_folder
from guide.store.routines.reader import read_file

FOLDERS = {"en": ".", "de": "de", "es": "es"}
COUNT = 5  # prompts, from the shortest to the longest


def spread(language: str) -> list[str]:
    """Prompts of the routine that says most, from the shortest to the longest."""
    routine = read_file(builtin_folder() / FOLDERS[language] / "hands-on-pumping.yaml").routine
    assert routine is not None
    plan = lay_out(routine)
    ranked = sorted({*plan.prompts, *asides(plan)}, key=lambda text: (len(text), text))
    return [ranked[at * (len(ranked) - 1) // (COUNT - 1)] for at in range(COUNT)]


VOICES = [
    *(("embedded", "embedded", language) for language in FOLDERS),
    *(("pico2wave", "pico2wave", language) for language in FOLDERS),
    ("espeak-ng", "espeak-ng", "de"),
    ("flite", "flite:slt", "en"),
    pytest.param("flite", "flite:rms", "en", marks=pytest.mark.e2e),  # with the slow ones: each takes over a second
    ("piper", f"piper:{carried()}", "en"),
]


@pytest.mark.parametrize(("program", "voice_id", "language"), VOICES, ids=lambda part: str(part).partition("/")[0])
def test_prompts_from_the_shortest_to_the_longest_are_as_loud_as_a_chime_and_do_not_clip(
    program: str, voice_id: str, language: str, tmp_path: Path
) -> None:
    if not (program == "embedded" or shutil.which(program) or (program == "piper" and carried())):
        pytest.skip(f"{program} is not installed")
    voice = next(Voices().chain(voice_id, language))
    assert voice.id == voice_id
    loud = {}
    for text in spread(language):
        samples, rate = samples_in(voice.render(text, pace=145))
        assert highest(samples) < 0.91 * 32_767, text
        loud[text] = decibels(loudest_400_ms(samples, rate))
    voice.rest()
    chimed = decibels(loudest_400_ms(*samples_in(chimes.chime_file("pump", tmp_path).path.read_bytes())))
    assert {text: level - chimed for text, level in loud.items() if abs(level - chimed) >= 1.5} == {}
    assert max(loud.values()) - min(loud.values()) < 1.5, loud
