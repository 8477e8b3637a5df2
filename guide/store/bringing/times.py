"""Cells of anybody's sheet read: days and times of day, as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from guide.language import _
from guide.store.bringing.cells import CellError, DateOrder

YEARS: Final = range(1970, 2200)
LONGEST_CELL: Final = 60  # a note of a thousand letters is not tried as a day in every way there is
_DAY: Final = re.compile(r"(?:[^\W\d]{2,}\.?,?\s+)?(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})\.?")
_RUN: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WORDED: Final = re.compile(  # "5 January 2026", "Mon, Jan 5, 2026", "5. März 2026", "5 de enero de 2026", "5-Jan-2026"
    r"(?:[^\W\d]+\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[.\-]?\s*(?:de\s+)?([^\W\d]{3,})"
    r"|([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?)[.,\-]*\s*(?:de[l]?\s+)?(\d{4})",
)
_TIME: Final = re.compile(
    r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?)?\s*(?P<half>[ap])?\.?\s*(?P<of>m\.?)?"
    r"\s*(?P<oclock>uhr|hrs?\.?|h\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_PARTED: Final = re.compile(  # a day, and after it a time of day
    r"(.*?\d{4}|(?:[^\W\d]{2,}\.?,?\s+)?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?),?(?:\s*\b(?:at|um|a las?)\b)?[\sT]+"
    r"(?=\d{1,2}(?:[:.h]\d\d|\s*[ap]\.?\s?m|\s*uhr))",
    re.IGNORECASE,
)
_TURNED: Final = re.compile(  # a time of day, and after it a day
    r"(\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?\s?m\.?|\s*uhr)?),?\s+(?=\S*\d)(\S.*)", re.IGNORECASE
)
_SPAN: Final = re.compile(r"\d{1,2}[:.h]\d\d\s*-\d\d:\d\d", re.IGNORECASE)  # "06:30-07:00", from and until
_FARTHEST: Final = timedelta(hours=14)  # no clocks are further from UTC, nor by less than
_QUARTER: Final = timedelta(minutes=15)
_SINCE_1970: Final = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_MONTHS: Final = (
    ("jan", "ene"), ("feb",), ("mar", "mär", "mrz", "mae"), ("apr", "abr"), ("may", "mai"), ("jun",), ("jul",),
    ("aug", "ago"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip


@lru_cache(maxsize=4096)  # days and times of day come again and again in one sheet
def day(text: str, order: DateOrder) -> date:
    """
    A day. Raises `CellError`.

    >>> [str(day(text, DateOrder.DAY)) for text in ("5.1.26", "Mo, 05.01.2026", "5 de enero de 2026", "20260105")]
    ['2026-01-05', '2026-01-05', '2026-01-05', '2026-01-05']
    """
    plain = text.strip().casefold()
    if (found := _day(plain, order)) is not None:
        return found
    other = DateOrder.DAY if order is DateOrder.MONTH else DateOrder.MONTH
    turned = _day(plain, other) is not None
    why = _("'{text}' is not in the order of the other days") if turned else _("'{text}' is not a day")
    raise CellError(why.format(text=text.strip()[:40]))


def _day(plain: str, order: DateOrder) -> date | None:
    if len(plain) > LONGEST_CELL:
        return None
    with suppress(ValueError, StopIteration):
        if match := _WORDED.fullmatch(plain):
            named = (match[2] or match[3])[:3]
            month = next(number for number, words in enumerate(_MONTHS, 1) if named in words)
            return _in_calendar(int(match[5]), month, int(match[1] or match[4]))
        if match := _RUN.fullmatch(plain):
            return _in_calendar(*map(int, match.groups()))
        if match := _DAY.fullmatch(plain):
            first, second, third = match.groups()
            if len(first) == 4:
                return _in_calendar(int(first), int(second), int(third))
            year = int(third) + (2000 if len(third) == 2 else 0)
            pair = (int(first), int(second))
            month, of_month = pair if order is DateOrder.MONTH else pair[::-1]
            return _in_calendar(year, month, of_month)
    return None


def _in_calendar(year: int, month: int, of_month: int) -> date:
    if year not in YEARS:
        raise ValueError
    return date(year, month, of_month)


@lru_cache(maxsize=4096)
def clock_time(text: str, *, of_moment: bool = False) -> tuple[time, tzinfo | None]:
    """
    A time of day, and the zone it is written with. Raises `CellError`.

    06:30-07:00 is from and until, which is none; only `of_moment`, behind a day and a T, it is seven hours behind UTC.

    >>> [str(clock_time(text)[0]) for text in ("6:35 PM", "18.35 Uhr", "18h35", "1835", "6 p. m.")]
    ['18:35:00', '18:35:00', '18:35:00', '18:35:00', '18:00:00']
    """
    plain = re.sub(r"^(\d?\d)(\d\d)$", r"\1:\2", text.strip())
    match = _TIME.fullmatch(plain) if len(plain) <= LONGEST_CELL else None
    bare = match is not None and not (match["m"] or match["half"] or match["oclock"])
    span = not of_moment and _SPAN.fullmatch(plain)
    if match is None or bare or span or (match["of"] and not match["half"]):
        raise CellError(_("'{text}' is not a time of day").format(text=text.strip()[:40]))
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"].casefold() == "p" else 0)
    try:
        return time(hour, minute, second), _offset(match["zone"])
    except ValueError:
        raise CellError(_("'{text}' is not a time of day").format(text=text.strip()[:40])) from None


def _offset(written: str | None) -> tzinfo | None:
    """The zone of an offset from UTC, where clocks may have it. Raises ValueError."""
    if not written:
        return None
    if written.casefold() in {"z", "utc", "gmt"}:
        return UTC
    offset = datetime.strptime(written, "%z").utcoffset() or timedelta(0)
    if abs(offset) > _FARTHEST or offset % _QUARTER:
        raise ValueError
    return timezone(offset)


def moment(text: str, order: DateOrder, zone: tzinfo) -> datetime:
    """
    A day with its time; without an offset from UTC, by the clocks of `zone`. Raises `CellError`.

    A time that the clocks left out becomes the one after; one that came twice is the first. A number is taken for
    seconds, or milliseconds, since 1970.
    """
    plain = text.strip()
    if len(plain) > LONGEST_CELL:
        raise CellError(_("'{text}' is not a day with a time").format(text=plain[:40]))
    if _SINCE_1970.fullmatch(plain):
        seconds = float(plain) / (1000 if len(plain.split(".")[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    if (turned := _TURNED.fullmatch(plain)) and not _PARTED.match(plain):
        plain = f"{turned[2]} {turned[1]}"
    split = _PARTED.match(plain)
    if split is None:
        if reads(day, plain.removesuffix("T"), order):
            raise CellError(_("'{text}' has no time of day").format(text=plain[:40]))
        raise CellError(_("'{text}' is not a day with a time").format(text=plain[:40]))
    on, rest = day(split[1], order), plain[split.end() :]
    at, written = clock_time(rest, of_moment=plain[split.end() - 1] in {"t", "T"})
    return at_clock(on, at, written or zone)


def at_clock(on: date, at: time, zone: tzinfo) -> datetime:
    """The moment when clocks there showed this, with the offset they had."""
    found = datetime.combine(on, at, zone)
    there = found.astimezone(UTC).astimezone(zone)
    offset = there.utcoffset() or timedelta(0)
    return there.replace(tzinfo=timezone(offset))


def reads(read: Callable[..., object], text: str, *how: object) -> bool:
    """Whether a cell can be read so."""
    try:
        read(text, *how)
    except CellError:
        return False
    return True
