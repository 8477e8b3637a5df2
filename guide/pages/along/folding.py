"""A plan folded for paper: repeats and sides in brackets instead of one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from guide.core.duration import short
from guide.core.naming import kind_word, sided
from guide.core.plan import Plan
from guide.core.pump import filled, suction_words
from guide.core.routine import Drawing, Group, Kind, Range, Side, Step, Wait
from guide.language import N_, _, ngettext, screen

SUGGESTED_MARK: Final = "*"
SUGGESTED: Final = N_("* A suggested time: no source gives one. It is the first to change to your liking.")
MILK_SLOWS: Final = N_("until milk slows")


@dataclass(frozen=True, slots=True)
class CardStep:
    """One line of the card: a step as written, on one side or on both in turn."""

    kind: Kind
    title: str
    side: Side
    sides: str
    length: str
    words: str
    drawing: Drawing
    until_milk_slows: bool = False
    suggested: bool = False
    suction: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Steps that are done together several times, or first on one side and then on the other."""

    first: int
    last: int
    depth: int
    words: str


@dataclass(frozen=True, slots=True)
class Folded:
    steps: tuple[CardStep, ...]
    brackets: tuple[Bracket, ...]


def fold(plan: Plan) -> Folded:
    """Give a routine's steps as they stand on paper: a repeat once, with how often it is done."""
    steps: list[CardStep] = []
    brackets: list[Bracket] = []
    _fold(plan.routine.steps, None, plan, 0, steps, brackets)
    return Folded(tuple(steps), tuple(sorted(brackets, key=lambda one: (one.depth, one.first))))


def _fold(
    parts: Sequence[Step | Group],
    side: Side | None,
    plan: Plan,
    depth: int,
    steps: list[CardStep],
    brackets: list[Bracket],
    *,
    in_turn: bool = False,
) -> None:
    """Inside steps that are done on one side and then on the other, `in_turn`, `side` is the one they begin with."""
    first = plan.first
    for part in parts:
        own = part.side or side
        match part:
            case Step():
                steps.append(_card_step(part, own or Side.BOTH, plan, in_turn=in_turn and part.side is None))
            case Group(inner, times):
                alone = len(inner) == 1 and isinstance(inner[0], Step)
                each = own is Side.EACH and not alone
                begin = len(steps)
                turns = ngettext("{n} time", "{n} times", times).format(n=times)
                words = " · ".join(word for word, holds in ((turns, times > 1), (_in_turn(first), each)) if holds)
                within = first if each else own
                _fold(inner, within, plan, depth + bool(words), steps, brackets, in_turn=in_turn or each)
                if words and len(steps) > begin:
                    brackets.append(Bracket(begin, len(steps) - 1, depth, words))


def _card_step(step: Step, side: Side, plan: Plan, *, in_turn: bool = False) -> CardStep:
    first, words = plan.first, plan.routine.words
    on = Side.BOTH if side is Side.EACH else side

    def fill(text: str) -> str:
        named = text.replace("{side}", _in_turn(first)) if side is Side.EACH else sided(text, side, screen())
        return " ".join(filled(named, on, plan.pump, words).split())

    return CardStep(
        kind=step.kind,
        title=fill(step.title) or kind_word(step.kind, screen()),
        side=on,
        sides=_first(first) if in_turn else _sides(step, side, first),
        length=_length(step, each=side is Side.EACH),
        words=fill(step.show) or fill(step.say),
        drawing=step.drawing,
        until_milk_slows=step.until_milk_slows and isinstance(step.length, Range),
        suggested=step.suggested,
        suction=suction_words(replace(step, suction=fill(step.suction)), on, plan.pump, words),
        partner=fill(step.partner),
    )


def _in_turn(first: Side) -> str:
    return _("left, then right") if first is Side.LEFT else _("right, then left")


def _first(first: Side) -> str:
    return _("left side first") if first is Side.LEFT else _("right side first")


def _length(step: Step, *, each: bool) -> str:
    length = _("until ready") if isinstance(step.length, Wait) else short(step.length, screen())
    return _("{length} each").format(length=length) if each else length


def _sides(step: Step, side: Side, first: Side) -> str:
    match side:
        case Side.EACH:
            return _in_turn(first)
        case Side.BOTH:
            return "" if step.kind in {Kind.PREPARE, Kind.REST} else _("both sides")
        case one:
            return _("left side") if one is Side.LEFT else _("right side")
