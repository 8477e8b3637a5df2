"""What a voice is: text in, a finished prompt out; and what all voices do to the words and to the sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from guide.language import N_
from guide.sound import pcm
from guide.sound.pcm import SoundError

WORDS_A_MINUTE: Final = 145  # calm, and still short enough for the step's first seconds
HIGHEST_RATE: Final = 24_000  # samples a second
PAUSE: Final = 0.38  # seconds between two sentences
SENTENCES: Final = re.compile(r"(?<=[.!?…。！？])\s+")


class VoiceError(SoundError):
    """A voice that cannot say something; the text is a sentence for a person."""


class SilentError(VoiceError):
    """A voice that said nothing of a text, as of letters it does not know."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine made: samples in units of the 16-bit range, so many a second."""

    samples: Sequence[float]
    rate: int


class Voice(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    def edition(self, text: str) -> str | None:
        """Something else whenever the text would sound different; None where this voice has no such prompt."""

    def render(self, text: str, *, pace: int) -> bytes:
        """Make a WAV file of what is said, as loud as the chimes; `pace` in words a minute. Raises VoiceError."""

    def rest(self) -> None:
        """Give back what it holds (a child process, a model); it can speak again afterwards."""


def finished(speech: Speech, *, soften: bool = False) -> bytes:
    """Make raw speech into a prompt: trimmed, levelled to the chimes, its ends faded; a WAV file.

    Speech at 22,050 to 24,000 Hz keeps its rate, for resampling would dull it; other speech comes to 22,050.
    `soften` takes the buzz off a synthetic voice. Raises SilentError where there is nothing but silence.
    """
    rate = speech.rate if pcm.RATE <= speech.rate <= HIGHEST_RATE else pcm.RATE
    from guide.sound import levels  # brings numpy, which the window has no need of

    samples = levels.trimmed(pcm.resampled(speech.samples, speech.rate, rate), rate=rate)
    if not samples:
        raise SilentError(N_("The voice made no sound."))
    levelled = levels.levelled(levels.smoothed(samples) if soften else samples, rate=rate)
    return levels.wav_of(levels.faded(levelled, rate=rate, rise=0.01, fall=0.03), rate=rate)


def has_words(text: str) -> bool:
    """Whether there is anything to say: dots and pictures alone are for the screen."""
    return any(map(str.isalnum, text))


def speakable(text: str) -> str:
    """Leave out what no voice can say: control characters, and more than one blank in a row."""
    shown = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
    return " ".join(shown.split())
