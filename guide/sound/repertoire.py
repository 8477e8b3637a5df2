"""Everything a plan will sound like, made ready before it starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guide.core.asked import PAUSED_WORDS, asides
from guide.core.plan import Plan
from guide.language import N_, _
from guide.sound import chimes
from guide.sound.clip import Clip, own_clip
from guide.sound.pcm import SoundError
from guide.sound.prompts import Progress, Prompts
from guide.sound.shelf import Shelf
from guide.sound.voices.chain import Voices
from guide.sound.voices.voice import WORDS_A_MINUTE

WHISPER: Final = 0.25  # the loudest a chime gets in a quiet night
VOICE_WHISPER: Final = 0.4  # and a voice: 16 dB under its full loudness, still over the noise of a quiet room
WHISPER_PACE: Final = 0.93  # what is soft is said more slowly, to be understood
VOICE_GONE: Final = N_(
    "The voice you chose is not there now, so another one speaks. Settings, Voices shows those there are."
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How she wants to hear it: `voice` None is the default one; volumes 0 to 1, pace in words a minute."""

    voice_on: bool = True
    voice: str | None = None
    voice_volume: float = 0.7
    pace: int = WORDS_A_MINUTE
    chimes_on: bool = True
    family: str = chimes.DEFAULT
    chime_volume: float = 0.6
    partner_said: bool = False
    quiet: bool = False

    @property
    def spoken_volume(self) -> float:
        """A whisper in a quiet night; one who has it softer still keeps that."""
        return min(self.voice_volume, VOICE_WHISPER) if self.quiet else self.voice_volume

    @property
    def spoken_pace(self) -> int:
        return round(self.pace * WHISPER_PACE) if self.quiet else self.pace


@dataclass(frozen=True, slots=True)
class Repertoire:
    """
    Finished clips: prompts by their text, sounds by their name. What is missing is shown and not heard.

    `paused` is the text that is said when she pauses, in the language of the routine; `made_for` are the wishes that
    it was made by, None where it was not made.
    """

    prompts: Mapping[str, Clip] = field(default_factory=dict)
    sounds: Mapping[str, Clip] = field(default_factory=dict)
    partner_said: bool = False
    paused: str = ""
    made_for: Wishes | None = field(default=None, compare=False)


def sound_of(name: str, wishes: Wishes, *, cache: Path, beside: Path | None) -> Clip:
    """Make a clip of a chime, or of a sound that lies `beside` the routine's file, as loud as she wishes.

    Raises SoundError with a sentence.
    """
    volume = min(wishes.chime_volume, WHISPER) if wishes.quiet else wishes.chime_volume
    if name in chimes.NAMES:
        return chimes.chime_file(name, cache / "chimes", family=wishes.family, volume=volume)
    if beside is None:
        raise SoundError(_("The sound {name} lies in no folder yet.").format(name=name))
    return own_clip(beside / name, Shelf(cache / "own"), within=beside, volume=volume)


def spoken(
    texts: Iterable[str],
    wishes: Wishes,
    *,
    language: str,
    cache: Path,
    voices: Voices | None = None,
    at_hand: bool = False,
    progress: Progress | None = None,
) -> tuple[dict[str, Clip], list[str]]:
    """Make a clip of every text, and a sentence for each trouble met; nothing where she wants no voice."""
    if not wishes.voice_on:
        return {}, []
    maker = Prompts(cache / "prompts")
    voices = voices or Voices()
    prompts = maker.prepare(
        texts,
        voices=voices.chain(wishes.voice, language),
        language=language,
        pace=wishes.spoken_pace,
        volume=wishes.spoken_volume,
        quick=voices.quick(language) if at_hand else None,
        hands=voices.hands,
        progress=progress,
    )
    gone = [_(VOICE_GONE)] if voices.is_gone(wishes.voice) else []
    return prompts, [*gone, *maker.problems]


def prepare(
    plan: Plan,
    wishes: Wishes,
    *,
    cache: Path,
    beside: Path | None = None,
    voices: Voices | None = None,
    at_hand: bool = False,
    progress: Progress | None = None,
) -> tuple[Repertoire, list[str]]:
    """
    Make a finished clip of every prompt and chime of a plan; `beside` is the folder of the routine's own file.

    `at_hand` waits for no voice that needs time: what is not kept is said by the quick one.

    Nothing is raised: what cannot be made is missing, and a sentence in the list says why.
    """
    prompts, problems = spoken(
        (*plan.prompts, *asides(plan)),
        wishes,
        language=plan.routine.language,
        cache=cache,
        voices=voices,
        at_hand=at_hand,
        progress=progress,
    )
    sounds: dict[str, Clip] = {}
    if wishes.chimes_on:
        for name in plan.sounds:
            try:
                sounds[name] = sound_of(name, wishes, cache=cache, beside=beside)
            except SoundError as error:
                problems.append(str(error))
    paused = plan.routine.words.gettext(PAUSED_WORDS)
    return Repertoire(prompts, sounds, wishes.partner_said, paused, wishes), list(dict.fromkeys(problems))
