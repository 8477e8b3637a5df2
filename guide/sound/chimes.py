"""The chimes: a small family, synthesised from soft tones, alike in peak and in loudness."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from operator import mul
from pathlib import Path

from guide.sound.clip import Clip, measure
from guide.sound.pcm import LOUDNESS, PEAK, RATE, gain, wav_bytes
from guide.sound.shelf import Shelf

TOP = 0.4  # the peak of every chime, of full scale, at full volume
_VERSION = "chime-1"
_LIMIT = 20 * 1024 * 1024  # bytes kept: a family at one volume needs less than one of those twenty
_BLOCK = RATE // 50
_LOUD_BLOCKS = 20  # 400 ms


@dataclass(frozen=True, slots=True)
class Partial:
    ratio: float  # to the note's own frequency
    weight: float
    decay: float  # seconds until it has fallen to a thousandth, at the family's base


@dataclass(frozen=True, slots=True)
class Family:
    """How the notes sound: where they lie, how softly they begin, what rings along with them."""

    base: float  # Hz, the first note of the scale
    attack: float  # seconds
    partials: tuple[Partial, ...]


@dataclass(frozen=True, slots=True)
class Note:
    at: float  # seconds
    degree: int  # of the scale
    weight: float = 1.0


FAMILIES: dict[str, Family] = {
    # a bar of wood rings at about 1 : 4 : 10; the highest is left out, it knocks
    "wood": Family(261.6, 0.010, (Partial(1, 1.0, 1.1), Partial(2, 0.16, 0.7), Partial(4, 0.06, 0.3))),
    "bell": Family(392.0, 0.014, (Partial(1, 1.0, 1.5), Partial(2, 0.30, 1.0), Partial(2.99, 0.08, 0.5))),
    "glass": Family(523.3, 0.030, (Partial(1, 1.0, 1.5), Partial(1.003, 0.4, 1.5), Partial(2.76, 0.05, 0.5))),
}
DEFAULT = "wood"

_SCALE = (0, 2, 4, 7, 9)  # five notes of which any two sound well together, in semitones


@dataclass(frozen=True, slots=True)
class Tune:
    length: float  # seconds
    notes: tuple[Note, ...]


_TUNES: dict[str, Tune] = {
    "prepare": Tune(1.4, (Note(0, 0), Note(0.16, 2), Note(0.32, 3, 0.9))),
    "massage": Tune(1.4, (Note(0, 2), Note(0.22, 3, 0.9))),
    "stroke": Tune(1.4, (Note(0, 4), Note(0.2, 3, 0.9), Note(0.4, 2, 0.7))),
    "shake": Tune(1.3, (Note(0, 3), Note(0.13, 4, 0.8), Note(0.26, 3, 0.9), Note(0.39, 4, 0.7))),
    "knead": Tune(1.4, (Note(0, 1), Note(0.24, 1, 0.9), Note(0.24, 3, 0.5))),
    "pump": Tune(1.4, (Note(0, 0), Note(0, 5, 0.5), Note(0.26, 5, 0.8))),
    "compress": Tune(1.4, (Note(0, 3), Note(0.24, 1, 0.9))),
    "express": Tune(1.4, (Note(0, 2), Note(0.18, 1, 0.9), Note(0.36, 0, 0.9))),
    "rest": Tune(1.5, (Note(0, 3), Note(0.34, 0))),
    "earliest": Tune(1.5, (Note(0, 4), Note(0.2, 5), Note(0.4, 5, 0.5))),
    "end": Tune(2.9, (Note(0, 5), Note(0.34, 3), Note(0.68, 2), Note(1.1, 0), Note(1.1, 3, 0.5))),
    "tick": Tune(0.1, (Note(0, 5),)),
}
NAMES: tuple[str, ...] = tuple(_TUNES)


def synthesise(name: str, family: str = DEFAULT, volume: float = 1.0) -> bytes:
    """Make a chime as a WAV file: mono, 16 bits, 22,050 Hz; volume 0 to 1.

    Raises KeyError for an unknown name or family.
    """
    factor = gain(volume)
    return wav_bytes([sample * factor for sample in _shaped(name, family)])


def chime_file(name: str, folder: Path, *, family: str = DEFAULT, volume: float = 1.0) -> Clip:
    """Give a chime as a file in the cache folder, made there when it is first asked for.

    Raises KeyError for an unknown name or family, and SoundError where it can be written nowhere.
    """
    _TUNES[name], FAMILIES[family]
    key = hashlib.sha256(f"{_VERSION}|{family}|{name}|{volume:.3f}".encode()).hexdigest()[:24]
    shelf = Shelf(folder)
    path = shelf.find(key)
    if path is None:
        path = shelf.keep(key, synthesise(name, family, volume))
        shelf.tidy(limit=_LIMIT, using=[path])
    return Clip(path, measure(path))


@cache
def _shaped(name: str, family: str) -> array[float]:
    tune = _TUNES[name]
    samples = [0.0] * int(tune.length * RATE)
    for note in tune.notes:
        start, weight = int(note.at * RATE), note.weight
        tone = _tone(note.degree, family)[: len(samples) - start]
        under = samples[start : start + len(tone)]
        samples[start : start + len(tone)] = [low + weight * value for low, value in zip(under, tone, strict=True)]
    _die_away(samples, int(min(0.15, tune.length / 2) * RATE))
    if tune.length > 0.5:
        samples = _evened(samples)
    factor = TOP * PEAK / max(map(abs, samples))
    return array("f", [sample * factor for sample in samples])  # a tuple of them takes eight times as much to keep


@cache
def _tone(degree: int, family: str) -> array[float]:
    """Sound one note: each partial a dying sine, by the recurrence y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2]."""
    voice = FAMILIES[family]
    octave, place = divmod(degree, len(_SCALE))
    pitch = voice.base * 2 ** (octave + _SCALE[place] / 12)
    shorter = math.sqrt(voice.base / pitch)
    samples = array("d", bytes(8 * int(1.2 * RATE * max(partial.decay for partial in voice.partials))))
    for partial in voice.partials:
        angle = 2 * math.pi * pitch * partial.ratio / RATE
        shrink = 1e-3 ** (1 / (partial.decay * shorter * RATE))
        ahead, behind = 2 * shrink * math.cos(angle), -shrink * shrink
        before, now = 0.0, partial.weight * shrink * math.sin(angle)
        for index in range(int(1.2 * partial.decay * shorter * RATE)):
            samples[index] += before
            before, now = now, ahead * now + behind * before
    attack = int(voice.attack * RATE)
    for index in range(attack):
        samples[index] *= 0.5 - 0.5 * math.cos(math.pi * index / attack)
    return samples


def _die_away(samples: list[float], last: int) -> None:
    """Draw the end to nothing along a half cosine."""
    for left in range(last):
        samples[-1 - left] *= 0.5 - 0.5 * math.cos(math.pi * left / last)


def _evened(samples: Sequence[float]) -> list[float]:
    """Even out the notes a little, or the opposite, until the loudness stands to the peak as in all the others.

    The samples are multiplied by their own envelope to a small power, worked out on blocks of 20 ms.
    """
    parts = [samples[at : at + _BLOCK] for at in range(0, len(samples), _BLOCK)]
    power = [sum(map(mul, part, part)) for part in parts]
    tops = [max(map(abs, part)) for part in parts]
    floor = max(tops) / 20

    def gains(exponent: float) -> list[float]:
        return [(max(height, floor) / floor) ** exponent for height in tops]

    def relation(exponent: float) -> float:
        factors = gains(exponent)
        sums = list(accumulate(map(_times_square, power, factors), initial=0.0))
        window = _LOUD_BLOCKS
        most = max(late - early for early, late in zip(sums, sums[window:], strict=False))
        top: float = max(map(mul, tops, factors))
        return math.sqrt(most / (window * _BLOCK)) / top

    low, high = -0.9, 0.9  # a lower exponent is evener and so louder for the same peak
    for _ in range(16):
        middle = (low + high) / 2
        if relation(middle) > LOUDNESS / TOP:
            low = middle
        else:
            high = middle
    factors = gains((low + high) / 2)
    evened: list[float] = []
    for part, factor, following in zip(parts, factors, factors[1:] + factors[-1:], strict=True):
        step = (following - factor) / _BLOCK
        evened += [value * (factor + step * index) for index, value in enumerate(part)]
    return evened


def _times_square(energy: float, factor: float) -> float:
    return energy * factor * factor
