"""In which unit milk is read: the one beside a number, else what its column's name, the others' or Settings say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from statistics import median
from typing import Final

from guide.core.record import unit_of
from guide.language import _, screen
from guide.store.bringing.cells import CellError, Unit, number, with_unit, written_unit
from guide.store.bringing.columns import MILK, Match
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.names import unit_named
from guide.store.bringing.sheet import Spreadsheet

MOST_OUNCES: Final = 14.0  # a pumping in fluid ounces is hardly more
MOST_DROPS: Final = 100  # amounts of the first days, before milk comes in, at eight to twelve sessions a day


class Says(Enum):
    """Who says in which unit a number alone is."""

    NAME = auto()  # that of its own column
    NAMES = auto()  # those of the other columns
    SETTINGS = auto()
    SIZE = auto()
    HERSELF = auto()


@dataclass(frozen=True, slots=True)
class PlainAmounts:
    """
    The amounts of a sheet that have no unit beside them: `unit` is that of those whose column's name has none either.

    `differ`: the names of the columns say different ones, each that of its own numbers unless she said another.
    """

    unit: Unit
    says: Says
    differ: bool = False

    @property
    def sure(self) -> bool:
        """Whether the file says it, or she did."""
        return self.says not in {Says.SETTINGS, Says.SIZE}

    @property
    def asked(self) -> bool:
        """Whether another unit can be said: where one unit is in the names of all columns, no number is without."""
        return self.differ or self.says is not Says.NAME


class AmountCells:
    """The amounts of a row as texts, each with the unit that stands nearest to it."""

    def __init__(self, header: Sequence[str], match: Match) -> None:
        self.places = {field: match.fields.index(field) for field in match.fields if field in MILK}
        self._units = match.column(ColumnField.UNIT)
        names = {field: unit_named(header[at]) for field, at in self.places.items()}
        self.differ = {Unit.ML, Unit.OZ} <= set(names.values())
        self.named = {field: unit for field, unit in names.items() if unit is not None and not match.unit_said}

    def text(self, cells: Sequence[str], field: ColumnField) -> str:
        """With the unit beside it, else the one that its column's name says."""
        text, unit = self.beside(cells, field), self.named.get(field)
        return text if unit is None else with_unit(text, unit)

    def beside(self, cells: Sequence[str], field: ColumnField) -> str:
        """With the unit that stands in its row: in its cell, else in a column of units."""
        at = self.places.get(field)
        if at is None or at >= len(cells):
            return ""
        if self._units is None or self._units >= len(cells):
            return cells[at]
        return with_unit(cells[at], cells[self._units])


def plain_amounts(sheet: Spreadsheet, match: Match, settings: Unit) -> PlainAmounts | None:
    """
    In which unit a number alone is read; None for a sheet that has none above nothing.

    What she said goes before all else. Then comes the name of its own column, then those of the others where they
    agree, then Settings.
    """
    cells = AmountCells(sheet.header, match)
    found: dict[ColumnField, list[float]] = {}
    for row in sheet.rows:
        for field in cells.places:
            text = cells.beside(row.cells, field)
            if written_unit(text) is None and (amount := _number(text, match.manner.decimal)) > 0:
                found.setdefault(field, []).append(amount)
    if not found:
        return None
    if match.unit_said:
        return PlainAmounts(match.manner.unit, Says.HERSELF, cells.differ)
    names = set(cells.named.values())
    unnamed = [amount for field, amounts in found.items() if field not in cells.named for amount in amounts]
    if len(names) == 1:
        return PlainAmounts(names.pop(), Says.NAMES if unnamed else Says.NAME)
    if not unnamed:
        return PlainAmounts(settings, Says.NAME, cells.differ)
    return PlainAmounts(*_by_settings(unnamed, settings), cells.differ)


def _by_settings(amounts: Sequence[float], settings: Unit) -> tuple[Unit, Says]:
    """
    The unit of Settings, or the other where numbers of this size are hardly in it.

    Settings say mL to whoever never chose, and most sheets come from programs with a unit of their own: years of 3
    and 4 would be kept as drops, or 90 as 2.6 litres. Small numbers alone are no reason to doubt mL, though: the first
    days give no other ones.
    """
    if settings is Unit.OZ and median(amounts) > MOST_OUNCES:
        return Unit.ML, Says.SIZE
    if settings is Unit.ML and len(amounts) > MOST_DROPS and max(amounts) <= MOST_OUNCES:
        return Unit.OZ, Says.SIZE
    return settings, Says.SETTINGS


def plain_words(plain: PlainAmounts) -> str:
    """In which unit amounts without one are read, and who says so; empty where their columns' names do."""
    told = {
        Says.NAME: "",
        Says.NAMES: _("Amounts without a unit are read in {unit}, as the other columns' names say."),
        Says.SETTINGS: _("Amounts without a unit are read in {unit}, as Settings say."),
        Says.SIZE: _("Amounts without a unit are read in {unit}: of this size they are hardly in {other}."),
        Says.HERSELF: _("Amounts without a unit are read in {unit}, as you said."),
    }[plain.says]
    other = Unit.ML if plain.unit is Unit.OZ else Unit.OZ
    return told.format(unit=unit_words(plain.unit), other=unit_words(other))


def unit_words(unit: Unit) -> str:
    return unit_of(screen(), ounces=unit is Unit.OZ)


@lru_cache(maxsize=4096)  # the same few amounts stand in a sheet again and again
def _number(text: str, decimal: str) -> float:
    try:
        return number(text, decimal)
    except CellError:
        return 0.0
