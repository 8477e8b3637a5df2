"""Which column of a sheet is what: a guess from names and cells, which she can change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from guide.language import _
from guide.store.bringing.cells import PLAIN, CellError, LengthUnit, Manner, Order, Unit, number
from guide.store.bringing.sheet import Row, Sheet

LOOKED_AT: Final = 400  # rows, to tell day from month and mL from ounces
MOST_OUNCES: Final = 14.0  # no cell above this, and amounts without a unit are taken for fluid ounces


class Field(StrEnum):
    """What a column may be."""

    NOT_TAKEN = "not taken"
    BEGAN = "began"
    DAY = "day"
    TIME = "time"
    ENDED = "ended"
    LASTED = "lasted"
    LEFT = "left"
    RIGHT = "right"
    AMOUNT = "amount"
    UNIT = "unit"
    SIDE = "side"
    TYPE = "type"
    ROUTINE = "routine"
    PURPOSE = "purpose"
    COMFORT = "comfort"
    MEANT_FOR = "meant for"
    NOTE = "note"
    UUID = "uuid"


@dataclass(frozen=True, slots=True)
class Match:
    """
    One field a column, and how the cells are written.

    `unsure` are the sentences to look at before saying yes, `either` a day of the file whose two first numbers may be
    day and month or month and day: its order is a guess.
    """

    fields: tuple[Field, ...]
    manner: Manner = PLAIN
    unsure: tuple[str, ...] = ()
    either: str = ""

    def column(self, field: Field) -> int | None:
        return self.fields.index(field) if field in self.fields else None

    def with_field(self, column: int, field: Field) -> Match:
        """What she says a column is; one that was this before is not taken any more."""
        fields = [Field.NOT_TAKEN if one is field and field is not Field.NOTE else one for one in self.fields]
        fields[column] = field
        return replace(self, fields=tuple(fields))

    @property
    def complete(self) -> bool:
        """Whether a session's beginning can be read by it."""
        return Field.BEGAN in self.fields or {Field.DAY, Field.TIME} <= set(self.fields)


_NAMES: Final[tuple[tuple[Field, str], ...]] = (
    (Field.UUID, r"uuid"),
    (Field.LASTED, r"duration.*|lasted.*|length.*|minutes|mins?|dauer.*|duraci.n.*"),
    (Field.ENDED, r"(?:end|ended|finish(?:ed)?|stop(?:ped)?|ende|fin)(?:[ _](?:time|date|at))?"),
    (
        Field.BEGAN,
        r"began|beginn|(?:start|started|begin|datetime|timestamp|date ?(?:and|&)? ?time|inicio)(?: (?:time|date|at))?",
    ),
    (Field.DAY, r"date|day|datum|tag|fecha|d.a"),
    (Field.TIME, r"time|hour|at|uhrzeit|zeit|hora"),
    (Field.UNIT, r"units?|einheit(?:en)?|unidad(?:es)?|(?:amount|volume)[ _]units?"),
    (Field.LEFT, r".*\b(?:left|links|izquierd[oa])\b.*|l|left[ _].*|start condition"),
    (Field.RIGHT, r".*\b(?:right|rechts|derech[oa])\b.*|r|right[ _].*|end condition"),
    (
        Field.AMOUNT,
        r"(?:total|amount|volume|milk|quantity|menge|cantidad|output|expressed|pumped|yield|ml|oz)\b.*|.*\b(?:amount|total)",
    ),
    (Field.SIDE, r"side|breast|seite|lado"),
    (Field.TYPE, r"type|activity|event|kind|category"),
    (Field.ROUTINE, r"routine|method|program(?:me)?"),
    (Field.PURPOSE, r"purpose"),
    (Field.COMFORT, r"comfort|how it felt"),
    (Field.MEANT_FOR, r"meant[ _]for|for"),
    (Field.NOTE, r"notes?|comments?|remarks?|notiz(?:en)?|notas?"),
)


def guess(sheet: Sheet) -> Match:
    """The most likely match of a sheet's columns; each field at most once."""
    names = [re.sub(r"\s+", " ", re.sub(r"[_()\[\]/,]", " ", name.casefold())).strip() for name in sheet.header]
    fields = [Field.NOT_TAKEN] * len(names)
    for field, pattern in _NAMES:
        for at, name in enumerate(names):
            if fields[at] is Field.NOT_TAKEN and field not in fields and re.fullmatch(pattern, name):
                fields[at] = field
    fields = _held_against_cells(fields, sheet.rows)
    return _with_manner(tuple(fields), names, sheet)


def _held_against_cells(fields: list[Field], rows: Sequence[Row]) -> list[Field]:
    """A column named "date" or "time" may hold both; two names for a beginning are one too many."""
    found = list(fields)
    for field in (Field.DAY, Field.TIME):
        if field in found and Field.BEGAN not in found:
            at = found.index(field)
            cells = [cell for cell in _cells(rows, at) if cell.strip()][:LOOKED_AT]
            if cells and all(re.search(r"\d[^:]*[\sT]\d{1,2}[:.]\d\d", cell) for cell in cells):
                found[at] = Field.BEGAN
    if Field.BEGAN in found:
        found = [Field.NOT_TAKEN if one in {Field.DAY, Field.TIME} else one for one in found]
    return found


def _with_manner(fields: tuple[Field, ...], names: Sequence[str], sheet: Sheet) -> Match:
    unsure: list[str] = []
    volumes = [at for at, field in enumerate(fields) if field in {Field.LEFT, Field.RIGHT, Field.AMOUNT}]
    numbers = [cell for at in volumes for cell in _cells(sheet.rows, at) if cell.strip()][: 3 * LOOKED_AT]
    decimal = _decimal(numbers, sheet.separator)
    unit, sure = _unit([names[at] for at in volumes], numbers, decimal)
    if numbers and not sure and Field.UNIT not in fields:
        unsure.append(
            _("No unit is named; the amounts are taken for fluid ounces.")
            if unit is Unit.OZ
            else _("No unit is named; the amounts are taken for mL.")
        )
    unsure += read_as_thousands(numbers, decimal)
    order, either = _order(fields, sheet.rows)
    if either:
        unsure.append(
            _("Day and month could be either way round; the month is taken to come first.")
            if order is Order.MONTH
            else _("Day and month could be either way round; the day is taken to come first.")
        )
    lasted = fields.index(Field.LASTED) if Field.LASTED in fields else None
    length = _length_unit(names[lasted] if lasted is not None else "")
    return Match(fields, Manner(decimal, unit, length, order), tuple(unsure), either)


def read_as_thousands(cells: Sequence[str], decimal: str) -> list[str]:
    """The sentence about a number whose mark is taken for that of thousands, where there is one."""
    other = "." if decimal == "," else ","
    found = next((cell.strip() for cell in cells if re.search(rf"\d\{other}\d{{3}}(?!\d)", cell)), None)
    try:
        if found is None:
            return []
        return [_("'{text}' is read as {number}.").format(text=found[:20], number=f"{number(found, decimal):g}")]
    except CellError:
        return []


def cells_of(sheet: Sheet, at: int) -> list[str]:
    return [cell for cell in _cells(sheet.rows, at) if cell.strip()]


def _decimal(cells: Sequence[str], separator: str) -> str:
    commas = sum(bool(re.search(r"\d,\d{1,2}(?!\d)", cell)) for cell in cells)
    points = sum(bool(re.search(r"\d\.\d{1,2}(?!\d)", cell)) for cell in cells)
    if commas == points:
        return "," if separator == ";" else "."
    return "," if commas > points else "."


def _unit(names: Sequence[str], cells: Sequence[str], decimal: str) -> tuple[Unit, bool]:
    words = " ".join([*names, *cells[:50]]).casefold()
    if re.search(r"\boz\b|\doz\b|ounce", words):
        return Unit.OZ, True
    if re.search(r"ml\b|millilit|\bcc\b", words):
        return Unit.ML, True
    amounts = []
    for cell in cells:
        try:
            amounts.append(number(cell, decimal))
        except CellError:
            continue
    return (Unit.OZ if amounts and 0 < max(amounts) <= MOST_OUNCES else Unit.ML), False


def _order(fields: Sequence[Field], rows: Sequence[Row]) -> tuple[Order, str]:
    """Which number of a day comes first; where that is a guess, a day that shows why."""
    columns = [at for at, field in enumerate(fields) if field in {Field.BEGAN, Field.DAY, Field.ENDED}]
    cells = [cell.strip() for at in columns for cell in _cells(rows, at)[:LOOKED_AT]]
    found = [m for cell in cells if (m := re.match(r"(\d{1,2})([-/.])(\d{1,2})[-/.]\d+", cell))]
    pairs = [(int(m[1]), m[2], int(m[3])) for m in found]
    if not pairs:
        return Order.YEAR, ""
    if any(first > 12 for first, _, _ in pairs):
        return Order.DAY, ""
    if any(second > 12 for _, _, second in pairs):
        return Order.MONTH, ""
    if all(mark == "." for _, mark, _ in pairs):
        return Order.DAY, ""
    either = next((m[0] for m in found if int(m[1]) != int(m[3])), "")
    american = any(re.search(r"\d\s*[ap]\.?m", cell.casefold()) for cell in cells)
    return (Order.MONTH if american else Order.DAY), either


def _length_unit(name: str) -> LengthUnit:
    if re.search(r"\b(?:s|secs?|seconds|sekunden|segundos)$", name):
        return LengthUnit.SECONDS
    return LengthUnit.HOURS if re.search(r"\b(?:h|hrs?|hours|stunden|horas)$", name) else LengthUnit.MINUTES


def _cells(rows: Sequence[Row], at: int) -> list[str]:
    return [row.cells[at] for row in rows[:LOOKED_AT] if at < len(row.cells)]
