"""Times to pump as a calendar file: her own calendar reminds her, this program never does by itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

MOST: Final = 400  # entries in one file: three months, four times a day


@dataclass(frozen=True, slots=True)
class Times:
    """
    The first time, how far apart, and for how many days; by the clock on the wall.

    >>> len(Times(datetime(2026, 1, 1, 7), timedelta(hours=3), 1).all)
    8
    """

    first: datetime
    every: timedelta
    days: int

    @property
    def all(self) -> tuple[datetime, ...]:
        """Without a zone: three in the morning stays three when the clocks change, and where she travels."""
        first = self.first.replace(tzinfo=None)
        count = min(max(timedelta(days=self.days) // self.every, 1), MOST) if self.every else 1
        return tuple(first + self.every * number for number in range(count))


def calendar(name: str, length: timedelta, times: Times, *, note: str, made: datetime) -> bytes:
    """
    Write an iCalendar file (RFC 5545) with one entry a time, each with an alarm when it begins.

    Each is a local time without a zone (3.3.5, form 1), which a calendar shows by the clock of wherever she is: her
    seven stays seven when the clocks change, and no calendar needs to know her zone's rules. Raises ImportError where
    the library for it is missing.
    """
    from icalendar import Alarm, Calendar, Event  # only for whoever takes times along

    book = Calendar()
    book.add("prodid", "-//Pumping Guide//EN")
    book.add("version", "2.0")
    for at in times.all:
        event = Event()
        event.add("uid", f"{uuid.uuid4()}@pumping-guide.invalid")
        event.add("dtstamp", made.astimezone(UTC))
        event.add("dtstart", at)
        event.add("duration", length)
        event.add("summary", name)
        event.add("description", note)
        event.add("class", "PRIVATE")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", name)
        alarm.add("trigger", timedelta(0))
        event.add_component(alarm)
        book.add_component(event)
    written: bytes = book.to_ical()
    return written
