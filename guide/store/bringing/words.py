"""What there is to bring in, in the words of the sheet and of the command line."""

from __future__ import annotations

from guide.language import _, grouped, ngettext
from guide.store.bringing.columns import Field


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
    if not routines:
        return sessions_words(sessions)
    if not sessions:
        return routines_words(routines)
    return _("{sessions} and {routines}").format(sessions=sessions_words(sessions), routines=routines_words(routines))


def name_of(field: Field) -> str:
    """What a column is, as she chooses it."""
    match field:
        case Field.NOT_TAKEN:
            return _("Not taken")
        case Field.BEGAN:
            return _("Began, day and time")
        case Field.DAY:
            return _("The day")
        case Field.TIME:
            return _("The time it began")
        case Field.ENDED:
            return _("Ended, day and time")
        case Field.LASTED:
            return _("How long")
        case Field.LEFT:
            return _("Milk, left")
        case Field.RIGHT:
            return _("Milk, right")
        case Field.AMOUNT:
            return _("Milk, both together")
        case Field.UNIT:
            return _("Unit of the amounts")
        case Field.SIDE:
            return _("Which side")
        case Field.TYPE:
            return _("What was done")
        case Field.ROUTINE:
            return _("The routine")
        case Field.PURPOSE:
            return _("What it was for")
        case Field.COMFORT:
            return _("How it felt")
        case Field.MEANT_FOR:
            return _("What the milk is for")
        case Field.NOTE:
            return _("A note")
        case Field.UUID:
            return _("The mark of the session")
