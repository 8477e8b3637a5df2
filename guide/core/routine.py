"""A routine: what a person writes, read and checked, with nothing laid out yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from guide.core.kinds import HANDS_ON, PUMPED, Kind, Purpose, Side
from guide.core.words import ENGLISH, Words

__all__ = [
    "DRAWINGS",
    "HANDS_ON",
    "AfterStart",
    "AtEarliest",
    "Background",
    "BeforeEnd",
    "Cue",
    "Drawing",
    "Every",
    "Fixed",
    "Group",
    "Kind",
    "Length",
    "Pace",
    "Place",
    "Purpose",
    "Range",
    "Routine",
    "Share",
    "Side",
    "Source",
    "StartSide",
    "Step",
    "Wait",
    "When",
    "WhenSore",
    "each_step",
    "side_to_begin",
]

Place = tuple[int, ...]  # of a step or a group as it is written: indexes, through groups


class StartSide(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"


class WhenSore(StrEnum):
    """May the routine be offered when a breast is red, hot or very sore?"""

    OK = "ok"
    AVOID = "avoid"


class Background(StrEnum):
    """A sound beneath a session that a routine may ask for; hers wins."""

    RAIN = "rain"
    BROWN_NOISE = "brown noise"
    FAN = "fan"
    NONE = "none"


class Drawing(StrEnum):
    """The picture of a step's motion."""

    CIRCLES = "circles"
    STROKE = "stroke"
    SHAKE = "shake"
    KNEAD = "knead"
    COMPRESS = "compress"
    EXPRESS = "express"
    PUMP = "pump"
    REST = "rest"
    NONE = "none"


DRAWINGS = {
    Kind.PREPARE: Drawing.REST,
    Kind.MASSAGE: Drawing.CIRCLES,
    Kind.STROKE: Drawing.STROKE,
    Kind.SHAKE: Drawing.SHAKE,
    Kind.KNEAD: Drawing.KNEAD,
    Kind.PUMP: Drawing.PUMP,
    Kind.COMPRESS: Drawing.COMPRESS,
    Kind.EXPRESS: Drawing.EXPRESS,
    Kind.REST: Drawing.REST,
}


@dataclass(frozen=True, slots=True)
class Fixed:
    length: timedelta


@dataclass(frozen=True, slots=True)
class Range:
    """May end from `earliest` on; moves on by itself at `latest`."""

    earliest: timedelta
    latest: timedelta


@dataclass(frozen=True, slots=True)
class Wait:
    """Stays until told to go on."""


Length = Fixed | Range | Wait


@dataclass(frozen=True, slots=True)
class AfterStart:
    offset: timedelta


@dataclass(frozen=True, slots=True)
class BeforeEnd:
    """`offset` before the end, a range's upper one; positive."""

    offset: timedelta


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the step, 0 to 1, a range's counted on its upper end."""

    fraction: float


@dataclass(frozen=True, slots=True)
class AtEarliest:
    """When a range reaches its lower end."""


@dataclass(frozen=True, slots=True)
class Every:
    interval: timedelta


When = AfterStart | BeforeEnd | Share | AtEarliest | Every


@dataclass(frozen=True, slots=True)
class Cue:
    when: When
    say: str = ""
    show: str = ""
    sound: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """A soft tick and the next word each `every`."""

    beats: tuple[str, ...]
    every: timedelta


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Empty texts and None mean "as the kind has it"; see `layout.lay_out` for what stands in."""

    kind: Kind
    length: Length
    side: Side | None = None
    title: str = ""
    until_milk_slows: bool = False
    linger: timedelta = timedelta(0)
    suction: str = ""
    say: str = ""
    show: str = ""
    partner: str = ""
    suggested: bool = False
    motion: Drawing | None = None
    sound: str = ""
    pace: Pace | None = None
    cues: tuple[Cue, ...] = ()

    @property
    def drawing(self) -> Drawing:
        return self.motion or DRAWINGS[self.kind]

    @property
    def longest(self) -> timedelta | None:
        """None for a step that waits."""
        match self.length:
            case Fixed(length):
                return length
            case Range(_, latest):
                return latest
            case Wait():
                return None

    @property
    def under_suction(self) -> bool:
        """Whether a pump pulls during this step: a pump step, or one with a text on suction."""
        return self.kind in PUMPED or bool(self.suction)


@dataclass(frozen=True, slots=True)
class Group:
    steps: tuple[Step | Group, ...]
    times: int = 1
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Routine:
    name: str
    steps: tuple[Step | Group, ...]
    for_whom: str = ""
    summary: str = ""
    language: str = "en"
    words: Words = field(default=ENGLISH, compare=False, repr=False)  # of that language
    purposes: tuple[Purpose, ...] = ()
    start_side: StartSide = StartSide.LEFT
    get_ready: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    when_sore: WhenSore | None = None
    sounds: Background | None = None
    evidence: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def suits_sore(self) -> bool:
        """Whether it may be offered with a sore breast: as written, else when no step is hands-on."""
        match self.when_sore:
            case WhenSore.OK:
                return True
            case WhenSore.AVOID:
                return False
            case None:
                return not self.hands_on

    @property
    def hands_on(self) -> bool:
        return any(step.kind in HANDS_ON for step in each_step(self.steps))


def each_step(steps: tuple[Step | Group, ...]) -> list[Step]:
    """Every step as written, in order, those in groups once."""
    found: list[Step] = []
    for part in steps:
        match part:
            case Step():
                found.append(part)
            case Group():
                found.extend(each_step(part.steps))
    return found


def side_to_begin(routine: Routine, last: Side | None) -> Side:
    """The breast a session begins with; `last` is where the last logged one of this routine began."""
    match routine.start_side:
        case StartSide.RIGHT:
            return Side.RIGHT
        case StartSide.ALTERNATE if last is Side.LEFT:
            return Side.RIGHT
        case _:
            return Side.LEFT
