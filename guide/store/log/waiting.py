"""A session that waits to be carried on, as it is taken to another computer: its record so far, and its journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from guide.language import _
from guide.store.log.entries import Entry, decoded, encoded
from guide.store.log.export import FORMAT, fields_of
from guide.store.log.fields import LONGEST_SESSION, RowError, record_from
from guide.store.log.journal import STALE_AFTER, ended_in
from guide.store.log.rows import LONGEST_ROUTINE, US

if TYPE_CHECKING:
    from guide.core.commands import Instant
    from guide.core.record import Record

MOST_ENTRIES: Final = 20_000


class Comes(Enum):
    """What becomes of it on the computer that it is brought to."""

    NOT_IN_IT = auto()
    WAITS = auto()
    TO_HISTORY = auto()  # another one waits or is under way there, or it has waited too long
    HERE = auto()


@dataclass(frozen=True, slots=True)
class WaitingSession:
    """`alive` is the last instant known of it on its own clock, `seen` when that was by the wall clock."""

    record: Record
    routine_text: str
    alive: Instant
    seen: datetime
    entries: tuple[tuple[Instant, Entry], ...]

    def is_over(self, now: datetime) -> bool:
        """Whether nothing is left to carry on: it had ended, or has waited too long."""
        return now - self.seen > STALE_AFTER or ended_in(entry for _at, entry in self.entries) is not None

    def as_text(self) -> str:
        data = {
            "program": "Pumping Guide",
            "format": FORMAT,
            "session": fields_of(self.record),
            "routine_text": self.routine_text,
            "alive_us": self.alive // US,
            "seen": self.seen.isoformat(),
            "journal": [[at // US, encoded(entry)] for at, entry in self.entries],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def comes_of(waiting: WaitingSession | None, now: datetime, *, here: bool, busy: bool) -> Comes:
    """What becomes of one, where it may be `here` already, and another one may wait or be under way (`busy`)."""
    if waiting is None:
        return Comes.NOT_IN_IT
    if here:
        return Comes.HERE
    return Comes.TO_HISTORY if busy or waiting.is_over(now) else Comes.WAITS


def waiting_from(text: str) -> WaitingSession:
    """What `as_text` wrote, the journal up to the first word that is not known. Raises `RowError`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RowError(_("this is not of the shape that is exported")) from error
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise RowError(_("this is not of the shape that is exported"))
    record = record_from(data.get("session"))
    routine_text, rows = data.get("routine_text"), data.get("journal")
    if not record.uuid or not isinstance(routine_text, str) or len(routine_text) > LONGEST_ROUTINE:
        raise RowError(_("this is not of the shape that is exported"))
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise RowError(_("this is not of the shape that is exported"))
    entries: list[tuple[Instant, Entry]] = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 2:
            break
        entry = decoded(row[1]) if isinstance(row[1], str) else None
        if entry is None:
            break
        entries.append((_instant(row[0]), entry))
    return WaitingSession(record, routine_text, _instant(data.get("alive_us")), _seen(data), tuple(entries))


def _instant(value: object) -> Instant:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_SESSION // US:
        raise RowError(_("this is not of the shape that is exported"))
    return value * US


def _seen(data: Mapping[str, Any]) -> datetime:
    # a moment of the same bounds as that of a session's beginning
    return record_from({"began": data.get("seen")}).began
