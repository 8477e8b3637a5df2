"""The chimes, measured."""

from __future__ import annotations

import io
import math
import wave
from array import array
from datetime import timedelta
from functools import cache
from itertools import pairwise
from operator import mul
from pathlib import Path

import pytest
from listening import decibels, highest, loudest_400_ms, samples_of, share_above, strength

from guide.sound import chimes
from guide.sound.pcm import LOUDNESS, RATE
from tables import each_row

KINDS = ("prepare", "massage", "stroke", "shake", "knead", "pump", "compress", "express", "rest")
EVERY = [(family, name) for family in chimes.FAMILIES for name in chimes.NAMES]
every_chime = pytest.mark.parametrize(("family", "name"), EVERY)


@pytest.fixture(scope="module", autouse=True)
def _made_here() -> None:
    """What was made before is forgotten: mutation testing would hear the chimes of the module as it stood."""
    for made in (chimes._shaped, chimes._tone, heard):
        made.cache_clear()


@cache
def heard(name: str, family: str = chimes.DEFAULT, volume: float = 1.0) -> tuple[array[int], int]:
    with wave.open(io.BytesIO(chimes.synthesise(name, family, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        return array("h", file.readframes(file.getnframes())), file.getframerate()


def test_every_kind_of_step_has_a_chime_and_so_have_earliest_end_and_tick() -> None:
    assert set(chimes.NAMES) == {*KINDS, "earliest", "end", "tick"}
    assert {"wood", "bell", "glass"} <= set(chimes.FAMILIES)


@every_chime
def test_a_chime_is_as_long_as_it_may_be(family: str, name: str) -> None:
    samples, rate = heard(name, family)
    assert 0.05 < len(samples) / rate <= {"end": 3.0, "tick": 0.12}.get(name, 1.5)


@pytest.mark.parametrize("family", chimes.FAMILIES)
def test_all_chimes_of_a_family_have_the_same_peak_and_loudness(family: str) -> None:
    made = {name: heard(name, family) for name in chimes.NAMES}
    peaks = [decibels(highest(samples)) for samples, _ in made.values()]
    loud = [decibels(loudest_400_ms(*chime)) for name, chime in made.items() if name != "tick"]
    assert max(peaks) - min(peaks) < 1
    assert max(loud) - min(loud) < 1
    assert max(peaks) < -6  # room for a prompt's own peaks and a tick at the same time


def test_the_families_are_as_loud_as_each_other() -> None:
    loud = [decibels(loudest_400_ms(*heard("pump", family))) for family in chimes.FAMILIES]
    assert max(loud) - min(loud) < 1


@every_chime
def test_a_chime_begins_softly_and_dies_away(family: str, name: str) -> None:
    samples, rate = heard(name, family)
    peak = highest(samples)
    assert highest(samples[: int(rate * 0.001)]) < 0.1 * peak
    assert highest(samples[: int(rate * 0.003)]) < 0.4 * peak
    first_note = highest(samples[: int(rate * 0.05)])
    full = next(at for at, value in enumerate(samples) if abs(value) > 0.9 * first_note)
    assert full >= 0.006 * rate  # the rise to the first crest of full height
    assert highest(samples[-int(rate * 0.002) :]) < 0.01 * peak
    steps = [abs(late - early) for early, late in pairwise(samples)]
    assert max(steps) < 0.6 * peak  # a click would be a jump


@every_chime
def test_a_chime_has_no_harsh_overtones(family: str, name: str) -> None:
    assert share_above(*heard(name, family), 4_000) < 0.01


def test_no_two_chimes_are_alike() -> None:
    assert len({chimes.synthesise(name) for name in chimes.NAMES}) == len(chimes.NAMES)


def test_volume_makes_a_chime_quieter_and_nothing_makes_it_clip() -> None:
    full, half, none, beyond = (highest(heard("pump", volume=volume)[0]) for volume in (1, 0.5, 0, 9))
    assert half == pytest.approx(full / 4, rel=0.01)
    assert none == 0
    assert beyond == full


def test_a_chime_is_rendered_once_and_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = chimes.chime_file("pump", tmp_path, family="bell", volume=0.8)
    monkeypatch.setattr(chimes, "synthesise", None)
    second = chimes.chime_file("pump", tmp_path, family="bell", volume=0.8)
    assert first == second
    assert len(list(tmp_path.iterdir())) == 1
    assert first.length == timedelta(seconds=len(samples_of(first.path)[0]) / 22_050)


@pytest.mark.parametrize("damage", [b"", b"\0" * 40_000, b"RIFF"])
def test_a_damaged_chime_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    made = chimes.chime_file("rest", tmp_path)
    whole = made.path.read_bytes()
    made.path.write_bytes(damage)
    assert chimes.chime_file("rest", tmp_path).path.read_bytes() == whole


@pytest.mark.parametrize("name", ["../../escape", "pump/../../x", "", "nothing"])
def test_only_names_of_chimes_make_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyError):
        chimes.chime_file(name, tmp_path / "in")
    assert list(tmp_path.iterdir()) == []


def test_chimes_at_volumes_no_longer_used_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chimes, "_LIMIT", 200_000)
    made = [chimes.chime_file("rest", tmp_path, volume=volume / 10) for volume in range(10)]
    left = list(tmp_path.iterdir())
    assert made[-1].path in left
    assert sum(path.stat().st_size for path in left) <= 200_000


SEMITONES = (0, 2, 4, 7, 9, 12)  # of a tune's degrees, over the first note of the scale


def pitches(family: str, samples: array[int], rate: int, at: float, lasts: float) -> dict[int, float]:
    """How strong each semitone over the family's first note is, from a moment on."""
    part = samples[int(at * rate) : int((at + lasts) * rate)]
    base = chimes.FAMILIES[family].base
    return {semitone: strength(part, rate, base * 2 ** (semitone / 12)) for semitone in range(-3, 16)}


@each_row("family", chimes.FAMILIES)
@each_row("name", ["prepare", "express", "end"])
def test_each_note_of_a_chime_comes_at_its_moment_in_its_pitch(family: str, name: str) -> None:
    samples, rate = heard(name, family)
    notes = chimes._TUNES[name].notes
    for note, following in pairwise((*notes, None)):
        assert note is not None
        lasts = 0.15 if following is None else max(following.at - note.at, 0.15)
        found = pitches(family, samples, rate, note.at, lasts)
        wanted = SEMITONES[note.degree]
        others = [value for semitone, value in found.items() if abs(semitone - wanted) in {1, 3}]
        assert found[wanted] > 2 * max(others), (note, found)
        before = pitches(family, samples, rate, note.at - 0.1, 0.1)[wanted] if note.at > 0.1 else 0.0
        assert found[wanted] > before


@pytest.mark.parametrize("family", ["wood", "bell"])  # the two tones of glass swell and fade against each other
def test_a_tone_falls_to_a_thousandth_in_its_time_and_the_sooner_the_higher_it_is(family: str) -> None:
    decay = chimes.FAMILIES[family].partials[0].decay
    for degree, shorter in ((0, 1.0), (5, math.sqrt(0.5))):
        tone = chimes._tone(degree, family)
        assert len(tone) == int(1.2 * 22_050 * decay)
        period = int(22_050 * 0.02)
        early, late = (
            max(map(abs, tone[int(at * decay * shorter * 22_050) :][:period])) for at in (0.2, 0.8)
        )  # fmt: skip
        assert 20 * math.log10(late / early) == pytest.approx(-36, abs=5)  # of 60 dB in all


@pytest.mark.parametrize("family", ["wood", "bell"])
def test_what_rings_along_with_a_note_lies_over_it_as_loud_as_its_weight(family: str) -> None:
    note, *along = chimes.FAMILIES[family].partials
    early, late = 0.05, 0.25
    part = chimes._tone(0, family)[int(early * RATE) : int(late * RATE)]

    def rings(partial: chimes.Partial) -> float:  # the integral of what is left of it between early and late
        return partial.weight * partial.decay * float(1e-3 ** (early / partial.decay) - 1e-3 ** (late / partial.decay))

    def loud(ratio: float) -> float:
        return math.sqrt(strength(part, RATE, chimes.FAMILIES[family].base * ratio))

    for partial in along:
        assert loud(partial.ratio) / loud(note.ratio) == pytest.approx(rings(partial) / rings(note), rel=0.1)


@pytest.mark.parametrize(("name", "fades"), [("tick", 0.05), ("rest", 0.15)])
def test_a_chime_is_its_notes_as_they_ring_but_for_a_short_end(
    name: str, fades: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chimes, "_evened", list)
    shaped = chimes._shaped.__wrapped__(name, "wood")
    ringing = [0.0] * len(shaped)
    for note in chimes._TUNES[name].notes:
        start = int(note.at * RATE)
        for at, value in enumerate(chimes._tone(note.degree, "wood")[: len(shaped) - start], start):
            ringing[at] += note.weight * value
    end = len(shaped) - int(fades * RATE)
    factor = sum(map(mul, shaped[:end], ringing)) / sum(value * value for value in ringing[:end])
    assert factor > 0
    assert max(abs(made - factor * value) for made, value in zip(shaped[:end], ringing, strict=False)) < 0.5
    middle = end + (len(shaped) - end) // 2
    late = range(middle - 40, middle + 40)
    left = sum(shaped[at] * ringing[at] for at in late) / sum(ringing[at] ** 2 for at in late)
    assert left == pytest.approx(factor / 2, rel=0.05)


def test_a_tick_is_as_it_is_made_and_longer_chimes_are_evened_to_one_loudness() -> None:
    tick, rate = heard("tick")
    assert len(tick) / rate == pytest.approx(0.1, abs=0.001)
    assert highest(tick) == pytest.approx(chimes.TOP * 32_767, abs=2)
    for name in ("prepare", "end"):
        samples, rate = heard(name)
        assert loudest_400_ms(samples, rate) / 32_767 == pytest.approx(LOUDNESS, rel=0.05)
        assert highest(samples) == pytest.approx(chimes.TOP * 32_767, abs=2)


def test_another_family_volume_or_name_is_another_file_and_all_lie_in_the_folder(tmp_path: Path) -> None:
    made = [
        chimes.chime_file("tick", tmp_path),
        chimes.chime_file("tick", tmp_path, family="bell"),
        chimes.chime_file("tick", tmp_path, volume=0.5),
        chimes.chime_file("rest", tmp_path),
    ]
    assert len({clip.path for clip in made}) == 4
    assert {clip.path.parent for clip in made} == {tmp_path}
    assert chimes.chime_file("tick", tmp_path, family=chimes.DEFAULT, volume=1.0) == made[0]
    assert made[0].path.read_bytes() == chimes.synthesise("tick")
    assert made[2].path.read_bytes() == chimes.synthesise("tick", volume=0.5)
    with pytest.raises(KeyError):
        chimes.chime_file("tick", tmp_path / "in", family="tin")


def test_an_end_is_drawn_to_nothing_along_a_half_cosine() -> None:
    samples = [2.0] * 6
    chimes._die_away(samples, 4)
    slope = [1 - math.cos(math.pi * left / 4) for left in (3, 2, 1, 0)]
    assert samples == pytest.approx([2, 2, *slope])


@pytest.mark.parametrize("falls", [3, 6])
def test_what_falls_slowly_and_what_falls_fast_are_evened_to_the_same_loudness(falls: float) -> None:
    seconds = [index / RATE for index in range(RATE)]
    tone = [math.exp(-falls * at) * math.sin(2 * math.pi * 440 * at) for at in seconds]
    evened = chimes._evened(tone)
    factor = chimes.TOP * 32_767 / max(map(abs, evened))
    loudest = loudest_400_ms(array("h", [round(factor * value) for value in evened]), RATE)
    assert len(evened) == len(tone)
    gains = [after / before for before, after in zip(tone, evened, strict=True) if before]
    upwards = 1 if gains[-1] > gains[0] else -1
    assert all(upwards * (later - earlier) > -1e-9 for earlier, later in pairwise(gains)), "without a step"
    assert loudest / 32_767 == pytest.approx(LOUDNESS, rel=0.03)


def test_a_chime_just_made_stays_however_little_may_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chimes, "_LIMIT", 0)
    assert chimes.chime_file("tick", tmp_path).path.exists()
