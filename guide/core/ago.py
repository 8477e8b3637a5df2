"""How long ago her last session was, as it is read."""

from __future__ import annotations

from datetime import datetime, timedelta

from guide.core.duration import DAY, MINUTE
from guide.core.words import ENGLISH, Words


def ago(gap: timedelta, words: Words = ENGLISH) -> str:
    """
    A gap between two starts, as it is read.

    >>> ago(timedelta(hours=3, minutes=12)), ago(timedelta(seconds=40)), ago(timedelta(days=3, hours=1))
    ('3 h 12 min', 'under a minute', '3 days')
    """
    if gap < MINUTE:
        return words.gettext("under a minute")
    if gap >= 2 * DAY:
        return words.ngettext("{n} day", "{n} days", gap // DAY).format(n=gap // DAY)
    hours, minutes = divmod(gap // MINUTE, 60)
    return " ".join(([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes or not hours else []))


def first_line(last_began: datetime | None, in_last_day: int, now: datetime, words: Words = ENGLISH) -> str:
    """
    The library's first line, from start to start; empty before the first session. Two stars begin and end what is bold.

    >>> noon = datetime(2026, 1, 1, 12).astimezone()
    >>> first_line(noon - timedelta(hours=3, minutes=12), 5, noon)
    'Last session **3 h 12 min ago** · **5** in the last 24 h'
    """
    if last_began is None:
        return ""
    gap = ago(max(now - last_began, timedelta(0)), words)
    # Translators: the two stars begin and end what is drawn bold.
    line = words.gettext("Last session **{time} ago**").format(time=gap)
    if not in_last_day:
        return line
    return line + " · " + words.gettext("**{n}** in the last 24 h").format(n=in_last_day)
