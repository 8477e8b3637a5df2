"""The signs of the care card, for where Learn is not at hand: a terminal, and a page on a phone."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.language import translated

CARD: Final = Path(__file__).parents[1] / "learn" / "70-care-card.md"
_SIGNS: Final = re.compile(
    r"^## (?P<heading>.+) \{(?P<mark>emergency|today|soon)\}\n\n(?P<lead>[^#]+?)\n\n(?P<signs>(?:- .+\n(?:  .+\n)*)+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Urgent:
    """Signs by how soon they want care: when, whom to call, and the signs themselves."""

    heading: str
    lead: str
    signs: tuple[str, ...]


def care_signs(language: str) -> tuple[Urgent, ...]:
    """Those of an emergency, those of the same day, and those that may wait for some days."""
    return _found(language, {"emergency", "today", "soon"})


def urgent_signs(language: str) -> tuple[Urgent, ...]:
    """Those that do not wait: of an emergency, and of the same day."""
    return _found(language, {"emergency", "today"})


def _found(language: str, marks: AbstractSet[str]) -> tuple[Urgent, ...]:
    text = translated(CARD, language).read_text(encoding="utf-8")
    return tuple(
        Urgent(found["heading"], _in_a_line(found["lead"]), tuple(map(_in_a_line, _parts(found["signs"]))))
        for found in _SIGNS.finditer(text)
        if found["mark"] in marks
    )


def _parts(signs: str) -> list[str]:
    return re.split(r"^- ", signs, flags=re.MULTILINE)[1:]


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
