"""Two routines' volumes side by side: a difference with its interval, never a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from guide.core.naming import within_a_sentence
from guide.core.numbers import ENGLISH as ENGLISH_MARKS
from guide.core.numbers import Marks
from guide.core.record import ML_PER_OZ, unit_of
from guide.core.student_t import t_quantile
from guide.core.words import ENGLISH, N_, Words

FEWEST_COMPARED: Final = 6
GRAIN_ML: Final = 5.0  # volumes are noted in steps of this size
CONFIDENCE: Final = 0.95


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

    def said(self, *, ounces: bool = False, words: Words = ENGLISH, marks: Marks = ENGLISH_MARKS) -> str:
        """ "About 18 mL more on average; likely 7 to 29." """
        if self.finding is Finding.TOO_EARLY or self.difference is None or self.low is None or self.high is None:
            return words.gettext("Too early to say")
        least = _amount(min(abs(self.low), abs(self.high)), ounces=ounces)
        if self.finding is Finding.UNCLEAR or float(least) == 0:
            return words.gettext("No clear difference yet")
        if self.difference > 0:
            text = words.gettext("About {about} {unit} more on average; likely {least} to {most}.")
        else:
            text = words.gettext("About {about} {unit} less on average; likely {least} to {most}.")
        return text.format(**self._amounts(ounces=ounces, words=words, marks=marks))

    def sentence(self, name: str, *, ounces: bool = False, words: Words = ENGLISH, marks: Marks = ENGLISH_MARKS) -> str:
        """The same with the first routine's name, and with time of day named as what else may play a part."""
        beside = words.gettext(TIME_OF_DAY)
        if not self._tells(ounces=ounces):
            if self.finding is Finding.TOO_EARLY:
                beside = words.gettext("From {n} noted sessions of each on, a comparison says more.").format(
                    n=FEWEST_COMPARED
                )
            return f"{self.said(ounces=ounces, words=words)}. {beside}"
        if self.difference is not None and self.difference > 0:
            text = words.gettext(
                "About {about} {unit} more per session with {routine}, on average; likely {least} to {most} {unit}."
            )
        else:
            text = words.gettext(
                "About {about} {unit} less per session with {routine}, on average; likely {least} to {most} {unit}."
            )
        amounts = self._amounts(ounces=ounces, words=words, marks=marks)
        return f"{text.format(routine=within_a_sentence(name, words), **amounts)} {beside}"

    def _tells(self, *, ounces: bool) -> bool:
        nearest = min(abs(self.low or 0), abs(self.high or 0))
        return self.finding not in {Finding.TOO_EARLY, Finding.UNCLEAR} and float(_amount(nearest, ounces=ounces)) != 0

    def _amounts(self, *, ounces: bool, words: Words, marks: Marks) -> dict[str, str]:
        near, far = sorted((abs(self.low or 0), abs(self.high or 0)))
        return {
            "about": marks.figure(_amount(abs(self.difference or 0), ounces=ounces)),
            "least": marks.figure(_amount(near, ounces=ounces)),
            "most": marks.figure(_amount(far, ounces=ounces)),
            "unit": unit_of(words, ounces=ounces),
        }


TIME_OF_DAY: Final = N_("Time of day may play a part.")


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
