"""The sound beneath a session: its level, its sources, and devices that come and go."""

from __future__ import annotations

import contextlib
import random
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guide.compat import override
from guide.sound import sources
from guide.sound.background import (
    BLOCKS,
    BREATH,
    CHANNELS,
    EARLY,
    GONE_AFTER,
    RAMP,
    RATE,
    BackgroundPlayer,
    Callback,
    LoudnessOverTime,
    _close,
    device,
)
from guide.sound.bed import DUCKED, Noise
from guide.sound.pcm import SoundError, gain, wav_bytes
from guide.sound.sources import made, of_files, tracks
from tables import each_row

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
    assert told == ["The speaker for the background sound has gone. Everything else goes on."]
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
    assert heard(of_files(tmp_path, shuffled=True, dice=random.Random(3)), 80)[::10] == played
    assert sorted(heard(of_files(tmp_path, shuffled=True), 80)[::10]) == sorted(played)


@pytest.mark.parametrize("bad", [b"", b"RIFF", b"\x00" * 400, b"ID3 but no more"])
def test_a_file_that_is_no_sound_is_passed_over(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "a.mp3").write_bytes(bad)
    tone(tmp_path / "b.wav", 100, 3_277)
    assert heard(of_files(tmp_path), 100) == [100] * 100


def test_nothing_to_play_is_said_with_the_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(
        SoundError, match=r"^There is no MP3, FLAC, OGG or WAV file in empty\. Everything else goes on\.$"
    ):
        next(of_files(tmp_path / "empty"))
    with pytest.raises(SoundError, match=r"gone is not there now"):
        next(of_files(tmp_path / "gone"))
    (tmp_path / "empty" / "a.mp3").write_bytes(b"nothing")
    (tmp_path / "empty" / "b.mp3").write_bytes(b"nothing")
    for begin_at in (None, ("b.mp3", 0)):
        with pytest.raises(SoundError, match=r"^None of the files in empty can be played here\.$"):
            next(of_files(tmp_path / "empty", begin_at=begin_at))


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
    assert told == ["gone is not there now. Everything else goes on."]


def test_a_made_sound_has_two_different_ears() -> None:
    block = next(made(Noise.RAIN))
    assert block.shape[1] == 2
    assert not np.array_equal(block[:, 0], block[:, 1])


@each_row(
    ("now", "level"),
    [
        (9.0, 1.0),
        (9.7, 1.0),
        (9.8, (1 + DUCKED) / 2),
        (9.9, DUCKED),
        (13.1, DUCKED),
        (13.2, (1 + DUCKED) / 2),
        (13.3, 1.0),
    ],
)
def test_it_goes_down_and_up_again_along_a_ramp_of_a_fifth_of_a_second(now: float, level: float) -> None:
    way = LoudnessOverTime(1.0, after=1.0).giving_way(9.7, 13.3, 0)
    assert way.at(now) == pytest.approx(level)


@each_row(
    ("now", "share"), [(0.0, 0.2), (1.0, 0.2), (2.0, 0.35), (3.0, 0.5), (5.0, 0.8), (9.0, 0.8)]
)  # fmt: skip
def test_a_move_goes_evenly_from_one_share_to_another_between_two_times(now: float, share: float) -> None:
    moving = LoudnessOverTime(0.5, begins=1, ends=5, before=0.2, after=0.8)
    assert moving.at(now) == pytest.approx(0.25 * share)


def test_of_two_that_speak_the_lower_level_counts_and_one_that_is_over_is_forgotten() -> None:
    level = LoudnessOverTime(1.0, after=1.0).giving_way(1, 4, 0).giving_way(3.5, 8, 0)
    assert level.at(3.9) == pytest.approx(DUCKED)
    ways = [list(level.giving_way(*more).ways) for more in ((20, 21, 4), (3.6, 9, 0), (3.8, 9, 0))]
    assert ways == [
        [(3.5, 8), (20, 21)],
        [(1, 4), (3.6, 9)],  # it begins alike: it is the same one
        [(1, 4), (3.5, 8), (3.8, 9)],
    ]


class Silent:
    """A device that is there and asks for nothing by itself."""

    def __init__(self) -> None:
        self.closed = 0
        self.callback: Callback | None = None

    def start(self, callback: Callback) -> None:
        self.callback = callback

    def close(self) -> None:
        self.closed += 1
        raise OSError("gone")  # one that has gone may complain of anything


def test_a_device_that_does_not_begin_is_closed_and_told_of_and_looked_for_again(clock: HandClock) -> None:
    class Mute(Speaker):
        @override
        def start(self, callback: Callback) -> None:
            raise RuntimeError("failed to start audio device")

    devices: list[Speaker] = [Mute(), Speaker()]
    opened, told, mended = iter(devices), list[str](), list[str]()
    background = BackgroundPlayer(
        open_device=lambda: next(opened), clock=clock, on_trouble=told.append, on_mended=mended.append
    )
    background.play(loud(10_000), 1.0)
    assert devices[0].closed.wait(PATIENCE)
    clock.now += 10
    assert devices[1].opened.wait(PATIENCE)
    background.close()
    assert told == mended == ["There is no speaker for the background sound. Everything else goes on."]


def test_music_rests_in_a_pause_and_goes_on_from_there(clock: HandClock) -> None:
    speaker, made, ahead = Speaker(), list[int](), threading.Event()

    def make(number: int) -> None:
        made.append(number)
        if number == BLOCKS:
            ahead.set()

    background = BackgroundPlayer(open_device=lambda: speaker, clock=clock)
    background.play(loud(10_000, make), 1.0, rise=0.1)
    assert ahead.wait(PATIENCE)
    clock.now += 1
    background.pause()
    clock.now += BREATH
    for _ in range(10 * BLOCKS):
        assert not speaker.frames(RATE // 10).any()
    assert len(made) <= BLOCKS + 2
    background.carry_on()
    clock.now += BREATH
    assert speaker.frames(RATE // 10).any()
    background.close()


def level_now(background: BackgroundPlayer, clock: HandClock) -> float:
    return background._level.at(clock.now)


def test_a_pause_an_end_and_words_move_the_level_in_their_own_times(clock: HandClock) -> None:
    background = BackgroundPlayer(open_device=Silent, clock=clock)
    background.play(loud(0), 1.0)
    assert level_now(background, clock) == 0
    clock.now += 2
    assert level_now(background, clock) == pytest.approx(0.5)
    clock.now += 2
    background.pause()
    clock.now += BREATH / 2
    assert level_now(background, clock) == pytest.approx(0.5)
    clock.now += BREATH
    assert level_now(background, clock) == 0
    background.carry_on()
    clock.now += BREATH / 4
    assert level_now(background, clock) == pytest.approx(0.25)
    clock.now += BREATH
    background.give_way(2, 3)
    assert background._level.ways == ((clock.now + 2 - EARLY, clock.now + 5 + EARLY),)
    background.give_way(2.1, 3)
    assert background._level.ways == ((clock.now + 2.1 - EARLY, clock.now + 5.1 + EARLY),)
    background.fade_out(10)
    clock.now += 7.5
    assert level_now(background, clock) == pytest.approx(0.25)
    background.carry_on()
    clock.now += BREATH
    background.fade_out(0)  # a tenth of a second at least, so that nothing clicks
    clock.now += 0.05
    assert level_now(background, clock) == pytest.approx(0.5)
    background.close()


def test_a_device_is_looked_for_at_once_however_young_the_clock_is(clock: HandClock) -> None:
    speaker, clock.now = Speaker(), 0.0
    background = BackgroundPlayer(open_device=lambda: speaker, clock=clock)
    background.play(loud(50), 1.0)
    assert speaker.opened.wait(PATIENCE)
    background.close()


def test_it_rises_within_the_time_wished(clock: HandClock) -> None:
    background = BackgroundPlayer(open_device=Silent, clock=clock)
    background.play(loud(0), 0.5, rise=8)
    assert background._thread is not None
    assert background._thread.daemon  # it keeps no program open
    clock.now += 2
    assert level_now(background, clock) == pytest.approx(0.25 / 4)
    background.close()


def test_what_has_ended_gives_the_device_back_when_it_has_faded(clock: HandClock) -> None:
    speaker = Speaker()
    background = BackgroundPlayer(open_device=lambda: speaker, clock=clock)
    background.play(loud(5_000), 1.0)
    assert speaker.opened.wait(PATIENCE)
    background.end(2)
    assert background._over == clock.now + 2
    clock.now += 2
    assert speaker.closed.wait(PATIENCE)
    background.close()
    assert not background.playing


def test_another_sound_begins_anew_after_an_end_and_is_told_for_itself(clock: HandClock) -> None:
    unheard: list[str] = []
    background = BackgroundPlayer(open_device=Silent, clock=clock, on_unheard=unheard.append)
    background.play(loud(5_000), 1.0)
    background.end(0)
    speaker = Speaker()
    background._open = lambda: speaker
    background.play(loud(5_000), 1.0)
    assert speaker.opened.wait(PATIENCE)
    assert background.playing
    background.close()
    assert unheard == []


def test_frames_are_given_as_many_as_are_asked_for_in_order_and_silence_where_none_are_ready(clock: HandClock) -> None:
    blocks: Queue[Samples] = Queue()
    for number in (1, 2):
        blocks.put(np.full((3, CHANNELS), number, np.float32))
    background = BackgroundPlayer(open_device=Silent, clock=clock)
    background._level = LoudnessOverTime(1.0, after=1.0)
    callback = background._callback(blocks)
    assert next(callback) == b""
    given = [
        np.frombuffer(callback.send(count), np.float32).reshape(-1, CHANNELS)[:, 0].tolist() for count in (2, 2, 4)
    ]
    assert given == [[1, 1], [1, 2], [2, 2, 0, 0]]
    blocks.put(np.full((9, CHANNELS), 3, np.float32))
    assert np.frombuffer(callback.send(1), np.float32).tolist() == [3, 3]
    assert background._asked == clock.now


def test_within_a_block_the_level_moves_evenly_from_now_to_its_end(clock: HandClock) -> None:
    blocks: Queue[Samples] = Queue()
    blocks.put(np.ones((RATE, CHANNELS), np.float32))
    background = BackgroundPlayer(open_device=Silent, clock=clock)
    background._level = LoudnessOverTime(1.0).faded(1.0, clock.now, 2.0)
    callback = background._callback(blocks)
    next(callback)
    given = np.frombuffer(callback.send(RATE), np.float32).reshape(-1, CHANNELS)
    assert given[[0, RATE // 2, -1]].tolist() == pytest.approx(np.array([[0.0] * 2, [0.25] * 2, [0.5] * 2]), abs=1e-4)


class Miniaudio(ModuleType):
    """Stands where miniaudio would: a device with a backend, or none at all."""

    class MiniaudioError(Exception):
        pass

    class SampleFormat:
        FLOAT32 = "float"

    def __init__(self, backend: str | None) -> None:
        super().__init__("miniaudio")
        self.backend = backend
        self.asked: dict[str, object] = {}
        self.closed = False

    def PlaybackDevice(self, **asked: object) -> Miniaudio:  # noqa: N802  the package's name
        self.asked = asked
        if self.backend is None:
            raise self.MiniaudioError("no device")
        return self

    def close(self) -> None:
        self.closed = True


NO_SPEAKER = "There is no speaker for the background sound. Everything else goes on."


@pytest.mark.parametrize(("backend", "told"), [("PulseAudio", None), ("Null", NO_SPEAKER), (None, NO_SPEAKER)])
def test_the_computers_device_is_asked_for_stereo_and_one_that_plays_into_nothing_is_none(
    monkeypatch: pytest.MonkeyPatch, backend: str | None, told: str | None
) -> None:
    stand_in = Miniaudio(backend)
    monkeypatch.setitem(sys.modules, "miniaudio", stand_in)
    if told is None:
        assert device() is stand_in
    else:
        with pytest.raises(SoundError) as error:
            device()
        assert str(error.value) == told
    assert stand_in.asked == {
        "output_format": "float",
        "nchannels": 2,
        "sample_rate": 44_100,
        "buffersize_msec": 60,
        "app_name": "Pumping Guide",
    }
    assert stand_in.closed is (backend == "Null")


def test_a_computer_without_the_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(SoundError, match=r"^Background sounds cannot be played on this computer\.$"):
        device()


def test_a_file_is_its_own_list_and_a_folder_has_what_is_sound_and_can_be_seen(tmp_path: Path) -> None:
    for name in ("b.MP3", "a.flac", "x/c.ogg", "x/y/d.wav", "x/.e.wav", ".z/f.wav", "g.txt", "B/h.wav"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.wav").mkdir()
    with contextlib.suppress(OSError):  # where links may be made
        (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    found = [path.relative_to(tmp_path).as_posix() for path in tracks(tmp_path)]
    assert found == ["a.flac", "B/h.wav", "b.MP3", "x/c.ogg", "x/y/d.wav"]
    assert tracks(tmp_path / "g.txt") == [tmp_path / "g.txt"]


@pytest.mark.parametrize("name", ["a\0b", "gone"])
def test_a_place_that_cannot_be_is_not_there_now(tmp_path: Path, name: str) -> None:
    with pytest.raises(SoundError, match=r"^(?s:.)+ is not there now\. Everything else goes on\.$"):
        tracks(tmp_path / name)


def test_a_folder_of_thousands_is_looked_through_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST", 3)
    for number in range(9):
        (tmp_path / f"{number}.wav").write_bytes(b"x")
    assert len(tracks(tmp_path)) == 3


def test_it_is_told_where_it_is_in_the_file_that_plays_also_where_it_began_within_one(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav", RATE // 2, 3_277)
    tone(tmp_path / "b.wav", RATE // 2, 6_554)
    kept: list[tuple[str, int]] = []
    source = of_files(tmp_path, begin_at=("b.wav", RATE // 4), keep=lambda *where: kept.append(where))
    blocks = [next(source) for _block in range(5)]
    fifth = RATE // 5
    assert kept == [
        ("b.wav", RATE // 4),
        ("b.wav", RATE // 4 + fifth),
        ("a.wav", 0),
        ("a.wav", fifth),
        ("a.wav", 2 * fifth),
    ]
    assert [len(block) for block in blocks] == [fifth, RATE // 4 - fifth, fifth, fifth, RATE // 2 - 2 * fifth]
    assert {block.shape[1] for block in blocks} == {CHANNELS}


def test_a_place_from_which_nothing_plays_any_more_is_told_after_a_turn(tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav", 100, 3_277)
    source = of_files(tmp_path)
    next(source)
    path.write_bytes(b"no sound any more")
    with pytest.raises(SoundError, match=r"^None of the files in .* can be played here\.$"):
        next(source)


def test_begun_in_a_later_file_that_is_broken_the_earlier_ones_are_tried(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav", 100, 3_277)
    (tmp_path / "b.mp3").write_bytes(b"nothing")
    assert heard(of_files(tmp_path, begin_at=("b.mp3", 5)), 50) == [100] * 50


def test_at_another_rate_and_in_mono_it_is_decoded_so(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav", RATE, 3_277)
    kept: list[int] = []
    source = of_files(tmp_path, rate=22_050, channels=1, keep=lambda _name, frame: kept.append(frame))
    assert {next(source).shape for _block in range(5)} == {(4_410, 1)}
    next(source)
    assert kept[-2:] == [4 * 4_410, 0]  # a second has as many frames as the rate


def test_a_device_that_is_there_is_not_opened_once_more(clock: HandClock) -> None:
    opened: list[Silent] = []

    def opening() -> Silent:
        opened.append(Silent())
        return opened[-1]

    background = BackgroundPlayer(open_device=opening, clock=clock)
    background.play(loud(5_000), 1.0)
    for _time in range(4):
        for _block in range(BLOCKS + 2):  # so that it has looked at the clock since
            background._blocks.get(timeout=PATIENCE)
        clock.now += 1.5
        background._asked = clock.now
    background.close()
    assert len(opened) == 1


def test_what_was_made_ahead_is_played_before_the_device_is_given_back(clock: HandClock) -> None:
    speaker = Speaker()
    background = BackgroundPlayer(open_device=lambda: speaker, clock=clock)
    background.play(loud(3), 1.0)
    assert speaker.opened.wait(PATIENCE)
    assert not speaker.closed.wait(0.03)
    for _block in range(3):
        background._blocks.get(timeout=PATIENCE)
    assert speaker.closed.wait(PATIENCE)
    background.close()


def test_a_second_trouble_is_told_after_the_first_was_mended() -> None:
    told: list[str] = []
    background = BackgroundPlayer(
        open_device=Silent, on_trouble=told.append, on_mended=lambda sentence: told.append(f"mended: {sentence}")
    )
    background._tell("one")
    for _time in range(2):
        assert background._opened(Queue()) is not None
    background._tell("two")
    assert told == ["one", "mended: one", "two"]
    _close(Silent())  # a device may complain of anything as it goes
