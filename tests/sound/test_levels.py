"""Loudness and peaks of what is said, by numbers: a peak costs a few milliseconds, never the rest of a prompt."""

from __future__ import annotations

import numpy as np
import pytest

from guide.sound.levels import REACH, levelled, limited, loudness, peak
from guide.sound.pcm import LOUDNESS, PEAK

RATE = 24_000
MOST = 0.9 * PEAK


def hum(seconds: float = 1.0, height: float = 3_000.0) -> np.ndarray:
    return height * np.sin(np.arange(int(seconds * RATE)) * 2 * np.pi * 220 / RATE)


@pytest.mark.parametrize(
    "clicks", [[], [0], [12_000], [23_999], [5, 6, 7, 900, 12_000, 12_100, 23_990], range(0, 24_000, 60)]
)
@pytest.mark.parametrize("higher", [1.2, 4.0, 40.0])
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


def test_a_click_makes_no_prompt_softer_than_the_others() -> None:
    samples = hum()
    samples[4_000] = 32_000
    evenly = levelled(samples, rate=RATE)
    assert 20 * np.log10(loudness(evenly, rate=RATE) / (LOUDNESS * PEAK)) == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.05])
def test_what_is_shorter_than_a_peak_is_wide_is_held_down_as_well(seconds: float) -> None:
    assert peak(limited(hum(seconds, 60_000), most=MOST, rate=RATE)) <= MOST * (1 + 1e-9)
