"""What her sessions tell her: days, the last 24 hours, two routines side by side, when milk slows. Never a verdict."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final

from guide.core.duration import MINUTE, SECOND, clock
from guide.core.plan import LONGEST_SUCTION, Plan
from guide.core.record import ML_PER_OZ, DayTotal, Record, RoutineDay, oz
from guide.core.routine import Purpose, Range
from guide.core.session import Reason

DAY: Final = timedelta(days=1)
TAKES_OVER: Final = 3  # days with sessions in a row that a routine leads before it counts as a change
LAG: Final = (3, 5)  # days until a change shows, if it does; docs/evidence.md, Purposes
NARROWEST_ARC: Final = 25 * MINUTE
FEWEST_COMPARED: Final = 6
FEWEST_SLOWED: Final = 5
LOOKED_BACK: Final = 20  # sessions: how milk slows changes over months
FEWEST_USUAL: Final = 3
USUAL_OF: Final = 10
GRAIN_ML: Final = 5.0  # volumes are noted in steps of this size
KEPT_TO: Final = 5 * SECOND
CONFIDENCE: Final = 0.95


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

    @property
    def words(self) -> str:
        """
        >>> RoutineChange(date(2026, 11, 14), "r", "Hands-on pumping").words
        'Began hands-on pumping'
        """
        return f"Began {_lowered(self.routine_name)}"


LAG_WORDS: Final = "Changes, if any, tend to show 3–5 days later"


def routine_changes(records: Iterable[Record], zone: tzinfo | None = None) -> list[RoutineChange]:
    """
    The first days of routines that took over, oldest first.

    A routine leads a day when more than half of that day's sessions are of it; it takes over when it leads
    `TAKES_OVER` days with sessions in a row. The routine she began with is no change.
    """
    counted: dict[tuple[date, str], RoutineDay] = {}
    for record in sorted(records, key=lambda one: one.began):
        day = day_of(record.began, zone)
        before = counted.get((day, record.routine_id))
        sessions = before.sessions + 1 if before else 1
        counted[day, record.routine_id] = RoutineDay(day, record.routine_id, record.routine_name, sessions)
    return takeovers(counted.values())


def takeovers(counted: Iterable[RoutineDay]) -> list[RoutineChange]:
    """The same from sessions counted by day and routine."""
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
class Dial:
    """The last 24 hours as a ring. `since` is the span from the last start to `now`; None without a session."""

    arcs: tuple[Arc, ...]
    now: float
    since: float | None
    caption: str

    @property
    def count(self) -> int:
        return len(self.arcs)


def dial(records: Iterable[Record], now: datetime) -> Dial:
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
        return Dial((), here, None, "Nothing in the last 24 hours")
    gap = now - recent[-1].began
    return Dial(arcs, here, gap / DAY, f"{ago(gap)} since the last one")


def ago(gap: timedelta) -> str:
    """
    A gap between two starts, as it is read.

    >>> ago(timedelta(hours=3, minutes=12)), ago(timedelta(seconds=40)), ago(timedelta(days=3, hours=1))
    ('3 h 12 min', 'under a minute', '3 days')
    """
    if gap < MINUTE:
        return "under a minute"
    if gap >= 2 * DAY:
        return f"{gap // DAY} days"
    hours, minutes = divmod(gap // MINUTE, 60)
    return " ".join(([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes or not hours else []))


def first_line(last_began: datetime | None, in_last_day: int, now: datetime) -> str:
    """
    The library's first line; empty before the first session. From start to start.

    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> first_line(noon - timedelta(hours=3, minutes=12), 5, noon)
    'Last session 3 h 12 min ago · 5 in the last 24 h'
    """
    if last_began is None:
        return ""
    line = f"Last session {ago(max(now - last_began, timedelta(0)))} ago"
    return f"{line} · {in_last_day} in the last 24 h" if in_last_day else line


# two routines side by side


class Finding(Enum):
    TOO_EARLY = "too early"
    UNCLEAR = "unclear"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Sample:
    """One routine's sessions: every volume, their mean, and its 95 % interval."""

    values: tuple[float, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Two samples and their difference, first minus second, with its 95 % interval; all in mL.

    Under `FEWEST_COMPARED` a side the finding is TOO_EARLY. The numbers are there all the same: None only without
    a value on one side.
    """

    first: Sample | None
    second: Sample | None
    difference: float | None
    low: float | None
    high: float | None
    finding: Finding

    def words(self, *, ounces: bool = False) -> str:
        """ "About 18 mL more on average; likely 7 to 29." """
        if self.finding is Finding.TOO_EARLY or self.difference is None or self.low is None or self.high is None:
            return "Too early to say"
        near, far = sorted((abs(self.low), abs(self.high)))
        least = _amount(near, ounces=ounces)
        if self.finding is Finding.UNCLEAR or float(least) == 0:
            return "No clear difference yet"
        unit, more = "fl oz" if ounces else "mL", "more" if self.difference > 0 else "less"
        about = _amount(abs(self.difference), ounces=ounces)
        return f"About {about} {unit} {more} on average; likely {least} to {_amount(far, ounces=ounces)}."

    def sentence(self, name: str, *, ounces: bool = False) -> str:
        """The same with the first routine's name, and with time of day named as what else may play a part."""
        words = self.words(ounces=ounces)
        if not words.startswith("About"):
            return f"{words}. {self._beside}"
        about, likely = words.removesuffix(".").split(" on average; ")
        unit = "fl oz" if ounces else "mL"
        return f"{about} per session with {_lowered(name)}, on average; {likely} {unit}. {TIME_OF_DAY}"

    @property
    def _beside(self) -> str:
        if self.finding is Finding.TOO_EARLY:
            return f"From {FEWEST_COMPARED} noted sessions of each on, a comparison says more."
        return TIME_OF_DAY


TIME_OF_DAY: Final = "Time of day may play a part."


def compare(first: Sequence[float], second: Sequence[float]) -> Comparison:
    """
    Compare the volumes of two routines' sessions, mL.

    Welch's interval for a difference of means with Satterthwaite's degrees of freedom: it asks neither for as many
    sessions nor for the same spread on both sides. B. L. Welch, Biometrika 34 (1947) 28; F. E. Satterthwaite,
    Biometrics Bulletin 2 (1946) 110; why not a bootstrap: docs/decisions/comparison.md.
    """
    a, b = _sample(first), _sample(second)
    if a is None or b is None:
        return Comparison(a, b, None, None, None, Finding.TOO_EARLY)
    difference = a.mean - b.mean
    if min(len(a.values), len(b.values)) < 2:
        return Comparison(a, b, difference, -math.inf, math.inf, Finding.TOO_EARLY)
    errors = [_variance(one.values, one.mean) / len(one.values) for one in (a, b)]
    total = sum(errors)
    freedom = total**2 / sum(error**2 / (len(one.values) - 1) for error, one in zip(errors, (a, b), strict=True))
    reach = t_quantile((1 + CONFIDENCE) / 2, freedom) * math.sqrt(total)
    low, high = difference - reach, difference + reach
    if min(len(a.values), len(b.values)) < FEWEST_COMPARED:
        finding = Finding.TOO_EARLY
    else:
        finding = Finding.UNCLEAR if low <= 0 <= high else Finding.CLEAR
    return Comparison(a, b, difference, low, high, finding)


def _sample(values: Sequence[float]) -> Sample | None:
    if not values:
        return None
    mean = math.fsum(values) / len(values)
    if len(values) == 1:
        return Sample(tuple(values), mean, mean, mean)
    reach = t_quantile((1 + CONFIDENCE) / 2, len(values) - 1) * math.sqrt(_variance(values, mean) / len(values))
    return Sample(tuple(values), mean, mean - reach, mean + reach)


def _variance(values: Sequence[float], mean: float) -> float:
    """Never under that of rounding to `GRAIN_ML`: equal notes do not mean that the milk was equal to the drop."""
    spread = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return max(spread, GRAIN_ML**2 / 12)


def _amount(ml: float, *, ounces: bool) -> str:
    return f"{ml / ML_PER_OZ:.1f}" if ounces else f"{round(ml)}"


def t_quantile(probability: float, freedom: float) -> float:
    """
    Student's t: the value that `probability` of it lies under; to better than 1e-9 for any `freedom` above zero.

    >>> round(t_quantile(0.975, 10), 6), round(t_quantile(0.025, 10), 6)
    (2.228139, -2.228139)
    """
    if probability < 0.5:
        return -t_quantile(1 - probability, freedom)
    low, high = 0.0, 2.0
    while t_cumulative(high, freedom) < probability:
        low, high = high, 2 * high
    while high - low > 1e-12 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cumulative(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def t_cumulative(value: float, freedom: float) -> float:
    """How much of Student's t lies under `value`."""
    tail = _beta(freedom / (freedom + value * value), freedom / 2, 0.5) / 2
    return 1 - tail if value > 0 else tail


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction: NIST DLMF 8.17.22."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    tiny = 1e-300
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1), tiny)
    fraction = d
    for m in range(1, 1000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            c, d = _away(1 + term / c, tiny), 1 / _away(1 + term * d, tiny)
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction / a


def _away(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny


# her own timings


def slowed_at(records: Iterable[Record], routine_id: str, place: tuple[int, ...]) -> list[timedelta]:
    """
    When milk slowed in the step at `place`, from its start, in the newest `LOOKED_BACK` sessions that have it.

    One a session: where a step comes more than once (rounds, sides), its first.
    """
    found: list[timedelta] = []
    for record in sorted(records, key=lambda one: one.began, reverse=True):
        if record.routine_id != routine_id:
            continue
        marks = [step.slowed_at for step in record.steps if step.place == place and step.slowed_at is not None]
        found += marks[:1]
    return found[:LOOKED_BACK]


def slows_at(records: Iterable[Record], routine_id: str, place: tuple[int, ...]) -> timedelta | None:
    """The usual moment, the median to ten seconds; None before `FEWEST_SLOWED` sessions."""
    found = slowed_at(records, routine_id, place)
    if len(found) < FEWEST_SLOWED:
        return None
    return round(_quantile(found, 0.5) / (10 * SECOND)) * 10 * SECOND


def slows_words(usual: timedelta) -> str:
    """
    For Get ready.

    >>> slows_words(timedelta(minutes=5, seconds=40))
    'Your milk usually slows at about 5:40 here'
    """
    return f"Your milk usually slows at about {clock(usual)} here"


def own_range(records: Iterable[Record], routine_id: str, place: tuple[int, ...]) -> Range | None:
    """
    A range of her own for the step: the middle half of her moments, out to whole half minutes, one minute at least.

    Its upper end stays within the longest suction without a break.
    """
    found = slowed_at(records, routine_id, place)
    if len(found) < FEWEST_SLOWED:
        return None
    half = 30 * SECOND
    earliest = max(_quantile(found, 0.25) // half * half, half)
    latest = max(-(-_quantile(found, 0.75) // half) * half, earliest + MINUTE)
    if latest > LONGEST_SUCTION:
        latest = LONGEST_SUCTION
        earliest = min(earliest, latest - MINUTE)
    return Range(earliest, latest)


def _quantile(values: Sequence[timedelta], share: float) -> timedelta:
    """Between the two nearest, in proportion: the definition that spreadsheets use (Hyndman and Fan's 7th)."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def usual_range(records: Iterable[Record], purpose: Purpose) -> tuple[float, float] | None:
    """The least and the most, in mL, of her last noted sessions of this purpose; not a target. None under three."""
    newest = sorted((one for one in records if one.purpose is purpose), key=lambda one: one.began, reverse=True)
    volumes = [ml for one in newest if (ml := one.ml) is not None][:USUAL_OF]
    return (min(volumes), max(volumes)) if len(volumes) >= FEWEST_USUAL else None


def usual_words(low: float, high: float, *, ounces: bool = False) -> str:
    """
    For the finish page.

    >>> usual_words(60, 95), usual_words(60, 60)
    ('Your last sessions like this: 60 to 95 mL', 'Your last sessions like this: 60 mL')
    """
    unit = "fl oz" if ounces else "mL"
    ends = [f"{oz(end):g}" if ounces else f"{round(end)}" for end in (low, high)]
    return f"Your last sessions like this: {' to '.join(dict.fromkeys(ends))} {unit}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours without a nudge, by her clock; may pass midnight. Empty when both are the same."""

    begins: time
    ends: time

    def holds(self, moment: time) -> bool:
        """
        >>> night = Quiet(time(22), time(6))
        >>> night.holds(time(23)), night.holds(time(6)), night.holds(time(12))
        (True, False, False)
        """
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


def next_nudge(
    last_start: datetime | None,
    every: timedelta | None,
    quiet: Quiet | None = None,
    zone: tzinfo | None = None,
) -> datetime | None:
    """
    When the next session may be thought of: as long after the last one as she asked for, from start to start.

    None without a wish or a session. In quiet hours it waits until they end. `zone` is her clock's (that of
    `last_start` when absent); the time between is time that passes, whatever clocks do meanwhile.
    """
    if last_start is None or not every:
        return None
    here = zone or last_start.tzinfo
    due = (last_start.astimezone(UTC) + every).astimezone(here)
    if quiet is None or not quiet.holds(due.time()):
        return due
    ends = due.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    if due.time() >= quiet.ends:
        ends = (due.replace(tzinfo=None, fold=0) + DAY).replace(
            hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0, tzinfo=here
        )
    return ends.astimezone(UTC).astimezone(here)  # an hour that the clocks leave out becomes the one after


def keep_what_i_did(plan: Plan, record: Record) -> list[timedelta | None]:
    """
    How long each segment of the plan lasted this time, to five seconds; None for one that was not come to.

    Where a step was begun again, its last turn counts.
    """
    kept: list[timedelta | None] = [None] * len(plan.segments)
    for step in record.steps:
        if 0 <= step.index < len(kept) and (step.reason is not Reason.BACK or kept[step.index] is None):
            kept[step.index] = max(round(step.lasted / KEPT_TO) * KEPT_TO, KEPT_TO)
    return kept


def _lowered(name: str) -> str:
    """
    A name within a sentence; one with capitals of its own stays.

    >>> _lowered("Hands-on pumping"), _lowered("NICU"), _lowered("Massage-Stroke-Shake")
    ('hands-on pumping', 'NICU', 'Massage-Stroke-Shake')
    """
    return name if name[1:] != name[1:].lower() else name[:1].lower() + name[1:]
