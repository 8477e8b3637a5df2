"""Her sessions as a JSON or CSV file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from guide.core.record import Record
from guide.store.files import write_where_named
from guide.store.log.rows import clean

FORMAT: Final = 1
COLUMNS: Final = (
    "began",
    "lasted_s",
    "routine",
    "routine_id",
    "complete",
    "purpose",
    "first_side",
    "left_ml",
    "right_ml",
    "comfort",
    "meant_for",
    "note",
    "by_hand",
    "steps_total",
    "uuid",
    "steps",
)
RUN_BY_SPREADSHEETS: Final = (
    "=+-@＝＋－＠\t\r\n'"  # a cell that begins so may be taken for a formula; OWASP, CSV injection
)


# out


def export_json(records: Iterable[Record]) -> str:
    """One session a line within one JSON object."""
    lines = [json.dumps(fields_of(record), ensure_ascii=False) for record in records]
    sessions = ",\n".join(lines)
    return f'{{"program": "Pumping Guide", "format": {FORMAT}, "sessions": [\n{sessions}\n]}}\n'


def export_csv(records: Iterable[Record]) -> str:
    """One session a row; the steps are JSON within their cell. Lines end with CR LF: RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        fields = fields_of(record)
        steps = fields["steps"]
        fields["steps"] = json.dumps(steps, ensure_ascii=False, separators=(",", ":")) if steps else ""
        writer.writerow([_cell(fields[column]) for column in COLUMNS])
    return out.getvalue()


def export_file(path: Path, records: Iterable[Record]) -> None:
    """
    Write a CSV where the name ends so, else JSON; whole or not at all. Raises OSError.

    A CSV begins with a byte-order mark, without which spreadsheets take it for another encoding.
    """
    is_csv = path.suffix.lower() == ".csv"
    content = export_csv(records).encode("utf-8-sig") if is_csv else export_json(records).encode()
    write_where_named(path, content)


def fields_of(record: Record) -> dict[str, Any]:
    return {
        "began": record.began.isoformat(),
        "lasted_s": _seconds(record.lasted),
        "routine": clean(record.routine_name),
        "routine_id": clean(record.routine_id),
        "complete": record.complete,
        "purpose": record.purpose,
        "first_side": record.first_side,
        "left_ml": record.left_ml,
        "right_ml": record.right_ml,
        "comfort": record.comfort,
        "meant_for": clean(record.meant_for),
        "note": clean(record.note),
        "by_hand": record.by_hand,
        "steps_total": record.steps_total,
        "uuid": record.uuid,
        "steps": [
            {
                "kind": step.kind,
                "title": clean(step.title),
                "side": step.side,
                "entered_s": _seconds(step.entered),
                "lasted_s": _seconds(step.lasted),
                "reason": step.reason,
                "slowed_at_s": None if step.slowed_at is None else _seconds(step.slowed_at),
                "place": list(step.place),
                "index": step.index,
            }
            for step in record.steps
        ],
    }


def _seconds(length: timedelta) -> float | int:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return f"'{value}" if value.lstrip(" ")[:1] in tuple(RUN_BY_SPREADSHEETS) else value
        case _:
            return str(value)
