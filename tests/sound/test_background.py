"""The sound beneath a session: its level, its sources, and devices that come and go."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guide.sound.background import CHANNELS, EARLY, GONE_AFTER, RAMP, RATE, BackgroundPlayer, Callback, LoudnessOverTime
from guide.sound.bed import DUCKED, Noise
from guide.sound.pcm import SoundError, gain, wav_bytes
from guide.sound.sources import made, of_files, tracks

Samples = NDArray[np.float32]
PATIENCE = 10.0  # seconds a thread may take on a busy machine


class HandClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Speaker:
    """A device that is asked for frames by hand."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.closed = threading.Event()
        self.callback: Callback | None = None

    def start(self, callback: Callback) -> None:
        self.callback = callback
        self.opened.set()

    def close(self) -> None:
        self.closed.set()

    def frames(self, count: int) -> Samples:
        assert self.callback is not None
        return np.frombuffer(self.callback.send(count), np.float32).reshape(-1, CHANNELS)


def loud(blocks: int, made: Callable[[int], None] = lambda _: None) -> Callable[[], Iterator[Samples]]:
    def source() -> Iterator[Samples]:
        for number in range(blocks):
            made(number)
            yield np.ones((RATE // 10, CHANNELS), np.float32)

    return source


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_words_bring_it_down_12_db_from_300_ms_before_to_300_ms_after(clock: HandClock) -> None:
    level = LoudnessOverTime(1.0, after=1.0).giving_way(10 - EARLY, 13 + EARLY, 0)
    assert level.at(10 - EARLY) == 1
    assert level.at(10 - EARLY + RAMP) == pytest.approx(DUCKED)
    assert level.at(11) == pytest.approx(DUCKED)
    assert level.at(13 + EARLY - RAMP) == pytest.approx(DUCKED)
    assert level.at(13 + EARLY) == 1


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)), max_size=6), st.floats(0, 130), st.floats(0, 1))
def test_the_level_is_never_above_the_volume_nor_below_the_ducked_one(
    ways: list[tuple[float, float]], now: float, volume: float
) -> None:
    level = LoudnessOverTime(volume, after=1.0)
    for begins, lasts in ways:
        level = level.giving_way(begins, begins + lasts, 0)
    assert gain(volume) * DUCKED - 1e-9 <= level.at(now) <= gain(volume)


def test_words_that_were_expected_and_then_come_are_one_stretch() -> None:
    level = LoudnessOverTime(1.0, after=1.0).giving_way(9.7, 12.3, 5).giving_way(9.75, 15, 10)
    assert level.ways == ((9.75, 15),)


def test_a_pause_fades_from_wherever_it_was() -> None:
    rising = LoudnessOverTime(1.0).faded(1.0, 0, 4)
    assert rising.at(2) == 0.5
    assert rising.faded(0.0, 2, 0.8).at(2.4) == pytest.approx(0.25)
    assert rising.faded(0.0, 2, 0.8).at(9) == 0


def test_it_is_played_with_its_volume_and_its_gentle_beginning(clock: HandClock) -> None:
    speaker, ready = Speaker(), threading.Event()
    background = BackgroundPlayer(open_device=lambda: speaker, clock=clock)
    background.play(loud(50, lambda number: ready.set() if number > 5 else None), volume=1.0)
    assert speaker.opened.wait(PATIENCE)
    assert ready.wait(PATIENCE)
    assert np.abs(speaker.frames(100)).max() == pytest.approx(0, abs=0.001)
    clock.now += 10
    assert speaker.frames(100).min() == pytest.approx(1, abs=0.001)
    background.set_volume(0.5)
    assert speaker.frames(100).max() == pytest.approx(0.25)
    background.give_way(0, 3)
    clock.now += 1
    assert speaker.frames(100).max() == pytest.approx(0.25 * DUCKED)
    background.close()
    assert speaker.closed.is_set()
    assert not background.playing


def test_a_source_that_ends_leaves_silence_and_no_thread(clock: HandClock) -> None:
    speaker = Speaker()
    background = BackgroundPlayer(open_device=lambda: speaker, clock=clock)
    background.play(loud(1), volume=1.0)
    assert speaker.opened.wait(PATIENCE)
    clock.now += 1
    speaker.frames(RATE)
    assert speaker.closed.wait(PATIENCE)
    assert not speaker.frames(10).any()
    background.close()


def test_no_device_is_told_once_and_of_each_source_and_is_looked_for_again(clock: HandClock) -> None:
    told: list[str] = []
    looks = threading.Semaphore(0)

    def none() -> Any:
        looks.release()
        clock.now += 5  # the next look is due at once
        raise SoundError("There is no speaker.")

    unheard: list[str] = []
    background = BackgroundPlayer(open_device=none, clock=clock, on_trouble=told.append, on_unheard=unheard.append)
    for asked in (1, 2):
        background.play(loud(500), volume=1.0)
        for _ in range(3):
            assert looks.acquire(timeout=PATIENCE)
        background.close()
        while looks.acquire(blocking=False):
            pass
        assert (told, unheard) == (["There is no speaker."], ["There is no speaker."] * asked)


def test_a_device_that_asks_no_more_is_told_once_closed_and_opened_again(clock: HandClock) -> None:
    told: list[str] = []
    over: list[str] = []
    speakers: list[Speaker] = []
    opened = threading.Semaphore(0)

    def another() -> Speaker:
        speakers.append(Speaker())
        opened.release()
        return speakers[-1]

    background = BackgroundPlayer(open_device=another, clock=clock, on_trouble=told.append, on_mended=over.append)
    background.play(loud(5_000), volume=1.0)
    assert opened.acquire(timeout=PATIENCE)
    assert speakers[0].opened.wait(PATIENCE)
    clock.now += GONE_AFTER + 2
    assert opened.acquire(timeout=PATIENCE)
    assert speakers[0].closed.is_set()
    assert speakers[1].opened.wait(PATIENCE)
    background.close()
    assert len(told) == 1
    assert over == told
    background.close()


def tone(path: Path, frames: int, height: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(wav_bytes([height] * frames, rate=RATE))
    return path


def heard(source: Iterator[Samples], frames: int) -> list[int]:
    found: list[Samples] = []
    while sum(map(len, found)) < frames:
        found.append(next(source))
    return [round(float(value) * 1000) for value in np.concatenate(found)[:frames, 0]]


def test_files_follow_one_another_without_a_gap_in_the_order_one_reads_them(tmp_path: Path) -> None:
    for name, height in (("b.wav", 6_554), ("a.wav", 3_277), ("C/1.wav", 9_830)):
        tone(tmp_path / name, 1_000, height)
    (tmp_path / "notes.txt").write_text("no sound")
    (tmp_path / ".hidden.wav").write_bytes(b"")
    assert [path.name for path in tracks(tmp_path)] == ["a.wav", "b.wav", "1.wav"]
    assert heard(of_files(tmp_path), 4_000) == [100] * 1000 + [200] * 1000 + [300] * 1000 + [100] * 1000


def test_it_goes_on_where_it_was(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav", 1_000, 3_277)
    tone(tmp_path / "b.wav", 1_000, 6_554)
    assert heard(of_files(tmp_path, begin_at=("b.wav", 600)), 500) == [200] * 400 + [100] * 100
    assert heard(of_files(tmp_path, begin_at=("gone.wav", 600)), 10) == [100] * 10


def test_where_it_is_is_told_as_it_goes(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav", RATE, 3_277)
    kept: list[tuple[str, int]] = []
    heard(of_files(tmp_path, keep=lambda *where: kept.append(where)), RATE // 2)
    assert kept[:2] == [("a.wav", 0), ("a.wav", RATE // 5)]


def test_shuffled_is_another_order_of_the_same_files(tmp_path: Path) -> None:
    for number in range(8):
        tone(tmp_path / f"{number}.wav", 10, 3_277 * (number + 1))
    dice = random.Random(3)  # an order of songs
    played = heard(of_files(tmp_path, shuffled=True, dice=dice), 80)[::10]
    assert sorted(played) == [100 * number for number in range(1, 9)]
    assert played != sorted(played)


@pytest.mark.parametrize("bad", [b"", b"RIFF", b"\x00" * 400, b"ID3 but no more"])
def test_a_file_that_is_no_sound_is_passed_over(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "a.mp3").write_bytes(bad)
    tone(tmp_path / "b.wav", 100, 3_277)
    assert heard(of_files(tmp_path), 100) == [100] * 100


def test_nothing_to_play_is_said_with_the_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SoundError, match=r"in empty"):
        next(of_files(tmp_path / "empty"))
    with pytest.raises(SoundError, match=r"gone is not there now"):
        next(of_files(tmp_path / "gone"))
    (tmp_path / "empty" / "a.mp3").write_bytes(b"nothing")
    with pytest.raises(SoundError, match=r"None of the files in empty"):
        next(of_files(tmp_path / "empty"))


def test_a_source_that_cannot_play_is_told_and_the_session_is_not_disturbed(tmp_path: Path, clock: HandClock) -> None:
    said = threading.Event()
    told: list[str] = []

    def trouble(sentence: str) -> None:
        told.append(sentence)
        said.set()

    background = BackgroundPlayer(open_device=Speaker, clock=clock, on_trouble=trouble)
    background.play(lambda: of_files(tmp_path / "gone"), 1.0)
    assert said.wait(PATIENCE)
    background.close()
    assert told == ["gone is not there now. The session goes on without it."]


def test_a_made_sound_has_two_different_ears() -> None:
    block = next(made(Noise.RAIN))
    assert block.shape[1] == 2
    assert not np.array_equal(block[:, 0], block[:, 1])
