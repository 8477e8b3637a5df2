"""An amount of milk as a person types it, read as kindly as it can be; one sentence where it cannot."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from guide.core.record import MOST_ML, ml_from_oz, unit_of, volume
from guide.language import _, decimal, figure, screen

MOST_OZ: Final = 33.0  # of one side
_UNIT: Final = re.compile(r"\s*(ml|fl\.?\s*oz\.?|oz\.?)$")
_NUMBER: Final = re.compile(r"(\d{1,99})(?:[.,](\d{0,2}))?|[.,](\d{1,2})")  # too much is told of as too much
_FRACTION: Final = r"(?P<sign>[¼-¾⅐-⅞])|(?P<over>\d{1,2})[/⁄](?P<under>\d{1,2})"
_FINEST: Final = 16  # the largest number that a part of an ounce is written over
_PARTS: Final = re.compile(rf"(?:(?P<whole>\d{{1,9}})(?:\s+|(?=[^\d\s])))?(?:{_FRACTION})")


def unit_words(*, ounces: bool) -> str:
    """The unit of an amount of milk, in the language of the screen."""
    return unit_of(screen(), ounces=ounces)


def volume_words(ml: float | None, *, ounces: bool = False) -> str:
    """A volume, in the language of the screen."""
    return figure(volume(ml, ounces=ounces, words=screen()))


class TypedError(ValueError):
    """The sentence says what would be right."""


def read_volume(text: str, *, ounces: bool) -> float | None:
    """
    A volume in mL; None where nothing is noted. `ounces`: what a number alone is. Raises `TypedError`.

    >>> read_volume("75", ounces=False), read_volume("2,5", ounces=True), read_volume("2½ oz", ounces=False)
    (75.0, 73.9, 73.9)
    >>> [read_volume(text, ounces=False) for text in (".5", "1/2", "12 ½", "1 1/2 mL", "–")]
    [0.5, 0.5, 12.5, 1.5, None]
    """
    plain = text.strip().lower()
    if plain in {"", "–", "-"}:
        return None
    unit = _UNIT.search(plain)
    amount = _number(plain[: unit.start()] if unit else plain)
    if amount is None:
        raise TypedError(
            _("A volume could look like {example}, or stay blank.").format(example=decimal("2.5") if ounces else "75")
        )
    in_ounces = unit[1] != "ml" if unit else ounces
    ml = ml_from_oz(amount) if in_ounces else amount
    if ml > MOST_ML:
        raise TypedError(
            _("That is more than fits here: the volume of a side goes up to {most}.").format(
                most=f"{MOST_OZ if ounces else MOST_ML:.0f} {unit_words(ounces=ounces)}"
            )
        )
    return ml


def _number(plain: str) -> float | None:
    if _NUMBER.fullmatch(plain):
        return float(plain.replace(",", "."))
    found = _PARTS.fullmatch(plain)
    if found is None:
        return None
    if found["sign"]:
        part = unicodedata.numeric(found["sign"])
    elif 0 < (over := int(found["over"])) < (under := int(found["under"])) <= _FINEST:
        part = over / under
    else:
        return None  # 50/30 is two amounts, left and right
    return int(found["whole"] or 0) + round(part, 2)
