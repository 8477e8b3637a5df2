"""What stands in the log's file for a record. Times are UTC microseconds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final, TypeVar

from guide.core.kinds import Comfort, Kind, Purpose, Side
from guide.core.shown import one_line

if TYPE_CHECKING:
    from guide.core.record import Record, StepRecord

US: Final = timedelta(microseconds=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_TEXT: Final = 10_000
LONGEST_ROUTINE: Final = 256 * 1024  # characters; the reader takes no longer file
COLUMNS: Final = (
    "id, uuid, open, routine_id, routine_name, began, utc_offset, day, lasted, complete, purpose, first_side,"
    " left_ml, right_ml, comfort, meant_for, note, by_hand, steps_total, steps"
)

T = TypeVar("T")
_HALF: Final = re.compile("[\ud800-\udfff]")  # half a character, or a byte of a file's name that is no letter


def instant(moment: datetime) -> int:
    return (moment.astimezone(UTC) - EPOCH) // US


def moment(us: int, offset: int) -> datetime:
    return (EPOCH + us * US).astimezone(timezone(timedelta(seconds=offset)))


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text that UTF-8 and SQLite can hold."""
    if text.isascii() and "\0" not in text:
        return text[:longest]
    return _HALF.sub(lambda half: one_line(half[0]), text[:longest].replace("\0", ""))


def row_of(record: Record, *, is_open: bool = False) -> tuple[object, ...]:
    offset = record.began.utcoffset()
    if offset is None:
        raise ValueError("a session's beginning carries its offset from UTC")
    return (
        record.id,
        record.uuid,
        is_open,
        clean(record.routine_id),
        clean(record.routine_name),
        instant(record.began),
        round(offset.total_seconds()),
        record.began.toordinal(),
        record.lasted // US,
        record.complete,
        record.purpose and record.purpose.value,
        record.first_side and record.first_side.value,
        record.left_ml,
        record.right_ml,
        record.comfort and record.comfort.value,
        clean(record.meant_for),
        clean(record.note),
        record.by_hand,
        record.steps_total,
        steps_text(record.steps),
    )


def record_of(row: tuple[Any, ...]) -> Record:
    from guide.core.record import Record  # here and below: the library lives on sums

    (
        (id_, uuid, _, routine_id, routine_name, began, offset, _, lasted, complete, purpose, first_side),
        (left_ml, right_ml, comfort, meant_for, note, by_hand, steps_total, steps),
    ) = row[:12], row[12:]
    return Record(
        id=id_,
        uuid=uuid,
        routine_id=routine_id,
        routine_name=routine_name,
        began=moment(began, offset),
        lasted=lasted * US,
        complete=bool(complete),
        purpose=choice(Purpose, purpose),
        first_side=choice(Side, first_side),
        left_ml=left_ml,
        right_ml=right_ml,
        comfort=choice(Comfort, comfort),
        meant_for=meant_for,
        note=note,
        by_hand=bool(by_hand),
        steps_total=steps_total,
        steps=steps_read(steps),
    )


def choice(kind: Callable[[str], T], value: str | None) -> T | None:
    try:
        return None if value is None else kind(value)
    except ValueError:
        return None


def steps_text(steps: Iterable[StepRecord]) -> str:
    return json.dumps(
        [
            [
                step.kind.value,
                clean(step.title),
                step.side.value,
                step.entered // US,
                step.lasted // US,
                step.reason.value,
                None if step.slowed_at is None else step.slowed_at // US,
                list(step.place),
                step.index,
            ]
            for step in steps
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def steps_read(text: str) -> tuple[StepRecord, ...]:
    if text == "[]":
        return ()
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        return ()  # the session is still hers, without its steps
    return tuple(step for held in listed if (step := _step_read(held)) is not None) if isinstance(listed, list) else ()


def _step_read(held: Any) -> StepRecord | None:
    from guide.core.commands import Reason
    from guide.core.record import StepRecord

    try:
        kind, title, side, entered, lasted, reason, slowed, place, index = held
        return StepRecord(
            kind=Kind(kind),
            title=str(title),
            side=Side(side),
            entered=entered * US,
            lasted=lasted * US,
            reason=Reason(reason),
            slowed_at=None if slowed is None else slowed * US,
            place=tuple(map(int, place)),
            index=int(index),
        )
    except (ValueError, TypeError, OverflowError):
        return None
