"""Edits as values: characters put in place of others, made and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guide.language import N_, _

IN_TEXT_VIEW: Final = N_("Change it in the text view.")


class EditError(ValueError):
    """The text's form cannot be kept here; the sentence is for the person, and the text view is the way on."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in place of the characters from `start` to `end`."""

    start: int
    end: int
    new: str


Edits = tuple[Edit, ...]


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
