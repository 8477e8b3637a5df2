"""Writes a session into the log as it happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from guide.compat import override
from guide.core.commands import Command, Ended, Entered, Instant, Left, PauseBegan, PauseEnded
from guide.core.plan import Plan
from guide.core.record import Record, active
from guide.core.session import Move, plan_of
from guide.core.visited import steps_from
from guide.live.sitting import Listener
from guide.store.log.entries import Entry
from guide.store.log.log import Log

SIGN_OF_LIFE: Final = timedelta(seconds=5)


class Recorder(Listener):
    """`commands` are those of a session that is carried on; `record` is there once the session has ended."""

    def __init__(self, log: Log, session_id: int, *, commands: Sequence[tuple[Instant, Command]] = ()) -> None:
        self._log = log
        self.session_id = session_id
        self._commands = list(commands)
        self._alive = timedelta(0)
        self.record: Record | None = None

    @override
    def moved(self, move: Move) -> None:
        """A press and what came of it are one transaction."""
        entries: list[tuple[Instant, Entry]] = []
        if move.command is not None:
            self._commands.append((move.at, move.command))
            entries.append((move.at, move.command))
        entries += [
            (happening.at, happening.effect)
            for happening in move.happenings
            if isinstance(happening.effect, Entered | Left | PauseBegan | PauseEnded | Ended)
        ]
        if not entries:
            return
        self._log.write_all(self.session_id, entries)
        for at, effect in entries:
            if isinstance(effect, Ended):
                self._finish(plan_of(move.session), at, complete=effect.complete)

    @override
    def woke(self, now: Instant) -> None:
        if self.record is None and now - self._alive >= SIGN_OF_LIFE:
            self._alive = now
            self._log.alive(self.session_id, now)

    def take_up(self, routine_text: str, at: Instant) -> None:
        """The end is taken back: what was written stands in the journal again, and this beside it."""
        self._commands.append((at, Command.UNDO))
        self._log.reopen(self.session_id, routine_text=routine_text, commands=self._commands)
        self.record = None

    def _finish(self, plan: Plan, at: Instant, *, complete: bool) -> None:
        steps = steps_from(plan, self._commands, at)
        self.record = self._log.finish(self.session_id, lasted=active(steps), complete=complete, steps=steps)
