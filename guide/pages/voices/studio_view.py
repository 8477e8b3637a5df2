"""What the studio shows: the prompts of a routine, the one at hand, and what the microphone hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from guide.language import _, ngettext
from guide.sound.script import Line
from guide.sound.take import Advice


class Stage(Enum):
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
    lines: tuple[Line, ...] = ()
    kept: tuple[Kept, ...] = ()
    at: int = 0
    stage: Stage = Stage.ASKING
    lasts: timedelta = field(default_factory=timedelta)
    elapsed: timedelta = field(default_factory=timedelta)
    bars: tuple[float, ...] = ()
    advice: Advice | None = None
    level: float = 0.0
    microphone: bool = True
    devices: tuple[str, ...] = ()
    device: str = ""
    fallback: str = ""
    playing: bool = False

    @property
    def line(self) -> Line | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    @property
    def done(self) -> int:
        return sum(one is Kept.YES for one in self.kept)


def label(line: Line) -> str:
    """What a prompt is called in the list: its step for the first one of a step, else its own words."""
    return line.title if line.title and line.place.endswith("/0") else line.text


def advice_words(advice: Advice) -> str:
    match advice:
        case Advice.CLEAR:
            return _("Clear, and it fits.")
        case Advice.SILENT:
            return _("Nothing was heard. Again?")
        case Advice.SOFT:
            return _("Very soft. Again?")
        case Advice.LOUD:
            return _("A little loud. A hand’s width away?")
        case Advice.NOISY:
            return _("A lot of noise behind it.")
        case Advice.LONG:
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


def room_words(line: Line) -> str:
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
