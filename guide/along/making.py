"""Takes a routine along: the plan for nobody's hands, its sounds made ready, and the file written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from guide.along import audio
from guide.along.audio import Bed, StoppedError
from guide.along.encoders import Tags, kind_of
from guide.along.phone import Dress, page
from guide.along.score import score
from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.pump import UNKNOWN, Pump
from guide.core.routine import Routine, Side
from guide.core.unattended import Ranges, unattended
from guide.language import _
from guide.live.beneath import NOISES
from guide.sound.pcm import SoundError
from guide.sound.repertoire import Repertoire, Wishes, prepare
from guide.sound.voices.chain import Voices
from guide.store.files import write_where_named
from guide.store.settings import Beneath, Settings

PAGE: Final = ".html"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she takes along: a routine, from which side, how ranges end, the sound behind it, and her pump."""

    routine: Routine
    first: Side = Side.LEFT
    ranges: Ranges = Ranges.MIDDLE
    bed: Bed | None = None
    pump: Pump = UNKNOWN


@dataclass(frozen=True, slots=True)
class MakingProgress:
    """How far the making is: `done` of `of`, in steps of the routine once its sounds are ready."""

    done: int
    of: int
    sounds_ready: bool


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where sounds come from: her wishes, the cache of prompts, the folder of the routine's own file, the voices."""

    wishes: Wishes
    cache: Path
    beside: Path | None = None
    voices: Voices | None = None
    progress: Callable[[MakingProgress], None] = field(default=lambda _: None)
    stopped: Callable[[], bool] = field(default=lambda: False)


def bed_of(beneath: Beneath, settings: Settings) -> Bed | None:
    """What plays behind the voice in a file, as in a session; None for silence, and where she chose no folder yet."""
    match beneath:
        case Beneath.RAIN | Beneath.BROWN | Beneath.FAN:
            return Bed(NOISES[beneath], settings.sounds_volume)
        case Beneath.MUSIC | Beneath.SHUFFLED if settings.music:
            return Bed(Path(settings.music), settings.sounds_volume, shuffled=beneath is Beneath.SHUFFLED)
        case Beneath.BABY if settings.baby_sounds:
            return Bed(Path(settings.baby_sounds), settings.sounds_volume)
        case _:
            return None


def plan_of(wanted: Wanted) -> Plan:
    """The plan as a sound file plays it."""
    return lay_out(unattended(wanted.routine, wanted.ranges), wanted.first, wanted.pump)


def told_before(wanted: Wanted, ending: str) -> tuple[timedelta, int, int]:
    """The length of a sound file, about how many bytes it will be, and how many chapters; before any sound is made."""
    plan = plan_of(wanted)
    size = kind_of(Path(f"file{ending}")).bytes_for(plan.longest, audio.RATE)
    return plan.longest, size, len(plan.segments)


def make_audio(wanted: Wanted, path: Path, workshop: Workshop) -> Sequence[str]:
    """
    Write MP3, FLAC or WAV by the ending of `path`; hands back sentences about prompts that could not be spoken.

    Raises SoundError with a sentence, StoppedError, and OSError; then nothing is left.
    """
    kind_of(path)
    plan = plan_of(wanted)
    repertoire, problems = _ready(plan, workshop)
    written = score(plan, repertoire)
    about = Tags(wanted.routine.name, _three_letters(wanted.routine.language), written.chapters, _cover())

    def told(at: timedelta) -> None:
        done = sum(chapter.begins < at for chapter in written.chapters)
        workshop.progress(MakingProgress(done, len(written.chapters), sounds_ready=True))

    audio.write(written, path, about, bed=wanted.bed, progress=told, stopped=workshop.stopped)
    return problems


def make_page(wanted: Wanted, path: Path, workshop: Workshop, dress: Callable[[Plan], Dress]) -> Sequence[str]:
    """Write the HTML page for a phone, ranges and waits as they are; raises like `make_audio`."""
    plan = lay_out(wanted.routine, wanted.first, wanted.pump)
    repertoire, problems = _ready(plan, workshop)
    write_where_named(path, page(plan, repertoire, dress(plan)).encode())
    return problems


def _ready(plan: Plan, workshop: Workshop) -> tuple[Repertoire, list[str]]:
    def told(done: int, of: int, _left: timedelta | None) -> None:
        if workshop.stopped():
            raise StoppedError
        workshop.progress(MakingProgress(done, of, sounds_ready=False))

    repertoire, problems = prepare(
        plan,
        workshop.wishes,
        cache=workshop.cache,
        beside=workshop.beside,
        voices=workshop.voices,
        progress=told,
    )
    if workshop.wishes.voice_on and not repertoire.prompts:
        raise SoundError(_("No voice can say the prompts on this computer, so there would be nothing to hear."))
    return repertoire, problems


def _cover() -> bytes:
    return files("guide.along").joinpath("cover.png").read_bytes()


def _three_letters(language: str) -> str:
    """ISO 639-2, as ID3 wants it; "und" for a language we do not know."""
    return {"en": "eng", "es": "spa", "de": "deu", "fr": "fra", "pt": "por", "it": "ita", "nl": "nld"}.get(
        language.split("-", maxsplit=1)[0].casefold(), "und"
    )
