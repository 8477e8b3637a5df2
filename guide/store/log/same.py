"""Which sessions are the same: those of two logs brought together, and those of a file read twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from guide.store.log.rows import COLUMNS, instant, row_of
from guide.store.steps import TOGETHER, at_one_go

if TYPE_CHECKING:
    from guide.core.record import Record

Likeness = tuple[object, ...]

ALIKE: Final = ("began", "routine_id", "routine_name", "lasted", "left_ml", "right_ml", "note")
MINUTE: Final = 60_000_000  # of the log's microseconds
_ALIKE: Final = tuple(COLUMNS.split(", ").index(name) for name in ALIKE)


class Known:
    """
    Sessions that are there. Two with a `uuid` each are the same where it is the same one.

    Where one of them has none, they are the same when they began at one instant and all that is noted of them is
    alike: routine, name, length, milk, note. Each session that is there stands for one that comes, so a file with
    two rows that are alike brings two sessions, and brings none when it is read again.
    """

    def __init__(self, sessions: Iterable[tuple[str, Likeness]] = ()) -> None:
        self._uuids: set[str] = set()
        self._alike: Counter[Likeness] = Counter()
        self._minutes: set[int] = set()
        self.add(sessions)

    def add(self, sessions: Iterable[tuple[str, Likeness]]) -> None:
        for uuid, alike in sessions:
            self._uuids.add(uuid)
            self._alike[alike] += 1
            if isinstance(began := alike[0], int):  # as it always is
                self._minutes.add(began // MINUTE)

    def copy(self) -> Known:
        same = Known()
        same._uuids, same._alike, same._minutes = self._uuids.copy(), self._alike.copy(), self._minutes.copy()
        return same

    def keep(self, records: Iterable[Record]) -> None:
        """Those that come in are there from now on: what a second file repeats is known."""
        for record in records:
            if record.uuid:
                self._uuids.add(record.uuid)
            self._alike[likeness(row_of(record))] += 1

    def has_at_that_time(self, record: Record) -> bool:
        """
        Whether a session of the log began in the same minute: most likely that one, noted or read otherwise.

        Those that come in together are not asked: a sheet may have a row for each side.
        """
        return instant(record.began) // MINUTE in self._minutes

    def sift(self, records: Iterable[Record]) -> tuple[list[Record], int]:
        """
        Those that are not there, in their order, and how many are.

        A `uuid` that comes twice with different sessions, as where a row was copied and changed, is kept by the first.
        """
        return at_one_go(self.sifting(records))

    def sifting(self, records: Iterable[Record]) -> Generator[None, None, tuple[list[Record], int]]:
        """The same in small steps."""
        fresh: list[Record] = []
        known = 0
        taken: Counter[Likeness] = Counter()
        seen: defaultdict[str, set[Likeness]] = defaultdict(set)
        for number, record in enumerate(records):
            if number % TOGETHER == 0:
                yield
            alike = likeness(row_of(record))
            if record.uuid and record.uuid in self._uuids:
                same = True
            elif record.uuid:
                before = seen[record.uuid]
                same = alike in before
                if before:
                    record = replace(record, uuid="")  # noqa: PLW2901  another session gets a mark of its own
                before.add(alike)
            else:
                same = taken[alike] < self._alike[alike]
                taken[alike] += 1
            if same:
                known += 1
            else:
                fresh.append(record)
        return fresh, known


def likeness(row: tuple[object, ...]) -> Likeness:
    """What two sessions without a mark are held against each other by, out of a row of the log."""
    return tuple(row[at] for at in _ALIKE)
