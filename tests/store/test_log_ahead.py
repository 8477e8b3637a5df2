"""What stands only in the write-ahead log, as a kill leaves it, is never lost without a word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from guide.core.commands import Command
from guide.core.routine import Side
from guide.store.log.ahead import FRAME, HEADER, read_ahead
from guide.store.log.copies import copies
from guide.store.log.log import Log

NOW = datetime(2026, 11, 22, 20, 36, tzinfo=UTC)
OLD, NEW = 4, 3
Harm = Callable[[bytes], bytes]


def notes(log: Log) -> set[str]:
    return {record.note for record in log.records()}


def cut_off(folder: Path, name: str) -> Path:
    """A log with sessions in its file and as many more ahead of it, as a kill leaves both."""
    path, killed = folder / name / "log.db", folder / f"{name}-killed" / "log.db"
    for count, told in ((OLD, "old"), (NEW, "new")):
        log = Log.open(path)
        for number in range(count):
            log.add_by_hand(note=f"{name} {told} {number}", began=NOW - timedelta(hours=number))
        if told == "old":
            log.close()
    killed.parent.mkdir()
    for file in path.parent.glob("log.db*"):
        shutil.copy(file, killed.parent)
    log.close()
    return killed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("logs")
    return cut_off(folder, "hers"), cut_off(folder, "other")


@pytest.fixture
def path(made: tuple[Path, Path], tmp_path: Path) -> Path:
    shutil.copytree(made[0].parent, tmp_path / "home")
    return tmp_path / "home" / "log.db"


ALL = {f"hers {told} {number}" for told, count in (("old", OLD), ("new", NEW)) for number in range(count)}
FIRST = {one for one in ALL if "old" in one}


def noise(content: bytes) -> bytes:
    return Random(len(content)).randbytes(len(content))


def noise_at(at: int, length: int) -> Harm:
    return lambda content: content[:at] + noise(content[at : at + length]) + content[at + length :]


@pytest.mark.parametrize("without_index", [False, True])
@pytest.mark.parametrize(
    ("file", "harm", "kept"),
    [
        ("log.db", lambda _: b"", ALL),
        ("log.db", lambda content: content[:100], ALL),
        ("log.db", lambda content: content[: len(content) // 2], ALL),
        ("log.db", noise, ALL),
        ("log.db", lambda content: bytes(len(content)), ALL),
        ("log.db", noise_at(0, 100), ALL),
        ("log.db", None, ALL),
        ("log.db-wal", noise_at(0, HEADER), ALL),
        ("log.db-wal", noise_at(HEADER + 60, 400), FIRST),
        ("log.db-wal", noise_at(HEADER + 3 * FRAME + 60, 400), FIRST),
        ("log.db-wal", lambda content: noise_at(len(content) - 100, 100)(content), FIRST),
        ("log.db-wal", noise, FIRST),
        ("log.db-wal", lambda content: bytes(len(content)), FIRST),
    ],
)  # fmt: skip
def test_whatever_is_damaged_what_can_be_read_is_there_and_it_is_told(
    path: Path, file: str, harm: Harm | None, kept: set[str], without_index: bool
) -> None:
    target = path.with_name(file)
    if harm is None:
        target.unlink()
    else:
        target.write_bytes(harm(target.read_bytes()))
    if without_index:
        path.with_name("log.db-shm").unlink()
    log = Log.open(path)
    found = notes(log)
    (told,) = log.notices
    assert kept <= found <= ALL
    assert f"{len(found)} sessions were recovered from it" in told
    assert list(path.parent.glob("log-damaged-*"))
    log.add_by_hand(note="goes on")
    log.close()
    log = Log.open(path)
    assert (log.notices, notes(log)) == ([], found | {"goes on"})
    log.close()


@pytest.mark.parametrize(
    "harm",
    [noise, noise_at(0, 100), lambda content: content[: len(content) // 2], lambda _: b""],
    ids=["noise", "a header of noise", "half", "nothing"],
)
def test_a_session_of_which_all_stands_in_the_write_ahead_log_of_a_damaged_file_is_gone_on_with(
    tmp_path: Path, harm: Harm
) -> None:
    path, killed = tmp_path / "log.db", tmp_path / "killed" / "log.db"
    Log.open(path, now=lambda: NOW).close()  # the tables stand in the file
    log = Log.open(path, now=lambda: NOW)
    session_id = log.begin(
        routine_id="two", routine_name="Two", routine_text="text", first_side=Side.LEFT, purpose=None, began=NOW,
        steps_total=2,
    )  # fmt: skip
    presses = [(timedelta(minutes=number), Command.NEXT) for number in range(3)]
    for at, press in presses:
        log.write(session_id, at, press)
    log.alive(session_id, timedelta(minutes=7))
    killed.parent.mkdir()
    for file in tmp_path.glob("log.db*"):
        shutil.copy(file, killed.parent)
    log.close()
    killed.write_bytes(harm(killed.read_bytes()))
    log = Log.open(killed, now=lambda: NOW)
    found = log.unfinished()
    log.close()
    assert len(log.notices) == 1
    assert found is not None
    assert (found.routine_text, found.at, list(found.commands)) == ("text", timedelta(minutes=7), presses)


@pytest.mark.parametrize("which", ["log.db", "log.db-wal"])
def test_a_write_ahead_log_of_another_file_does_not_take_the_place_of_hers(
    made: tuple[Path, Path], path: Path, which: str
) -> None:
    shutil.copy(made[1].with_name(which), path.with_name(which))
    log = Log.open(path)
    assert len(log.notices) == 1
    both = FIRST | {one.replace("hers", "other") for one in ALL}
    assert notes(log) >= (both if which == "log.db-wal" else {one.replace("hers", "other") for one in FIRST} | ALL)
    log.close()


@pytest.mark.parametrize("cut", [0, 10, 24, 2_000])
def test_half_of_a_page_that_a_kill_left_is_no_damage(path: Path, cut: int) -> None:
    ahead = path.with_name("log.db-wal")
    ahead.write_bytes(ahead.read_bytes() + noise(bytes(cut)))
    log = Log.open(path)
    assert (log.notices, notes(log)) == ([], ALL)
    log.close()


def test_pages_from_before_the_last_checkpoint_are_no_damage(path: Path) -> None:
    log = Log.open(path)
    log.close()
    log = Log.open(path)
    for number in range(3):
        log.add_by_hand(note=str(number), began=NOW)
    ahead = path.with_name("log.db-wal").read_bytes()
    grown = ahead[:HEADER] + ahead[HEADER:] + noise(ahead[HEADER : HEADER + 2 * FRAME])
    path.with_name("stale-wal").write_bytes(grown)
    assert not read_ahead(path.with_name("stale-wal")).broken
    log.close()


def test_a_window_that_writes_meanwhile_is_not_taken_for_damage(path: Path) -> None:
    first = Log.open(path)
    for number in range(20):
        first.add_by_hand(note=f"more {number}", began=NOW)
        second = Log.open(path)
        assert (second.notices, second.trouble) == ([], None)
        second.close()
    first.close()


def test_the_weekly_copy_is_offered_beside_what_was_recovered(path: Path) -> None:
    log = Log.open(path)
    log.close()
    (copy,) = copies(path)
    path.write_bytes(b"")
    log = Log.open(path)
    assert str(copy) in log.notices[0]
    log.close()
