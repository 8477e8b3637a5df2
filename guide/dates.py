"""Days and times of day as a person says them, in the language of the screen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from guide.language import N_, _

MONTHS: Final = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def day_words(day: date, today: date | None = None) -> str:
    """
    A day without its weekday; the year stands where it is not this one.

    >>> day_words(date(2026, 11, 8)), day_words(date(2025, 11, 8), date(2026, 11, 22))
    ('8 Nov', '8 Nov 2025')
    """
    year = f" {day.year}" if today is not None and day.year != today.year else ""
    # Translators: a day within the year, such as "8 Nov".
    return _("{day} {month}").format(day=day.day, month=_(MONTHS[day.month - 1])) + year


def long_day(day: date, today: date) -> str:
    """
    A day as a person would call it.

    >>> sunday = date(2026, 11, 22)
    >>> long_day(sunday, sunday), long_day(date(2026, 11, 21), sunday), long_day(date(2026, 11, 14), sunday)
    ('Today', 'Yesterday', 'Sat 14 Nov')
    """
    match (today - day).days:
        case 0:
            return _("Today")
        case 1:
            return _("Yesterday")
        case _:
            return f"{_(WEEKDAYS[day.weekday()])} {day_words(day, today)}"


def clock_words(moment: datetime) -> str:
    """
    A time of day.

    >>> clock_words(datetime(2026, 11, 22, 7, 45))
    '07:45'
    """
    return f"{moment.hour:02d}:{moment.minute:02d}"


def moment_words(moment: datetime, now: datetime) -> str:
    """
    A day with its time, for one line among others.

    >>> noon = datetime(2026, 11, 22, 12)
    >>> moment_words(noon, noon), moment_words(datetime(2025, 3, 4, 7, 45), noon)
    ('Today, 12:00', 'Tue 4 Mar 2025, 07:45')
    """
    return _("{day}, {time}").format(day=long_day(moment.date(), now.date()), time=clock_words(moment))
