"""The real playsound3 with a real sound server, whose output is recorded."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import pytest
from listening import highest
from pytestqt.qtbot import QtBot

from guide.hear.device import device_names
from guide.live.recording import VoiceRecorder
from guide.sound import chimes, doctor
from guide.sound.clip import Clip
from guide.sound.miniaudio_player import MiniaudioPlayer
from guide.sound.player import Playsound3Player
from guide.sound.prompts import Prompts
from guide.sound.take import RATE, RecordedTake, TakeAdvice
from guide.sound.trouble import Trouble
from guide.sound.voices.recorded import Recordings
from takes import SPOKEN

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pulseaudio", "parec", "aplay"))), reason="needs PulseAudio and aplay"
    ),
    # on Python 3.12 and later playsound3's way of starting a child is warned of
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
    # a child that a stuck server holds is given up, and ends when the server goes
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Server:
    """A PulseAudio of the test's own, with a sink that leads nowhere and is recorded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._heard: list[tuple[float, int]] = []
        self.start()

    def start(self) -> None:
        self._server = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix socket={self._folder}/native auth-anonymous=1"),
                *("-L", "module-null-sink sink_name=quiet"),
                *("-L", "module-null-sink sink_name=mouth"),
                *("-L", "module-remap-source source_name=headset master=mouth.monitor"),
            ],
            stderr=subprocess.DEVNULL,
        )
        self.until((self._folder / "native").exists)
        self._recorder = subprocess.Popen(
            ["parec", "-d", "quiet.monitor", "--rate=22050", "--channels=1", "--latency-msec=10", "--raw"],
            stdout=subprocess.PIPE,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        asked = time.monotonic()
        self.until(lambda: any(at > asked for at, _ in self._heard))

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        with self._recorder.stdout as stream:
            while data := os.read(stream.fileno(), 4_096):
                self._heard.append((time.monotonic(), highest(array("h", data[: len(data) // 2 * 2]))))

    def speak(self, take: RecordedTake) -> None:
        """Say something into the headset."""
        data = take.original()[44:]
        command = ["pacat", "-d", "mouth", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"]
        subprocess.run(command, input=data, check=True, timeout=30)

    def signal(self, number: signal.Signals) -> None:
        self._server.send_signal(number)

    def end(self) -> None:
        for process in (self._recorder, self._server):
            process.terminate()
            process.wait(timeout=10)
        self._listener.join(timeout=10)

    def loud(self, since: float) -> list[float]:
        return [at for at, height in list(self._heard) if at >= since and height > 300]

    def until(self, true: Callable[[], object]) -> None:
        over = time.monotonic() + 15
        while not true():
            assert time.monotonic() < over
            time.sleep(0.01)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    (tmp_path / ".asoundrc").write_text("pcm.!default pulse\nctl.!default pulse\n", encoding="ascii")
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/native")
    made = Server(tmp_path)
    yield made
    made.end()


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def player(server: Server, troubles: list[str]) -> Iterator[Playsound3Player]:
    made = Playsound3Player(on_trouble=troubles.append)
    ready = threading.Event()
    made.prime(lambda _: ready.set())
    assert ready.wait(15)
    yield made
    made.close()


@pytest.fixture
def long_chime(tmp_path: Path) -> Clip:
    return chimes.chime_file("end", tmp_path / "cache")


def test_a_chime_is_heard_within_100_ms_and_stop_silences_it_as_soon(
    server: Server, player: Playsound3Player, long_chime: Clip, troubles: list[str]
) -> None:
    heard, lasted = [], []
    for _ in range(9):
        asked = time.monotonic()
        player.play(long_chime)
        server.until(partial(server.loud, asked))
        heard.append(server.loud(asked)[0] - asked)
        time.sleep(0.3)
        stopped = time.monotonic()
        player.stop()
        time.sleep(0.5)
        lasted.append(max(server.loud(stopped), default=stopped) - stopped)
    # one or two of nine may fall into a moment when the machine does something else
    assert median(heard) < 0.1, heard
    assert median(lasted) < 0.1, lasted
    assert troubles == []


def test_a_device_that_goes_away_and_comes_back(
    server: Server, player: Playsound3Player, long_chime: Clip, troubles: list[str]
) -> None:
    player.play(long_chime)
    asked = time.monotonic()
    server.until(lambda: server.loud(asked))
    server.end()
    server.until(lambda: troubles)
    player.play(long_chime)
    server.start()
    again = time.monotonic()
    player.play(long_chime)
    server.until(lambda: server.loud(again))
    server.until(lambda: player.trouble is None)
    assert troubles == [Trouble.NO_DEVICE.sentence("linux")]


def test_a_device_that_is_stuck_does_not_hold_up_the_player(
    server: Server, player: Playsound3Player, tmp_path: Path, troubles: list[str]
) -> None:
    tick = chimes.chime_file("tick", tmp_path / "cache")
    server.signal(signal.SIGSTOP)
    try:
        asked = time.monotonic()
        player.play(tick)
        took = time.monotonic() - asked
        server.until(lambda: troubles)
        player.stop()
    finally:
        server.signal(signal.SIGCONT)  # a server that is stopped cannot be ended either
    assert took < 0.05
    assert troubles == [Trouble.STUCK.sentence("linux")]


def test_doctor_recognises_a_frozen_sound_server(server: Server, tmp_path: Path) -> None:
    server.signal(signal.SIGSTOP)
    try:
        lines = doctor.report(tmp_path, found=lambda _: [])
    finally:
        server.signal(signal.SIGCONT)
    assert [line for line in lines if line.startswith("Sound:")] == [f"Sound: {Trouble.STUCK.sentence('linux')}"]


def test_where_no_program_plays_sound_a_chime_is_heard_all_the_same(
    server: Server, long_chime: Clip, troubles: list[str]
) -> None:
    player = Playsound3Player(
        load=lambda: SimpleNamespace(AVAILABLE_BACKENDS=[]),
        which=lambda _: None,
        otherwise=MiniaudioPlayer.where_installed,
        on_trouble=troubles.append,
    )
    player.prime()
    asked = time.monotonic()
    player.play(long_chime)
    server.until(lambda: server.loud(asked))
    stopped = time.monotonic()
    player.stop()
    time.sleep(0.8)
    assert max(server.loud(stopped), default=stopped) - stopped < 0.5
    player.close()
    assert troubles == []


def test_what_is_said_into_a_microphone_is_heard_whole(
    server: Server, player: Playsound3Player, tmp_path: Path, qtbot: QtBot
) -> None:
    microphone = VoiceRecorder(rate=RATE)
    samples: array[int] = array("h")
    microphone.heard.connect(lambda sound: samples.extend(array("h", sound)))
    with qtbot.waitSignal(microphone.there, timeout=15_000) as there:
        microphone.begin(headset())
    assert there.args == [True]
    speaking = threading.Thread(target=server.speak, args=(SPOKEN,))
    speaking.start()
    qtbot.waitUntil(lambda: not speaking.is_alive(), timeout=30_000)
    qtbot.wait(700)
    microphone.end()
    take = RecordedTake(samples)
    assert take.advice(timedelta(seconds=9)) is TakeAdvice.CLEAR
    assert len(take.speech) == pytest.approx(len(SPOKEN.speech), rel=0.03)
    recordings = Recordings(tmp_path / "voices")
    jonas = recordings.keep(recordings.make("Jonas"), "Circles.", take)
    clip = Prompts(tmp_path / "kept").prepare(["Circles."], voices=[jonas])["Circles."]
    asked = time.monotonic()
    player.play(clip)
    time.sleep(clip.length.total_seconds() + 0.5)
    heard = server.loud(asked)
    assert heard[-1] - heard[0] == pytest.approx(clip.length.total_seconds(), abs=0.4)


def headset() -> str:
    """The name that this computer gives the source of the test."""
    return next(name for name in device_names() if "emap" in name or "eadset" in name)
