"""The journal: the words that stand in it, up to where they are read, and rows of other files as they are gathered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.core.commands import Command, Ended, Entered, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.record import Record
from guide.core.routine import Side
from guide.store.log import incoming
from guide.store.log.entries import Entry, decoded, encoded
from guide.store.log.fields import RowError
from guide.store.log.incoming import BadRow, BrokenError, Imported, gathered
from guide.store.log.log import Log
from guide.store.log.rows import LONGEST_ROUTINE, instant
from tables import each_row

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ENTRIES: list[tuple[Entry, str]] = [
    *((one, f"command {one.value}") for one in Command),
    *((Left(12, one), f"left 12 {one.value}") for one in Reason),
    *((PauseBegan(one), f"pause {one.value}") for one in Why),
    (Entered(12), "entered 12"),
    (PauseEnded(), "carried on"),
    (Ended(complete=True), "ended complete"),
    (Ended(complete=False), "ended early"),
]


@pytest.mark.parametrize(("entry", "text"), ENTRIES, ids=[text for _, text in ENTRIES])
def test_what_stands_for_an_entry_is_what_it_always_was(entry: Entry, text: str) -> None:
    assert (encoded(entry), decoded(text)) == (text, entry)


@each_row(
    "text",
    ["", "sang", "command", "command sing", "entered", "entered x", "left 12", "left x time", "pause", "pause x"],
)
def test_a_word_that_is_not_known_is_no_entry(text: str) -> None:
    assert decoded(text) is None


def begun(path: Path, text: str = "text") -> tuple[Log, int]:
    log = Log.open(path, now=lambda: NOW)
    session_id = log.begin(
        routine_id="r", routine_name="R", routine_text=text, first_side=Side.LEFT, purpose=None, began=NOW - SECOND
    )
    return log, session_id


def live(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT alive, seen, typeof(alive), typeof(seen) FROM live").fetchall()


def test_each_writing_is_a_sign_of_life(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log, session_id = begun(path)
    seen = []
    for at, entries in ((0, [Entered(0)]), (7, [Command.NEXT, Entered(1)]), (3, [Command.NEXT]), (9, [])):
        log.write(session_id, at * SECOND, *entries)
        seen += live(path)
    log.alive(session_id, 8 * SECOND)
    seen += live(path)
    assert seen == [(at * 1_000_000, instant(NOW), "integer", "integer") for at in (0, 7, 7, 7, 8)]
    assert log.journal(session_id) == [
        (0 * SECOND, Entered(0)), (7 * SECOND, Command.NEXT), (7 * SECOND, Entered(1)), (3 * SECOND, Command.NEXT)
    ]  # fmt: skip
    log.close()


@pytest.mark.parametrize(
    ("harm", "read"),
    [
        ("DELETE FROM journal WHERE seq = 2", 2),
        ("UPDATE journal SET entry = 'sang' WHERE seq = 3", 3),
        ("UPDATE journal SET seq = 9 WHERE seq = 4", 4),
        ("DELETE FROM journal WHERE seq = 0", 0),
    ],
)
def test_a_journal_is_read_up_to_a_gap_or_a_word_that_is_not_known(tmp_path: Path, harm: str, read: int) -> None:
    path = tmp_path / "log.db"
    log, session_id = begun(path)
    presses = [(at * SECOND, Command.NEXT) for at in range(5)]
    log.write_all(session_id, presses)
    assert log.journal(session_id) == presses
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(harm)
    assert (log.journal(session_id), log.commands(session_id)) == (presses[:read], tuple(presses[:read]))
    log.close()


def test_of_a_routine_longer_than_any_the_beginning_is_kept(tmp_path: Path) -> None:
    log, _ = begun(tmp_path / "log.db", "x" * (LONGEST_ROUTINE + 1))
    found = log.unfinished()
    log.close()
    assert found is not None
    assert len(found.routine_text) == LONGEST_ROUTINE


# rows of other files


def rows(found: list[object], broken: int | None) -> Iterator[tuple[int, object]]:
    yield from enumerate(found, 2)
    if broken is not None:
        raise BrokenError(broken, "it is cut off")


def read(row: object) -> Record:
    if not isinstance(row, Record):
        raise RowError(f"{row} is none")
    return row


ONE = Record(0, "r", "R", NOW)


X = BadRow(2, "x is none"), BadRow(3, "x is none"), BadRow(4, "x is none")
CUT_OFF = BadRow(9, "it is cut off")
TOO_MANY = BadRow(5, "more than 3 sessions end here")
TOO_BAD = BadRow(5, "so many rows do not read that the rest is left out")


@pytest.mark.parametrize(
    ("coming", "broken", "found"),
    [
        ([], None, Imported(())),
        ([], 9, Imported((), (CUT_OFF,))),
        ([ONE, "x", ONE], None, Imported((ONE, ONE), X[1:2], (2, 4))),
        ([ONE, "x"], 9, Imported((ONE,), (X[1], CUT_OFF), (2,))),
        ([ONE] * 3, None, Imported((ONE,) * 3, (), (2, 3, 4))),
        ([ONE] * 5, None, Imported((ONE,) * 3, (TOO_MANY,), (2, 3, 4))),
        (["x", "x"], None, Imported((), X[:2])),
        (["x", ONE, "x", ONE, ONE], None, Imported((ONE,), (X[0], X[2], TOO_BAD), (3,))),
    ],
)
def test_rows_are_gathered_with_the_lines_of_those_that_read_and_of_those_that_do_not(
    monkeypatch: pytest.MonkeyPatch, coming: list[object], broken: int | None, found: Imported
) -> None:
    monkeypatch.setattr(incoming, "MOST_ROWS", 3)
    monkeypatch.setattr(incoming, "MOST_PROBLEMS", 2)
    assert gathered(rows(coming, broken), read) == found
