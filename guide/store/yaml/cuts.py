"""Edits as values: characters put in place of others, made and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guide.language import N_, _

IN_TEXT_VIEW: Final = N_("Change it in the text view.")
TOO_LARGE: Final = N_("With this the routine grows larger than 256 KiB, the most a file may have.")


class EditError(ValueError):
    """The text's form cannot be kept here; the sentence is for the person, and the text view is the way on."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in place of the characters from `start` to `end`."""

    start: int
    end: int
    new: str


Edits = tuple[Edit, ...]


def difference(old: str, new: str) -> Edits:
    """
    The one edit that makes a text into another; none where they are the same.

    >>> difference("a: 1 b", "a: 22 b")
    (Edit(start=3, end=4, new='22'),)
    """
    if old == new:
        return ()
    head = in_common(old, new)
    tail = in_common(old[head:][::-1], new[head:][::-1])
    return (Edit(head, len(old) - tail, new[head : len(new) - tail]),)


def in_common(one: str, other: str) -> int:
    """
    How many characters both begin with.

    >>> in_common("abcd", "abxd")
    2
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def apply(text: str, edits: Iterable[Edit]) -> str:
    """
    Make all the edits at once; their offsets count in `text`.

    >>> apply("a: 1", [Edit(0, 1, "b"), Edit(3, 4, "22")])
    'b: 22'
    """
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise EditError(_("Two changes meet at one place. {way}").format(way=_(IN_TEXT_VIEW)))
        pieces += text[at : edit.start], edit.new
        at = edit.end
    return "".join(pieces) + text[at:]


def inverse(text: str, edits: Iterable[Edit]) -> Edits:
    """
    Find the edits that lead back, for the text after `edits`.

    >>> inverse("a: 1", [Edit(3, 4, "22")])
    (Edit(start=3, end=5, new='1'),)
    """
    shift = 0
    back: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.new), text[edit.start : edit.end]))
        shift += len(edit.new) - (edit.end - edit.start)
    return tuple(back)
