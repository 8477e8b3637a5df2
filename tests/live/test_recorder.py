"""What a session leaves in the log, played in one piece or taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.core.asked import undo
from guide.core.commands import Command
from guide.core.plan import Plan
from guide.core.routine import Side
from guide.core.session import Finished, Ready, Session
from guide.live.recorder import SIGN_OF_LIFE, Recorder
from guide.live.sitting import Sitting
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire
from guide.store.log.log import Log
from guide.store.routines.reader import laid_out
from hands import Clock, RememberingPlayer

TEXT = """\
name: Two
steps:
  - {kind: massage, duration: 1 min}
  - {kind: pump, duration: 2 min}
"""
BEGAN = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = Log.open(tmp_path / "log.db", now=lambda: BEGAN, plan_of=laid_out)
    yield made
    made.close()


def plan() -> Plan:
    made = laid_out(TEXT, Side.LEFT)
    assert made is not None
    return made


def begin(log: Log) -> int:
    return log.begin(
        routine_id="two",
        routine_name="Two",
        routine_text=TEXT,
        first_side=Side.LEFT,
        purpose=None,
        began=BEGAN,
        steps_total=2,
    )


def sitting(session: Session, recorder: Recorder, clock: Clock, *, began_at: timedelta = timedelta(0)) -> Sitting:
    performer = Performer(RememberingPlayer(), Repertoire())
    made = Sitting(session, clock=clock, performer=performer, listeners=[recorder], began_at=began_at)
    made.begin()
    return made


def test_a_session_to_its_end_is_a_record_without_its_pauses(log: Log) -> None:
    clock, recorder = Clock(), Recorder(log, begin(log))
    made = sitting(Ready(plan()), recorder, clock)
    clock.advance(30)
    made.do(Command.PAUSE)
    clock.advance(600)
    made.do(Command.RESUME)
    clock.advance(150)
    made.wake()
    assert recorder.record is not None
    assert (recorder.record.lasted, recorder.record.complete) == (timedelta(minutes=3), True)
    assert log.unfinished() is None


def test_a_session_taken_up_again_counts_what_came_before(log: Log) -> None:
    session_id, clock = begin(log), Clock()
    made = sitting(Ready(plan()), Recorder(log, session_id), clock)
    clock.advance(20)
    made.do(Command.NEXT)
    clock.advance(40)
    made.wake()
    found = log.unfinished()
    assert found is not None
    assert found.at == timedelta(seconds=60)
    recorder = Recorder(log, session_id, commands=found.commands)
    log.carried_on(session_id)
    made = sitting(found.session(plan()), recorder, clock, began_at=found.at)
    made.do(Command.RESUME)
    clock.advance(30)
    made.do(Command.STOP)
    assert recorder.record is not None
    assert recorder.record.lasted == timedelta(seconds=90)
    assert [step.lasted for step in recorder.record.steps] == [timedelta(seconds=20), timedelta(seconds=70)]
    assert not recorder.record.complete


def test_a_quiet_step_leaves_a_sign_of_life_every_few_seconds(log: Log) -> None:
    clock, recorder = Clock(), Recorder(log, begin(log))
    made = sitting(Ready(plan()), recorder, clock)
    clock.advance(SIGN_OF_LIFE.total_seconds())
    made.wake()
    found = log.unfinished()
    assert found is not None
    assert found.at == SIGN_OF_LIFE


def test_a_session_whose_end_was_taken_back_leaves_signs_of_life_again(log: Log) -> None:
    clock, recorder = Clock(), Recorder(log, begin(log))
    made = sitting(Ready(plan()), recorder, clock)
    clock.advance(20)
    made.do(Command.STOP)
    over = made.session
    assert isinstance(over, Finished)
    recorder.take_up(TEXT, over.at)
    made = sitting(undo(over, over.at).session, recorder, clock, began_at=over.at)
    clock.advance(15)
    made.wake()
    found = log.unfinished()
    assert found is not None
    assert found.at == timedelta(seconds=35)


def test_a_record_has_the_steps_of_the_session_though_the_log_could_not_lay_out_its_routine(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db", now=lambda: BEGAN)
    clock, recorder = Clock(), Recorder(log, begin(log))
    made = sitting(Ready(plan()), recorder, clock)
    clock.advance(80)
    made.do(Command.STOP)
    log.close()
    assert recorder.record is not None
    assert [step.lasted.total_seconds() for step in recorder.record.steps] == [60, 20]


def test_nothing_is_written_once_the_record_is_closed(log: Log) -> None:
    clock, recorder = Clock(), Recorder(log, begin(log))
    made = sitting(Ready(plan()), recorder, clock)
    made.do(Command.STOP)
    record = recorder.record
    made.do(Command.NEXT)
    clock.advance(60)
    made.wake()
    assert recorder.record is record
    assert len(log.records()) == 1
    assert log.unfinished() is None


@pytest.mark.parametrize("end", [Command.STOP, Command.NEXT])
def test_an_end_that_was_taken_back_leaves_the_session_open_as_it_was(log: Log, end: Command) -> None:
    clock, recorder = Clock(), Recorder(log, begin(log))
    made = sitting(Ready(plan()), recorder, clock)
    clock.advance(80)
    made.do(end)
    over = made.session
    assert isinstance(over, Finished)
    log.save_note(recorder.session_id, note="soon")
    recorder.take_up(TEXT, over.at)
    found = log.unfinished()
    assert found is not None
    assert found.session(plan()) == undo(over, over.at).session
    made = sitting(undo(over, over.at).session, recorder, clock, began_at=over.at)
    clock.advance(20)
    made.do(Command.STOP)
    record = recorder.record
    assert record is not None
    assert [step.lasted.total_seconds() for step in record.steps] == [60, 40]
    assert record.note == "soon"
    assert len(log.records()) == 1
