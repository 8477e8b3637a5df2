"""A program that does nothing but log: accelerated sessions as fast as the disk takes them, until it is killed."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from guide.core.asked import do
from guide.core.commands import Command, Ended, Entered, Left, PauseBegan, PauseEnded
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.record import active
from guide.core.routine import Fixed, Group, Kind, Purpose, Range, Routine, Side, Step, Wait
from guide.core.session import Finished, Ready, advance, start
from guide.core.visited import steps_from
from guide.store.log.entries import Entry
from guide.store.log.log import Log

MINUTE = timedelta(minutes=1)
ROUTINE = Routine(
    "Accelerated",
    (
        Step(Kind.PREPARE, Wait()),
        Step(Kind.MASSAGE, Fixed(MINUTE)),
        Step(Kind.PUMP, Range(5 * MINUTE, 7 * MINUTE), until_milk_slows=True, linger=timedelta(seconds=30)),
        Group((Step(Kind.STROKE, Fixed(MINUTE / 2)), Step(Kind.PUMP, Range(2 * MINUTE, 3 * MINUTE))), times=2),
        Step(Kind.EXPRESS, Fixed(MINUTE), side=Side.EACH),
    ),
)
PLAN = lay_out(ROUTINE)
MOST = (*Command, *[Command.NEXT] * 4, *[Command.RESUME] * 4, *[None] * 12)


def plan_of(text: str, first: Side) -> Plan | None:
    return lay_out(ROUTINE, first) if text == "accelerated" else None


def entries(outcome_happenings: tuple[object, ...]) -> list[Entry]:
    effects = [getattr(happening, "effect", None) for happening in outcome_happenings]
    return [effect for effect in effects if isinstance(effect, Entered | Left | PauseBegan | PauseEnded | Ended)]


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def live(path: Path, seed: int) -> None:
    """Each thing that is told is durable: "began ID", "wrote ID HOW-MANY-ENTRIES", "finished ID"."""
    random = Random(seed)
    log = Log.open(path, plan_of=plan_of)
    cut_off = log.unfinished()
    while True:
        if cut_off is not None:
            session_id, session, at = cut_off.session_id, cut_off.session(PLAN), cut_off.at
            commands, count = list(cut_off.commands), len(log.journal(cut_off.session_id))
            log.carried_on(session_id)
            cut_off = None
        else:
            began = datetime.now(UTC)
            session_id = log.begin(
                routine_id="accelerated",
                routine_name=ROUTINE.name,
                routine_text="accelerated",
                first_side=Side.LEFT,
                purpose=Purpose.PROTECT,
                began=began,
                steps_total=len(PLAN.segments),
            )
            tell("began", session_id)
            at, commands = timedelta(0), []
            outcome = start(Ready(PLAN), at)
            session, count = outcome.session, len(entries(outcome.happenings))
            log.write(session_id, at, *entries(outcome.happenings))
            tell("wrote", session_id, count)
        while not isinstance(session, Finished):
            at += timedelta(seconds=random.uniform(0, 45))
            command = random.choice(MOST)
            if command is Command.STOP and random.random() < 0.7:
                command = None
            outcome = advance(session, at) if command is None else do(session, command, at)
            session = outcome.session
            written = [] if command is None else [command]
            written += entries(outcome.happenings)
            if command is not None:
                commands.append((at, command))
            if written:
                log.write(session_id, at, *written)
                count += len(written)
                tell("wrote", session_id, count)
            else:
                log.alive(session_id, at)
        steps = steps_from(PLAN, commands, at)
        log.finish(session_id, lasted=active(steps), complete=session.complete, steps=steps)
        tell("finished", session_id)


if __name__ == "__main__":
    for line in sys.stdin:  # one life a line: forked, so that only this first process pays for the imports
        life = os.fork()
        if life == 0:
            try:
                live(Path(sys.argv[1]), int(line))
            finally:
                os._exit(1)
        tell("alive", life)
        os.waitpid(life, 0)
        tell("dead")
