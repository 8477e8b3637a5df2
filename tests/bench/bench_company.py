"""
What company costs: per cent of one core with still motion, without a sound beneath and with each, in one run.

With `photo` first, the same for pictures of the baby, in gentle motion: a photo and muted videos of a phone's size, in
a window of 1160 x 780. Needs Xvfb and PulseAudio; the sound goes to a sink that leads nowhere. Read the difference and
the ratio: both turns of a pair have the same computer.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
import psutil
from PySide6.QtGui import QImage

SECONDS: Final = 10.0
SETTLED: Final = 6.0  # seconds of the session: what a start leaves behind is done
TURNS: Final = 3
MOST: Final = 2.5  # per cent of a core, with rain and still motion
MOST_MORE: Final = 6.0  # per cent of a core that a video may take beside a photo
SOUNDS: Final = ("off", "rain", "fan", "brown noise")
PHOTO: Final = "photo"
CODECS: Final = {"mp4": "libx264", "mov": "libx264", "webm": "libvpx-vp9"}


def main() -> int:
    """Print the shares; arguments name other sounds than all."""
    if not all(map(shutil.which, ("Xvfb", "pulseaudio"))):
        print("needs Xvfb and PulseAudio")
        return 0
    wanted = tuple(sys.argv[1:]) or SOUNDS
    with tempfile.TemporaryDirectory() as folder, speaker(Path(folder)) as heard, display() as seen:
        environment = {**os.environ, **heard, **seen, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        found: dict[str, list[float]] = {sound: [] for sound in wanted}
        pictures = {name: picture(name, Path(folder)) for name in wanted if name == PHOTO or name in CODECS}
        for turn in range(TURNS + 1):
            for sound in wanted:
                share = running(sound, Path(folder), environment, pictures.get(sound))
                if turn:  # the first turn fills the caches
                    found[sound].append(share)
    least = median(found[wanted[0]])
    for sound, shares in found.items():
        share = median(shares)
        target = f"  (target {MOST:g}{'' if share <= MOST else ', MISSED'})" if sound == "rain" else ""
        if sound in CODECS:
            target = f"  (target {MOST_MORE:+g}{'' if share - least <= MOST_MORE else ', MISSED'})"
        spread = f"{min(shares):.2f} to {max(shares):.2f}"
        beside = f"{share - least:+.2f} and {share / least:.2f} times"
        print(f"{sound:12} {share:5.2f} % of one core ({spread}), {beside}{target}")
    return 0


def picture(name: str, folder: Path) -> Path:
    """A photo, or a video as a phone makes them: 1920 x 1080, 30 frames a second, something in it always moving."""
    import av

    path = folder / f"baby.{'png' if name == PHOTO else name}"
    across, down = np.meshgrid(np.arange(1920), np.arange(1080))
    rough = np.random.default_rng(0).integers(0, 24, (1080, 1920))

    def image(number: int) -> np.ndarray:
        waves = 110 + 90 * np.sin((across + 9 * number) / 90) * np.cos((down - 5 * number) / 70)
        one = (waves + np.roll(rough, 7 * number, axis=1)).astype(np.uint8)
        return np.stack([one, np.roll(one, 40, axis=1), one[::-1]], axis=2)

    if name == PHOTO:
        QImage(image(0).tobytes(), 1920, 1080, 3 * 1920, QImage.Format.Format_RGB888).save(str(path))
        return path
    with av.open(str(path), "w") as held:
        stream: Any = held.add_stream(CODECS[name], rate=30)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 1920, 1080, "yuv420p", 12_000_000
        stream.codec_context.gop_size = 30  # a key frame a second
        stream.options = {"preset": "veryfast"} if name != "webm" else {"deadline": "realtime", "cpu-used": "8"}
        for number in range(90):
            held.mux(stream.encode(av.VideoFrame.from_ndarray(image(number), format="rgb24")))
        held.mux(stream.encode())
    return path


def running(sound: str, folder: Path, environment: dict[str, str], shown: Path | None) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as home:
        routine = Path(home) / "evening.yaml"
        routine.write_text("name: Evening\nsteps:\n  - {kind: rest, duration: 10 min, say: Go on softly.}\n", "utf-8")
        settings = Path(home) / "config" / "settings.json"
        settings.parent.mkdir()
        chosen = {"version": 1, "language": "en", "motion": "still", "full_screen_at_start": False}
        chosen |= (
            {"sounds": sound}
            if shown is None
            else {
                "motion": "gentle",
                "photos": [str(shown)],
                "window": {"x": 60, "y": 60, "width": 1160, "height": 780},
            }
        )
        settings.write_text(json.dumps(chosen), encoding="utf-8")
        trace = Path(home) / "trace.jsonl"
        command = [
            sys.executable,
            "-m",
            "guide",
            "--home",
            home,
            "open",
            str(routine),
            "--start",
            "--trace",
            str(trace),
        ]
        program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            process = psutil.Process(program.pid)
            while not (trace.exists() and trace.stat().st_size):
                time.sleep(0.1)
            time.sleep(SETTLED)
            before, began = process.cpu_times(), time.monotonic()
            time.sleep(SECONDS)
            after, over = process.cpu_times(), time.monotonic()
        finally:
            program.kill()
            program.wait()
    return 100 * (after.user + after.system - before.user - before.system) / (over - began)


@contextlib.contextmanager
def display() -> Iterator[dict[str, str]]:
    read, write = os.pipe()
    screen = ["-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), *screen], pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    try:
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": name}
    finally:
        server.terminate()
        server.wait(timeout=10)


@contextlib.contextmanager
def speaker(folder: Path) -> Iterator[dict[str, str]]:
    (folder / ".asoundrc").write_text("pcm.!default pulse\nctl.!default pulse\n", encoding="ascii")
    environment = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_SERVER": f"unix:{folder}/native"}
    socket = f"module-native-protocol-unix socket={folder}/native auth-anonymous=1"
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", socket, "-L", "module-null-sink"],
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
