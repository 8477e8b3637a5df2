"""What the page of her words shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from guide.hear.level import LevelAdvice, LoudnessNow
from guide.hear.meaning import Meaning
from guide.language import _, ngettext
from guide.live.her_words import TITLES

TAKES: Final = 5

ICONS: Final[Mapping[Meaning, str]] = MappingProxyType(
    {
        Meaning.NEXT: "next",
        Meaning.BACK: "back",
        Meaning.PAUSE: "pause",
        Meaning.CARRY_ON: "play",
        Meaning.MORE_TIME: "plus1",
        Meaning.SAY_AGAIN: "say",
        Meaning.MILK_SLOWED: "express",
        Meaning.IT_HURTS: "hand",
    }
)


def advice_words(advice: LevelAdvice) -> str:
    match advice:
        case LevelAdvice.WELL:
            return _("It hears you well")
        case LevelAdvice.SOFT:
            return _("Very soft")
        case LevelAdvice.LOUD:
            return _("Very loud, a little further away")
        case LevelAdvice.MISSING:
            return _("I can’t hear a microphone. Tap, pedal and keys all work.")
        case LevelAdvice.REFUSED:
            return _("The computer keeps the microphone from this program. Its settings can allow it.")


@dataclass(frozen=True, slots=True)
class WordRow:
    """One command: her word for it, how many takes are kept, and the word it sounds too much like."""

    meaning: Meaning
    word: str
    takes: int = 0
    clash: str = ""

    @property
    def state(self) -> str:
        if self.clash:
            return _("Not used")
        if not self.takes:
            return _("Not taught")
        if self.takes < TAKES:
            missing = TAKES - self.takes
            return ngettext("{count} more", "{count} more", missing).format(count=missing)
        return _("Ready")

    @property
    def ready(self) -> bool:
        return self.takes >= TAKES and not self.clash

    @property
    def button(self) -> str:
        if not self.takes:
            return _("Teach")
        return _("Go on") if self.takes < TAKES else _("Again")

    @property
    def said(self) -> str:
        """For a screen reader."""
        return _("{command}. Your word: {word}. {state}, {count} of {all} takes").format(
            command=_(TITLES[self.meaning]),
            word=self.word or _("none yet"),
            state=self.state,
            count=self.takes,
            all=TAKES,
        )


@dataclass(frozen=True, slots=True)
class WordsView:
    rows: tuple[WordRow, ...]
    on: bool = False
    devices: tuple[str, ...] = ()
    device: str = ""
    closeness: str = "usual"
    headphones: bool = False
    settings_open: bool = False  # whether the computer's own can be opened from here
    rehearses: bool = False  # whether a word is ready to be rehearsed

    def lacking(self, level: LoudnessNow | None) -> str:
        """What listening in sessions still needs, where it is on; empty where it needs nothing."""
        if not self.on:
            return ""
        needs = [] if any(row.ready for row in self.rows) else [_("No word is taught yet: teach one or more first.")]
        if level is not None and level.gone:
            needs.append(advice_words(level.advice))
        return " ".join(needs)


@dataclass(frozen=True, slots=True)
class TakeView:
    """One of five: the levels of it, what to say of it, and whether it is kept, under way or still to come."""

    shape: tuple[float, ...] = ()
    words: str = ""
    icon: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class TeachView:
    """What the panel shows at an instant: `left` 1 to 0 of the ring; no `number` while it listens."""

    left: float
    number: str
    caption: str
    text: str
    cards: tuple[TakeView, ...]
    note: str
    level: LoudnessNow


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What came of saying something: `words`, how it went, and whether that is as it should be."""

    words: str
    how: str
    well: bool = True
