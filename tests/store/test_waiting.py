"""A session that waits, written for another computer and read there: what is said of it, and what is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from guide.core.commands import Entered
from guide.core.record import Record
from guide.store.log import waiting
from guide.store.log.fields import LONGEST_SESSION, RowError
from guide.store.log.rows import LONGEST_ROUTINE, US
from guide.store.log.waiting import WaitingSession, waiting_from
from tables import each_row

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
GOOD = WaitingSession(
    Record(0, "evening", "Evening", NOW, uuid="a"), "name: Für sie\n", timedelta(minutes=3), NOW, ((US, Entered(0)),)
)
SHAPE = "this is not of the shape that is exported"
BEGAN = "began: nothing does not read; a moment with its offset from UTC, like 2026-11-22T03:12:00+01:00 is meant"
HELD: dict[str, Any] = json.loads(GOOD.as_text())


def test_it_is_written_to_be_read_by_people_too() -> None:
    begins = '{\n "program": "Pumping Guide",\n "format": 1,\n "session": {\n  "began": "2026-11-26T12:00:00+00:00",\n'
    assert GOOD.as_text().startswith(begins)
    assert '\n "routine_text": "name: Für sie\\n",\n "alive_us": 180000000,\n' in GOOD.as_text()
    assert GOOD.as_text().endswith("}\n")
    assert waiting_from(GOOD.as_text()) == GOOD


@each_row(
    ("changed", "found"),
    [
        ({"routine_text": "x" * LONGEST_ROUTINE}, {"routine_text": "x" * LONGEST_ROUTINE}),
        ({"alive_us": 0}, {"alive": timedelta(0)}),
        ({"alive_us": LONGEST_SESSION // US}, {"alive": LONGEST_SESSION}),
        ({"seen": "2026-11-26T13:00:00+01:00"}, {"seen": NOW}),
        ({"journal": []}, {"entries": ()}),
        ({"journal": [[1, "entered 0"], "so", [2, "carried on"]]}, {}),
        ({"journal": [[1, "entered 0"], "of", [2, "carried on"]]}, {}),
        ({"journal": [[1, "entered 0"], [2], [2, "carried on"]]}, {}),
        ({"journal": [[1, "entered 0"], [2, 5], [2, "carried on"]]}, {}),
        ({"journal": [[1, "entered 0"], [2, "sang"], [2, "carried on"]]}, {}),
    ],
)
def test_what_is_within_bounds_is_read_and_the_journal_up_to_what_is_not_known(
    changed: dict[str, Any], found: dict[str, Any]
) -> None:
    assert waiting_from(json.dumps({**HELD, **changed})) == replace(GOOD, **found)


@each_row(
    ("changed", "why"),
    [
        ({"format": 2}, SHAPE),
        ({"session": 5}, "a session is an object with 'began' and 'routine'"),
        ({"session": {**HELD["session"], "uuid": ""}}, SHAPE),
        ({"routine_text": 5}, SHAPE),
        ({"routine_text": "x" * (LONGEST_ROUTINE + 1)}, SHAPE),
        ({"journal": {}}, SHAPE),
        ({"journal": [[-1, "entered 0"]]}, SHAPE),
        ({"alive_us": -1}, SHAPE),
        ({"alive_us": 1.5}, SHAPE),
        ({"alive_us": True}, SHAPE),
        ({"alive_us": LONGEST_SESSION // US + 1}, SHAPE),
        ({"seen": None}, BEGAN),
    ],
)
def test_what_is_no_session_that_waits_is_told(changed: dict[str, Any], why: str) -> None:
    assert refused(json.dumps({**HELD, **changed})) == why


def test_neither_noise_nor_more_entries_than_a_session_has_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [refused(text) for text in ("noise", "[]", "[" * 90_000)] == [SHAPE] * 3
    monkeypatch.setattr(waiting, "MOST_ENTRIES", 1)
    assert waiting_from(GOOD.as_text()) == GOOD
    assert refused(json.dumps({**HELD, "journal": HELD["journal"] * 2})) == SHAPE


def refused(text: str) -> str:
    with pytest.raises(RowError) as caught:
        waiting_from(text)
    return str(caught.value)
