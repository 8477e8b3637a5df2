"""A problem of a file in the words of the editor."""

from __future__ import annotations

import re
from typing import Final

from guide.language import _
from guide.store.yaml.problem import Problem

QUOTED: Final = re.compile(r"(?<!\w)'([^']*)'(?!\w)")
_OPEN, _SHUT = "\ue000\ue001"  # where a quotation begins and ends, whatever marks a language has for that
_PLACE: Final = re.compile(r"steps\[\d+\](?:\.steps\[\d+\])*")


def in_words(problem: Problem) -> tuple[str, str]:
    """
    A problem as one sentence for what there is and one, perhaps empty, for the way on.

    >>> in_words(Problem("a", 1, 1, "steps[0].duration", "'5' has no unit; write '5 min' or '5 s'"))
    ('“5” has no unit.', 'Write “5 min” or “5 s”.')
    >>> in_words(Problem("a", 1, 1, "steps[0].until", "needs a range; write for example 'duration: 3-5 min'"))
    ('“until” needs a range.', 'Write for example “duration: 3-5 min”.')
    >>> in_words(Problem("a", 1, 1, "steps[0].kind", "'x' does not fit; a step kind is meant; known are 'pump'"))
    ('“x” does not fit.', 'A step kind is meant. Known are “pump”.')
    """
    message = problem.message
    if problem.lacks_subject:
        name = problem.where.rpartition(".")[2]
        owner = _("this step") if re.fullmatch(r"steps\[\d+\]", name) else _("this file") if name == "file" else ""
        owner = owner or (_("this entry") if name.endswith("]") else f"{_OPEN}{name}{_SHUT}")
        message = f"{owner} {message}"
    message = _PLACE.sub(
        lambda found: _("step {number}").format(number=_counted(found[0])), QUOTED.sub(rf"{_OPEN}\1{_SHUT}", message)
    )
    parts = [part[:1].upper() + part[1:] for part in _sentences(message)]
    first, *ways = map(_ended, parts)
    # Translators: a quoted word, in the quotation marks of the language.
    begin, end = _("“{word}”").split("{word}")
    what, way = (said.replace(_OPEN, begin).replace(_SHUT, end) for said in (first, " ".join(ways)))
    return what, way


def _counted(place: str) -> str:
    return ".".join(str(int(index) + 1) for index in re.findall(r"\d+", place))


def _sentences(message: str) -> list[str]:
    """Part a message at its semicolons, those it quotes left alone."""
    return [
        part.strip() for part in re.findall(rf"(?:{_OPEN}[^{_SHUT}]*{_SHUT}|[^;]|;(?=\S))+", message) if part.strip()
    ]


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".?" else f"{sentence}."
