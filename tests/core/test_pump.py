"""Her pump in the texts of a routine: the level where it is spoken of, and the way to expression mode."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.pump import UNKNOWN, Pump, level_words, pump_words
from guide.core.routine import AfterStart, Cue, Kind, Routine, Side, Step
from plans import fixed, ranged, seconds
from tables import each_row

HERS = Pump("Spectra S1", "24", "21", level_left="5", level_right="6")
MODE = "At the first milk, switch to expression mode"


def laid(*steps: Step, pump: Pump = HERS) -> Plan:
    return lay_out(Routine("A routine", steps), pump=pump)


@each_row(
    ("side", "words"),
    [
        (Side.LEFT, "your comfortable level 5"),
        (Side.RIGHT, "your comfortable level 6"),
        (Side.BOTH, "your comfortable level, 5 left and 6 right"),
    ],
)
def test_every_text_of_a_step_speaks_of_the_level_of_its_side(side: Side, words: str) -> None:
    cue = Cue(AfterStart(seconds(10)), say="Still {level}?", show="{level}, or lower")
    step = fixed("1 min", Kind.PUMP, side=side, say="Pump at {level}.", suction="{level}", cues=(cue,))
    plan = laid(step)
    assert plan.segments[0].suction == words[0].upper() + words[1:]
    assert {f"Pump at {words}.", f"Still {words}?"} < set(plan.prompts)
    assert f"{words}, or lower" in str(plan.segments[0].moments)


def test_one_noted_side_is_named_and_none_asks_for_comfort() -> None:
    figures = ("", "5", "6", "180 mmHg")
    for left, right, side in product(figures, figures, (Side.LEFT, Side.RIGHT, Side.BOTH)):
        words = level_words(Pump(level_left=left, level_right=right), side)
        assert "comfortable" in words
        heard = {Side.LEFT: {left}, Side.RIGHT: {right}}.get(side, {left, right}) - {""}
        assert all(figure in words for figure in heard)
        assert not any(figure in words for figure in {left, right} - heard - {""})
        assert ("left" in words) == (side is Side.BOTH and left not in {right, ""})
        assert ("right" in words) == (side is Side.BOTH and right not in {left, ""})


def test_a_pump_step_without_a_line_of_its_own_has_her_level_and_no_other_step_has() -> None:
    for kind in Kind:
        pulls = kind in {Kind.PUMP, Kind.COMPRESS}
        assert bool(laid(fixed("1 min", kind, side=Side.LEFT)).segments[0].suction) == pulls
        assert not laid(fixed("1 min", kind), pump=UNKNOWN).segments[0].suction
    own = fixed("1 min", Kind.PUMP, suction="Light and fast")
    assert laid(own).segments[0].suction == "Light and fast"


@each_row(
    ("left", "right", "sides"),
    [
        ("5", "", {Side.LEFT, Side.BOTH}),
        ("", "6", {Side.RIGHT, Side.BOTH}),
        ("5", "6", {Side.LEFT, Side.RIGHT, Side.BOTH}),
    ],
)
def test_a_pump_step_has_a_line_where_a_level_of_its_side_is_noted(left: str, right: str, sides: set[Side]) -> None:
    pump = Pump(level_left=left, level_right=right)
    shown = {side for side in (Side.LEFT, Side.RIGHT, Side.BOTH)
             if laid(fixed("1 min", Kind.PUMP, side=side), pump=pump).segments[0].suction}  # fmt: skip
    assert shown == sides


def test_the_way_to_expression_mode_stands_once_where_the_pump_begins_again() -> None:
    pump, hands = ranged("1 min", "2 min", suction="Low"), fixed("1 min", Kind.MASSAGE)
    switching = replace(UNKNOWN, switches=True)

    def lines(*steps: Step) -> list[str]:
        return [segment.suction for segment in laid(*steps, pump=switching).segments]

    assert lines(hands, pump, pump, hands, pump) == ["", f"Low. {MODE}", "Low", "", f"Low. {MODE}"]
    assert lines(pump, pump) == [f"Low. {MODE}", "Low"]


def test_her_pump_changes_no_time_of_a_plan() -> None:
    steps = (ranged("1 min", "2 min", say="{level}"), fixed("1 min", Kind.COMPRESS, side=Side.EACH))
    hers, anyones = laid(*steps, pump=replace(HERS, switches=True)), laid(*steps, pump=UNKNOWN)
    for one, other in zip(hers.segments, anyones.segments, strict=True):
        assert [moment.offset for moment in one.moments] == [moment.offset for moment in other.moments]
        assert one.place == other.place


def test_what_to_put_together_is_told_in_one_line_and_only_what_is_noted() -> None:
    told = {
        pump_words(Pump(name, left, right))
        for name, left, right in product(("", "Spectra S1"), ("", "24"), ("", "21", "24"))
    }
    assert "" in told
    assert "Flanges 24 mm" in told
    assert "Spectra S1 · flanges 24 mm left, 21 mm right" in told
    assert "Flange 21 mm right" in told
    assert not any(" ·" in words and not words.startswith("Spectra") for words in told)
    assert all(one != other for one, other in pairwise(sorted(told)))
