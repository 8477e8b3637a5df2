# ruff: noqa: S608 - the statements are put together from this module's own constants
"""A log that SQLite finds sound with a number in it that no clock holds: set aside, and every other session stays."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.core.commands import Command
from guide.core.routine import Side
from guide.store.archive import pack
from guide.store.log import opening
from guide.store.log.export import export_csv, export_json
from guide.store.log.log import Log
from guide.store.log.rows import COLUMNS
from guide.store.log.schema import MIGRATIONS
from guide.store.paths import Paths

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
ODD = ("x", b"\xff", "", 1.5, 2**63 - 1, -(2**63), 10**18, -(10**17))
HERS = ["n2", "n1"]
NUMBERS = ("began", "utc_offset", "day", "lasted")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of three sessions that are over and one that was cut off."""
    path = tmp_path_factory.mktemp("made") / "log.sqlite3"
    log = Log.open(path, now=lambda: NOW)
    for number in range(3):
        log.add_by_hand(note=f"n{number}", began=NOW - timedelta(hours=9 - number), routine_id="r", left_ml=60.0)
    cut_off = log.begin(
        routine_id="r", routine_name="R", routine_text="t", first_side=Side.LEFT, purpose=None, began=NOW
    )  # fmt: skip
    log.write(cut_off, timedelta(minutes=1), Command.NEXT)
    log.close()
    return path


@pytest.fixture
def paths(tmp_path: Path, made: Path) -> Paths:
    paths = Paths.of(tmp_path)
    paths.log.parent.mkdir(parents=True)
    shutil.copy(made, paths.log)
    return paths


def altered(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement, values)
        db.commit()
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)


def asked_of(log: Log, paths: Paths) -> None:
    """Everything that reads rows."""
    assert [one.note for one in log.records() if one.note] == HERS
    assert log.count(routine="r") == 2
    assert sum(day.sessions for day in log.days()) == sum(day.sessions for day in log.routine_days()) == 2
    assert log.summary().last_began == NOW - timedelta(hours=7)
    assert log.last_routine() == "r"
    assert len(log.volumes("r", limit=9)) == 2
    assert log.record(1) is None
    assert "n2" in export_json(log.records())
    assert "n2" in export_csv(log.records())
    assert pack(paths.log.parent.parent / "all.zip", paths, log, NOW).sessions == 2


def test_sessions_with_impossible_numbers_are_set_aside_with_their_file_and_told_once(paths: Paths) -> None:
    numbers = [(column, odd) for column in NUMBERS for odd in ODD]
    altered(paths.log, f"UPDATE session SET {numbers[0][0]} = ? WHERE id = 1", numbers[0][1])
    others = ", ".join(name for name in COLUMNS.split(", ") if name not in {"id", "uuid"})
    for number, (column, odd) in enumerate(numbers[1:], 100):
        copied = (
            f"INSERT INTO session (id, uuid, {others}) SELECT {number}, '{number}', {others} FROM session WHERE id = 2"
        )
        altered(paths.log, copied)
        altered(paths.log, f"UPDATE session SET {column} = ? WHERE id = {number}", odd)
    log = Log.open(paths.log, now=lambda: NOW)
    (notice,) = log.notices
    (aside,) = paths.log.parent.glob("*-damaged-*" + paths.log.suffix)
    assert aside.name in notice
    assert "3 sessions were recovered" in notice
    asked_of(log, paths)
    assert log.unfinished() is not None
    log.close()
    with closing(sqlite3.connect(aside)) as db:
        assert db.execute("SELECT count(*) FROM session").fetchone() == (3 + len(numbers),)
    again = Log.open(paths.log, now=lambda: NOW)
    assert again.notices == []
    again.close()


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize("odd", ["x", 10**18])
def test_one_impossible_number_is_enough(paths: Paths, column: str, odd: object) -> None:
    altered(paths.log, f"UPDATE session SET {column} = ? WHERE id = 1", odd)
    log = Log.open(paths.log, now=lambda: NOW)
    assert len(log.notices) == 1
    assert [one.note for one in log.records() if one.note] == HERS
    log.close()


READS: dict[str, Callable[[Log], object]] = {
    "records": Log.records,
    "days": Log.days,
    "routine days": Log.routine_days,
    "volumes": lambda log: log.volumes("r", limit=9),
    "summary": Log.summary,
    "record": lambda log: log.record(1),
    "unfinished": Log.unfinished,
    "last routine": Log.last_routine,
    "doctor": Log.sound,
}


@pytest.mark.parametrize(("read", "newer"), [*((read, False) for read in READS), ("records", True), ("summary", True)])
@pytest.mark.parametrize(("column", "odd"), [("began", "x"), ("utc_offset", 10**18), ("lasted", "x")])
def test_in_a_long_file_it_is_met_by_whatever_reads_it_first(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, read: str, newer: bool, column: str, odd: object
) -> None:
    altered(paths.log, f"UPDATE session SET {column} = ? WHERE id = 1", odd)
    if newer:
        altered(paths.log, "PRAGMA user_version = 99")
    monkeypatch.setattr(opening, "CHECKED_WHOLE", 0)
    log = Log.open(paths.log, now=lambda: NOW)
    assert len(log.notices) == newer
    READS[read](log)
    log.records()
    asked_of(log, paths)
    assert len(log.notices) == 1
    log.close()


@pytest.mark.parametrize(
    "column", ["session.began", "session.utc_offset", "session.lasted", "live.alive", "live.seen", "journal.at"]
)
@pytest.mark.parametrize(("long", "odd"), [(False, 10**18), (True, "x"), (True, 2**63 - 1)])
def test_a_session_cut_off_with_an_impossible_number_keeps_no_start_from_happening(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, column: str, odd: object, long: bool
) -> None:
    table, name = column.split(".")
    altered(paths.log, f"UPDATE {table} SET {name} = ? WHERE {'id' if table == 'session' else 'session'} = 4", odd)
    if long:
        monkeypatch.setattr(opening, "CHECKED_WHOLE", 0)
    log = Log.open(paths.log, now=lambda: NOW)
    log.unfinished()
    assert {one.note for one in log.records()} >= {"n0", "n1", "n2"}
    assert log.summary().last_began is not None
    log.close()


def test_numbers_that_only_look_odd_are_hers(paths: Paths) -> None:
    for column, value in (("lasted", 0), ("utc_offset", 14 * 3600), ("utc_offset", -12 * 3600), ("left_ml", 0)):
        altered(paths.log, f"UPDATE session SET {column} = ? WHERE id = 1", value)
        log = Log.open(paths.log, now=lambda: NOW)
        assert log.notices == []
        assert log.count() == 3
        log.close()


def test_it_is_left_out_of_what_stands_in_for_a_file_that_cannot_be_migrated(paths: Paths) -> None:
    def breaks(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError

    altered(paths.log, "UPDATE session SET began = 'x' WHERE id = 1")
    log = Log.open(paths.log, now=lambda: NOW, migrations=(*MIGRATIONS, breaks))
    assert [one.note for one in log.records()] == HERS
    log.close()
