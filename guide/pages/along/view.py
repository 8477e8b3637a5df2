"""What the sheet of a routine that is taken along shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from guide.core.unattended import Ranges


class Ending(Enum):
    """What can be taken along besides the sound, each with a Save… of its own."""

    PAGE = "page"
    CARD = "card"
    ROUTINE = "routine"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Told before a sound file is made: how long, how many bytes, how many chapters."""

    length: timedelta
    size: int
    chapters: int


@dataclass(frozen=True, slots=True)
class Idle:
    pass


@dataclass(frozen=True, slots=True)
class Making:
    """`done` steps of `of`; the sounds themselves are made ready before the first."""

    done: int
    of: int
    sounds_ready: bool


@dataclass(frozen=True, slots=True)
class Stopping:
    """She pressed Stop: the prompt that is being said comes to its end first."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Made:
    """`ending` is None for the sound file."""

    name: str
    folder: str
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    sentence: str


State = Idle | Making | Stopping | Stopped | Made | Failed


@dataclass(frozen=True, slots=True)
class SoundFileChoices:
    """What she chose for the sound file; `voice` None is the one of Settings."""

    ranges: Ranges = Ranges.MIDDLE
    voice: str | None = None
    sounds: object = None


@dataclass(frozen=True, slots=True)
class AlongView:
    """
    `ending` is ".mp3", or ".wav" where no MP3 can be written; one range only where the routine has none.

    `sounds` are those that can play behind it, `beneath` the one she has in a session; `folder` says where it goes.
    `waits` where a step of it stays until she goes on.
    """

    routine: str
    sizes: dict[Ranges, Sizes]
    sounds: Sequence[tuple[object, str]]
    beneath: object
    ending: str
    first_time: datetime
    folder: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Reminders:
    """Her times for a calendar: the first at `hour`:`minute`, then every so many hours, for so many days."""

    hour: int
    minute: int
    every: int
    days: int
