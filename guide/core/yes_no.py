"""Yes and No as they are typed: by a word or its first letter."""

from __future__ import annotations

from typing import NamedTuple

from guide.core.words import ENGLISH, Words


class Answers(NamedTuple):
    yes: str
    no: str


def answer_letters(words: Words) -> Answers | None:
    """The first letters of the two answers in a language; None where both begin with one letter."""
    yes, no = (answer[:1] for answer in _answers(words))
    return Answers(yes, no) if yes.casefold() != no.casefold() else None


def typed_letters(words: Words) -> Answers:
    """
    The letters that a terminal asks for, small as its other keys are.

    >>> typed_letters(ENGLISH)
    Answers(yes='y', no='n')
    """
    yes, no = answer_letters(words) or Answers("y", "n")
    return Answers(yes.casefold(), no.casefold())


def meant(typed: str, words: Words) -> bool | None:
    """
    What an answer means, in her language or else in English; None where it is neither.

    >>> [meant(typed, ENGLISH) for typed in ("y", "No ", "yesterday", "")]
    [True, False, None, None]
    """
    said = typed.strip().casefold()
    for ways in (_answers(words), typed_letters(words), _answers(ENGLISH), typed_letters(ENGLISH)):
        if said in {ways.yes.casefold(), ways.no.casefold()}:
            return said == ways.yes.casefold()
    return None


def _answers(words: Words) -> Answers:
    return Answers(words.pgettext("an answer", "Yes"), words.pgettext("an answer", "No"))
