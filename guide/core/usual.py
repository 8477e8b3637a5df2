"""Her own usual: when milk comes and when it slows, the range that follows, her last volumes, what she did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from guide.core.commands import Reason
from guide.core.duration import MINUTE, SECOND, clock
from guide.core.numbers import ENGLISH as ENGLISH_MARKS
from guide.core.numbers import Marks
from guide.core.plan import LONGEST_SUCTION, Plan
from guide.core.record import Record, StepRecord, mean_amount, oz, unit_of
from guide.core.routine import Place, Purpose, Range
from guide.core.words import ENGLISH, Words

FEWEST_SLOWED: Final = 5
LOOKED_BACK: Final = 20  # sessions: how milk slows changes over months
FEWEST_USUAL: Final = 3
USUAL_OF: Final = 10
KEPT_TO: Final = 5 * SECOND


# her own timings


def let_downs(plan: Plan) -> frozenset[Place]:
    """
    The steps that wait for the first milk: the pump begins, and the step after it pumps until milk slows.

    In such a step Next or Milk slowed says that milk has come.
    """
    found = set()
    pulled = False
    for segment, following in pairwise(plan.segments):
        first, pulled = not pulled, segment.step.under_suction
        until = following.step.until_milk_slows and following.step.under_suction and following.side is segment.side
        if first and pulled and until and not segment.step.until_milk_slows and not segment.waits:
            found.add(segment.place)
    return frozenset(found)


def own_times(plan: Plan, records: Sequence[Record], routine_id: str) -> dict[Place, timedelta]:
    """Her usual moment in each step that waits for the first milk and in each range, where it is known."""
    waiting = let_downs(plan)
    found = {}
    for segment in plan.segments:
        place = segment.place
        if place not in found and (place in waiting or isinstance(segment.step.length, Range)):
            usual = usual_moment(records, routine_id, place, let_down=place in waiting)
            if usual is not None:
                found[place] = usual
    return found


def moments(records: Iterable[Record], routine_id: str, place: Place, *, let_down: bool = False) -> list[timedelta]:
    """
    When milk slowed in the step at `place`, or came where that is a `let_down`, from its start, newest first.

    Of the newest `LOOKED_BACK` sessions that have it; one a session: where a step comes more than once (rounds,
    sides), its first.
    """
    found: list[timedelta] = []
    for record in sorted(records, key=lambda one: one.began, reverse=True):
        if record.routine_id != routine_id:
            continue
        visits = [step for step in record.steps if step.place == place]
        marks = [_mark(step, let_down=let_down) for step in visits]
        found += [at for at in marks if at is not None][:1]
    return found[:LOOKED_BACK]


def _mark(step: StepRecord, *, let_down: bool) -> timedelta | None:
    if step.slowed_at is None and let_down and step.reason is Reason.NEXT:
        return step.lasted
    return step.slowed_at


def usual_moment(
    records: Iterable[Record], routine_id: str, place: Place, *, let_down: bool = False
) -> timedelta | None:
    """The median to ten seconds; None before `FEWEST_SLOWED` sessions."""
    found = moments(records, routine_id, place, let_down=let_down)
    if len(found) < FEWEST_SLOWED:
        return None
    return round(_quantile(found, 0.5) / (10 * SECOND)) * 10 * SECOND


def slows_words(usual: timedelta, words: Words = ENGLISH) -> str:
    """
    For Get ready.

    >>> slows_words(timedelta(minutes=5, seconds=40))
    'Your milk usually slows at about 5:40 here'
    """
    return words.gettext("Your milk usually slows at about {time} here").format(time=clock(usual))


def comes_words(usual: timedelta, words: Words = ENGLISH) -> str:
    """
    For Get ready, of the first milk.

    >>> comes_words(timedelta(minutes=1, seconds=20))
    'Your milk usually comes at about 1:20 here'
    """
    return words.gettext("Your milk usually comes at about {time} here").format(time=clock(usual))


def own_range(records: Iterable[Record], routine_id: str, place: Place, *, let_down: bool = False) -> Range | None:
    """
    A range of her own for the step: the middle half of her moments, out to whole half minutes, one minute at least.

    Its upper end stays within the longest suction without a break.
    """
    found = moments(records, routine_id, place, let_down=let_down)
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


def usual_words(
    low: float, high: float, *, ounces: bool = False, words: Words = ENGLISH, marks: Marks = ENGLISH_MARKS
) -> str:
    """
    For the finish page.

    >>> usual_words(60, 95), usual_words(60, 60)
    ('Your last sessions like this: 60 to 95 mL', 'Your last sessions like this: 60 mL')
    >>> usual_words(60, 96, ounces=True, marks=Marks(",", "."))
    'Your last sessions like this: 2,03 to 3,25 fl oz'
    """
    unit = unit_of(words, ounces=ounces)
    ends = [marks.figure(f"{oz(end):g}" if ounces else mean_amount(end)) for end in (low, high)]
    if ends[0] == ends[1]:
        return words.gettext("Your last sessions like this: {amount} {unit}").format(amount=ends[0], unit=unit)
    return words.gettext("Your last sessions like this: {least} to {most} {unit}").format(
        least=ends[0], most=ends[1], unit=unit
    )


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
