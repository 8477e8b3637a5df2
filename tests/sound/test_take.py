"""Takes: judged gently, trimmed, levelled like the other prompts."""

from __future__ import annotations

import math
from array import array
from datetime import timedelta

import numpy as np
import pytest
from listening import decibels, highest, loudest_400_ms, samples_in

from guide.sound.pcm import PEAK, SoundError, wav_bytes
from guide.sound.take import RATE, RecordedTake, TakeAdvice, _noise, bars, level
from tables import each_row
from takes import SPOKEN, sound

ROOM = timedelta(seconds=9)


@each_row(
    ("take", "advice"),
    [
        (SPOKEN, TakeAdvice.CLEAR),
        (sound((3, 0)), TakeAdvice.SILENT),
        (RecordedTake(array("h")), TakeAdvice.SILENT),
        (sound((0.8, 0), (2, 0.02), (0.8, 0)), TakeAdvice.SOFT),
        (sound((0.8, 0), (2, 3.0), (0.8, 0)), TakeAdvice.LOUD),
        (sound((0.8, 0), (2, 0.3), (0.8, 0), hiss=0.12), TakeAdvice.NOISY),
        (sound((0.2, 0), (12, 0.4), (0.2, 0)), TakeAdvice.LONG),
    ],
)
def test_a_take_is_judged(take: RecordedTake, advice: TakeAdvice) -> None:
    assert take.advice(ROOM) is advice


def test_the_ends_are_trimmed_and_the_loudness_is_that_of_the_other_prompts() -> None:
    for take in (SPOKEN, sound((0.8, 0), (2, 0.1), (0.8, 0)), sound((0.8, 0), (2, 0.4), (0.8, 0), offset=900)):
        samples, rate = samples_in(take.finished())
        assert rate == RATE
        assert 1.9 < len(samples) / rate < 2.4
        assert decibels(loudest_400_ms(samples, rate)) == pytest.approx(20 * math.log10(0.144), abs=1.5)
        assert highest(samples) < 0.91 * PEAK


def test_what_a_sound_card_adds_to_every_sample_is_taken_off() -> None:
    speech = sound((0.8, 0), (2, 0.4), (0.8, 0), offset=900).speech
    assert abs(sum(speech) / len(speech)) < 20


def test_a_take_with_nothing_in_it_is_a_sentence() -> None:
    with pytest.raises(SoundError, match="made no sound"):
        sound((2, 0)).finished()


def test_the_original_is_kept_as_it_was() -> None:
    assert samples_in(SPOKEN.original()) == (SPOKEN.samples, RATE)


@each_row("take", [RecordedTake(array("h")), sound((0.5, 0)), SPOKEN, sound((1, 1.0))])
def test_meter_and_picture_stay_between_nothing_and_full(take: RecordedTake) -> None:
    assert 0 <= level(take.samples) <= 1
    shown = bars(take.samples, every=timedelta(milliseconds=100))
    assert all(0 <= bar <= 1 for bar in shown)
    assert len(shown) == math.ceil(len(take.samples) / (RATE // 10))


def test_louder_is_further_on_the_meter() -> None:
    heights = [level(sound((0.5, height)).samples) for height in (0.001, 0.01, 0.1, 0.9)]
    assert heights == sorted(heights)


def flat(*parts: tuple[float, float], offset: int = 0) -> RecordedTake:
    """Parts that have one height throughout, each so many seconds at such a share of full scale."""
    heights = np.concatenate([np.full(int(seconds * RATE), int(height * PEAK)) for seconds, height in parts])
    values = heights * np.where(np.arange(len(heights)) % 2, -1, 1) + offset
    return RecordedTake(array("h", values.astype(np.int16).tobytes()))


@each_row(
    ("take", "advice"),
    [
        (flat((0.5, 0), (1, 0.021), (0.5, 0)), TakeAdvice.CLEAR),
        (flat((0.5, 0), (1, 0.019), (0.5, 0)), TakeAdvice.SOFT),
        (flat((0.5, 0), (0.2, 0.0276), (0.5, 0)), TakeAdvice.SOFT),  # over 400 ms it is 0.0195
        (flat((0.5, 0), (1, 0.003), (0.5, 0)), TakeAdvice.SILENT),
        (
            RecordedTake(array("h", [*[0] * RATE, *[6_000, -6_000] * RATE, *[-PEAK - 1] * 8, *[0] * RATE])),
            TakeAdvice.LOUD,
        ),
        (flat((0.5, 0), (1, 0.2), (8 / RATE, 0.99), (0.5, 0)), TakeAdvice.LOUD),
        (flat((0.5, 0), (1, 0.2), (7 / RATE, 0.99), (0.5, 0)), TakeAdvice.CLEAR),
        (flat((0.5, 0), (1, 0.2), (0.1, 0.97), (0.5, 0)), TakeAdvice.CLEAR),
        (flat((0.5, 0.041), (1, 0.2), (0.5, 0.041)), TakeAdvice.NOISY),
        (flat((0.5, 0.039), (1, 0.2), (0.5, 0.039)), TakeAdvice.CLEAR),
        (flat((0.5, 0), (8.7, 0.2), (0.5, 0)), TakeAdvice.CLEAR),
        (flat((0.5, 0), (8.8, 0.2), (0.5, 0)), TakeAdvice.LONG),
        (flat((1.2, 0), (9.5, 0.01), (1.2, 0)), TakeAdvice.SOFT),  # what would be worst to hear goes before
        (flat((1.2, 0.05), (9.5, 0.2), (1.2, 0.05)), TakeAdvice.NOISY),
    ],
)
def test_a_take_is_advised_on_from_its_bounds_on(take: RecordedTake, advice: TakeAdvice) -> None:
    assert take.advice(ROOM) is advice


def test_a_take_is_as_long_as_its_samples_and_its_speech_keeps_a_breath_at_both_ends() -> None:
    take = flat((0.5, 0), (1, 0.2), (0.5, 0))
    assert take.length == timedelta(seconds=2)
    assert len(take.speech) == round((1 + 2 * 0.12) * RATE)
    noisy = flat((0.5, 0.01), (1, 0.2), (0.5, 0.01))  # the noise at both ends goes as silence does
    assert len(noisy.speech) == len(take.speech)


@each_row("offset", [900, -900, 1])
def test_a_sound_card_that_adds_to_every_sample_is_no_noise(offset: int) -> None:
    take = flat((0.5, 0), (1, 0.2), (0.5, 0), offset=offset)
    assert take.advice(ROOM) is TakeAdvice.CLEAR
    assert take.speech == flat((0.5, 0), (1, 0.2), (0.5, 0)).speech
    assert take.original() == wav_bytes(take.samples, rate=RATE)


def test_a_sample_that_would_leave_the_range_once_it_is_centred_is_held_at_its_end() -> None:
    take = RecordedTake(array("h", [*[0] * RATE, *[PEAK, PEAK, PEAK, -PEAK - 1] * (RATE // 4), *[0] * RATE]))
    assert (max(take.speech), min(take.speech)) == (PEAK - 5_461, -PEAK)  # the mean of all is a sixth of the range
    other = RecordedTake(array("h", [-value - 1 for value in take.samples]))
    assert (max(other.speech), min(other.speech)) == (PEAK, 5_462 - PEAK)


@each_row(("parts", "share"), [((0.1,), 0.0), ((0.9, *[0.1] * 9), 0.1), ((*[0.1] * 9, 0.0), 0.1), ((0.5, 0.4), 0.5)])
def test_the_noise_is_what_is_there_in_a_tenth_of_the_blocks_the_last_left_out(
    parts: tuple[float, ...], share: float
) -> None:
    samples = flat(*((0.02, height) for height in parts)).samples
    assert _noise(samples) == pytest.approx(share, abs=0.001)


@each_row(("height", "shown"), [(0, 0), (1e-3, 0), (0.01, 1 / 3), (0.1, 2 / 3), (1, 1)])
def test_the_meter_has_sixty_decibels_from_left_to_right(height: float, shown: float) -> None:
    assert level(flat((0.1, height)).samples) == pytest.approx(shown, abs=0.002)


def test_nothing_is_at_the_left_end_of_the_meter_and_has_no_picture() -> None:
    assert (level(array("h")), bars(array("h"), every=timedelta(seconds=1))) == (0.0, [])


def test_the_loudest_sound_is_at_the_right_end_of_the_meter() -> None:
    assert level(array("h", [-32_768] * 9)) == 1


def test_the_picture_has_the_peak_of_each_piece_the_last_one_too() -> None:
    take = flat((0.1, 0.25), (0.1, 0.5), (0.05, 1))
    assert bars(take.samples, every=timedelta(milliseconds=100)) == pytest.approx([0.25, 0.5, 1], abs=0.001)
    assert len(bars(take.samples, every=timedelta(0))) == len(take.samples)
