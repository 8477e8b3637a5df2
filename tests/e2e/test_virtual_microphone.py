"""A microphone of a real sound server: heard, muted and back; nothing of it in a file, nothing on the network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from desktop import HAS_SOUND, Room, Speaker

import speakers

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not HAS_SOUND, reason="needs PulseAudio with pactl, parec and aplay"),
]

LISTENER = """
import sys, time
from datetime import timedelta
from guide.hear.device import Device, device_names
from guide.hear.microphone import Microphone
print("devices", *device_names(), flush=True)
microphone = Microphone(Device())
now = lambda: timedelta(seconds=time.monotonic())
microphone.open(now())
was, loud = None, False
while True:
    microphone.wait(0.1)
    sound = microphone.read(now())
    if microphone.hearing is not was:
        was = microphone.hearing
        print("hearing", was.name, flush=True)
    levels = [int.from_bytes(sound[at : at + 2], sys.byteorder, signed=True) for at in range(0, len(sound), 64)]
    heard = any(abs(level) > 3000 for level in levels)
    if heard != loud:
        loud = heard
        print("loud" if loud else "quiet", flush=True)
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Room, Speaker]]:
    with Speaker(tmp_path) as speaker:
        yield Room(speaker), speaker


def lines(process: subprocess.Popen[str], log: Path) -> Callable[[str], None]:
    """Waits for a line, at most twelve seconds."""

    def wait(wanted: str) -> None:
        over = time.monotonic() + 12
        while time.monotonic() < over:
            if wanted in log.read_text(encoding="utf-8").splitlines()[wait.seen :]:  # type: ignore[attr-defined]
                wait.seen = len(log.read_text(encoding="utf-8").splitlines())  # type: ignore[attr-defined]
                return
            assert process.poll() is None
            time.sleep(0.05)
        raise AssertionError(f"{wanted!r} did not come; there was {log.read_text(encoding='utf-8')!r}")

    wait.seen = 0  # type: ignore[attr-defined]
    return wait


def test_a_microphone_is_heard_missed_when_it_is_muted_and_comes_back(
    room: tuple[Room, Speaker], tmp_path: Path
) -> None:
    world, speaker = room
    noise = (speakers.pump(60, np.random.default_rng(1)) * np.float32(4000)).clip(-32768, 32767).astype(np.int16)
    (tmp_path / "pump.raw").write_bytes(noise.tobytes())
    log = tmp_path / "log.txt"
    trace = tmp_path / "trace.txt"
    traced = shutil.which("strace")
    command = [sys.executable, "-c", LISTENER]
    if traced:
        command = [traced, "-f", "-qq", "-e", "trace=openat,creat,socket,connect", "-o", str(trace), *command]
    quiet = speaker.environment | {"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    with log.open("w", encoding="utf-8") as out:
        listener = subprocess.Popen(command, stdout=out, text=True, env=quiet, start_new_session=True)
    player = world.play(tmp_path / "pump.raw")
    try:
        wait = lines(listener, log)
        wait("devices Headset")
        wait("hearing ON")
        wait("loud")
        world.mute(on=True)
        wait("hearing MISSING")
        world.mute(on=False)
        wait("hearing ON")
        wait("loud")
    finally:
        os.killpg(listener.pid, signal.SIGKILL)  # strace alone would leave the listener behind
        listener.wait(10)
        player.kill()
        player.wait(10)
    if traced:
        told = trace.read_text(encoding="utf-8", errors="replace").splitlines()
        assert not [line for line in told if "AF_INET" in line]
        written = [line for line in told if "O_WRONLY" in line or "O_RDWR" in line or "creat(" in line]
        strange = [line for line in written if not any(known in line for known in ("/dev/", "/memfd", "shm", "pulse"))]
        assert not strange, "no file is opened for writing while it listens"
