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
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from listening import highest

from guide.sound import chimes
from guide.sound.clip import Clip
from guide.sound.player import Playsound3Player, Trouble

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pulseaudio", "parec", "aplay"))), reason="needs PulseAudio and aplay"
    ),
    # on Python 3.12 and later playsound3's way of starting a child is warned of
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
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
    server.signal(signal.SIGSTOP)
    asked = time.monotonic()
    player.play(chimes.chime_file("tick", tmp_path / "cache"))
    assert time.monotonic() - asked < 0.05
    server.until(lambda: troubles)
    player.stop()
    server.signal(signal.SIGCONT)
    assert troubles == [Trouble.NO_DEVICE.sentence("linux")]
