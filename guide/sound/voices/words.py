"""Words made ready to be said: units written out, markup left out, and the few that are pronounced by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_MARKUP: Final = re.compile(r"[<>{}\[\]|]+")  # a voice may take these for directions

# unit: one, many
_UNITS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "s": ("second", "seconds"),
        "sec": ("second", "seconds"),
        "min": ("minute", "minutes"),
        "h": ("hour", "hours"),
        "ml": ("milliliter", "milliliters"),
        "mL": ("milliliter", "milliliters"),
        "oz": ("ounce", "ounces"),
        "fl oz": ("fluid ounce", "fluid ounces"),
        "mmHg": ("millimeter of mercury", "millimeters of mercury"),
        "cm": ("centimeter", "centimeters"),
        "mm": ("millimeter", "millimeters"),
        "°C": ("degree Celsius", "degrees Celsius"),
        "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    }
)
_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1/2": "half",
        "1/3": "a third",
        "2/3": "two thirds",
        "1/4": "a quarter",
        "3/4": "three quarters",
        "½": "half",
        "⅓": "a third",
        "⅔": "two thirds",
        "¼": "a quarter",
        "¾": "three quarters",
    }
)
_PART: Final = "|".join(map(re.escape, _PARTS))
_UNIT: Final = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_THEN: Final = "(?:[ ]|(?=[½⅓⅔¼¾]))"  # "2 1/2", "2 ½", "2½", but not "21/2"
_MEASURE: Final = re.compile(
    rf"(?<![\w/.])(?:(?P<from>{_NUMBER}(?:{_THEN}(?:{_PART}))?|{_PART})\s?(?:-|–|to)\s?)?"
    rf"(?:(?P<whole>{_NUMBER})(?:{_THEN}(?P<part>{_PART}))?|(?P<only>{_PART}))\s?(?P<unit>{_UNIT})(?![\w/])"
)
_LONE_PART: Final = re.compile(rf"(?<![\w/.])(?:(?P<whole>\d+){_THEN})?(?P<part>{_PART})(?![\w/])")

# How the natural voice is told to say a word, in its own alphabet (misaki's): what a recogniser took for another word.
_BY_HAND: Final = (
    # the verb, where it would say the noun: not after "a warm" and the like
    (
        re.compile(r"(?<![\w-])(?<!cold )(?<!warm )(?<!cool )(?<!wet )(?<!\ba )(?<!the )(compress)\b", re.IGNORECASE),
        "kəmpɹˈɛs",
    ),
    (re.compile(r"\b(Pump)(?= both sides\.)"), "pʰˈʌmp"),  # "hump": alone in its sentence it breathed an H
    (re.compile(r"\b(areola)\b", re.IGNORECASE), "æɹˈiOlə"),  # "arela"
    (re.compile(r"(?<=draw )(up)\b"), "ˈʌp"),  # "drop each drop" for "draw up each drop"
)
# Where it says two words as one: "your baby's skin", "and toward".
_APART: Final = re.compile(r"(?<=\bbaby) (?=skin to skin)|(?<=\bin) (?=toward\b)")


def written_out(text: str, language: str = "en") -> str:
    """Leave out markup and, in English, write units and parts as words.

    >>> written_out("Rest 45 s, then 5-7 min.")
    'Rest 45 seconds, then 5 to 7 minutes.'
    >>> written_out("1 1/2 oz, or 1/2 oz <b>or</b> 1 min")
    '1 and a half ounces, or half an ounce b or /b 1 minute'
    """
    text = " ".join(_MARKUP.sub(" ", text).split())
    if language.replace("_", "-").partition("-")[0].lower() != "en":
        return text
    return _LONE_PART.sub(_part, _MEASURE.sub(_measure, text))


def _measure(found: re.Match[str]) -> str:
    one, many = _UNITS[found["unit"]]
    start = f"{_LONE_PART.sub(_part, found['from'])} to " if found["from"] else ""
    if found["only"]:
        part = _PARTS[found["only"]]
        return f"{start}{part} {_article(one)} {one}" if part == "half" else f"{start}{part} of {_article(one)} {one}"
    if found["part"]:
        return f"{start}{found['whole']} and {_counted(_PARTS[found['part']])} {many}"
    return f"{start}{found['whole']} {one if found['whole'] == '1' and not start else many}"


def _part(found: re.Match[str]) -> str:
    part = _PARTS[found["part"]]
    return f"{found['whole']} and {_counted(part)}" if found["whole"] else part


def _counted(part: str) -> str:
    return "a half" if part == "half" else part


def _article(word: str) -> str:
    return "an" if word[0] in "aeio" or word == "hour" else "a"


def pronounced(text: str) -> str:
    """Mark the words that the natural voice is told how to say; `text` is free of markup (`written_out`).

    >>> pronounced("Hold your baby skin to skin.")
    'Hold your baby, skin to skin.'
    >>> pronounced("Next: pump and compress.")
    'Next: pump and [compress](/kəmpɹˈɛs/).'
    >>> pronounced("Lay a warm compress on it.")
    'Lay a warm compress on it.'
    """
    text = _APART.sub(", ", text)
    for word, sounds in _BY_HAND:
        text = word.sub(rf"[\1](/{sounds}/)", text)
    return text
