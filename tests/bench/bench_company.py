"""
What company costs: per cent of one core with still motion, without a sound beneath and with each, in one run.

With `photo` first, the same for pictures of the baby, in gentle motion, in a window of 1160 x 780: a photo, and muted
videos as phones make them, 30 frames a second, something in them always moving. Needs Xvfb and PulseAudio; the sound
goes to a sink that leads nowhere. Read the difference and the ratio: both turns of a pair have the same computer.
GUIDE_BENCH_SETTLED names the seconds before it is measured: 6 is the first time through a video, 90 a later one.
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
from typing import Final

import psutil
from PySide6.QtGui import QImage

sys.path.insert(0, str(Path(__file__).parents[1]))

from films import film, turn

SECONDS: Final = 24.0
SETTLED: Final = float(os.environ.get("GUIDE_BENCH_SETTLED", "6"))  # what a start leaves behind is done by then
TURNS: Final = 3
MOST: Final = 2.5  # per cent of a core, with rain and still motion
MOST_MORE: Final = 6.0  # per cent of a core that a video may take beside a photo
SOUNDS: Final = ("off", "rain", "fan", "brown noise")
PHOTO: Final = "photo"
FILMS: Final = {
    "h264": ("mp4", "libx264", (1920, 1080), 150),
    "upright": ("mov", "libx264", (1920, 1080), 150),
    "vp9": ("webm", "libvpx-vp9", (1920, 1080), 150),
    "hevc-4k": ("mp4", "libx265", (3840, 2160), 45),
}


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
        pictures = {name: picture(name, Path(folder)) for name in wanted if name == PHOTO or name in FILMS}
        for turn in range(TURNS + 1):
            for sound in wanted:
                share = running(sound, Path(folder), environment, pictures.get(sound))
                if turn:  # the first turn fills the caches
                    found[sound].append(share)
    least = median(found[wanted[0]])
    print(f"load of the last minute {os.getloadavg()[0]:.1f}, settled {SETTLED:g} s, {SECONDS:g} s each, {TURNS} turns")
    for sound, shares in found.items():
        share = median(shares)
        target = f"  (target {MOST:g}{'' if share <= MOST else ', MISSED'})" if sound == "rain" else ""
        if sound in FILMS:
            target = f"  (target {MOST_MORE:+g}{'' if share - least <= MOST_MORE else ', MISSED'})"
        spread = f"{min(shares):.2f} to {max(shares):.2f}"
        beside = f"{share - least:+.2f} and {share / least:.2f} times"
        print(f"{sound:12} {share:5.2f} % of one core ({spread}), {beside}{target}")
    return 0


def picture(name: str, folder: Path) -> Path:
    if name == PHOTO:
        image = QImage(1920, 1080, QImage.Format.Format_RGB32)
        image.fill("peru")
        image.save(str(folder / "baby.png"))
        return folder / "baby.png"
    ending, codec, size, frames = FILMS[name]
    path = film(folder / f"{name}.{ending}", size, frames, codec=codec, rough=True)
    return turn(path) if name == "upright" else path


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
