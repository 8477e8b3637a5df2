"""The page's own engine, run by Qt's JavaScript, plays as the session does: same happenings, in the same order."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from PySide6.QtQml import QJSEngine, QJSValue

from guide.along.phone import plan_data
from guide.core.asked import do
from guide.core.commands import Command, Ended, Entered, Left, PauseBegan, PauseEnded
from guide.core.layout import lay_out
from guide.core.plan import Beat, Chime, Earliest, Partner, Say, Show
from guide.core.session import (
    Declined,
    Happening,
    Lengthened,
    LongSuction,
    MilkSlowed,
    Ready,
    TakenBack,
    advance,
    start,
)
from guide.store.routines.reader import read_file
from strategies import TICK, ZERO, Evening, evenings
from tables import each_row

ROUTINES = Path(__file__).parents[2] / "routines"
NAMES = {
    Command.NEXT: "next",
    Command.BACK: "back",
    Command.IT_HURTS: "hurts",
    Command.PAUSE: "pause",
    Command.RESUME: "resume",
    Command.MORE_TIME: "more",
    Command.MILK_SLOWED: "slowed",
}
RUN = """
(function (plan, commands, until) {
  const session = new Session(JSON.parse(plan));
  const happened = session.start(0);
  for (const [at, name] of JSON.parse(commands)) happened.push(...session.command(name, at));
  happened.push(...session.advance(until));
  return JSON.stringify(happened);
})
"""


@pytest.fixture(scope="module", autouse=True)
def _application(qapp: object) -> None:
    assert qapp


@cache
def engine() -> tuple[QJSEngine, QJSValue]:
    """The engine must outlive the function it made."""
    made = QJSEngine()
    source = files("guide.along.phone").joinpath("engine.js").read_text(encoding="utf-8")
    run = cast("QJSValue", made.evaluate(source + RUN))  # the stubs name a tuple of two, which is for C++
    assert not run.isError(), run.toString()
    return made, run


def played_by_the_page(evening: Evening) -> list[dict[str, Any]]:
    commands = [[at // TICK, NAMES[command]] for at, command in evening.commands]
    _, run = engine()
    texts = json.dumps(plan_data(evening.plan)), json.dumps(commands)
    told = run.call([*map(QJSValue, texts), QJSValue(float(evening.until // TICK))])
    assert not told.isError(), f"{told.toString()} {told.property('stack').toString()}"
    happened: list[dict[str, Any]] = json.loads(told.toString())
    return happened


def played_by_the_session(evening: Evening) -> list[dict[str, Any]]:
    outcome = start(Ready(evening.plan), ZERO)
    happened = [*outcome.happenings]
    for at, command in evening.commands:
        outcome = do(outcome.session, command, at)
        happened += outcome.happenings
    happened += advance(outcome.session, evening.until).happenings
    return [told for each in happened if (told := as_told(each))]


def as_told(happening: Happening) -> dict[str, Any] | None:
    told: dict[str, Any]
    match happening.effect:
        case Entered(index):
            told = {"effect": "entered", "index": index}
        case Left(index, reason):
            told = {"effect": "left", "index": index, "reason": reason.value}
        case Say(text):
            told = {"effect": "say", "text": text}
        case Chime(sound):
            told = {"effect": "chime", "text": sound}
        case Show(text):
            told = {"effect": "show", "text": text}
        case Partner(text):
            told = {"effect": "partner", "text": text}
        case Beat(text):
            told = {"effect": "beat", "text": text}
        case Earliest():
            told = {"effect": "earliest"}
        case PauseBegan():
            told = {"effect": "paused"}
        case PauseEnded():
            told = {"effect": "resumed"}
        case Ended(complete):
            told = {"effect": "ended", "complete": complete}
        case LongSuction() | Lengthened() | MilkSlowed() | TakenBack() | Declined():
            return None  # the page shows what comes of these
    return {"at": happening.at // TICK, **told}


@given(evenings(commands=tuple(NAMES)))
def test_the_page_plays_any_plan_as_the_session_does(evening: Evening) -> None:
    assert played_by_the_page(evening) == played_by_the_session(evening)


@each_row("path", sorted(ROUTINES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_page_plays_each_built_in_routine_to_its_end_as_the_session_does(path: Path) -> None:
    routine = read_file(path).routine
    assert routine is not None
    on = tuple((timedelta(minutes=10 * turn), Command.NEXT) for turn in range(1, 4))
    slowed = tuple((timedelta(minutes=turn) - TICK, Command.MILK_SLOWED) for turn in range(1, 40))  # and where it comes
    for commands in (on, slowed):
        evening = Evening(lay_out(routine), commands, timedelta(hours=6))
        assert played_by_the_page(evening) == played_by_the_session(evening)
