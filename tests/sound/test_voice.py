"""What all voices do to words and to sound: left out what cannot be said, trimmed, levelled, at a rate that plays."""

from __future__ import annotations

import math

import pytest
from listening import decibels, highest, loudest_400_ms, samples_in, share_above

from guide.sound.levels import loudness
from guide.sound.pcm import LOUDNESS, PEAK
from guide.sound.voices.voice import SENTENCES, Speech, VoiceError, finished, has_words, speakable
from tables import each_row


def tone(rate: int, *, hertz: float = 220, height: float = 3_000, seconds: float = 0.8) -> list[float]:
    return [height * math.sin(2 * math.pi * hertz * at / rate) for at in range(int(rate * seconds))]


@each_row(("rate", "kept"), [(22_050, 22_050), (24_000, 24_000), (23_000, 23_000), (16_000, 22_050), (24_001, 22_050)])
def test_speech_keeps_a_rate_that_plays_well_and_comes_to_the_usual_one_else(rate: int, kept: int) -> None:
    silence = [0.0] * rate
    samples, heard = samples_in(finished(Speech([*silence, *tone(rate), *silence], rate)))
    assert heard == kept
    assert len(samples) / kept == pytest.approx(0.86, abs=0.03)  # a little of the silence stays at both ends
    assert decibels(loudest_400_ms(samples, kept)) == pytest.approx(20 * math.log10(LOUDNESS), abs=0.5)


def test_both_ends_are_drawn_to_nothing_the_last_over_a_longer_time() -> None:
    samples, _ = samples_in(finished(Speech(tone(22_050, hertz=2_000), 22_050)))
    peak = highest(samples[2_000:-2_000])
    assert (samples[0], samples[-1]) == (0, 0)
    ends = [highest(samples[:at]) / peak for at in (110, 220)] + [highest(samples[-at:]) / peak for at in (330, 660)]
    assert ends == pytest.approx([0.5, 1, 0.5, 1], abs=0.05)


def test_ends_and_loudness_are_those_of_the_rate_it_keeps() -> None:
    rate = 24_000
    samples, _ = samples_in(finished(Speech(tone(rate, hertz=2_000), rate)))
    peak = highest(samples[2_000:-2_000])
    assert [highest(samples[:120]) / peak, highest(samples[-360:]) / peak] == pytest.approx([0.5, 0.5], abs=0.03)
    word = [*tone(rate, height=9_000, seconds=0.2), *tone(rate, height=900, seconds=1)]
    samples, _ = samples_in(finished(Speech(word, rate)))
    assert loudness(samples, rate=rate) == pytest.approx(LOUDNESS * PEAK, rel=0.03)


def test_what_is_softened_has_less_above_and_is_as_loud() -> None:
    buzz = [low + high for low, high in zip(tone(22_050), tone(22_050, hertz=7_000, height=1_500), strict=True)]
    plain, soft = (samples_in(finished(Speech(buzz, 22_050), soften=soften)) for soften in (False, True))
    assert share_above(*soft, 5_000) < share_above(*plain, 5_000) / 5
    assert decibels(loudest_400_ms(*soft)) == pytest.approx(decibels(loudest_400_ms(*plain)), abs=0.3)


@each_row("samples", [[], [0.0] * 9_000, [20.0, -20.0] * 9_000])
def test_nothing_but_silence_is_said_so(samples: list[float]) -> None:
    with pytest.raises(VoiceError, match=r"^The voice made no sound\.$"):
        finished(Speech(samples, 22_050))


def test_no_peak_reaches_the_end_of_the_range() -> None:
    assert highest(samples_in(finished(Speech([*tone(22_050), 32_000.0] * 2, 22_050)))[0]) < 0.91 * PEAK


@each_row(
    ("text", "said"),
    [
        ("  Rest \n\t now. ", "Rest now."),
        ("a\0b\x1fc\x85d\ud800e", "a b c d e"),
        ("Zoë 🍼 – 父.", "Zoë 🍼 – 父."),
        ("\x07", ""),
    ],
)
def test_what_no_voice_can_say_is_left_out(text: str, said: str) -> None:
    assert speakable(text) == said


@each_row(("text", "any_words"), [("Rest.", True), ("4", True), ("父", True), ("… 🍼 –", False), ("", False)])
def test_there_are_words_where_there_is_a_letter_or_a_number(text: str, any_words: bool) -> None:
    assert has_words(text) is any_words


def test_a_sentence_ends_with_its_mark_and_a_blank_in_every_script() -> None:
    assert SENTENCES.split("One. Two!  Three? Four… 5.5 mL。 六！ Seven") == [
        *("One.", "Two!", "Three?", "Four…", "5.5 mL。", "六！", "Seven"),
    ]
