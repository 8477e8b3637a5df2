"""The sessions of a log that are played: written as they go on, and come back to where they were cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from guide.core.kinds import Purpose, Side
from guide.store.log.file import LogFile, Statement
from guide.store.log.held import Held
from guide.store.log.journal import STALE_AFTER, Journal, commands_of
from guide.store.log.records import INSERT, Records, forget
from guide.store.log.rows import (
    US,
    choice,
    moment,
    row_of,
    steps_text,
)

if TYPE_CHECKING:
    from guide.core.commands import Command, Instant
    from guide.core.plan import Plan
    from guide.core.record import Record, StepRecord
    from guide.core.session import Session
    from guide.store.log.entries import Entry

PlanOf = Callable[[str, Side], "Plan | None"]


class Unfinished(NamedTuple):
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
        from guide.core.asked import replay  # only a session that was cut off is played again

        return replay(plan, list(self.commands), self.at)


class Played(Records):
    """The session that is going on, and those that were cut off."""

    def __init__(self, file: LogFile, *, now: Callable[[], datetime], plan_of: PlanOf | None) -> None:
        super().__init__(file, now=now)
        self._plan_of = plan_of
        self._journal = Journal(file, now=now)
        self._held = Held(file.path)

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
        """A session has started: its id, to write under. `began` is aware; one that was cut off before is closed."""
        from uuid import uuid4  # no session is written before the library is shown

        from guide.core.record import Record

        for other in self._open_ones():
            self.leave(other)
        record = Record(
            id=0,
            routine_id=routine_id,
            routine_name=routine_name,
            began=began,
            complete=False,
            purpose=purpose,
            first_side=first_side,
            steps_total=steps_total,
            uuid=uuid4().hex,
        )
        taken: list[int] = []

        def rows(new: int) -> list[Statement]:
            taken.append(new)
            self._held.take(new)  # first, so that it is never seen as one that nobody plays
            return [(INSERT, row_of(replace(record, id=new), is_open=True)), *self._journal.begun(new, routine_text)]

        session_id = self._write_new(rows)
        for other in taken[:-1]:
            self._held.let_go(other)
        return session_id

    def write(self, session_id: int, at: Instant, *entries: Entry) -> None:
        """
        Put what happened at `at` into the journal, durable when this returns (or waiting, while there is trouble).

        A command goes before, or in one call with, the happenings that came of it: replaying needs commands only.
        """
        self._journal.write(session_id, [(at, entry) for entry in entries])

    def write_all(self, session_id: int, entries: Iterable[tuple[Instant, Entry]]) -> None:
        """The same for entries of several instants, all of them or none."""
        self._journal.write(session_id, entries)

    def alive(self, session_id: int, at: Instant) -> None:
        """The session was still going on at `at`."""
        self._journal.alive(session_id, at)

    def finish(
        self,
        session_id: int,
        *,
        lasted: timedelta,
        complete: bool,
        steps: Sequence[StepRecord] = (),
    ) -> Record | None:
        """
        The session is over: its record.

        `lasted` is how long she was at it, `guide.core.record.active(steps)`: pauses left out.
        """
        self._finish(session_id, lasted, complete, steps)
        return self.record(session_id)

    def leave(self, session_id: int) -> Record | None:
        """Close a session that was cut off as it stood; it stays in the history. Not one that another program plays."""
        found = None if self._held.elsewhere(session_id) else self._unfinished(session_id)
        if found is None:
            return None
        from guide.core.record import active

        ended = self._journal.ended(session_id)
        steps = self._steps(found)
        self._finish(session_id, active(steps) if steps else found.at, bool(ended and ended.complete), steps)
        return self.record(session_id)

    def unfinished(self) -> Unfinished | None:
        """
        The session that was cut off, if there is one to come back to; one that another program plays is not.

        One that had ended, is older than `STALE_AFTER`, or is not the newest is closed as it stood.
        """
        left = [one for one in self._open_ones() if not self._held.elsewhere(one)]
        if not left:
            return None
        newest, *others = left
        for other in others:
            self.leave(other)
        found = self._unfinished(newest)
        stale = found is not None and self._now() - found.stopped > STALE_AFTER
        if found is None or stale or self._journal.ended(newest) is not None:
            self.leave(newest)
            return None
        return found

    def played_elsewhere(self) -> str:
        """The routine of the session that another program plays just now; empty where there is none."""
        there = next((one for one in self._open_ones() if self._held.elsewhere(one)), None)
        rows = self._file.rows("SELECT routine_name FROM session WHERE id = ?", there) if there is not None else []
        return str(rows[0][0]) if rows else ""

    def reopen(self, session_id: int, *, routine_text: str, commands: Sequence[tuple[Instant, Command]]) -> None:
        """A session that had ended goes on: it is open, with the journal that its end had made needless."""
        self._held.take(session_id)
        self._file.write(
            ("UPDATE session SET open = 1 WHERE id = ?", (session_id,)),
            *forget(session_id),
            *self._journal.begun(session_id, routine_text, commands),
        )

    def carried_on(self, session_id: int) -> bool:
        """
        She carries on with it: go on writing under the same id, its clock at `Unfinished.at`.

        False where that is not possible any more: another program plays it, or has ended it, since it was found.
        """
        if self._unfinished(session_id) is None or not self._held.take(session_id):
            return False
        self._journal.carried_on(session_id)
        return True

    def commands(self, session_id: int) -> tuple[tuple[Instant, Command], ...]:
        """Every command of a session that is not finished, in order."""
        return self._journal.commands(session_id)

    def journal(self, session_id: int) -> list[tuple[Instant, Entry]]:
        """What the journal holds of a session that is not finished, up to the first gap or word that is not known."""
        return self._journal.entries(session_id)

    # of one that was cut off

    def _open_ones(self) -> list[int]:
        """The newest first."""
        rows = self._file.rows("SELECT id FROM session WHERE open ORDER BY began DESC, id DESC")
        return [session_id for (session_id,) in rows]

    def _unfinished(self, session_id: int) -> Unfinished | None:
        rows = self._file.read(
            lambda row: (*row[:5], moment(row[5], row[6]), row[7] * US, moment(row[8], row[6])),
            "SELECT routine_id, routine_name, coalesce(routine_text, ''), first_side, purpose, began, utc_offset,"
            " coalesce(alive, 0), coalesce(seen, began) FROM session LEFT JOIN live ON live.session = session.id"
            " WHERE id = ? AND open",
            session_id,
        )
        if not rows:
            return None
        routine_id, name, text, first_side, purpose, began, alive, stopped = rows[0]
        journal = self._journal.entries(session_id)
        return Unfinished(
            session_id=session_id,
            routine_id=routine_id,
            routine_name=name,
            routine_text=text,
            first_side=choice(Side, first_side) or Side.LEFT,
            purpose=choice(Purpose, purpose),
            began=began,
            commands=commands_of(journal),
            at=max([alive, *(at for at, _ in journal)]),
            stopped=stopped,
        )

    def _steps(self, found: Unfinished) -> tuple[StepRecord, ...]:
        plan = self._plan_of(found.routine_text, found.first_side) if self._plan_of else None
        from guide.core.visited import steps_from

        return steps_from(plan, found.commands, found.at) if plan else ()

    def _finish(self, session_id: int, lasted: timedelta, complete: bool, steps: Sequence[StepRecord]) -> None:
        self._file.write(
            (
                "UPDATE session SET open = 0, lasted = ?, complete = ?, steps = ? WHERE id = ?",
                (lasted // US, complete, steps_text(steps), session_id),
            ),
            *forget(session_id),
        )
        self._held.let_go(session_id)
