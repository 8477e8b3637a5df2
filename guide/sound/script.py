"""What there is to record of a routine: its prompts one by one, and how long each may last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from guide.core.asked import asides
from guide.core.layout import lay_out
from guide.core.plan import Advance, Chime, Partner, Plan, Say
from guide.core.pump import Pump
from guide.core.routine import Kind, Routine
from guide.sound.voices.voice import has_words

LONGEST: Final = timedelta(seconds=9)
SHORTEST: Final = timedelta(seconds=2)  # what is never refused
CUES: Final = Say | Partner | Chime | Advance
BREATH: Final = timedelta(milliseconds=300)


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """
    One prompt: `title` is of the step it belongs to, or empty for a prompt of the program itself.

    `place` says where it stands, whatever its words are; `room` is the time before the next cue.
    """

    text: str
    title: str
    kind: Kind | None
    place: str
    room: timedelta = LONGEST


def lines_of(plan: Plan, routine_id: str, own: tuple[str, ...] = ()) -> tuple[ScriptLine, ...]:
    """Every prompt of a plan once, in its order, where it has least room; then the program's `own`."""
    found: dict[str, ScriptLine] = {}
    for line in _said(plan, routine_id):
        known = found.get(line.text)
        if known is None or line.room < known.room:
            found[line.text] = line if known is None else ScriptLine(*_same_place(known), room=line.room)
    for text in filter(has_words, (*plan.prompts, *own)):
        found.setdefault(text, ScriptLine(text, "", None, f"program/{text}"))
    return tuple(found.values())


def script_of(routine: Routine, routine_id: str, pump: Pump) -> tuple[ScriptLine, ...]:
    """What a voice is recorded for: the prompts of a routine as her pump has them, then the program's own."""
    plan = lay_out(routine, pump=pump)
    return lines_of(plan, routine_id, asides(plan))


def _same_place(line: ScriptLine) -> tuple[str, str, Kind | None, str]:
    return line.text, line.title, line.kind, line.place


def _said(plan: Plan, routine_id: str) -> Iterator[ScriptLine]:
    for segment in plan.segments:
        cues = [moment.offset for moment in segment.moments if isinstance(moment.action, CUES)]
        number = 0
        turns = ".".join(str(turn.number) for turn in segment.rounds)
        where = "/".join((routine_id, ".".join(map(str, segment.place)), turns, segment.side.value))
        for moment in segment.moments:
            match moment.action:
                case Say(text) | Partner(text) if has_words(text):
                    room = _room(moment.offset, next((later for later in cues if later > moment.offset), None))
                    yield ScriptLine(text, segment.title, segment.step.kind, f"{where}/{number}", room)
                    number += 1
                case _:
                    pass


def _room(offset: timedelta, following: timedelta | None) -> timedelta:
    """A step's end, or where it may end from, is a cue as well: there is the next chime."""
    return LONGEST if following is None else max(min(LONGEST, following - offset - BREATH), SHORTEST)
