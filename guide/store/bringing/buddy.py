"""Pumpings as Baby Buddy's API answers them: a page of results, several, one pumping, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from guide.core.shown import one_line, quoted
from guide.language import _
from guide.store.bringing.cells import DateOrder, LengthUnit, Manner
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField
from guide.store.bringing.sheet import SheetRow, Spreadsheet
from guide.store.log.incoming import BadRow

COLUMNS: Final = {
    "start": ColumnField.BEGAN,
    "end": ColumnField.ENDED,
    "duration": ColumnField.LASTED,
    "amount": ColumnField.AMOUNT,
    "notes": ColumnField.NOTE,
}
OF_A_MEAL: Final = frozenset({"type", "method"})  # a feeding has an amount and a start too
MATCH: Final = Match(tuple(COLUMNS.values()), Manner(length=LengthUnit.MINUTES, order=DateOrder.YEAR))


def pumpings(text: str) -> tuple[list[Any], list[str]] | None:
    """The pumpings of an answer and what to know of it; None for what is no answer with pumpings."""
    held = _read(text)
    if held is None:
        return None
    pages = held if isinstance(held, list) and any(_is_page(one) for one in held) else [held]
    found: list[Any] = []
    for page in pages:
        inside = page["results"] if _is_page(page) else page
        found.extend(inside if isinstance(inside, list) else [inside])
    like = [one for one in found if isinstance(one, Mapping) and "amount" in one and ("start" in one or "time" in one)]
    if not like or any(OF_A_MEAL & one.keys() for one in like):
        return None
    return found, list(_notes(pages, found))


def _read(text: str) -> Any:
    """One JSON value, or one a line."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _is_page(one: object) -> bool:
    return isinstance(one, Mapping) and isinstance(one.get("results"), list)


def _notes(pages: list[Any], found: list[Any]) -> Iterator[str]:
    last = pages[-1]
    if _is_page(last) and last.get("next"):
        yield _("It is one page of several; the next one is at {address}.").format(address=one_line(str(last["next"])))
    known = {*COLUMNS, "time"}
    names = (str(name) for one in found if isinstance(one, Mapping) for name in one if name not in known)
    for name in dict.fromkeys(names):
        yield _("The column '{name}' is not taken.").format(name=quoted(name))


def sheet_of(found: list[Any], text: str) -> Spreadsheet:
    """Each pumping a row, with the line it stands on."""
    rows: list[SheetRow] = []
    bad: list[BadRow] = []
    at, line, counted = 0, 1, 0
    for one in found:
        for key in ("start", "time"):
            if isinstance(one, Mapping) and key in one:
                at = max(text.find(f'"{key}"', at), at) + 1
                break
        line, counted = line + text.count("\n", counted, at), at
        if isinstance(one, Mapping) and (one.get("start") or one.get("time")):
            rows.append(SheetRow(line, _cells(one)))
        else:
            bad.append(BadRow(line, _("a pumping has 'start' and 'amount'")))
    return Spreadsheet(tuple(COLUMNS), tuple(rows), ",", tuple(bad))


def _cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    told = {"start": one.get("time"), **one}  # "time" until Baby Buddy 2.0
    return tuple(
        "" if (value := told.get(name)) is None or isinstance(value, list | dict) else str(value) for name in COLUMNS
    )
