"""Bounds of a routine as a whole, each at its edge: the last value that is good, and the first that is not."""

from __future__ import annotations

from typing import Any

import pytest

from guide.store.routines.reader import Reading, read
from guide.store.routines.table import ROUTINE
from guide.store.yaml import source
from guide.store.yaml.compose import compose
from guide.store.yaml.nodes import ListNode
from tables import each_row


def of_steps(*steps: str) -> Reading:
    return read("name: N\nsteps:\n" + "".join(f"  - {step}\n" for step in steps))


def told(reading: Reading) -> list[str]:
    return [f"{one.where}: {one.message}" for one in (*reading.problems, *reading.warnings)]


@each_row("moment", ["at: -2 min", "at: 0 s", "at: 1:59.9", "at: 99.9 %", "at: 0 %", "every: 119 s"])
def test_a_cue_at_the_very_edge_within_its_step_is_good(moment: str) -> None:
    moment = moment.replace("1:59.9", "119.9 s")
    assert told(of_steps(f"{{kind: rest, duration: 2 min, cues: [{{{moment}, say: x}}]}}")) == []


def test_a_pump_of_exactly_thirty_minutes_is_not_warned_of() -> None:
    assert told(of_steps("{kind: pump, duration: 30 min}")) == []


def test_a_routine_with_a_mistake_is_not_warned_of_its_suction_besides() -> None:
    reading = read("name: N\ncolour: red\nsteps: [{kind: pump, duration: 31 min}]\n")
    assert ([one.where for one in reading.problems], reading.warnings) == (["routine"], ())


LONG = "keeps the suction on for up to 31 min; 30 min without a break is the most, so add a rest between"
PUMP, REST = "{kind: pump, duration: 31 min}", "{kind: rest, duration: 1 min}"


def test_suction_that_is_short_at_first_and_long_later_is_warned_of() -> None:
    assert told(of_steps("{kind: pump, duration: 5 min}", REST, PUMP)) == [f"steps[2]: {LONG}"]


def test_a_round_whose_suction_is_long_each_time_is_warned_of_once() -> None:
    assert told(of_steps(f"{{repeat: 3, steps: [{PUMP}, {REST}]}}")) == [f"steps[0].steps[0]: {LONG}"]


LASTS = "the routine lasts up to {}; 6 h is the most, so shorten steps or repeat them less"


@each_row(
    ("steps", "length"),
    [
        (["{repeat: 6, steps: [{kind: rest, duration: 1 h}]}"], ""),
        (["{kind: massage, side: each, duration: 3 h}"], ""),
        (["{kind: massage, side: each, duration: 3-4 h}"], "8 h"),
        (["{repeat: 6, steps: [{kind: rest, duration: 1 h}]}", "{kind: rest, duration: 0.5 s}"], "6 h 0.5 s"),
        (["{repeat: 24, steps: [{kind: rest, duration: 1 h}]}"], "24 h"),
        (["{repeat: 24, steps: [{kind: rest, duration: 1 h}]}", "{kind: rest, duration: 30 min}"], "24 h"),
        (["{repeat: 50, side: each, steps: [{kind: rest, duration: 6 h}]}"], "600 h"),
        (["{repeat: 50, steps: [{repeat: 5, steps: [{kind: rest, duration: 5-6 h}]}]}"], "1,500 h"),
    ],
)
def test_a_routine_of_more_than_six_hours_is_told_with_its_length(steps: list[str], length: str) -> None:
    assert told(of_steps(*steps)) == ([f"steps: {LASTS.format(length)}"] if length else [])


def test_a_group_that_is_good_where_it_stands_first_is_too_deep_where_it_stands_again() -> None:
    group = "{repeat: 2, steps: [{repeat: 2, steps: [{kind: rest, duration: 1 s}]}]}"
    deep = "{repeat: 2, steps: [" * 3 + group + "]}" * 3
    text = f"[{group}, {deep}]"
    node = compose(text)
    assert isinstance(node, ListNode)
    where = "steps[1]" + ".steps[0]" * 4
    why = "groups are nested more than 4 deep here; write the steps one after another"
    nothing: dict[Any, Any] = {}
    for known in (None, nothing):  # where what was read before is remembered too, as in the editor
        findings = source.Findings(text, "p", known=known)
        next(row.reads for row in ROUTINE if row.key == "steps")(source.Value(node, "steps", findings))
        assert [f"{one.where}: {one.message}" for one in findings.problems] == [f"{where}: {why}"]


SHORTEN = "has {} characters and the screen shows two lines of 30; shorten it"
ADD = "has {} characters and the screen shows two lines of 30; add a shorter 'show'"


@each_row(
    ("words", "sentence"),
    [
        ({"show": 60}, ""),
        ({"show": 61}, f"steps[0].show: {SHORTEN.format(61)}"),
        ({"show": 400}, f"steps[0].show: {SHORTEN.format(400)}"),
        ({"show": 401}, "steps[0].show: has 401 characters; 400 at most"),
        ({"say": 60}, ""),
        ({"say": 61}, f"steps[0].say: {ADD.format(61)}"),
        ({"say": 400, "show": 60}, ""),
        ({"say": 60, "show": 61}, f"steps[0].show: {SHORTEN.format(61)}"),
    ],
)
def test_what_the_screen_cannot_show_in_two_lines_is_warned_of(words: dict[str, int], sentence: str) -> None:
    texts = ", ".join(f"{key}: {'x' * number}" for key, number in words.items())
    assert told(of_steps(f"{{kind: rest, duration: 1 min, {texts}}}")) == ([sentence] if sentence else [])


def test_spaces_that_the_screen_leaves_out_are_not_counted() -> None:
    assert told(of_steps(f"{{kind: rest, duration: 1 min, show: '{'x' * 30}{' ' * 40}{'x' * 29}'}}")) == []


def test_a_list_where_a_text_is_shown_is_one_problem() -> None:
    assert len(told(of_steps("{kind: rest, duration: 1 min, show: [a]}"))) == 1


def test_twenty_thousand_things_are_said_and_no_more() -> None:
    cue = "{at: 1 s, say: x}"
    twenty = f"{{kind: rest, duration: 18 s, cues: [{{every: 1 s, say: x}}, {cue}]}}"
    whole = f"{{repeat: 50, steps: [{', '.join([twenty] * 20)}]}}"
    assert told(of_steps(whole)) == []
    assert told(of_steps(whole.replace(cue, f"{cue}, {cue}", 1))) == [
        "steps: the routine says or shows 20,050 things; 20,000 is the most, so have cues come less often"
    ]


@pytest.mark.parametrize(("keys", "told"), [(3, 3), (4, 4), (5, 4)])
def test_a_list_of_problems_ends_after_the_most_there_may_be(
    keys: int, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MOST_PROBLEMS", 3)
    unknown = "".join(f"q{number}: 1\n" for number in range(keys))
    problems = read(f"name: N\n{unknown}steps: [{{kind: rest, duration: 1 s}}]\n").problems
    assert len(problems) == told
    assert (problems[-1].message == "more than 3 problems; those after this are not listed") is (keys > 3)
