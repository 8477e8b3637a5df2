"""Her pump as she describes it, and the texts of a routine that speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guide.core.kinds import Kind, Side
from guide.core.naming import sided
from guide.core.routine import Step
from guide.core.words import ENGLISH, Words


@dataclass(frozen=True, slots=True)
class Pump:
    """
    Everything in her own words, empty where she noted nothing.

    Flanges in millimetres, levels as her pump counts them. `switches` where the pump starts light and fast, and stays
    so until she presses for its expression mode.
    """

    name: str = ""
    flange_left: str = ""
    flange_right: str = ""
    level_left: str = ""
    level_right: str = ""
    switches: bool = False


UNKNOWN: Final = Pump()
MARKS: Final = ("{side}", "{level}")  # what `filled` replaces


def level_words(pump: Pump, side: Side, words: Words = ENGLISH) -> str:
    """
    Say how strong the suction is to be; it fits within a sentence, and it never asks for more than is comfortable.

    >>> level_words(UNKNOWN, Side.BOTH)
    'the most that still feels comfortable'
    >>> level_words(Pump(level_left="5", level_right="6"), Side.RIGHT)
    'your comfortable level 6'
    >>> level_words(Pump(level_left="5", level_right="6"), Side.BOTH)
    'your comfortable level, 5 left and 6 right'
    """
    left = pump.level_left if side is not Side.RIGHT else ""
    right = pump.level_right if side is not Side.LEFT else ""
    alone = side in {Side.LEFT, Side.RIGHT} or left == right
    match left, right:
        case "", "":
            return words.gettext("the most that still feels comfortable")
        case (level, "") | ("", level) if alone:
            return words.gettext("your comfortable level {level}").format(level=level)
        case level, "":
            return words.gettext("your comfortable level, {level} left").format(level=level)
        case "", level:
            return words.gettext("your comfortable level, {level} right").format(level=level)
        case level, _ if alone:
            return words.gettext("your comfortable level {level}").format(level=level)
        case _:
            return words.gettext("your comfortable level, {left} left and {right} right").format(left=left, right=right)


def filled(text: str, side: Side, pump: Pump, words: Words = ENGLISH) -> str:
    """
    Fill a text of a routine with the side and the level it speaks of.

    >>> filled("The {side} side, at {level}.", Side.LEFT, Pump(level_left="5"))
    'The left side, at your comfortable level 5.'
    """
    return sided(text, side, words).replace("{level}", level_words(pump, side, words))


def suction_words(step: Step, side: Side, pump: Pump, words: Words = ENGLISH) -> str:
    """
    Write the line on suction: the step's own, else her level where a pump pulls and she noted one.

    >>> from guide.core.routine import Wait
    >>> suction_words(Step(Kind.PUMP, Wait()), Side.LEFT, Pump(level_left="5"))
    'Your comfortable level 5'
    >>> suction_words(Step(Kind.PUMP, Wait()), Side.RIGHT, Pump(level_left="5"))
    ''
    """
    noted = (side is not Side.RIGHT and pump.level_left) or (side is not Side.LEFT and pump.level_right)
    own = step.suction or ("{level}" if noted and step.kind in {Kind.PUMP, Kind.COMPRESS} else "")
    line = filled(own, side, pump, words)
    return line[:1].upper() + line[1:] if own.startswith("{level}") else line


def with_switch(suction: str, words: Words = ENGLISH) -> str:
    """
    Add to the first suction line of a stretch what a pump that starts light and fast asks of her.

    >>> with_switch("Light and fast"), with_switch("")
    ('Light and fast. At the first milk, switch to expression mode', 'At the first milk, switch to expression mode')
    """
    if not suction:
        return words.gettext("At the first milk, switch to expression mode")
    return words.gettext("{suction}. At the first milk, switch to expression mode").format(suction=suction)


def pump_words(pump: Pump, words: Words = ENGLISH) -> str:
    """
    Say in one line what to take: the pump, and the flanges; empty where neither is noted.

    >>> pump_words(Pump("Spectra S1", "24", "21")), pump_words(Pump(flange_left="24", flange_right="24"))
    ('Spectra S1 · flanges 24 mm left, 21 mm right', 'Flanges 24 mm')
    """
    left, right = pump.flange_left, pump.flange_right
    match left, right:
        case "", "":
            return pump.name
        case _ if left == right:
            flanges = words.gettext("flanges {size} mm").format(size=left)
        case size, "":
            flanges = words.gettext("flange {size} mm left").format(size=size)
        case "", size:
            flanges = words.gettext("flange {size} mm right").format(size=size)
        case _:
            flanges = words.gettext("flanges {left} mm left, {right} mm right").format(left=left, right=right)
    return f"{pump.name} · {flanges}" if pump.name else flanges[:1].upper() + flanges[1:]
