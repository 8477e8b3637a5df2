"""Words looked for in a text: small and capital letters are the same, and so is a letter with and without an accent."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def folded(text: str) -> str:
    """
    A text as it is compared: small letters without accents.

    >>> folded("Extracción"), folded("Größe")
    ('extraccion', 'grosse')
    """
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return text.casefold()


def finds(sought: str, text: str) -> bool:
    """
    Whether each of the words sought begins or is part of a word of the text.

    >>> finds("manual  EXTRA", "Extracción manual"), finds("manual pump", "Extracción manual")
    (True, False)
    """
    whole = _kept(text)
    return all(word in whole for word in folded(sought).split())


_kept = lru_cache(maxsize=1024)(folded)  # the same texts are looked through with each letter that is typed


def places(word: str, text: str) -> list[tuple[int, int]]:
    """
    Where a word sought stands in a text: the first letter, counted from zero, and how many letters it has there.

    >>> places("GROSSE", "Die Größe, die große"), places("", "any")
    ([(4, 5), (15, 5)], [])
    """
    small_word = folded(word)
    if not small_word:
        return []
    letters = [(small, at) for at, letter in enumerate(text) for small in folded(letter)]
    whole = "".join(small for small, _ in letters)
    matches = re.finditer(re.escape(small_word), whole)
    found = [(letters[match.start()][1], letters[match.end() - 1][1]) for match in matches]
    return [(first, last - first + 1) for first, last in found]
