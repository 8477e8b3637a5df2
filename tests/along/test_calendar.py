"""Times for her own calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from guide.along.calendar import MOST, Times, calendar
from tables import each_row

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def entries(times: Times, name: str = "Power pumping") -> list[Any]:
    book = Calendar.from_ical(calendar(name, timedelta(minutes=21), times, note="21 min", made=MADE))
    return list(book.walk("VEVENT"))


@each_row(
    ("every", "days", "count"),
    [(3 * HOUR, 1, 8), (5 * HOUR, 2, 9), (24 * HOUR, 7, 7), (HOUR, 90, MOST), (30 * HOUR, 1, 1)],
)
def test_a_day_has_as_many_times_as_fit_and_a_file_never_too_many(every: timedelta, days: int, count: int) -> None:
    assert len(entries(Times(datetime(2026, 5, 1, 7, tzinfo=BERLIN), every, days))) == count


@each_row(
    "first",
    [
        datetime(2026, 3, 28, 22, tzinfo=BERLIN),
        datetime(2026, 10, 24, 22, tzinfo=BERLIN),
        datetime(2026, 5, 1, 22),  # noqa: DTZ001  a clock on the wall
    ],
    ids=["summer comes", "summer goes", "an even night"],
)
def test_her_times_stay_where_they_are_when_the_clocks_change(first: datetime) -> None:
    starts = [entry["DTSTART"].dt for entry in entries(Times(first, 3 * HOUR, 3))]
    assert {start.tzinfo for start in starts} == {None}
    assert [start.hour for start in starts] == [22, 1, 4, 7, 10, 13, 16, 19] * 3


def test_each_entry_rings_when_it_begins_is_private_and_has_an_id_of_its_own() -> None:
    made = entries(Times(MADE, 6 * HOUR, 1), "Calm, with “commas”; and\nlines")
    assert len({str(entry["UID"]) for entry in made}) == len(made) == 4
    for entry in made:
        assert str(entry["CLASS"]) == "PRIVATE"
        assert entry["DURATION"].dt == timedelta(minutes=21)
        (alarm,) = entry.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(0)
        assert str(entry["SUMMARY"]) == "Calm, with “commas”; and\nlines"
