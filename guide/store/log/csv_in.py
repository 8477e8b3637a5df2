"""Sessions read from a CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from guide.store.log.export import COLUMNS, RUN_BY_SPREADSHEETS
from guide.store.log.fields import RowError, record_from, refusal
from guide.store.log.incoming import MOST_BYTES, BrokenError, Imported, gathered, nothing

_NEEDED: Final = ("began", "routine")


@contextmanager
def long_cells() -> Iterator[None]:
    """Let a cell hold the steps of a long session; the limit is one for the whole process."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def from_csv(text: str) -> Imported:
    first = text[: text.find("\n")] if "\n" in text else text
    separator = ";" if first.count(";") > first.count(",") else ","  # what spreadsheets write where 1,5 is a number
    rows = _csv_lines(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    try:
        _, names = next(rows, (1, []))
    except BrokenError as error:
        return nothing(str(error), error.line)
    header = [name.strip().lower() for name in names]
    if missing := [name for name in _NEEDED if name not in header]:
        columns = " and ".join(f"'{name}'" for name in missing)
        return nothing(f"the first line has no column {columns}; it begins {','.join(COLUMNS[:4])},… in an export")
    decimal = "," if separator == ";" else "."
    return gathered(rows, lambda row: record_from(_row_fields(header, row, decimal)))


def _csv_lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it begins on."""
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenError(line, f"this is not CSV from here on ({error})") from error


def _row_fields(header: Sequence[str], row: Sequence[str], decimal: str) -> dict[str, Any]:
    if len(row) > len(header):
        raise RowError(f"{len(row)} cells, where the first line has {len(header)}")
    fields: dict[str, Any] = {}
    for name, cell in zip(header, row, strict=False):
        plain = cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in tuple(RUN_BY_SPREADSHEETS) else cell
        if name in {"routine", "routine_id", "meant_for", "note", "uuid"}:
            fields[name] = plain
        elif not plain.strip():
            fields[name] = None
        elif name in {"lasted_s", "left_ml", "right_ml", "steps_total"}:
            fields[name] = _number_in(plain.replace(decimal, "."), name)
        elif name in {"complete", "by_hand"}:
            fields[name] = _yes_or_no(plain, name)
        elif name == "steps":
            fields[name] = _steps_in(plain)
        else:
            fields[name] = plain
    return fields


def _number_in(text: str, name: str) -> float:
    try:
        return float(text) if len(text) <= 40 else math.nan
    except ValueError:
        raise refusal(name, text, "a number") from None


def _yes_or_no(text: str, name: str) -> bool:
    match text.strip().lower():
        case "yes" | "true" | "1":
            return True
        case "no" | "false" | "0":
            return False
        case _:
            raise refusal(name, text, "yes or no")


def _steps_in(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise refusal("steps", text, "the JSON that an export has there") from None
