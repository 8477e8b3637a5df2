"""Lengths of time as a person writes, reads and hears them."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from guide.core.words import ENGLISH, N_, Words

if TYPE_CHECKING:
    from guide.core.routine import Length

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(hours=6)
NO_TIME: Final = N_("a step takes more than no time; write for example '30 s'")
KEPT: Final = 512  # texts whose lengths are remembered: a routine says a few, over and over
TO_THE_SECOND: Final = 5 * MINUTE  # a length below this is told to the second
IN_HOURS: Final = 2 * HOUR  # from here on minutes alone are no measure; an hour is "60 min" to whoever power pumps

_UNITS: Final = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SECOND),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
}
_PART: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]+)\s*")
_CLOCK: Final = re.compile(r"(\d{1,4}):([0-5]\d)")
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_TO: Final = re.compile(r"[-\u2010-\u2015\u2212]|\bto\b")


class DurationError(ValueError):
    """The sentence says what is wrong and what would be right; `fix` is a text to put in place, if one is clear."""

    def __init__(self, sentence: str, fix: str = "", **places: str) -> None:
        super().__init__(sentence.format(**places))
        self._sentence = sentence
        self._places = places
        self.fix = fix

    def said(self, words: Words) -> str:
        """The sentence in a language."""
        return words.gettext(self._sentence).format(**self._places)

    def without_fix(self) -> DurationError:
        return DurationError(self._sentence, **self._places)


@lru_cache(maxsize=KEPT)
def parse(text: str) -> timedelta:
    """
    Read one length of time; raises `DurationError`. Source: routine-format, "Lengths of time".

    >>> parse("1 min 30 s")
    datetime.timedelta(seconds=90)
    >>> parse("1:30") == parse("1.5 min") == parse("90s")
    True
    >>> parse("5")
    Traceback (most recent call last):
    guide.core.duration.DurationError: '5' has no unit; write '5 min' or '5 s'
    """
    plain = text.strip().lower()
    if not plain:
        raise DurationError(N_("a length of time is missing; write for example '2 min' or '90 s'"))
    if clock := _CLOCK.fullmatch(plain):
        return _within(int(clock[1]) * MINUTE + int(clock[2]) * SECOND, text)
    if _NUMBER.fullmatch(plain):
        raise _without_unit(plain)
    total, at, last = timedelta(0), 0, HOUR + SECOND
    for part in _PART.finditer(plain):
        unit = _UNITS.get(part[2])
        if part.start() != at or unit is None or unit >= last:
            break
        total += float(part[1]) * unit
        at, last = part.end(), unit
    if at != len(plain):
        sentence = N_("'{text}' is not a length of time; write for example '2 min', '90 s' or '1:30'")
        raise DurationError(sentence, text=_quoted(text))
    return _within(total, text)


@lru_cache(maxsize=KEPT)
def parse_length(text: str) -> Length:
    """
    Read a step's `duration`: fixed, a range, or `wait`; raises `DurationError`.

    >>> parse_length("5-7 min")
    Range(earliest=datetime.timedelta(seconds=300), latest=datetime.timedelta(seconds=420))
    >>> parse_length("wait")
    Wait()
    """
    from guide.core.routine import Fixed, Range, Wait  # the window comes sooner without: cards live on plain lengths

    plain = text.strip().lower()
    if plain == "wait":
        return Wait()
    ends = [end.strip() for end in _TO.split(plain)]
    if len(ends) == 1:
        if _NUMBER.fullmatch(plain):
            raise _missing_unit(plain)
        length = parse(text)
        if length <= timedelta(0):
            raise DurationError(NO_TIME)
        return Fixed(length)
    if len(ends) == 2 and not ends[0] and (_NUMBER.fullmatch(ends[1]) or _PART.fullmatch(ends[1])):
        raise DurationError(NO_TIME)
    if len(ends) != 2 or not all(ends):
        raise DurationError(N_("'{text}' is not a range; write for example '5-7 min'"), text=_quoted(text))
    first, second = ends
    if _NUMBER.fullmatch(second) and (_NUMBER.fullmatch(first) or _end(first)):
        raise _missing_unit(" ".join(text.split()))
    if _NUMBER.fullmatch(first) and (unit := _PART.fullmatch(second)):
        first += f" {unit[2]}"
    earliest, latest = _end(first), _end(second)
    if earliest <= timedelta(0):
        raise DurationError(N_("a range begins after its step's start; write for example '1-3 min'"))
    if earliest >= latest:
        sentence = N_("the range's lower end, {low}, is not below its upper end, {high}; write the shorter one first")
        raise DurationError(sentence, low=written(earliest), high=written(latest))
    return Range(earliest, latest)


def _end(text: str) -> timedelta:
    """One end of a range; no fix goes with its error, as that would take the place of both ends."""
    try:
        return parse(text)
    except DurationError as error:
        raise error.without_fix() from None


def _missing_unit(number: str) -> DurationError:
    """What is wrong with a duration without a unit: that, unless it is none with any unit."""
    refused = []
    for unit in ("min", "s"):
        try:
            parse_length(f"{number} {unit}")
        except DurationError as error:
            refused.append(error)
        else:
            return _without_unit(number, unit)
    return refused[0]


def _without_unit(number: str, unit: str = "min") -> DurationError:
    return DurationError(
        N_("'{number}' has no unit; write '{number} min' or '{number} s'"), fix=f"{number} {unit}", number=number
    )


def _quoted(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= 40 else plain[:37] + "…"


def _within(length: timedelta, text: str) -> timedelta:
    if length > LONGEST:
        sentence = N_("'{text}' is longer than 6 hours, the longest a routine may last")
        raise DurationError(sentence, text=_quoted(text))
    return length


def written(length: timedelta) -> str:
    """
    The shortest text that `parse` reads back.

    >>> [written(timedelta(seconds=s)) for s in (45, 90, 120, 3600, 0.5)]
    ['45 s', '1 min 30 s', '2 min', '1 h', '0.5 s']
    """
    parts = []
    hours, rest = divmod(length, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    if hours:
        parts.append(f"{hours} h")
    if minutes:
        parts.append(f"{minutes} min")
    if rest or not parts:
        parts.append(f"{rest.total_seconds():.6f}".rstrip("0").rstrip(".") + " s")
    return " ".join(parts)


def rounded(length: timedelta, *, ahead: bool = False) -> timedelta:
    """
    A length as it is told: to the second below five minutes, to the minute from there on.

    What is over is rounded to the nearest; what lies `ahead` is rounded up: nobody is kept longer than was said.

    >>> [written(rounded(timedelta(seconds=s))) for s in (0, 0.2, 65, 299.8, 322, 965)]
    ['0 s', '1 s', '1 min 5 s', '5 min', '5 min', '16 min']
    >>> [written(rounded(timedelta(seconds=s), ahead=True)) for s in (64.1, 322, 965)]
    ['1 min 5 s', '6 min', '17 min']
    """
    unit = SECOND if length < TO_THE_SECOND else MINUTE
    if ahead:
        return -(-length // unit) * unit
    return max((length + unit / 2) // unit, 1 if length else 0) * unit


def clock(length: timedelta) -> str:
    """
    As it stands on a running clock, rounded up, so that 0:00 means it is over.

    >>> [clock(timedelta(seconds=s)) for s in (0, 8, 84, 83.2, 3725)]
    ['0:00', '0:08', '1:24', '1:24', '62:05']
    """
    seconds = -(-length // SECOND)
    return f"{seconds // 60}:{seconds % 60:02d}"


def short(length: Length, words: Words = ENGLISH) -> str:
    """
    As it stands beside a step.

    >>> from guide.core.routine import Fixed, Range, Wait
    >>> short(Range(5 * MINUTE, 7 * MINUTE)), short(Fixed(90 * SECOND)), short(Fixed(45 * SECOND)), short(Wait())
    ('5–7 min', '1:30 min', '45 s', 'until you go on')
    """
    from guide.core.routine import Fixed, Range, Wait  # as above

    match length:
        case Fixed(exact):
            return _short(exact)
        case Range(earliest, latest):
            return _short_range(_short(earliest), _short(latest))
        case Wait():
            return words.gettext("until you go on")


def _short_range(low: str, high: str) -> str:
    """Two lengths of one unit name it once."""
    if low == high:
        return high
    number, _, unit = low.partition(" ")
    one_unit = " " not in unit and unit == high.partition(" ")[2]
    return f"{number if one_unit else low}–{high}"


def _short(length: timedelta) -> str:
    if length < MINUTE:
        return written(length)
    if length >= IN_HOURS:
        return written(-(-length // SECOND) * SECOND)
    if length % MINUTE:
        return f"{clock(length)} min"
    return f"{length // MINUTE} min"


def span(shortest: timedelta, longest: timedelta) -> str:
    """
    A whole routine's length, rounded up, as a range where it is one.

    >>> span(20 * MINUTE, 27 * MINUTE), span(HOUR, HOUR), span(50 * SECOND, 50 * SECOND), span(65 * SECOND, 65 * SECOND)
    ('20–27 min', '60 min', '50 s', '1:05 min')
    >>> span(2 * HOUR, 2 * HOUR), span(110 * MINUTE, 130 * MINUTE), span(2 * HOUR, 3 * HOUR)
    ('2 h', '1 h 50 min–2 h 10 min', '2–3 h')
    """
    low, high = rounded(shortest, ahead=True), rounded(longest, ahead=True)
    if high >= IN_HOURS:
        return _short_range(written(low), written(high))
    return _short_range(_short(low), _short(high))


def spoken(length: timedelta, words: Words = ENGLISH) -> str:
    """
    As a screen reader says it.

    >>> spoken(timedelta(seconds=84)), spoken(MINUTE), spoken(timedelta(seconds=1))
    ('1 minute 24', '1 minute', '1 second')
    """
    seconds = -(-length // SECOND)
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return words.ngettext("{n} second", "{n} seconds", rest).format(n=rest)
    if not rest:
        return words.ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    # Translators: as a screen reader says a time; the seconds follow as a bare number.
    return words.ngettext("{n} minute {seconds}", "{n} minutes {seconds}", minutes).format(n=minutes, seconds=rest)


def in_full(length: timedelta, words: Words = ENGLISH) -> str:
    """
    How long something was, within a sentence.

    >>> in_full(timedelta(minutes=22, seconds=10)), in_full(timedelta(seconds=40)), in_full(timedelta(seconds=65))
    ('22 minutes', '40 seconds', '1 minute 5 seconds')
    """
    minutes, seconds = divmod(rounded(length) // SECOND, 60)
    in_minutes = words.ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    in_seconds = words.ngettext("{n} second", "{n} seconds", seconds).format(n=seconds)
    if minutes and seconds:
        # Translators: a length within a sentence, such as "1 minute 5 seconds".
        return words.gettext("{minutes} {seconds}").format(minutes=in_minutes, seconds=in_seconds)
    return in_minutes if minutes else in_seconds


def spoken_minutes(low: int, high: int, words: Words = ENGLISH) -> str:
    """
    Minutes from the least to the most, as a screen reader says them.

    >>> spoken_minutes(18, 22), spoken_minutes(1, 1)
    ('18 to 22 minutes', '1 minute')
    """
    if low < high:
        return words.gettext("{low} to {high} minutes").format(low=low, high=high)
    return words.ngettext("{n} minute", "{n} minutes", high).format(n=high)


def spoken_ends(low: timedelta, high: timedelta, words: Words = ENGLISH) -> str:
    """From the least to the most, as a screen reader says it."""
    if low == high:
        return spoken(high, words)
    if low % MINUTE or high % MINUTE:
        # Translators: from the least to the most of a step, such as "30 seconds to 1 minute".
        return words.gettext("{low} to {high}").format(low=spoken(low, words), high=spoken(high, words))
    return spoken_minutes(low // MINUTE, high // MINUTE, words)


def spoken_length(length: Length, words: Words = ENGLISH) -> str:
    """
    A step's length as a screen reader says it.

    >>> from guide.core.routine import Range
    >>> spoken_length(Range(5 * MINUTE, 7 * MINUTE)), spoken_length(Range(30 * SECOND, MINUTE))
    ('5 to 7 minutes', '30 seconds to 1 minute')
    """
    from guide.core.routine import Fixed, Range, Wait  # as above

    match length:
        case Fixed(exact):
            return spoken(exact, words)
        case Range(earliest, latest):
            return spoken_ends(earliest, latest, words)
        case Wait():
            return words.gettext("until you go on")
