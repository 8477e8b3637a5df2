"""What plays beneath a session: her own wish, or the routine's where she has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from guide.core.routine import Background as Asked
from guide.core.routine import Routine
from guide.language import N_
from guide.sound.bed import Noise
from guide.sound.pcm import SoundError
from guide.sound.sources import Kept, made, of_files, tracks
from guide.store.settings import Beneath, Settings

if TYPE_CHECKING:
    from guide.sound.sources import Samples

HUSHED: Final = 0.5**0.5  # of the slider in a quiet night: half as loud, for the ear's scale is squared
NOISES: Final = {Beneath.RAIN: Noise.RAIN, Beneath.BROWN: Noise.BROWN, Beneath.FAN: Noise.FAN}
ASKED: Final = {
    Asked.RAIN: Beneath.RAIN,
    Asked.BROWN_NOISE: Beneath.BROWN,
    Asked.FAN: Beneath.FAN,
    Asked.NONE: Beneath.OFF,
}

NAMES: Final = {
    Beneath.OFF: N_("Off"),
    Beneath.RAIN: N_("Rain"),
    Beneath.BROWN: N_("Brown noise"),
    Beneath.FAN: N_("A fan"),
    Beneath.MUSIC: N_("My music folder"),
    Beneath.SHUFFLED: N_("My music, shuffled"),
    Beneath.BABY: N_("Baby's sounds"),
}

Source = Callable[[], "Iterator[Samples]"]


def wished(settings: Settings, routine: Routine) -> Beneath:
    """Hers wins over the routine's; without either there is silence."""
    if settings.sounds is not None:
        return settings.sounds
    return ASKED[routine.sounds] if routine.sounds is not None else Beneath.OFF


def volume(settings: Settings) -> float:
    return settings.sounds_volume * (HUSHED if settings.quiet_night else 1.0)


def count(folder: Path) -> int:
    """How many sound files there are in her folder; none where it is gone."""
    try:
        return len(tracks(folder))
    except SoundError:
        return 0


def source(beneath: Beneath, settings: Settings, keep: Kept = lambda _name, _frame: None) -> Source | None:
    """What makes the samples; None for silence, and where no folder was chosen yet. `keep` is told where music is."""
    match beneath:
        case Beneath.OFF:
            return None
        case Beneath.RAIN | Beneath.BROWN | Beneath.FAN:
            return lambda: made(NOISES[beneath])
        case Beneath.MUSIC | Beneath.SHUFFLED if settings.music:
            place, shuffled = Path(settings.music), beneath is Beneath.SHUFFLED
            begin = _place(settings.music_at)
            return lambda: of_files(place, shuffled=shuffled, begin_at=begin, keep=keep)
        case Beneath.BABY if settings.baby_sounds:
            return lambda: of_files(Path(settings.baby_sounds))
        case Beneath.MUSIC | Beneath.SHUFFLED | Beneath.BABY:
            return None
        case _:
            assert_never(beneath)


def written(name: str, frame: int) -> str:
    """Where music is, as the settings keep it.

    >>> written("a | b.mp3", 88200)
    '88200|a | b.mp3'
    """
    return f"{frame}|{name}"


def _place(text: str) -> tuple[str, int] | None:
    frame, mark, name = text.partition("|")
    return (name, int(frame)) if mark and frame.isdecimal() and len(frame) < 12 else None
