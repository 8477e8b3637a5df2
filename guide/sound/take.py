"""A take: what a person said for one prompt, judged gently, trimmed and levelled like the other prompts."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

import numpy as np

from guide.sound import levels, pcm
from guide.sound.pcm import SoundError
from guide.sound.voices.voice import Speech, VoiceError, finished

RATE: Final = 24_000  # samples a second
BLOCK: Final = RATE // 50
SILENT: Final = 0.004  # of full scale
SOFT: Final = 0.02  # the loudness of speech under which a lot of hiss is raised with it
LOUD: Final = 0.98  # a peak over it was cut off
CUT_OFF: Final = 8  # such samples that are heard
NOISY: Final = 0.2  # what is there between the words, of what the words are: 14 dB


class TakeAdvice(Enum):
    """What can be said of a take. It is advice: whatever was said can be kept."""

    CLEAR = auto()
    SILENT = auto()  # nothing was heard: there is nothing to keep
    SOFT = auto()
    LOUD = auto()
    NOISY = auto()
    LONG = auto()


@dataclass(frozen=True, slots=True)
class RecordedTake:
    """Samples of 16 bits, at `RATE`."""

    samples: array[int]

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=len(self.samples) / RATE)

    @property
    def speech(self) -> array[int]:
        """Without the silence, and the noise, at both ends."""
        centred = _centred(self.samples)
        trimmed = levels.trimmed(centred, rate=RATE, floor=max(SILENT, 2.5 * _noise(centred)), keep=0.12)
        return array("h", map(int, trimmed))

    def advice(self, room: timedelta) -> TakeAdvice:
        """Judge it; `room` is the time that fits before the next cue."""
        speech = self.speech
        if not speech:
            return TakeAdvice.SILENT
        loud = levels.loudness(speech, rate=RATE) / pcm.PEAK
        if np.count_nonzero(np.abs(np.asarray(self.samples, float)) > LOUD * pcm.PEAK) >= CUT_OFF:
            return TakeAdvice.LOUD
        if loud < SOFT:
            return TakeAdvice.SOFT
        if _noise(_centred(self.samples)) > NOISY * loud:
            return TakeAdvice.NOISY
        if timedelta(seconds=len(speech) / RATE) > room:
            return TakeAdvice.LONG
        return TakeAdvice.CLEAR

    def finished(self) -> bytes:
        """Make the prompt of it, a WAV file; raises SoundError where nothing was said."""
        try:
            return finished(Speech(self.speech, RATE))
        except VoiceError as error:
            raise SoundError(str(error)) from error

    def original(self) -> bytes:
        return pcm.wav_bytes(self.samples, rate=RATE)


def level(samples: array[int]) -> float:
    """How loud a piece of sound is, 0 to 1, as an ear sees it on a meter: 60 dB from left to right."""
    if not samples:
        return 0.0
    mean = math.sqrt(np.square(np.asarray(samples, float)).mean()) / pcm.PEAK
    return min(max(1 + 20 * math.log10(max(mean, 1e-6)) / 60, 0.0), 1.0)


def bars(samples: array[int], *, every: timedelta) -> list[float]:
    """The highest peak of each piece of a take, 0 to 1, for a picture of it."""
    step = max(round(every.total_seconds() * RATE), 1)
    return [levels.peak(samples[at : at + step]) / pcm.PEAK for at in range(0, len(samples), step)]


def _centred(samples: array[int]) -> array[int]:
    """Many a sound card adds a little to every sample."""
    if not samples:
        return samples
    middle = sum(samples) // len(samples)
    if not middle:
        return samples
    shifted = np.clip(np.asarray(samples, np.int32) - middle, -pcm.PEAK, pcm.PEAK)
    return array("h", shifted.astype(np.int16).tobytes())


def _noise(samples: array[int]) -> float:
    """The loudness, of full scale, that is there in a tenth of the time at least: what lies behind the words."""
    quiet = sorted(energy / BLOCK for energy in levels.energies(samples, BLOCK)[:-1])
    return math.sqrt(quiet[len(quiet) // 10]) / pcm.PEAK if quiet else 0.0
