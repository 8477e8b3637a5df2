"""Numbers as a country writes them: the mark before what is less than one, and the mark between thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Source: the Unicode CLDR, "decimal" and "group"; what is not here writes 1,234.5
_COMMA: Final = re.compile(
    "af|az|b[egs]|c[as]|d[ae]|e[lstu]|f[ir]|gl|h[ruy]|i[dst]|k[aky]|l[tv]|mk|n[blno]|p[lt]|r[ou]|s[klqrv]|tr|u[kz]|vi"
)
_SPACED: Final = re.compile("b[eg]|cs|et|f[ir]|h[uy]|k[aky]|lv|n[bno]|pl|ru|s[kqv]|u[kz]")
_POINT: Final = re.compile("es-(?:419|BZ|CU|DO|GT|HN|MX|NI|P[AER]|SV|US)")


@dataclass(frozen=True, slots=True)
class Marks:
    """
    >>> Marks(",", ".").grouped(1234), Marks(",", ".").decimal("2.5")
    ('1.234', '2,5')
    """

    point: str = "."
    group: str = ","

    def grouped(self, number: int) -> str:
        """A whole number with its thousands apart."""
        return f"{number:,}".replace(",", self.group)

    def decimal(self, number: str) -> str:
        """A number written with a point."""
        return number.replace(".", self.point)


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
    if not _COMMA.fullmatch(language) or _POINT.fullmatch(tag):
        return ENGLISH
    return Marks(",", "\u00a0" if _SPACED.fullmatch(language) or tag == "de-AT" else ".")
