"""One session's fields, of whatever file, made a record, or the sentence that says which does not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Final, TypeVar

from guide.core.commands import Reason
from guide.core.kinds import Comfort
from guide.core.record import Record, StepRecord
from guide.core.routine import Kind, Purpose, Side
from guide.language import _, grouped
from guide.store.log.rows import LONGEST_TEXT, clean

MOST_STEPS: Final = 5_000
MOST_ML: Final = 10_000.0
LONGEST_SESSION: Final = timedelta(days=7)
YEARS: Final = range(1970, 2200)
_BEGAN: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d(:?\d\d)?)", re.ASCII)

C = TypeVar("C", bound=StrEnum)


class RowError(ValueError):
    """Says what is wrong with one row."""


def record_from(fields: object) -> Record:
    if not isinstance(fields, Mapping):
        raise RowError(_("a session is an object with 'began' and 'routine'"))
    steps = fields.get("steps") or []
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise RowError(_("steps: a list of at most {most} is meant").format(most=grouped(MOST_STEPS)))
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
        raise RowError(_("steps: each is an object with 'kind' and 'lasted_s'"))
    kind, side, reason = (
        _one_of(Kind, fields, "kind"),
        _one_of(Side, fields, "side"),
        _one_of(Reason, fields, "reason"),
    )
    place = fields.get("place") or []
    if kind is None:
        raise RowError(_("steps: 'kind' is missing"))
    if not isinstance(place, list) or len(place) > 20:
        raise refusal("place", place, _("a short list of whole numbers"))
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
    raise refusal("began", value, _("a moment with its offset from UTC, like 2026-11-22T03:12:00+01:00"))


def _text(fields: Mapping[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest:
        raise refusal(name, value, _("a text of at most {most} characters").format(most=grouped(longest)))
    return clean(value)


def _one_of(kind: type[C], fields: Mapping[str, Any], name: str) -> C | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        return kind(value.strip().lower() if isinstance(value, str) else "")
    except ValueError:
        raise refusal(name, value, _("one of {words}").format(words=", ".join(kind))) from None


def _flag(fields: Mapping[str, Any], name: str, *, absent: bool) -> bool:
    value = fields.get(name)
    if value is None:
        return absent
    if not isinstance(value, bool):
        raise refusal(name, value, _("true or false"))
    return value


def _volume(fields: Mapping[str, Any], name: str) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_ML:
        raise refusal(name, value, _("mL from 0 to {most}, or nothing").format(most=grouped(round(MOST_ML))))
    return float(value)


def _length(fields: Mapping[str, Any], name: str) -> timedelta | None:
    value = fields.get(name)
    if value is None:
        return None
    most = LONGEST_SESSION.total_seconds()
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise refusal(name, value, _("seconds from 0 to {most}").format(most=grouped(round(most))))
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
        raise refusal(name, value, _("a whole number from 0 to 100,000"))
    return int(value)


def refusal(name: str, value: object, wanted: str) -> RowError:
    shown = f"'{str(value)[:40]}'" if isinstance(value, str | int | float) else "nothing" if value is None else "that"
    return RowError(_("{name}: {shown} does not read; {wanted} is meant").format(name=name, shown=shown, wanted=wanted))
