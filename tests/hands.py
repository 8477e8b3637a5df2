"""Stand-ins that tests move by hand: a clock, a player that remembers, and clips of known length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from guide.compat import override
from guide.core.commands import Command
from guide.core.plan import Plan
from guide.core.session import Happening, Move
from guide.live.sitting import Listener
from guide.sound import pcm
from guide.sound.clip import Clip
from guide.sound.performer import Heard
from guide.sound.repertoire import Repertoire
from guide.sound.voices.engine import EngineVoice

COARSE = 2000  # samples a second: nobody listens
HUM = b"\x00\x10\x00\xf0"


class WallClock:
    """Shows one date and time until it is set to another."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Clock:
    """Goes on only when told to."""

    def __init__(self) -> None:
        self._now = timedelta(hours=5)
        self._slept = timedelta(0)

    def now(self) -> timedelta:
        return self._now

    def slept(self) -> timedelta:
        return self._slept

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def sleep(self, seconds: float) -> None:
        """A closed lid: time passes, and the machine knows it slept."""
        self.advance(seconds)
        self._slept += timedelta(seconds=seconds)


class RememberingPlayer:
    """Plays nothing, and keeps what it was asked to play; "stop" where it was silenced."""

    trouble: str | None = None

    def __init__(self) -> None:
        self.asked: list[str] = []

    def play(self, clip: Clip) -> None:
        self.asked.append(clip.path.name)

    def stop(self) -> None:
        self.asked.append("stop")

    def prime(self) -> None:
        pass

    def close(self) -> None:
        pass

    @property
    def played(self) -> list[str]:
        return [name for name in self.asked if name != "stop"]


class Ear(Listener):
    """Keeps everything a sitting tells."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.happenings: list[Happening] = []
        self.things: list[Heard] = []

    @override
    def moved(self, move: Move) -> None:
        if move.command is not None:
            self.commands.append(move.command)
        self.happenings.extend(move.happenings)

    @override
    def heard(self, heard: Sequence[Heard]) -> None:
        self.things.extend(heard)


def clip(name: str, seconds: float) -> Clip:
    return Clip(Path(name), timedelta(seconds=seconds))


def repertoire(plan: Plan, *, prompt: float = 4, chime: float = 1, tick: float = 0.1) -> Repertoire:
    """Every prompt as long as the other; a clip is named by what it says."""
    return repertoire_of(plan.prompts, plan.sounds, prompt=prompt, chime=chime, tick=tick)


def repertoire_of(
    prompts: Iterable[str], sounds: Iterable[str], *, prompt: float = 4, chime: float = 1, tick: float = 0.1
) -> Repertoire:
    return Repertoire(
        {text: clip(text, prompt) for text in prompts},
        {name: clip(f"<{name}>", tick if name == "tick" else chime) for name in sounds},
    )


def hummed(_voice: EngineVoice, text: str, *, pace: int) -> bytes:
    """What an engine would say, as a hum of about the same length."""
    pairs = max(1, round(COARSE / 2 * 60 * len(text.split()) / pace))
    return pcm.wav_header(2 * pairs, rate=COARSE) + HUM * pairs


@pytest.fixture(autouse=True)
def voices_hum(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine is started where the program is tested around its voices: they are tested in `tests/sound`."""
    monkeypatch.setattr(EngineVoice, "render", hummed)
