# ruff: noqa: S608 - put together from constants
"""A damaged log: which of its rows are taken, what becomes of its files, and a disk that takes none of it just now."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from errno import EIO
from pathlib import Path

import pytest

from disks import Disk, Room
from guide.core.record import Record
from guide.store.log import file as log_file
from guide.store.log import salvage as salvaging
from guide.store.log.ahead import FRAME, HEADER, Ahead, _summed, belongs, content_of, read_ahead
from guide.store.log.log import Log, LogTrouble
from guide.store.log.opening import in_memory_copy, open_file
from guide.store.log.rescue import free_name, move_aside, recovered, told_of
from guide.store.log.rows import COLUMNS, row_of
from guide.store.log.schema import MIGRATIONS, PAGE, TABLES, in_memory, migrate
from tables import each_row

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
ASIDE = "log-damaged-2026-11-22-203600.db"
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "log.db"


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(tmp_path, monkeypatch)
    yield disk
    disk.room = Room.THERE


def filled(path: Path, sessions: int = 5) -> bytes:
    log = Log.open(path, now=lambda: NOW)
    log.merge(
        Record(0, "r", "R", NOW - number * HOUR, note=str(number), uuid=f"u{number}") for number in range(sessions)
    )
    log.close()
    return path.read_bytes()


def notes(log: Log) -> list[str]:
    return sorted(record.note for record in log.records())


@pytest.mark.parametrize("room", [Room.FULL, Room.READ_ONLY], ids=lambda room: room.name.lower())
def test_a_damaged_log_on_a_disk_that_takes_nothing_is_shown_and_set_aside_once_there_is_room(
    path: Path, disk: Disk, room: Room
) -> None:
    damaged = bytes(PAGE) + filled(path)[PAGE:]
    path.write_bytes(damaged)
    files = sorted(path.parent.rglob("*"))
    troubles: list[LogTrouble] = []
    mended: list[LogTrouble] = []

    disk.room = room
    log = Log.open(path, now=lambda: NOW, on_trouble=troubles.append, on_mended=mended.append)
    for number in range(5, 8):
        log.add_by_hand(note=str(number))

    assert notes(log) == [str(number) for number in range(8)]
    (told,) = log.notices
    assert told.startswith(
        "The session log could not be read in full. It stays where it is; 5 sessions were recovered from it. A copy"
    )
    (trouble,) = troubles
    full = "There is no room on the disk for the session log"
    assert trouble.message.startswith(full if room is Room.FULL else "The session log cannot be written in")
    assert mended == []
    assert (path.read_bytes(), sorted(path.parent.rglob("*"))) == (damaged, files)

    disk.room = Room.THERE
    log.add_by_hand(note="8")

    assert (log.trouble, mended) == (None, troubles)
    assert "It is kept beside the new one as " + ASIDE in log.notices[-1]
    log.close()
    assert path.with_name(ASIDE).read_bytes() == damaged
    log = Log.open(path, now=lambda: NOW)
    assert (log.notices, notes(log)) == ([], [str(number) for number in range(9)])
    log.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["copies", ASIDE, "log.db"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_log_that_cannot_be_written_to_at_once_has_what_was_recovered(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = 0

    def opened(*arguments: object) -> sqlite3.Connection:
        nonlocal times
        times += 1
        if times == 2:  # the damaged file is met, and the new one opened in vain
            raise OSError
        return open_file(*arguments)  # type: ignore[arg-type]  # passed on as given

    path.parent.mkdir()
    path.write_bytes(bytes(PAGE) + filled(path)[PAGE:])
    monkeypatch.setattr(log_file, "open_file", opened)
    log = Log.open(path, now=lambda: NOW)
    assert (len(log.notices), log.trouble is None, len(log.records())) == (1, False, 5)
    assert ASIDE in log.notices[0]
    log.add_by_hand(note="later")
    assert (log.trouble, notes(log)) == (None, [*map(str, range(5)), "later"])
    log.close()


def test_damage_met_while_there_is_no_room_is_got_over_too(
    path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = filled(path, 200)
    leaf = next(at for at in range(PAGE, len(content), PAGE) if content[at] == salvaging.LEAF and content[at + 4] > 5)
    path.write_bytes(content[: leaf + 1] + b"\xff" * 59 + content[leaf + 60 :])
    monkeypatch.setattr("guide.store.log.opening.CHECKED_WHOLE", 0)
    log = Log.open(path, now=lambda: NOW)
    disk.room = Room.FULL
    assert not log.sound()
    assert len(log.notices) == 1
    log.add_by_hand(note="meanwhile")
    found = notes(log)
    assert 50 < len(found) < 200
    assert log.trouble is not None
    disk.room = Room.THERE
    log.add_by_hand(note="then")
    assert (log.save_now(), notes(log)) == (True, sorted([*found, "then"]))
    log.close()
    with closing(Log.open(path, now=lambda: NOW)) as log:
        assert (log.notices, notes(log)) == ([], sorted([*found, "then"]))


# which rows are taken

SESSION = tuple(row_of(Record(7, "r", "R", NOW, note="hers", uuid="u")))
LIVE = (1, "text", 5, 6)
ENTRY = (1, 1, 0, 5, "command next")
ROWS = [
    ("session", SESSION),
    ("live", LIVE),
    ("journal", ENTRY),
    *((None, (*ENTRY[:4], odd)) for odd in ("sang", b"command next", 7, "command sang", "entered x")),
    *((None, (*ENTRY[:3], odd, ENTRY[4])) for odd in (None, "x", 1.5, b"x")),
    *((None, (1, odd, *LIVE[2:])) for odd in (None, 7, 1.5, b"text")),
    *((None, (*LIVE[:3], odd)) for odd in ("x", 1.5, b"x")),
    *((None, (1, *row)) for row in ((), ("text",), ("text", 6), (2, 3, 4, 5, 6), ("text", 5, 6, 7))),
    *(
        (None, (*SESSION[:at], odd, *SESSION[at + 1 :]))
        for at, name in enumerate(COLUMNS.split(", "))
        for odd in {"began": ("x", 10**18), "utc_offset": ("x", 90_000, 10**18), "lasted": ("x", None)}.get(name, ())
    ),
]  # fmt: skip


@pytest.mark.parametrize("of_another", [False, True])
def test_a_row_is_taken_into_the_table_that_it_fits(
    path: Path, monkeypatch: pytest.MonkeyPatch, of_another: bool
) -> None:
    path.parent.mkdir()
    monkeypatch.setattr(salvaging, "belongs", lambda *_: not of_another)
    taken, wanted = [], []
    for table, row in ROWS:  # each alone
        with closing(in_memory()) as db, closing(in_memory()) as into:
            db.execute("CREATE TABLE odd (c0 INTEGER PRIMARY KEY, " + ", ".join(f"c{n}" for n in range(1, 20)) + ")")
            db.execute(f"INSERT INTO odd VALUES ({', '.join('?' * 20)})", (*row, *[None] * (20 - len(row))))
            leaf = db.serialize()[PAGE:]
            migrate(into, MIGRATIONS, 0)
            if of_another:
                monkeypatch.setattr(salvaging, "read_ahead", lambda _, page=leaf: Ahead(((2, page),)))
            else:
                path.write_bytes(bytes(PAGE) + leaf)
            salvaging.salvage(path, into)
            taken.append((row, [(name, one) for name in TABLES for one in into.execute(f"SELECT * FROM {name}")]))
        if of_another:
            wanted.append((row, [("session", (1, *SESSION[1:]))] if table == "session" else []))
        else:
            wanted.append((row, [(table, row)] if table else []))
    assert taken == wanted


def test_each_leaf_that_can_be_read_is_read(path: Path) -> None:
    """One in the middle and the last, cut in the middle, are not; nothing is left in the folder."""
    content = filled(path, 200)
    leaves = [at for at in range(PAGE, len(content), PAGE) if content[at] == salvaging.LEAF and content[at + 4] > 5]
    harmed = bytearray(content)
    middle = leaves[len(leaves) // 2]
    harmed[middle + 1 : middle + 60] = b"\xff" * 59
    whole = read(path, content)
    assert len(whole) == 200
    assert 0 < len(read(path, bytes(harmed))) < 200
    assert 0 < len(read(path, content[: leaves[-1] + PAGE // 2])) < 200
    assert read(path, content[: PAGE + 100]) == read(path, content[:100]) == read(path, b"") == []
    assert [one.name for one in path.parent.iterdir() if one.is_file()] == [path.name]


def read(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    with closing(recovered(path, MIGRATIONS)) as memory:
        return [note for (note,) in memory.execute("SELECT note FROM session")]


# its files


@pytest.mark.parametrize("moved", [("",), ("", "-wal"), ("", "-wal", "-shm"), None])
def test_a_rescue_that_was_cut_off_once_the_damaged_file_was_moved_is_brought_to_its_end(
    path: Path, moved: tuple[str, ...] | None
) -> None:
    """A power cut between two renames; none moved is a log that is written again after its file was deleted."""
    whole = filled(path)
    path.with_name("log-damaged-recovered.db").write_bytes(whole)
    for suffix in ("", "-wal", "-shm"):
        neighbour = path.with_name(path.name + suffix)
        neighbour.write_bytes(frames(range(1, 4)) if suffix else b"damaged")
        if suffix in (moved or ()):
            neighbour.rename(path.with_name(ASIDE + suffix))
    if moved is None:
        path.unlink()
    log = Log.open(path, now=lambda: NOW)
    assert notes(log) == list("01234")
    log.close()
    there = {file.name for file in path.parent.iterdir() if file.is_file()}
    aside = {ASIDE + suffix for suffix in ("", "-wal", "-shm")} if moved else set()
    assert there == {path.name} | aside


def test_a_file_that_is_there_is_not_replaced_by_one_that_a_rescue_did_not_finish(path: Path) -> None:
    filled(path)
    path.with_name("log-damaged-recovered.db").write_bytes(b"half")
    log = Log.open(path, now=lambda: NOW)
    assert notes(log) == list("01234")
    log.close()


def test_a_name_that_is_taken_is_counted_on(path: Path) -> None:
    path.parent.mkdir()
    names = []
    for _ in range(3):
        names.append(free_name(path, NOW).name)
        path.with_name(names[-1]).touch()
    assert names == [ASIDE, ASIDE.replace(".db", "-2.db"), ASIDE.replace(".db", "-3.db")]


@pytest.mark.parametrize("there", [("",), ("-wal",), ("-shm",), ("", "-wal", "-shm"), ()])
def test_what_stands_beside_a_damaged_file_goes_with_it(tmp_path: Path, there: tuple[str, ...]) -> None:
    for suffix in there:
        (tmp_path / f"log.db{suffix}").write_text(suffix)
    move_aside(tmp_path / "log.db", tmp_path / "aside.db")
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {
        f"aside.db{suffix}": suffix for suffix in there
    }


@pytest.mark.parametrize("found", [0, 1, 2])
@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("copied", [False, True])
def test_what_was_recovered_is_told_with_where_the_rest_is(path: Path, found: int, moved: bool, copied: bool) -> None:
    copy = path.parent / "copies" / "log-2026-11-20.db"
    copy.parent.mkdir(parents=True)
    if copied:
        copy.touch()
    assert told_of(path, found, path.with_name(ASIDE) if moved else None) == (
        "The session log could not be read in full. "
        + (f"It is kept beside the new one as {ASIDE}; " if moved else "It stays where it is; ")
        + ("1 session was" if found == 1 else f"{found} sessions were")
        + " recovered from it."
        + copied
        * (
            " A copy of the log from 2026-11-20 is kept too. To bring back what is only in the copy, "
            f"import {copy} as you would import sessions."
        )
    )


# the write-ahead log


def frames(pages: Sequence[int], *, order: str = "<", salts: bytes = b"saltsalt") -> bytes:
    """One as SQLite writes it, of pages that begin with their number."""
    data = struct.pack(">IIII", 0x377F0682 + (order == ">"), 3_007_000, PAGE, 0) + salts
    sums = _summed(data, order, (0, 0))
    data += struct.pack(">II", *sums)
    for number in pages:
        head, page = struct.pack(">II", number, 0), bytes([number % 256]) * PAGE
        sums = _summed(head + page, order, sums)
        data += head + salts + struct.pack(">II", *sums) + page
    return data


def pages_of(data: bytes) -> tuple[tuple[int, bytes], ...]:
    found = [data[at : at + FRAME] for at in range(HEADER, len(data), FRAME)]
    return tuple((int.from_bytes(frame[:4], "big"), frame[24:]) for frame in found)


NUMBERS = (1, 2, 5, 2)
WHOLE = frames(NUMBERS)
PAGES = pages_of(WHOLE)
OLDER = frames((3,), salts=b"oldersal")[HEADER : HEADER + 24] + b"saltsalt" * (PAGE // 8)  # by chance in its page
SALTY = frames((1,), salts=b"\xff" * 8)
assert any(one > 0x7FFFFFFF for one in struct.unpack_from(">II", SALTY, 24) + struct.unpack_from(">II", SALTY, 48))


def harmed(at: int, data: bytes = WHOLE) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "pages", "broken"),
    [
        (WHOLE, PAGES, False),
        (frames(NUMBERS, order=">"), PAGES, False),
        (SALTY, PAGES[:1], False),
        # cut off
        (WHOLE[:-1], PAGES[:-1], False),
        (WHOLE[: HEADER + FRAME], PAGES[:1], False),
        (WHOLE[: HEADER + FRAME - 1], (), False),
        (WHOLE[:HEADER], (), False),
        (b"", (), False),
        # what is left from before the last checkpoint
        (WHOLE + frames((3, 4), salts=b"oldersal")[HEADER:], PAGES, False),
        (WHOLE[:-FRAME] + frames((3, 4), salts=b"oldersal")[HEADER:], PAGES[:-1], False),
        (WHOLE + bytes(FRAME + 1), PAGES, False),
        (WHOLE + frames((3,), salts=b"\0altsalt")[HEADER:] + frames((3,), salts=b"saltsal\0")[HEADER:], PAGES, False),
        # one page that does not add up: the last, half of a write, or not the last
        (harmed(len(WHOLE) - 1), pages_of(harmed(len(WHOLE) - 1)), True),
        (harmed(len(WHOLE) - 1) + b"x", pages_of(harmed(len(WHOLE) - 1)), False),
        (harmed(HEADER + FRAME + 100), pages_of(harmed(HEADER + FRAME + 100)), True),
        (harmed(HEADER + FRAME + 100)[: -FRAME + 1], pages_of(harmed(HEADER + FRAME + 100))[:3], True),
        (harmed(HEADER + 2 * FRAME + 100)[:-1], pages_of(harmed(HEADER + 2 * FRAME + 100))[:3], False),
        (harmed(HEADER + 3), ((254, PAGES[0][1]), *PAGES[1:]), True),
        (harmed(len(WHOLE) - 1) + 2 * OLDER, pages_of(harmed(len(WHOLE) - 1)), False),
        # its header
        (harmed(0), PAGES, True),
        (harmed(20), PAGES, True),
        (harmed(31), PAGES, True),
        (harmed(0)[:-1], PAGES[:-1], True),
        (harmed(0, frames((0, 1))), PAGES[:1], True),
    ],
)  # fmt: skip
def test_the_frames_of_a_write_ahead_log_are_its_pages(
    tmp_path: Path, data: bytes, pages: tuple[tuple[int, bytes], ...], broken: bool
) -> None:
    (tmp_path / "log.db-wal").write_bytes(data)
    assert read_ahead(tmp_path / "log.db-wal") == (pages, broken)


def test_where_no_write_ahead_log_can_be_read_there_is_none(tmp_path: Path) -> None:
    assert read_ahead(tmp_path / "none") == read_ahead(tmp_path) == Ahead()


def test_no_more_pages_than_a_log_ever_has_are_played_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.db-wal"
    path.write_bytes(WHOLE)
    monkeypatch.setattr("guide.store.log.ahead.MOST_PAGES", 5)
    assert read_ahead(path).pages == PAGES
    monkeypatch.setattr("guide.store.log.ahead.MOST_PAGES", 4)
    assert read_ahead(path).pages == PAGES[:2] + PAGES[3:]


def test_pages_played_in_take_the_place_of_those_that_were_there_or_come_after_them() -> None:
    a, b, c = (bytes([letter]) * PAGE for letter in b"abc")
    assert Ahead(((1, c),)).played_into(a + b) == c + b
    assert Ahead(((2, c), (2, a))).played_into(a + b) == a + a
    assert Ahead(((4, c), (3, b))).played_into(a) == a + bytes(PAGE) + b + c
    assert Ahead().played_into(b"short") == b"short"


@each_row(
    ("before", "after", "belongs_to_it"),
    [(0, 3, True), (2, 3, True), (3, 3, False), (3, 0, True), (4, 3, False)],
)
def test_a_write_ahead_log_is_another_s_where_no_session_of_three_is_left(
    before: int, after: int, belongs_to_it: bool
) -> None:
    def content(first: int, count: int) -> bytes:
        with closing(in_memory()) as db:
            migrate(db, MIGRATIONS, 0)
            for number in range(first, first + count):
                row = row_of(Record(number, "r", "R", NOW, uuid=f"u{number}"))
                db.execute(TABLES["session"], row)
            return db.serialize()

    hers, other = content(1, before), content(100, after)
    pages = tuple((at // PAGE + 1, other[at : at + PAGE]) for at in range(0, len(other), PAGE))
    assert belongs(hers, Ahead(pages)) is belongs_to_it
    if before > 2:
        assert belongs(hers, Ahead(tuple((at // PAGE + 1, hers[at : at + PAGE]) for at in range(0, len(hers), PAGE))))
    assert belongs(hers, Ahead())


def test_of_a_file_that_cannot_be_read_there_is_no_content(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert content_of(path) == b""
    whole = filled(path)
    assert content_of(path) == whole
    assert belongs(b"noise" * PAGE, Ahead(PAGES))
    if os.name == "posix":
        (path.parent / "gone").mkdir()
        monkeypatch.chdir(path.parent / "gone")
        (path.parent / "gone").rmdir()
        assert content_of(Path("log.db")) == b""
        with closing(in_memory_copy(Path("log.db"), None, MIGRATIONS)) as memory:
            assert memory.execute("SELECT * FROM session").fetchall() == []


@pytest.mark.parametrize("error", [OSError(EIO, "a bad sector"), sqlite3.DatabaseError("malformed")])
def test_where_nothing_of_a_damaged_file_can_be_read_a_new_one_is_begun(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuses(*_: object) -> None:
        raise error

    path.parent.mkdir()
    path.write_bytes(b"noise")
    monkeypatch.setattr("guide.store.log.rescue.salvage", refuses)
    with closing(Log.open(path, now=lambda: NOW)) as log:
        assert "0 sessions were recovered" in log.notices[0]
        log.add_by_hand(note="goes on")
        assert (log.trouble, notes(log)) == (None, ["goes on"])
