"""What a person can ask of a session, and what is written down of it: words that the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

Instant = timedelta  # time on the session's own clock, zero at Start; it runs on during a pause


class Reason(StrEnum):
    """Why a step was left."""

    TIME = "time"
    NEXT = "next"
    MILK_SLOWED = "milk slowed"
    BACK = "back"
    STOPPED = "stopped"


class Why(StrEnum):
    """Why a session is paused."""

    ASKED = "asked"
    HURTS = "it hurts"
    LID = "lid"


@dataclass(frozen=True, slots=True)
class Entered:
    index: int


@dataclass(frozen=True, slots=True)
class Left:
    index: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class PauseBegan:
    why: Why


@dataclass(frozen=True, slots=True)
class PauseEnded:
    pass


@dataclass(frozen=True, slots=True)
class Ended:
    complete: bool


Passed = Entered | Left | PauseBegan | PauseEnded | Ended


class Command(StrEnum):
    """What a person can ask; the journal keeps these words."""

    NEXT = "next"
    BACK = "back"
    PAUSE = "pause"
    RESUME = "resume"
    MORE_TIME = "more time"
    MILK_SLOWED = "milk slowed"
    IT_HURTS = "it hurts"
    LID = "lid closed"
    AGAIN = "again"
    UNDO = "undo"
    STOP = "stop"
