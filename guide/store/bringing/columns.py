"""Which column of a sheet is what: a guess from names and cells, which she can change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from guide.language import _
from guide.store.bringing.cells import PLAIN, CellError, DateOrder, LengthUnit, Manner, Unit, number
from guide.store.bringing.sheet import SheetRow, Spreadsheet

LOOKED_AT: Final = 400  # rows, to tell day from month and mL from ounces
MOST_OUNCES: Final = 14.0  # no cell above this, and amounts without a unit are taken for fluid ounces


class ColumnField(StrEnum):
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

    fields: tuple[ColumnField, ...]
    manner: Manner = PLAIN
    unsure: tuple[str, ...] = ()
    either: str = ""

    def column(self, field: ColumnField) -> int | None:
        return self.fields.index(field) if field in self.fields else None

    def with_field(self, column: int, field: ColumnField) -> Match:
        """What she says a column is; one that was this before is not taken any more."""
        fields = [
            ColumnField.NOT_TAKEN if one is field and field is not ColumnField.NOTE else one for one in self.fields
        ]
        fields[column] = field
        return replace(self, fields=tuple(fields))

    @property
    def complete(self) -> bool:
        """Whether a session's beginning can be read by it."""
        return ColumnField.BEGAN in self.fields or {ColumnField.DAY, ColumnField.TIME} <= set(self.fields)


_NAMES: Final[tuple[tuple[ColumnField, str], ...]] = (
    (ColumnField.UUID, r"uuid"),
    (ColumnField.LASTED, r"duration.*|lasted.*|length.*|minutes|mins?|dauer.*|duraci.n.*"),
    (ColumnField.ENDED, r"(?:end|ended|finish(?:ed)?|stop(?:ped)?|ende|fin)(?:[ _](?:time|date|at))?"),
    (
        ColumnField.BEGAN,
        r"began|beginn|(?:start|started|begin|datetime|timestamp|date ?(?:and|&)? ?time|inicio)(?: (?:time|date|at))?",
    ),
    (ColumnField.DAY, r"date|day|datum|tag|fecha|d.a"),
    (ColumnField.TIME, r"time|hour|at|uhrzeit|zeit|hora"),
    (ColumnField.UNIT, r"units?|einheit(?:en)?|unidad(?:es)?|(?:amount|volume)[ _]units?"),
    (ColumnField.LEFT, r".*\b(?:left|links|izquierd[oa])\b.*|l|left[ _].*|start condition"),
    (ColumnField.RIGHT, r".*\b(?:right|rechts|derech[oa])\b.*|r|right[ _].*|end condition"),
    (
        ColumnField.AMOUNT,
        r"(?:total|amount|volume|milk|quantity|menge|cantidad|output|expressed|pumped|yield|ml|oz)\b.*|.*\b(?:amount|total)",
    ),
    (ColumnField.SIDE, r"side|breast|seite|lado"),
    (ColumnField.TYPE, r"type|activity|event|kind|category"),
    (ColumnField.ROUTINE, r"routine|method|program(?:me)?"),
    (ColumnField.PURPOSE, r"purpose"),
    (ColumnField.COMFORT, r"comfort|how it felt"),
    (ColumnField.MEANT_FOR, r"meant[ _]for|for"),
    (ColumnField.NOTE, r"notes?|comments?|remarks?|notiz(?:en)?|notas?"),
)


def guess(sheet: Spreadsheet) -> Match:
    """The most likely match of a sheet's columns; each field at most once."""
    names = [re.sub(r"\s+", " ", re.sub(r"[_()\[\]/,]", " ", name.casefold())).strip() for name in sheet.header]
    fields = [ColumnField.NOT_TAKEN] * len(names)
    for field, pattern in _NAMES:
        for at, name in enumerate(names):
            if fields[at] is ColumnField.NOT_TAKEN and field not in fields and re.fullmatch(pattern, name):
                fields[at] = field
    fields = _held_against_cells(fields, sheet.rows)
    return _with_manner(tuple(fields), names, sheet)


def _held_against_cells(fields: list[ColumnField], rows: Sequence[SheetRow]) -> list[ColumnField]:
    """A column named "date" or "time" may hold both; two names for a beginning are one too many."""
    found = list(fields)
    for field in (ColumnField.DAY, ColumnField.TIME):
        if field in found and ColumnField.BEGAN not in found:
            at = found.index(field)
            cells = [cell for cell in _cells(rows, at) if cell.strip()][:LOOKED_AT]
            if cells and all(re.search(r"\d[^:]*[\sT]\d{1,2}[:.]\d\d", cell) for cell in cells):
                found[at] = ColumnField.BEGAN
    if ColumnField.BEGAN in found:
        found = [ColumnField.NOT_TAKEN if one in {ColumnField.DAY, ColumnField.TIME} else one for one in found]
    return found


def _with_manner(fields: tuple[ColumnField, ...], names: Sequence[str], sheet: Spreadsheet) -> Match:
    unsure: list[str] = []
    volumes = [
        at for at, field in enumerate(fields) if field in {ColumnField.LEFT, ColumnField.RIGHT, ColumnField.AMOUNT}
    ]
    numbers = [cell for at in volumes for cell in _cells(sheet.rows, at) if cell.strip()][: 3 * LOOKED_AT]
    decimal = _decimal(numbers, sheet.separator)
    unit, sure = _unit([names[at] for at in volumes], numbers, decimal)
    if numbers and not sure and ColumnField.UNIT not in fields:
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
            if order is DateOrder.MONTH
            else _("Day and month could be either way round; the day is taken to come first.")
        )
    lasted = fields.index(ColumnField.LASTED) if ColumnField.LASTED in fields else None
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


def cells_of(sheet: Spreadsheet, at: int) -> list[str]:
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


def _order(fields: Sequence[ColumnField], rows: Sequence[SheetRow]) -> tuple[DateOrder, str]:
    """Which number of a day comes first; where that is a guess, a day that shows why."""
    columns = [
        at for at, field in enumerate(fields) if field in {ColumnField.BEGAN, ColumnField.DAY, ColumnField.ENDED}
    ]
    cells = [cell.strip() for at in columns for cell in _cells(rows, at)[:LOOKED_AT]]
    found = [m for cell in cells if (m := re.match(r"(\d{1,2})([-/.])(\d{1,2})[-/.]\d+", cell))]
    pairs = [(int(m[1]), m[2], int(m[3])) for m in found]
    if not pairs:
        return DateOrder.YEAR, ""
    if any(first > 12 for first, _, _ in pairs):
        return DateOrder.DAY, ""
    if any(second > 12 for _, _, second in pairs):
        return DateOrder.MONTH, ""
    if all(mark == "." for _, mark, _ in pairs):
        return DateOrder.DAY, ""
    either = next((m[0] for m in found if int(m[1]) != int(m[3])), "")
    american = any(re.search(r"\d\s*[ap]\.?m", cell.casefold()) for cell in cells)
    return (DateOrder.MONTH if american else DateOrder.DAY), either


def _length_unit(name: str) -> LengthUnit:
    if re.search(r"\b(?:s|secs?|seconds|sekunden|segundos)$", name):
        return LengthUnit.SECONDS
    return LengthUnit.HOURS if re.search(r"\b(?:h|hrs?|hours|stunden|horas)$", name) else LengthUnit.MINUTES


def _cells(rows: Sequence[SheetRow], at: int) -> list[str]:
    return [row.cells[at] for row in rows[:LOOKED_AT] if at < len(row.cells)]
