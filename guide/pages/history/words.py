"""Sessions, lengths and volumes as the history says them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt

from guide.amounts import unit_words, volume_words
from guide.core.duration import rounded, written
from guide.core.record import Record, mean_amount
from guide.dates import WEEKDAYS, clock_words, day_words, long_day
from guide.language import N_, _, figure

TAKES_OUT: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
BY_HAND: Final = N_("Without a routine")


def when_words(began: datetime, now: datetime) -> str:
    """
    When a session began, as shortly as it can be said; a time without a day is today's.

    >>> noon = datetime(2026, 11, 22, 12).astimezone()
    >>> [when_words(noon - timedelta(hours=hours), noon) for hours in (1, 13, 48, 480)]
    ['11:00', 'Sat 23:00', 'Fri 12:00', '2 Nov']
    """
    gap = now - began
    if gap >= timedelta(0) and began.date() == now.date():
        return clock_words(began)
    if timedelta(0) <= gap < timedelta(days=6):
        return f"{_(WEEKDAYS[began.weekday()])} {clock_words(began)}"
    return day_words(began.date(), now.date())


def lasted_words(lasted: timedelta) -> str:
    """
    A length, as it can be typed too; nothing where none is known.

    >>> lasted_words(timedelta(minutes=22, seconds=40)), lasted_words(timedelta(seconds=65)), lasted_words(timedelta(0))
    ('23 min', '1 min 5 s', '')
    """
    return written(rounded(lasted)) if lasted else ""


def name_of(record: Record) -> str:
    return record.routine_name or _(BY_HAND)


def total_words(ml: float, *, ounces: bool) -> str:
    """
    Several sessions together, or their mean: rounded to what such a number can carry.

    >>> total_words(451.7, ounces=False), total_words(451.7, ounces=True)
    ('452 mL', '15.3 fl oz')
    """
    return f"{amount_words(ml, ounces=ounces)} {unit_words(ounces=ounces)}"


def amount_words(ml: float, *, ounces: bool) -> str:
    return figure(mean_amount(ml, ounces=ounces))


def axis_words(mark: float) -> str:
    """
    A mark of a chart's axis.

    >>> axis_words(15000), axis_words(2.5), axis_words(0)
    ('15,000', '2.5', '0')
    """
    return figure(f"{mark:.10g}")


def spoken_session(record: Record, now: datetime, *, ounces: bool, number_free: bool) -> str:
    """A session in one line, as the bubble and a screen reader say it."""
    parts = [f"{long_day(record.began.date(), now.date())}, {clock_words(record.began)}", name_of(record)]
    if not number_free:
        parts.append(volume_words(record.ml, ounces=ounces) if record.ml is not None else _("no volume noted"))
    return " · ".join(parts)
