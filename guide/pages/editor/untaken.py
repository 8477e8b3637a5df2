"""What is typed into a form and not taken by the text, when another part is turned to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from guide.core.routine import Place
from guide.core.shown import quoted
from guide.language import _
from guide.pages.editor.fields import FormField, LineField, ParagraphField


@dataclass(frozen=True, slots=True)
class Untaken:
    """
    What of a part's fields was not taken: the lines with what is typed in them, and what other controls are called.

    `values` are the part's own, by which it is found again wherever it stands then; `among` is how many parts there
    were when they were looked at last, 0 where they were not.
    """

    place: Place
    values: Mapping[str, Any]
    keys: frozenset[str]
    typed: tuple[tuple[LineField | ParagraphField, str], ...]
    others: tuple[str, ...] = ()
    among: int = 0

    @classmethod
    def of(cls, fields: Sequence[FormField], place: Place, values: Mapping[str, Any]) -> Untaken:
        typed: list[tuple[LineField | ParagraphField, str]] = []
        others: list[str] = []
        for field in fields:
            lines = [line for line in field.lines if not line.is_as_written]
            typed += ((line, line.value) for line in lines)
            if not lines:
                others.append(field.called)
        return cls(place, values, frozenset(field.key for field in fields), tuple(typed), tuple(others))

    def found(self, places: Sequence[Place], values_at: Callable[[Place], Mapping[str, Any] | None]) -> Untaken | None:
        """Where its part is now; None where that is gone, or has taken another value for what was not taken."""
        for place in (self.place, *places):
            if place in places and values_at(place) == self.values:
                return replace(self, place=place, among=len(places))
        values = values_at(self.place) if len(places) == self.among else None
        if values is None or any(values.get(key) != self.values.get(key) for key in self.keys):
            return None
        return replace(self, values=values)

    @property
    def words(self) -> str:
        told = [_told(line.accessibleName(), typed) for line, typed in self.typed]
        return " ".join([*told, *(_told(name, "") for name in self.others)])

    def type_again(self) -> None:
        """Into the form of this part, so that it says there what is wrong."""
        lines = [(line, typed) for line, typed in self.typed if isValid(line)]
        for line, typed in lines:
            line.type_again(typed)
        first: QWidget | None = next((line for line, __ in lines), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def _told(name: str, typed: str) -> str:
    if typed:
        return _("“{typed}” in “{name}” was not taken.").format(typed=quoted(typed), name=name)
    return _("“{name}” was not changed.").format(name=name)
