"""What there is to bring in, in the words of the sheet and of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from guide.language import _, grouped, listed, ngettext
from guide.store.archive import Packed
from guide.store.bringing.fields import ColumnField
from guide.store.restored import Restored

PREVIEWED: Final = 3
T = TypeVar("T")


def previewed(some: Sequence[T], most: int = PREVIEWED) -> tuple[Sequence[T], int]:
    """
    The first ones, to be listed, and how many more there are; one more alone is listed too.

    >>> [previewed("abcde"[:n]) for n in (3, 4, 5)]
    [('abc', 0), ('abcd', 0), ('abc', 2)]
    """
    return (some, 0) if len(some) <= most + 1 else (some[:most], len(some) - most)


def same_time_words(number: int) -> str:
    return ngettext(
        "{n} begins at the time of a session that you have.", "{n} begin at the time of sessions that you have.", number
    ).format(n=grouped(number))


def sessions_words(number: int) -> str:
    return ngettext("{n} session", "{n} sessions", number).format(n=grouped(number))


def routines_words(number: int) -> str:
    return ngettext("{n} routine", "{n} routines", number).format(n=grouped(number))


def counted(sessions: int, routines: int) -> str:
    """
    What is brought in or taken along; "0 sessions" where it is nothing.

    >>> counted(2, 1), counted(0, 3), counted(0, 0)
    ('2 sessions and 1 routine', '3 routines', '0 sessions')
    """
    return listed(_counted(sessions, routines))


def _counted(sessions: int, routines: int) -> list[str]:
    parts = [sessions_words(sessions)] if sessions or not routines else []
    return [*parts, routines_words(routines)] if routines else parts


def all_of(back: Packed | Restored) -> str:
    """What an archive holds or brought, all of it."""
    parts = _counted(back.sessions, back.routines)
    if back.waiting:
        parts.append(_("a session left for now"))
    parts += _more(back.recordings, back.drafts)
    if back.settings:
        parts.append(_("your settings"))
    if back.words:
        parts.append(_("your words"))
    return listed(parts)


def _more(recordings: int, drafts: int) -> list[str]:
    parts = []
    if recordings:
        parts.append(ngettext("{n} recording", "{n} recordings", recordings).format(n=grouped(recordings)))
    if drafts:
        parts.append(ngettext("{n} unfinished edit", "{n} unfinished edits", drafts).format(n=grouped(drafts)))
    return parts


def brought_back(back: Restored) -> str:
    """What an archive brought, and what of it was here already."""
    sentence = _("Brought back: {what}.").format(what=all_of(back))
    here = back.here
    parts = _counted(back.known, here.routines) if back.known or here.routines else []
    parts += _more(here.recordings, here.drafts)
    if not parts:
        return sentence
    return sentence + " " + _("Here already: {what}.").format(what=listed(parts))


def name_of(field: ColumnField) -> str:
    """What a column is, as she chooses it."""
    match field:
        case ColumnField.NOT_TAKEN:
            return _("Not taken")
        case ColumnField.BEGAN:
            return _("Began, day and time")
        case ColumnField.DAY:
            return _("The day")
        case ColumnField.TIME:
            return _("The time it began")
        case ColumnField.ENDED:
            return _("Ended, day and time")
        case ColumnField.LASTED:
            return _("How long")
        case ColumnField.LEFT:
            return _("Milk, left")
        case ColumnField.RIGHT:
            return _("Milk, right")
        case ColumnField.AMOUNT:
            return _("Milk, both together")
        case ColumnField.UNIT:
            return _("Unit of the amounts")
        case ColumnField.SIDE:
            return _("Which side")
        case ColumnField.TYPE:
            return _("What was done")
        case ColumnField.ROUTINE:
            return _("The routine")
        case ColumnField.PURPOSE:
            return _("What it was for")
        case ColumnField.COMFORT:
            return _("How it felt")
        case ColumnField.MEANT_FOR:
            return _("What the milk is for")
        case ColumnField.NOTE:
            return _("A note")
        case ColumnField.UUID:
            return _("The session's id")
