"""A plan as one file."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from listening import highest, samples_of

from guide.sound.clip import Clip, measure
from guide.sound.mixdown import mix
from guide.sound.pcm import SoundError, wav_bytes

RATE = 22_050


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def flat(path: Path, *, height: float = 1_000.0, length: float = 0.5, rate: int = RATE) -> Clip:
    path.write_bytes(wav_bytes([height] * int(length * rate), rate=rate))
    return Clip(path, measure(path))


def test_each_clip_lies_at_its_time_to_the_sample(tmp_path: Path) -> None:
    clip = flat(tmp_path / "a.wav")
    mix([(seconds(2.75), clip), (seconds(1), clip)], seconds(5), tmp_path / "plan.wav")
    samples, rate = samples_of(tmp_path / "plan.wav")
    assert (rate, len(samples)) == (RATE, 5 * RATE)
    heard = [at for at, value in enumerate(samples) if value]
    first, second = range(RATE, RATE + RATE // 2), range(int(2.75 * RATE) + 1, int(2.75 * RATE) + 1 + RATE // 2)
    assert set(samples) == {0, 1_000}
    assert len(heard) == len(first) + len(second)
    assert heard[0] == first[0]
    assert abs(heard[-1] - second[-1]) <= 1


def test_clips_at_the_same_time_are_added_and_never_wrap_around(tmp_path: Path) -> None:
    clip, loud = flat(tmp_path / "a.wav"), flat(tmp_path / "b.wav", height=32_000)
    mix([(seconds(0), clip), (seconds(0.25), clip)], seconds(1), tmp_path / "sum.wav")
    mix([(seconds(0), loud), (seconds(0), loud)], seconds(1), tmp_path / "loud.wav")
    assert highest(samples_of(tmp_path / "sum.wav")[0]) == 2_000
    assert max(samples_of(tmp_path / "loud.wav")[0]) == 32_767
    assert min(samples_of(tmp_path / "loud.wav")[0]) == 0


def test_a_clip_at_another_rate_keeps_its_length_and_level(tmp_path: Path) -> None:
    for rate in (8_000, 16_000, 44_100, 48_000):
        mix([(seconds(0), flat(tmp_path / "a.wav", rate=rate))], seconds(1), tmp_path / "plan.wav")
        samples, _ = samples_of(tmp_path / "plan.wav")
        assert sum(value > 900 for value in samples) == pytest.approx(RATE / 2, rel=0.01)
        assert highest(samples) == pytest.approx(1_000, rel=0.01)


def test_a_sound_that_outlasts_the_plan_is_heard_whole(tmp_path: Path) -> None:
    mix([(seconds(0.9), flat(tmp_path / "end.wav"))], seconds(1), tmp_path / "plan.wav")
    assert measure(tmp_path / "plan.wav").total_seconds() == pytest.approx(1.4, abs=0.001)


def test_an_hour_needs_little_memory_and_progress_is_told(tmp_path: Path) -> None:
    clip = flat(tmp_path / "a.wav", length=0.2)
    told: list[tuple[int, int]] = []
    tracemalloc.start()
    mix(
        [(seconds(at), clip) for at in range(0, 3_600, 300)],
        seconds(3_600),
        tmp_path / "plan.wav",
        progress=lambda done, of: told.append((done, of)),
    )
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024 * 1024
    assert told[0] == (1, 3_600)
    assert told[-1] == (3_600, 3_600)
    assert (tmp_path / "plan.wav").stat().st_size == 44 + 3_600 * RATE * 2


def test_only_wav_clips_can_be_mixed_and_nothing_half_written_stays(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(b"\xff\xfb\x90\x00" + bytes(413))
    with pytest.raises(SoundError, match=r"song\.mp3 cannot be mixed in"):
        mix([(seconds(3), Clip(song, seconds(1)))], seconds(5), tmp_path / "plan.wav")
    assert [path.name for path in tmp_path.iterdir()] == ["song.mp3"]


def test_breaking_off_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    def leave(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "plan.wav").write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        mix([], seconds(5), tmp_path / "plan.wav", progress=leave)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_what_no_wav_can_hold_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="too long for one sound file"):
        mix([], timedelta(hours=40), tmp_path / "plan.wav")
