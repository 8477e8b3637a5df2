"""A CSV cut into rows, with their lines: a quotation mark that is never closed costs its own row, not the rest."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from guide.language import _, grouped
from guide.store.bringing.shapes import Shape, shape_of
from guide.store.log.incoming import MOST_BYTES, MOST_ROWS, BadRow

SEPARATORS: Final = (",", ";", "\t", "|")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")  # `splitlines` takes more letters for ends
DATED: Final = (Shape.MOMENT, Shape.DAY, Shape.CLOCK, Shape.COLON)
SAMPLED: Final = 60
_HALF: Final = re.compile(r"[ap]\.?\s?m\.?", re.IGNORECASE)
MOST_ABOVE: Final = 20  # lines of a title
MOST_SPANNED: Final = 200  # lines of one row, as a note may have


@dataclass(frozen=True, slots=True)
class SheetRow:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The first line with words, the rows under it, and what could not be cut into cells."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    separator: str
    bad: tuple[BadRow, ...] = ()


def cut(text: str) -> Spreadsheet:
    """
    Cut a text into a sheet, by the separator that its first line with any has most of.

    Lines above it that have none, a title or the `sep=;` of spreadsheets, are no rows. Where the first row holds a
    day or a time itself, the columns have no names.
    """
    lines = _LINE.findall(text.removeprefix("\ufeff"))
    separator, above = _separator(lines)
    lines[:above] = [""] * above
    rows: list[SheetRow] = []
    bad: list[BadRow] = []
    with _long_cells():
        for found in _rows(lines, separator):
            if isinstance(found, BadRow):
                bad.append(found)
            elif any(cell.strip() for cell in found.cells):
                rows.append(found)
            if len(rows) > MOST_ROWS:
                bad.append(BadRow(rows[-1].line, _("more than {n} sessions end here").format(n=grouped(MOST_ROWS))))
                break
    if not rows:
        return Spreadsheet((), (), separator, tuple(bad))
    header, *body = rows = _with_their_half_of_the_day(rows)
    if any(shape_of([cell]) in DATED for cell in header.cells):
        return Spreadsheet(("",) * len(header.cells), tuple(rows), separator, tuple(bad))
    return Spreadsheet(tuple(cell.strip() for cell in header.cells), tuple(body), separator, tuple(bad))


def _with_their_half_of_the_day(rows: list[SheetRow]) -> list[SheetRow]:
    """The rows, where "am" and "pm" stand in a column of their own: put behind the time that they belong to."""
    sample = [row.cells for row in rows[1:SAMPLED]]
    width = len(rows[0].cells)
    for at in range(1, width):
        halves = [cells[at].strip() for cells in sample if at < len(cells) and cells[at].strip()]
        if halves and all(map(_HALF.fullmatch, halves)):
            return [_joined(row, at) for row in rows]
    return rows


def _joined(row: SheetRow, at: int) -> SheetRow:
    if at >= len(row.cells):
        return row
    half = row.cells[at].strip()
    before = f"{row.cells[at - 1]} {half}" if _HALF.fullmatch(half) else row.cells[at - 1]
    return SheetRow(row.line, (*row.cells[: at - 1], before, *row.cells[at + 1 :]))


def _separator(lines: list[str]) -> tuple[str, int]:
    """What parts the cells, and how many lines stand above the first one with cells."""
    for at, line in enumerate(lines[:MOST_ABOVE]):
        if (said := re.fullmatch(r"\"?sep=([,;|\t])\"?", line.strip("\r\n"))) is not None:
            return said[1], at + 1
        separator = max(SEPARATORS, key=line.count)
        if len([cell for cell in line.split(separator) if cell.strip()]) > 1:
            return separator, at
    return ",", 0


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let a cell hold the steps of a long session; the limit is one for the whole process."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(lines: list[str], separator: str) -> Iterator[SheetRow | BadRow]:
    at, width = 0, 0
    while at < len(lines):
        spanned = _spanned(lines, at, separator)
        if spanned is None or (spanned > 1 and width and _swallowed(lines[at + 1 : at + spanned], separator, width)):
            yield BadRow(at + 1, _("a quotation mark on this line is never closed, so the line cannot be read"))
            at += 1
            continue
        try:
            (cells,) = csv.reader(["".join(lines[at : at + spanned])], delimiter=separator)
        except (csv.Error, ValueError):
            cells = []
        if cells:
            yield SheetRow(at + 1, tuple(cells))
            width = width or len(cells)
        at += spanned


def _spanned(lines: list[str], at: int, separator: str) -> int | None:
    """How many lines the row that begins at `at` goes over; None where its last quotation mark stays open."""
    for number in range(1, min(MOST_SPANNED, len(lines) - at) + 1):
        if _closed("".join(lines[at : at + number]), separator):
            return number
    return None


def _closed(text: str, separator: str) -> bool:
    """
    Whether no quoted cell is still open at the end; a mark within an unquoted cell is a letter.

    One that is written twice within a quotation closes it and opens it again.
    """
    if '"' not in text:
        return True
    inside, fresh = False, True
    for letter in text:
        if inside:
            inside = letter != '"'
        elif letter == '"' and fresh:
            inside = True
        else:
            fresh = letter == separator or letter in "\r\n"
    return not inside


def _swallowed(lines: list[str], separator: str, width: int) -> bool:
    """Whether lines that a quotation took in are rows themselves: as many cells as the first line, a number first."""
    return all(line.count(separator) >= width - 1 and line[:1].isdigit() for line in lines if line.strip())
