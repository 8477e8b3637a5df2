"""Days, times and volumes as the history says them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from guide.core.duration import MINUTE
from guide.core.record import ML_PER_OZ, Record, volume
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
BY_HAND: Final = N_("Without a routine")


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


def when_words(began: datetime, now: datetime) -> str:
    """
    When a session began, as shortly as it can be said.

    >>> noon = datetime(2026, 11, 22, 12).astimezone()
    >>> [when_words(noon - timedelta(days=days), noon) for days in (0, 2, 20)]
    ['12:00', 'Fri 12:00', '2 Nov']
    """
    gap = now - began
    if timedelta(0) <= gap < timedelta(days=1):
        return clock_words(began)
    if timedelta(0) <= gap < timedelta(days=6):
        return f"{WEEKDAYS[began.weekday()]} {clock_words(began)}"
    return day_words(began.date(), now.date())


def lasted_words(lasted: timedelta) -> str:
    """
    A length, to the minute; nothing where none is known.

    >>> lasted_words(timedelta(minutes=22, seconds=40)), lasted_words(timedelta(minutes=65)), lasted_words(timedelta(0))
    ('23 min', '1 h 5 min', '')
    """
    hours, minutes = divmod(round(lasted / MINUTE), 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes else [])
    return " ".join(parts) or (_("under a minute") if lasted else "")


def name_of(record: Record) -> str:
    return record.routine_name or _(BY_HAND)


def total_words(ml: float, *, ounces: bool) -> str:
    """
    Several sessions together, or their mean: rounded to what such a number can carry.

    >>> total_words(451.7, ounces=False), total_words(451.7, ounces=True)
    ('452 mL', '15.3 fl oz')
    """
    return f"{amount_words(ml, ounces=ounces)} {'fl oz' if ounces else 'mL'}"


def amount_words(ml: float, *, ounces: bool) -> str:
    return f"{ml / ML_PER_OZ:.1f}" if ounces else f"{round(ml)}"


def spoken_session(record: Record, now: datetime, *, ounces: bool, number_free: bool) -> str:
    """A session in one line, as the bubble and a screen reader say it."""
    parts = [f"{long_day(record.began.date(), now.date())}, {clock_words(record.began)}", name_of(record)]
    if not number_free:
        parts.append(volume(record.ml, ounces=ounces) if record.ml is not None else _("no volume noted"))
    return " · ".join(parts)
