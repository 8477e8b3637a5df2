"""The log's file opened: what is refused, what is left over, what is copied before it is changed, and when."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from guide.core.record import Record
from guide.store.files import NotAFileError
from guide.store.log import copies as copying
from guide.store.log import opening
from guide.store.log.ahead import Ahead
from guide.store.log.copies import copies, day_of_copy, keep_copy, set_aside
from guide.store.log.log import Log
from guide.store.log.opening import (
    CHECKED_WHOLE,
    DamagedError,
    NewerError,
    in_memory_copy,
    is_damage,
    is_short,
    open_file,
)
from guide.store.log.rescue import free_name
from guide.store.log.rows import row_of
from guide.store.log.schema import APPLICATION_ID, MIGRATIONS, PAGE, TABLES, in_memory, migrate
from tables import each_row

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "log.db"


def filled(path: Path) -> bytes:
    with closing(Log.open(path, now=lambda: NOW)) as log:
        log.add_by_hand(note="hers")
    return path.read_bytes()


def told(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    return error


@each_row(
    ("error", "damage"),
    [
        (DamagedError(), True),
        (told(sqlite3.SQLITE_CORRUPT), True),
        (told(sqlite3.SQLITE_CORRUPT_INDEX), True),
        (told(sqlite3.SQLITE_NOTADB), True),
        (told(sqlite3.SQLITE_FULL), False),
        (sqlite3.ProgrammingError(), False),
        (OSError(sqlite3.SQLITE_CORRUPT, ""), False),
        (NewerError(), False),
    ],
)
def test_damage_is_what_sqlite_calls_so(error: Exception, damage: bool) -> None:
    assert is_damage(error) is damage


@pytest.mark.parametrize(("size", "short"), [(0, True), (CHECKED_WHOLE, True), (CHECKED_WHOLE + 1, False)])
def test_a_file_is_looked_through_at_each_start_up_to_a_size(tmp_path: Path, size: int, short: bool) -> None:
    with (tmp_path / "log").open("wb") as file:
        file.truncate(size)
    assert is_short(tmp_path / "log") is short


def test_a_new_log_is_hers_alone_and_keeps_each_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # as it is for her: tests wait for no disk
    path = tmp_path / "share" / "data" / "log.db"
    with closing(open_file(path, MIGRATIONS)) as db:
        settings = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "page_size", "application_id", "user_version")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "page_size": PAGE,
        "application_id": APPLICATION_ID,
        "user_version": len(MIGRATIONS),
    }
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_what_is_no_ordinary_file_is_neither_opened_nor_changed(path: Path, suffix: str) -> None:
    path.with_name(f"log.db{suffix}").mkdir(parents=True)
    with pytest.raises(NotAFileError):
        open_file(path, MIGRATIONS)
    assert [one.name for one in path.parent.iterdir()] == [f"log.db{suffix}"]


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_what_is_left_of_a_file_that_is_gone_is_not_played_into_a_new_one(path: Path, suffix: str) -> None:
    path.parent.mkdir()
    path.with_name(f"log.db{suffix}").write_bytes(b"left over")
    with closing(open_file(path, MIGRATIONS)):
        assert path.with_name(f"log.db{suffix}").read_bytes() != b"left over"


def test_a_log_that_cannot_be_made_leaves_nothing_behind_and_one_that_was_there_stays(path: Path) -> None:
    def breaks(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError

    with pytest.raises(sqlite3.OperationalError):
        open_file(path, [breaks])
    assert list(path.parent.iterdir()) == []
    content = filled(path)
    with pytest.raises(sqlite3.OperationalError):
        open_file(path, [*MIGRATIONS, breaks])
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("application", "version", "tables", "raised"),
    [
        (0, 0, False, None),
        (0, 0, True, DamagedError),
        (7, 0, False, None),
        (7, 0, True, DamagedError),
        (APPLICATION_ID, len(MIGRATIONS), False, None),
        (APPLICATION_ID, len(MIGRATIONS) + 1, False, NewerError),
        (APPLICATION_ID, len(MIGRATIONS) + 1, True, NewerError),
    ],
)
def test_another_program_s_file_and_a_later_version_s_are_refused(
    path: Path, application: int, version: int, tables: bool, raised: type[Exception] | None
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id = {application}")
        db.execute(f"PRAGMA user_version = {version}")
        if tables:
            db.execute("CREATE TABLE cards (front TEXT)")
    content = path.read_bytes()
    if raised is None:
        open_file(path, MIGRATIONS).close()
    else:
        with pytest.raises(raised):
            open_file(path, MIGRATIONS)
        assert path.read_bytes() == content


@pytest.mark.parametrize("version", [None, 0, len(MIGRATIONS)])
def test_a_log_whose_first_start_was_killed_half_way_is_begun_without_a_word(path: Path, version: int | None) -> None:
    path.parent.mkdir()
    path.touch()
    if version is not None:  # the file has its header, and no table yet
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(f"PRAGMA user_version = {version}")
    with closing(Log.open(path, now=lambda: NOW)) as log:
        log.add_by_hand(note="hers")
        assert ([record.note for record in log.records()], log.notices, log.trouble) == (["hers"], [], None)
    assert not set_aside(path)


@pytest.mark.parametrize("trace", ["a copy", "one set aside"])
def test_an_empty_file_beside_what_tells_of_sessions_is_damage(path: Path, trace: str) -> None:
    filled(path)
    (copy,) = copies(path)
    if trace == "one set aside":
        copy.rename(free_name(path, NOW))
    path.write_bytes(b"")
    with pytest.raises(DamagedError):
        open_file(path, MIGRATIONS)


@pytest.mark.parametrize("content", [b"x", b"xx"])
def test_a_file_of_a_letter_or_two_is_no_new_one(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises((DamagedError, sqlite3.DatabaseError)) as raised:
        open_file(path, MIGRATIONS)
    assert is_damage(raised.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
@pytest.mark.parametrize("alone", ["EXCLUSIVE", "NORMAL"])
def test_a_file_that_another_program_has_to_itself_is_waited_for_a_moment_and_shown_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, alone: str
) -> None:
    filled(path)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute(f"PRAGMA locking_mode = {alone}")
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_file(path, MIGRATIONS, 0.01)
        with closing(in_memory_copy(path, None, MIGRATIONS)) as memory:
            assert memory.execute("SELECT note FROM session").fetchall() == [("hers",)]
        with (
            closing(sqlite3.connect(path, timeout=0.01)) as ours,
            closing(in_memory_copy(path, ours, MIGRATIONS)) as memory,
        ):
            assert memory.execute("SELECT note FROM session").fetchall() in ([], [("hers",)])
        assert time.monotonic() - began < 2
        other.execute("ROLLBACK")


def emptied(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM session")


def test_before_a_migration_the_file_is_copied_over_what_a_kill_left_of_such_a_copy(path: Path) -> None:
    content = filled(path)
    path.with_name("log-before-2.db.part").write_bytes(b"half")
    with closing(open_file(path, [*MIGRATIONS, emptied])) as db:
        assert db.execute("SELECT * FROM session").fetchall() == []
    assert sorted(one.name for one in path.parent.iterdir()) == ["copies", "log-before-2.db", "log.db"]
    with closing(sqlite3.connect(path.with_name("log-before-2.db"))) as copy:
        assert copy.execute("SELECT note FROM session").fetchall() == [("hers",)]
    assert path.read_bytes() != content


@pytest.mark.parametrize(
    ("reads", "there", "waits", "lost"),
    [
        ([Ahead()], True, 0, False),
        ([Ahead(broken=True), Ahead()], True, 1, False),
        ([Ahead(broken=True), Ahead(broken=True)], True, 1, True),
        ([Ahead(((1, b"x"),))], False, 0, True),
        ([Ahead()], False, 0, False),
    ],
)
def test_what_is_half_written_is_looked_at_once_more(
    path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[Ahead], there: bool, waits: int, lost: bool
) -> None:
    filled(path)
    if not there:
        path.unlink()
    path.with_name("log.db-wal").touch()
    waited: list[float] = []
    left = list(reads)
    monkeypatch.setattr(opening, "read_ahead", lambda _: left.pop(0))
    monkeypatch.setattr("time.sleep", waited.append)
    if lost:
        with pytest.raises(DamagedError):
            open_file(path, MIGRATIONS)
    else:
        open_file(path, MIGRATIONS).close()
    assert (waited, left) == ([opening.SETTLES] * waits, [])


# a copy in memory


def test_a_copy_in_memory_is_in_today_s_schema_whatever_can_be_read(path: Path) -> None:
    def seen(db: sqlite3.Connection) -> tuple[int, list[object]]:
        with closing(db):
            rows = [note for (note,) in db.execute("SELECT folded(note) FROM session")]
            return db.execute("PRAGMA user_version").fetchone()[0], rows

    def anew(db: sqlite3.Connection) -> None:
        db.execute("UPDATE session SET note = note || ' anew'")

    added = [*MIGRATIONS, anew]
    assert seen(in_memory_copy(path, None, MIGRATIONS)) == (1, [])
    content = filled(path)
    assert seen(in_memory_copy(path, None, MIGRATIONS)) == (1, ["hers"])
    assert seen(in_memory_copy(path, None, added)) == (2, ["hers anew"])
    with closing(sqlite3.connect(path)) as file:
        assert seen(in_memory_copy(path, file, added)) == (2, ["hers anew"])
    assert seen(in_memory_copy(path, file, MIGRATIONS)) == (1, [])  # it is closed
    assert path.read_bytes() == content
    path.write_bytes(b"noise" * PAGE)
    assert seen(in_memory_copy(path, None, MIGRATIONS)) == (1, [])


def test_a_copy_in_memory_has_no_number_that_cannot_be(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        row = list(row_of(Record(0, "r", "R", NOW, uuid="odd")))
        db.execute(TABLES["session"], (None, *row[1:8], "soon", *row[9:]))
    with closing(in_memory_copy(path, None, MIGRATIONS)) as memory:
        assert memory.execute("SELECT note FROM session").fetchall() == [("hers",)]


def test_a_copy_in_memory_has_what_stands_in_the_write_ahead_log_and_leaves_both_as_they_are(path: Path) -> None:
    with closing(Log.open(path, now=lambda: NOW)) as log:
        log.add_by_hand(note="ahead")
        snapshot = {name: path.with_name(name).read_bytes() for name in ("log.db", "log.db-wal")}
    for name, content in snapshot.items():  # as a kill leaves them
        path.with_name(name).write_bytes(content)
    with closing(in_memory_copy(path, None, MIGRATIONS)) as memory:
        assert memory.execute("SELECT note FROM session").fetchall() == [("ahead",)]
    assert {name: path.with_name(name).read_bytes() for name in snapshot} == snapshot


# a copy a week


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("log-2026-11-22.db", date(2026, 11, 22)),
        ("log-2026-11-22-2026-11-21.db", date(2026, 11, 21)),
        ("log-2026-11-31.db", None),
        ("log-2026-1-2.db", None),
        ("-2026-11-22.db", None),
        ("log-2026-11-22x.db", None),
        ("notes.db", None),
    ],
)
def test_a_copy_is_told_by_its_name(tmp_path: Path, name: str, day: date | None) -> None:
    (tmp_path / "copies").mkdir()
    there = tmp_path / "copies" / name
    there.touch()
    there.with_suffix(".txt").touch()
    assert day_of_copy(there) == day
    assert copies(tmp_path / "log.db") == ([there] if day else [])


@pytest.mark.parametrize(
    ("days_ago", "made"),
    [((), True), ((7,), True), ((6,), False), ((0,), False), ((8, 6), False), ((-1,), True), ((-1, 6), False)],
)
def test_a_copy_is_made_where_the_newest_is_a_week_old(path: Path, days_ago: tuple[int, ...], made: bool) -> None:
    """One of a day to come says that a clock was wrong, and keeps no other."""
    folder = path.parent / "copies"
    folder.mkdir(parents=True)
    for days in days_ago:
        (folder / f"log-{TODAY - timedelta(days=days)}.db").touch()
    half = folder / f".log-{TODAY}.db.part"
    half.write_bytes(b"of a kill")
    with closing(open_file(path, MIGRATIONS)) as db:
        db.execute(TABLES["session"], row_of(Record(1, "r", "R", NOW, note="hers", uuid="u")))
        kept = keep_copy(db, path, TODAY)
    assert kept == (folder / f"log-{TODAY}.db" if made else None)
    if kept:
        assert not half.exists()
        assert kept.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(kept)) as copy:
            assert copy.execute("SELECT note FROM session").fetchall() == [("hers",)]


@pytest.mark.parametrize("going_on", [None, True, False])
def test_only_a_log_with_a_session_that_is_over_is_copied(path: Path, going_on: bool | None) -> None:
    with closing(open_file(path, MIGRATIONS)) as db:
        if going_on is not None:
            db.execute(TABLES["session"], row_of(Record(1, "r", "R", NOW, uuid="u"), is_open=going_on))
        assert bool(keep_copy(db, path, TODAY)) is (going_on is False)
    folder = path.parent / "copies"
    assert (folder.stat().st_mode & 0o777 == 0o700) if going_on is False else not folder.exists()


def test_a_copy_that_cannot_be_made_costs_nothing_and_of_old_ones_those_that_can_go_do(path: Path) -> None:
    folder = path.parent / "copies"
    with closing(in_memory()) as db:
        migrate(db, MIGRATIONS, 0)
        db.execute(TABLES["session"], row_of(Record(1, "r", "R", NOW, uuid="u")))
        path.parent.mkdir()
        folder.write_text("a file where the folder goes")
        assert keep_copy(db, path, TODAY) is None
        folder.unlink()
        for number in range(8):
            (folder / f"log-2026-01-0{number + 1}.db").mkdir(parents=True)
            if number % 2:
                (folder / f"log-2026-01-0{number + 1}.db").rmdir()
                (folder / f"log-2026-01-0{number + 1}.db").touch()
        assert keep_copy(db, path, TODAY) == folder / f"log-{TODAY}.db"
        assert [one.stem[-5:] for one in copies(path)] == [
            "11-22",
            "01-08",
            "01-07",
            "01-06",
            "01-05",
            "01-03",
            "01-01",
        ]
        db.execute("DROP TABLE session")
        assert keep_copy(db, path, TODAY + copying.WEEK) is None
        assert keep_copy(db, path.with_name("\udcff.db"), TODAY) is None
    assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []
