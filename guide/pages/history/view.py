"""What the history page shows, reckoned from what the log gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final, Literal

from guide.core.compare import Comparison, compare
from guide.core.days import LAG, LastDay, centred_mean, takeovers, whole_days
from guide.core.record import DayTotal, Record, RoutineDay
from guide.language import N_, _, marks, screen
from guide.pages.history.compare_chart import Lane
from guide.pages.history.trend_chart import Trend
from guide.pages.history.words import BY_HAND

BEFORE: Final = 14  # days looked back from a span's beginning for the routine that was in use then
FEWEST_FOR_A_MEAN: Final = 3  # days with a volume: the line is the mean of a day and the two beside it
Units = Literal["ml", "oz"]


class DaysSpan(Enum):
    """How far back the trend goes."""

    WEEKS = N_("2 weeks")
    MONTH = N_("Month")
    ALL = N_("All")

    @property
    def days(self) -> int | None:
        """None is all of them."""
        match self:
            case DaysSpan.WEEKS:
                return 14
            case DaysSpan.MONTH:
                return 30
            case DaysSpan.ALL:
                return None

    def since(self, today: date) -> date | None:
        """The first day to ask the log for: one before the first shown, for its mean."""
        return None if self.days is None else today - timedelta(days=self.days + 1)

    def routines_since(self, today: date) -> date | None:
        since = self.since(today)
        return None if since is None else since - timedelta(days=BEFORE)


def trend(totals: Sequence[DayTotal], counted: Sequence[RoutineDay], span: DaysSpan, today: date) -> Trend:
    """
    The whole days of a span, their means, and the changes of routine whose line or band falls among them.

    Of one or two days there is no mean of three.
    """
    days = whole_days(totals, today)
    means = centred_mean([day.ml for day in days])
    if span.days is not None:
        first = today - timedelta(days=span.days)
        shown = sum(day.day >= first for day in days)
        days, means = days[len(days) - shown :], means[len(means) - shown :]
    while days and days[0].ml is None:  # before the first volume there is nothing to draw
        days, means = days[1:], means[1:]
    if sum(day.ml is not None for day in days) < FEWEST_FOR_A_MEAN:
        means = [None] * len(days)
    changes = tuple(
        one for one in takeovers(counted) if days and days[0].day - timedelta(days=LAG[1]) < one.day < today
    )
    return Trend(tuple(days), tuple(means), changes, today)


@dataclass(frozen=True, slots=True)
class PairChoice:
    """A routine in the log, to be chosen from."""

    id: str
    name: str
    sessions: int


def choices(routines: Sequence[tuple[str, str, int]]) -> tuple[PairChoice, ...]:
    return tuple(PairChoice(key, name or _(BY_HAND), sessions) for key, name, sessions in routines)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two routines side by side; the sentence is about the first."""

    first: PairChoice
    second: PairChoice
    lanes: tuple[Lane, Lane]
    comparison: Comparison

    def sentence(self, *, ounces: bool) -> str:
        return self.comparison.sentence(self.first.name, ounces=ounces, words=screen(), marks=marks())


def side_by_side(
    first: PairChoice,
    second: PairChoice,
    volumes: Sequence[tuple[datetime, float]],
    others: Sequence[tuple[datetime, float]],
    *,
    limit: int | None = None,
) -> Compared:
    """`limit` is how many the log was asked for at most."""
    comparison = compare([ml for _, ml in volumes], [ml for _, ml in others])
    lanes = (
        Lane(first.name, tuple(volumes), comparison.first, newest=len(volumes) == limit),
        Lane(second.name, tuple(others), comparison.second, newest=len(others) == limit),
    )
    return Compared(first, second, lanes, comparison)


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One look at the log; `total` counts all its sessions, `latest` are the newest of them."""

    now: datetime
    dial: LastDay
    total: int = 0
    latest: tuple[Record, ...] = ()
    span: DaysSpan = DaysSpan.WEEKS
    trend: Trend = field(default_factory=Trend)
    routines: tuple[PairChoice, ...] = ()
    compared: Compared | None = None
    units: Units = "ml"
    number_free: bool = False

    @property
    def ounces(self) -> bool:
        return self.units == "oz"

    def at(self, now: datetime, dial: LastDay) -> HistoryView:
        """The same a little later."""
        return replace(self, now=now, dial=dial)
