"""What the library shows, as one value, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guide.core.duration import SECOND
from guide.core.routine import Purpose
from guide.kit.timeline import Bar
from guide.kit.words import PURPOSES, span_spoken
from guide.store.routines.entry import Summary

FILTERS: Final[Sequence[tuple[Purpose | None, str]]] = (
    (None, "All"),
    (Purpose.PROTECT, "Protect"),
    (Purpose.PROMOTE, "Promote"),
    (Purpose.TREAT, "Comfort"),
)
NOT_WHEN_SORE: Final = "Rests while sore"
WELCOME: Final = "Welcome. Press a routine to see its steps first, or Start to be guided through it."


@dataclass(frozen=True, slots=True)
class LibraryView:
    """
    What the page shows.

    `line` is the sentence at the top, empty before the first session; `goal_dots` how many sessions are done where
    she set herself a daily goal. `begin_with` stands in for `last` before there is one. `hidden` names routines put
    away; with `with_hidden` they are shown all the same, and can be brought back.
    """

    line: str
    summaries: Sequence[Summary]
    goal_dots: int | None = None
    last: Summary | None = None
    purpose: Purpose | None = None
    sore: bool = False
    number_free: bool = False
    begin_with: Summary | None = None
    hidden: frozenset[str] = frozenset()
    with_hidden: bool = False


def narrowed(view: LibraryView) -> list[Summary]:
    """
    Choose what is shown, what suits first: the sore check goes before the purpose.

    A routine that names no purpose suits each of them; so does a file that cannot be read.
    """
    shown = [one for one in view.summaries if view.with_hidden or one.id not in view.hidden]
    if view.purpose is not None:
        shown = [one for one in shown if not one.purposes or view.purpose in one.purposes]
        shown.sort(key=lambda one: one.purposes[:1] != (view.purpose,))
    if view.sore or view.purpose is Purpose.TREAT:
        shown.sort(key=lambda one: one.problem is not None or not one.suits_sore)
    return shown


def bars_of(summary: Summary) -> list[Bar]:
    return [
        Bar(bar.kind, bar.shortest / SECOND, bar.longest / SECOND if bar.longest is not None else 0.0)
        for bar in summary.bars
    ]


def purpose_shown(summary: Summary, chosen: Purpose | None) -> str:
    """Name the purpose a card speaks of: the one looked for, else the routine's first."""
    if chosen is not None and chosen in summary.purposes:
        return PURPOSES[chosen]
    return PURPOSES[summary.purposes[0]] if summary.purposes else ""


def spoken_name(summary: Summary, purpose: str, *, number_free: bool) -> str:
    """Name a card for a screen reader: "Massage-Stroke-Shake, 18 to 22 minutes, promote supply"."""
    parts = [summary.name]
    if summary.problem is not None:
        parts.append("not readable yet")
    elif not number_free:
        parts.append(span_spoken(summary.shortest, summary.longest))
    if purpose:
        parts.append(purpose.lower())
    return ", ".join(parts)
