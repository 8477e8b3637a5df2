"""What the studio shows: the prompts of a routine, the one at hand, and what the microphone hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from guide.language import _, ngettext
from guide.sound.script import ScriptLine
from guide.sound.take import TakeAdvice


class StudioStage(Enum):
    ASKING = auto()  # whose voice it is
    READY = auto()
    RECORDING = auto()
    STOPPED = auto()  # there is a take to keep
    COMPLETE = auto()


class Kept(Enum):
    YES = auto()
    NO = auto()
    CHANGED = auto()  # other words were recorded for this place


@dataclass(frozen=True, slots=True)
class StudioView:
    """`fallback` names the voice that speaks what is not recorded; `level` and `bars` go from 0 to 1."""

    routine: str = ""
    voice: str = ""
    lines: tuple[ScriptLine, ...] = ()
    kept: tuple[Kept, ...] = ()
    at: int = 0
    stage: StudioStage = StudioStage.ASKING
    lasts: timedelta = field(default_factory=timedelta)
    elapsed: timedelta = field(default_factory=timedelta)
    bars: tuple[float, ...] = ()
    advice: TakeAdvice | None = None
    level: float = 0.0
    microphone: bool = True
    devices: tuple[str, ...] = ()
    device: str = ""
    fallback: str = ""
    playing: bool = False

    @property
    def line(self) -> ScriptLine | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    @property
    def done(self) -> int:
        return sum(one is Kept.YES for one in self.kept)


def label(line: ScriptLine) -> str:
    """What a prompt is called in the list: its step for the first one of a step, else its own words."""
    return line.title if line.title and line.place.endswith("/0") else line.text


def advice_words(advice: TakeAdvice) -> str:
    match advice:
        case TakeAdvice.CLEAR:
            return _("Clear, and it fits.")
        case TakeAdvice.SILENT:
            return _("Nothing was heard. Again?")
        case TakeAdvice.SOFT:
            return _("Very soft. Again?")
        case TakeAdvice.LOUD:
            return _("A little loud. A hand’s width away?")
        case TakeAdvice.NOISY:
            return _("A lot of noise behind it.")
        case TakeAdvice.LONG:
            return _("A little long. The end may meet the next prompt.")


def level_words(view: StudioView) -> str:
    """What the meter says; it changes when the words change, never with the level."""
    if not view.microphone:
        return _("No microphone now. It is looked for again every few seconds.")
    if view.level < 0.35:
        return _("Quiet now")
    return _("Very loud") if view.level > 0.93 else _("Good")


def time_left(view: StudioView) -> str:
    line = view.line
    if line is None:
        return ""
    seconds = max(round((line.room - view.elapsed).total_seconds()), 0)
    return ngettext("{count} second left", "{count} seconds left", seconds).format(count=seconds)


def room_words(line: ScriptLine) -> str:
    seconds = int(line.room.total_seconds())
    words = ngettext(
        "Or in your own words, as you would say it to her. Up to {count} second fits here.",
        "Or in your own words, as you would say it to her. Up to {count} seconds fit here.",
        seconds,
    )
    return words.format(count=seconds)


def clock(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02d}"
