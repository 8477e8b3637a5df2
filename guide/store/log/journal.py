"""The journal: what a session that is going on writes down, so that it can be given back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from guide.store.log.file import LogFile, Statement
from guide.store.log.rows import LONGEST_ROUTINE, US, clean, instant

if TYPE_CHECKING:
    from guide.core.commands import Command, Ended, Instant
    from guide.store.log.entries import Entry
    from guide.store.log.waiting import WaitingSession

STALE_AFTER: Final = timedelta(hours=12)  # a session that waits is over then
_LIVE: Final = "INSERT INTO live VALUES (?, ?, ?, ?)"
_ALIVE: Final = "UPDATE live SET alive = max(alive, ?), seen = ? WHERE session = ?"
_SEEN: Final = "UPDATE live SET seen = ? WHERE session = ?"
_ENTER: Final = "INSERT INTO journal (session, seq, at, entry) SELECT ?, count(*), ?, ? FROM journal WHERE session = ?"


class Journal:
    """The journals of the sessions in `file` that are not finished, each by the session's id."""

    def __init__(self, file: LogFile, *, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now

    def begun(
        self, session_id: int, routine_text: str, commands: Sequence[tuple[Instant, Command]] = ()
    ) -> tuple[Statement, ...]:
        """The statements that begin one, with the commands there were already."""
        latest = max((at // US for at, _ in commands), default=0)
        values = (session_id, clean(routine_text, LONGEST_ROUTINE), latest, instant(self._now()))
        return ((_LIVE, values), *(_entered(session_id, at, command) for at, command in commands))

    def brought(self, session_id: int, waiting: WaitingSession) -> tuple[Statement, ...]:
        """The statements that give back one that another computer wrote."""
        values = (
            session_id, clean(waiting.routine_text, LONGEST_ROUTINE), waiting.alive // US, instant(waiting.seen)
        )  # fmt: skip
        return ((_LIVE, values), *(_entered(session_id, at, entry) for at, entry in waiting.entries))

    def write(self, session_id: int, entries: Iterable[tuple[Instant, Entry]]) -> None:
        """All of them or none."""
        entries = tuple(entries)
        if entries:
            latest = max(0, *(at // US for at, _ in entries))
            alive: Statement = (_ALIVE, (latest, instant(self._now()), session_id))
            self._file.write(*(_entered(session_id, at, entry) for at, entry in entries), alive)

    def alive(self, session_id: int, at: Instant) -> None:
        """The session was still going on at `at`."""
        self._file.write((_ALIVE, (at // US, instant(self._now()), session_id)), replacing=True)

    def carried_on(self, session_id: int) -> None:
        self._file.write((_SEEN, (instant(self._now()), session_id)))

    def entries(self, session_id: int) -> list[tuple[Instant, Entry]]:
        """What it holds, up to the first gap or word that is not known."""
        from guide.store.log.entries import decoded  # here and below: no session is written before the library is shown

        entries: list[tuple[Instant, Entry]] = []
        rows = self._file.read(
            lambda row: (row[0], row[1] * US, row[2]),
            "SELECT seq, at, entry FROM journal WHERE session = ? ORDER BY seq",
            session_id,
        )
        for expected, (seq, at, text) in enumerate(rows):
            entry = decoded(text)
            if seq != expected or entry is None:
                break
            entries.append((at, entry))
        return entries

    def commands(self, session_id: int) -> tuple[tuple[Instant, Command], ...]:
        """Every command, in order."""
        return commands_of(self.entries(session_id))

    def ended(self, session_id: int) -> Ended | None:
        """The end that stands."""
        return ended_in(entry for _, entry in self.entries(session_id))


def ended_in(entries: Iterable[Entry]) -> Ended | None:
    """The end that stands: one that was taken back is followed by a step that is entered again."""
    from guide.core.commands import Ended, Entered

    ended: Ended | None = None
    for entry in entries:
        match entry:
            case Ended():
                ended = entry
            case Entered():
                ended = None
            case _:
                pass
    return ended


def commands_of(entries: Iterable[tuple[Instant, Entry]]) -> tuple[tuple[Instant, Command], ...]:
    from guide.core.commands import Command

    return tuple((at, entry) for at, entry in entries if isinstance(entry, Command))


def _entered(session_id: int, at: Instant, entry: Entry) -> Statement:
    from guide.store.log.entries import encoded

    return (_ENTER, (session_id, at // US, encoded(entry), session_id))
