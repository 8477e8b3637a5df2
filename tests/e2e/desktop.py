"""A desktop of the test's own: a display nobody sees, and a sound server whose output is recorded."""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from guide.sound.pcm import resampled

RATE = 22_050
FRAME = 110  # samples: five milliseconds
FRAME_SECONDS = FRAME / RATE

HAS_DISPLAY = bool(shutil.which("Xvfb"))
HAS_SOUND = all(map(shutil.which, ("pulseaudio", "pactl", "parec", "aplay")))


def until(true: Callable[[], object], *, seconds: float = 20, of: str = "the world") -> None:
    over = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < over, f"{of} did not come in {seconds} s"
        time.sleep(0.002)


@contextmanager
def display(size: str = "1400x1000") -> Iterator[str]:
    """An X server; gives the name of its display. It does not reset when its last client leaves."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-ac", "-noreset"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    try:
        yield name
    finally:
        server.terminate()
        server.wait(timeout=10)


class Recording:
    """What came out of the speaker, and when."""

    def __init__(self) -> None:
        self.samples = array("h")
        self._ends: list[tuple[float, int]] = []

    def hear(self, data: bytes, at: float) -> None:
        self.samples.frombytes(data)
        self._ends.append((at, len(self.samples)))

    @property
    def began(self) -> float:
        """When the first sample was heard: no chunk comes before its last sample."""
        return min(at - count / RATE for at, count in self._ends)


def envelope(samples: array[int]) -> list[float]:
    """Loudness of each five milliseconds."""
    return [
        math.sqrt(sum(value * value for value in samples[start : start + FRAME]) / FRAME)
        for start in range(0, len(samples) - FRAME + 1, FRAME)
    ]


def wav(path: Path) -> array[int]:
    """The samples at the rate of the recording: the natural voice's are more to the second."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        samples, rate = array("h", file.readframes(file.getnframes())), file.getframerate()
    return samples if rate == RATE else array("h", map(int, resampled(samples, rate, RATE)))


def likeness(heard: list[float], wanted: list[float]) -> float:
    """Correlation of two envelopes of one length, 0 to 1."""
    if len(heard) < len(wanted):
        return 0.0
    ours = math.sqrt(sum(value * value for value in heard))
    theirs = math.sqrt(sum(value * value for value in wanted))
    product = sum(one * other for one, other in zip(heard, wanted, strict=True))
    return product / (ours * theirs) if ours and theirs else 0.0


def found(recorded: list[float], wanted: list[float], near: float, *, within: float) -> tuple[float, float]:
    """Where a sound stands in the recording: its distance in seconds from `near`, and how alike it is there."""
    centre, reach = round(near / FRAME_SECONDS), round(within / FRAME_SECONDS)
    likenesses = {
        shift: likeness(recorded[centre + shift : centre + shift + len(wanted)], wanted)
        for shift in range(-reach, reach + 1)
        if centre + shift >= 0
    }
    best = max(likenesses, key=lambda shift: likenesses[shift])
    return best * FRAME_SECONDS, likenesses[best]


class Speaker:
    """A PulseAudio with one sink that leads nowhere, recorded from the first moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recording = Recording()
        (folder / ".asoundrc").write_text("pcm.!default pulse\nctl.!default pulse\n", encoding="ascii")
        self.environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "PULSE_SERVER": f"unix:{folder}/native",
        }

    def __enter__(self) -> Self:
        environment = {**os.environ, **self.environment}
        self._server = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix socket={self.folder}/native auth-anonymous=1"),
                *("-L", "module-null-sink sink_name=quiet"),
            ],
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        until((self.folder / "native").exists, of="the sound server")
        self._recorder = subprocess.Popen(
            ["parec", "-d", "quiet.monitor", f"--rate={RATE}", "--channels=1", "--latency-msec=10", "--raw"],
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        until(lambda: len(self.recording.samples) > RATE, of="a second of silence")
        return self

    def freeze(self) -> None:
        """The sound server answers nobody, as one that hangs."""
        self._server.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._server.send_signal(signal.SIGCONT)

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        with self._recorder.stdout as stream:
            half = b""
            while data := os.read(stream.fileno(), 4096):
                data = half + data
                whole = len(data) // 2 * 2
                half = data[whole:]
                self.recording.hear(data[:whole], time.monotonic())

    def __exit__(self, *_: object) -> None:
        for process in (self._recorder, self._server):
            process.terminate()
            process.wait(timeout=10)
        self._listener.join(timeout=10)


class Room:
    """A virtual microphone, fed by a sound that is played into it."""

    def __init__(self, speaker: Speaker) -> None:
        self._environment = speaker.environment
        self._module = ""
        self._control("load-module", "module-null-sink", "sink_name=room", "rate=16000", "channels=1")
        self.plug()

    def _control(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env=self._environment | {"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def plug(self) -> None:
        self._module = self._control(
            "load-module", "module-remap-source", "source_name=mic", "master=room.monitor",
            "source_properties=device.description=Headset",
        )  # fmt: skip
        self._control("set-default-source", "mic")

    def pull(self) -> None:
        self._control("unload-module", self._module)

    def is_heard(self) -> bool:
        """Whether somebody records at the rate of words; the speaker's recorder has another."""
        outputs = self._control("list", "short", "source-outputs").splitlines()
        return any("protocol-native" in row and "16000Hz" in row for row in outputs)

    def mute(self, *, on: bool) -> None:
        self._control("set-source-mute", "mic", "1" if on else "0")

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["paplay", "--raw", "--format=s16le", "--rate=16000", "--channels=1", "--device=room", str(path)],
            env=self._environment | {"PATH": "/usr/bin:/bin"},
        )


@contextmanager
def program(*arguments: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The real program, as a process of its own."""
    running = subprocess.Popen(
        [sys.executable, "-m", "guide", *arguments], env={**os.environ, "QT_QPA_PLATFORM": "xcb", **environment}
    )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(timeout=10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait(timeout=10)
