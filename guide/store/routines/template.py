"""What a new routine begins as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guide.core.kinds import Kind
from guide.core.words import ENGLISH, N_, Words

_TEMPLATE: Final = """\
format: 1
name: {name}
language: {language}
# {note}
get_ready:
  - {water}
steps:
  - kind: massage
    side: both
    duration: 1 min
    say: {circles}
  - kind: pump
    side: both
    duration: 5-7 min
    until: milk slows
    say: {start}
    show: {shown}
  - kind: rest
    duration: 1 min
    say: {rest}
"""
_TEXTS: Final = {
    "name": N_("My routine"),
    "note": N_("Lines that begin with '#' are notes for yourself; the editor keeps them."),
    "water": N_("Water within reach"),
    "circles": N_("Small circles, from the ribs inward."),
    "start": N_("Start both pumps. Let your shoulders drop."),
    "shown": N_("Start both pumps, and let your shoulders drop."),
    "rest": N_("Pumps off. Breathe out."),
}
_OF_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    Kind.MASSAGE: {"say": "circles"},
    Kind.PUMP: {"say": "start", "show": "shown"},
    Kind.REST: {"say": "rest"},
}


def texts_of(kind: str, words: Words = ENGLISH) -> dict[str, str]:
    """
    What a step of a kind says and shows in a new routine; most kinds say their name alone, which is not written.

    >>> texts_of("rest"), texts_of("stroke")
    ({'say': 'Pumps off. Breathe out.'}, {})
    """
    return {key: words.gettext(_TEXTS[text]) for key, text in _OF_KINDS.get(kind, {}).items()}


def new_routine(language: str = "en", words: Words = ENGLISH) -> str:
    """A small routine that plays already, in a language (BCP 47): it is spoken by a voice of that."""
    return _TEMPLATE.format(language=language, **{key: words.gettext(text) for key, text in _TEXTS.items()})
