"""What she said the columns of other programs' files are, by their first line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from guide.store.bringing.cells import DateOrder, LengthUnit, Manner, Unit
from guide.store.bringing.columns import Match
from guide.store.bringing.fields import ColumnField
from guide.store.files import read_ordinary, write_whole

MOST_BYTES: Final = 1024 * 1024
MOST_KEPT: Final = 50


def matches(path: Path) -> dict[tuple[str, ...], Match]:
    """Those that were kept; one that does not read any more is left out, and a guess takes its place."""
    try:
        held = json.loads(read_ordinary(path, MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    kept: dict[tuple[str, ...], Match] = {}
    for one in held if isinstance(held, list) else []:
        found = _match(one)
        if found is not None:
            kept[found[0]] = found[1]
    return kept


def remember(path: Path, header: tuple[str, ...], match: Match) -> None:
    """Keep a match, the newest last; raises OSError."""
    kept = {key: one for key, one in matches(path).items() if key != header}
    kept[header] = match
    listed = [_held(key, one) for key, one in list(kept.items())[-MOST_KEPT:]]
    write_whole(path, json.dumps(listed, indent=1).encode())


def _held(header: tuple[str, ...], match: Match) -> Mapping[str, Any]:
    manner = match.manner
    return {
        "header": list(header),
        "fields": [field.value for field in match.fields],
        "decimal": manner.decimal,
        "unit": manner.unit.value,
        "unit_said": match.unit_said,
        "length": manner.length.value,
        "order": manner.order.value,
    }


def _match(held: Any) -> tuple[tuple[str, ...], Match] | None:
    try:
        header = tuple(map(str, held["header"]))
        fields = tuple(map(ColumnField, held["fields"]))
        decimal = str(held["decimal"])
        manner = Manner(decimal, Unit(held["unit"]), LengthUnit(held["length"]), DateOrder(held["order"]))
    except (KeyError, TypeError, ValueError):
        return None
    if len(header) != len(fields) or decimal not in {".", ","}:
        return None
    return header, Match(fields, manner, unit_said=held.get("unit_said") is not False)  # hers before it was written
