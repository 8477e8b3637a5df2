"""Take it along, at the desk: her times read back from the calendar's file, and names that are equal over kinds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from evenings import Evening
from guide.pages.along.desk import AlongDesk
from guide.pages.along.view import Ending, Reminders

Start = Callable[..., Evening]
NIGHT = datetime(2026, 11, 22, 21, 40, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("times", "starts", "count"),
    [
        (Reminders(hour=23, minute=30, every=3, days=1), (22, 23, 30), 8),
        (Reminders(hour=7, minute=0, every=4, days=3), (23, 7, 0), 18),
        (Reminders(hour=21, minute=30, every=24, days=2), (23, 21, 30), 2),
    ],
)
def test_her_times_are_in_the_calendars_file_in_her_zone_as_often_as_she_asked(
    evening: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    times: Reminders,
    starts: tuple[int, int, int],
    count: int,
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    night.wall = NIGHT
    along = night.made.desk.along
    along.open(night.made.tools.library.entry("short"))
    page = along._page
    assert page is not None
    monkeypatch.setattr(type(page), "reminders", times)
    monkeypatch.setattr(AlongDesk, "_ask", lambda *_: tmp_path / "times.ics")
    page.save_asked.emit(Ending.TIMES)
    book = Calendar.from_ical((tmp_path / "times.ics").read_bytes())
    entries: list[Any] = list(book.walk("VEVENT"))
    found = [entry["DTSTART"].dt.astimezone(NIGHT.tzinfo) for entry in entries]
    day, hour, minute = starts
    assert found[0] == replace_time(NIGHT, day, hour, minute)
    assert len(found) == count
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(hours=times.every)}
    assert {str(entry["SUMMARY"]) for entry in entries} == {"Short"}
    assert all(len(entry.walk("VALARM")) == 1 for entry in entries)


def replace_time(at: datetime, day: int, hour: int, minute: int) -> datetime:
    return at.replace(day=day, hour=hour, minute=minute)


def test_a_card_has_the_name_that_the_other_files_of_its_routine_have(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = evening(voice_on=False, chimes_on=False)
    suggested: list[Path] = []
    monkeypatch.setattr("guide.pages.learn.cards.ask_where", lambda *asked: suggested.append(asked[2]))
    night.made.desk.learning.cards.save_card("marmet-expression")
    assert [path.name for path in suggested] == ["Hand expression with M-S-S.pdf"]
