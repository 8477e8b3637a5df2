"""Words made ready to be said: units written out, markup left out, and the few that are pronounced by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_MARKUP: Final = re.compile(r"[<>{}\[\]|]+")  # a voice may take these for directions

Units = Mapping[str, tuple[str, str]]  # one, many


def _each(*written: str, one: str, many: str) -> dict[str, tuple[str, str]]:
    """A unit in all the ways a person writes it."""
    return dict.fromkeys(written, (one, many))


_UNITS: Final[Units] = MappingProxyType(
    {
        **_each("s", "sec", "secs", one="second", many="seconds"),
        **_each("min", "mins", one="minute", many="minutes"),
        **_each("h", "hr", "hrs", one="hour", many="hours"),
        **_each("ml", "mL", one="milliliter", many="milliliters"),
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
_GERMAN: Final[Units] = MappingProxyType(
    {
        **_each("s", "sec", "sek", "Sek", one="Sekunde", many="Sekunden"),
        **_each("min", "Min", one="Minute", many="Minuten"),
        **_each("h", "std", "Std", "Stdn", one="Stunde", many="Stunden"),
        **_each("ml", "mL", one="Milliliter", many="Milliliter"),
        **_each("mmHg", one="Millimeter Quecksilbersäule", many="Millimeter Quecksilbersäule"),
        **_each("cm", one="Zentimeter", many="Zentimeter"),
        **_each("mm", one="Millimeter", many="Millimeter"),
        **_each("°C", one="Grad Celsius", many="Grad Celsius"),
    }
)
_SPANISH: Final[Units] = MappingProxyType(
    {
        **_each("s", "seg", "segs", one="segundo", many="segundos"),
        **_each("min", "mins", one="minuto", many="minutos"),
        **_each("h", "hs", "hr", "hrs", one="hora", many="horas"),
        **_each("ml", "mL", one="mililitro", many="mililitros"),
        **_each("mmHg", one="milímetro de mercurio", many="milímetros de mercurio"),
        **_each("cm", one="centímetro", many="centímetros"),
        **_each("mm", one="milímetro", many="milímetros"),
        **_each("°C", one="grado Celsius", many="grados Celsius"),
    }
)
_PART: Final = "|".join(map(re.escape, _PARTS))
_DOT: Final = r"(?:\.(?=[,;:)]|\s+[a-zß-ÿ]))?"  # of an abbreviation: one that ends a sentence stays
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_THEN: Final = "(?:[ ]|(?=[½⅓⅔¼¾]))"  # "2 1/2", "2 ½", "2½", but not "21/2"


def _one_of(units: Units) -> str:
    known = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    return rf"(?P<unit>{known}){_DOT}(?![\w/])"


_MEASURE: Final = re.compile(
    rf"(?<![\w/.])(?:(?P<from>{_NUMBER}(?:{_THEN}(?:{_PART}))?|{_PART})\s?(?:-|–|to)\s?)?"
    rf"(?:(?P<whole>{_NUMBER})(?:{_THEN}(?P<part>{_PART}))?|(?P<only>{_PART}))\s?{_one_of(_UNITS)}"
)
_LONE_PART: Final = re.compile(rf"(?<![\w/.])(?:(?P<whole>\d+){_THEN})?(?P<part>{_PART})(?![\w/])")


def _measured(units: Units, to: str) -> tuple[re.Pattern[str], Units, str]:
    """What a measure is in a language, its units, and the word between the ends of a range."""
    start = rf"(?<![\w/.,])(?:(?P<from>{_NUMBER})\s?(?:-|–|\b{to}\b)\s?)?"
    return re.compile(rf"{start}(?P<whole>{_NUMBER})\s?{_one_of(units)}"), units, to


_OTHERS: Final = {"de": _measured(_GERMAN, "bis"), "es": _measured(_SPANISH, "a")}

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
    """Leave out markup, and write units as words; in English parts too.

    >>> written_out("Rest 45 s, then 5-7 min.")
    'Rest 45 seconds, then 5 to 7 minutes.'
    >>> written_out("Noch 10 Sek., dann 5-7 Min. ruhen.", "de")
    'Noch 10 Sekunden, dann 5 bis 7 Minuten ruhen.'
    >>> written_out("1 1/2 oz, or 1/2 oz <b>or</b> 1 min")
    '1 and a half ounces, or half an ounce b or /b 1 minute'
    """
    text = " ".join(_MARKUP.sub(" ", text).split())
    spoken = language.replace("_", "-").partition("-")[0].lower()
    if spoken in _OTHERS:
        measure, units, to = _OTHERS[spoken]
        return measure.sub(lambda found: _with_unit(found, units, to), text)
    if spoken != "en":
        return text
    return _LONE_PART.sub(_part, _MEASURE.sub(_measure, text))


def _with_unit(found: re.Match[str], units: Units, to: str) -> str:
    one, many = units[found["unit"]]
    start = f"{found['from']} {to} " if found["from"] else ""
    return f"{start}{found['whole']} {one if found['whole'] == '1' and not start else many}"


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
