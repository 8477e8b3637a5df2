from __future__ import annotations

import contextlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import speakers
from guide.hear.meaning import Meaning
from guide.hear.takes import EASIEST, ENOUGH, STRICTEST, Flaw, Take, examine, learn, packed, unpacked
from teaching import Taught, spoken, takes_of


def test_a_clear_take_is_kept_as_numbers_of_the_word_alone(taught: Taught) -> None:
    take = examine(spoken("more time", 1, taught.pump, 15))
    assert isinstance(take, Take)
    assert 3 <= len(take.word) <= 16, "0.2 to 1.3 seconds"
    assert len(take.rows) <= len(take.word) + 12


@pytest.mark.parametrize("flaw", [Flaw.CUT_OFF, Flaw.TOO_SOFT, Flaw.NO_VOICE])
def test_a_take_with_a_flaw_says_which(taught: Taught, flaw: Flaw) -> None:
    dice = np.random.default_rng(4)
    word = speakers.say("more time", taught.speaker, dice)
    match flaw:
        case Flaw.CUT_OFF:
            sound = np.clip(spoken("more time", 1, taught.pump) * 60, -32768, 32767)
        case Flaw.TOO_SOFT:
            sound = speakers.scene(word, taught.pump, -8, before=2, after=1, dice=dice)
        case _:
            sound = speakers.scene(word[:0], None, 0, before=2, after=2, dice=dice)
    found = examine(sound)
    assert found is flaw or (flaw is Flaw.TOO_SOFT and found is Flaw.NO_VOICE)


def test_a_very_long_sound_is_said_again(taught: Taught) -> None:
    dice = np.random.default_rng(4)
    long = speakers.talk(4, dice, ["we could have pasta tonight or whatever is left"], taught.speaker)
    assert examine(speakers.scene(long, None, 0, before=2, after=1, dice=dice)) is Flaw.TOO_LONG


@pytest.mark.parametrize("length", [40, 100])
def test_a_click_is_no_take(taught: Taught, length: int) -> None:
    dice = np.random.default_rng(4)
    click = speakers.hiss(length / 1000, dice) * np.float32(5000)
    assert isinstance(examine(speakers.scene(click, taught.pump, 30, before=2, after=1, dice=dice)), Flaw)


def test_another_word_among_the_takes_is_mostly_told_and_the_same_word_is_kept(taught: Taught) -> None:
    others = taught.takes[Meaning.MORE_TIME]
    same = [isinstance(examine(spoken("more time", seed, taught.pump, 15), others), Take) for seed in range(50, 53)]
    told = [examine(spoken("it hurts", seed, taught.pump, 15), others) is Flaw.UNLIKE for seed in range(50, 53)]
    assert sum(same) >= 2
    assert sum(told) >= 2


def test_a_recording_that_is_too_short_to_have_a_word_is_no_voice() -> None:
    for length in (0, 100, 511, 512, 20_000, 33_000):
        assert examine(np.zeros(length, np.float32)) is Flaw.NO_VOICE


def test_two_meanings_with_one_word_clash_and_the_later_one_rests(taught: Taught) -> None:
    twice = taught.takes | {Meaning.SAY_AGAIN: takes_of("more time", taught.pump, seed=3)}
    lesson = learn(twice)
    assert lesson is not None
    assert lesson.clashes == {Meaning.SAY_AGAIN: Meaning.MORE_TIME}
    assert Meaning.SAY_AGAIN not in lesson.meanings
    assert set(lesson.meanings) == set(taught.takes)


def test_words_that_differ_do_not_clash(taught: Taught) -> None:
    assert taught.lesson.clashes == {}
    assert STRICTEST <= taught.lesson.threshold <= EASIEST


def test_nothing_is_learnt_from_too_few_takes(taught: Taught) -> None:
    assert learn({}) is None
    assert learn({Meaning.NEXT: taught.takes[Meaning.NEXT][:2]}) is None
    two = learn({Meaning.NEXT: taught.takes[Meaning.NEXT], Meaning.PAUSE: taught.takes[Meaning.PAUSE][:2]})
    assert two is not None
    assert two.meanings == (Meaning.NEXT,)


def test_takes_kept_in_a_file_come_back_and_are_small(taught: Taught) -> None:
    data = packed(taught.takes)
    back = unpacked(data)
    assert {meaning: len(kept) for meaning, kept in back.items()} == dict.fromkeys(taught.takes, ENOUGH)
    for meaning, kept in taught.takes.items():
        for take, other in zip(kept, back[meaning], strict=True):
            assert (take.begin, take.end) == (other.begin, other.end)
            assert np.allclose(take.rows, other.rows, atol=1e-3)
    assert len(data) < 100_000
    assert unpacked(packed({})) == {}


@given(st.binary(max_size=300))
def test_what_is_no_file_of_takes_raises_value_error_only(data: bytes) -> None:
    with pytest.raises(ValueError, match="takes"):
        unpacked(data)


def test_a_file_of_takes_with_a_changed_byte_comes_back_or_raises_value_error(taught: Taught) -> None:
    whole = packed(taught.takes)
    dice = np.random.default_rng(0)
    for _ in range(60):
        data = bytearray(whole)
        data[dice.integers(len(data))] ^= 1 << dice.integers(8)
        with contextlib.suppress(ValueError):
            unpacked(bytes(data))


def test_the_program_imports_neither_network_nor_microphone_until_they_are_wanted() -> None:
    script = (
        "import sys, guide.app, guide.desk, guide.pages.session.desk, guide.pages.settings.desk\n"
        "print(sorted({'numpy', 'onnxruntime', 'miniaudio', 'livekit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
