"""How many sessions and routines, in the words of the sheet and of the command line."""

from __future__ import annotations

from guide.language import _, ngettext


def sessions_words(number: int) -> str:
    return ngettext("{n} session", "{n} sessions", number).format(n=f"{number:,}")


def routines_words(number: int) -> str:
    return ngettext("{n} routine", "{n} routines", number).format(n=f"{number:,}")


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
