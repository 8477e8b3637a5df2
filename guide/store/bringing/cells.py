"""Cells of anybody's sheet read: numbers, volumes, lengths, days and times, as people and programs write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Final

from guide.core.record import ML_PER_OZ
from guide.language import _

MOST_ML: Final = 10_000.0
LONGEST: Final = timedelta(hours=24)
YEARS: Final = range(1970, 2200)


class CellError(ValueError):
    """Says what is wrong with a cell."""


class Unit(StrEnum):
    ML = "ml"
    OZ = "oz"


class LengthUnit(StrEnum):
    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"


class DateOrder(StrEnum):
    """Which number of a day comes first."""

    YEAR = "year first"
    DAY = "day first"
    MONTH = "month first"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sheet writes: its decimal sign, its units, its days."""

    decimal: str = "."
    unit: Unit = Unit.ML
    length: LengthUnit = LengthUnit.MINUTES
    order: DateOrder = DateOrder.YEAR


PLAIN: Final = Manner()
_NUMBER: Final = re.compile(r"[+-]?(?:\d[\d.,' \u00a0\u202f]*\d|\d|[.,]\d+)")
_THOUSANDS: Final = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ".,"}
_VOLUME: Final = re.compile(
    r"(?P<number>[^a-z]+?)\s*(?P<unit>ml|millilit\w*|cc|fl\.?\s*oz\.?|oz\.?|ounces?)?", re.IGNORECASE
)
_PARTS: Final = re.compile(
    r"(?:(?P<h>\d+)\s*h(?:ours?|rs?)?\.?)?[\s,]*(?:(?P<m>\d+)\s*m(?:in(?:ute)?s?)?\.?)?[\s,]*"
    r"(?:(?P<s>\d+)\s*s(?:ec(?:ond)?s?)?\.?)?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?:(\d+) )?(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_DAY: Final = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\.?")
_WORDED: Final = re.compile(r"(?:[a-z]+,?\s+)?(?:(\d{1,2})\.?\s+([a-z]{3,})|([a-z]{3,})\.?\s+(\d{1,2})),?\s+(\d{4})")
_TIME: Final = re.compile(
    r"(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap])?\.?(?:m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def number(text: str, decimal: str = ".") -> float:
    """
    A number, with or without marks for thousands. Raises `CellError`.

    >>> number("1.250", ","), number("1.250,5", ","), number("75.5", ","), number("1,250"), number("1,25")
    (1250.0, 1250.5, 75.5, 1250.0, 1.25)
    """
    plain = text.strip().strip("'")
    if not _NUMBER.fullmatch(plain) or len(plain) > 40:
        raise CellError(_("'{text}' is not a number").format(text=text.strip()[:40]))
    plain = re.sub("[' \u00a0\u202f]", "", plain)
    other = "." if decimal == "," else ","
    if "." in plain and "," in plain:
        last = max(plain.rfind("."), plain.rfind(","))
        plain = re.sub("[.,]", "", plain[:last]) + "." + plain[last + 1 :]
    elif _THOUSANDS[other].fullmatch(plain):
        plain = plain.replace(other, "")
    else:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        raise CellError(_("'{text}' is not a number").format(text=text.strip()[:40])) from None


def with_unit(text: str, unit: str) -> str:
    """An amount with the unit that a column of its own names; one that stands beside the number wins.

    >>> with_unit("3", "oz"), with_unit("60 mL", "oz"), with_unit("", "oz")
    ('3 oz', '60 mL', '')
    """
    bare = text.strip()
    return f"{bare} {unit.strip()}".strip() if bare and bare[-1].isdigit() else text


def volume(text: str, manner: Manner) -> float | None:
    """Milk in mL; None for an empty cell. A unit in the cell itself wins. Raises `CellError`."""
    if text.strip().casefold() in {"", "-", "–", "n/a", "none", "null"}:
        return None
    match = _VOLUME.fullmatch(text.strip())
    if match is None:
        raise CellError(_("'{text}' is not an amount of milk").format(text=text.strip()[:40]))
    amount = number(match["number"], manner.decimal)
    written = (match["unit"] or "").casefold()
    ounces = written.startswith(("fl", "o")) if written else manner.unit is Unit.OZ
    ml = round(amount * ML_PER_OZ, 1) if ounces else amount
    if not 0 <= ml <= MOST_ML:
        raise CellError(
            _("'{text}' is not an amount of milk; 0 to {most} mL is meant").format(
                text=text.strip()[:40], most=f"{MOST_ML:,.0f}"
            )
        )
    return ml


def length(text: str, manner: Manner) -> timedelta:
    """
    How long; nothing for an empty cell. Raises `CellError`.

    >>> [str(length(text, Manner())) for text in ("0:20", "00:20:30", "20", "1h 5m", "20 min")]
    ['0:20:00', '0:20:30', '0:20:00', '1:05:00', '0:20:00']
    """
    plain = text.strip()
    if not plain:
        return timedelta(0)
    if match := _CLOCK.fullmatch(plain):
        days, first, second, third = (int(part or 0) for part in match.groups())
        short = match[4] is None and manner.length is LengthUnit.SECONDS  # 20:15 of a timer are minutes and seconds
        found = timedelta(minutes=first, seconds=second) if short else timedelta(days, third, 0, 0, second, first)
    elif (match := _PARTS.fullmatch(plain)) and any(match.groups()):
        found = timedelta(hours=int(match["h"] or 0), minutes=int(match["m"] or 0), seconds=int(match["s"] or 0))
    else:
        amount = number(plain, manner.decimal)
        one = {LengthUnit.SECONDS: 1, LengthUnit.MINUTES: 60, LengthUnit.HOURS: 3600}[manner.length]
        if abs(amount) * one > LONGEST.total_seconds():
            raise CellError(_("'{text}' is longer than a day").format(text=plain[:40]))
        found = timedelta(seconds=round(amount * one))
    if not timedelta(0) <= found <= LONGEST:
        raise CellError(_("'{text}' is longer than a day, or less than nothing").format(text=plain[:40]))
    return found


def day(text: str, order: DateOrder) -> date:
    """A day. Raises `CellError`."""
    plain = text.strip().casefold()
    try:
        if match := _WORDED.fullmatch(plain):
            month = _MONTHS.index((match[2] or match[3])[:3]) + 1
            return date(int(match[5]), month, int(match[1] or match[4]))
        if match := _DAY.fullmatch(plain):
            first, second, third = match.groups()
            if len(first) == 4:
                return _in_calendar(int(first), int(second), int(third))
            year = int(third) + (2000 if len(third) == 2 else 0)
            pair = (int(first), int(second))
            month, of_month = pair if order is DateOrder.MONTH else pair[::-1]
            return _in_calendar(year, month, of_month)
    except ValueError:
        pass
    raise CellError(_("'{text}' is not a day").format(text=text.strip()[:40]))


def _in_calendar(year: int, month: int, of_month: int) -> date:
    if year not in YEARS:
        raise ValueError
    return date(year, month, of_month)


def clock_time(text: str) -> tuple[time, tzinfo | None]:
    """A time of day, and the zone it is written with. Raises `CellError`."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise CellError(_("'{text}' is not a time of day").format(text=text.strip()[:40]))
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold() == "p" else 0)
    try:
        found = time(hour, minute, second)
    except ValueError:
        raise CellError(_("'{text}' is not a time of day").format(text=text.strip()[:40])) from None
    zone = match["zone"]
    if not zone:
        return found, None
    if zone.casefold() in {"z", "utc", "gmt"}:
        return found, UTC
    return found, datetime.strptime(zone.replace(":", ""), "%z").tzinfo


def moment(text: str, order: DateOrder, zone: tzinfo) -> datetime:
    """
    A day with its time; without an offset from UTC, by the clocks of `zone`. Raises `CellError`.

    A time that the clocks left out becomes the one after; one that came twice is the first.
    """
    plain = text.strip()
    split = re.match(r"(.*?\d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?),?[\sT]+(?=\d{1,2}[:.]\d\d)", plain, re.IGNORECASE)
    if split is None:
        if re.fullmatch(r"\d{4}-\d\d-\d\dT?", plain) or _DAY.fullmatch(plain) or _WORDED.fullmatch(plain.casefold()):
            raise CellError(_("'{text}' has no time of day").format(text=plain[:40]))
        raise CellError(_("'{text}' is not a day with a time").format(text=plain[:40]))
    on, rest = day(split[1], order), plain[split.end() :]
    at, written = clock_time(rest)
    return at_clock(on, at, written or zone)


def at_clock(on: date, at: time, zone: tzinfo) -> datetime:
    """The moment when clocks there showed this, with the offset they had."""
    found = datetime.combine(on, at, zone)
    there = found.astimezone(UTC).astimezone(zone)
    offset = there.utcoffset() or timedelta(0)
    return there.replace(tzinfo=timezone(offset))
