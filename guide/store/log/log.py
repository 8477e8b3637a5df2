"""
The session log: a journal of the session that is going on, and a record of each that is over.

Nothing here raises for what the world does: a write that has no room is kept in memory and told once as a
`LogTrouble`; a damaged file is set aside and told in `notices`. Days are counted by the offset from UTC that her clock
had as a session began. See docs/decisions/log.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guide.language import N_, _
from guide.store.log.file import LogFile, LogTrouble
from guide.store.log.journal import STALE_AFTER
from guide.store.log.played import PlanOf, Played, Unfinished
from guide.store.log.records import IF_NEW, LogSummary, Merged, Noted, forget
from guide.store.log.rows import row_of
from guide.store.log.schema import MIGRATIONS, Migration

if TYPE_CHECKING:
    from guide.store.log.waiting import Comes, WaitingSession

NOT_KEPT: Final = N_(
    "What you do and note now is not kept, as your session log was written by a newer version of this program. "
    "Once this one is up to date, sessions are kept again."
)
UNSAVED: Final = N_("What came last is not in your session log: the disk has no room, or does not let us write.")
PLAYED_ELSEWHERE: Final = N_("{name} is going on just now in another window or terminal, and is left to it.")

__all__ = [
    "PLAYED_ELSEWHERE",
    "STALE_AFTER",
    "UNSAVED",
    "Log",
    "LogSummary",
    "LogTrouble",
    "Merged",
    "Noted",
    "PlanOf",
    "Unfinished",
]


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Log(Played):
    """Her log. Make one with `Log.open`; use it from one thread."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Callable[[], datetime] = _local_now,
        plan_of: PlanOf | None = None,
        on_trouble: Callable[[LogTrouble], None] | None = None,
        on_mended: Callable[[LogTrouble], None] | None = None,
        on_notice: Callable[[str], None] | None = None,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> Log:
        """
        Open the log at `path`, whatever stands there. Never raises for a bad file or folder.

        `plan_of` lays out a routine's text beginning with a side, so that a session that was cut off can be closed
        with its steps; it gives None for a text that does not read. `on_trouble` is called once when something
        begins to be kept in memory only, `on_mended` with the same once all of it is saved, `on_notice` with what is
        found after the start.
        """
        file = LogFile(
            path, now=now, on_trouble=on_trouble, on_mended=on_mended, on_notice=on_notice, migrations=migrations
        )
        return cls(file, now=now, plan_of=plan_of)

    @property
    def notices(self) -> list[str]:
        """Sentences about what was found, at the start most of all."""
        return self._file.notices

    @property
    def trouble(self) -> LogTrouble | None:
        """What stands in the way of saving, as long as something waits."""
        return self._file.trouble

    @property
    def why_lost(self) -> str:
        """Why nothing that is written is kept, now or later, as in a file of a newer version; "" where it is."""
        return _(NOT_KEPT) if self._file.newer else ""

    @property
    def unread(self) -> LogTrouble | None:
        """What keeps sessions that may be there from being read; None too where no log is there to hold any."""
        return self.trouble if self._file.unread else None

    def save_now(self) -> bool:
        """Try anew what could not be saved; whether nothing waits any more."""
        return self._file.save_now()

    def close(self) -> None:
        """Save what still waits, if there is room now, and let the file go."""
        self._file.close()
        self._held.close()

    def sound(self) -> bool:
        """Look through the whole file, as `doctor` does; a damaged one is set aside at once."""
        return self._file.sound()

    # to another computer

    def waiting(self) -> WaitingSession | None:
        """The session that is not finished, as it is now, to be taken along; what another program plays too."""
        from guide.store.log.waiting import WaitingSession

        self.unfinished()  # what is over is closed
        for session_id in self._open_ones():
            found, row = self._unfinished(session_id), self._one(session_id)
            if found is not None and row is not None:
                entries = tuple(self._journal.entries(session_id))
                return WaitingSession(row[0], found.routine_text, found.at, found.stopped, entries)
        return None

    def is_busy(self) -> bool:
        """Whether a session waits or is under way, here or in another program."""
        return self.unfinished() is not None or bool(self.played_elsewhere())

    def bring(self, waiting: WaitingSession) -> tuple[Comes, int]:
        """
        Take in one from another computer: it waits here, or is closed as it stood where another one waits.

        Its id comes too, 0 for one that is here already.
        """
        from guide.store.log.waiting import Comes, comes_of

        comes = comes_of(waiting, self._now(), here=self._has(waiting), busy=self.is_busy())
        if comes is Comes.HERE:
            return comes, 0
        brought = self._write_new(
            lambda new: [
                (IF_NEW, row_of(replace(waiting.record, id=new), is_open=True)),
                *self._journal.brought(new, waiting),
            ]
        )
        if comes is Comes.TO_HISTORY:
            self.leave(brought)
        return comes, brought

    def take_back_waiting(self, waiting: WaitingSession) -> bool:
        """Undo `bring` of one that waits as it came; False where it was carried on, or is over, and stays."""
        if not self._has(waiting):
            return True
        here = self.waiting()
        if here is None or self._held.is_held(here.record.id):
            return False
        if here != replace(waiting, record=replace(waiting.record, id=here.record.id)):
            return False
        self._file.write(("DELETE FROM session WHERE id = ?", (here.record.id,)), *forget(here.record.id))
        return True

    def _has(self, waiting: WaitingSession) -> bool:
        return bool(self._file.number("SELECT count(*) FROM session WHERE uuid = ?", waiting.record.uuid))
