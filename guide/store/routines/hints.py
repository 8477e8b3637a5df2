"""What a sentence about a mistake is made with: the word probably meant, and which letters cannot stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from guide.core.shown import one_line, path_line
from guide.language import _, grouped, listed, ngettext

if TYPE_CHECKING:
    from pathlib import Path

    from guide.store.routines.entry import Entry

UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_NAMED: Final = 3
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


def gone_with(folder: Path, names: Sequence[str]) -> str:
    """
    Say which of her routines went with their folder, the first of them by name.

    >>> from pathlib import Path
    >>> gone_with(Path("/home/me/routines"), list("ABCDE")).partition(". ")[0]
    'Your routines are no longer in /home/me/routines: A, B, C and 2 more'
    """
    named, more = listed(names[:MOST_NAMED]), len(names) - MOST_NAMED
    told = ngettext(
        "Your routine is no longer in {folder}: {names}. If you took everything along before, “Bring everything back” "
        "in Settings has it.",
        "Your routines are no longer in {folder}: {names}. If you took everything along before, “Bring everything "
        "back” in Settings has them.",
        len(names),
    )
    if more > 0:
        named = _("{names} and {n} more").format(names=", ".join(names[:MOST_NAMED]), n=grouped(more))
    return told.format(folder=path_line(folder), names=named)
