"""A session belongs to the program that plays it, for as long as that lives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.core.commands import Command, Ended, Entered
from guide.core.routine import Side
from guide.store.log import held
from guide.store.log.held import Held
from guide.store.log.log import STALE_AFTER, Log
from guide.store.routines.reader import laid_out
from hands import WallClock

ROUTINE = "name: Short\nsteps:\n  - {kind: rest, duration: 20 s}\n"
OTHER = f"""
import sys
from datetime import datetime
from pathlib import Path
from guide.core.routine import Side
from guide.store.log.log import STALE_AFTER, Log
log = Log.open(Path(sys.argv[1]))
found = log.unfinished()
if found is not None:
    print(found.session_id, log.carried_on(found.session_id), flush=True)
else:
    print(log.begin(routine_id="other", routine_name="Of the other", routine_text={ROUTINE!r}, first_side=Side.LEFT,
                    purpose=None, began=datetime.now().astimezone()), flush=True)
sys.stdin.readline()
"""


@contextmanager
def another_program(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another program that plays a session of this log; and what it says of it."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as program:
        assert program.stdout is not None
        try:
            yield program, program.stdout.readline().strip()
        finally:
            program.kill()


def begun(log: Log, name: str = "Ours") -> int:
    return log.begin(
        routine_id="ours",
        routine_name=name,
        routine_text=ROUTINE,
        first_side=Side.LEFT,
        purpose=None,
        began=datetime.now().astimezone(),
    )


def test_a_session_that_another_program_plays_is_neither_offered_nor_ended_until_that_one_dies(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    with another_program(path) as (program, told):
        theirs = int(told)
        log = Log.open(path, plan_of=laid_out)
        assert log.unfinished() is None
        assert log.played_elsewhere() == "Of the other"
        assert log.leave(theirs) is None
        assert not log.carried_on(theirs)
        ours = begun(log)
        assert log.journal(theirs) == []
        assert log.finish(ours, lasted=timedelta(seconds=20), complete=True) is not None
        program.kill()
        program.wait()
    found = log.unfinished()
    assert found is not None
    assert found.session_id == theirs
    assert log.played_elsewhere() == ""
    assert log.leave(theirs) is not None
    log.close()
    assert [one.name for one in tmp_path.iterdir() if "session-" in one.name] == []


def test_what_was_offered_here_and_is_carried_on_there_is_not_carried_on_here_too(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    before = Log.open(path, plan_of=laid_out)
    cut_off = begun(before)
    before.close()
    log = Log.open(path, plan_of=laid_out)
    assert log.unfinished() is not None
    with another_program(path) as (_program, told):
        assert told == f"{cut_off} True"
        assert not log.carried_on(cut_off)
    assert log.carried_on(cut_off)
    log.leave(cut_off)
    assert not log.carried_on(cut_off)
    log.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name there")
def test_a_pipe_or_no_room_in_place_of_the_mark_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = Held(tmp_path / "sessions.db")
    os.mkfifo(tmp_path / "sessions.db-session-1")
    assert not marks.elsewhere(1)
    monkeypatch.setattr(held, "_opened", lambda _mark, _flags: (_ for _ in ()).throw(OSError("full")))
    assert marks.take(2)
    assert not marks.elsewhere(2)
    marks.let_go(2)
    marks.close()


@pytest.fixture
def clock() -> WallClock:
    return WallClock(datetime(2026, 11, 22, 20, 36, tzinfo=UTC))


@pytest.fixture
def log(tmp_path: Path, clock: WallClock) -> Iterator[Log]:
    with closing(Log.open(tmp_path / "sessions.db", now=clock, plan_of=laid_out)) as log:
        yield log


def marks(log: Log) -> list[str]:
    return sorted(one.name for one in log._file.path.parent.iterdir() if "session-" in one.name)


@pytest.mark.skipif(sys.platform == "win32", reason="a lock is a program's there")
def test_of_what_another_program_plays_nothing_is_touched_until_that_one_lets_go(log: Log, clock: WallClock) -> None:
    theirs = begun(log)
    log.write(theirs, timedelta(seconds=4), Command.PAUSE)
    handle = held._ours.pop(log._held._mark(theirs))  # as though another program had it
    clock.now += timedelta(hours=11)
    assert (log.unfinished(), log.leave(theirs), log.carried_on(theirs)) == (None, None, False)
    assert log.played_elsewhere() == "Ours"
    ours = begun(log, "Another")
    assert (log.played_elsewhere(), log.journal(ours)) == ("Ours", [])
    assert log.journal(theirs) == [(timedelta(seconds=4), Command.PAUSE)]
    assert marks(log) == [f"sessions.db-session-{one}" for one in (theirs, ours)]
    log.finish(ours, lasted=timedelta(seconds=20), complete=True)
    assert marks(log) == [f"sessions.db-session-{theirs}"]
    os.close(handle)
    assert log.played_elsewhere() == ""
    assert log.carried_on(theirs)
    clock.now += timedelta(hours=11)
    found = log.unfinished()
    assert found is not None
    assert (found.session_id, found.at) == (theirs, timedelta(seconds=4))
    clock.now += STALE_AFTER - timedelta(hours=11)
    assert log.unfinished() == found
    clock.now += timedelta(microseconds=1)
    assert log.unfinished() is None
    assert log.record(theirs) is not None
    assert not log.carried_on(theirs)
    assert (marks(log), log.journal(theirs)) == ([], [])


def test_a_session_that_is_left_lasted_without_its_pauses(log: Log) -> None:
    one, other = begun(log), 0
    for at, press in ((2, Command.PAUSE), (12, Command.RESUME), (15, Command.PAUSE)):
        log.write(one, timedelta(seconds=at), press)
    left = log.leave(one)
    assert left is not None
    assert (left.lasted, left.complete, len(left.steps)) == (timedelta(seconds=5), False, 1)
    assert left.steps_total == 0
    other = begun(log)
    for at, entry in ((0, Entered(0)), (20, Ended(True))):
        log.write(other, timedelta(seconds=at), entry)
    left = log.leave(other)
    assert left is not None
    assert left.complete


def test_a_session_that_goes_on_again_has_the_journal_it_is_given(log: Log) -> None:
    one = begun(log)
    log.write(one, timedelta(seconds=1), Command.PAUSE)
    log.finish(one, lasted=timedelta(seconds=1), complete=False)
    assert marks(log) == []
    for presses in ([(timedelta(seconds=1), Command.PAUSE)], [(timedelta(seconds=3), Command.NEXT)], []):
        log.reopen(one, routine_text=ROUTINE, commands=presses)
        assert (log.journal(one), marks(log)) == (presses, [f"sessions.db-session-{one}"])
        found = log.unfinished()
        assert found is not None
        assert (found.routine_text, found.at) == (ROUTINE, max([at for at, _ in presses], default=timedelta(0)))
    log.close()
    assert marks(log) == []


def test_the_lock_of_somebody_who_only_looks_is_tried_again(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, waited = [False] * (held.TRIES - 1) + [True], list[float]()
    monkeypatch.setattr(held, "_locked", lambda _: answers.pop(0))
    monkeypatch.setattr("time.sleep", waited.append)
    marked = Held(log._file.path)
    assert marked.take(7)
    assert (answers, waited) == ([], [held.BETWEEN] * (held.TRIES - 1))
    assert marked.take(7)  # it is ours
    assert not marked.elsewhere(7)
    answers += [True]
    marked.let_go(7)
    answers += [False] * held.TRIES
    assert not marked.take(7)
    assert (answers, len(waited)) == ([], 2 * (held.TRIES - 1))
    answers += [False]
    assert marked.elsewhere(7)
    answers += [True]
    assert not marked.elsewhere(7)
    answers += [True]
    marked.let_go(7)  # one that a killed program left behind
    assert marks(log) == []


def test_what_a_log_lets_go_of_as_it_closes_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    logs = [Held(tmp_path / name) for name in ("a.db", "b.db", "other/a.db")]
    for one in logs:
        assert one.take(1)
        assert one.take(23)
    logs[0].close()
    assert sorted(str(mark.relative_to(tmp_path)) for mark in held._ours if mark.is_relative_to(tmp_path)) == [
        *(f"b.db-session-{number}" for number in (1, 23)),
        *(f"other/a.db-session-{number}" for number in (1, 23)),
    ]
    for one in logs:
        one.close()
    assert [one.name for one in tmp_path.rglob("*session*")] == []
