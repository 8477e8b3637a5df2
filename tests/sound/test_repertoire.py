"""Everything a plan will sound like: her wishes heard, her own sounds found, and troubles told in sentences."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

import pytest

from guide.core.asked import asides
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.language import words
from guide.sound.chimes import FAMILIES
from guide.sound.clip import Clip
from guide.sound.pcm import SoundError, read_wav, wav_bytes
from guide.sound.repertoire import VOICE_GONE, Wishes, prepare, sound_of, spoken
from guide.sound.voices.chain import Voices
from guide.store.routines.reader import read
from hands import clip
from plans import fixed, plan_of

CHIMES = Wishes(voice_on=False)
PLAN = plan_of(fixed("1 min", say="One."), fixed("1 min", say="One."))


# A window's process: a prompt is spoken by the child and made softer, chimes are made, and a sound of hers as well.
PREPARING = """
import sys
from pathlib import Path
from guide.core.layout import lay_out
from guide.sound.repertoire import Wishes, prepare
from guide.store.routines.reader import read
steps = "steps:\\n  - {kind: massage, duration: 1 min, sound: bell.wav, say: One.}\\n"
here = Path(sys.argv[1])
plan = lay_out(read("name: Bell\\n" + steps).routine)
repertoire, _ = prepare(plan, Wishes(voice="embedded"), cache=here / "cache", beside=here)
print(len(repertoire.prompts) > 0, set(repertoire.sounds) == set(plan.sounds), "numpy" in sys.modules)
"""


def test_no_numpy_stays_in_the_window_when_everything_was_made_ready(tmp_path: Path) -> None:
    (tmp_path / "bell.wav").write_bytes(wav_bytes([400.0] * 4000))
    command = [sys.executable, "-c", PREPARING, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "False"]


class Maker:
    """Stands where prompts are made, and keeps what it was asked for."""

    asked: ClassVar[list[tuple[Path, list[str], dict[str, object]]]] = []

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = ["One voice is not here.", "One voice is not here."]

    def prepare(self, texts: Iterable[str], **more: object) -> dict[str, Clip]:
        texts = list(texts)
        self.asked.append((self.folder, texts, more))
        return {text: clip(text, 1) for text in texts}


class Company:
    """Stands where the voices of this computer are."""

    hands = 2

    def chain(self, chosen: str | None, language: str) -> object:
        return ("chain", chosen, language)

    def quick(self, language: str) -> object:
        return ("quick", language)

    def is_gone(self, chosen: str | None) -> bool:
        return chosen == "recorded:gone"


@pytest.mark.parametrize("at_hand", [None, False, True])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("partner_said", [False, True])
def test_prompts_are_asked_for_in_the_voice_pace_and_loudness_that_she_wishes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at_hand: bool | None, language: str, partner_said: bool
) -> None:
    monkeypatch.setattr("guide.sound.repertoire.Prompts", Maker)
    monkeypatch.setattr(Maker, "asked", [])
    plan = plan_of(fixed("1 min", say="One."), fixed("2 min", say="Two."), language=language, words=words(language))
    wishes = Wishes(voice="hers", voice_volume=0.3, pace=120, chimes_on=False, partner_said=partner_said)

    def progress(_done: int, _of: int, _left: timedelta | None) -> None:
        pass

    asks = partial(prepare, plan, wishes, cache=tmp_path, voices=cast("Voices", Company()), progress=progress)
    repertoire, troubles = asks() if at_hand is None else asks(at_hand=at_hand)
    ((folder, texts, asked),) = Maker.asked
    assert folder == tmp_path / "prompts"
    assert texts == [*plan.prompts, *asides(plan)]
    assert asked == {
        "voices": ("chain", "hers", language),
        "language": language,
        "pace": 120,
        "volume": 0.3,
        "quick": ("quick", language) if at_hand else None,
        "hands": 2,
        "progress": progress,
    }
    assert set(repertoire.prompts) == set(texts)
    assert troubles == ["One voice is not here."]
    assert repertoire.partner_said is partner_said
    assert repertoire.paused == words(language).gettext("Paused.")
    assert repertoire.paused in texts


def test_a_voice_of_hers_that_is_gone_is_told_before_all_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("guide.sound.repertoire.Prompts", Maker)
    monkeypatch.setattr("guide.sound.repertoire.Voices", Company)
    _, troubles = spoken(["One."], Wishes(voice="recorded:gone"), language="en", cache=tmp_path)
    assert troubles[0] == VOICE_GONE


def test_a_voice_that_is_off_is_asked_for_nothing_and_one_of_this_computer_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("guide.sound.repertoire.Prompts", Maker)
    monkeypatch.setattr("guide.sound.repertoire.Voices", Company)
    monkeypatch.setattr(Maker, "asked", [])
    assert spoken(["One."], CHIMES, language="en", cache=tmp_path) == ({}, [])
    assert Maker.asked == []
    spoken(["One."], Wishes(), language="en", cache=tmp_path)
    ((_, texts, asked),) = Maker.asked
    assert (texts, asked["voices"], asked["quick"], asked["progress"]) == (["One."], ("chain", None, "en"), None, None)


def with_own_sound() -> Plan:
    routine = read("name: Bell\nsteps:\n  - {kind: massage, duration: 1 min, sound: bell.wav}\n").routine
    assert routine is not None
    return lay_out(routine)


def peak(path: Path) -> int:
    samples, _ = read_wav(path)
    return max(abs(sample) for sample in samples)


def test_every_sound_of_the_plan_is_there_and_the_end_chime_too(tmp_path: Path) -> None:
    repertoire, troubles = prepare(PLAN, CHIMES, cache=tmp_path)
    assert set(repertoire.sounds) == set(PLAN.sounds)
    assert "end" in repertoire.sounds
    assert repertoire.prompts == {}
    assert troubles == []


def test_with_chimes_off_nothing_chimes(tmp_path: Path) -> None:
    repertoire, _ = prepare(PLAN, replace(CHIMES, chimes_on=False), cache=tmp_path)
    assert repertoire.sounds == {}


def test_a_chime_is_of_the_family_that_she_chose_and_kept_among_the_chimes(tmp_path: Path) -> None:
    made = [
        sound_of("massage", replace(CHIMES, family=family), cache=tmp_path, beside=None).path for family in FAMILIES
    ]
    assert len({path.read_bytes() for path in made}) == len(FAMILIES)
    assert all(path.is_relative_to(tmp_path / "chimes") for path in made)


def test_a_quiet_night_whispers_and_never_raises_what_is_softer_still(tmp_path: Path) -> None:
    def loud(wishes: Wishes) -> int:
        return peak(sound_of("massage", wishes, cache=tmp_path, beside=None).path)

    usual, quiet = loud(CHIMES), loud(replace(CHIMES, quiet=True))
    soft = replace(CHIMES, chime_volume=0.05)
    assert quiet < usual
    assert loud(replace(soft, quiet=True)) == loud(soft)


def test_her_own_sound_is_taken_from_beside_the_routine(tmp_path: Path) -> None:
    (tmp_path / "bell.wav").write_bytes(wav_bytes([0.4] * 4000))
    repertoire, troubles = prepare(with_own_sound(), CHIMES, cache=tmp_path / "cache", beside=tmp_path)
    assert troubles == []
    assert repertoire.sounds["bell.wav"].path.is_file()
    assert repertoire.sounds["bell.wav"].path.is_relative_to(tmp_path / "cache" / "own")


def test_a_sound_that_is_missing_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    repertoire, troubles = prepare(with_own_sound(), CHIMES, cache=tmp_path / "cache", beside=tmp_path)
    assert troubles == ["The sound bell.wav cannot be read."]
    assert "end" in repertoire.sounds


def test_a_sound_of_a_routine_without_a_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"The sound bell\.wav lies in no folder yet\."):
        sound_of("bell.wav", CHIMES, cache=tmp_path, beside=None)
