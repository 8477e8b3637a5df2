"""Her own usual: when milk slows in a step, the range that follows, the volumes of her last sessions, what she did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from guide.core.duration import MINUTE, SECOND, clock
from guide.core.plan import LONGEST_SUCTION, Plan
from guide.core.record import Record, oz
from guide.core.routine import Purpose, Range
from guide.core.session import Reason
from guide.core.words import ENGLISH, Words

FEWEST_SLOWED: Final = 5
LOOKED_BACK: Final = 20  # sessions: how milk slows changes over months
FEWEST_USUAL: Final = 3
USUAL_OF: Final = 10
KEPT_TO: Final = 5 * SECOND


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


def slows_words(usual: timedelta, words: Words = ENGLISH) -> str:
    """
    For Get ready.

    >>> slows_words(timedelta(minutes=5, seconds=40))
    'Your milk usually slows at about 5:40 here'
    """
    return words.gettext("Your milk usually slows at about {time} here").format(time=clock(usual))


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


def usual_words(low: float, high: float, *, ounces: bool = False, words: Words = ENGLISH) -> str:
    """
    For the finish page.

    >>> usual_words(60, 95), usual_words(60, 60)
    ('Your last sessions like this: 60 to 95 mL', 'Your last sessions like this: 60 mL')
    """
    unit = "fl oz" if ounces else "mL"
    ends = [f"{oz(end):g}" if ounces else f"{round(end)}" for end in (low, high)]
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
