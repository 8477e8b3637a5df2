"""A session belongs to the program that plays it, for as long as that lives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from guide.core.routine import Side
from guide.store.log import held
from guide.store.log.held import Held
from guide.store.log.log import Log
from guide.store.routines.reader import laid_out

ROUTINE = "name: Short\nsteps:\n  - {kind: rest, duration: 20 s}\n"
OTHER = f"""
import sys
from datetime import datetime
from pathlib import Path
from guide.core.routine import Side
from guide.store.log.log import Log
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


def begun(log: Log) -> int:
    return log.begin(
        routine_id="ours",
        routine_name="Ours",
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
