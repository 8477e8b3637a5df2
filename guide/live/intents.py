"""Intents: what a person asks of a session, whatever she asks with: key, tap, pedal, headset, terminal, spoken word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guide.core.commands import Command


@dataclass(frozen=True, slots=True)
class GoOn:
    """Next: what it means now, the core decides (`next_means`)."""


@dataclass(frozen=True, slots=True)
class PauseOrCarryOn:
    """One key for both, and to go on from a step that waits; what it is now, the core decides (`pause_means`)."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    pass


@dataclass(frozen=True, slots=True)
class Quiet:
    """The quiet night, on or off."""


@dataclass(frozen=True, slots=True)
class Photo:
    """Her photo in place of the drawing, or not."""


@dataclass(frozen=True, slots=True)
class FullScreen:
    pass


@dataclass(frozen=True, slots=True)
class Finish:
    """Ask whether to finish here; a session that is to end without a question gets `Command.STOP`."""


@dataclass(frozen=True, slots=True)
class Learn:
    """Open a page of Learn; the session waits behind it."""

    page: str


@dataclass(frozen=True, slots=True)
class Dim:
    """How dark the page is to be, 0 to 1."""

    share: float


@dataclass(frozen=True, slots=True)
class Open:
    """A second start asks for a routine, and may ask to start it; without one, the window comes forward."""

    routine: str = ""
    start: bool = False


OfTheSession = Command | GoOn | PauseOrCarryOn | SayAgain
Intent = OfTheSession | Quiet | Photo | FullScreen | Finish | Learn | Dim | Open

# By these words a key of hers, or a word she taught, is kept in the settings.
NAMED: Final[Mapping[str, Intent]] = {
    "pause": PauseOrCarryOn(),
    "carry on": Command.RESUME,
    "next": GoOn(),
    "back": Command.BACK,
    "more time": Command.MORE_TIME,
    "milk slowed": Command.MILK_SLOWED,
    "it hurts": Command.IT_HURTS,
    "undo": Command.UNDO,
    "say again": SayAgain(),
    "photo": Photo(),
    "quiet": Quiet(),
    "full screen": FullScreen(),
    "finish": Finish(),
}


def named(word: str) -> Intent | None:
    """
    The intent kept under a word, with a space or an underscore in it; None for a word that is no intent.

    >>> named("it_hurts")
    <Command.IT_HURTS: 'it hurts'>
    """
    return NAMED.get(word.replace("_", " "))


def asked_by_a_start(message: str) -> Open:
    """
    What a second start of the program handed over: "open ID", "start ID", or nothing.

    >>> asked_by_a_start("start power-pumping")
    Open(routine='power-pumping', start=True)
    """
    wish, _, routine = message.partition(" ")
    return Open(routine, start=wish == "start" and bool(routine))
