"""What a sentence about a mistake is made with: the word probably meant, and which letters cannot stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from guide.core.shown import one_line
from guide.language import _

if TYPE_CHECKING:
    from guide.store.routines.entry import Entry

UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACE: Final = re.compile(r"\s+")


def nearest(text: str, known: Iterable[str]) -> str:
    """
    Find the known word that was probably meant, or "".

    >>> nearest("masage", ["massage", "shake"]), nearest("xyz", ["massage"])
    ('massage', '')
    """
    if not text or len(text) > 40:
        return ""
    import difflib  # needed only when there is a problem

    by_lower = {word.lower(): word for word in known}
    close = difflib.get_close_matches(text.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


def which_of(entries: Sequence[Entry]) -> str:
    """Which of several routines of one name is meant, and how to name the others."""
    ids = [one_line(entry.id) for entry in entries]
    return _("{count} routines are called {name}. This one is {id}; ask for another by its id: {others}.").format(
        count=len(entries), name=one_line(entries[0].name), id=ids[0], others=", ".join(ids[1:])
    )
