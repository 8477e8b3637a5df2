"""What a sentence about a mistake is made with: the word probably meant, and which letters cannot stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

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
