"""Days and the last 24 hours: totals, their moving mean, when another routine took over, the ring of the day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from guide.core.ago import ago
from guide.core.duration import DAY, MINUTE
from guide.core.naming import within_a_sentence
from guide.core.record import DayTotal, Record, RoutineDay
from guide.core.words import ENGLISH, N_, Words

TAKES_OVER: Final = 3  # days with sessions in a row that a routine leads before it counts as a change
LAG: Final = (3, 5)  # days until a change shows, if it does; docs/evidence.md, Purposes
NARROWEST_ARC: Final = 25 * MINUTE


# days


def day_of(began: datetime, zone: tzinfo | None = None) -> date:
    """
    The day a session belongs to: the one her clock showed as it began.

    That is by the offset stored with it; with `zone`, as a clock there would have shown.
    """
    return (began if zone is None else began.astimezone(zone)).date()


def days(records: Iterable[Record], zone: tzinfo | None = None) -> list[DayTotal]:
    """Total of each day that has a session, oldest first."""
    sessions, noted, totals = Counter[date](), Counter[date](), dict[date, float]()
    for record in records:
        day = day_of(record.began, zone)
        sessions[day] += 1
        if (ml := record.ml) is not None:
            noted[day] += 1
            totals[day] = totals.get(day, 0.0) + ml
    return [DayTotal(day, sessions[day], noted[day], totals.get(day)) for day in sorted(sessions)]


def whole_days(totals: Sequence[DayTotal], today: date) -> list[DayTotal]:
    """Every day from the first to yesterday, those without a session too: today is left out until it is over."""
    if not totals:
        return []
    by_day = {total.day: total for total in totals}
    first = min(by_day)
    return [
        by_day.get(day, DayTotal(day, 0, 0, None))
        for day in (first + timedelta(days=number) for number in range((today - first).days))
    ]


def centred_mean(values: Sequence[float | None]) -> list[float | None]:
    """
    Each value's mean with its two neighbours, as far as they are noted; None stays None.

    >>> centred_mean([3.0, 6.0, None, 8.0])
    [4.5, 4.5, None, 8.0]
    """
    means: list[float | None] = []
    for index, value in enumerate(values):
        near = [one for one in values[max(index - 1, 0) : index + 2] if one is not None]
        means.append(None if value is None else sum(near) / len(near))
    return means


@dataclass(frozen=True, slots=True)
class RoutineChange:
    """On `day` a routine took over. Changes, if any, tend to show from `lag_from` to `lag_to`."""

    day: date
    routine_id: str
    routine_name: str

    @property
    def lag_from(self) -> date:
        return self.day + timedelta(days=LAG[0])

    @property
    def lag_to(self) -> date:
        return self.day + timedelta(days=LAG[1])

    def said(self, words: Words = ENGLISH) -> str:
        """
        >>> RoutineChange(date(2026, 11, 14), "r", "Hands-on pumping").said()
        'Began hands-on pumping'
        """
        return words.gettext("Began {routine}").format(routine=within_a_sentence(self.routine_name, words))


LAG_WORDS: Final = N_("Changes, if any, tend to show 3–5 days later")


def takeovers(counted: Iterable[RoutineDay]) -> list[RoutineChange]:
    """
    The first days of routines that took over, oldest first, from sessions counted by day and routine.

    A routine leads a day when more than half of that day's sessions are of it; it takes over when it leads
    `TAKES_OVER` days with sessions in a row. The routine she began with is no change.
    """
    names: dict[str, str] = {}
    by_day: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for one in sorted(counted, key=lambda one: one.day):
        names[one.routine_id] = one.routine_name
        by_day[one.day][one.routine_id] += one.sessions
    changes: list[RoutineChange] = []
    current: str | None = None
    run: list[tuple[date, str | None]] = []
    for day in sorted(by_day):
        leader = _leader(by_day[day])
        if run and run[-1][1] != leader:
            run = []
        run.append((day, leader))
        if leader is None or len(run) < TAKES_OVER or leader == current:
            continue
        if current is not None:
            changes.append(RoutineChange(run[0][0], leader, names[leader]))
        current = leader
    return changes


def _leader(counted: Mapping[str, int]) -> str | None:
    routine, number = max(counted.items(), key=lambda one: one[1])
    return routine if 2 * number > sum(counted.values()) else None


# the last 24 hours


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of the dial, in turns: `start` from midnight on top, 0 to 1, and `span` clockwise."""

    start: float
    span: float
    record: Record


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last 24 hours as a ring. `since` is the span from the last start to `now`; None without a session."""

    arcs: tuple[Arc, ...]
    now: float
    since: float | None
    caption: str

    @property
    def count(self) -> int:
        return len(self.arcs)


def dial(records: Iterable[Record], now: datetime, words: Words = ENGLISH) -> LastDay:
    """
    Sessions that began in the 24 hours before `now`, oldest first.

    Places are counted back from `now` in hours that passed, so nothing overlaps on a day when clocks change;
    on that day what was before the change stands an hour beside its label.
    """
    here = (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) / DAY
    recent = sorted((one for one in records if timedelta(0) <= now - one.began < DAY), key=lambda one: one.began)
    arcs = tuple(
        Arc((here - (now - one.began) / DAY) % 1.0, max(one.lasted, NARROWEST_ARC) / DAY, one) for one in recent
    )
    if not recent:
        return LastDay((), here, None, words.gettext("Nothing in the last 24 hours"))
    gap = now - recent[-1].began
    return LastDay(arcs, here, gap / DAY, words.gettext("{time} since the last one").format(time=ago(gap, words)))
