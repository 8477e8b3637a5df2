"""Sessions read from a CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from guide.language import _
from guide.store.bringing.cells import number
from guide.store.bringing.sheet import Spreadsheet
from guide.store.log.export import COLUMNS, RUN_BY_SPREADSHEETS
from guide.store.log.fields import RowError, record_from, refusal
from guide.store.log.incoming import Imported, gathered, nothing

MOST_DIGITS: Final = 40
NEEDED: Final = ("began", "routine")


def from_sheet(sheet: Spreadsheet) -> Imported:
    """The sessions of an export's own columns; those it does not know are left to the caller to tell of."""
    header = [name.lower() for name in sheet.header]
    if missing := [name for name in NEEDED if name not in header]:
        sentence = (
            _("the first line has no columns {columns}; it begins {join},… in an export")
            if len(missing) > 1
            else _("the first line has no column {columns}; it begins {join},… in an export")
        )
        return nothing(sentence.format(columns=", ".join(f"'{name}'" for name in missing), join=",".join(COLUMNS[:4])))
    decimal = "," if sheet.separator == ";" else "."
    rows = ((row.line, row.cells) for row in sheet.rows)
    found = gathered(rows, lambda row: record_from(_row_fields(header, row, decimal)))
    problems = sorted((*found.problems, *sheet.bad), key=lambda one: one.line)
    return Imported(found.records, tuple(problems), found.lines)


def _row_fields(header: Sequence[str], row: Sequence[str], decimal: str) -> dict[str, Any]:
    if len(row) > len(header):
        raise RowError(
            _("{count} cells, where the first line has {count_2}").format(count=len(row), count_2=len(header))
        )
    fields: dict[str, Any] = {}
    for name, cell in zip(header, row, strict=False):
        plain = cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in tuple(RUN_BY_SPREADSHEETS) else cell
        if name in {"routine", "routine_id", "meant_for", "note", "uuid"}:
            fields[name] = plain
        elif not plain.strip():
            fields[name] = None
        elif name in {"lasted_s", "left_ml", "right_ml", "steps_total"}:
            fields[name] = _number_in(plain, decimal, name)
        elif name in {"complete", "by_hand"}:
            fields[name] = _yes_or_no(plain, name)
        elif name == "steps":
            fields[name] = _steps_in(plain)
        else:
            fields[name] = plain
    return fields


def _number_in(text: str, decimal: str, name: str) -> float:
    try:
        if decimal == "." and "," not in text and len(text) <= MOST_DIGITS:
            return float(text)  # as an export writes it, with an exponent where it has one
        return number(text, decimal)
    except ValueError:
        raise refusal(name, text, _("a number")) from None


def _yes_or_no(text: str, name: str) -> bool:
    match text.strip().lower():
        case "yes" | "true" | "1":
            return True
        case "no" | "false" | "0":
            return False
        case _:
            raise refusal(name, text, _("yes or no"))


def _steps_in(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise refusal("steps", text, _("the JSON that an export has there")) from None
