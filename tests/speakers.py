"""
Synthetic people, rooms, pumps, music and cries, for teaching and judging the spotter.

Speech is from eSpeak NG's library (a dependency of the program) and, for the bench, flite where it is installed. Every
take differs from the last in pace, pitch, liveliness, loudness and place in the room.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import espeakng_loader
import numpy as np
import numpy.typing as npt

Sound: TypeAlias = npt.NDArray[np.float32]  # 16 kHz, in the range of 16 bit
RATE: Final = 16_000
VOICE_LEVEL: Final = 1800.0  # root mean square of a spoken word
ESPEAK_RATE, ESPEAK_PITCH, ESPEAK_RANGE = 1, 3, 4
SYNCHRONOUS, UTF8 = 2, 1


@dataclass(frozen=True, slots=True)
class Speaker:
    engine: str  # espeak | flite
    voice: str
    pace: float = 1.0
    pitch: float = 50.0


# Those whose talk makes the background file, those who chose the operating point, and those nobody has met before.
BACKGROUND: Final = tuple(
    Speaker("espeak", f"{language}+{variant}", pace, pitch)
    for language, variant, pace, pitch in (
        ("en-us", "f1", 1.0, 55), ("en-gb-x-rp", "f4", 1.1, 50), ("de", "f2", 1.0, 60), ("es", "f3", 0.95, 55),
        ("fr", "f5", 1.0, 50), ("en-us", "Annie", 1.0, 50), ("en-gb-x-rp", "linda", 1.05, 45),
        ("pt", "belinda", 1.0, 50), ("it", "steph", 1.0, 50), ("en-us", "m3", 1.0, 45),
        ("de", "m5", 0.95, 50), ("nl", "anika", 1.0, 50),
    )
)  # fmt: skip
TUNING: Final = (
    Speaker("espeak", "en-gb-x-rp+Alicia", 1.0, 52), Speaker("espeak", "en-us+grandma", 1.0, 50),
    Speaker("espeak", "de+steph2", 1.0, 55), Speaker("flite", "awb", 1.0, 120),
)  # fmt: skip
HELD_OUT: Final = (
    Speaker("espeak", "en-us+Andrea", 1.0, 50), Speaker("espeak", "en-gb-x-rp+aunty", 1.05, 50),
    Speaker("espeak", "en-us+steph3", 0.95, 55), Speaker("espeak", "en-gb-x-rp+shelby", 1.0, 48),
    Speaker("espeak", "en-us+kaukovalta", 1.0, 60), Speaker("espeak", "en-gb-x-rp+m7", 1.0, 45),
    Speaker("espeak", "en-us+Gene", 1.0, 50), Speaker("flite", "slt", 1.0, 180), Speaker("flite", "rms", 1.0, 105),
)  # fmt: skip


# speech


class _Espeak:
    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._data: list[bytes] = []
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

        def hear(samples: ctypes._Pointer[ctypes.c_short], count: int, _: int) -> int:
            if count > 0:
                self._data.append(ctypes.string_at(samples, 2 * count))
            return 0

        self._hear = kind(hear)
        self.rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 1 << 15)
        self._library.espeak_SetSynthCallback(self._hear)

    def say(self, text: str, voice: str, pace: float, pitch: float, liveliness: float) -> Sound:
        self._data.clear()
        assert self._library.espeak_SetVoiceByName(voice.encode()) == 0, f"eSpeak has no voice {voice}"
        for parameter, value in (
            (ESPEAK_RATE, 150 * pace), (ESPEAK_PITCH, pitch), (ESPEAK_RANGE, liveliness),
        ):  # fmt: skip
            self._library.espeak_SetParameter(parameter, round(value), 0)
        words = text.encode()
        self._library.espeak_Synth(words, len(words) + 1, 0, 1, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.frombuffer(b"".join(self._data), np.int16).astype(np.float32)


@cache
def _espeak() -> _Espeak:
    return _Espeak()


def _flite(text: str, voice: str, pace: float, pitch: float, liveliness: float) -> tuple[Sound, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(
            ["flite", "-voice", voice, "--setf", f"duration_stretch={1 / pace:.3f}", "--setf",
             f"int_f0_target_mean={pitch:.1f}", "--setf", f"int_f0_target_stddev={liveliness / 3:.1f}",
             "-t", text, "-o", str(path)],
            check=True,
        )  # fmt: skip
        with wave.open(str(path)) as file:
            return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32), file.getframerate()


def there(speaker: Speaker) -> bool:
    return speaker.engine == "espeak" or shutil.which("flite") is not None


def say(text: str, speaker: Speaker, dice: np.random.Generator, *, spread: float = 1.0) -> Sound:
    """One more time, said a little differently, at an even loudness; nothing before it and nothing after."""
    pace = speaker.pace * float(np.exp(dice.normal(0, 0.08 * spread)))
    pitch = speaker.pitch * float(np.exp(dice.normal(0, 0.06 * spread)))
    liveliness = float(dice.uniform(35, 65))
    if speaker.engine == "espeak":
        sound, rate = _espeak().say(text, speaker.voice, pace, pitch, liveliness), _espeak().rate
    else:
        sound, rate = _flite(text, speaker.voice, pace, pitch, liveliness)
    sound = _trimmed(resampled(sound, rate))
    sound = _tilted(sound, float(dice.normal(0, 1.5 * spread)))
    return sound * np.float32(VOICE_LEVEL / (rms(sound) + 1))


def resampled(sound: Sound, rate: int) -> Sound:
    if rate == RATE or not len(sound):
        return sound
    length = round(len(sound) * RATE / rate)
    spectrum = np.fft.rfft(sound)
    wanted = length // 2 + 1
    spectrum = spectrum[:wanted] if len(spectrum) >= wanted else np.pad(spectrum, (0, wanted - len(spectrum)))
    return (np.fft.irfft(spectrum, length) * (length / len(sound))).astype(np.float32)


def _trimmed(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > 0.01 * (np.abs(sound).max() + 1))
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound


def _tilted(sound: Sound, decibels_an_octave: float) -> Sound:
    spectrum = np.fft.rfft(sound)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(len(sound), 1 / RATE), 100) / 1000)
    return np.fft.irfft(spectrum * 10 ** (decibels_an_octave * octaves / 20), len(sound)).astype(np.float32)


# rooms and noises


def rms(sound: Sound) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if len(sound) else 0.0


def room(dice: np.random.Generator) -> Callable[[Sound], Sound]:
    """Direct sound and an echo that dies away within 0.15 to 0.45 s."""
    decay = dice.uniform(0.15, 0.45)
    length = round(decay * RATE)
    echo = dice.normal(size=length) * 10 ** (-3 * np.arange(length) / length)
    echo *= dice.uniform(0.2, 0.6) / np.sqrt(np.sum(echo**2))
    echo[0] = 1.0

    def sounded(sound: Sound) -> Sound:
        size = len(sound) + length
        whole = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echo, size), size)
        return whole.astype(np.float32)

    return sounded


def evened(sound: npt.NDArray[np.floating]) -> Sound:
    """At level one."""
    level: Sound = (sound / sound.std()).astype(np.float32)
    return level


def hiss(seconds: float, dice: np.random.Generator, colour: float = 1.0) -> Sound:
    """Noise whose power falls with frequency by that power: 1 is pink."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(dice.normal(size=count))
    spectrum[1:] /= np.arange(1, len(spectrum)) ** (colour / 2)
    spectrum[0] = 0
    sound = np.fft.irfft(spectrum, count)
    return evened(sound)


def pump(seconds: float, dice: np.random.Generator) -> Sound:
    """A motor that hums and strains with every suck, air, and the click of a valve; at level one."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    cycle = dice.uniform(0.8, 1.6)
    phase = (time / cycle + dice.uniform()) % 1
    strain = np.clip(np.sin(np.pi * np.clip(phase / dice.uniform(0.5, 0.75), 0, 1)), 0, 1)
    speed = dice.uniform(55, 130) * (1 - 0.12 * strain)
    turn = 2 * np.pi * np.cumsum(speed) / RATE
    hum = sum(dice.uniform(0.3, 1) / k**0.7 * np.sin(k * turn + dice.uniform(0, 6)) for k in range(1, 22))
    air = hiss(seconds, dice, dice.uniform(0.3, 1.2)) * (0.4 + strain)
    click = np.exp(-((phase * cycle) % cycle) / 0.008) * dice.normal(size=count)
    sound = hum * (0.5 + 0.5 * strain) + dice.uniform(0.4, 1.2) * air + dice.uniform(0.5, 2) * click
    return evened(sound)


def music(seconds: float, dice: np.random.Generator) -> Sound:
    """A plucked tune over chords."""
    count = round(seconds * RATE)
    sound = np.zeros(count + RATE * 3)
    beat = dice.uniform(0.22, 0.45)
    root = 110 * 2 ** (dice.integers(0, 12) / 12)
    for k in range(int(seconds / beat)):
        notes = [dice.choice([12, 14, 16, 17, 19, 21, 23, 24])] + ([0, 4, 7] if k % 4 == 0 else [])
        for note in notes:
            length = RATE * (2 if note < 12 else 1)
            time = np.arange(length) / RATE
            tone = sum(np.sin(2 * np.pi * root * 2 ** (note / 12) * h * time) / h**1.5 for h in range(1, 7))
            start = round(k * beat * RATE)
            sound[start : start + length] += tone * np.exp(-time * 3)
    return evened(sound[:count])


def crying(seconds: float, dice: np.random.Generator) -> Sound:
    """A baby: gliding cries of about a second with a breath between."""
    count = round(seconds * RATE)
    sound = np.zeros(count + 2 * RATE)
    at = 0.0
    while at < seconds:
        length = dice.uniform(0.5, 1.4)
        time = np.arange(round(length * RATE)) / RATE
        tone = dice.uniform(350, 520) * (1 + 0.25 * np.sin(np.pi * time / length) + 0.02 * np.sin(2 * np.pi * 6 * time))
        turn = 2 * np.pi * np.cumsum(tone) / RATE
        formant = dice.uniform(900, 1400)
        cry = sum(
            np.exp(-(((k * tone - formant) / 900) ** 2)) * np.sin(k * turn) + 0.2 / k * np.sin(k * turn)
            for k in range(1, 9)
        )
        start = round(at * RATE)
        sound[start : start + len(time)] += cry * np.sin(np.pi * time / length) ** 0.5
        at += length + dice.uniform(0.15, 0.7)
    return evened(sound[:count])


def babble(seconds: float, dice: np.random.Generator, texts: Sequence[str], people: Sequence[Speaker]) -> Sound:
    """Six people who talk at once."""
    whole = np.zeros(round(seconds * RATE), np.float32)
    for _ in range(6):
        whole += talk(seconds, dice, texts, people[int(dice.integers(len(people)))])
    return evened(whole)


def talk(seconds: float, dice: np.random.Generator, texts: Sequence[str], speaker: Speaker) -> Sound:
    """Sentences one after the other, with pauses."""
    parts: list[Sound] = []
    length, wanted = 0, round(seconds * RATE)
    while length < wanted:
        parts += [
            say(texts[int(dice.integers(len(texts)))], speaker, dice),
            np.zeros(round(dice.uniform(0.2, 0.9) * RATE), np.float32),
        ]
        length += len(parts[-1]) + len(parts[-2])
    return np.concatenate(parts)[:wanted]


def scene(
    word: Sound, noise: Sound | None, over: float, *, before: float, after: float, dice: np.random.Generator
) -> Sound:
    """A word with time before and after it, `over` dB above a noise at level one, and a microphone's own hiss."""
    echoed = room(dice)(word)
    whole = np.concatenate(
        (np.zeros(round(before * RATE), np.float32), echoed, np.zeros(round(after * RATE), np.float32))
    )
    whole += hiss(len(whole) / RATE + 0.01, dice, 0.5)[: len(whole)] * np.float32(VOICE_LEVEL * 10 ** (-45 / 20))
    if noise is not None:
        start = int(dice.integers(0, max(1, len(noise) - len(whole))))
        whole += noise[start : start + len(whole)] * np.float32(rms(word) * 10 ** (-over / 20))
    taken: Sound = np.clip(whole * np.float32(10 ** (dice.uniform(-3, 3) / 20)), -32768, 32767).round()
    return taken
