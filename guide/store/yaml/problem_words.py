"""A problem of a file in the words of the window: where it is, what there is, and the way on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from guide.core.shown import capital
from guide.language import _
from guide.store.yaml.problem import Problem, taken_apart

QUOTED: Final = re.compile(r"(?<!\w)'([^']*)'(?!\w)")
_OPEN, _SHUT = "\ue000\ue001"  # where a quotation begins and ends, whatever marks a language has for that
_PLACE: Final = re.compile(r"steps\[\d+\](?:\.steps\[\d+\])*")
_ENTRY: Final = re.compile(r"(.+?)((?:\[\d+\])+)")


def told(problem: Problem) -> str:
    """
    A problem as it is told outside its text, its place first.

    >>> told(Problem("a", 4, 9, "steps[0].kind", "'x' is not a step kind; did you mean 'y'?"))
    'Step 1, kind: “x” is not a step kind. Did you mean “y”?'
    >>> told(Problem("a", 4, 9, "steps[1].steps[2].until", "needs a range"))
    'Step 2.3: “until” needs a range.'
    >>> told(Problem("a", 1, 7, "name", "has 203 characters; 80 at most"))
    'The name has 203 characters. 80 at most.'
    >>> told(Problem("a", 4, 9, "file", "a ': ' stands inside this text; put the text in quotes"))
    'Line 4: A “: ” stands inside this text. Put the text in quotes.'
    """
    place = _place_of(problem)
    message = problem.brief or problem.message
    if problem.where == "name" and problem.lacks_subject:
        name = _("the name")  # who reads no YAML knows that key by its word
        message = f"{name} {message}"
    what = " ".join(part for part in in_words(replace(problem, message=message)) if part)
    return f"{place}: {what}" if place else what


def _place_of(problem: Problem) -> str:
    """Where a problem is; a key that the sentence begins with is not named twice."""
    where = problem.where
    if where in {"file", "routine"}:
        is_of_all = problem.lacks_subject and (problem.line, problem.column) == (1, 1)
        return "" if is_of_all else capital(_("line {number}").format(number=problem.line))
    if problem.lacks_subject and not where.endswith("]"):
        where = where.rpartition(".")[0]
    return place_in_words(where)


def place_in_words(where: str) -> str:
    """
    The way to a part of a routine, counted from one as a person does.

    >>> place_in_words("steps[1].steps[0].cues[2].at"), place_in_words("sources[0].url")
    ('Step 2.1, cue 3, at', 'Sources 1, url')
    """
    place, key = taken_apart(where)
    words = [_("step {number}").format(number=".".join(str(index + 1) for index in place))] if place else []
    return capital(", ".join([*words, *map(_key_in_words, filter(None, key.split(".")))]))


def _key_in_words(key: str) -> str:
    found = _ENTRY.fullmatch(key)
    if found is None:
        return key
    number = _counted(found[2])
    return _("cue {number}").format(number=number) if found[1] == "cues" else f"{found[1]} {number}"


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
