"""Loudness and peaks of what is said, by numbers: a peak costs a few milliseconds, never the rest of a prompt."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import pytest

from guide.sound.levels import (
    REACH,
    energies,
    faded,
    levelled,
    limited,
    loudness,
    peak,
    smoothed,
    trimmed,
    wav_of,
)
from guide.sound.pcm import LOUDNESS, PEAK, wav_bytes
from tables import each_row

RATE = 24_000
MOST = 0.9 * PEAK


def hum(seconds: float = 1.0, height: float = 3_000.0) -> np.ndarray:
    return height * np.sin(np.arange(int(seconds * RATE)) * 2 * np.pi * 220 / RATE)


@each_row("clicks", [[], [0], [12_000], [23_999], [5, 6, 7, 900, 12_000, 12_100, 23_990], range(0, 24_000, 60)])
@each_row("higher", [1.2, 4.0, 40.0])
def test_no_peak_passes_the_ceiling_and_what_is_far_from_one_is_left_alone(clicks: list[int], higher: float) -> None:
    samples = hum()
    for at in clicks:
        samples[at] = -higher * MOST
    held = limited(samples, most=MOST, rate=RATE)
    assert len(held) == len(samples)
    assert peak(held) <= MOST * (1 + 1e-9)
    near = np.zeros(len(samples), bool)
    for at in clicks:
        near[max(at - int(3 * REACH * RATE), 0) : at + int(3 * REACH * RATE) + 1] = True
    assert np.allclose(held[~near], samples[~near], rtol=1e-9)


def test_what_is_within_some_milliseconds_of_a_peak_is_turned_down_with_it() -> None:
    samples = np.full(2_000, 100.0)
    samples[1_000] = 4 * MOST
    held = limited(samples, most=MOST, rate=RATE)
    reach = int(REACH * RATE)
    assert held[1_000 - reach] == pytest.approx(held[1_000 + reach])
    assert 25 < held[1_000 + reach] < 70 < held[1_000 + 2 * reach] < 99.9
    assert held[1_000 + 2 * reach + 1] == pytest.approx(100)


def test_a_click_makes_no_prompt_softer_than_the_others() -> None:
    samples = hum()
    samples[4_000] = 32_000
    evenly = levelled(samples, rate=RATE)
    assert 20 * np.log10(loudness(evenly, rate=RATE) / (LOUDNESS * PEAK)) == pytest.approx(0, abs=0.5)


@each_row("seconds", [0.0, 0.001, 0.05])
def test_what_is_shorter_than_a_peak_is_wide_is_held_down_as_well(seconds: float) -> None:
    assert peak(limited(hum(seconds, 60_000), most=MOST, rate=RATE)) <= MOST * (1 + 1e-9)


@each_row(
    ("samples", "kept"),
    [([1.9, -1.9], [1, -1]), ([PEAK + 9, -PEAK - 9], [PEAK, -PEAK]), ([], [])],
)
def test_a_wav_is_clipped_to_the_full_range_and_is_what_pcm_writes(samples: list[float], kept: list[int]) -> None:
    assert wav_of(np.array(samples, float), rate=RATE) == wav_bytes(kept, rate=RATE)


def test_the_edge_is_taken_off_by_adding_each_sample_to_its_neighbours() -> None:
    assert smoothed([0, 0, 1, 0, 0]).tolist() == [1, 2, 1]
    assert smoothed([5, 5, 5]).tolist() == [20]
    assert smoothed(array("h", [30_000] * 3)).tolist() == [120_000]  # more than 16 bits hold


@each_row(
    ("samples", "block", "sums"),
    [([1, 2, 3, 4, 5], 2, [5, 25, 25]), ([1, -2], 2, [5]), ([3], 4, [9]), ([], 4, [])],
)
def test_the_energy_of_each_block_is_the_sum_of_its_squares(samples: list[int], block: int, sums: list[float]) -> None:
    assert energies(samples, block) == sums


@each_row(("samples", "highest"), [([1, -3, 2], 3.0), (array("h", [-32_768]), 32_768.0), ([], 0.0)])
def test_the_peak_is_the_highest_either_way(samples: Sequence[int], highest: float) -> None:
    assert peak(samples) == highest


@each_row(
    ("parts", "loud"),
    [
        ([(1.0, 100)], 100),
        ([(0.4, 100)], 100),
        ([(0.4, 100), (1.0, 0)], 100),
        ([(0.1, 100)], 100),  # all of it, where it is shorter
        ([(0.2, 100), (0.2, 0)], 100 * 0.5**0.5),
        ([(1.0, 50), (0.4, 100), (1.0, 50)], 100),
        ([(1.0, 0), (0.2, 100), (1.0, 0)], 100 * 0.5**0.5),
        ([(0.2, 100), (1.0, 0), (0.2, 100)], 100 * 0.5**0.5),
        ([(0.3, 0), (0.1, 100)], 50),
        ([], 0),
    ],
)
def test_loudness_is_that_of_the_loudest_400_ms(parts: list[tuple[float, float]], loud: float) -> None:
    samples = [height * (-1) ** at for seconds, height in parts for at in range(round(seconds * RATE))]
    assert loudness(samples, rate=RATE) == pytest.approx(loud)


@each_row(
    ("before", "after", "kept"),
    [(0.5, 0.5, (0.03, 0.03)), (0.01, 0.5, (0.01, 0.03)), (0.5, 0.02, (0.03, 0.02)), (0, 0, (0, 0))],
)
def test_silence_at_both_ends_goes_but_for_a_little(before: float, after: float, kept: tuple[float, float]) -> None:
    quiet = 0.0039 * PEAK  # under the floor of 0.004
    parts = ((before, quiet), (0.2, 0.0041 * PEAK), (after, quiet))
    samples = [height * (-1) ** at for seconds, height in parts for at in range(round(seconds * RATE))]
    cut = trimmed(samples, rate=RATE)
    assert len(cut) == round((0.2 + sum(kept)) * RATE)
    assert cut[round(kept[0] * RATE)] == pytest.approx(0.0041 * PEAK)


def test_what_is_nothing_but_silence_is_trimmed_to_nothing_of_its_own_kind() -> None:
    assert trimmed(array("h", [9, -9] * 5_000), rate=RATE) == array("h")
    assert trimmed([], rate=RATE) == []
    assert len(trimmed([9, -9] * 5_000, rate=RATE, floor=0.0001)) == 10_000
    assert len(trimmed([0] * 1_200 + [9_000] * 120 + [0] * 1_200, rate=RATE, keep=0.01)) == 120 + 480
    assert trimmed([0, 9_000, 0], rate=100, keep=0.0) == [9_000]  # a block has a sample at least


def test_both_ends_are_drawn_to_nothing_along_half_a_cosine() -> None:
    soft = faded(np.full(4_800, 100.0), rate=RATE, rise=0.01, fall=0.02)
    assert soft[[0, 60, 120, 240]].tolist() == pytest.approx([0, 14.64, 50, 100], abs=0.01)
    assert soft[[-1, -120, -240, -241, -480, -481]].tolist() == pytest.approx(
        [0, 14.43, 49.67, 50, 99.999, 100], abs=0.5
    )
    assert faded(array("h", [100] * 24_000), rate=RATE)[[96, -361]].tolist() == pytest.approx([50, 50])  # 8 ms, and 30


@each_row("length", [0, 1, 2, 3, 5])
def test_ends_that_are_longer_than_all_of_it_meet_in_its_middle(length: int) -> None:
    soft = faded([100.0] * length, rate=RATE).tolist()
    assert len(soft) == length
    assert all(soft[at] == 0 for at in (0, -1) if length > 1)
    assert soft[length // 2 : length // 2 + 1] == ([100.0] if length % 2 else soft[length // 2 : length // 2 + 1])


@each_row("height", [50.0, 3_000.0, 30_000.0])
def test_speech_of_any_height_comes_to_the_loudness_of_the_chimes(height: float) -> None:
    assert loudness(levelled(hum(height=height), rate=RATE), rate=RATE) == pytest.approx(LOUDNESS * PEAK, rel=0.001)


def test_silence_stays_silence_and_a_peak_stays_under_the_ceiling_that_is_wished() -> None:
    assert levelled([0.0] * 9, rate=RATE).tolist() == [0.0] * 9
    samples = hum()
    samples[4_000] = 32_000
    assert peak(levelled(samples, rate=RATE)) <= 0.9 * PEAK * (1 + 1e-9)
    assert peak(levelled(samples, rate=RATE, ceiling=0.5)) == pytest.approx(0.5 * PEAK, rel=0.01)


@each_row("length", [1, 9, 10, 379, 380, 389, 390, 391, 399, 400, 401, 410])
def test_loudness_of_an_even_sound_is_its_height_however_long_it_is(length: int) -> None:
    assert loudness([2.0] * length, rate=1_000) == pytest.approx(2, rel=0.02)


def test_a_sound_of_another_rate_is_levelled_by_its_own_seconds() -> None:
    burst = [100.0 * (-1) ** at for at in range(3_200)] + [0.0] * 8_000
    assert loudness(levelled(burst, rate=8_000), rate=8_000) == pytest.approx(LOUDNESS * PEAK, rel=0.001)
    clicked = [100.0] * 8_000
    clicked[4_000] = 3_000.0
    soft = levelled(clicked, rate=8_000)
    assert soft[4_063] < soft[4_065] == soft[1_000]  # 4 ms on either side, and as long again to come there
