# ruff: noqa: S608 - the statements are put together from this module's own constants; values go as parameters
"""Her records: added, changed, taken out and back, looked up and counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypedDict, Unpack

from guide.core.kinds import Comfort, Purpose, Side
from guide.core.search import folded
from guide.store.log.file import UNSAVED_IDS, LogFile, Statement
from guide.store.log.rows import COLUMNS, US, choice, clean, instant, moment, record_of, row_of
from guide.store.log.same import ALIKE, Known
from guide.store.steps import TOGETHER, at_one_go, in_parts

if TYPE_CHECKING:
    from guide.core.record import DayTotal, OfRoutine, Record, RoutineDay

SELECT: Final = f"SELECT {COLUMNS} FROM session WHERE "
INSERT: Final = f"INSERT INTO session ({COLUMNS}) VALUES ({', '.join('?' * 20)})"
REPLACE: Final = INSERT.replace("INSERT", "INSERT OR REPLACE", 1)
IF_NEW: Final = f"{INSERT} ON CONFLICT (uuid) DO NOTHING"  # another window may have brought it in while this one waited

# one step of the index a routine: a GROUP BY would read every session's name, four times as long for 100,000 of them;
# it does so for those without an id, which only their names tell apart
_ROUTINES: Final = """
WITH RECURSIVE ids(one) AS (
  SELECT min(routine_id) FROM session WHERE NOT open AND routine_id > ''
  UNION ALL
  SELECT (SELECT min(routine_id) FROM session WHERE NOT open AND routine_id > one) FROM ids WHERE one IS NOT NULL
)
SELECT one,
  (SELECT routine_name FROM session WHERE NOT open AND routine_id = one ORDER BY began DESC LIMIT 1),
  (SELECT count(*) FROM session WHERE NOT open AND routine_id = one)
FROM ids WHERE one IS NOT NULL
UNION ALL
SELECT '', routine_name, count(*) FROM session WHERE NOT open AND routine_id = '' GROUP BY routine_name
"""


class LogSummary(NamedTuple):
    """What the library's first line needs: when the last session began, and how many began in the last 24 hours."""

    last_began: datetime | None
    in_last_day: int


class Merged(NamedTuple):
    """How many sessions came in, how many were here already, and the ids of the new ones, to take them back by."""

    added: int
    known: int
    ids: tuple[int, ...] = ()


class Noted(TypedDict, total=False):
    """The fields of a record that a person fills in or corrects."""

    began: datetime
    lasted: timedelta
    complete: bool
    routine_id: str
    routine_name: str
    purpose: Purpose | None
    first_side: Side | None
    left_ml: float | None
    right_ml: float | None
    comfort: Comfort | None
    meant_for: str
    note: str


class Records:
    """The records of a log; `Played` adds the session that is going on."""

    def __init__(self, file: LogFile, *, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._deleted: dict[int, tuple[object, ...]] = {}

    def save_note(self, record_id: int, **noted: Unpack[Noted]) -> Record | None:
        """Keep what she typed; fields not named stay. None where there is no such record."""
        return self.edit(record_id, **noted)

    def edit(self, record_id: int, **noted: Unpack[Noted]) -> Record | None:
        """Change a record; None where there is no such record."""
        before = self._one(record_id)
        if before is None:
            return None
        record, is_open = before
        after = replace(record, **noted)
        if after != record:
            self._file.write((REPLACE, row_of(after, is_open=is_open)))
        return after

    def add_by_hand(self, **noted: Unpack[Noted]) -> Record:
        """A session done away from the program; `began` (aware) may be in the past, and is now when absent."""
        from uuid import uuid4  # here and below: the library lives on sums

        from guide.core.record import Record

        empty = Record(id=0, routine_id="", routine_name="", began=self._now(), by_hand=True, uuid=uuid4().hex)
        record = replace(empty, **noted)
        return replace(record, id=self._write_new(lambda new: [(INSERT, row_of(replace(record, id=new)))]))

    def delete(self, record_id: int) -> None:
        """Take a record out; `restore` brings it back for as long as this log stays open."""
        rows = self._file.rows(SELECT + "id = ?", record_id)
        if rows:
            self._deleted[record_id] = rows[0]
            self._file.write(("DELETE FROM session WHERE id = ?", (record_id,)), *forget(record_id))

    def restore(self, record_id: int) -> Record | None:
        """Undo `delete`; under another id where its own is taken."""
        row = self._deleted.pop(record_id, None)
        if row is None:
            return None
        if self._one(record_id) is None:
            self._file.write((REPLACE, row))  # where it was brought in meanwhile, under another id
        else:  # another window gave the id away
            record_id = self._write_new(lambda new: [(REPLACE, (new, *row[1:]))])
        return self.record(record_id)

    def record(self, record_id: int) -> Record | None:
        found = self._one(record_id)
        return found[0] if found else None

    def records(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        routine: str | OfRoutine | None = None,
        purpose: Purpose | None = None,
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Record]:
        """
        Records, newest first. `since` is within, `until` is not; `routine` as a text is an id.

        `search` looks for its words in the name, the note and what the milk is for, without regard to case and accents.
        """
        where, values = _matching(since, until, routine, purpose, search)
        return self._file.read(
            record_of,
            f"{SELECT}{where} ORDER BY began DESC, id DESC LIMIT ? OFFSET ?",
            *values,
            -1 if limit is None else limit,
            offset,
        )

    def count(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        routine: str | OfRoutine | None = None,
        purpose: Purpose | None = None,
        search: str = "",
    ) -> int:
        """How many records `records` would give with the same filter."""
        where, values = _matching(since, until, routine, purpose, search)
        return self._file.number(f"SELECT count(*) FROM session WHERE {where}", *values)

    def last_routine(self) -> str | None:
        """The id of the routine of the newest session that had one."""
        rows = self._file.rows(
            "SELECT routine_id FROM session WHERE NOT open AND routine_id != '' ORDER BY began DESC, id DESC LIMIT 1"
        )
        return str(rows[0][0]) if rows else None

    def last_first_side(self, routine_id: str) -> Side | None:
        """The side that the last logged session of this routine started with, for `start_side: alternate`."""
        rows = self._file.rows(
            "SELECT first_side FROM session WHERE NOT open AND routine_id = ? AND first_side IS NOT NULL"
            " ORDER BY began DESC LIMIT 1",
            clean(routine_id),
        )
        return choice(Side, rows[0][0]) if rows else None

    def routines(self) -> list[tuple[str, str, int]]:
        """
        Each routine in the log: its id, the name it had last, how many sessions; most used first.

        Sessions without an id are as many routines as they have names, letter by letter.
        """
        return sorted(self._file.rows(_ROUTINES), key=lambda one: -one[2])

    def days(self, since: date | None = None, until: date | None = None) -> list[DayTotal]:
        """Total of each day that has a session, oldest first; both ends within. Days by the offset each began with."""
        from guide.core.record import DayTotal

        def total(row: tuple[Any, ...]) -> DayTotal:
            day, n, noted, ml = row
            return DayTotal(date.fromordinal(day), n, noted, ml if noted else None)

        return self._file.read(
            total,
            "SELECT day, count(*), count(coalesce(left_ml, right_ml)),"
            " sum(coalesce(left_ml, 0) + coalesce(right_ml, 0))"
            " FROM session WHERE NOT open AND day BETWEEN ? AND ? GROUP BY day ORDER BY day",
            (since or date.min).toordinal(),
            (until or date.max).toordinal(),
        )

    def routine_days(self, since: date | None = None, until: date | None = None) -> list[RoutineDay]:
        """How many sessions of each routine each day has, oldest day first; both ends within."""
        from guide.core.record import RoutineDay

        return self._file.read(  # beside max(), SQLite takes the other columns from that same row
            lambda row: RoutineDay(date.fromordinal(row[0]), *row[1:4]),
            "SELECT day, routine_id, routine_name, count(*), max(began) FROM session"
            " WHERE NOT open AND day BETWEEN ? AND ?"
            " GROUP BY day, routine_id, iif(routine_id = '', routine_name, '') ORDER BY day",
            (since or date.min).toordinal(),
            (until or date.max).toordinal(),
        )

    def volumes(self, routine: str | OfRoutine, *, limit: int) -> list[tuple[datetime, float]]:
        """When the newest noted sessions of a routine began and both sides' mL together, oldest first."""
        where, values = _of_routine(routine)
        newest_first = self._file.read(
            lambda row: (moment(row[0], row[1]), row[2]),
            "SELECT began, utc_offset, coalesce(left_ml, 0) + coalesce(right_ml, 0) FROM session"
            f" WHERE NOT open AND {where} AND coalesce(left_ml, right_ml) IS NOT NULL ORDER BY began DESC LIMIT ?",
            *values,
            limit,
        )
        return newest_first[::-1]

    def summary(self, now: datetime | None = None) -> LogSummary:
        here = now or self._now()
        last = self._file.read(
            lambda row: moment(*row),
            "SELECT began, utc_offset FROM session WHERE NOT open AND began <= ? ORDER BY began DESC LIMIT 1",
            instant(here),
        )
        # counted start to start; one that a clock put back has left in the future counts as little as it is the last
        return LogSummary(last[0] if last else None, self.count(since=here - timedelta(days=1), until=here + US))

    def merge(self, records: Iterable[Record]) -> Merged:
        """
        Take in records from elsewhere, all of them or none; a session that is here already stays as it is here.

        See `guide.store.log.same`: the records of one file are as many sessions as it has of them.
        """
        return at_one_go(self.merging(records, together=sys.maxsize))

    def merging(self, records: Iterable[Record], *, together: int = TOGETHER) -> Generator[None, None, Merged]:
        """The same in small steps: where it is cut off, as by the power, some have come, and are known once more."""
        from uuid import uuid4

        known, last = Known(), 0
        asked = f"SELECT id, uuid, {', '.join(ALIKE)} FROM session WHERE id > ? ORDER BY id LIMIT {10 * TOGETHER}"
        while rows := self._file.rows(asked, last):
            yield
            known.add((uuid, tuple(alike)) for _id, uuid, *alike in rows)
            last = rows[-1][0]
        fresh, here = yield from known.sifting(records)
        ids: list[int] = []
        for part in in_parts(fresh, together):
            yield
            marked = [record if record.uuid else replace(record, uuid=uuid4().hex) for record in part]
            first = self._write_new(partial(_rows_from, marked))
            ids += self._those_of(marked, first)
        return Merged(len(ids), here + len(fresh) - len(ids), tuple(ids))

    def _those_of(self, records: Sequence[Record], first: int) -> list[int]:
        """The ids, from `first` on, of those that were written; another window gives away those of the others."""
        marks = {record.uuid for record in records}
        asked = "SELECT id, uuid FROM session WHERE id BETWEEN ? AND ?"
        return [one for one, mark in self._file.rows(asked, first, first + len(records) - 1) if mark in marks]

    def known(self) -> Known:
        """What is there, for sessions that come to be held against."""
        return self.known_aside()()

    def known_aside(self) -> Callable[[], Known]:
        """The same, for another thread to find out: it takes more than a second of a log of many years."""
        read = self._file.rows_aside(f"SELECT uuid, {', '.join(ALIKE)} FROM session")
        return lambda: Known((uuid, alike) for uuid, *rest in read() for alike in (tuple(rest),))

    def among(self, ids: Iterable[int]) -> list[Record]:
        """Those of these ids that are there still."""
        wanted = set(ids)
        if not wanted:
            return []
        asked = SELECT + "id BETWEEN ? AND ?"
        return [one for one in self._file.read(record_of, asked, min(wanted), max(wanted)) if one.id in wanted]

    def take_back(self, merged: Merged) -> None:
        """Undo `merge`."""
        self._file.write(*(("DELETE FROM session WHERE id = ?", (one,)) for one in merged.ids))

    def erase_everything(self) -> None:
        """Take out every session, and the copies that were set aside or made before a migration."""
        self._deleted.clear()
        self._file.erase()

    def _one(self, record_id: int) -> tuple[Record, bool] | None:
        found = self._file.read(lambda row: (record_of(row), bool(row[2])), SELECT + "id = ?", record_id)
        return found[0] if found else None

    def _write_new(self, made: Callable[[int], Sequence[Statement]]) -> int:
        """Write rows under a new id (or from it on), and give it."""
        new = 0

        def rows() -> Sequence[Statement]:
            nonlocal new
            new = self._new_id()
            return made(new)

        self._file.write_new(rows)
        return new

    def _new_id(self) -> int:
        """
        The next one; while nothing can be saved any of a thousand million.

        Another window may write meanwhile, or wait as well.
        """
        if self._file.waiting:
            from uuid import uuid4

            return UNSAVED_IDS + uuid4().int % (1_000 * UNSAVED_IDS)
        newest = self._file.number("SELECT max(id) FROM session WHERE id < ?", UNSAVED_IDS)
        return max([newest, *(one for one in self._deleted if one < UNSAVED_IDS)]) + 1


def _rows_from(records: Sequence[Record], first: int) -> list[Statement]:
    """Rows of new records, with ids from `first` on."""
    return [(IF_NEW, row_of(replace(record, id=first + number))) for number, record in enumerate(records)]


def _matching(
    since: datetime | None,
    until: datetime | None,
    routine: str | OfRoutine | None,
    purpose: Purpose | None,
    search: str,
) -> tuple[str, list[object]]:
    where, values = ["NOT open"], list[object]()
    if since is not None:
        where.append("began >= ?")
        values.append(instant(since))
    if until is not None:
        where.append("began < ?")
        values.append(instant(until))
    if routine is not None:
        of_it, called = _of_routine(routine)
        where.append(of_it)
        values += called
    if purpose is not None:
        where.append("purpose = ?")
        values.append(purpose.value)
    for word in folded(clean(search)).split():
        where.append("instr(folded(routine_name || ' ' || note || ' ' || meant_for), ?)")
        values.append(word)
    return " AND ".join(where), values


def _of_routine(routine: str | OfRoutine) -> tuple[str, list[object]]:
    if isinstance(routine, str):
        return "routine_id = ?", [clean(routine)]
    if not routine.names:
        return "routine_id = ?", [routine.id]
    named = f"routine_id = '' AND routine_name IN ({', '.join('?' * len(routine.names))})"
    if not routine.id:
        return named, [*routine.names]
    return f"(routine_id = ? OR {named})", [routine.id, *routine.names]


def forget(session_id: int) -> tuple[Statement, ...]:
    return (
        ("DELETE FROM journal WHERE session = ?", (session_id,)),
        ("DELETE FROM live WHERE session = ?", (session_id,)),
    )
