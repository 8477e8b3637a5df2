"""What is made of her words as they are heard: the same rules in the window and in a terminal. No device, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from guide.core.asked import do, next_means
from guide.core.commands import Command, Entered, Why
from guide.core.naming import within_a_sentence
from guide.core.readout import Readout
from guide.core.session import Finished, Move, Paused, Session, why_held
from guide.hear.meaning import Meaning
from guide.language import _
from guide.live.her_words import MOVES, TAKEN_BACK, TITLES, asked_by
from guide.live.intents import GoOn, OfTheSession
from guide.sound.performer import Performer

if TYPE_CHECKING:
    from guide.hear.spotter import Spotted

Instant = timedelta

FRESH: Final = timedelta(seconds=2)  # of a step, in which Next and Back do not count
UNDOABLE: Final = timedelta(seconds=6)
UNSURE_STAYS: Final = timedelta(seconds=4)


@dataclass(frozen=True, slots=True)
class Heeded:
    """A word that counts, and what it asks for."""

    meaning: Meaning
    intent: OfTheSession

    @property
    def can_be_undone(self) -> bool:
        return self.meaning in TAKEN_BACK and self.intent is not Command.UNDO

    def does(self, readout: Readout | None) -> str:
        """What came of it, within a sentence; `readout` is of after."""
        if self.intent is Command.UNDO:
            return _("taken back")
        if self.meaning in MOVES and readout is not None:
            return within_a_sentence(readout.title, readout.words)
        return _(TITLES[self.meaning])


@dataclass(frozen=True, slots=True)
class Unsure:
    """Perhaps a word: asked for once more, and nothing done."""

    meaning: Meaning


class Heeding:
    """Remembers what her words did a moment ago; every instant is of the ear's clock."""

    def __init__(self) -> None:
        never = timedelta(0)
        self.steps = 0  # entered so far
        self.unsure: Meaning | None = None
        self.unsure_until = never
        self._entered = self._acted = never
        self._last: Meaning | None = None

    def moved(self, move: Move, now: Instant) -> None:
        if any(isinstance(happening.effect, Entered) for happening in move.happenings):
            self._entered = now
            self.steps += 1

    def heed(self, spotted: Spotted, now: Instant, session: Session, at: Instant) -> Heeded | Unsure | None:
        """
        What to make of a word; `at` is what the session's clock shows.

        It hurts counts even when it is not sure: it only pauses, and a second hearing would hurt. Nothing ends by
        voice, and while it hurts Back does nothing.
        """
        meaning = spotted.meaning
        if meaning is Meaning.BACK and why_held(session) is Why.HURTS:
            return None
        if not spotted.sure and meaning is not Meaning.IT_HURTS:
            self.unsure, self.unsure_until = meaning, now + UNSURE_STAYS
            return Unsure(meaning)
        intent = asked_by(
            meaning,
            paused=isinstance(session, Paused),
            fresh=now - self._entered < FRESH,
            undoes=self._last in TAKEN_BACK and now - self._acted < UNDOABLE,
        )
        if intent is None or _would_end(session, intent, at):
            return None
        self.unsure = None
        self._last, self._acted = (None if intent is Command.UNDO else meaning), now
        return Heeded(meaning, intent)


def _would_end(session: Session, intent: OfTheSession, at: Instant) -> bool:
    match intent:
        case GoOn():
            command = next_means(session, at)
        case Command():
            command = intent
        case _:
            return False
    return isinstance(do(session, command, at).session, Finished)


class Speaking:
    """Until when the program itself is heard, on the ear's clock."""

    def __init__(self) -> None:
        self.until = timedelta(0)

    def changed(self, performer: Performer, at: Instant, speed: float, now: Instant) -> bool:
        """
        Whether the ear has to be told: something sounds, or what sounded was cut off; `at` is of the session's clock.

        A session that only wakes each second changes nothing: an ear that was deaf begins anew, and hears no word.
        """
        was, self.until = self.until, now + max(performer.busy_until - at, timedelta(0)) / speed
        return self.until > now or was > now
