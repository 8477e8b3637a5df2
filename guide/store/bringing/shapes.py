"""What the cells of a column look like, whatever its name says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from enum import Enum, auto
from typing import Final

from guide.store.bringing.cells import PLAIN, DateOrder, length, number, volume
from guide.store.bringing.times import clock_time, day, moment, reads

SAMPLED: Final = 60
MOST: Final = 0.8  # so many of the cells decide; a row of totals or a slip does not
MOST_DATED: Final = 0.6  # what reads as a date is nothing else: in a short sheet one slip is many

PUMPING: Final = re.compile(
    r"pump|express|(?<!breast )(?<!formula )milk|(?<!mutter)milch|extrac|breast pump|"
    r"sacaleche|bombe|orde[nñ]|ausstreich|stillen",
    re.IGNORECASE,
)
OTHER_ACTIVITY: Final = re.compile(
    r"sleep|nap|feed|bottle|breast milk|formula|muttermilch|leche materna|f[oó]rmula|"
    r"diaper|nappy|bath|tummy|solids?|medicine|temperature|growth|schlaf|fl[aä]sch|windel|"
    r"dormi|sueñ|biber|pañal|pecho|toma",
    re.IGNORECASE,
)
_BREAST: Final = r"(?: (?:breast|side|brust|seite))?"
LEFT_WORDS: Final = re.compile(rf"(?:l|left|links|linke?|izq\.?|izquierd[oa]){_BREAST}", re.IGNORECASE)
RIGHT_WORDS: Final = re.compile(rf"(?:r|right|rechts|rechte?|der\.?|dcha\.?|derech[oa]){_BREAST}", re.IGNORECASE)
_BOTH_WORDS: Final = re.compile(
    r"b|both|beide|beidseit\w*|ambos|ambas|double|l\s*[+&/]\s*r|left\s*(?:[+&/]|and)\s*right", re.IGNORECASE
)
_COLON: Final = re.compile(r"\d{1,3}:\d\d(?::\d\d(?:\.\d+)?)?")
_DIGITS: Final = re.compile(r"(?:[01]?\d|2[0-3])[0-5]\d")
_DOT: Final = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")


class Shape(Enum):
    EMPTY = auto()
    MOMENT = auto()
    DAY = auto()
    CLOCK = auto()  # a time of day and nothing else
    COLON = auto()  # 6:35, a time of day or a length
    DOT = auto()  # 6.35, a time of day or a number
    DIGITS = auto()  # 0635, the same
    LENGTH = auto()
    VOLUME = auto()
    NUMBER = auto()
    SIDE = auto()
    WORDS = auto()


NUMBERS: Final = frozenset({Shape.NUMBER, Shape.DOT, Shape.DIGITS})


def shape_of(cells: Sequence[str]) -> Shape:
    """
    The shape of most cells of a column; the empty ones are not asked.

    >>> [shape_of([text]).name for text in ("5.1.26 6:35", "6:35 pm", "6:35", "25 min", "3,5 oz", "60", "links", "ok")]
    ['MOMENT', 'CLOCK', 'COLON', 'LENGTH', 'VOLUME', 'NUMBER', 'SIDE', 'WORDS']
    """
    found = [_shape(cell.strip()) for cell in cells[:SAMPLED]]
    if not found:
        return Shape.EMPTY
    if len(set(found)) > 1 and set(found) <= NUMBERS:
        return Shape.NUMBER
    most = max(set(found), key=found.count)
    if Shape.VOLUME in found and set(found) <= {Shape.VOLUME, *NUMBERS}:
        return Shape.VOLUME
    enough = MOST_DATED if most in {Shape.MOMENT, Shape.DAY} else MOST
    return most if found.count(most) >= enough * len(found) else Shape.WORDS


def _shape(text: str) -> Shape:
    if _COLON.fullmatch(text):
        return Shape.COLON
    if any(reads(moment, text, order, UTC) for order in DateOrder):
        return Shape.MOMENT
    if any(reads(day, text, order) for order in DateOrder):
        return Shape.DAY
    if _DOT.fullmatch(text):
        return Shape.DOT
    if _DIGITS.fullmatch(text):
        return Shape.DIGITS
    if reads(number, text):
        return Shape.NUMBER
    if reads(clock_time, text):
        return Shape.CLOCK
    if reads(length, text, PLAIN):
        return Shape.LENGTH
    if reads(volume, text, PLAIN):
        return Shape.VOLUME
    return Shape.SIDE if any(w.fullmatch(text) for w in (LEFT_WORDS, RIGHT_WORDS, _BOTH_WORDS)) else Shape.WORDS


def names_activities(cells: Sequence[str]) -> bool:
    """Whether a column tells pumping from sleep and meals, not a pump from another."""
    return any(PUMPING.search(cell) or OTHER_ACTIVITY.search(cell) for cell in cells)
