"""What a voice is: text in, a finished prompt out; and what all voices do to the words and to the sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Protocol

from guide.sound import pcm
from guide.sound.pcm import SoundError

WORDS_A_MINUTE: Final = 145  # calm, and still short enough for the step's first seconds
PAUSE: Final = 0.38  # seconds between two sentences
SENTENCES: Final = re.compile(r"(?<=[.!?…。！？])\s+")


class VoiceError(SoundError):
    """A voice that cannot say something; the text is a sentence for a person."""


class Voice(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    def render(self, text: str, *, pace: int, volume: float) -> bytes:
        """Make a WAV file of what is said: `pace` in words a minute, `volume` 0 to 1; raises VoiceError."""


def finished(samples: Sequence[float], *, rate: int, volume: float, soften: bool = False) -> bytes:
    """Make raw speech into a prompt: trimmed, levelled to the chimes, its ends faded; a WAV file at 22,050 Hz.

    `soften` takes the buzz off a synthetic voice. Raises VoiceError where there is nothing but silence.
    """
    speech = pcm.trimmed(pcm.resampled(samples, rate))
    if not speech:
        raise VoiceError("The voice made no sound.")
    if soften:
        speech = pcm.smoothed(speech)
    return pcm.wav_bytes(pcm.faded(pcm.levelled(speech, volume=volume), rise=0.01, fall=0.03))


def speakable(text: str) -> str:
    """Leave out what no voice can say: control characters, and more than one blank in a row."""
    shown = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
    return " ".join(shown.split())
