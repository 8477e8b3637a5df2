"""Sessions on their way in: rows gathered, and those that do not read with their lines."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from guide.core.record import Record
from guide.dates import clock_words, day_words
from guide.language import _, grouped
from guide.store.log.fields import RowError
from guide.store.steps import TOGETHER, at_one_go

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_OF_OURS: Final = 256 * 1024 * 1024  # of an export: some 20 years of sessions; looking at it takes 1.5 GB of memory
MOST_ROWS: Final = 200_000
MOST_PROBLEMS: Final = 1_000
SOON: Final = timedelta(minutes=5)  # another computer's clock may be ahead by so much
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class BadRow:
    """
    A row that was left out: its line in the file, and what would be right.

    Nothing is missed of one that is `told` by another row too.
    """

    line: int
    message: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """`records` have the id 0 until a log takes them in with `Log.merge`; `lines` are where they stand in the file."""

    records: tuple[Record, ...]
    problems: tuple[BadRow, ...] = ()
    lines: tuple[int, ...] = ()


def to_come(record: Record, now: datetime) -> str:
    """Why a session is left out that has not begun yet, which would upset what is told of the last; else empty."""
    if record.began <= now + SOON:
        return ""
    return _("it would begin in the future, on {day} at {time}").format(
        day=day_words(record.began.date(), now.date()), time=clock_words(record.began)
    )


class BrokenError(ValueError):
    """Says why nothing reads from `line` on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def nothing(message: str, line: int = 1) -> Imported:
    return Imported((), (BadRow(line, message),))


def gathered(rows: Iterator[tuple[int, R]], read: Callable[[R], Record]) -> Imported:
    return at_one_go(gathering(rows, read))


def gathering(rows: Iterator[tuple[int, R]], read: Callable[[R], Record]) -> Generator[None, None, Imported]:
    """The same in small steps."""
    records: list[Record] = []
    lines: list[int] = []
    problems: list[BadRow] = []
    broken: BadRow | None = None
    while broken is None:
        try:
            line, row = next(rows)
        except StopIteration:
            break
        except BrokenError as error:
            broken = BadRow(error.line, str(error))
            continue
        if len(records) % TOGETHER == 0:
            yield
        if len(problems) >= MOST_PROBLEMS:
            broken = BadRow(line, _("so many rows do not read that the rest is left out"))
        elif len(records) == MOST_ROWS:
            broken = BadRow(line, _("more than {n} sessions end here").format(n=grouped(MOST_ROWS)))
        else:
            try:
                records.append(read(row))
                lines.append(line)
            except RowError as error:
                problems.append(BadRow(line, str(error)))
    return Imported(tuple(records), (*problems, *([broken] if broken else [])), tuple(lines))
