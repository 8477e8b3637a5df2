"""Her words as a person reads them, and what each asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from guide.core.commands import Command
from guide.hear.meaning import Meaning
from guide.language import N_, _
from guide.live.intents import GoOn, OfTheSession, SayAgain
from guide.store.settings import Settings

TITLES: Final[Mapping[Meaning, str]] = MappingProxyType(
    {
        Meaning.NEXT: N_("Next"),
        Meaning.BACK: N_("Back"),
        Meaning.PAUSE: N_("Pause"),
        Meaning.CARRY_ON: N_("Carry on"),
        Meaning.MORE_TIME: N_("One more minute"),
        Meaning.SAY_AGAIN: N_("Say again"),
        Meaning.MILK_SLOWED: N_("Milk slowed"),
        Meaning.IT_HURTS: N_("It hurts"),
    }
)
# To overwrite: phrases of two words are heard more surely than short ones
SUGGESTED: Final[Mapping[Meaning, str]] = MappingProxyType(
    {
        Meaning.NEXT: N_("next step"),
        Meaning.BACK: N_("go back"),
        Meaning.PAUSE: N_("pause please"),
        Meaning.CARRY_ON: N_("carry on"),
        Meaning.MORE_TIME: N_("more time"),
        Meaning.SAY_AGAIN: N_("say again"),
        Meaning.MILK_SLOWED: N_("milk slowed"),
        Meaning.IT_HURTS: N_("it hurts"),
    }
)
INTENTS: Final[Mapping[Meaning, OfTheSession]] = MappingProxyType(
    {
        Meaning.NEXT: GoOn(),
        Meaning.BACK: Command.BACK,
        Meaning.PAUSE: Command.PAUSE,
        Meaning.CARRY_ON: Command.RESUME,
        Meaning.MORE_TIME: Command.MORE_TIME,
        Meaning.SAY_AGAIN: SayAgain(),
        Meaning.MILK_SLOWED: Command.MILK_SLOWED,
        Meaning.IT_HURTS: Command.IT_HURTS,
    }
)
IN_A_PAUSE: Final = frozenset({Meaning.CARRY_ON, Meaning.SAY_AGAIN, Meaning.BACK, Meaning.IT_HURTS})
MOVES: Final = frozenset({Meaning.NEXT, Meaning.BACK})  # not in the first moments of a step
TAKEN_BACK: Final = frozenset({Meaning.NEXT, Meaning.BACK, Meaning.MORE_TIME, Meaning.MILK_SLOWED})
FIRST_TOLD: Final = (Meaning.NEXT, Meaning.PAUSE, Meaning.MORE_TIME)
THRESHOLDS: Final[Mapping[str, float | None]] = MappingProxyType({"strict": -6.0, "usual": None, "easy": -4.0})


def suggestion(meaning: Meaning) -> str:
    return _(SUGGESTED[meaning])


def word_of(settings: Settings, meaning: Meaning) -> str:
    """Her own label for it, or the one suggested."""
    return settings.words.get(meaning.value, suggestion(meaning))


def alike_kept(settings: Settings) -> frozenset[Meaning]:
    """Those she keeps though another is close; a name of an older or newer version is none."""
    return frozenset(meaning for meaning in Meaning if meaning.value in settings.alike_kept)


def asked_by(meaning: Meaning, *, paused: bool, fresh: bool, undoes: bool) -> OfTheSession | None:
    """
    What a word asks for now; nothing where it does not count.

    In a pause only four words count; in the first moments of a step (`fresh`) Next and Back do not; and Back takes
    back what a word did a moment ago (`undoes`).

    >>> asked_by(Meaning.NEXT, paused=True, fresh=False, undoes=False)
    >>> asked_by(Meaning.BACK, paused=False, fresh=True, undoes=True)
    <Command.UNDO: 'undo'>
    """
    if meaning is Meaning.BACK and undoes and not paused:
        return Command.UNDO
    if (paused and meaning not in IN_A_PAUSE) or (not paused and meaning is Meaning.CARRY_ON):
        return None
    return None if fresh and meaning in MOVES else INTENTS[meaning]


def told(words: Sequence[str]) -> str:
    """Name up to three words that may be said."""
    match words:
        case [one]:
            return _("Say “{one}”").format(one=one)
        case [one, two]:
            return _("Say “{one}” or “{two}”").format(one=one, two=two)
        case [one, two, three, *_rest]:
            return _("Say “{one}”, “{two}” or “{three}”").format(one=one, two=two, three=three)
        case _:
            return ""
