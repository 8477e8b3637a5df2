"""The natural voice: rendered audio measured, and how long the built-in prompts really are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from listening import decibels, highest, loudest_400_ms, samples_in, samples_of
from prompting import ROUTINES, OneChild, fits, one_child

from guide.sound import chimes
from guide.sound.clip import Clip
from guide.sound.repertoire import VOICE_WHISPER, Wishes, prepare
from guide.sound.voices import natural
from guide.sound.voices.voice import VoiceError
from plans import fixed, plan_of

pytestmark = pytest.mark.skipif(not natural.there(), reason="no wheel of onnxruntime for this computer")

SENTENCE = "Small circles. Both sides, from the ribs in."


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("natural")


@pytest.fixture(scope="module")
def voices() -> Iterator[OneChild]:
    """Its child reads the model once for all that is asked here."""
    with one_child("natural") as voices:
        yield voices


@pytest.fixture(scope="module")
def spoken(voices: OneChild) -> bytes:
    return voices.voice().render(SENTENCE, pace=145)


def test_it_keeps_its_rate_for_another_would_dull_it(spoken: bytes) -> None:
    samples, rate = samples_in(spoken)
    assert rate == 24_000
    assert 2 < len(samples) / rate < 5


def test_it_is_as_loud_as_a_chime_and_does_not_clip(spoken: bytes, tmp_path: Path) -> None:
    said = samples_in(spoken)
    chimed = samples_of(chimes.chime_file("pump", tmp_path).path)
    assert abs(decibels(loudest_400_ms(*said)) - decibels(loudest_400_ms(*chimed))) < 1.5
    assert highest(said[0]) < 0.91 * 32_767


def test_nothing_but_pictures_is_no_speech_and_said_so(voices: OneChild) -> None:
    with pytest.raises(VoiceError, match="made no sound"):
        voices.voice().render("\U0001f37c", pace=145)


def test_the_voice_is_the_one_in_the_package_and_no_name_comes_from_outside() -> None:
    assert natural.VOICE == "heart"
    assert "voice" not in natural.speak.__annotations__


def test_a_faster_pace_is_a_higher_speed_from_the_slowest_to_the_fastest() -> None:
    speeds = [natural.speed_of(pace) for pace in range(80, 260)]
    assert all(slow <= fast for slow, fast in itertools.pairwise(speeds))
    assert (speeds[0], speeds[-1]) == (0.6, 1.2)


def even_and_unclipped(clips: dict[str, Clip]) -> None:
    loud = {}
    for text, clip in clips.items():
        samples, rate = samples_of(clip.path)
        assert highest(samples) < 0.91 * 32_767, text
        loud[text] = decibels(loudest_400_ms(samples, rate))
    assert max(loud.values()) - min(loud.values()) < 1.5, loud


def test_prompts_of_several_lengths_are_even(cache: Path, voices: OneChild) -> None:
    plan = plan_of(*(fixed("1 min", say=said) for said in ("Rest.", SENTENCE, "Next: pump and compress, left side.")))
    repertoire, problems = prepare(plan, Wishes(voice="natural", chimes_on=False), cache=cache, voices=voices)
    assert problems == []
    even_and_unclipped(dict(repertoire.prompts))


@pytest.mark.e2e
@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_all_built_in_prompts_fit_their_steps_and_are_even(path: Path, cache: Path, voices: OneChild) -> None:
    wishes = Wishes(voice="natural", chimes_on=False, partner_said=True)
    even_and_unclipped(fits(path, cache, wishes, voices))


def test_a_whisper_is_softer_and_slower_and_over_the_noise(cache: Path, voices: OneChild) -> None:
    usual, quiet = (Wishes(voice="natural", chimes_on=False, quiet=quiet, voice_volume=1) for quiet in (False, True))
    assert quiet.spoken_volume == VOICE_WHISPER
    assert quiet.spoken_pace < usual.spoken_pace
    plan = plan_of(fixed("1 min", say=SENTENCE))
    loud, soft = (prepare(plan, wishes, cache=cache, voices=voices)[0].prompts[SENTENCE] for wishes in (usual, quiet))
    assert soft.length > loud.length
    heard = decibels(loudest_400_ms(*samples_of(soft.path)))
    assert -45 < heard < decibels(loudest_400_ms(*samples_of(loud.path))) - 12
    assert soft.length - loud.length < timedelta(seconds=1)
