# ruff: noqa: S608 - the statements are put together from this module's own constants; values go as parameters
"""
The session log: a journal of the session that is going on, and a record of each that is over.

Nothing here raises for what the world does: a write that has no room is kept in memory and told once as a
`LogTrouble`; a damaged file is set aside and told in `notices`. Days are counted by the offset from UTC that her clock
had as a session began. See docs/decisions/log.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, TypedDict, Unpack
from uuid import uuid4

from guide.core.plan import Plan
from guide.core.record import Comfort, DayTotal, Record, RoutineDay, StepRecord, active, steps_from
from guide.core.routine import Purpose, Side
from guide.core.session import Command, Ended, Instant, Session, replay
from guide.store.log.file import MIGRATIONS, UNSAVED_IDS, LogFile, LogTrouble, Migration, Statement
from guide.store.log.rows import (
    COLUMNS,
    LONGEST_ROUTINE,
    US,
    Entry,
    choice,
    clean,
    decoded,
    encoded,
    instant,
    moment,
    record_of,
    row_of,
    steps_text,
)

STALE_AFTER: Final = timedelta(hours=12)

_SELECT: Final = f"SELECT {COLUMNS} FROM session WHERE "
_INSERT: Final = f"INSERT INTO session ({COLUMNS}) VALUES ({', '.join('?' * 20)})"
_REPLACE: Final = _INSERT.replace("INSERT", "INSERT OR REPLACE", 1)
_ALIVE: Final = "UPDATE live SET alive = max(alive, ?), seen = ? WHERE session = ?"
_ENTER: Final = "INSERT INTO journal (session, seq, at, entry) SELECT ?, count(*), ?, ? FROM journal WHERE session = ?"

PlanOf = Callable[[str, Side], Plan | None]

__all__ = ["STALE_AFTER", "Entry", "Log", "LogTrouble", "Merged", "Noted", "PlanOf", "Summary", "Unfinished"]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """
    A session that was cut off.

    `at` is the last instant known of it on its own clock, `stopped` when that was by the wall clock.
    """

    session_id: int
    routine_id: str
    routine_name: str
    routine_text: str
    first_side: Side
    purpose: Purpose | None
    began: datetime
    commands: tuple[tuple[Instant, Command], ...]
    at: Instant
    stopped: datetime

    def session(self, plan: Plan) -> Session:
        """The session as it stood at `at`; its clock goes on from there."""
        return replay(plan, list(self.commands), self.at)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the library's first line needs: when the last session began, and how many began in the last 24 hours."""

    last_began: datetime | None
    in_last_day: int


@dataclass(frozen=True, slots=True)
class Merged:
    added: int
    known: int


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


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Log:
    """Her log. Make one with `Log.open`; use it from one thread."""

    def __init__(self, file: LogFile, *, now: Callable[[], datetime], plan_of: PlanOf | None) -> None:
        self._file = file
        self._now = now
        self._plan_of = plan_of
        self._deleted: dict[int, tuple[object, ...]] = {}

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Callable[[], datetime] = _local_now,
        plan_of: PlanOf | None = None,
        on_trouble: Callable[[LogTrouble], None] | None = None,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> Log:
        """
        Open the log at `path`, whatever stands there. Never raises for a bad file or folder.

        `plan_of` lays out a routine's text beginning with a side, so that a session that was cut off can be closed
        with its steps; it gives None for a text that does not read. `on_trouble` is called once when something
        begins to be kept in memory only.
        """
        file = LogFile(path, now=now, on_trouble=on_trouble, migrations=migrations)
        return cls(file, now=now, plan_of=plan_of)

    @property
    def notices(self) -> list[str]:
        """Sentences about what was found at the start."""
        return self._file.notices

    @property
    def trouble(self) -> LogTrouble | None:
        """What stands in the way of saving, as long as something waits."""
        return self._file.trouble

    def close(self) -> None:
        """Save what still waits, if there is room now, and let the file go."""
        self._file.close()

    def sound(self) -> bool:
        """Look through the whole file, as `doctor` does; a damaged one is set aside at once."""
        return self._file.sound()

    # the journal

    def begin(
        self,
        *,
        routine_id: str,
        routine_name: str,
        routine_text: str,
        first_side: Side,
        purpose: Purpose | None,
        began: datetime,
        steps_total: int = 0,
    ) -> int:
        """A session has started: its id, to write under. `began` is aware; another one still open is closed."""
        self._close_others(None)
        record = Record(
            id=self._new_id(),
            routine_id=routine_id,
            routine_name=routine_name,
            began=began,
            complete=False,
            purpose=purpose,
            first_side=first_side,
            steps_total=steps_total,
            uuid=uuid4().hex,
        )
        self._file.write(
            (_INSERT, row_of(record, is_open=True)),
            (
                "INSERT INTO live VALUES (?, ?, 0, ?)",
                (record.id, clean(routine_text, LONGEST_ROUTINE), instant(self._now())),
            ),
        )
        return record.id

    def write(self, session_id: int, at: Instant, *entries: Entry) -> None:
        """
        Put what happened at `at` into the journal, durable when this returns (or waiting, while there is trouble).

        A command goes before, or in one call with, the happenings that came of it: replaying needs commands only.
        """
        self.write_all(session_id, [(at, entry) for entry in entries])

    def write_all(self, session_id: int, entries: Iterable[tuple[Instant, Entry]]) -> None:
        """The same for entries of several instants, all of them or none."""
        statements: list[Statement] = []
        latest = 0
        for at, entry in entries:
            us = at // US
            latest = max(latest, us)
            statements.append((_ENTER, (session_id, us, encoded(entry), session_id)))
        if statements:
            self._file.write(*statements, (_ALIVE, (latest, instant(self._now()), session_id)))

    def alive(self, session_id: int, at: Instant) -> None:
        """The session was still going on at `at`."""
        self._file.write((_ALIVE, (at // US, instant(self._now()), session_id)), replacing=True)

    def finish(
        self,
        session_id: int,
        *,
        lasted: timedelta,
        complete: bool,
        steps: Sequence[StepRecord] | None = None,
    ) -> Record | None:
        """
        The session is over: its record. Without `steps`, the journal and `plan_of` give them.

        `lasted` is how long she was at it, `guide.core.record.active(steps)`: pauses left out.
        """
        if steps is None:
            found = self._unfinished(session_id)
            steps = self._steps(found) if found else ()
        self._finish(session_id, lasted, complete, steps)
        return self.record(session_id)

    def leave(self, session_id: int) -> Record | None:
        """Close a session that was cut off as it stood; it stays in the history."""
        found = self._unfinished(session_id)
        if found is None:
            return None
        ended = self._ended(session_id)
        steps = self._steps(found)
        self._finish(session_id, active(steps) if steps else found.at, bool(ended and ended.complete), steps)
        return self.record(session_id)

    def unfinished(self) -> Unfinished | None:
        """
        The session that was cut off, if there is one to come back to.

        One that had ended, is older than `STALE_AFTER`, or is not the newest is closed as it stood.
        """
        rows = self._file.rows("SELECT id FROM session WHERE open ORDER BY began DESC, id DESC LIMIT 1")
        newest = rows[0][0] if rows else None
        self._close_others(newest)
        if newest is None:
            return None
        found = self._unfinished(newest)
        stale = found is not None and self._now() - found.stopped > STALE_AFTER
        if found is None or stale or self._ended(newest) is not None:
            self.leave(newest)
            return None
        return found

    def carried_on(self, session_id: int) -> None:
        """She carries on with it: go on writing under the same id, its clock at `Unfinished.at`."""
        self._file.write(("UPDATE live SET seen = ? WHERE session = ?", (instant(self._now()), session_id)))

    def commands(self, session_id: int) -> tuple[tuple[Instant, Command], ...]:
        """Every command of a session that is not finished, in order."""
        return tuple((at, entry) for at, entry in self.journal(session_id) if isinstance(entry, Command))

    def journal(self, session_id: int) -> list[tuple[Instant, Entry]]:
        """What the journal holds of a session that is not finished, up to the first gap or word that is not known."""
        entries: list[tuple[Instant, Entry]] = []
        rows = self._file.rows("SELECT seq, at, entry FROM journal WHERE session = ? ORDER BY seq", session_id)
        for expected, (seq, at, text) in enumerate(rows):
            entry = decoded(text)
            if seq != expected or entry is None:
                break
            entries.append((at * US, entry))
        return entries

    # records

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
            self._file.write((_REPLACE, row_of(after, is_open=is_open)))
        return after

    def add_by_hand(self, **noted: Unpack[Noted]) -> Record:
        """A session done away from the program; `began` (aware) may be in the past, and is now when absent."""
        empty = Record(
            id=self._new_id(),
            routine_id="",
            routine_name="",
            began=self._now(),
            by_hand=True,
            uuid=uuid4().hex,
        )
        record = replace(empty, **noted)
        self._file.write((_INSERT, row_of(record)))
        return record

    def delete(self, record_id: int) -> None:
        """Take a record out; `restore` brings it back for as long as this log stays open."""
        rows = self._file.rows(_SELECT + "id = ?", record_id)
        if rows:
            self._deleted[record_id] = rows[0]
            self._file.write(("DELETE FROM session WHERE id = ?", (record_id,)), *_forget(record_id))

    def restore(self, record_id: int) -> Record | None:
        """Undo `delete`."""
        row = self._deleted.pop(record_id, None)
        if row is None:
            return None
        self._file.write((_REPLACE, row))
        return self.record(record_id)

    def record(self, record_id: int) -> Record | None:
        found = self._one(record_id)
        return found[0] if found else None

    def records(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        routine: str | None = None,
        purpose: Purpose | None = None,
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Record]:
        """
        Records, newest first. `since` is within, `until` is not; `routine` is an id.

        `search` looks for its words in the name, the note and what the milk is for, without regard to case.
        """
        where, values = _matching(since, until, routine, purpose, search)
        rows = self._file.rows(
            f"{_SELECT}{where} ORDER BY began DESC, id DESC LIMIT ? OFFSET ?",
            *values,
            -1 if limit is None else limit,
            offset,
        )
        return [record_of(row) for row in rows]

    def count(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        routine: str | None = None,
        purpose: Purpose | None = None,
        search: str = "",
    ) -> int:
        """How many records `records` would give with the same filter."""
        where, values = _matching(since, until, routine, purpose, search)
        return self._file.number(f"SELECT count(*) FROM session WHERE {where}", *values)

    def count_since(self, since: datetime) -> int:
        """How many sessions began at `since` or later: counted start to start."""
        return self._file.number("SELECT count(*) FROM session WHERE NOT open AND began >= ?", instant(since))

    def last(self, routine_id: str | None = None) -> Record | None:
        found = self.records(routine=routine_id, limit=1)
        return found[0] if found else None

    def last_first_side(self, routine_id: str) -> Side | None:
        """The side that the last logged session of this routine started with, for `start_side: alternate`."""
        rows = self._file.rows(
            "SELECT first_side FROM session WHERE NOT open AND routine_id = ? AND first_side IS NOT NULL"
            " ORDER BY began DESC LIMIT 1",
            routine_id,
        )
        return choice(Side, rows[0][0]) if rows else None

    def routines(self) -> list[tuple[str, str, int]]:
        """Each routine in the log: its id, the name it had last, how many sessions; most used first."""
        rows = self._file.rows(  # beside max(), SQLite takes the other columns from that same row
            "SELECT routine_id, routine_name, count(*), max(began) FROM session WHERE NOT open GROUP BY routine_id"
        )
        return sorted(((key, name, number) for key, name, number, _ in rows), key=lambda one: -one[2])

    def days(self, since: date | None = None, until: date | None = None) -> list[DayTotal]:
        """Total of each day that has a session, oldest first; both ends within. Days by the offset each began with."""
        rows = self._file.rows(
            "SELECT day, count(*), count(coalesce(left_ml, right_ml)),"
            " sum(coalesce(left_ml, 0) + coalesce(right_ml, 0))"
            " FROM session WHERE NOT open AND day BETWEEN ? AND ? GROUP BY day ORDER BY day",
            (since or date.min).toordinal(),
            (until or date.max).toordinal(),
        )
        return [DayTotal(date.fromordinal(day), n, noted, ml if noted else None) for day, n, noted, ml in rows]

    def routine_days(self, since: date | None = None, until: date | None = None) -> list[RoutineDay]:
        """How many sessions of each routine each day has, oldest day first; both ends within."""
        rows = self._file.rows(  # beside max(), SQLite takes the other columns from that same row
            "SELECT day, routine_id, routine_name, count(*), max(began) FROM session"
            " WHERE NOT open AND day BETWEEN ? AND ? GROUP BY day, routine_id ORDER BY day",
            (since or date.min).toordinal(),
            (until or date.max).toordinal(),
        )
        return [RoutineDay(date.fromordinal(day), key, name, number) for day, key, name, number, _ in rows]

    def volumes(self, routine_id: str, *, limit: int) -> list[tuple[datetime, float]]:
        """When the newest noted sessions of a routine began and both sides' mL together, oldest first."""
        rows = self._file.rows(
            "SELECT began, utc_offset, coalesce(left_ml, 0) + coalesce(right_ml, 0) FROM session"
            " WHERE NOT open AND routine_id = ? AND coalesce(left_ml, right_ml) IS NOT NULL"
            " ORDER BY began DESC LIMIT ?",
            clean(routine_id),
            limit,
        )
        return [(moment(began, offset), ml) for began, offset, ml in reversed(rows)]

    def summary(self, now: datetime | None = None) -> Summary:
        here = now or self._now()
        rows = self._file.rows(
            "SELECT began, utc_offset FROM session WHERE NOT open AND began <= ? ORDER BY began DESC LIMIT 1",
            instant(here),
        )
        return Summary(moment(*rows[0]) if rows else None, self.count_since(here - timedelta(days=1)))

    def merge(self, records: Iterable[Record]) -> Merged:
        """
        Take in records from elsewhere, all of them or none; a session that is here already stays as it is here.

        The same session: the same `uuid`, or the same routine begun at the same instant.
        """
        uuids, begun = set(), set()
        for uuid, routine_id, began in self._file.rows("SELECT uuid, routine_id, began FROM session"):
            uuids.add(uuid)
            begun.add((routine_id, began))
        next_id, known = self._new_id(), 0
        statements: list[Statement] = []
        for record in records:
            key = (clean(record.routine_id), instant(record.began))
            if record.uuid in uuids or key in begun:
                known += 1
                continue
            uuid = record.uuid or uuid4().hex
            uuids.add(uuid)
            begun.add(key)
            statements.append((_INSERT, row_of(replace(record, id=next_id, uuid=uuid))))
            next_id += 1
        if statements:
            self._file.write(*statements)
        return Merged(len(statements), known)

    def erase_everything(self) -> None:
        """Take out every session, and the copies that were set aside or made before a migration."""
        self._deleted.clear()
        self._file.erase()

    # the journal, within

    def _close_others(self, newest: int | None) -> None:
        for (other,) in self._file.rows("SELECT id FROM session WHERE open AND id IS NOT ?", newest):
            if self.leave(other) is None:
                self._finish(other, timedelta(0), complete=False, steps=())

    def _unfinished(self, session_id: int) -> Unfinished | None:
        rows = self._file.rows(
            "SELECT routine_id, routine_name, coalesce(routine_text, ''), first_side, purpose, began, utc_offset,"
            " coalesce(alive, 0), coalesce(seen, began) FROM session LEFT JOIN live ON live.session = session.id"
            " WHERE id = ? AND open",
            session_id,
        )
        if not rows:
            return None
        routine_id, name, text, first_side, purpose, began, offset, alive, seen = rows[0]
        journal = self.journal(session_id)
        return Unfinished(
            session_id=session_id,
            routine_id=routine_id,
            routine_name=name,
            routine_text=text,
            first_side=choice(Side, first_side) or Side.LEFT,
            purpose=choice(Purpose, purpose),
            began=moment(began, offset),
            commands=tuple((at, entry) for at, entry in journal if isinstance(entry, Command)),
            at=max([alive * US, *(at for at, _ in journal)]),
            stopped=moment(seen, offset),
        )

    def _ended(self, session_id: int) -> Ended | None:
        return next((entry for _, entry in self.journal(session_id) if isinstance(entry, Ended)), None)

    def _steps(self, found: Unfinished) -> tuple[StepRecord, ...]:
        plan = self._plan_of(found.routine_text, found.first_side) if self._plan_of else None
        return steps_from(plan, found.commands, found.at) if plan else ()

    def _finish(self, session_id: int, lasted: timedelta, complete: bool, steps: Sequence[StepRecord]) -> None:
        self._file.write(
            (
                "UPDATE session SET open = 0, lasted = ?, complete = ?, steps = ? WHERE id = ?",
                (lasted // US, complete, steps_text(steps), session_id),
            ),
            *_forget(session_id),
        )

    def _one(self, record_id: int) -> tuple[Record, bool] | None:
        rows = self._file.rows(_SELECT + "id = ?", record_id)
        return (record_of(rows[0]), bool(rows[0][2])) if rows else None

    def _new_id(self) -> int:
        newest = self._file.number("SELECT max(id) FROM session")
        kept = max([newest, *self._deleted])
        return kept + (UNSAVED_IDS if self._file.waiting and kept < UNSAVED_IDS else 1)

    # the file, within


def _matching(
    since: datetime | None,
    until: datetime | None,
    routine: str | None,
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
        where.append("routine_id = ?")
        values.append(clean(routine))
    if purpose is not None:
        where.append("purpose = ?")
        values.append(purpose.value)
    for word in clean(search).casefold().split():
        where.append("instr(folded(routine_name || ' ' || note || ' ' || meant_for), ?)")
        values.append(word)
    return " AND ".join(where), values


def _forget(session_id: int) -> tuple[Statement, ...]:
    return (
        ("DELETE FROM journal WHERE session = ?", (session_id,)),
        ("DELETE FROM live WHERE session = ?", (session_id,)),
    )
