"""
What was told in one language, told in another: a sentence that still stands on the screen when its language changes.

It is looked for among the texts of the language it was told in, with what stands in their named places; those may be
texts of the catalogue themselves. A text that is none of them (a name, a path, what a system says) stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from guide.catalogue import Catalogue
from guide.core.words import Words

PLACE: Final = re.compile(r"\{(\w+)[^{}]*\}")
LEAST_LETTERS: Final = 6  # of a text with places: "{day}, {time}" is like many a sentence that is no day
DEEPEST: Final = 4  # texts within texts
SENTENCE_ENDS: Final = re.compile(r"(?<=[.?!…])\s+")


def retold(text: str, before: Words, now: Words, *, deep: int = 0) -> str:
    """`text`, told in the words of `before`, in those of `now`; several sentences are each looked for."""
    if before is now or not text or deep > DEEPEST:
        return text
    found = _found(text, before, now, deep)
    if found is not None:
        return found
    for end in reversed(list(SENTENCE_ENDS.finditer(text))):
        first = _found(text[: end.start()], before, now, deep)
        if first is not None:
            return f"{first} {retold(text[end.end() :], before, now, deep=deep)}"
    return text


def _found(text: str, before: Words, now: Words, deep: int) -> str | None:
    """The text in the words of `now`, by the key that fits it best."""
    best, most = None, -1
    for key, told, form, letters in _texts(before, now):
        if letters <= most or PLACE.split(told, maxsplit=1)[0] not in text:
            continue
        if (fits := re.fullmatch(_pattern(told), text, re.DOTALL)) is not None:
            best, most = (key, form, fits.groupdict()), letters
    if best is None:
        return None
    key, form, filled = best
    again = {name: retold(part, before, now, deep=deep + 1) for name, part in filled.items()}
    return PLACE.sub(lambda place: again.get(place[1], place[0]), _said(key, form, filled, now))


@lru_cache(maxsize=2)
def _texts(before: Words, now: Words) -> list[tuple[str, str, int, int]]:
    """Each key of a catalogue, a text it has in `before`, which of its forms that is, and its letters beside places."""
    keys = next((words.texts() for words in (before, now) if isinstance(words, Catalogue)), [])
    found = []
    for key in keys:
        one, _, many = key.rpartition("\x04")[2].partition("\0")
        forms = [before.ngettext(one, many, number) for number in (1, 2)] if many else [_plain(key, before)]
        for form, told in enumerate(forms):
            letters = sum(map(str.isalpha, PLACE.sub("", told)))
            if letters >= LEAST_LETTERS or PLACE.search(told) is None:
                found.append((key, told, form, letters))
    return found


def _said(key: str, form: int, filled: dict[str, str], now: Words) -> str:
    one, _, many = key.partition("\0")
    if not many:
        return _plain(key, now)
    numbers = [int(part) for part in filled.values() if part.isdecimal()]
    return now.ngettext(one, many, numbers[0] if numbers else form + 1)


def _plain(key: str, words: Words) -> str:
    context, _, text = key.rpartition("\x04")
    return words.pgettext(context, text) if context else words.gettext(text)


def _pattern(told: str) -> str:
    """A text with its places open; a place that comes twice has the same in both."""
    parts, seen = PLACE.split(told), set[str]()
    pattern = re.escape(parts[0])
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
        pattern += re.escape(after)
        seen.add(name)
    return pattern
