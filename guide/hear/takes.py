"""Her takes: what is kept of a word that was said, what is wrong with a take, and which words sound too much alike."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from guide.hear.embedding import (
    HOP,
    NETWORK,
    RATE,
    SIZE,
    STRIDE,
    Array,
    background,
    embedded,
    network,
    voiced,
)
from guide.hear.matching import Aligner, Scale
from guide.hear.meaning import Meaning

ENOUGH: Final = 5  # takes that make a word ready
LEAST: Final = 3  # takes a word is listened for with
SHORTEST, LONGEST = 0.2, 2.0  # seconds
OVER_THE_PUMP: Final = 3.0  # decibels
CUT_OFF: Final = 32_000  # of 32,767
UNLIKE: Final = -3.0  # a score above is not the same word
ALIKE: Final = 0.15  # of all takes: so many nearer to another word make the two clash
STRICTEST, EASIEST = -5.0, -4.0  # her own threshold lies between them
AROUND: Final = 6  # rows kept before and after the word
FIRST_BAND: Final = 5  # below are the bands where a motor is loudest


class Flaw(StrEnum):
    """Why a take is not kept."""

    CUT_OFF = "cut off"
    NO_VOICE = "no voice"
    TOO_SOFT = "too soft"
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    UNLIKE = "unlike the others"


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """Rows of numbers, of which `begin` to `end` are the word; her voice cannot be played back from them."""

    rows: Array
    begin: int
    end: int

    @property
    def word(self) -> Array:
        return self.rows[self.begin : self.end]


Takes: TypeAlias = Mapping[Meaning, tuple[Take, ...]]


def examine(sound: Array, others: Sequence[Take] = (), *, before: float = 2.0) -> Take | Flaw:
    """
    The word in a recording, or why it cannot be used; `before` it says nothing for so many seconds.

    What is heard in that time is the pump: the word has to stand over it.
    """
    if len(sound) and (np.abs(sound) > CUT_OFF).mean() > 1e-3:
        return Flaw.CUT_OFF
    decibels = network().mel(sound)
    quiet = max(1, round(before * RATE / STRIDE) - 20)
    if len(decibels) <= quiet + 20:
        return Flaw.NO_VOICE
    begin, end = _louder_part(decibels, quiet)
    rows = embedded(decibels)
    begin, end = _spoken_part(rows, begin, end, quiet)
    begin, end = min(begin, len(decibels) - 1), min(end, len(decibels) - 1)
    seconds = (end - begin) * STRIDE / RATE
    if seconds <= 0:
        return Flaw.NO_VOICE
    power = 10 ** (decibels[:, FIRST_BAND:] / 10)
    loudness = 10 * np.log10(power[begin : end + 1].sum(1).mean() / (power[:quiet].sum(1).mean() + 1e-9) + 1e-9)
    if loudness < OVER_THE_PUMP:
        return Flaw.TOO_SOFT
    if seconds < SHORTEST:
        return Flaw.TOO_SHORT
    if seconds > LONGEST:
        return Flaw.TOO_LONG
    first, last = round(begin / HOP), round(end / HOP) + 1
    if last - first < 3:
        first, last = first - 1, last + 1
    first = max(first, 0)
    start = max(0, first - AROUND)
    take = Take(rows[start : last + AROUND].astype(np.float16).astype(np.float32), first - start, last - start)
    return Flaw.UNLIKE if others and not alike(take, others) else take


def _louder_part(decibels: Array, quiet: int) -> tuple[int, int]:
    """First and last mel frame of what rises above the noise before it, around the loudest moment."""
    noise = np.percentile(decibels[:quiet, FIRST_BAND:], 75, axis=0)
    above = np.clip(decibels[:, FIRST_BAND:] - np.maximum(noise, 15), 0, 12).mean(1)
    above = np.convolve(above, np.ones(9) / 9, "same")
    peak = quiet + int(above[quiet:].argmax())
    loud = above > max(0.25 * above[peak], 0.8)
    return _reach(loud, peak, -1, 25), _reach(loud, peak, 1, 25)


def _reach(true: npt.NDArray[np.bool_], start: int, by: int, gap: int) -> int:
    """How far from `start` it stays true in that direction, over gaps no longer than `gap`."""
    end = at = start
    while 0 <= at < len(true) and abs(at - end) <= gap:
        end = at if true[at] else end
        at += by
    return end


def _spoken_part(rows: Array, begin: int, end: int, quiet: int) -> tuple[int, int]:
    """The louder part brought together with the run of speech rows around it; nothing where nobody speaks."""
    speech = voiced(rows, background())
    spoken = np.flatnonzero(speech & (np.arange(len(speech)) * HOP >= quiet - 2 * HOP))
    if not len(spoken):
        return 0, 0
    middle = int(spoken[np.abs(spoken - (begin + end) / 2 / HOP).argmin()])
    first, last = (_reach(speech, middle, by, 0) * HOP for by in (-1, 1))
    if end - begin < 15:  # a click or nothing: trust the network alone
        return first, last
    return (max(first, begin - 16) if first < begin else begin), (min(last, end + 16) if last > end else end)


def alike(take: Take, others: Sequence[Take]) -> bool:
    """Whether it is the same word, said much the same way."""
    words = [other.word for other in others]
    score = Scale(words, background().talk).score(Aligner(words).run(take.rows))
    ends = score[:, max(0, take.end - 5) : take.end + 4].min(axis=1)
    return float(np.sort(ends)[:2].mean()) <= UNLIKE


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What was learnt from all her takes; everything the spotter needs."""

    meanings: tuple[Meaning, ...]
    words: tuple[Array, ...]
    owner: tuple[int, ...]  # for each of `words` its place among `meanings`
    scale: Scale
    threshold: float
    clashes: Mapping[Meaning, Meaning]  # a word that rests, and the earlier one it sounds too much like


def learn(takes: Takes, alike_kept: Collection[Meaning] = ()) -> Lesson | None:
    """
    Compare every take with every other; None while no word has takes enough.

    Of two words that sound too much alike the later one rests, unless it is one of `alike_kept`.
    """
    taught = {meaning: kept for meaning, kept in takes.items() if len(kept) >= LEAST}
    if not taught:
        return None
    scores, clashes, scale = _compare(taught)
    clashes = {later: earlier for later, earlier in clashes.items() if later not in alike_kept}
    used = {meaning: kept for meaning, kept in taught.items() if meaning not in clashes}
    own = [score for meaning in used for score in scores[meaning]]
    words = tuple(take.word for kept in used.values() for take in kept)
    return Lesson(
        meanings=tuple(used),
        words=words,
        owner=tuple(place for place, kept in enumerate(used.values()) for _ in kept),
        scale=Scale(words, background().talk) if clashes else scale,  # of all takes it is known
        threshold=float(np.clip(np.percentile(own, 90) + 0.3, STRICTEST, EASIEST)),
        clashes=clashes,
    )


def _compare(taught: Takes) -> tuple[dict[Meaning, list[float]], dict[Meaning, Meaning], Scale]:
    """Each take against all others: the scores of its own word, the words that come too near to it, and the scale."""
    order = list(taught)
    flat = [(place, take) for place, meaning in enumerate(order) for take in taught[meaning]]
    owner = np.array([place for place, _ in flat])
    aligner = Aligner([take.word for _, take in flat])
    scale = Scale([take.word for _, take in flat], background().talk)
    own: dict[Meaning, list[float]] = {meaning: [] for meaning in order}
    near: dict[tuple[int, int], list[bool]] = {}
    for number, (place, take) in enumerate(flat):
        ends = scale.score(aligner.run(take.rows))[:, max(0, take.end - 5) : take.end + 4].min(axis=1)
        ends[number] = np.inf  # not against itself
        best = [float(np.sort(ends[owner == other])[:2].mean()) for other in range(len(order))]
        own[order[place]].append(best[place])
        for other, score in enumerate(best):
            if other != place:
                pair = (min(place, other), max(place, other))
                too_near = score < best[place] or (score < UNLIKE - 0.5 and score - best[place] < 1)
                near.setdefault(pair, []).append(too_near)
    clashes: dict[Meaning, Meaning] = {}
    for (earlier, later), verdicts in sorted(near.items()):
        if np.mean(verdicts) > ALIKE and order[earlier] not in clashes:
            clashes.setdefault(order[later], order[earlier])
    return own, clashes, scale


def packed(takes: Takes) -> bytes:
    """For the file they are kept in."""
    flat = [(meaning, take) for meaning, kept in takes.items() for take in kept]
    held = io.BytesIO()
    np.savez_compressed(
        held,
        network=np.array(NETWORK),
        meanings=np.array([meaning.value for meaning, _ in flat], dtype="U32"),
        bounds=np.array([(len(take.rows), take.begin, take.end) for _, take in flat], np.int64).reshape(-1, 3),
        rows=np.concatenate([np.zeros((0, SIZE), np.float32), *(take.rows for _, take in flat)]).astype(np.float16),
    )
    return held.getvalue()


def unpacked(data: bytes) -> dict[Meaning, tuple[Take, ...]]:
    """Raises ValueError for what is no file of takes, or one made with another network."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            made_with, meanings = str(held["network"]), [str(name) for name in held["meanings"]]
            bounds, rows = held["bounds"].astype(np.int64), held["rows"].astype(np.float32)
    except Exception as error:  # whatever a broken archive raises: zipfile, zlib and numpy have many
        raise ValueError("no file of takes") from error
    if made_with != NETWORK or rows.ndim != 2 or rows.shape[1] != SIZE or bounds.shape != (len(meanings), 3):
        raise ValueError("takes of another kind")
    found: dict[Meaning, tuple[Take, ...]] = {}
    at = 0
    for name, (length, begin, end) in zip(meanings, bounds.tolist(), strict=True):
        take = Take(rows[at : at + length], begin, end)
        if name not in set(Meaning) or not 0 <= begin < end <= len(take.rows) == length:
            raise ValueError("takes that do not fit together")
        at += length
        found[Meaning(name)] = (*found.get(Meaning(name), ()), take)
    return found
