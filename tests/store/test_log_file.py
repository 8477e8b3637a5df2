"""The log's file: what it says is in the way, what waits meanwhile, what is looked through, and what is erased."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from errno import EACCES, ENOSPC
from pathlib import Path
from threading import Timer

import pytest

from disks import Disk, Room
from guide.core.commands import Command
from guide.core.routine import Side
from guide.store.files import NotAFileError
from guide.store.log import file as log_file
from guide.store.log import opening
from guide.store.log.file import LogTrouble
from guide.store.log.log import Log
from guide.store.log.schema import APPLICATION_ID

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
KEPT = "Your session goes on; what you note is kept here and saved as soon as that is possible."
KEPT_AT_START = "What you note is kept here and saved as soon as that is possible."


def refused(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("told in SQLite's own words")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    made = Log.open(path, now=lambda: NOW)
    yield made
    made.close()


def begin(log: Log) -> int:
    return log.begin(
        routine_id="r", routine_name="R", routine_text="", first_side=Side.LEFT, purpose=None, began=NOW
    )  # fmt: skip


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(ENOSPC, "full"), "There is no room on the disk for the session log just now. {kept}"),
        (refused(sqlite3.SQLITE_FULL), "There is no room on the disk for the session log just now. {kept}"),
        (refused(sqlite3.SQLITE_BUSY), "Another program is using the session log just now. {kept}"),
        (refused(sqlite3.SQLITE_BUSY_SNAPSHOT), "Another program is using the session log just now. {kept}"),
        (
            NotAFileError(Path("a pipe")),
            "{path} is not an ordinary file, so the session log cannot be kept there just now. {kept}",
        ),
        (OSError(EACCES, "closed"), "The session log cannot be written in {parent}. {kept}"),
        (refused(sqlite3.SQLITE_IOERR), "The session log cannot be written in {parent}. {kept}"),
    ],
)
def test_what_is_in_the_way_is_told_in_a_sentence_with_what_becomes_of_her_session(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def refuses(*_: object) -> sqlite3.Connection:
        raise error

    monkeypatch.setattr(log_file, "open_file", refuses)
    log = Log.open(path, now=lambda: NOW)
    assert log.trouble is not None
    assert log.trouble.message == told.format(kept=KEPT_AT_START, path=path, parent=path.parent)
    log.close()
    monkeypatch.undo()


def test_a_folder_that_was_read_only_at_the_start_is_told_of_then_and_written_to_once_it_can_be(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Log.open(path, now=lambda: NOW)) as before:
        before.add_by_hand(note="before")
    disk, told = Disk(tmp_path, monkeypatch), list[str]()
    disk.room = Room.READ_ONLY
    log = Log.open(
        path,
        now=lambda: NOW,
        on_trouble=lambda trouble: told.append(trouble.message),
        on_mended=lambda _trouble: told.append("over"),
    )
    assert told == [f"The session log cannot be written in {path.parent}. {KEPT_AT_START}"]
    log.add_by_hand(note="while it cannot")
    assert not log.save_now()
    disk.room = Room.THERE
    assert log.save_now()
    assert (log.trouble, told[1:]) == (None, ["over"])
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT note FROM session").fetchall() == [("before",), ("while it cannot",)]
    log.close()


def test_a_file_that_became_read_only_after_the_start_is_opened_anew(log: Log, path: Path) -> None:
    """A connection that may only read is what SQLite gives for a file without the right to write."""
    file = log._file._file
    assert file is not None
    file.execute("PRAGMA query_only = ON")
    log.add_by_hand(note="x")
    assert log.trouble is not None
    assert log.save_now()
    assert log.trouble is None


def test_what_is_written_into_a_log_damaged_twice_over_waits_and_is_kept(
    log: Log, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage, run = [refused(sqlite3.SQLITE_CORRUPT)] * 2, log_file._run

    def run_on_a_bad_disk(db: sqlite3.Connection, statements: Iterable[log_file.Statement]) -> None:
        if damage and db is log._file._file:
            raise damage.pop()
        run(db, statements)

    monkeypatch.setattr(log_file, "_run", run_on_a_bad_disk)
    log.add_by_hand()
    assert log.trouble is not None
    assert log.count() == 1
    assert log.save_now()
    log.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM session").fetchone() == (1,)


def test_of_the_signs_of_life_that_wait_the_last_of_each_session_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> sqlite3.Connection:
        raise OSError(ENOSPC, "full")

    monkeypatch.setattr(log_file, "open_file", full)
    log = Log.open(path, now=lambda: NOW)
    session_id = begin(log)
    log.write(session_id, timedelta(0), Command.NEXT)
    waiting = len(log._file._pending)
    for minute in range(1, 90):
        log.alive(session_id, timedelta(minutes=minute))
    assert len(log._file._pending) == waiting
    monkeypatch.undo()
    log.add_by_hand(note="there is room")
    found = log.unfinished()
    assert (log.trouble, log._file._pending) == (None, [])
    assert found is not None
    assert (found.at, [press for _, press in found.commands]) == (timedelta(minutes=89), [Command.NEXT])
    log.close()


def test_what_another_thread_reads_is_read_when_it_asks_and_where_nothing_can_be_saved_as_it_stood(
    log: Log, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read = log._file.rows_aside("SELECT note FROM session ORDER BY id")
    log.add_by_hand(note="one")
    assert read() == [("one",)]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        log.add_by_hand(note="two")
        stood = log._file.rows_aside("SELECT note FROM session ORDER BY id")
        log.add_by_hand(note="three")
        assert (stood(), read()) == ([("one",), ("two",)], [("one",)])
    log.save_now()
    broken = log._file.rows_aside("SELECT nothing FROM session")
    assert broken() == []
    assert [(one.message, bool(one.exc_info)) for one in caplog.records] == [("the log could not be read aside", True)]


def test_a_newer_file_that_has_none_of_our_tables_is_written_to_in_vain_and_nothing_is_raised(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.commit()
    log = Log.open(path, now=lambda: NOW)
    log.add_by_hand(note="in vain")
    assert (log.records(), len(log.notices)) == ([], 1)
    log.close()
    assert log.count() == 0


def test_to_a_newer_file_nothing_is_written_and_nothing_waits_for_it(log: Log, path: Path) -> None:
    log.add_by_hand(note="hers")
    log.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    newer = Log.open(path, now=lambda: NOW)
    newer.add_by_hand(note="in vain")
    assert (newer.trouble, newer.save_now(), newer._file._pending) == (None, True, [])
    assert sorted(one.note for one in newer.records()) == ["hers", "in vain"]
    (told,) = newer.notices
    assert told == (
        "Your session log (log.db) was written by a newer version of this program. It is shown as it is and nothing "
        "in it is changed; sessions are kept in it again once the program is up to date."
    )
    newer.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT note FROM session").fetchall() == [("hers",)]


def test_a_file_too_long_for_every_start_is_looked_through_when_asked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log.open(path, now=lambda: NOW)
    for number in range(40):
        log.add_by_hand(note="x" * 400, began=NOW - timedelta(hours=number))
    assert log.sound()
    log.close()
    content = path.read_bytes()
    path.write_bytes(content[:-4096] + b"\x0d" + bytes(range(255)) * 16 + content[len(content) - 15 :])
    monkeypatch.setattr(opening, "CHECKED_WHOLE", 0)
    log = Log.open(path, now=lambda: NOW)
    assert log.notices == []
    assert not log.sound()
    assert len(log.notices) == 1
    assert log.sound()
    log.close()


def test_everything_erased_takes_what_was_set_aside_with_it_and_leaves_what_is_hers(log: Log, path: Path) -> None:
    folder = path.parent
    (folder / "copies").mkdir()
    aside = ["log-damaged-2026-01-01-000000.db", "log-before-2.db", "log-before-2.db.part", "copies/log-2026-01-01.db"]
    hers = ["log-mine.db", "other-damaged-.db", "copies/notes.db"]
    for name in (*aside, *hers):
        (folder / name).write_bytes(b"x")
    (folder / "log-damaged-stuck.db").mkdir()  # what cannot be taken away keeps nothing else
    (folder / "copies" / "log-2027-01-01.db").mkdir()
    log.add_by_hand(note="x")
    log.erase_everything()
    assert log.records() == []
    assert [name for name in aside if (folder / name).exists()] == []
    assert [name for name in hers if not (folder / name).exists()] == []


@pytest.mark.parametrize(("busy", "gone"), [(True, False), (False, True)])
def test_nothing_set_aside_is_erased_while_her_sessions_cannot_be(log: Log, path: Path, busy: bool, gone: bool) -> None:
    copy = path.with_name("log-before-2.db")
    copy.write_bytes(b"x")
    log.add_by_hand(note="x")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        if busy:
            other.execute("BEGIN IMMEDIATE")
        log.erase_everything()
        assert copy.exists() is not gone


def test_everything_is_erased_though_the_file_cannot_be_made_small(log: Log, path: Path) -> None:
    copy = path.with_name("log-before-2.db")
    copy.write_bytes(b"x")
    log.add_by_hand(note="x")
    file = log._file._file
    assert file is not None
    file.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
    )
    log.erase_everything()
    assert (log.records(), copy.exists()) == ([], False)


def test_a_good_file_is_read_once(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.add_by_hand(note="x")
    monkeypatch.setattr(log_file, "impossible", lambda _: pytest.fail("it was looked through"))
    assert [one.note for one in log.records()] == ["x"]


def test_a_reading_that_is_refused_is_told_and_no_sign_of_damage(log: Log, path: Path) -> None:
    log.add_by_hand(note="x")
    assert log._file.rows("SELECT nothing FROM session") == []
    assert log.trouble is not None
    assert log.trouble.message == f"The session log cannot be written in {path.parent}. {KEPT}"
    assert (log.notices, len(log.records())) == ([], 1)


def test_a_program_that_holds_the_file_for_a_moment_is_waited_for(log: Log, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        letting_go = Timer(0.05, other.execute, ["ROLLBACK"])
        letting_go.start()
        log.add_by_hand(note="x")
        letting_go.join()
    assert log.trouble is None


def test_a_file_that_cannot_be_opened_is_waited_for_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def busy(_path: Path, _migrations: object, wait: float = opening.BUSY_SECONDS) -> sqlite3.Connection:
        waits.append(wait)
        raise refused(sqlite3.SQLITE_BUSY)

    monkeypatch.setattr(log_file, "open_file", busy)
    log = Log.open(path, now=lambda: NOW)
    assert log.save_now()  # nothing waits
    log.add_by_hand(note="x")
    assert not log.save_now()
    assert waits == [opening.BUSY_SECONDS, 0, 0, 0]
    log.close()


def test_what_was_erased_takes_no_room_any_more(log: Log, path: Path, tmp_path: Path) -> None:
    Log.open(tmp_path / "new.db").close()
    for _ in range(5):
        log.add_by_hand(note="x" * 9_000)
    log.erase_everything()
    assert path.stat().st_size == (tmp_path / "new.db").stat().st_size
    assert path.with_name("log.db-wal").stat().st_size == 0


@pytest.mark.parametrize("folder", [True, False])
def test_a_file_deleted_while_it_is_open_is_written_again_with_all_its_sessions_and_told_of(
    path: Path, *, folder: bool
) -> None:
    told: list[str] = []
    log = Log.open(path, now=lambda: NOW, on_notice=told.append)
    log.add_by_hand(note="before")
    shutil.rmtree(path.parent) if folder else path.unlink()
    log.add_by_hand(note="after")
    log.add_by_hand(note="later")
    assert (log.trouble, len(told)) == (None, 1)
    assert told[0].startswith(f"Your session log was no longer in {path.parent}. It has been written there again")
    log.close()
    again = Log.open(path, now=lambda: NOW)
    assert sorted(one.note for one in again.records()) == ["after", "before", "later"]
    assert again.notices == []
    again.close()


def test_a_deleted_file_whose_folder_cannot_be_made_is_kept_in_memory_until_it_can(path: Path) -> None:
    troubles: list[LogTrouble] = []
    log = Log.open(path, now=lambda: NOW, on_trouble=troubles.append)
    log.add_by_hand(note="before")
    shutil.rmtree(path.parent)
    path.parent.write_text("a file in the folder's place", encoding="utf-8")
    for note in ("after", "later"):
        log.add_by_hand(note=note)
    assert len(troubles) == 1
    assert sorted(one.note for one in log.records()) == ["after", "before", "later"]
    path.parent.unlink()
    assert log.save_now()
    log.close()
    again = Log.open(path, now=lambda: NOW)
    assert sorted(one.note for one in again.records()) == ["after", "before", "later"]
    again.close()
