from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import speakers
from guide.hear.embedding import Array, Network, Stream, embedded, network
from guide.hear.meaning import Meaning
from guide.hear.spotter import ONCE, Spotted, Spotter
from speakers import RATE, Sound
from teaching import WORDS, Taught, spoken


def heard(spotter: Spotter, sound: Sound, *, deaf: bool = False) -> list[Spotted]:
    pieces = [sound[start : start + 2560] for start in range(0, len(sound), 2560)]
    return [each for piece in pieces for each in spotter.push(piece, deaf=deaf)]


@pytest.fixture(autouse=True, scope="module")
def _each_window_is_read_once() -> Iterator[None]:
    """The network answers the same for the same sound, and several tests say the same words: it takes most of them."""
    embed, known = Network.embed, dict[bytes, Array]()

    def embed_once(network: Network, frames: Array) -> Array:
        key = frames.tobytes()
        if key not in known:
            known[key] = embed(network, frames)
        return known[key].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Network, "embed", embed_once)
        yield


def sure(found: list[Spotted]) -> list[Meaning]:
    return [each.meaning for each in found if each.sure]


def test_nine_words_in_ten_are_found_over_the_pump_and_none_is_taken_for_another(taught: Taught) -> None:
    right = wrong = count = 0
    for meaning, text in WORDS.items():
        for seed in range(4):
            found = sure(heard(Spotter(taught.lesson), spoken(text, 500 + seed, taught.pump)))
            count += 1
            right += found == [meaning]
            wrong += any(each is not meaning for each in found)
    assert right >= 0.85 * count
    assert wrong == 0


def test_a_pump_alone_and_music_say_nothing(taught: Taught) -> None:
    dice = np.random.default_rng(3)
    spotter = Spotter(taught.lesson)
    for noise in (speakers.pump(12, dice), speakers.music(6, dice)):
        assert heard(spotter, noise * np.float32(700)) == []


def test_what_sounds_while_it_is_deaf_is_not_heard_and_what_comes_after_is(taught: Taught) -> None:
    spotter = Spotter(taught.lesson)
    assert heard(spotter, spoken("more time", 501, taught.pump), deaf=True) == []
    assert sure(heard(spotter, spoken("more time", 501, taught.pump))) == [Meaning.MORE_TIME]


def test_the_time_of_a_word_is_told_on_the_clock_of_the_sound(taught: Taught) -> None:
    spotter = Spotter(taught.lesson)
    silence = speakers.hiss(1.0, np.random.default_rng(1)) * np.float32(20)
    heard(spotter, silence)
    heard(spotter, silence, deaf=True)
    (found,) = heard(spotter, spoken("more time", 501, taught.pump))
    assert 3.6 < found.began < 4.6, "two seconds of silence, two of pump, then the word"
    assert 0.2 < found.ended - found.began < 1.5


def test_the_same_word_twice_within_a_moment_counts_once_and_later_counts_again(taught: Taught) -> None:
    dice = np.random.default_rng(7)
    word = speakers.say("more time", taught.speaker, dice)

    def twice(gap: float) -> list[Meaning]:
        both = np.concatenate((word, np.zeros(round(gap * RATE), np.float32), word))
        return sure(heard(Spotter(taught.lesson), speakers.scene(both, None, 99, before=1.5, after=1.5, dice=dice)))

    assert twice(ONCE - len(word) / RATE - 0.3) == [Meaning.MORE_TIME]
    assert twice(ONCE + 1) == [Meaning.MORE_TIME] * 2


def test_a_stricter_threshold_hears_less(taught: Taught) -> None:
    sound = [spoken(text, 600 + seed, taught.pump, 5) for text in WORDS.values() for seed in range(2)]
    counts = [
        sum(len(sure(heard(Spotter(taught.lesson, threshold=threshold), each))) for each in sound)
        for threshold in (-12.0, -6.0, -4.0)
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_what_is_not_sure_is_told_as_such_and_never_counts(taught: Taught) -> None:
    sound = spoken("more time", 501, taught.pump)
    (found,) = [each for each in heard(Spotter(taught.lesson), sound) if each.sure]
    (unsure,) = heard(Spotter(taught.lesson, threshold=found.score - 0.3), sound)
    assert unsure.meaning is Meaning.MORE_TIME
    assert not unsure.sure


@settings(max_examples=6)
@given(st.lists(st.integers(1, 6000), max_size=8))
def test_however_the_sound_is_cut_the_numbers_are_the_same(cuts: list[int]) -> None:
    sound = (speakers.hiss(1.5, np.random.default_rng(2)) * np.float32(500)).round()
    whole = Stream().push(sound)
    stream, parts, at = Stream(), [], 0
    for cut in [*cuts, len(sound)]:
        parts.append(stream.push(sound[at : at + cut]))
        at += cut
    rows = np.concatenate(parts)
    assert len(rows) == len(whole)
    assert np.allclose(rows, whole, atol=1e-4)


def test_a_stream_and_a_recording_give_the_same_numbers(taught: Taught) -> None:
    sound = spoken("more time", 501, taught.pump)
    stream, recording = Stream().push(sound), embedded(network().mel(sound))
    assert (stream * recording[: len(stream)]).sum(1).min() > 0.999
