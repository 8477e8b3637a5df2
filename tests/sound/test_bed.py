"""The sounds that we make ourselves, measured: how loud they are, what colour they have, and that none comes again."""

from __future__ import annotations

import itertools
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from guide.sound import bed
from guide.sound.bed import LOUDNESS, Noise, noise
from tables import each_row

RATE = 24_000


def heard(kind: Noise, *, rate: int = RATE, seed: int | None = 7, blocks: int = 12) -> NDArray[np.float32]:
    return np.concatenate(list(itertools.islice(noise(kind, rate, seed), blocks)))


def share(samples: NDArray[np.float32], low: float, high: float) -> float:
    """How much of its power lies between two frequencies."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(power[(hertz >= low) & (hertz < high)].sum() / power.sum())


@pytest.mark.parametrize("kind", Noise)
def test_it_is_as_loud_on_the_whole_as_a_prompt_at_its_usual_volume_and_even_throughout(kind: Noise) -> None:
    first, *blocks = itertools.islice(noise(kind, RATE, 7), 13)  # the first one rises
    assert {(block.dtype, block.shape) for block in (first, *blocks)} == {(np.dtype(np.float32), (16_384,))}
    loud = [float(np.sqrt(np.square(block).mean())) for block in blocks]
    assert np.mean(loud) == pytest.approx(LOUDNESS, rel=0.05)
    assert max(loud) / min(loud) < 1.6
    assert np.abs(np.concatenate(blocks)).max() < 0.6


@each_row(
    ("kind", "low", "high", "least", "most"),
    [
        (Noise.BROWN, 0, 20, 0.0, 0.1),
        (Noise.BROWN, 30, 150, 0.6, 0.95),
        (Noise.BROWN, 1_000, 12_000, 0.0, 0.08),
        (Noise.RAIN, 500, 8_000, 0.75, 0.97),
        (Noise.RAIN, 0, 60, 0.0, 0.05),
        (Noise.RAIN, 60, 500, 0.005, 0.015),
        (Noise.RAIN, 1_000, 4_000, 0.35, 0.7),
        (Noise.FAN, 116, 120, 0.05, 0.12),
        (Noise.FAN, 1_000, 4_000, 0.06, 0.09),
        (Noise.FAN, 124, 128, 0.0, 0.03),
        (Noise.FAN, 234, 238, 0.008, 0.05),
        (Noise.FAN, 0, 1_000, 0.75, 0.97),
    ],
)
def test_each_has_its_colour(kind: Noise, low: float, high: float, least: float, most: float) -> None:
    assert least <= share(heard(kind), low, high) <= most


@pytest.mark.parametrize("kind", Noise)
def test_it_is_another_each_time_and_never_comes_again(kind: Noise) -> None:
    first, second = (heard(kind, seed=None, blocks=4) for _time in range(2))
    assert not np.array_equal(first, second)
    blocks = first.reshape(4, -1)
    assert not any(np.allclose(one, other) for one, other in itertools.combinations(blocks, 2))
    assert np.array_equal(heard(kind, blocks=2), heard(kind, blocks=2))


def test_rain_has_drops_that_are_faint_short_and_many(monkeypatch: pytest.MonkeyPatch) -> None:
    rain = heard(Noise.RAIN, blocks=1)
    monkeypatch.setattr(bed, "_DROPS", 0.0)
    drops = np.abs(rain - heard(Noise.RAIN, blocks=1))
    assert 0.02 < drops.max() < 0.15
    wet = drops > 1e-4
    begun = int(np.count_nonzero(np.diff(np.convolve(wet, np.ones(64), "same") > 0)) / 2)
    assert 12 <= begun <= 45  # 45 a second, of which those that fall together are one
    assert 0.1 < wet.mean() < 0.5


@pytest.mark.parametrize("rate", [24_000, 44_100])
def test_at_another_rate_it_is_as_loud(rate: int) -> None:
    samples = heard(Noise.BROWN, rate=rate)[16_384:]
    assert float(np.sqrt(np.square(samples).mean())) == pytest.approx(LOUDNESS, rel=0.15)


@each_row(
    ("kind", "heights"),
    [
        (Noise.RAIN, [0.2502, 0.2458, 0.2024, 0.2019, 0.247, 0.3528, 0.862, 0.8313, 0.1065]),
        (Noise.BROWN, [0.01179, 0.01617, 0.008457, 0.008249, 0.004237, 0.002825, 0.001, 0.00025, 4.419e-05]),
        (Noise.FAN, [0.7065, 0.9652, 3.165, 1.488, 1.758, 1.102, 0.2475, 0.04209, 0.004914]),
    ],
)
def test_each_colour_is_that_which_was_chosen_by_ear(kind: Noise, heights: list[float]) -> None:
    hertz = np.array([0, 30, 60, 118, 121, 236, 354, 1000, 4000, 16000], float)
    assert bed._colour(hertz, kind) == pytest.approx([0, *heights], rel=1e-3)


def test_no_drop_of_rain_is_loud_by_chance() -> None:
    class Dice:
        """Many drops at one place, each of them loud."""

        def poisson(self, _many: float) -> int:
            return 3

        def integers(self, _low: int, _high: int, count: int) -> NDArray[np.int64]:
            return np.zeros(count, np.int64)

        def exponential(self, _scale: float, count: int) -> NDArray[np.float64]:
            return np.full(count, 5.0)

    block = np.zeros(bed._SIZE, np.float32)
    bed._let_fall(block, cast("np.random.Generator", Dice()), np.ones(2, np.float32), RATE)
    assert block[:3] == pytest.approx([0.36, 0.36, 0])


def test_a_drop_falls_in_pitch_and_is_gone_within_eighteen_milliseconds() -> None:
    drop = bed._drop(96_000)
    assert len(drop) == pytest.approx(1_728, abs=1)
    turns = [int(np.count_nonzero(np.diff(np.signbit(part)))) / 2 for part in (drop[:288], drop)]
    assert turns == pytest.approx([9, 35], abs=0.6)  # 3,200 Hz, and some 700 at its end
    assert 0.9 < np.abs(drop).max() < 1
    assert np.abs(drop[-96:]).max() < 0.01
