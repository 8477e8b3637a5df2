"""Which column of a sheet is what: a guess from names and cells, which she can change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from guide.language import _, marks
from guide.store.bringing.cells import PLAIN, CellError, DateOrder, LengthUnit, Manner, Unit, number, written_unit
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.names import field_of, is_elsewhere, plain, unit_named
from guide.store.bringing.shapes import PUMPING, Shape, names_activities, shape_of
from guide.store.bringing.sheet import Spreadsheet

LOOKED_AT: Final = 400  # rows, to tell day from month
MOST_MINUTES: Final = 180.0  # no session is longer; lengths above this are seconds
MOST_HOURS: Final = 6  # and 20:15 is no length of hours
MILK: Final = frozenset({ColumnField.LEFT, ColumnField.RIGHT, ColumnField.AMOUNT})
OF_SOMETHING_ELSE: Final = frozenset({
    "nap", "sleep", "wet", "solid", "diaper", "nappy", "tummy", "milestone", "temperature", "bmi", "circumference",
    "schlaf", "windel", "temperatur", "panal", "siesta",
})  # fmt: skip
OF_A_MEAL: Final = frozenset({"bottle", "feeding", "formula", "biberon", "flasche"})  # unless it has milk besides
PRECISE: Final = frozenset({"clock", "uhrzeit", "hora", "hour"})  # of two columns with a time of day, this one


@dataclass(frozen=True, slots=True)
class Match:
    """
    One field a column, and how the cells are written.

    `unsure` are the sentences to look at before saying yes, `either` a day of the file whose two first numbers may be
    day and month or month and day: its order is a guess. `unit_said`: she said in which unit a number alone is,
    whatever the columns' names and Settings say.
    """

    fields: tuple[ColumnField, ...]
    manner: Manner = PLAIN
    unsure: tuple[str, ...] = ()
    either: str = ""
    unit_said: bool = False

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


def guess(sheet: Spreadsheet) -> Match:
    """The most likely match: what the names of columns say, held against what their cells look like."""
    names = [plain(name) for name in sheet.header]
    columns = [cells_of(sheet, at) for at in range(len(names))]
    shapes = [shape_of(cells) for cells in columns]
    said = [field_of(name) for name in names]
    fields = [_by_cells(field, shape) for field, shape in zip(said, shapes, strict=True)]
    for at, field in enumerate(fields):
        if field is ColumnField.TYPE and columns[at] and not names_activities(columns[at]):
            fields[at] = ColumnField.NOT_TAKEN
    _once(fields, said, names, shapes)
    _complete(fields, names, shapes)
    if _of_something_else(fields, names):
        fields = [ColumnField.NOT_TAKEN] * len(fields)
    return _with_manner(tuple(fields), names, columns, sheet.separator)


def _by_cells(field: ColumnField, shape: Shape) -> ColumnField:
    """A column called "date" or "start time" may hold a day, a time of day or both, and "time" a length."""
    match field, shape:
        case ((ColumnField.BEGAN | ColumnField.DAY | ColumnField.TIME), Shape.MOMENT):
            return ColumnField.BEGAN
        case ((ColumnField.BEGAN | ColumnField.TIME), Shape.DAY):
            return ColumnField.DAY
        case ((ColumnField.BEGAN | ColumnField.DAY), (Shape.CLOCK | Shape.COLON | Shape.DOT | Shape.DIGITS)):
            return ColumnField.TIME
        case ColumnField.TIME, (Shape.LENGTH | Shape.NUMBER):
            return ColumnField.LASTED
        case ColumnField.LASTED, Shape.CLOCK:
            return ColumnField.TIME
        case ColumnField.DAY, (Shape.NUMBER | Shape.LENGTH | Shape.VOLUME | Shape.WORDS | Shape.SIDE):
            return ColumnField.DAY if shape is Shape.WORDS else ColumnField.NOT_TAKEN
        case ColumnField.LASTED, (Shape.MOMENT | Shape.DAY | Shape.VOLUME):
            return ColumnField.NOT_TAKEN
        case ColumnField.ENDED, (Shape.LENGTH | Shape.NUMBER | Shape.VOLUME | Shape.DAY):
            return ColumnField.NOT_TAKEN
        case ((ColumnField.LEFT | ColumnField.RIGHT | ColumnField.AMOUNT | ColumnField.TYPE), Shape.SIDE):
            return ColumnField.SIDE
        case (
            (ColumnField.LEFT | ColumnField.RIGHT | ColumnField.AMOUNT),
            (Shape.MOMENT | Shape.DAY | Shape.CLOCK | Shape.COLON | Shape.LENGTH),
        ):
            return ColumnField.NOT_TAKEN
        case ColumnField.SIDE, (Shape.NUMBER | Shape.DOT | Shape.DIGITS | Shape.VOLUME):
            return ColumnField.AMOUNT
    return field


def _once(
    fields: list[ColumnField], said: Sequence[ColumnField], names: Sequence[str], shapes: Sequence[Shape]
) -> None:
    """Each field once, but for notes; of two times of day one may be a length, and none is wanted beside a moment."""
    moments = [at for at, field in enumerate(fields) if field is ColumnField.BEGAN]
    if any(shapes[at] is not Shape.MOMENT for at in moments) and {ColumnField.DAY, ColumnField.TIME} <= set(fields):
        for at in moments:
            fields[at] = ColumnField.NOT_TAKEN
    by_rank = sorted(
        range(len(fields)),
        key=lambda at: (said[at] is not ColumnField.BEGAN, not PRECISE & set(names[at].split()), at),
    )
    seen: set[ColumnField] = set()
    for at in by_rank:
        field = fields[at]
        apart = field in {ColumnField.DAY, ColumnField.TIME} and ColumnField.BEGAN in fields
        if (field in seen or apart) and field is not ColumnField.NOTE:
            fields[at] = ColumnField.NOT_TAKEN
            if field is ColumnField.TIME and shapes[at] is Shape.COLON and ColumnField.LASTED not in fields:
                fields[at] = ColumnField.LASTED
        seen.add(field)


def _complete(fields: list[ColumnField], names: Sequence[str], shapes: Sequence[Shape]) -> None:
    """What no name told of, from a column that looks like it."""

    def give(field: ColumnField, *kinds: Shape) -> None:
        free = (at for at, one in enumerate(fields) if one is ColumnField.NOT_TAKEN and not is_elsewhere(names[at]))
        at = next((at for at in free if shapes[at] in kinds), None)
        if field not in fields and at is not None:
            fields[at] = field

    if ColumnField.BEGAN not in fields:
        if not {ColumnField.DAY, ColumnField.TIME} <= set(fields):
            give(ColumnField.BEGAN, Shape.MOMENT)
        if ColumnField.BEGAN not in fields:
            give(ColumnField.DAY, Shape.DAY)
            give(ColumnField.TIME, Shape.CLOCK, Shape.COLON)
    give(ColumnField.LASTED, Shape.LENGTH)
    if not MILK & set(fields):
        give(ColumnField.AMOUNT, Shape.VOLUME)
    give(ColumnField.SIDE, Shape.SIDE)


def _of_something_else(fields: Sequence[ColumnField], names: Sequence[str]) -> bool:
    """Whether a sheet is of sleep, diapers or weights: it has times and amounts too, and is no log of pumpings."""
    words = {word for name in names for word in name.split()}
    found = set(fields)
    if {ColumnField.LEFT, ColumnField.RIGHT, ColumnField.TYPE} & found or any(map(PUMPING.search, names)):
        return False
    return bool(words & OF_SOMETHING_ELSE) or (bool(words & OF_A_MEAL) and not found & MILK)


def _with_manner(
    fields: tuple[ColumnField, ...], names: Sequence[str], columns: Sequence[Sequence[str]], separator: str
) -> Match:
    unsure: list[str] = []
    volumes = [at for at, field in enumerate(fields) if field in MILK]
    numbers = [cell for at in volumes for cell in columns[at]]
    decimal = _decimal(numbers, separator)
    unsure += read_as_thousands(numbers, decimal)
    dated = {ColumnField.BEGAN, ColumnField.DAY, ColumnField.ENDED}
    american = _has_ounces([names[at] for at in volumes], numbers)
    if ColumnField.TIME in fields:
        american |= any(map(_half_a_day, columns[fields.index(ColumnField.TIME)]))
    days = [cell.strip() for at, field in enumerate(fields) if field in dated for cell in columns[at]]
    order, either = _order(days, american=american or any(map(_half_a_day, days)))
    if either:
        unsure.append(
            _("Day and month could be either way round; the month is taken to come first.")
            if order is DateOrder.MONTH
            else _("Day and month could be either way round; the day is taken to come first.")
        )
    length = LengthUnit.MINUTES
    if ColumnField.LASTED in fields:
        lasted = fields.index(ColumnField.LASTED)
        length, guessed = _length_unit(set(names[lasted].split()), columns[lasted], decimal)
        unsure += guessed
    return Match(fields, Manner(decimal, length=length, order=order), tuple(unsure), either)


def read_as_thousands(cells: Sequence[str], decimal: str) -> list[str]:
    """The sentence about a number whose mark is taken for that of thousands, where there is one."""
    other = "." if decimal == "," else ","
    found = next((cell.strip() for cell in cells if re.search(rf"\d\{other}\d{{3}}(?!\d)", cell)), None)
    try:
        if found is None:
            return []
        read = marks().decimal(f"{number(found, decimal):g}")
        return [_("'{text}' is read as {number}.").format(text=found[:20], number=read)]
    except CellError:
        return []


def cells_of(sheet: Spreadsheet, at: int) -> list[str]:
    """The cells of a column that are not empty, as many as are looked at."""
    return [row.cells[at] for row in sheet.rows[:LOOKED_AT] if at < len(row.cells) and row.cells[at].strip()]


def _decimal(cells: Sequence[str], separator: str) -> str:
    commas = sum(bool(re.search(r"\d,\d{1,2}(?!\d)", cell)) for cell in cells)
    points = sum(bool(re.search(r"\d\.\d{1,2}(?!\d)", cell)) for cell in cells)
    if commas == points:
        return "," if separator == ";" else "."
    return "," if commas > points else "."


def _has_ounces(names: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether fluid ounces are named: where they are used, the month comes first."""
    named = [unit for name in names if (unit := unit_named(name)) is not None]
    return Unit.OZ in (named or map(written_unit, cells))


def _numbers(cells: Sequence[str], decimal: str) -> list[float]:
    found = []
    for cell in cells:
        try:
            found.append(number(cell, decimal))
        except CellError:
            continue
    return found


def _half_a_day(cell: str) -> bool:
    return re.search(r"\d\s*[ap]\.?m", cell, re.IGNORECASE) is not None


def _order(cells: Sequence[str], *, american: bool) -> tuple[DateOrder, str]:
    """Which number of a day comes first; where that is a guess, a day that shows why."""
    found = [m for cell in cells if (m := re.search(r"(?<![\d:.])(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*\d+", cell))]
    pairs = [(int(m[1]), m[2], int(m[3])) for m in found]
    if not pairs:
        return DateOrder.YEAR, ""
    day_first, month_first = sum(one > 12 for one, _, _ in pairs), sum(two > 12 for _, _, two in pairs)
    if day_first or month_first:  # of a sheet with both, the fewer are left out
        most = day_first - month_first
        return (DateOrder.DAY if most > 0 or (most == 0 and not american) else DateOrder.MONTH), ""
    if all(mark == "." for _, mark, _ in pairs):
        return DateOrder.DAY, ""
    either = next((m[0] for m in found if int(m[1]) != int(m[3])), "")
    return (DateOrder.MONTH if american else DateOrder.DAY), either


def _length_unit(words: set[str], cells: Sequence[str], decimal: str) -> tuple[LengthUnit, list[str]]:
    """What lengths without a unit are in, and the sentence where nothing but their size tells it."""
    if words & {"s", "sec", "secs", "seconds", "sekunden", "sek", "segundos", "seg"}:
        return LengthUnit.SECONDS, []
    timer = next((m[0] for cell in cells if (m := re.fullmatch(r"\s*(\d{1,3}):\d\d\s*", cell)) and _long(m[1])), None)
    if {"mm", "ss"} <= words and not words & {"h", "hh"}:
        return LengthUnit.TIMER, []
    if timer is not None:
        sentence = _("A length such as {text} is taken for minutes and seconds.")
        return LengthUnit.TIMER, [sentence.format(text=timer.strip())]
    if words & {"h", "hh", "hr", "hrs", "hours", "std", "stunden", "horas"}:
        return LengthUnit.HOURS, []
    amounts = sorted(_numbers(cells, decimal))
    if amounts and not words & {"min", "mins", "minutes", "minuten", "minutos"}:
        if amounts[len(amounts) // 2] > MOST_MINUTES:
            return LengthUnit.SECONDS, [_("No unit is named; the lengths are taken for seconds.")]
        if amounts[-1] <= 2 and any(amount % 1 for amount in amounts):
            return LengthUnit.HOURS, [_("No unit is named; the lengths are taken for hours.")]
    return LengthUnit.MINUTES, []


def _long(hours: str) -> bool:
    return int(hours) >= MOST_HOURS
