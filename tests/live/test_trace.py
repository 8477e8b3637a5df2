"""The trace of a session: a line a thing, each with its step, from whatever point it was begun at."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.core.asked import pause, replay
from guide.core.commands import Command
from guide.core.routine import Kind, Side
from guide.core.session import Ready, Session
from guide.live.sitting import Sitting
from guide.live.trace import Trace
from guide.sound.performer import Heard, Performer
from guide.sound.repertoire import Repertoire
from hands import Clock, RememberingPlayer
from plans import fixed, plan_of, seconds

PLAN = plan_of(fixed("1 min", say="One."), fixed("2 min", say="Two."))
FULL = Path("/dev/full")
EARLIER = plan_of(*(fixed("10 s", say=f"Step {number}.") for number in range(5)))


def sitting(session: Session, trace: Trace, clock: Clock, *, began_at: timedelta = timedelta(0)) -> Sitting:
    performer = Performer(RememberingPlayer(), Repertoire())
    made = Sitting(session, clock=clock, performer=performer, listeners=[trace], began_at=began_at)
    made.begin()
    return made


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_line_says_when_it_was_due_when_it_came_and_in_which_step(tmp_path: Path) -> None:
    trace, clock = Trace(tmp_path / "trace"), Clock()
    made = sitting(Ready(PLAN), trace, clock)
    clock.advance(61)
    made.wake()
    made.do(Command.STOP)
    trace.close()
    written = [(line["event"], line["step"], line["due"], line["at"]) for line in lines(tmp_path / "trace")]
    assert ("entered", 2, 60, 61) in written
    assert ("command", 2, 61, 61) in written
    assert written[-1][:2] == ("ended", 2)


def test_a_line_has_the_step_its_kind_and_side_and_the_words_as_they_are_written(tmp_path: Path) -> None:
    plan = plan_of(fixed("1 min", side=Side.RIGHT), fixed("2 min", Kind.PUMP, title="Größer pumpen"))
    trace, clock = Trace(tmp_path / "trace"), Clock()
    made = sitting(Ready(plan), trace, clock)
    clock.advance(61)
    made.wake()
    trace.heard([Heard("said", seconds(59), seconds(61), "Schön.", 0)])
    trace.close()
    place = [{"step": 1, "kind": "massage", "side": "right"}, {"step": 2, "kind": "pump", "side": "both"}]
    written = {line["event"]: line for line in lines(tmp_path / "trace")}
    assert written["entered"] == {"event": "entered", "due": 60, "at": 61, **place[1], "text": "Größer pumpen"}
    assert written["left"] == {"event": "left", "due": 60, "at": 61, **place[0], "reason": "time"}
    assert written["said"] == {"event": "said", "due": 59, "at": 61, **place[0], "text": "Schön."}
    assert "Größer" in (tmp_path / "trace").read_text(encoding="utf-8")


def test_a_session_taken_up_again_is_traced_in_the_step_it_stands_in(tmp_path: Path) -> None:
    trace = Trace(tmp_path / "trace")
    cut_off = pause(replay(PLAN, [(seconds(5), Command.NEXT)], seconds(20)), seconds(20)).session
    made = sitting(cut_off, trace, Clock(), began_at=seconds(20))
    made.do(Command.RESUME)
    trace.close()
    assert [(line["event"], line["step"]) for line in lines(tmp_path / "trace")] == [("command", 2), ("resumed", 2)]


def test_a_second_session_is_traced_by_its_own_steps(tmp_path: Path) -> None:
    trace, clock = Trace(tmp_path / "trace"), Clock()
    earlier = sitting(Ready(EARLIER), trace, clock)
    clock.advance(45)
    earlier.wake()
    made = sitting(Ready(PLAN), trace, clock)
    made.do(Command.PAUSE)
    trace.close()
    assert [line["step"] for line in lines(tmp_path / "trace")][-2:] == [1, 1]


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is full")
def test_a_disk_that_is_full_ends_the_trace_and_no_session() -> None:
    told: list[str] = []
    trace = Trace(FULL, on_trouble=told.append)
    made = sitting(Ready(PLAN), trace, Clock())
    made.do(Command.STOP)
    trace.close()
    assert told == ["The trace ends here: no space left on device."]
