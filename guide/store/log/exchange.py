"""
Her sessions as a JSON or CSV file, and back.

Both carry everything a record holds, per-step times too: what is imported again is what was exported. The shapes
are told in docs/decisions/log.md. A file from elsewhere is read within limits, and each row that does not read is
reported with its line while the others are taken.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from guide.core.record import Comfort, Record, StepRecord
from guide.core.routine import Kind, Purpose, Side
from guide.core.session import Reason
from guide.store.files import write_whole
from guide.store.log.rows import LONGEST_TEXT, clean

FORMAT: Final = 1
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_ROWS: Final = 200_000
MOST_STEPS: Final = 5_000
MOST_ML: Final = 10_000.0
MOST_PROBLEMS: Final = 1_000
LONGEST_SESSION: Final = timedelta(days=7)
YEARS: Final = range(1970, 2200)
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

_NEEDED: Final = ("began", "routine")
_RUN_BY_SPREADSHEETS: Final = (
    "=+-@＝＋－＠\t\r\n'"  # a cell that begins so may be taken for a formula; OWASP, CSV injection
)
_BEGAN: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d(:?\d\d)?)", re.ASCII)
_DECODER: Final = json.JSONDecoder()
_BLANK: Final = re.compile(r"[ \t\r\n]*")

C = TypeVar("C", bound=StrEnum)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, and what would be right."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Imported:
    """`records` have the id 0 until a log takes them in with `Log.merge`."""

    records: tuple[Record, ...]
    problems: tuple[BadRow, ...] = ()


class _RowError(ValueError):
    """Says what is wrong with one row."""


class _BrokenError(ValueError):
    """Says why nothing reads from `line` on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


# out


def export_json(records: Iterable[Record]) -> str:
    """One session a line within one JSON object."""
    lines = [json.dumps(_fields(record), ensure_ascii=False) for record in records]
    sessions = ",\n".join(lines)
    return f'{{"program": "Pumping Guide", "format": {FORMAT}, "sessions": [\n{sessions}\n]}}\n'


def export_csv(records: Iterable[Record]) -> str:
    """One session a row; the steps are JSON within their cell. Lines end with CR LF: RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        fields = _fields(record)
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
    write_whole(path, content)


def _fields(record: Record) -> dict[str, Any]:
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
            return f"'{value}" if value.lstrip(" ")[:1] in tuple(_RUN_BY_SPREADSHEETS) else value
        case _:
            return str(value)


# in


def import_file(path: Path) -> Imported:
    """Read a file that `export_file` wrote, or one of the same shape. Never raises for what is in it."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _nothing(f"{path.name} cannot be read: {error.strerror or error}")
    if len(content) > MOST_BYTES:
        return _nothing(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB, the most that is read")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _nothing(f"{path.name} is not UTF-8 text; save it as UTF-8, or as the file that was exported", line)
    return import_text(text)


def import_text(text: str) -> Imported:
    """The same for a text: JSON where it begins with a bracket, else CSV."""
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_BYTES:
        return _nothing(f"this is longer than {MOST_BYTES // 1024 // 1024} MB, the most that is read")
    if text.lstrip()[:1] in {"{", "["}:
        return _from_json(text)
    with _long_cells():
        return _from_csv(text)


def _nothing(message: str, line: int = 1) -> Imported:
    return Imported((), (BadRow(line, message),))


def _gathered(rows: Iterator[tuple[int, R]], read: Callable[[R], Record]) -> Imported:
    records: list[Record] = []
    problems: list[BadRow] = []
    while len(problems) < MOST_PROBLEMS:
        try:
            line, row = next(rows)
        except StopIteration:
            return Imported(tuple(records), tuple(problems))
        except _BrokenError as error:
            return Imported(tuple(records), (*problems, BadRow(error.line, str(error))))
        if len(records) == MOST_ROWS:
            return Imported(tuple(records), (*problems, BadRow(line, f"more than {MOST_ROWS:,} sessions end here")))
        try:
            records.append(read(row))
        except _RowError as error:
            problems.append(BadRow(line, str(error)))
    return Imported(tuple(records), (*problems, BadRow(line, "so many rows do not read that the rest is left out")))


def _from_json(text: str) -> Imported:
    return _gathered(_json_rows(text), _record)


def _json_rows(text: str) -> Iterator[tuple[int, object]]:
    """Each session with its line: the top of the document is walked by hand, as the decoder tells no places."""
    at = _skip(text, 0)
    if text[at] == "{":
        at = _sessions(text, at)
    at, line, counted = _skip(text, at + 1), 1, 0
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = _decoded(text, at)
        yield line, value
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise _BrokenError(_line(text, at), "this is not JSON from here on (a comma or the list's end is missing)")


def _sessions(text: str, at: int) -> int:
    """Where the list under "sessions" begins."""
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        key, at = _decoded(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            break
        at = _skip(text, at + 1)
        if key == "sessions" and text[at : at + 1] == "[":
            return at
        line = _line(text, at)
        value, at = _decoded(text, at)
        if key == "format" and value != FORMAT:
            raise _BrokenError(line, f"this export has format {str(value)[:20]}; {FORMAT} is the newest known here")
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    raise _BrokenError(_line(text, at), 'there is no list "sessions" in this file')


def _decoded(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _BrokenError(error.lineno, f"this is not JSON from here on ({error.msg})") from error
    except (RecursionError, ValueError) as error:  # nested beyond any export; a number of thousands of digits
        raise _BrokenError(_line(text, at), "this is not of the shape that is exported") from error


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let a cell hold the steps of a long session; the limit is one for the whole process."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _from_csv(text: str) -> Imported:
    first = text[: text.find("\n")] if "\n" in text else text
    separator = ";" if first.count(";") > first.count(",") else ","  # what spreadsheets write where 1,5 is a number
    rows = _csv_lines(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    try:
        _, names = next(rows, (1, []))
    except _BrokenError as error:
        return _nothing(str(error), error.line)
    header = [name.strip().lower() for name in names]
    if missing := [name for name in _NEEDED if name not in header]:
        columns = " and ".join(f"'{name}'" for name in missing)
        return _nothing(f"the first line has no column {columns}; it begins {','.join(COLUMNS[:4])},… in an export")
    decimal = "," if separator == ";" else "."
    return _gathered(rows, lambda row: _record(_row_fields(header, row, decimal)))


def _csv_lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it begins on."""
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise _BrokenError(line, f"this is not CSV from here on ({error})") from error


def _row_fields(header: Sequence[str], row: Sequence[str], decimal: str) -> dict[str, Any]:
    if len(row) > len(header):
        raise _RowError(f"{len(row)} cells, where the first line has {len(header)}")
    fields: dict[str, Any] = {}
    for name, cell in zip(header, row, strict=False):
        plain = cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in tuple(_RUN_BY_SPREADSHEETS) else cell
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
        raise _refusal(name, text, "a number") from None


def _yes_or_no(text: str, name: str) -> bool:
    match text.strip().lower():
        case "yes" | "true" | "1":
            return True
        case "no" | "false" | "0":
            return False
        case _:
            raise _refusal(name, text, "yes or no")


def _steps_in(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _refusal("steps", text, "the JSON that an export has there") from None


def _record(fields: object) -> Record:
    if not isinstance(fields, Mapping):
        raise _RowError("a session is an object with 'began' and 'routine'")
    steps = fields.get("steps") or []
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise _RowError(f"steps: a list of at most {MOST_STEPS:,} is meant")
    name = _text(fields, "routine", LONGEST_TEXT)
    return Record(
        id=0,
        routine_id=_text(fields, "routine_id", LONGEST_TEXT),
        routine_name=name,
        began=_began(fields.get("began")),
        lasted=_length(fields, "lasted_s") or timedelta(0),
        complete=_flag(fields, "complete", absent=True),
        purpose=_one_of(Purpose, fields, "purpose"),
        first_side=_one_of(Side, fields, "first_side"),
        left_ml=_volume(fields, "left_ml"),
        right_ml=_volume(fields, "right_ml"),
        comfort=_one_of(Comfort, fields, "comfort"),
        meant_for=_text(fields, "meant_for", LONGEST_TEXT),
        note=_text(fields, "note", LONGEST_TEXT),
        steps=tuple(_step(step) for step in steps),
        by_hand=_flag(fields, "by_hand", absent=False),
        steps_total=_whole(fields.get("steps_total"), "steps_total"),
        uuid=_text(fields, "uuid", 64),
    )


def _step(fields: object) -> StepRecord:
    if not isinstance(fields, Mapping):
        raise _RowError("steps: each is an object with 'kind' and 'lasted_s'")
    kind, side, reason = (
        _one_of(Kind, fields, "kind"),
        _one_of(Side, fields, "side"),
        _one_of(Reason, fields, "reason"),
    )
    place = fields.get("place") or []
    if kind is None:
        raise _RowError("steps: 'kind' is missing")
    if not isinstance(place, list) or len(place) > 20:
        raise _refusal("place", place, "a short list of whole numbers")
    return StepRecord(
        kind=kind,
        title=_text(fields, "title", LONGEST_TEXT),
        side=side or Side.BOTH,
        entered=_length(fields, "entered_s") or timedelta(0),
        lasted=_length(fields, "lasted_s") or timedelta(0),
        reason=reason or Reason.TIME,
        slowed_at=_length(fields, "slowed_at_s"),
        place=tuple(_whole(index, "place") for index in place),
        index=_whole(fields.get("index"), "index"),
    )


def _began(value: object) -> datetime:
    if isinstance(value, str) and _BEGAN.fullmatch(value.strip()):
        try:
            began = datetime.fromisoformat(value.strip())
        except ValueError:
            pass
        else:
            if began.year in YEARS and (offset := began.utcoffset()) is not None:
                return began.replace(tzinfo=timezone(offset))
    raise _refusal("began", value, "a moment with its offset from UTC, like 2026-11-22T03:12:00+01:00")


def _text(fields: Mapping[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest:
        raise _refusal(name, value, f"a text of at most {longest:,} characters")
    return clean(value)


def _one_of(kind: type[C], fields: Mapping[str, Any], name: str) -> C | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        return kind(value.strip().lower() if isinstance(value, str) else "")
    except ValueError:
        raise _refusal(name, value, "one of " + ", ".join(kind)) from None


def _flag(fields: Mapping[str, Any], name: str, *, absent: bool) -> bool:
    value = fields.get(name)
    if value is None:
        return absent
    if not isinstance(value, bool):
        raise _refusal(name, value, "true or false")
    return value


def _volume(fields: Mapping[str, Any], name: str) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_ML:
        raise _refusal(name, value, f"mL from 0 to {MOST_ML:,.0f}, or nothing")
    return float(value)


def _length(fields: Mapping[str, Any], name: str) -> timedelta | None:
    value = fields.get(name)
    if value is None:
        return None
    most = LONGEST_SESSION.total_seconds()
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise _refusal(name, value, f"seconds from 0 to {most:,.0f}")
    return timedelta(seconds=value)


def _whole(value: object, name: str) -> int:
    if value is None:
        return 0
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value <= 100_000
        or value != int(value)
    ):
        raise _refusal(name, value, "a whole number from 0 to 100,000")
    return int(value)


def _refusal(name: str, value: object, wanted: str) -> _RowError:
    shown = f"'{str(value)[:40]}'" if isinstance(value, str | int | float) else "nothing" if value is None else "that"
    return _RowError(f"{name}: {shown} does not read; {wanted} is meant")
