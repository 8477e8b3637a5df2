"""Answers: what is said of a press that was taken back, and of one that nothing comes of. No Qt."""

from __future__ import annotations

from guide.core.commands import Command, Why
from guide.core.naming import within_a_sentence
from guide.core.session import Declined, Move, Paused, Running, Session, TakenBack, segment_of, words_of
from guide.language import _


def answered(move: Move) -> str:
    """What answers the press behind a move, where something else than the session itself shows it."""
    for happening in move.happenings:
        match happening.effect:
            case TakenBack(press):
                taken_back = _taken_back(press, move.session)
                paused = isinstance(move.session, Paused)
                return _("{sentence} Still paused.").format(sentence=taken_back) if paused else taken_back
            case Declined(command):
                return _declined(command, move.session)
            case _:
                pass
    return ""


def _taken_back(press: Command | None, session: Session) -> str:
    match press:
        case Command.MORE_TIME:
            return _("The time you added is taken back.")
        case Command.MILK_SLOWED:
            return _("Taken back: milk has not slowed yet.")
        case _:
            name = within_a_sentence(segment_of(session).name, words_of(session))
            return _("Back where you were: {step}.").format(step=name)


def _declined(command: Command, session: Session) -> str:
    match command, session:
        case Command.UNDO, Paused(why=Why.HURTS):
            return _("Still paused while it hurts. Nothing is undone now.")
        case Command.BACK | Command.AGAIN | Command.NEXT | Command.RESUME, Paused(why=Why.HURTS):
            return _("Still paused while it hurts. Go on gently, or skip this step, whenever you like.")
        case Command.UNDO, _:
            return _("There is nothing to undo.")
        case Command.MILK_SLOWED, Paused():
            return _("Paused. Milk slowing counts once you carry on.")
        case Command.MILK_SLOWED, Running(slowed=noted) if noted is not None:
            return _("That milk slowed is noted already.")
        case Command.MILK_SLOWED, _:
            return _("This step does not wait for milk to slow.")
        case Command.MORE_TIME, _:
            return _("This step waits for you; it needs no more time.")
        case _:
            return ""
