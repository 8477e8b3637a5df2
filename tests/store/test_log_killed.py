"""The log and SIGKILL: what was told as saved is there, the file is sound, the session can be carried on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from log_worker import PLAN, plan_of

from guide.core.commands import Entered
from guide.core.session import Paused, Running, Session
from guide.store.log.log import Log

HERE = Path(__file__).parent


@pytest.mark.skipif(sys.platform == "win32", reason="lives are forked to be quick")
@pytest.mark.parametrize("kills", [50, pytest.param(200, marks=pytest.mark.e2e)])
def test_killed_at_random_instants_nothing_that_was_saved_is_lost(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "sessions.sqlite3"
    random = Random(4)
    told, lost, unsound, stuck = 0, list[str](), list[int](), list[int]()
    paths = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    with subprocess.Popen(
        [sys.executable, str(HERE / "log_worker.py"), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as worker:
        for number in range(kills):
            news = _until_killed(worker, number, after=random.randrange(40), spin=random.randrange(20_000))
            told += len(news)
            log = Log.open(path, plan_of=plan_of)
            lost += [one for one in news if not _kept(log, one.split())]
            if log.notices or log.trouble or not log.sound():
                unsound.append(number)
            cut_off = log.unfinished()
            if cut_off is not None and not _goes_on(log, cut_off.session(PLAN), cut_off.session_id):
                stuck.append(number)
            log.close()
    with closing(sqlite3.connect(path)) as db:
        answer = db.execute("PRAGMA integrity_check").fetchone()
    assert told > 10 * kills
    assert (lost, unsound, stuck, answer) == ([], [], [], ("ok",))


def _until_killed(worker: subprocess.Popen[str], seed: int, *, after: int, spin: int) -> list[str]:
    """Let it live until it told so many things, and a moment more; what it had told until its end counts too."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{seed}\n")
    worker.stdin.flush()
    life, news = 0, list[str]()
    while len(news) < after or not life:
        line = worker.stdout.readline()
        assert line, "the worker came to an end by itself"
        if line.startswith("alive"):
            life = int(line.split()[1])
        else:
            news.append(line)
    for _ in range(spin):
        pass
    os.kill(life, signal.SIGKILL)
    while (line := worker.stdout.readline()) != "dead\n":
        news.append(line)
    return news


def _kept(log: Log, news: list[str]) -> bool:
    session_id = int(news[1])
    record = log.record(session_id)
    if record is None:
        return False
    match news:
        case ["began", _]:
            return True
        case ["wrote", _, count]:
            return bool(record.steps) or len(log.journal(session_id)) >= int(count)
        case _:
            return bool(record.steps)


def _goes_on(log: Log, session: Session, session_id: int) -> bool:
    """The replayed session stands in the step that the journal entered last, and is not over."""
    entered = [entry.index for _, entry in log.journal(session_id) if isinstance(entry, Entered)]
    running = session.running if isinstance(session, Paused) else session
    return isinstance(running, Running) and (not entered or running.index == entered[-1])
