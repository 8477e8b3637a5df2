"""What is coming: when the next words are due, so that what lies beneath them can give way in time."""

from __future__ import annotations

from guide.core.commands import Instant
from guide.core.plan import Action, Partner, Say
from guide.core.session import Running, Session


def next_words(session: Session, *, partner: bool = False) -> Instant | None:
    """When somebody is next spoken to in this step if nobody asks for anything; a helper's words count with `partner`.

    None where nothing more is said in this step. The next step's own words come two seconds after it begins, which is
    soon enough to be seen from there.
    """
    if not isinstance(session, Running):
        return None
    kinds = (Say, Partner) if partner else (Say,)
    placed = session.segment.fixed_moments(latest=session.latest, end=session.end, slowed=session.slowed)
    coming = [offset for offset, action in placed if _said(action, kinds) and offset > session.reached]
    for recurring in session.segment.recurring:
        turn = max((session.reached - recurring.first) // recurring.every + 1, 0)
        offset, action = recurring.at(turn)  # words recur by themselves: it is beats that take turns
        if _said(action, kinds) and (session.end is None or offset < session.end):
            coming.append(offset)
    return session.origin + min(coming) if coming else None


def _said(action: Action, kinds: tuple[type[Action], ...]) -> bool:
    return isinstance(action, kinds)
