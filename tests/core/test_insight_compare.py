"""Two routines side by side: the interval is sound, and the words never say more than it does."""

from __future__ import annotations

import math
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.compare import Finding, Sample, compare
from guide.core.numbers import marks_of
from guide.core.student_t import t_cumulative, t_quantile
from marked import Marked
from tables import each_row

VOLUMES = st.lists(st.floats(0, 500), min_size=6, max_size=20)
HANDS_ON = [58, 72, 76, 81, 83, 86, 88, 90, 92, 97, 101, 113]
PUMP_ONLY = [48, 53, 57, 61, 62, 64, 67, 70, 71, 74, 77, 80, 84, 90]


@each_row(
    ("freedom", "value"),
    [
        (1, 12.706204736), (2, 4.302652730), (3, 3.182446305), (4, 2.776445105), (5, 2.570581836), (7.5, 2.331659),
        (10, 2.228138852), (15, 2.131449546), (30, 2.042272456), (100, 1.983971519), (1e6, 1.959966),
    ],
)  # fmt: skip
def test_the_quantile_agrees_with_printed_tables(freedom: float, value: float) -> None:
    if freedom == 7.5:  # between two rows: checked against the integral below instead
        assert 2.306004 < t_quantile(0.975, freedom) < 2.364624
    else:
        assert t_quantile(0.975, freedom) == pytest.approx(value, abs=1e-6)


@each_row("freedom", [0.7, 1, 10])
def test_half_of_it_lies_under_nothing_and_both_sides_are_alike(freedom: float) -> None:
    assert t_quantile(0.5, freedom) == 0
    assert [t_cumulative(value, freedom) for value in (-math.inf, 0, math.inf)] == [0, 0.5, 1]
    assert t_cumulative(-2, freedom) == pytest.approx(1 - t_cumulative(2, freedom), abs=1e-12)
    assert 0 < t_cumulative(-2, freedom) < 0.5


@given(st.floats(0.7, 60), st.floats(0.51, 0.999))
def test_the_quantile_agrees_with_a_plain_integral(freedom: float, probability: float) -> None:
    value = t_quantile(probability, freedom)
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    angle, pieces = math.atan(value / math.sqrt(freedom)), 2000  # in the angle the density is smooth and bounded
    step = angle / pieces

    def density(at: float) -> float:
        return constant * math.sqrt(freedom) * math.pow(math.cos(at), freedom - 1)

    simpson = sum((density(n * step) + 4 * density((n + 0.5) * step) + density((n + 1) * step)) for n in range(pieces))
    assert 0.5 + simpson * step / 6 == pytest.approx(probability, abs=1e-6)
    assert t_cumulative(value, freedom) == pytest.approx(probability, abs=1e-9)
    assert t_quantile(1 - probability, freedom) == pytest.approx(-value, rel=1e-9)


def test_the_picture_of_the_history_page() -> None:
    found = compare(HANDS_ON, PUMP_ONLY)
    assert found.first is not None
    assert found.second is not None
    assert (round(found.first.mean), round(found.second.mean)) == (86, 68)
    assert found.finding is Finding.CLEAR
    assert found.said() == "About 18 mL more on average; likely 7 to 29."
    assert found.sentence("Hands-on pumping") == (
        "About 18 mL more per session with hands-on pumping, on average; likely 7 to 29 mL. "
        "Time of day may play a part."
    )
    assert compare(PUMP_ONLY, HANDS_ON).said() == "About 18 mL less on average; likely 7 to 29."
    assert found.said(ounces=True) == "About 0.6 fl oz more on average; likely 0.2 to 1.0."


@pytest.mark.parametrize(
    ("tag", "about", "least", "most"), [("de", "0,6", "0,2", "1,0"), ("es-MX", "0.6", "0.2", "1.0")]
)
def test_ounces_have_the_decimal_mark_of_the_country(tag: str, about: str, least: str, most: str) -> None:
    found, marks = compare(HANDS_ON, PUMP_ONLY), marks_of(tag)
    assert found.said(ounces=True, marks=marks) == f"About {about} fl oz more on average; likely {least} to {most}."
    sentence = found.sentence("Hands-on pumping", ounces=True, marks=marks)
    assert f"{about} fl oz" in sentence
    assert f"{least} to {most} fl oz" in sentence


@each_row(
    ("first", "second", "words"),
    [
        ([], [], "Too early to say"),
        ([80.0], [70.0], "Too early to say"),
        (HANDS_ON, PUMP_ONLY[:5], "Too early to say"),
        (HANDS_ON[:5], PUMP_ONLY, "Too early to say"),
        (PUMP_ONLY[:6], PUMP_ONLY[:6], "No clear difference yet"),
        ([75.0] * 6, [75.0] * 6, "No clear difference yet"),
        ([75.0] * 6, [77.0] * 6, "No clear difference yet"),  # less than the step volumes are noted in
    ],
)
def test_under_six_a_side_or_an_interval_around_nothing_says_no_number(
    first: list[float], second: list[float], words: str
) -> None:
    found = compare(first, second)
    assert found.said() == words
    assert not any(character.isdigit() for character in found.said())
    assert "Time of day" in found.sentence("X") or found.finding is Finding.TOO_EARLY


SIX = (70.0, 80.0, 90.0, 100.0, 110.0, 120.0)  # their variance is 350
REACH = 2.228138852 * math.sqrt(2 * 350 / 6)  # ten degrees of freedom, as the spread is the same on both sides


def shifted(by: float) -> list[float]:
    return [value + by for value in SIX]


def test_the_interval_is_welch_s_and_a_routine_s_own_is_student_s() -> None:
    found = compare(shifted(30), SIX)
    assert found.first is not None
    assert found.second is not None
    assert (found.first.mean, found.second.mean, found.difference) == (125, 95, 30)
    assert found.low == pytest.approx(30 - REACH)
    assert found.high == pytest.approx(30 + REACH)
    own = 2.570581836 * math.sqrt(350 / 6)
    assert found.second.low == pytest.approx(95 - own)
    assert found.second.high == pytest.approx(95 + own)
    assert found.second.values == SIX


def test_equal_notes_are_as_sure_as_the_steps_they_are_noted_in() -> None:
    found = compare([75.0] * 6, SIX).first
    assert found is not None
    own = 2.570581836 * math.sqrt(25 / 12 / 6)
    assert found.low == pytest.approx(75 - own)
    assert found.high == pytest.approx(75 + own)


@each_row(
    ("clear_by", "ml", "ounces"),
    [
        (-0.1, "No clear difference yet", "No clear difference yet"),
        (0.4, "No clear difference yet", "No clear difference yet"),  # nearer than is noted
        (1, "About 25 mL more on average; likely 1 to 49.", "No clear difference yet"),
        (2, "About 26 mL more on average; likely 2 to 50.", "About 0.9 fl oz more on average; likely 0.1 to 1.7."),
    ],
)
def test_a_difference_counts_from_what_can_be_noted_of_it_on(clear_by: float, ml: str, ounces: str) -> None:
    found = compare(shifted(REACH + clear_by), SIX)
    assert (found.said(), found.said(ounces=True)) == (ml, ounces)
    assert found.finding is (Finding.CLEAR if clear_by > 0 else Finding.UNCLEAR)
    for said, sentence in ((ml, found.sentence("X")), (ounces, found.sentence("X", ounces=True))):
        assert sentence.startswith(f"{said}. " if said.startswith("No") else said.partition(" on average")[0])


def test_a_difference_under_a_millilitre_has_its_sign_too() -> None:
    found = compare([75.9] * 200, [75.0] * 200)
    assert found.said() == "About 1 mL more on average; likely 1 to 1."
    assert found.sentence("X").startswith("About 1 mL more per session")


def test_what_there_is_of_too_few_sessions_is_there_all_the_same() -> None:
    none, one, two = compare([], [70.0]), compare([80.0], [70.0]), compare([70.0, 90.0], [60.0, 80.0])
    assert (none.first, none.difference, none.low, none.high) == (None, None, None, None)
    assert none.second == Sample((70.0,), 70, 70, 70)
    assert compare([70.0], []).first == none.second
    assert (one.first, one.second) == (Sample((80.0,), 80, 80, 80), Sample((70.0,), 70, 70, 70))
    assert (one.difference, one.low, one.high) == (10, -math.inf, math.inf)
    assert two.low == pytest.approx(10 - 4.302652730 * math.sqrt(200))
    assert {found.finding for found in (none, one, two)} == {Finding.TOO_EARLY}


TIME = "«Time of day may play a part.»"


@each_row(
    ("first", "second", "said", "sentence"),
    [
        (
            HANDS_ON[:5], PUMP_ONLY, "«Too early to say»",
            "«Too early to say». «From 6 noted sessions of each on, a comparison says more.»",
        ),
        (PUMP_ONLY, PUMP_ONLY, "«No clear difference yet»", f"«No clear difference yet». {TIME}"),
        (
            HANDS_ON, PUMP_ONLY, "«About 18 «mL» more on average; likely 7 to 29.»",
            f"«About 18 «mL» more per session with Hers, on average; likely 7 to 29 «mL».» {TIME}",
        ),
        (
            PUMP_ONLY, HANDS_ON, "«About 18 «mL» less on average; likely 7 to 29.»",
            f"«About 18 «mL» less per session with Hers, on average; likely 7 to 29 «mL».» {TIME}",
        ),
    ],
)  # fmt: skip
def test_what_is_found_is_said_in_the_language_of_the_screen(
    first: list[float], second: list[float], said: str, sentence: str
) -> None:
    found = compare(first, second)
    assert found.said(words=Marked()) == said
    assert found.sentence("Hers", words=Marked()) == sentence


@given(VOLUMES, VOLUMES)
def test_turned_round_it_says_the_opposite(first: list[float], second: list[float]) -> None:
    one, other = compare(first, second), compare(second, first)
    assert one.difference == pytest.approx(-other.difference if other.difference is not None else None)
    assert one.low == pytest.approx(-other.high if other.high is not None else None)
    assert one.finding is other.finding
    assert one.said().replace("more", "less") == other.said().replace("more", "less")


@given(VOLUMES, VOLUMES, st.floats(-50, 50))
def test_moving_one_routine_moves_the_difference_alone(first: list[float], second: list[float], by: float) -> None:
    before, after = compare(first, second), compare([value + by for value in first], second)
    assert before.low is not None
    assert before.high is not None
    assert after.low == pytest.approx(before.low + by, abs=1e-6)
    assert after.high == pytest.approx(before.high + by, abs=1e-6)


@given(st.lists(st.floats(0, 500), max_size=20), st.lists(st.floats(0, 500), max_size=20))
def test_no_words_judge(first: list[float], second: list[float]) -> None:
    sentence = compare(first, second).sentence("A routine").lower()
    for word in ("better", "worse", "only", "should", "low ", "%", "!"):
        assert word not in sentence


def test_an_exact_permutation_test_says_clear_where_the_interval_does() -> None:
    """Every way to deal the same sessions out to two routines, for samples of six and seven."""
    random = Random(11)
    agreed = near = 0
    for _ in range(24):
        shift = random.choice((0, 0, 15, 25, 40))
        first = [random.gauss(80 + shift, 15) for _ in range(6)]
        second = [random.gauss(80, 15) for _ in range(7)]
        pooled, gap = first + second, abs(sum(first) / 6 - sum(second) / 7)
        total, extreme, ways = sum(pooled), 0, 0
        for chosen in combinations(pooled, 6):
            part = sum(chosen)
            ways += 1
            extreme += abs(part / 6 - (total - part) / 7) >= gap - 1e-9
        p = extreme / ways
        clear = compare(first, second).finding is Finding.CLEAR
        if 0.02 < p < 0.09:  # at the border the two may differ
            near += 1
        else:
            assert clear is (p < 0.05)
            agreed += 1
    assert agreed >= 15


@each_row(
    ("sizes", "spreads"),
    [
        ((6, 6), (15.0, 15.0)),
        ((6, 20), (15.0, 15.0)),
        ((6, 20), (30.0, 10.0)),
        ((20, 6), (30.0, 10.0)),
        ((6, 12), (0.6, 0.3)),
    ],
)
def test_the_interval_holds_the_truth_95_times_of_100(sizes: tuple[int, int], spreads: tuple[float, float]) -> None:
    """Skewed volumes too: the third line of spreads is log-normal."""
    random = Random(7)
    skewed = spreads[0] < 1

    def one(spread: float) -> float:
        return 70 * random.lognormvariate(-(spread**2) / 2, spread) if skewed else random.gauss(70, spread)

    rounds, held = 1500, 0
    for _ in range(rounds):
        found = compare([one(spreads[0]) for _ in range(sizes[0])], [one(spreads[1]) for _ in range(sizes[1])])
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0 <= found.high
    assert (0.90 if skewed else 0.935) <= held / rounds <= 0.985


def test_it_agrees_with_a_bootstrap_where_samples_are_large() -> None:
    random = Random(3)
    first = [random.gauss(90, 20) for _ in range(40)]
    second = [random.gauss(75, 12) for _ in range(60)]
    drawn = sorted(sum(random.choices(first, k=40)) / 40 - sum(random.choices(second, k=60)) / 60 for _ in range(4000))
    found = compare(first, second)
    assert found.low == pytest.approx(drawn[100], abs=1.0)
    assert found.high == pytest.approx(drawn[3900], abs=1.0)
