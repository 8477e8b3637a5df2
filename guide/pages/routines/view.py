"""What the library shows, as one value, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from guide.core.duration import SECOND
from guide.core.kinds import Purpose
from guide.core.search import finds
from guide.kit.timeline import Bar
from guide.kit.words import PURPOSES, span_spoken
from guide.language import N_, _
from guide.store.routines.entry import Summary


class Owner(Enum):
    """A choice of routines by whose they are."""

    HERS = "hers"


Wanted = Purpose | Owner | None
FILTERS: Final[Sequence[tuple[Wanted, str]]] = (
    (None, N_("All")),
    (Purpose.PROTECT, N_("Protect")),
    (Purpose.PROMOTE, N_("Promote")),
    (Purpose.TREAT, N_("Comfort")),
    (Owner.HERS, N_("Yours")),
)
NOT_WHEN_SORE: Final = N_("Not with a sore breast")
FIRST_STEP: Final = N_("starts. Your hands stay free: it moves on by itself.")


class Thrown(NamedTuple):
    """A routine deleted not long ago, that can be had back."""

    id: str
    name: str
    when: str


class LibraryView(NamedTuple):
    """
    What the page shows.

    `line` is the sentence at the top, empty before the first session; `goal_dots` how many sessions are done where
    she set herself a daily goal. `begin_with` stands in for `last` before there is one. `hidden` names routines put
    away; with `with_hidden` they are shown all the same, and can be brought back. `first_run` explains Start until the
    first session; `sought` are words to find; `thrown` what was deleted in the last 30 days; `drafted` names routines
    that are written on in the editor and not saved yet; `waiting` tells of a session that was cut off and left for now,
    `unsaved` of a new routine that the disk did not take.
    """

    line: str
    summaries: Sequence[Summary]
    goal_dots: int | None = None
    last: Summary | None = None
    wanted: Wanted = None
    sore: bool = False
    number_free: bool = False
    begin_with: Summary | None = None
    hidden: frozenset[str] = frozenset()
    with_hidden: bool = False
    first_run: bool = False
    sought: str = ""
    thrown: tuple[Thrown, ...] = ()
    with_thrown: bool = False
    drafted: frozenset[str] = frozenset()
    waiting: str = ""
    unsaved: str = ""

    @property
    def purpose(self) -> Purpose | None:
        return self.wanted if isinstance(self.wanted, Purpose) else None


def narrowed(view: LibraryView) -> list[Summary]:
    """
    Choose what is shown, what suits first: the sore check goes before the purpose, and that before a name with the
    words sought.

    A routine that names no purpose suits each of them; so does a file that cannot be read.
    """
    shown = [one for one in view.summaries if view.with_hidden or one.id not in view.hidden]
    if view.wanted is Owner.HERS:
        shown = [one for one in shown if not one.builtin]
    if view.sought.strip():
        shown = [one for one in shown if finds(view.sought, _words_of(one))]
        shown.sort(key=lambda one: not finds(view.sought, one.name))
    if view.purpose is not None:
        shown = [one for one in shown if not one.purposes or view.purpose in one.purposes]
        shown.sort(key=lambda one: one.purposes[:1] != (view.purpose,))
    if view.sore or view.purpose is Purpose.TREAT:
        shown.sort(key=lambda one: one.problem is not None or not one.suits_sore)
    return shown


def in_front(view: LibraryView) -> tuple[str, Summary | None]:
    """Choose the large card: with a sore breast it holds what suits that, or is not there."""
    everything = narrowed(view._replace(sought="", wanted=None))
    suits = [one for one in everything if one.problem is None and (one.suits_sore or not view.sore)]
    for caption, one in ((_("Last used"), view.last), (_("A place to begin"), view.begin_with)):
        if one is not None and one.problem is None and (one.suits_sore or not view.sore):
            unfinished = _("Unfinished")
            return f"{caption}  ·  {unfinished}" if one.id in view.drafted else caption, one
    return (_("For today"), suits[0]) if view.sore and suits else ("", None)


def note_words(view: LibraryView, shown: Sequence[Summary]) -> str:
    """What stands above the cards: why those of a sore day come first, or why there are none."""
    if not shown:
        if view.sought.strip():
            return _words_not_found(view)
        if view.wanted is not None:
            return _("Nothing here is for this purpose yet. A routine of your own can be.")
        hidden = any(one.id in view.hidden for one in view.summaries)
        return _("Every routine here is hidden for now.") if hidden else _("No routines yet. Make one, or import one.")
    if view.sore:
        return _("You said something is sore today. What suits that comes first; the others rest until it is better.")
    return ""


def others_have(view: LibraryView) -> bool:
    """Whether routines that the filter keeps from sight have the words sought, and none that it shows."""
    if view.wanted is None or not view.sought.strip() or narrowed(view):
        return False
    return bool(narrowed(view._replace(wanted=None)))


def _words_not_found(view: LibraryView) -> str:
    if not others_have(view):
        if view.wanted is None:
            return _("No routine has these words. Press Esc to see all of them.")
        return _("No routine has these words. Press Esc to leave the search.")
    if view.wanted is Owner.HERS:
        return _("None of yours has these words.")
    return _("Nothing for this purpose has these words.")


def _words_of(summary: Summary) -> str:
    """All words of a card that can be looked for."""
    return f"{summary.name} {summary.for_whom} {summary.summary} {summary.id}"


def bars_of(summary: Summary) -> list[Bar]:
    return [
        Bar(bar.kind, bar.shortest / SECOND, bar.longest / SECOND if bar.longest is not None else 0.0)
        for bar in summary.bars
    ]


def purpose_shown(summary: Summary, chosen: Purpose | None) -> str:
    """Name the purpose a card speaks of: the one looked for, else the routine's first."""
    if chosen is not None and chosen in summary.purposes:
        return _(PURPOSES[chosen])
    return _(PURPOSES[summary.purposes[0]]) if summary.purposes else ""


def spoken_name(summary: Summary, purpose: str, *, number_free: bool) -> str:
    """Name a card for a screen reader: "Massage-Stroke-Shake, 18 to 22 minutes, promote supply"."""
    parts = [summary.name]
    if summary.problem is not None:
        parts.append(_("not readable yet"))
    elif not number_free:
        parts.append(span_spoken(summary.shortest, summary.longest))
    if summary.for_whom:
        parts.append(summary.for_whom)
    if purpose:
        parts.append(purpose)
    if not summary.builtin:
        parts.append(_("yours"))
    return ", ".join(parts)
