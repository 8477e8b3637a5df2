"""A built-in routine as MP3, spoken by the natural voice: as long as its plan, a chapter a step, prompts in place."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import miniaudio
import mutagen
import numpy as np
import pytest
from numpy.typing import NDArray

from guide.along.audio import RATE
from guide.along.making import Wanted, Workshop, make_audio, plan_of, told_before
from guide.core.unattended import Ranges
from guide.sound.clip import Clip
from guide.sound.repertoire import Wishes, prepare
from guide.sound.voices import natural
from guide.store.routines.reader import read_file

ROUTINES = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))
SOME = {"massage-stroke-shake", "one-breast-knead"}  # a few seconds each; all of them where GUIDE_EVERY_ROUTINE is set
AROUND = 0.25  # seconds either side in which a prompt is looked for

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not natural.there(), reason="the natural voice is not installed")]


def decoded(path: Path) -> NDArray[np.float32]:
    held = miniaudio.decode_file(str(path), output_format=miniaudio.SampleFormat.FLOAT32, nchannels=1, sample_rate=RATE)
    return np.frombuffer(held.samples, dtype=np.float32)


def found(clip: Clip, within: NDArray[np.float32], at: timedelta) -> tuple[float, float]:
    """How far from `at` the clip lies, in seconds, and how alike they are there, up to 1."""
    words = decoded(clip.path)
    begins = round((at.total_seconds() - AROUND) * RATE)
    heard = within[begins : begins + len(words) + round(2 * AROUND * RATE)]
    size = 1 << (len(heard) + len(words)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(words, size)), size)
    best = int(product[: len(heard) - len(words)].argmax())
    there = heard[best : best + len(words)]
    alike = float(np.dot(there, words) / (np.linalg.norm(there) * np.linalg.norm(words) or 1))
    return best / RATE - AROUND, alike


@pytest.mark.parametrize(
    "path",
    [path for path in ROUTINES if path.stem in SOME or os.environ.get("GUIDE_EVERY_ROUTINE")],
    ids=lambda path: path.stem,
)
def test_the_file_is_as_long_as_its_plan_and_says_each_prompt_where_the_plan_has_it(path: Path, tmp_path: Path) -> None:
    routine = read_file(path).routine
    assert routine is not None
    wanted = Wanted(routine, ranges=Ranges.SHORTEST)
    plan = plan_of(wanted)
    workshop = Workshop(Wishes(), tmp_path / "cache")
    assert make_audio(wanted, tmp_path / "along.mp3", workshop) == []

    file = mutagen.File(tmp_path / "along.mp3")
    length, size, chapters = told_before(wanted, ".mp3")
    assert file.info.length == pytest.approx(plan.longest.total_seconds(), abs=0.1)
    assert length == plan.longest
    assert (tmp_path / "along.mp3").stat().st_size == pytest.approx(size, rel=0.05)
    marks = sorted(file.tags.getall("CHAP"), key=lambda one: one.start_time)
    assert len(marks) == chapters == len(plan.segments)
    assert [mark.sub_frames["TIT2"].text[0] for mark in marks] == [segment.name for segment in plan.segments]

    repertoire, problems = prepare(plan, workshop.wishes, cache=workshop.cache, beside=None)
    assert problems == []
    heard = decoded(tmp_path / "along.mp3")
    begins = timedelta(0)
    for mark, segment in zip(marks, plan.segments, strict=True):
        assert mark.start_time == begins // timedelta(milliseconds=1)
        said_at = begins + min(timedelta(seconds=2), segment.shortest / 2)
        off, alike = found(repertoire.prompts[segment.say], heard, said_at)
        assert abs(off) <= 0.1, segment.say
        assert alike > 0.9, segment.say
        begins += segment.shortest
