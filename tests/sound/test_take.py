"""Takes: judged gently, trimmed, levelled like the other prompts."""

from __future__ import annotations

import math
from array import array
from datetime import timedelta

import pytest
from listening import decibels, highest, loudest_400_ms, samples_in

from guide.sound.pcm import PEAK, SoundError
from guide.sound.take import RATE, RecordedTake, TakeAdvice, bars, level
from takes import SPOKEN, sound

ROOM = timedelta(seconds=9)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("take", [RecordedTake(array("h")), sound((0.5, 0)), SPOKEN, sound((1, 1.0))])
def test_meter_and_picture_stay_between_nothing_and_full(take: RecordedTake) -> None:
    assert 0 <= level(take.samples) <= 1
    shown = bars(take.samples, every=timedelta(milliseconds=100))
    assert all(0 <= bar <= 1 for bar in shown)
    assert len(shown) == math.ceil(len(take.samples) / (RATE // 10))


def test_louder_is_further_on_the_meter() -> None:
    heights = [level(sound((0.5, height)).samples) for height in (0.001, 0.01, 0.1, 0.9)]
    assert heights == sorted(heights)
