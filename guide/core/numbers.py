"""Numbers as a country writes them: the mark before what is less than one, and the mark between thousands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

# Source: the Unicode CLDR, "decimal" and "group"; what is not here writes 1,234.5
_COMMA: Final = (
    "af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl "
    "sq sr sv tr uk uz vi"
)
_SPACED: Final = "be bg cs et fi fr hu hy ka kk ky lv nb nn no pl ru sk sq sv uk uz"
_POINT: Final = "es-419 es-BZ es-CU es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US"
_WHOLE: Final = re.compile(r"\d{4,}")


class Marks(NamedTuple):
    """
    >>> Marks(",", ".").grouped(1234), Marks(",", ".").decimal("2.5"), Marks(",", ".").figure("12000.5")
    ('1.234', '2,5', '12.000,5')
    """

    point: str = "."
    group: str = ","

    def grouped(self, number: int) -> str:
        """A whole number with its thousands apart."""
        return f"{number:,}".replace(",", self.group)

    def decimal(self, number: str) -> str:
        """A number written with a point, as it can be typed."""
        return number.replace(".", self.point)

    def figure(self, number: str) -> str:
        """A number written with a point, alone or before its unit, as it is read: with its thousands apart."""
        whole, point, rest = number.partition(".")
        return _WHOLE.sub(lambda found: self.grouped(int(found[0])), whole) + self.decimal(point + rest)


ENGLISH: Final = Marks()


@lru_cache(maxsize=8)
def marks_of(tag: str) -> Marks:
    """
    How a language, or a country that speaks it, writes numbers (BCP 47).

    >>> marks_of("es-MX"), marks_of("de-CH"), marks_of("de")
    (Marks(point='.', group=','), Marks(point='.', group='’'), Marks(point=',', group='.'))
    """
    language = tag.partition("-")[0]
    if tag in {"de-CH", "de-LI"}:
        return Marks(".", "’")
    if language not in _COMMA.split() or tag in _POINT.split():
        return ENGLISH
    return Marks(",", "\u00a0" if language in _SPACED.split() or tag == "de-AT" else ".")
