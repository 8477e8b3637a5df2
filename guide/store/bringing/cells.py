"""Cells of anybody's sheet read: numbers, volumes and lengths, as people and programs write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from guide.core.record import ML_PER_OZ
from guide.language import _, grouped

MOST_ML: Final = 10_000.0
LONGEST: Final = timedelta(hours=24)
LONGEST_TEXT: Final = 60  # a note of a thousand letters is not tried in every way there is


class CellError(ValueError):
    """Says what is wrong with a cell."""


class Unit(StrEnum):
    ML = "ml"
    OZ = "oz"


class LengthUnit(StrEnum):
    """What a length without a unit is in; 20:15 is 20 hours, or of a timer 20 minutes."""

    MINUTES = "min"
    TIMER = "min:s"
    SECONDS = "s"
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
_SECONDS: Final = {LengthUnit.SECONDS: 1, LengthUnit.MINUTES: 60, LengthUnit.TIMER: 60, LengthUnit.HOURS: 3600}
_NUMBER: Final = re.compile(r"[+-]?(?:\d[\d.,' \u00a0\u202f]*\d\.?|\d\.?|[.,]\d+)")
_SPACED: Final = re.compile(r"[+-]?\d{1,3}(?:[' \u00a0\u202f]\d{3})+(?:[.,]\d*)?")
_WHOLE: Final = re.compile(r"\d{1,4}")
_PART: Final = re.compile(r"(?:(\d{1,4})[ \u00a0-]+)?(\d{1,2})[/\u2044](2|3|4|5|8|10|16)")
_THOUSANDS: Final = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ".,"}
_VOLUME: Final = re.compile(
    r"(?P<number>[^a-z]+?)\s*(?P<unit>ml|millilit\w*|cc|fl\.?\s*oz\.?|oz\.?|ounces?|onzas?|unzen?)?", re.IGNORECASE
)
_ONE: Final = r"(\d+(?:[.,]\d+)?)\s*"
_PARTS: Final = re.compile(  # "1 h 5 min", "25 Min.", "1 hora y 5 minutos", "PT25M", "25' 30''"
    rf"(?:pt)?(?:{_ONE}(?:hours?|hrs?|h|stunden?|std|horas?)\.?)?[\s,]*(?:and|und|y)?\s*"
    rf"(?:{_ONE}(?:minut(?:e[ns]?|os?)|mins?|m|'(?!')|′)\.?)?[\s,]*(?:and|und|y)?\s*"
    rf"(?:{_ONE}(?:seconds?|secs?|s|sekunden?|sek|segundos?|seg|''|″|\")\.?)?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?:(\d+) )?(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?")


@lru_cache(maxsize=4096)  # the same few amounts stand in a sheet again and again
def number(text: str, decimal: str = ".") -> float:
    """
    A number, with or without marks for thousands, or with a fraction as kitchens write it. Raises `CellError`.

    What has such a mark where no thousands end is two amounts in one cell, as "60 70" and "2.5,3", and is no number.

    >>> number("1.250", ","), number("1.250,5", ","), number("75.5", ","), number("1,250"), number("1,25")
    (1250.0, 1250.5, 75.5, 1250.0, 1.25)
    >>> number("2½"), number("2 1/2"), number("3-3/4"), number("¼"), number("60.")
    (2.5, 2.5, 3.75, 0.25, 60.0)
    """
    plain = text.strip().strip("'")
    if (part := _fraction(plain)) is not None:
        return part
    if not _NUMBER.fullmatch(plain) or len(plain) > 40:
        raise _no_number(text)
    if (bare := re.sub("[' \u00a0\u202f]", "", plain)) != plain and not _SPACED.fullmatch(plain):
        raise _no_number(text)
    plain = bare
    other = "." if decimal == "," else ","
    if "." in plain and "," in plain:
        mark, grouping = (".", ",") if plain.rfind(".") > plain.rfind(",") else (",", ".")
        whole, _mark, rest = plain.rpartition(mark)
        if not _THOUSANDS[grouping].fullmatch(whole):
            raise _no_number(text)
        plain = f"{whole.replace(grouping, '')}.{rest}"
    elif _THOUSANDS[other].fullmatch(plain):
        plain = plain.replace(other, "")
    else:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        raise _no_number(text) from None


def _no_number(text: str) -> CellError:
    return CellError(_("'{text}' is not a number").format(text=text.strip()[:40]))


def _fraction(text: str) -> float | None:
    """A whole number and a fraction, or a fraction alone; None for any other text."""
    last = text[-1:]
    if last and not last.isdecimal() and last.isnumeric() and 0 < unicodedata.numeric(last) < 1:
        whole = text[:-1].rstrip(" -\u00a0\u202f")
        return unicodedata.numeric(last) + int(whole or 0) if not whole or _WHOLE.fullmatch(whole) else None
    if (match := _PART.fullmatch(text)) is not None and int(match[2]) < int(match[3]):
        return int(match[1] or 0) + int(match[2]) / int(match[3])
    return None


def with_unit(text: str, unit: str) -> str:
    """An amount with the unit that is named elsewhere for it; one that stands beside the number wins.

    >>> with_unit("3", "oz"), with_unit("60.", "oz"), with_unit("60 mL", "oz"), with_unit("", "oz")
    ('3 oz', '60. oz', '60 mL', '')
    """
    bare = text.strip()
    return f"{bare} {unit.strip()}".strip() if bare.rstrip(".")[-1:].isnumeric() else text


@lru_cache(maxsize=4096)
def written_unit(text: str) -> Unit | None:
    """
    The unit that stands beside a number.

    >>> [written_unit(text) for text in ("0.7 oz", "60ml", "60", "some")]
    [<Unit.OZ: 'oz'>, <Unit.ML: 'ml'>, None, None]
    """
    match = _VOLUME.fullmatch(text.strip())
    return None if match is None else _unit(match)


def _unit(match: re.Match[str]) -> Unit | None:
    written = (match["unit"] or "").casefold()
    if not written:
        return None
    return Unit.OZ if written.startswith(("fl", "o", "u")) else Unit.ML


def volume(text: str, manner: Manner) -> float | None:
    """Milk in mL; None for an empty cell. A unit in the cell itself wins. Raises `CellError`."""
    if text.strip().casefold() in {"", "-", "–", "n/a", "none", "null"}:
        return None
    match = _VOLUME.fullmatch(text.strip())
    if match is None:
        raise CellError(_("'{text}' is not an amount of milk").format(text=text.strip()[:40]))
    amount = number(match["number"], manner.decimal)
    ml = round(amount * ML_PER_OZ, 1) if (_unit(match) or manner.unit) is Unit.OZ else amount
    if not 0 <= ml <= MOST_ML:
        raise CellError(
            _("'{text}' is not an amount of milk; 0 to {most} mL is meant").format(
                text=text.strip()[:40], most=grouped(round(MOST_ML))
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
    if len(plain) > LONGEST_TEXT:
        raise _no_number(plain)
    if match := _CLOCK.fullmatch(plain):
        days, first, second, third = (int(part or 0) for part in match.groups())
        short = match[4] is None and manner.length in {LengthUnit.TIMER, LengthUnit.SECONDS}
        found = timedelta(minutes=first, seconds=second) if short else timedelta(days, third, 0, 0, second, first)
    elif (match := _PARTS.fullmatch(plain)) and any(match.groups()):
        parts = (float((part or "0").replace(",", ".")) for part in match.groups())
        hours, minutes, seconds = (_within(part, plain) for part in parts)
        found = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    else:
        found = timedelta(seconds=round(_within(number(plain, manner.decimal), plain) * _SECONDS[manner.length]))
    if not timedelta(0) <= found <= LONGEST:
        raise CellError(_("'{text}' is longer than a day, or less than nothing").format(text=plain[:40]))
    return found


def _within(amount: float, text: str) -> float:
    """A number of hours, minutes or seconds that a length can be made of."""
    if abs(amount) > LONGEST.total_seconds():
        raise CellError(_("'{text}' is longer than a day").format(text=text[:40]))
    return amount
