"""What the log keeps of a session, and volumes in millilitres and ounces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guide.core.commands import Reason
from guide.core.kinds import Comfort, Kind, Purpose, Side
from guide.core.words import ENGLISH, Words

ML_PER_OZ: Final = 29.5735296  # US fluid ounce; NIST Handbook 44, appendix C
STEP_ML: Final = 5.0
MOST_ML: Final = 999.0  # of one side, as it can be typed
SHORTEST: Final = timedelta(minutes=1)  # what is over sooner was hardly begun


@dataclass(frozen=True, slots=True)
class StepRecord:
    """
    One visit to a step.

    `entered` is on the session's clock, `lasted` without its pauses, `slowed_at` from the step's start;
    `place` leads to the step as written, `index` is its number in the plan, from zero.
    """

    kind: Kind
    title: str
    side: Side
    entered: timedelta
    lasted: timedelta
    reason: Reason
    slowed_at: timedelta | None = None
    place: tuple[int, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """
    One session. None is "not noted", which is not zero; volumes are mL.

    `began` keeps the offset from UTC that her clock had; `lasted` leaves pauses out. `uuid` is the same in every
    copy of this record, whatever `id` a log gives it.
    """

    id: int
    routine_id: str
    routine_name: str
    began: datetime
    lasted: timedelta = timedelta(0)
    complete: bool = True
    purpose: Purpose | None = None
    first_side: Side | None = None
    left_ml: float | None = None
    right_ml: float | None = None
    comfort: Comfort | None = None
    meant_for: str = ""
    note: str = ""
    steps: tuple[StepRecord, ...] = ()
    by_hand: bool = False
    steps_total: int = 0
    uuid: str = ""

    @property
    def ml(self) -> float | None:
        """
        Both sides together, or the one that was noted.

        >>> from datetime import UTC
        >>> Record(1, "r", "R", datetime(2026, 1, 1, tzinfo=UTC), left_ml=35.0).ml
        35.0
        """
        noted = [side for side in (self.left_ml, self.right_ml) if side is not None]
        return sum(noted) if noted else None

    @property
    def ended(self) -> datetime:
        """Without its pauses: the nearest that is known."""
        return self.began + self.lasted


def hardly_begun(record: Record) -> bool:
    """
    Whether it was over within a minute, not by itself, and nothing was noted: a slip of the hand, no session.

    >>> from dataclasses import replace
    >>> from datetime import UTC
    >>> slip = Record(1, "r", "R", datetime(2026, 1, 1, tzinfo=UTC), lasted=timedelta(seconds=8))
    >>> hardly_begun(slip), hardly_begun(replace(slip, left_ml=5.0)), hardly_begun(replace(slip, by_hand=True))
    (True, False, False)
    """
    noted = (record.ml, record.comfort, record.meant_for or None, record.note or None)
    by_itself = bool(record.steps) and all(step.reason is Reason.TIME for step in record.steps)
    short = record.lasted < SHORTEST and not record.by_hand and not by_itself
    return short and all(one is None for one in noted)


def is_of_today(record: Record, now: datetime) -> bool:
    """
    Whether a session ended today, by the clock of `now`.

    >>> from datetime import UTC
    >>> late = Record(1, "r", "R", datetime(2026, 1, 1, 23, 50, tzinfo=UTC), lasted=timedelta(minutes=20))
    >>> [is_of_today(late, datetime(2026, 1, day, 8, tzinfo=UTC)) for day in (1, 2, 3)]
    [False, True, False]
    """
    return record.ended.astimezone(now.tzinfo).date() == now.date()


@dataclass(frozen=True, slots=True)
class OfRoutine:
    """The sessions of a routine: those of its id, and those without an id that are called by one of the names."""

    id: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutineDay:
    """How many sessions of a routine a day has."""

    day: date
    routine_id: str
    routine_name: str
    sessions: int


@dataclass(frozen=True, slots=True)
class DayTotal:
    """A day's sessions, how many have a volume noted, and what those are together; None where none has."""

    day: date
    sessions: int
    noted: int
    ml: float | None


def active(steps: Iterable[StepRecord]) -> timedelta:
    """How long the hands and the pump were at it: every visit's length, pauses left out."""
    return sum((step.lasted for step in steps), timedelta(0))


def oz(ml: float) -> float:
    """
    Millilitres as US fluid ounces, to a hundredth, for showing; the log keeps mL.

    A hundredth is 0.3 mL: first drops are not nothing, and what was typed comes back as it was.

    >>> oz(50), oz(0), oz(3.5), oz(29.5735296)
    (1.69, 0.0, 0.12, 1.0)
    """
    return round(ml / ML_PER_OZ, 2)


def ml_from_oz(ounces: float) -> float:
    """
    US fluid ounces as mL, to a tenth, as stored; `oz` gives the same hundredth back.

    >>> ml_from_oz(2.5), oz(ml_from_oz(2.75))
    (73.9, 2.75)
    """
    return round(ounces * ML_PER_OZ, 1)


def unit_of(words: Words = ENGLISH, *, ounces: bool) -> str:
    """The unit of an amount of milk, as a language writes it."""
    return words.gettext("fl oz") if ounces else words.gettext("mL")


def volume(ml: float | None, *, ounces: bool = False, words: Words = ENGLISH) -> str:
    """
    A volume as it stands on screen, to a hundredth of an ounce; in mL to a tenth, and drops to a hundredth.

    It is no coarser than it was noted, so that two sides add up.

    >>> volume(75), volume(None), volume(7 + 33.3), volume(60.5 + 70), volume(0.04), volume(50, ounces=True)
    ('75 mL', '–', '40.3 mL', '130.5 mL', '0.04 mL', '1.69 fl oz')
    """
    if ml is None:
        return "–"
    unit = unit_of(words, ounces=ounces)
    if ounces:
        return f"{oz(ml):g} {unit}"
    return f"{round(ml, 1 if ml >= 1 else 2):g} {unit}"


def mean_amount(ml: float, *, ounces: bool = False) -> str:
    """
    The number of several volumes together, of their mean or their ends: no finer than such a number can carry.

    Under an ounce that is a hundredth, under a mL a tenth, so that drops are not shown as nothing.

    >>> mean_amount(451.7), mean_amount(0.4), mean_amount(451.7, ounces=True), mean_amount(3.5, ounces=True)
    ('452', '0.4', '15.3', '0.12')
    """
    if ounces:
        return f"{oz(ml):g}" if 0 < oz(ml) < 1 else f"{ml / ML_PER_OZ:.1f}"
    return f"{round(ml, 1):g}" if 0 < ml < 1 else f"{round(ml)}"
