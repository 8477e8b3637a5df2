"""Times for her own calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from guide.along.calendar import MOST, Times, calendar

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def entries(times: Times, name: str = "Power pumping") -> list[Any]:
    book = Calendar.from_ical(calendar(name, timedelta(minutes=21), times, note="21 min", made=MADE))
    return list(book.walk("VEVENT"))


@pytest.mark.parametrize(
    ("every", "days", "count"),
    [(3 * HOUR, 1, 8), (5 * HOUR, 2, 9), (24 * HOUR, 7, 7), (HOUR, 90, MOST), (30 * HOUR, 1, 1)],
)
def test_a_day_has_as_many_times_as_fit_and_a_file_never_too_many(every: timedelta, days: int, count: int) -> None:
    assert len(entries(Times(datetime(2026, 5, 1, 7, tzinfo=BERLIN), every, days))) == count


def test_three_hours_stay_three_hours_in_the_night_the_clocks_change() -> None:
    times = Times(datetime(2026, 3, 28, 22, tzinfo=BERLIN), 3 * HOUR, 1)
    starts = [entry["DTSTART"].dt for entry in entries(times)]
    assert {later - earlier for earlier, later in pairwise(starts)} == {3 * HOUR}
    assert [at.astimezone(BERLIN).hour for at in starts[:3]] == [22, 1, 5]


def test_each_entry_rings_when_it_begins_is_private_and_has_an_id_of_its_own() -> None:
    made = entries(Times(MADE, 6 * HOUR, 1), "Calm, with “commas”; and\nlines")
    assert len({str(entry["UID"]) for entry in made}) == len(made) == 4
    for entry in made:
        assert str(entry["CLASS"]) == "PRIVATE"
        assert entry["DURATION"].dt == timedelta(minutes=21)
        (alarm,) = entry.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(0)
        assert str(entry["SUMMARY"]) == "Calm, with “commas”; and\nlines"
