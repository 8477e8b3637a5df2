"""
A whole routine in the real window guided by words alone: taught through a virtual microphone, heard over a pump.

In the middle of it the microphone is pulled, muted and frozen, and comes back. `strace` sees every file and socket.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from desktop import HAS_DISPLAY, HAS_SOUND, Room, Speaker, display, until

import speakers
from guide.hear.device import Device
from guide.hear.ear import Ear
from guide.hear.meaning import Meaning
from guide.hear.microphone import Microphone
from guide.hear.takes import LEAST, Take, packed
from guide.store.paths import Paths
from guide.store.settings import Settings, SoreCheck, save

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not (HAS_DISPLAY and HAS_SOUND and shutil.which("strace")), reason="needs Xvfb, PulseAudio, aplay and strace"
    ),
    pytest.mark.timeout(240),
]

ROUTINE = """\
name: By word
steps:
  - {kind: prepare, duration: wait, title: Settle in}
  - {kind: pump, duration: 5-9 min, title: Pump}
  - {kind: rest, duration: 4 s, title: Rest}
"""
WORDS = {Meaning.CARRY_ON: "carry on", Meaning.NEXT: "next step", Meaning.PAUSE: "pause please"}
PUMP = speakers.VOICE_LEVEL * 10 ** (-12 / 20)  # twelve decibels under her voice
BEFORE = timedelta(seconds=1.2)
TRIES = 5  # a word that is not heard is said once more, as she would
WRITTEN_TO = ("__pycache__", "/dev/", "memfd", "/shm", "pulse", "O_RDWR|O_CLOEXEC) = -1")


def monotonic() -> timedelta:
    return timedelta(seconds=time.monotonic())


class Her:
    """One person, a room with a pump, and a voice that differs each time."""

    def __init__(self, room: Room, folder: Path) -> None:
        self._room = room
        self._folder = folder
        self._dice = np.random.default_rng(11)
        self._speaker = speakers.HELD_OUT[6]
        self._pump = room.play(self._file("pump", speakers.pump(200, self._dice) * np.float32(PUMP)))

    def _file(self, name: str, sound: speakers.Sound) -> Path:
        path = self._folder / f"{name}.raw"
        path.write_bytes(sound.clip(-32768, 32767).astype(np.int16).tobytes())
        return path

    def say(self, meaning: Meaning) -> float:
        """Gives how long it lasts."""
        word = speakers.room(self._dice)(speakers.say(WORDS[meaning], self._speaker, self._dice))
        self._room.play(self._file(meaning.name, word)).wait(20)
        return len(word) / speakers.RATE

    def teach(self) -> dict[Meaning, tuple[Take, ...]]:
        """As the page does: each word is said until enough takes of it are kept."""
        ear = Ear(Microphone(Device()))
        ear.microphone.open(monotonic())
        ear.teaching = True
        takes: dict[Meaning, tuple[Take, ...]] = {}
        try:
            for meaning, word in WORDS.items():
                for _ in range(9):
                    self._hear(ear, BEFORE.total_seconds() + 0.2)
                    began = time.monotonic()
                    self.say(meaning)
                    self._hear(ear, 0.7)
                    found = ear.judge(
                        timedelta(seconds=time.monotonic() - began) + BEFORE, BEFORE, takes.get(meaning, ())
                    )
                    if isinstance(found, Take):
                        takes[meaning] = (*takes.get(meaning, ()), found)
                    if len(takes.get(meaning, ())) == LEAST:
                        break
                assert len(takes.get(meaning, ())) == LEAST, f"{word} could not be taught"
        finally:
            ear.microphone.close()
        return takes

    def _hear(self, ear: Ear, seconds: float) -> None:
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            ear.microphone.wait(0.1)
            ear.listen(monotonic())

    def leave(self) -> None:
        self._pump.kill()
        self._pump.wait(10)


class Session:
    """What the program writes about the session that it plays."""

    def __init__(self, trace: Path, her: Her) -> None:
        self._trace = trace
        self._her = her

    @property
    def events(self) -> list[str]:
        lines = self._trace.read_text(encoding="utf-8").splitlines() if self._trace.exists() else []
        return [f"{one['event']} {one.get('text', '')}".strip() for one in map(json.loads, lines)]

    def moves_at(self, meaning: Meaning, event: str) -> None:
        """Said until it happens once more than it had."""
        before = self._count(event)
        for _ in range(TRIES):
            self._her.say(meaning)
            over = time.monotonic() + 2.5
            while time.monotonic() < over:
                if self._count(event) > before:
                    return
                time.sleep(0.05)
        raise AssertionError(f"{WORDS[meaning]!r} did not bring {event!r}: {self.events}")

    def _count(self, event: str) -> int:
        return sum(one.startswith(event) for one in self.events)

    def stays_at(self, meaning: Meaning) -> None:
        before = self._count("command")
        self._her.say(meaning)
        time.sleep(1.5)
        assert self._count("command") == before, self.events


@contextmanager
def traced_program(*arguments: str, files: Path, environment: dict[str, str]) -> Iterator[None]:
    watch = ("strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=openat,creat,socket,connect", "-o", str(files))
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", **environment}
    with subprocess.Popen(
        [*watch, sys.executable, "-m", "guide", *arguments], env=environment, start_new_session=True
    ) as running:
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):  # to the program too: strace alone would leave it behind
                with suppress(ProcessLookupError):
                    os.killpg(running.pid, number)
                with suppress(subprocess.TimeoutExpired):
                    running.wait(10)
                    break


def test_words_alone_guide_a_whole_routine_though_the_microphone_goes_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, routine, files, trace = (tmp_path / name for name in ("home", "by-word.yaml", "files", "trace.jsonl"))
    routine.write_text(ROUTINE, encoding="utf-8")
    paths = Paths.of(home)
    passing = tmp_path / "passing"
    passing.mkdir()
    today = SoreCheck(datetime.now().astimezone().date(), sore=False)
    save(paths.settings, Settings(language="en", listen=True, voice_on=False, sore_check=today))
    with display() as screen, Speaker(tmp_path) as speaker:
        for name, value in speaker.environment.items():
            monkeypatch.setenv(name, value)
        room = Room(speaker)
        her = Her(room, tmp_path)
        try:
            taught = packed(her.teach())
            paths.words.parent.mkdir(parents=True, exist_ok=True)
            paths.words.write_bytes(taught)
            until(lambda: not room.is_heard(), of="a microphone that is free again")
            arguments = ("--home", str(home), "open", str(routine), "--trace", str(trace))
            began = time.time()
            with traced_program(
                *arguments, files=files, environment={**speaker.environment, "DISPLAY": screen, "TMPDIR": str(passing)}
            ):
                evening(Session(trace, her), room, speaker)
        finally:
            her.leave()
    assert paths.words.read_bytes() == taught
    told = files.read_text(encoding="utf-8", errors="replace").splitlines()
    assert not [line for line in told if "AF_INET" in line]
    made = {path for path in (*home.rglob("*"), *passing.rglob("*")) if path.is_file()}
    made = {path for path in made if path.stat().st_mtime >= began}
    sounds = {path for path in made if path.suffix in {".raw", ".flac", ".mp3"} or is_sound(path)}
    assert {path.parent for path in sounds} <= {paths.voices / "chimes", paths.voices / "own"}, "what it makes itself"
    written = [line for line in told if ("O_WRONLY" in line or "O_RDWR" in line or "creat(" in line)]
    strange = [
        line
        for line in written
        if not any(known in line for known in (*WRITTEN_TO, str(home), str(trace), str(passing)))
    ]
    assert not strange, "nothing is written elsewhere while it listens"


def is_sound(path: Path) -> bool:
    """Silence, by which the player wakes the device, is none."""
    data = path.read_bytes()
    return data.startswith(b"RIFF") and any(data[44:])


def evening(session: Session, room: Room, speaker: Speaker) -> None:
    until(room.is_heard, seconds=60, of="the program at the microphone")
    session.moves_at(Meaning.CARRY_ON, "entered Settle in")

    room.pull()
    session.stays_at(Meaning.NEXT)
    room.plug()
    session.moves_at(Meaning.NEXT, "entered Pump")

    session.moves_at(Meaning.PAUSE, "paused")
    session.stays_at(Meaning.NEXT)
    session.moves_at(Meaning.CARRY_ON, "resumed")

    room.mute(on=True)
    session.stays_at(Meaning.NEXT)
    room.mute(on=False)
    session.moves_at(Meaning.PAUSE, "paused")

    speaker.freeze()
    time.sleep(3)
    speaker.thaw()
    session.moves_at(Meaning.CARRY_ON, "resumed")
    session.moves_at(Meaning.NEXT, "entered Rest")
    until(lambda: "ended" in session.events, seconds=20, of="the end")
