"""The player, over a playsound3 that only remembers."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from listening import samples_of

from guide.scratch import scratch_folder
from guide.sound.clip import Clip
from guide.sound.pcm import wav_bytes
from guide.sound.player import SILENCE, Playsound3Player, SilentPlayer
from guide.sound.trouble import Trouble

SENTENCES = {trouble: trouble.sentence("linux") for trouble in Trouble}


class Sound:
    """A sound that plays until the test says that it is over."""

    def __init__(self, path: object, backend: str | None) -> None:
        self.path = path
        self.backend = backend
        self.thread = threading.current_thread().name
        self.stops = 0
        self.code: int | None = None
        self.subprocess: object = self

    @property
    def returncode(self) -> int | None:
        return self.code

    def is_alive(self) -> bool:
        return self.code is None

    def stop(self) -> None:
        self.stops += 1
        self.code = 0


class Child:
    """A sound's child process, where it has one."""

    returncode: int | None = None

    def kill(self) -> None:
        self.returncode = -9


class Module:
    """Stands where playsound3 would."""

    def __init__(self, *backends: str) -> None:
        self.AVAILABLE_BACKENDS = list(backends)
        self.sounds: list[Sound] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def playsound(self, sound: object, *, block: bool, backend: str | None) -> Sound:
        assert not block
        self.meanwhile()
        self.sounds.append(Sound(sound, backend))
        return self.sounds[-1]


class Desk:
    """A player with everything around it in the test's hands, the turns of its thread too."""

    def __init__(
        self,
        folder: Path,
        *backends: str,
        programs: tuple[str, ...] = ("aplay",),
        platform: str = "linux",
        otherwise: Callable[[], Any] = lambda: None,
    ) -> None:
        self.folder = folder
        self.module = Module(*backends)
        self.now = 0.0
        self.troubles: list[str] = []
        self.heard = 0
        self.unheard: list[str] = []
        self.started: list[tuple[Clip, float]] = []
        self.loads = 0
        self.player = Playsound3Player(
            otherwise=otherwise,
            on_trouble=self.troubles.append,
            on_heard=self._hear,
            on_unheard=self.unheard.append,
            started=lambda clip, at: self.started.append((clip, at)),
            clock=lambda: self.now,
            load=self._load,
            which=lambda name: name if name in programs else None,
            platform=platform,
            threaded=False,
        )

    def _hear(self) -> None:
        self.heard += 1

    def _load(self) -> Module:
        self.loads += 1
        return self.module

    @property
    def sounds(self) -> list[Sound]:
        return self.module.sounds

    def clip(self, name: str = "a.wav", seconds: float = 1) -> Clip:
        path = self.folder / name
        path.write_bytes(wav_bytes([0.0]))
        return Clip(path, timedelta(seconds=seconds))

    def play(self, clip: Clip) -> None:
        self.player.play(clip)
        self.player.step()

    def over(self, *, after: float = 1, code: int = 0) -> None:
        """Let the last sound end by itself, and be noticed."""
        self.now += after
        self.sounds[-1].code = code
        self.player.step()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, "gstreamer", "ffplay", "alsa")
    yield made
    made.player.close()


def test_each_clip_that_is_not_heard_is_told_of_and_trouble_once(desk: Desk) -> None:
    for _ in range(2):
        desk.play(desk.clip())
        desk.over(after=0.1, code=1)
    assert (len(desk.unheard), len(desk.troubles), {*desk.unheard}) == (2, 1, {*desk.troubles})
    desk.player.prime()
    desk.player.step()
    desk.over(after=0.1, code=1)
    desk.play(desk.clip())
    desk.player.stop()
    desk.over(after=0.1, code=1)
    assert len(desk.unheard) == 2


def test_that_it_is_heard_is_said_once_and_again_after_trouble(desk: Desk) -> None:
    said = []
    for code in (0, 0, 1, 1, 0, 0):
        desk.play(desk.clip())
        desk.over(code=code)
        said.append(desk.heard)
    assert said == [1, 1, 1, 1, 2, 2]


def test_play_only_asks_and_the_players_own_turn_begins(desk: Desk) -> None:
    clip = desk.clip()
    desk.player.play(clip)
    assert (desk.loads, desk.sounds, desk.started) == (0, [], [])
    desk.now = 7.0
    desk.player.step()
    assert [sound.path for sound in desk.sounds] == [clip.path]
    assert desk.started == [(clip, 7.0)]


def test_playsound3_is_loaded_once_and_not_before_the_first_sound(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.play(desk.clip())
    assert desk.loads == 1


@pytest.mark.parametrize(
    ("platform", "available", "programs", "suffix", "chosen"),
    [
        ("linux", ("gstreamer", "ffplay", "alsa"), ("aplay",), ".wav", "alsa"),
        ("linux", ("gstreamer", "ffplay"), ("aplay",), ".wav", "alsa"),  # aplay without mpg123
        ("linux", ("gstreamer", "ffplay"), (), ".wav", "gstreamer"),
        ("linux", ("ffplay",), (), ".wav", "ffplay"),
        ("linux", ("gstreamer", "alsa"), ("aplay",), ".mp3", "alsa"),
        ("linux", ("gstreamer",), ("aplay",), ".mp3", "gstreamer"),
        ("linux", ("alsa", "gstreamer"), ("aplay",), ".flac", "gstreamer"),
        ("darwin", ("ffplay", "appkit", "afplay"), (), ".wav", "afplay"),
        ("win32", ("wmplayer", "winmm"), (), ".wav", "winmm"),
        ("freebsd14", ("gstreamer",), (), ".wav", "gstreamer"),
    ],
)
def test_what_plays_soonest_is_chosen(
    tmp_path: Path, platform: str, available: tuple[str, ...], programs: tuple[str, ...], suffix: str, chosen: str
) -> None:
    desk = Desk(tmp_path, *available, programs=programs, platform=platform)
    desk.play(desk.clip(f"a{suffix}"))
    assert [sound.backend for sound in desk.sounds] == [chosen]
    assert desk.player.backend == chosen


@pytest.mark.parametrize("name", ["a" * 5_000, "nul\0inside.wav", "\udcff" * 200])
def test_a_name_that_no_file_can_have_is_told_as_one_that_is_not_there(desk: Desk, name: str) -> None:
    desk.play(Clip(Path(name), timedelta(seconds=1)))
    assert desk.sounds == []
    assert desk.troubles == [SENTENCES[Trouble.FILE]]


def test_an_address_is_never_handed_on(desk: Desk) -> None:
    for address in ("http://127.0.0.1/a.wav", "https://127.0.0.1/a.wav", "file:///a.wav"):
        desk.play(Clip(Path(address), timedelta(seconds=1)))
    assert desk.sounds == []
    assert desk.troubles == [SENTENCES[Trouble.FILE]]


def test_a_path_is_handed_on_whole_so_that_none_looks_like_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, "alsa")
    desk.clip("-f.wav")
    monkeypatch.chdir(tmp_path)
    desk.play(Clip(Path("-f.wav"), timedelta(seconds=1)))
    assert [sound.path for sound in desk.sounds] == [tmp_path / "-f.wav"]


def test_stop_silences_what_plays_and_what_waits(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.player.play(desk.clip())
    desk.player.stop()
    desk.player.step()
    desk.player.step()
    assert [sound.stops for sound in desk.sounds] == [1]
    assert len(desk.started) == 1
    assert desk.troubles == []


def test_what_waits_is_silenced_by_each_stop_anew(desk: Desk) -> None:
    for _ in range(3):
        desk.player.play(desk.clip())
        desk.player.stop()
        desk.player.step()
    assert desk.sounds == []


def test_a_child_process_that_cannot_be_ended_stops_nothing_else(desk: Desk) -> None:
    def kill() -> None:
        raise ProcessLookupError

    desk.play(desk.clip())
    desk.sounds[0].subprocess = SimpleNamespace(kill=kill, returncode=None)
    desk.play(desk.clip())
    desk.player.stop()
    assert [sound.stops for sound in desk.sounds] == [0, 1]


def test_after_a_stop_the_next_sound_plays(desk: Desk) -> None:
    desk.player.stop()
    desk.play(desk.clip())
    assert [sound.stops for sound in desk.sounds] == [0]


def test_a_sound_stopped_while_it_is_being_started_is_silenced(desk: Desk) -> None:
    desk.module.meanwhile = desk.player.stop
    desk.play(desk.clip())
    assert [sound.stops for sound in desk.sounds] == [1]


def test_a_child_process_is_ended_at_once_and_not_asked_to(desk: Desk) -> None:
    desk.play(desk.clip())
    child = Child()
    desk.sounds[0].subprocess = child
    desk.player.stop()
    assert child.returncode == -9
    assert desk.sounds[0].stops == 0


def test_two_sounds_may_be_heard_at_once(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.play(desk.clip("tick.wav", 0.1))
    assert [sound.is_alive() for sound in desk.sounds] == [True, True]


def test_a_missing_device_is_told_once_and_every_sound_is_still_tried(desk: Desk) -> None:
    for _ in range(3):
        desk.play(desk.clip())
        desk.over(after=0.05, code=1)
    assert len(desk.sounds) == 3
    assert desk.troubles == [SENTENCES[Trouble.NO_DEVICE]]
    assert desk.player.trouble == SENTENCES[Trouble.NO_DEVICE]


def test_a_sound_that_is_over_at_once_was_not_heard(desk: Desk) -> None:
    desk.play(desk.clip(seconds=2))
    desk.over(after=0.5)
    assert desk.troubles == [SENTENCES[Trouble.NO_DEVICE]]


def test_a_device_that_is_stuck_is_told_and_its_sound_ended(desk: Desk) -> None:
    desk.play(desk.clip(seconds=2))
    desk.now = 5.0
    desk.player.step()
    assert desk.troubles == []
    desk.now = 5.1
    for _ in range(2):
        desk.player.step()
        assert desk.troubles == [SENTENCES[Trouble.STUCK]]
        assert desk.player.trouble == SENTENCES[Trouble.STUCK]
        assert desk.sounds[0].stops == 1


@pytest.mark.parametrize(
    ("name", "after", "heard"), [("a.wav", 1.59, False), ("a.wav", 1.6, True), ("a.wav", 2, True), ("a.mp3", 0.1, True)]
)
@pytest.mark.parametrize("began", [0, 100])
@pytest.mark.parametrize("tells", [True, False], ids=["a child process", "no exit code"])
def test_a_wave_that_is_over_much_too_soon_was_not_heard_whatever_plays_it(
    desk: Desk, name: str, after: float, heard: bool, began: float, tells: bool
) -> None:
    desk.now = began
    assert desk.player.trouble is None
    desk.play(desk.clip(name, seconds=2))
    if not tells:
        desk.sounds[0].subprocess = None
    desk.over(after=after)
    assert desk.troubles == ([] if heard else [SENTENCES[Trouble.NO_DEVICE]])


def test_every_sound_is_looked_at_whichever_is_still_playing_or_cannot_be_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays, raises, over = desk.clip("a.wav", 9), desk.clip("b.mp3", 9), desk.clip("c.wav", 9)
    for clip in (plays, raises, over):
        desk.player.play(clip)
        desk.player.step()
    monkeypatch.setattr(desk.sounds[1], "is_alive", lambda: 1 / 0)  # a way of playing may raise anything
    desk.sounds[2].code = 1
    desk.player.step()
    assert desk.troubles == [SENTENCES[Trouble.NO_DEVICE]]
    assert [one.sound for one in desk.player._playing] == [desk.sounds[0]]


def test_the_players_thread_goes_on_while_nothing_is_ordered_and_ends_with_the_last_order(desk: Desk) -> None:
    desk.player.play(desk.clip("a.wav", 9))
    assert [desk.player.step() for _ in range(3)] == [True, True, True]
    desk.player.close()
    assert not desk.player.step()


class Otherwise:
    """Stands where miniaudio would; what is played with it is over when the test says so."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.over: list[Callable[[bool], None]] = []

    def play(self, clip: Clip, done: Callable[[bool], None]) -> None:
        self.told.append(clip.path.name)
        self.over.append(done)

    def stop(self) -> None:
        self.told.append("stop")

    def close(self) -> None:
        self.told.append("close")


def test_where_playsound3_finds_nothing_miniaudio_plays_and_tells_what_it_could_not(tmp_path: Path) -> None:
    made = [other := Otherwise()]
    desk = Desk(tmp_path, programs=(), otherwise=made.pop)  # once
    primed: list[Trouble | None] = []
    a, b = desk.clip("a.wav"), desk.clip("b.wav")
    desk.player.prime(primed.append)
    for desk.now, clip in ((1.0, a), (2.0, b)):
        desk.player.play(clip)
    for desk.now in (3.0, 4.0, 5.0):
        desk.player.step()
    assert (other.told, desk.player.backend) == (["silence.wav", "a.wav", "b.wav"], "miniaudio")
    assert (desk.started, desk.heard, primed) == ([], 0, [])
    for done, played in zip(other.over, (True, True, False), strict=True):
        done(played)
    assert (desk.started, desk.heard, primed) == ([(a, 4.0)], 1, [None])
    assert desk.troubles == [desk.player.trouble] == [SENTENCES[Trouble.NO_DEVICE]]
    desk.player.prime(primed.append)
    desk.player.step()
    other.over[-1](False)
    assert primed == [None, Trouble.NO_DEVICE]
    desk.player.stop()
    desk.player.close()
    assert other.told[-3:] == ["stop", "stop", "close"]


def test_a_sound_stopped_while_the_way_to_play_it_is_looked_for_is_not_played_by_miniaudio(tmp_path: Path) -> None:
    other = Otherwise()
    desk = Desk(tmp_path, programs=(), otherwise=lambda: other)
    desk.play(desk.clip("a.wav"))

    def which(_name: str) -> None:
        desk.player.stop()

    desk.player._which = which
    desk.play(desk.clip("b.wav"))
    desk.player.close()
    assert other.told[:2] == ["a.wav", "stop"]
    assert "b.wav" not in other.told


def test_a_device_that_comes_back_ends_the_trouble(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.over(after=0.05, code=1)
    desk.play(desk.clip())
    desk.over(after=1)
    assert desk.player.trouble is None


def test_a_sound_that_was_stopped_shows_nothing_of_the_device(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.over(after=0.05, code=1)
    desk.play(desk.clip())
    desk.player.stop()
    desk.player.step()
    assert desk.player.trouble == SENTENCES[Trouble.NO_DEVICE]


def test_without_any_way_to_play_the_package_to_install_is_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path, programs=())
    desk.play(desk.clip())
    desk.play(desk.clip())
    assert len(desk.troubles) == 1
    assert "alsa-utils" in desk.troubles[0]


def test_playsound3_is_what_plays_and_warns_in_no_words_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, "ffplay")
    monkeypatch.setitem(sys.modules, "playsound3", desk.module)
    monkeypatch.setattr(logging.getLogger("playsound3"), "level", logging.NOTSET)
    player = Playsound3Player(threaded=False, platform="elsewhere")
    player.play(desk.clip())
    player.step()
    assert len(desk.sounds) == 1
    assert logging.getLogger("playsound3").level == logging.ERROR


def test_a_playsound3_that_cannot_be_loaded_is_told_and_not_raised(tmp_path: Path) -> None:
    def load() -> object:
        raise RuntimeError("gst-play-1.0 fell over")

    troubles: list[str] = []
    player = Playsound3Player(
        on_trouble=troubles.append, load=load, otherwise=lambda: None, platform="win32", threaded=False
    )
    player.play(Desk(tmp_path).clip())
    player.step()
    assert troubles == ["Nothing here can play sound. The words on the screen go on."]


def test_a_way_of_playing_that_raises_never_stops_the_others(desk: Desk) -> None:
    def fall() -> None:
        raise RuntimeError("MCI error code: 263")

    before = desk.module.meanwhile
    desk.module.meanwhile = fall
    desk.play(desk.clip())
    desk.module.meanwhile = before
    desk.play(desk.clip())
    assert desk.troubles == [SENTENCES[Trouble.FILE]]
    assert len(desk.sounds) == 1


def test_a_file_that_went_away_is_told_once(desk: Desk) -> None:
    clip = desk.clip()
    clip.path.unlink()
    desk.play(clip)
    desk.play(clip)
    assert desk.troubles == [SENTENCES[Trouble.FILE]]


def test_priming_plays_a_moment_of_silence_that_nobody_is_told_of(desk: Desk) -> None:
    outcomes: list[Trouble | None] = []
    desk.player.prime(outcomes.append)
    desk.player.step()
    path = Path(str(desk.sounds[0].path))
    samples, rate = samples_of(path)
    assert not any(samples)
    assert len(samples) / rate == pytest.approx(SILENCE.total_seconds(), abs=0.001)
    assert path.parent.parent == scratch_folder()
    desk.over(after=0.2)
    assert (desk.started, outcomes) == ([], [None])
    desk.player.close()
    assert not path.exists()


def test_priming_finds_a_missing_device_before_the_session_begins(desk: Desk) -> None:
    outcomes: list[Trouble | None] = []
    desk.player.prime(outcomes.append)
    desk.player.step()
    desk.over(after=0.01, code=1)
    assert outcomes == [Trouble.NO_DEVICE]


def test_priming_where_no_file_can_be_made_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    outcomes: list[Trouble | None] = []
    desk.player.prime(outcomes.append)
    desk.player.prime()
    assert outcomes == [Trouble.FILE]


def test_a_scratch_folder_that_was_cleared_away_is_no_trouble_at_the_end(desk: Desk) -> None:
    desk.player.prime()
    desk.player.step()
    shutil.rmtree(Path(str(desk.sounds[0].path)).parent)
    desk.player.close()


def test_the_moment_of_silence_is_made_anew_where_it_was_cleared_away(desk: Desk) -> None:
    for _ in range(2):
        outcomes: list[Trouble | None] = []
        desk.player.prime(outcomes.append)
        desk.player.step()
        desk.over(after=0.2)
        assert outcomes == [None]
        shutil.rmtree(scratch_folder())


def test_the_players_thread_sleeps_where_there_is_nothing_to_play(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[bool] = []

    def step(_player: Playsound3Player, *, wait: bool) -> bool:
        waits.append(wait)
        return len(waits) < 3

    monkeypatch.setattr(Playsound3Player, "step", step)
    player = Playsound3Player(soon=0)
    player.play(Clip(tmp_path / "a.wav", timedelta(seconds=1)))
    player.close()
    assert waits == [True] * 3


def test_after_closing_nothing_plays_and_nothing_raises(desk: Desk) -> None:
    desk.play(desk.clip())
    desk.player.close()
    for _ in range(3):
        desk.play(desk.clip())
    desk.player.stop()
    desk.player.close()
    assert [sound.stops for sound in desk.sounds] == [1]


def test_all_sounds_are_started_by_one_thread_which_ends_with_the_player(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "alsa")
    began = threading.Semaphore(0)
    player = Playsound3Player(load=lambda: desk.module, started=lambda _clip, _at: began.release())
    for _ in range(3):
        player.play(desk.clip())
        assert began.acquire(timeout=20)
    assert {sound.thread for sound in desk.sounds} == {"player"}
    player.close()
    assert [sound.is_alive() for sound in desk.sounds] == [False] * 3
    assert "player" not in {thread.name for thread in threading.enumerate()}


def test_looking_at_the_player_does_not_load_playsound3() -> None:
    code = "import sys, guide.sound.player, guide.sound.voices.chain, guide.sound.doctor; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"playsound3", "espeakng_loader", "piper", "PySide6"} & set(shown.stdout.split())


def test_the_silent_player_is_silent() -> None:
    player = SilentPlayer()
    player.play(Clip(Path("nowhere.wav"), timedelta(seconds=1)))
    player.stop()
    player.close()
    assert player.trouble is None


@pytest.mark.parametrize("answers", [True, False])
def test_play_returns_once_the_device_was_asked_or_does_not_answer_soon(tmp_path: Path, answers: bool) -> None:
    asked, gate = threading.Event(), threading.Event()

    class Module:
        AVAILABLE_BACKENDS = ("alsa",)

        def playsound(self, path: Path, *, block: bool, backend: str) -> SimpleNamespace:
            if not answers:
                gate.wait()
            asked.set()
            return SimpleNamespace(is_alive=lambda: False, stop=lambda: None, subprocess=SimpleNamespace(returncode=0))

    file = tmp_path / "bell.wav"
    file.write_bytes(wav_bytes([0.0] * 100))
    player = Playsound3Player(
        load=Module, which=lambda _: "/usr/bin/aplay", platform="linux", soon=30 if answers else 0.01
    )
    player.play(Clip(file, timedelta(milliseconds=5)))
    assert asked.is_set() is answers
    gate.set()
    player.close()
