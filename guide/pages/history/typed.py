"""What a person types about a session, read as kindly as it can be; one sentence where it cannot."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from guide.amounts import TypedError
from guide.core.duration import LONGEST, MINUTE, DurationError, parse
from guide.dates import MONTHS
from guide.language import _
from guide.store.zone import LocalZone

HERE: Final = LocalZone()
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})(?:\s*[-/.]\s*(\d{2}|\d{4})?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([^\W\d_]+)\.?,?(?:\s+(\d{4}))?")
_MONTH_FIRST: Final = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h\s]\s*(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_FOUR: Final = re.compile(r"(\d{1,2})(\d{2})")


def read_day(text: str, today: date) -> date:
    """
    A day; without a year the latest that has come. Raises `TypedError`.

    >>> sunday = date(2026, 11, 22)
    >>> {read_day(text, sunday).isoformat() for text in ("8 Nov", "Nov 8", "8.11.", "2026-11-08", "8 november 2026")}
    {'2026-11-08'}
    >>> read_day("yesterday", sunday), read_day("24 Dec", sunday)
    (datetime.date(2026, 11, 21), datetime.date(2025, 12, 24))
    """
    plain = " ".join(text.lower().split())
    if plain in {"", "today", _("Today").casefold()}:
        return today
    if plain in {"yesterday", _("Yesterday").casefold()}:
        return today - timedelta(days=1)
    found = _day(plain, today)
    if found > today:
        raise TypedError(_("That day is still to come; a day up to today, please."))
    return found


def _day(plain: str, today: date) -> date:
    if match := _ISO.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(plain):
        day, month = int(match[1]), int(match[3])
        if month > 12:
            day, month = month, day
        elif match[2] != "." and day <= 12 and day != month:
            raise TypedError(
                _("Could you write the month as a word? {day} {value}, or {month} {value_2}.").format(
                    day=day, value=_(MONTHS[month - 1]), month=month, value_2=_(MONTHS[day - 1])
                )
            )
        return _latest(day, month, match[4], today)
    if match := _DAY_FIRST.fullmatch(plain):
        return _latest(int(match[1]), _month(match[2]), match[3], today)
    if match := _MONTH_FIRST.fullmatch(plain):
        return _latest(int(match[2]), _month(match[1]), match[3], today)
    raise TypedError(_("A day could look like 8 Nov, or yesterday."))


def _month(word: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if len(word) >= 3 and any(word.startswith(known.rstrip(".").casefold()) for known in (name, _(name))):
            return number
    raise TypedError(_("A day could look like 8 Nov, or yesterday."))


def _latest(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = _date(today.year, month, day)
    return found if found <= today else _date(today.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise TypedError(_("That day is not in the calendar.")) from None
    if year < 1990:
        raise TypedError(_("A day could look like 8 Nov, or yesterday."))
    return found


def read_time(text: str) -> time:
    """
    A time of day. Raises `TypedError`.

    >>> {read_time(text).isoformat() for text in ("19:45", "7:45 pm", "1945", "19.45")}
    {'19:45:00'}
    >>> read_time("7").isoformat(), read_time("12 am").isoformat()
    ('07:00:00', '00:00:00')
    """
    plain = text.strip().lower()
    match = _FOUR.fullmatch(plain) or _TIME.fullmatch(plain)
    if match is None:
        raise TypedError(_("A time could look like 19:45, or 7:45 pm."))
    hour, minute = int(match[1]), int(match[2] or 0)
    half = match[3] if match.re is _TIME else None
    if half:
        if not 1 <= hour <= 12:
            raise TypedError(_("A time could look like 19:45, or 7:45 pm."))
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour == 24 and minute == 0:  # the end of the day in the field above, or its beginning: a whole day apart
        raise TypedError(_("Midnight is written 00:00, and the day is the one that begins then."))
    if hour > 23 or minute > 59:
        raise TypedError(_("A time could look like 19:45, or 7:45 pm."))
    return time(hour, minute)


def read_lasted(text: str) -> timedelta:
    """
    How long; a number alone, or after hours, is minutes. Nothing is not known; no time at all is no length.

    Raises `TypedError`.

    >>> read_lasted("22") == read_lasted("22 min") == timedelta(minutes=22), read_lasted("")
    (True, datetime.timedelta(0))
    >>> read_lasted("1h 10") == read_lasted("1 h 10 min") == timedelta(minutes=70)
    True
    """
    plain = text.strip().lower().replace(",", ".")
    if plain in {"", "–", "-"}:
        return timedelta(0)
    if re.fullmatch(r"(?:\d+ ?h ?)?\d[\d.]*", plain):
        plain += " min"
    try:
        lasted = parse(plain)
    except (DurationError, OverflowError):
        raise TypedError(
            _("How long it lasted can be written as 22 min. It can be up to {value} hours.").format(
                value=LONGEST // (60 * MINUTE)
            )
        ) from None
    if not lasted:
        raise TypedError(_("It lasted longer than that. Where you do not know how long, leave it blank."))
    return lasted


def read_moment(day: date, at: time, now: datetime, local: datetime | None = None, zone: tzinfo = HERE) -> datetime:
    """
    The moment when her clock showed this, by the rules of `zone`; `local` is when the session began so far.

    A session from another zone keeps the offset it was noted with. A time that came twice is the one it was, else
    the latest that has come. Raises `TypedError` when it is still to come, or did not come that night.
    """
    shown = datetime.combine(day, at)
    if local is not None and local.astimezone(zone).utcoffset() != local.utcoffset():
        candidates = [shown.replace(tzinfo=local.tzinfo)]
    else:
        candidates = [_with_offset(shown.replace(tzinfo=zone, fold=fold)) for fold in (0, 1)]
        if all(one.replace(tzinfo=None) != shown for one in candidates):
            after = max(candidates)
            raise TypedError(
                _("The clocks were put forward then, and {time} was left out; could it be {after}?").format(
                    time=f"{at:%H:%M}", after=f"{after:%H:%M}"
                )
            )
    come = [one for one in candidates if one <= now]
    if not come:
        raise TypedError(_("That time is still to come; when it began, please."))
    kept = [one for one in come if local is not None and one.utcoffset() == local.utcoffset()]
    return kept[0] if kept and len(set(come)) > 1 else max(come)


def _with_offset(moment: datetime) -> datetime:
    """The same by the offset that clocks there had: what the log keeps."""
    there = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)), fold=0)
