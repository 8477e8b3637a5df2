"""A catalogue that marks whatever is asked of it, and knows what can be asked: the texts of the template."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import languages
from guide.compat import override
from guide.core.words import Words

_MARKED: Final = re.compile(r"«[^«»]*»")


class Marked(Words):
    """Each text comes back between «», in `mark` if there is one; one that no translator was shown is an error."""

    def __init__(self, mark: str = "") -> None:
        super().__init__()
        self._mark = mark

    @override
    def gettext(self, message: str) -> str:
        return self._marked(None, message, message)

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        if not isinstance(n, int):
            raise TypeError(f"{n!r} has no plural form")
        return self._marked(None, msgid1, msgid1 if n == 1 else msgid2)

    @override
    def pgettext(self, context: str, message: str) -> str:
        return self._marked(context, message, message)

    def _marked(self, context: str | None, message: str, shown: str) -> str:
        if (context, message) not in _texts():
            raise LookupError(f"no translator was shown {message!r} ({context})")
        return f"«{self._mark}{shown}»"


def unmarked(text: str) -> str:
    """
    What of a text came of no catalogue.

    >>> unmarked("«Next: «Pump», left side.» 5 min")
    ' 5 min'
    """
    while text != (text := _MARKED.sub("", text)):
        pass
    return text


@cache
def _texts() -> frozenset[tuple[str | None, str]]:
    return frozenset(languages.key(message) for message in languages.messages(languages.template()))
