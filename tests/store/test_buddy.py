"""Answers of Baby Buddy: which are of pumpings, what is told of them, and the line of each."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guide.store.bringing.buddy import MATCH, pumpings, sheet_of
from guide.store.bringing.foreign import sessions
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
ONE = {"start": "2026-11-01T06:35:00+01:00", "amount": 90}
TWO = {"time": "2026-11-02 06:35", "amount": 3.5}
AT = "https://baby.example/api/"
NO_START = "a pumping has 'start' and 'amount'"


@each_row(
    "held",
    [
        *(None, 7, "start amount", [], {}, [None], [[ONE]]),
        *([{"start": ONE["start"]}], [{"amount": 90}], {"results": []}, {"results": ONE}),
        *({**ONE, "type": "milk"}, {**ONE, "method": "bottle"}, [ONE, {**ONE, "type": "milk"}]),
    ],
)
def test_an_answer_without_pumpings_is_none(held: Any) -> None:
    assert pumpings(json.dumps(held)) is None


@each_row("text", ["", " \n", "soon", "[" * 100_000, f"{json.dumps(ONE)}\nsoon", "\n" + "[" * 100_000])
def test_a_text_that_is_no_answer_is_none(text: str) -> None:
    assert pumpings(text) is None


@each_row(
    ("text", "found"),
    [
        (json.dumps(ONE), [ONE]),
        (json.dumps([ONE, None, TWO]), [ONE, None, TWO]),
        (f"\n{json.dumps(ONE)}\n \n{json.dumps(TWO)}\n", [ONE, TWO]),
        (json.dumps({"results": [ONE]}), [ONE]),
        (json.dumps([{"results": [ONE]}, {"results": [TWO, TWO]}]), [ONE, TWO, TWO]),
        (json.dumps([TWO, {"results": [ONE]}]), [TWO, ONE]),
        (json.dumps([{"results": [ONE]}, [TWO, 7]]), [ONE, TWO, 7]),
    ],
)
def test_the_pumpings_of_every_form_are_found_in_their_order(text: str, found: list[Any]) -> None:
    assert pumpings(text) == (found, [])


@each_row(
    ("held", "notes"),
    [
        ({"results": [ONE], "next": None}, []),
        ({"results": [ONE], "next": AT}, [f"It is one page of several; the next one is at {AT}."]),
        ({"results": [ONE], "next": "a\nb"}, ["It is one page of several; the next one is at a b."]),
        ({"results": [ONE], "next": 7}, ["It is one page of several; the next one is at 7."]),
        ([{"results": [ONE], "next": AT}, {"results": [TWO]}], []),
        ([{"results": [ONE]}, {"results": [TWO], "next": AT}],
         [f"It is one page of several; the next one is at {AT}."]),
        ({**ONE, "next": AT}, ["The column 'next' is not taken."]),
        ([{"results": [ONE]}, [TWO]], []),
        ([{**ONE, "id": 1}, None, {**TWO, "tags": [], "id": 2, "a\nb": 3}],
         [f"The column '{name}' is not taken." for name in ("id", "tags", "a b")]),
        ([{**ONE, "end": "", "duration": "", "notes": ""}], []),
    ],
)  # fmt: skip
def test_what_an_answer_says_besides_is_told_once(held: Any, notes: list[str]) -> None:
    read = pumpings(json.dumps(held))
    assert read is not None
    assert read[1] == notes


@pytest.mark.parametrize(("indent", "lines", "bad"), [(None, (2, 2, 2), [2, 2, 2]), (1, (4, 16, 21), [8, 12, 16])])
def test_each_pumping_stands_on_the_line_of_its_start(
    indent: int | None, lines: tuple[int, ...], bad: list[int]
) -> None:
    found: list[Any] = [ONE, {"start": "soon", "amount": 1}, {"start": None, "amount": 1}, TWO, None, ONE]
    text = "\n" + json.dumps(found, indent=indent)
    read = sessions(sheet_of(found, text), MATCH, BERLIN)
    assert (read.lines, [one.line for one in read.problems]) == (lines, bad)
    assert {one.message for one in read.problems} == {"'soon' is not a day with a time", NO_START}
    assert [record.began.isoformat() for record in read.records] == [
        ONE["start"], "2026-11-02T06:35:00+01:00", ONE["start"],
    ]  # fmt: skip


@each_row(
    ("more", "lasted", "ml", "note"),
    [
        ({}, 0, 90, ""),
        ({"end": "2026-11-01 06:55", "notes": "calm"}, 20, 90, "calm"),
        ({"end": None, "duration": "00:25:00", "notes": None}, 25, 90, ""),
        ({"duration": "20", "notes": ["a"], "amount": {"a": 1}}, 20, None, ""),
        ({"duration": "1:30", "amount": None, "notes": 7}, 90, None, "7"),
        ({"time": "2026-11-09 06:35"}, 0, 90, ""),
        ({"start": "11-1-2026", "time": "2026-11-01 06:35"}, None, None, ""),
    ],
)
def test_a_pumping_says_what_its_fields_say(
    more: dict[str, Any], lasted: int | None, ml: float | None, note: str
) -> None:
    read = sessions(sheet_of([{**ONE, **more}], ""), MATCH, BERLIN)
    if lasted is None:
        assert not read.records
        return
    (record,) = read.records
    assert (record.began.isoformat(), record.ml, record.note) == (ONE["start"], ml, note)
    assert record.lasted == timedelta(minutes=lasted)
