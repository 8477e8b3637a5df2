"""A score written as sound: lengths, places, chapters, a bed that gives way, files that are whole or not there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from guide.along import audio
from guide.along.audio import RATE, Bed, StoppedError, curve, mixed, write
from guide.along.encoders import FileFormat, Tags, kind_of
from guide.along.score import SETTLE, Chapter, Placed, Score, score
from guide.core.layout import SAY_AFTER_CHIME, lay_out
from guide.core.plan import Plan, Say, closing
from guide.core.unattended import Ranges, unattended
from guide.sound import bed
from guide.sound.bed import DUCKED, Noise, noise
from guide.sound.clip import Clip
from guide.sound.pcm import SoundError, wav_bytes
from guide.sound.repertoire import Repertoire
from guide.store.routines.reader import read_file
from plans import fixed, plan_of
from tables import each_row

ROUTINES = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))
TITLE = "Circles, and then “strokes”"


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def tone(path: Path, length: float, height: float = 8_000, hertz: float = 440) -> Clip:
    rate = 22_050
    wave = height * np.sin(2 * np.pi * hertz * np.arange(int(length * rate)) / rate)
    path.write_bytes(wav_bytes(list(wave), rate=rate))
    return Clip(path, seconds(int(length * rate) / rate))


@pytest.fixture
def short(tmp_path: Path) -> Score:
    said, chime = tone(tmp_path / "said.wav", 1.5), tone(tmp_path / "chime.wav", 0.4)
    placed = (Placed(seconds(1), chime, spoken=False), Placed(seconds(3), said, spoken=True))
    chapters = (Chapter(seconds(0), seconds(5), "Circles"), Chapter(seconds(5), seconds(8), "Strokes"))
    return Score(placed, chapters, seconds(8.25))


def rms(samples: NDArray[Any]) -> float:
    return float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))


def whole(score: Score, bed: Bed | None = None) -> NDArray[np.int16]:
    return np.frombuffer(b"".join(mixed(score, bed)), dtype="<i2")


def test_each_clip_lies_at_its_time_and_silence_elsewhere(short: Score) -> None:
    samples = whole(short)
    assert len(samples) == round(8.25 * RATE)
    heard = np.flatnonzero(np.abs(samples) > 200) / RATE
    assert heard.min() == pytest.approx(1, abs=0.01)
    assert heard.max() == pytest.approx(4.5, abs=0.01)
    assert not np.any((heard > 1.42) & (heard < 2.99))


def test_clips_that_meet_are_added_and_never_wrap_around(tmp_path: Path) -> None:
    loud = tone(tmp_path / "a.wav", 1, 30_000)
    twice = Score((Placed(seconds(0), loud, spoken=True), Placed(seconds(0), loud, spoken=True)), (), seconds(1))
    samples = whole(twice)
    assert samples.max() == 32_767
    assert samples.min() == -32_767


@pytest.mark.parametrize("ending", [".mp3", ".flac", ".wav", ".MP3"])
def test_a_file_lasts_as_long_as_its_score_within_0_1_s(short: Score, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"along{ending}"
    write(short, path, Tags(TITLE, "eng", short.chapters))
    assert mutagen.File(path).info.length == pytest.approx(8.25, abs=0.1)


def test_an_mp3_has_a_chapter_a_step_with_its_title_and_times(short: Score, tmp_path: Path) -> None:
    write(short, tmp_path / "a.mp3", Tags(TITLE, "eng", short.chapters, cover=b"\x89PNG"))
    tags = mutagen.File(tmp_path / "a.mp3").tags
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert [(each.start_time, each.end_time, each.sub_frames["TIT2"].text) for each in chapters] == [
        (0, 5_000, ["Circles"]),
        (5_000, 8_000, ["Strokes"]),
    ]
    assert tags["TIT2"].text == [TITLE]
    assert tags.getall("CTOC")[0].child_element_ids == ["step1", "step2"]
    assert tags.getall("APIC")[0].data == b"\x89PNG"


def test_a_flac_has_its_chapters_too(short: Score, tmp_path: Path) -> None:
    write(short, tmp_path / "a.flac", Tags(TITLE, "eng", short.chapters))
    tags = mutagen.File(tmp_path / "a.flac").tags
    assert tags["CHAPTER002"] == ["00:00:05.000"]
    assert tags["CHAPTER002NAME"] == ["Strokes"]


@each_row("name", ["a.ogg", "a", "a.mp3.txt"])
def test_another_ending_is_refused_with_the_endings_there_are(name: str) -> None:
    with pytest.raises(SoundError, match=r"\.mp3, \.flac, \.wav"):
        kind_of(Path(name))


def test_stopped_in_the_middle_leaves_nothing(short: Score, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    told: list[timedelta] = []
    with pytest.raises(StoppedError):
        write(
            short, tmp_path / "out" / "a.mp3", Tags(TITLE, "eng"), progress=told.append, stopped=lambda: len(told) > 2
        )
    assert told == [seconds(1), seconds(2), seconds(3)]
    assert [*(tmp_path / "out").iterdir()] == []


def test_a_clip_that_is_no_sound_is_named_and_the_old_file_stays(short: Score, tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"the old one")
    (tmp_path / "noise.wav").write_bytes(b"\x00nothing")
    bad = Placed(seconds(2), Clip(tmp_path / "noise.wav", seconds(1)), spoken=True)
    with pytest.raises(SoundError, match=r"noise\.wav"):
        write(Score((*short.placed, bad), (), seconds(5)), tmp_path / "a.mp3", Tags(TITLE, "eng"))
    assert (tmp_path / "a.mp3").read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".along*"))


def test_no_room_is_said_before_anything_is_written(
    short: Score, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audio.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 6, 2**20))  # type: ignore[attr-defined]
    with pytest.raises(SoundError, match="1 are free"):
        write(short, tmp_path / "a.mp3", Tags(TITLE, "eng"))
    assert not list(tmp_path.glob("*.mp3"))


@pytest.mark.parametrize("kind", list(Noise))
def test_a_bed_is_even_as_loud_as_said_and_never_the_same_twice(kind: Noise) -> None:
    blocks = noise(kind, RATE, seed=1)
    next(blocks)  # rises under its window
    some = np.concatenate([next(blocks) for _ in range(40)])
    assert rms(some) == pytest.approx(bed.LOUDNESS, rel=0.12)
    assert np.abs(some).max() < 1
    parts = some[: len(some) // 8 * 8].reshape(8, -1)
    assert max(map(rms, parts)) / min(map(rms, parts)) < 1.5
    likeness = np.corrcoef(parts)
    assert np.abs(likeness - np.eye(8)).max() < 0.3


def test_the_bed_gives_way_from_300_ms_before_a_prompt_to_300_ms_after(short: Score) -> None:
    at, heights = curve(short.placed, seconds(60))

    def height(when: float) -> float:
        return float(np.interp(when, at, heights))

    assert height(2.69) == pytest.approx(height(2.0), rel=0.4)  # it still fades in
    assert height(2.95) == pytest.approx(DUCKED * 2.95 / 4, rel=0.05)
    assert height(4.59) == pytest.approx(DUCKED, rel=0.05)
    assert height(4.82) == pytest.approx(1)
    assert height(60) == 0
    assert pytest.approx(10 ** (-12 / 20)) == DUCKED


def test_a_prompt_stands_nine_decibels_above_the_ducked_bed(tmp_path: Path) -> None:
    """At the usual volumes: a prompt at 0.7 of its slider, the bed at half of its own."""
    prompt = tone(tmp_path / "said.wav", 3, 0.144 * 32_767 * 0.49 * 2**0.5)
    with_prompt = Score((Placed(seconds(10), prompt, spoken=True),), (), seconds(60))
    samples = whole(with_prompt, Bed(Noise.BROWN, 1.0))
    spoken = rms(samples[int(10.2 * RATE) : int(12.8 * RATE)])
    ducked = rms(samples[int(13.02 * RATE) : int(13.08 * RATE)])
    assert 20 * np.log10(spoken / ducked) > 9


def test_no_bed_is_silence(short: Score) -> None:
    assert not whole(short, Bed(Noise.RAIN, 0))[: RATE // 2].any()


def plans() -> Iterator[Plan]:
    for path in ROUTINES:
        routine = read_file(path).routine
        assert routine is not None
        yield lay_out(unattended(routine, Ranges.MIDDLE))


@pytest.mark.parametrize("plan", [*plans()], ids=lambda plan: plan.routine.name)
def test_every_built_in_routine_has_a_chapter_a_step_and_every_prompt_where_the_plan_has_it(
    plan: Plan, tmp_path: Path
) -> None:
    said = {text: Clip(tmp_path / f"{number}.wav", seconds(3)) for number, text in enumerate(plan.prompts)}
    chime = Clip(tmp_path / "end.wav", seconds(2))
    written = score(plan, Repertoire(said, {"end": chime}))
    assert written.length == plan.longest
    assert [chapter.title for chapter in written.chapters] == [segment.name for segment in plan.segments]
    assert written.chapters[-1].ends == plan.longest
    begun = {each.at: each.clip for each in written.placed if each.spoken}
    for chapter, segment in zip(written.chapters, plan.segments, strict=True):
        say_at = chapter.begins + min(seconds(2), segment.shortest / 2)
        assert begun.pop(say_at) == said[segment.say]
    planned = {
        (chapter.begins + moment.offset, said[moment.action.text])
        for chapter, segment in zip(written.chapters, plan.segments, strict=True)
        for moment in segment.moments
        if isinstance(moment.action, Say)
    }
    last = begun.pop(max(begun))
    assert last == said[closing(plan)]
    assert begun.items() <= planned


@pytest.mark.parametrize("spoken_until", [2.0, 5.0, 5.9])
@pytest.mark.parametrize("length", [0.5, 3.0, 8.0])
def test_closing_words_end_with_the_plan_and_wait_until_nobody_speaks(
    tmp_path: Path, spoken_until: float, length: float
) -> None:
    plan = plan_of(fixed("6 s", say="Rest."))
    prompt = Clip(tmp_path / "rest.wav", seconds(spoken_until - 2))
    words, chime = Clip(tmp_path / "done.wav", seconds(length)), Clip(tmp_path / "end.wav", seconds(1))
    written = score(plan, Repertoire({"Rest.": prompt, closing(plan): words}, {"end": chime}))
    at = {each.clip: each.at for each in written.placed}
    assert at[words] - at[chime] == SAY_AFTER_CHIME
    assert at[chime] >= seconds(spoken_until) + SETTLE
    assert written.length == max(seconds(6), at[words] + words.length + SETTLE)
    assert written.chapters[-1].ends == written.length
    if at[chime] > seconds(spoken_until) + SETTLE:
        assert written.length == plan.longest


def test_a_size_is_told_before_it_is_made(short: Score, tmp_path: Path) -> None:
    for kind in (FileFormat.MP3, FileFormat.WAV):
        write(short, tmp_path / f"a{kind.value}", Tags(TITLE, "eng"))
        told = kind.bytes_for(short.length, RATE)
        assert (tmp_path / f"a{kind.value}").stat().st_size == pytest.approx(told, rel=0.05)


def test_a_wav_holds_the_same_samples(short: Score, tmp_path: Path) -> None:
    write(short, tmp_path / "a.wav", Tags(TITLE, "eng"))
    samples, rate = soundfile.read(tmp_path / "a.wav", dtype="int16")
    assert rate == RATE
    assert np.array_equal(samples, whole(short))


def title_of(path: Path) -> str:
    found = mutagen.File(path, easy=True)
    return str(found["title"][0])


@pytest.mark.parametrize("ending", [".mp3", ".flac"])
@pytest.mark.parametrize("title", ["A\0B", "a\udcffb", "x" * 100_000, "🍼\u202e" * 300, "a=b\nc", ""])
def test_a_file_is_written_whole_whatever_its_titles_hold(ending: str, title: str, tmp_path: Path) -> None:
    chapters = (Chapter(seconds(0), seconds(1), title), Chapter(seconds(1), seconds(2), "After"))
    write(Score((), chapters, seconds(2)), tmp_path / f"x{ending}", Tags(title, "eng", chapters))
    assert [path.name for path in tmp_path.iterdir()] == [f"x{ending}"]
    assert title == "" or len(title_of(tmp_path / f"x{ending}")) <= 301


@pytest.mark.parametrize("count", [0, 1, 255, 256, 600])
def test_every_step_is_a_chapter_however_many_there_are(count: int, tmp_path: Path) -> None:
    chapters = tuple(
        Chapter(seconds(number / 500), seconds((number + 1) / 500), f"T{number}") for number in range(count)
    )
    write(Score((), chapters, seconds(2)), tmp_path / "x.mp3", Tags("A", "eng", chapters))
    tags = mutagen.File(tmp_path / "x.mp3").tags
    told: list[str] = []

    def walk(name: str) -> None:
        table = tags[f"CTOC:{name}"]
        assert len(table.child_element_ids) <= 255
        for child in table.child_element_ids:
            walk(child) if f"CTOC:{child}" in tags else told.append(str(tags[f"CHAP:{child}"].sub_frames["TIT2"]))

    walk("toc")
    assert told == [f"T{number}" for number in range(count)]


@pytest.mark.parametrize("ending", [".mp3", ".flac"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_where_the_tags_find_no_room_nothing_is_left_and_the_old_file_stays(
    ending: str, code: int, short: Score, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / f"x{ending}").write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise mutagen.MutagenError(OSError(code, os.strerror(code)))

    monkeypatch.setattr("mutagen.id3.ID3.save", full)
    monkeypatch.setattr("mutagen.flac.FLAC.save", full)
    with pytest.raises(OSError, match=os.strerror(code)):
        write(short, folder / f"x{ending}", Tags(TITLE, "eng", short.chapters))
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(f"x{ending}", b"old")]
