"""What files were found to bring: each file by itself, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from guide.core.record import Record
from guide.core.shown import one_line
from guide.store.bringing.columns import Match
from guide.store.bringing.sheet import Spreadsheet
from guide.store.bringing.units import PlainAmounts
from guide.store.log.incoming import BadRow


class FileKind(Enum):
    SESSIONS = auto()
    ROUTINE = auto()
    NEITHER = auto()


@dataclass(frozen=True, slots=True)
class LookedAt:
    """
    One file: what it would add, what is known, what would be left out and why, and what to know before saying yes.

    `match` is there where its columns are not ours, `sheet` with it, for the rows to be seen beside their meaning, and
    `plain` where amounts of it have no unit beside them. Sessions that begin in the minute of one in the log are in
    `same_time`, and come only where she `takes_same_time`: to have each session twice is worse than to miss one.
    """

    path: Path
    kind: FileKind
    records: tuple[Record, ...] = ()
    known: int = 0
    left_out: tuple[BadRow, ...] = ()
    notes: tuple[str, ...] = ()
    routine: str = ""
    sheet: Spreadsheet | None = None
    match: Match | None = None
    lines: tuple[int, ...] = ()
    plain: PlainAmounts | None = None
    called: str = ""  # the name a routine gets here, where another one has its own
    same_time: tuple[Record, ...] = ()
    takes_same_time: bool = False

    @property
    def name(self) -> str:
        return one_line(self.path.name)

    @property
    def coming(self) -> tuple[Record, ...]:
        return (*self.records, *self.same_time) if self.takes_same_time else self.records

    @property
    def staying_out(self) -> int:
        """How many lines and sessions do not come, those aside that are here already."""
        return len(self.left_out) + (0 if self.takes_same_time else len(self.same_time))

    @property
    def adds(self) -> bool:
        return bool(self.coming) or (self.kind is FileKind.ROUTINE and not self.known)


@dataclass(frozen=True, slots=True)
class Inspection:
    files: tuple[LookedAt, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(record for one in self.files for record in one.coming)

    @property
    def routines(self) -> tuple[LookedAt, ...]:
        return tuple(one for one in self.files if one.kind is FileKind.ROUTINE and one.adds)

    @property
    def adds(self) -> bool:
        return any(one.adds for one in self.files)

    @property
    def complete(self) -> bool:
        """Whether nothing is left out that no other row tells; a routine comes in whole, its mistakes with it."""
        left_out = (bad for one in self.files if one.kind is not FileKind.ROUTINE for bad in one.left_out)
        told = all(bad.told for bad in left_out)
        return told and all(one.takes_same_time or not one.same_time for one in self.files)
