"""Rows of another program's log made sessions by a match; each row that is not one says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any, Final

from guide.core.kinds import Comfort
from guide.core.record import Record
from guide.core.routine import Purpose
from guide.core.shown import quoted
from guide.language import _, decimal, grouped, ngettext
from guide.store.bringing.cells import CellError, Manner, Unit, length, volume, written_unit
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.shapes import LEFT_WORDS, PUMPING, RIGHT_WORDS
from guide.store.bringing.sheet import SheetRow, Spreadsheet
from guide.store.bringing.times import at_clock, clock_time, day, moment, reads
from guide.store.bringing.units import AmountCells
from guide.store.log.incoming import BadRow, Imported
from guide.store.log.rows import LONGEST_TEXT, clean

Cell = Callable[[ColumnField], str]

SIDES_AND_SUM: Final = (ColumnField.LEFT, ColumnField.RIGHT, ColumnField.AMOUNT)
NEARLY: Final = {Unit.ML: 1.0, Unit.OZ: 3.5}  # mL that two sides and their sum differ by where each was rounded


def sessions(sheet: Spreadsheet, match: Match, zone: tzinfo) -> Imported:
    """The sessions of a sheet; `zone` is where times without an offset were noted."""
    records: list[Record] = []
    lines: list[int] = []
    bad = list(sheet.bad)
    read = RowReader(match, sheet.header, zone)
    for row in dated(sheet, match):
        try:
            records.append(read.session(row.cells))
            lines.append(row.line)
        except CellError as error:
            bad.append(BadRow(row.line, str(error)))
    return Imported(tuple(records), tuple(sorted(bad, key=lambda one: one.line)), tuple(lines))


def dated(sheet: Spreadsheet, match: Match) -> Iterator[SheetRow]:
    """The rows, each with its day: a sheet kept by hand often names it once, and times alone beneath."""
    on, clock = match.column(ColumnField.DAY), match.column(ColumnField.TIME)
    above = ""
    for row in sheet.rows:
        if on is None or clock is None or max(on, clock) >= len(row.cells):
            yield row
        elif row.cells[on].strip():
            above = row.cells[on] if reads(day, row.cells[on], match.manner.order) else ""
            yield row
        else:
            timed = reads(clock_time, row.cells[clock])
            yield replace(row, cells=(*row.cells[:on], above, *row.cells[on + 1 :])) if timed else row


class RowReader:
    """Rows read by a match. Where each field stands is looked up once: a sheet of years has a hundred thousand rows."""

    def __init__(self, match: Match, header: Sequence[str], zone: tzinfo) -> None:
        self._manner, self._width, self._zone = match.manner, len(header), zone
        self._amounts = AmountCells(header, match)
        self._at = {field: match.fields.index(field) for field in set(match.fields)}
        self._notes = [at for at, field in enumerate(match.fields) if field is ColumnField.NOTE]

    def session(self, cells: Sequence[str]) -> Record:
        """The session of a row. Raises `CellError`."""

        def cell(field: ColumnField) -> str:
            at = self._at.get(field)
            return cells[at].strip() if at is not None and at < len(cells) else ""

        if len(cells) > self._width and any(one.strip() for one in cells[self._width :]):
            raise CellError(_("{n} cells, where the first line has {first}").format(n=len(cells), first=self._width))
        note = "; ".join(cells[at].strip() for at in self._notes if at < len(cells) and cells[at].strip())
        return _session(cell, partial(self._amounts.text, cells), note, self._manner, self._zone)


def _session(cell: Cell, amount: Cell, note: str, manner: Manner, zone: tzinfo) -> Record:
    kind = cell(ColumnField.TYPE)
    if kind and not PUMPING.search(kind):
        raise CellError(_("'{what}' is no pumping").format(what=quoted(kind)))
    began = _began(cell, manner, zone)
    lasted = length(cell(ColumnField.LASTED), manner)
    if not lasted and cell(ColumnField.ENDED):
        lasted = _ended(cell(ColumnField.ENDED), began, manner, zone) - began
        if not timedelta(0) <= lasted <= timedelta(hours=24):
            raise CellError(_("it ends before it begins, or a day later"))
    left, right = _sides(amount, cell(ColumnField.SIDE), manner)
    return Record(
        id=0,
        routine_id="",
        routine_name=clean(cell(ColumnField.ROUTINE)),
        began=began,
        lasted=lasted,
        purpose=_word(Purpose, cell(ColumnField.PURPOSE)),
        left_ml=left,
        right_ml=right,
        comfort=_word(Comfort, cell(ColumnField.COMFORT)),
        meant_for=clean(cell(ColumnField.MEANT_FOR)),
        note=clean(note),
        by_hand=True,
        uuid=cell(ColumnField.UUID)[:64],
    )


def _began(cell: Cell, manner: Manner, zone: tzinfo) -> datetime:
    if whole := cell(ColumnField.BEGAN):
        found = moment(whole, manner.order, zone)
        return found if found.utcoffset() else found.astimezone(zone)
    if not cell(ColumnField.DAY):
        raise CellError(_("it has no day"))
    on = day(cell(ColumnField.DAY), manner.order)
    if not cell(ColumnField.TIME):
        raise CellError(_("it has no time of day"))
    at, written = clock_time(cell(ColumnField.TIME))
    return at_clock(on, at, written or zone)


def _ended(text: str, began: datetime, manner: Manner, zone: tzinfo) -> datetime:
    """The end; where a time of day stands alone it is the next one after the beginning."""
    if not reads(clock_time, text):
        return moment(text, manner.order, zone)
    at, written = clock_time(text)
    here = written or began.tzinfo or zone
    ended = at_clock(began.astimezone(here).date(), at, here)
    return ended if ended >= began else ended + timedelta(days=1)


def _sides(amount: Cell, side: str, manner: Manner) -> tuple[float | None, float | None]:
    """Left and right mL; an amount of both together is noted half a side, and one beside a side is the other's."""
    left, right, both = (volume(amount(field), manner) for field in SIDES_AND_SUM)
    if both is None or (left is not None and right is not None):
        return left, right
    if left is None and right is None:
        if LEFT_WORDS.fullmatch(side):
            return both, None
        if RIGHT_WORDS.fullmatch(side):
            return None, both
        return round(both / 2, 2), round(both - round(both / 2, 2), 2)
    one = left if left is not None else right or 0.0
    if one > both:
        raise CellError(
            _("one side has {one} mL and both together only {both} mL").format(
                one=decimal(f"{one:g}"), both=decimal(f"{both:g}")
            )
        )
    other = round(both - one, 2)
    return (one, other) if left is not None else (other, one)


def halved(sheet: Spreadsheet, match: Match) -> bool:
    """Whether any row has milk of both sides together that nothing tells the sides of."""
    amount, side = match.column(ColumnField.AMOUNT), match.column(ColumnField.SIDE)
    if amount is None:
        return False
    told = [at for at in (match.column(ColumnField.LEFT), match.column(ColumnField.RIGHT)) if at is not None]

    def milk(cells: Sequence[str], at: int) -> float | None:
        try:
            return volume(cells[at], match.manner) if at < len(cells) else None
        except CellError:
            return None

    def one_sided(cells: Sequence[str]) -> bool:
        named = cells[side].strip() if side is not None and side < len(cells) else ""
        return bool(LEFT_WORDS.fullmatch(named) or RIGHT_WORDS.fullmatch(named))

    return any(
        milk(row.cells, amount) and not one_sided(row.cells) and all(milk(row.cells, at) is None for at in told)
        for row in sheet.rows
    )


def also_to_know(sheet: Spreadsheet, match: Match) -> Iterator[str]:
    """What of the rows is not as it stands there: sides that do not make their sum, a text too long to be kept."""
    differing = list(_disagreeing(sheet, match))
    if differing:
        line, sides, both = differing[0]
        yield _("In line {line} the sides make {sides} mL and both together {both} mL; the sides are kept.").format(
            line=line, sides=decimal(f"{sides:g}"), both=decimal(f"{both:g}")
        )
    if more := len(differing[1:]):
        yield ngettext("So it is in {n} more line.", "So it is in {n} more lines.", more).format(n=grouped(more))
    for row in sheet.rows:
        if any(len(cell) > LONGEST_TEXT for cell in row.cells):
            yield _("In line {line} a text is longer than {most} letters; what fits is kept.").format(
                line=row.line, most=grouped(LONGEST_TEXT)
            )


def _disagreeing(sheet: Spreadsheet, match: Match) -> Iterator[tuple[int, float, float]]:
    """The lines whose two sides do not make the amount of both together, with what each says in mL."""
    amounts = AmountCells(sheet.header, match)
    if len(amounts.places) < len(SIDES_AND_SUM):
        return
    for row in sheet.rows:
        texts = [amounts.text(row.cells, field) for field in SIDES_AND_SUM]
        try:
            left, right, both = (volume(text, match.manner) for text in texts)
        except CellError:
            continue
        if left is None or right is None or both is None:
            continue
        if abs(left + right - both) > max(NEARLY[written_unit(text) or match.manner.unit] for text in texts):
            yield row.line, left + right, both


def _word(kind: Any, text: str) -> Any:
    try:
        return kind(text.casefold())
    except ValueError:
        return None
