"""Announcements: what a move of the session has the page tell, by its slot, its edge and the screen reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guide.core.commands import Command, Entered, PauseBegan, PauseEnded
from guide.core.plan import Earliest, Say
from guide.core.readout import Phase, Readout
from guide.core.session import (
    LONG_SUCTION_WORDS,
    Lengthened,
    LongSuction,
    MilkSlowed,
    Move,
    plan_of,
    segment_of,
)
from guide.language import _
from guide.live.answered import answered

_FIGURES: Final = re.compile(
    r"\d[\d:.,–-]*\s*(?:min|minutes?|s|seconds?|h|hours?|ml|millilit\w+|oz|ounces?|fl oz)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Announce:
    """For a screen reader; `voiced` is what a voice, if there is one, says too."""

    text: str
    voiced: bool = False


@dataclass(frozen=True, slots=True)
class Undoable:
    """For the slot: what was done, and the command that takes it back."""

    text: str
    action: str = ""
    does: Command | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """What the slot says is past: the `offer` to take something back, `words` that offer nothing, or both."""

    offer: bool = True
    words: bool = False


@dataclass(frozen=True, slots=True)
class Glow:
    """A phase begins: the window's edge shows it where a quiet night has no chime for it."""


Telling = Announce | Undoable | Withdraw | Glow


def tellings(move: Move, readout: Readout, *, number_free: bool = False) -> list[Telling]:
    """All that is to be told of a move; `readout` is what the eye sees after it."""
    effects = [happening.effect for happening in move.happenings]
    entered = [number for number, effect in enumerate(effects) if isinstance(effect, Entered)]
    told: list[Telling] = []
    answer = answered(move)
    if entered:
        effects = effects[entered[-1] :]  # woken late: the steps between are over
        told += [] if answer else [_moved_on(move, readout)]
    for effect in effects:
        match effect:
            case Entered(index):
                if readout.phase is Phase.RUNNING:
                    told += [Announce(sentences(plan_of(move.session).segments[index].name), voiced=True), Glow()]
            case Say(text) if text != segment_of(move.session).title:  # that was said as the step began
                words = without_figures(text) if number_free else text
                if words and not any(isinstance(each, Announce) and words in each.text for each in told):
                    told.append(Announce(sentences(words), voiced=True))
            case Earliest() if not readout.slowed:
                told.append(Glow())
            case Lengthened():
                words = _("A little longer") if number_free else _("One more minute")
                told.append(Undoable(words, _("Undo"), Command.UNDO))
            case MilkSlowed():
                told.append(Undoable(_noted(readout, number_free=number_free), _("Undo"), Command.UNDO))
            case LongSuction():
                told.append(Undoable(_(LONG_SUCTION_WORDS)))
            case PauseBegan():
                instruction = without_figures(readout.instruction) if number_free else readout.instruction
                told.append(Announce(sentences(_("Paused"), readout.title, instruction)))
            case PauseEnded() if not entered:
                told += [Withdraw(offer=False, words=True), Announce(sentences(_("Going on"), readout.title))]
            case _:
                pass
    if move.command is Command.IT_HURTS and not answer:  # from a pause too, in which none begins
        told.insert(0, Withdraw(words=True))
    if answer:  # in the place of what the press before had said
        told.append(Undoable(answer))
    return told


def _moved_on(move: Move, readout: Readout) -> Telling:
    if move.command not in {Command.NEXT, Command.MILK_SLOWED}:
        return Withdraw()
    name = plan_of(move.session).segments[readout.index].name
    return Undoable(_("Moved on to “{step}”").format(step=name), _("Go back"), Command.UNDO)


def _noted(readout: Readout, *, number_free: bool) -> str:
    if number_free:
        return _("Noted. It moves on by itself")
    return _("Noted. It moves on at {time}").format(time=readout.end_text)


def sentences(*parts: str) -> str:
    """
    Parts as sentences, each with its stop.

    >>> sentences("Milk slowing down?", "Let it run", "")
    'Milk slowing down? Let it run.'
    """
    return " ".join(part if part[-1] in ".?…" else f"{part}." for part in parts if part)


def without_figures(text: str) -> str:
    """
    Leave out the sentences that speak of minutes or millilitres.

    >>> without_figures("Rest now. About 10 min are left. Breathe.")
    'Rest now. Breathe.'
    """
    parts = re.split(r"(?<=[.?])\s+", text)
    return " ".join(part for part in parts if not _FIGURES.search(part))
