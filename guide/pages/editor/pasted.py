"""What is pasted into a field of the form, made what that field holds: a line, sentences, or one thing a line."""

from __future__ import annotations

import re
from typing import Final

from guide.store.routines.hints import UNPRINTABLE
from guide.store.yaml.odd import BULLETS

_MARK: Final = re.compile(rf"\s*(?:[-*{BULLETS}]|\d{{1,3}}[.)])\s+(?=\S)")
_BREAKS: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85]")
_NONE_IN_A_LINE: Final = re.compile(rf"[\t\n\r\u2028\u2029]|{_BREAKS.pattern}|{UNPRINTABLE.pattern}")
_INDENTED: Final = re.compile(r"(?<=\n)[^\S\n]+")
_ENDS: Final = (".", "!", "?", "…", ":", ";", ",", "。")


def is_a_line(text: str) -> bool:
    """Whether there is nothing in it that a line cannot hold."""
    return not _NONE_IN_A_LINE.search(text)


def as_line(text: str) -> str:
    r"""
    One line: a list has its entries parted by commas.

    >>> as_line("- one\n- two"), as_line(" one,\n\ttwo \n")
    ('one, two', 'one, two')
    """
    entries = _entries(text)
    return ", ".join(entries) if entries else " ".join(_seen(text).split())


def as_sentences(text: str) -> str:
    r"""
    What is read aloud: a list has a sentence for each entry, any other text keeps its lines.

    >>> as_sentences("1. Breathe out\n2. Let go!"), as_sentences("Breathe out\nand in")
    ('Breathe out. Let go!', 'Breathe out\nand in')
    """
    entries = _entries(text)
    if not entries:
        return _INDENTED.sub("", _seen(text))
    return " ".join(entry if entry.endswith(_ENDS) else f"{entry}." for entry in entries)


def as_entries(text: str) -> str:
    r"""
    One thing a line, without the marks of the list it came from.

    >>> as_entries("• Water\n• A towel"), as_entries("Water\n")
    ('Water\nA towel', 'Water\n')
    """
    return "\n".join(_entries(text)) or _INDENTED.sub("", _seen(text))


def _entries(text: str) -> list[str]:
    """The entries of a list of two or more; none where a line is no entry."""
    lines = [line for line in _seen(text).splitlines() if line.strip()]
    marks = [_MARK.match(line) for line in lines]
    if len(lines) < 2 or not all(marks):
        return []
    return [" ".join(line[mark.end() :].split()) for line, mark in zip(lines, marks, strict=True) if mark]


def _seen(text: str) -> str:
    """Without the letters no text may hold, of which nothing is to be seen; a line break or page break is a space."""
    return UNPRINTABLE.sub("", _BREAKS.sub(" ", text.replace("\r\n", "\n")))
