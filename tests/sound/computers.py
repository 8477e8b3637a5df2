"""Computers that are not this one: what programs they have, what those answer, and what was run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from guide.compat import override
from guide.sound.pcm import wav_bytes
from guide.sound.voices.__main__ import answer
from guide.sound.voices.engine import EngineProcess
from guide.sound.voices.system import System
from guide.sound.voices.voice import VoiceError


class HereAndNow(EngineProcess):
    """The child's work, without a child."""

    @override
    def ask(self, order: Mapping[str, Any], *, name: str) -> bytes:
        head, data = answer(dict(order))
        if "problem" in head:
            raise VoiceError(f"The voice {name} could not say this.")
        return data


class Computer:
    """A computer with some programs, which remembers what was run."""

    def __init__(self, platform: str, programs: Sequence[str], listing: str = "") -> None:
        self.programs = programs
        self.listing = listing
        self.ran: list[tuple[list[str], dict[str, str]]] = []
        self.system = System(platform, which=self._which, run=self._run, process=HereAndNow())

    def _which(self, name: str) -> str | None:
        return f"/bin/{name}" if name in self.programs else None

    def _run(self, command: Sequence[str], environment: Mapping[str, str]) -> bytes:
        self.ran.append((list(command), dict(environment)))
        made = [*environment.values(), *(part.removeprefix("--wave=") for part in command)]
        for path in (Path(part) for part in made if part.endswith(".wav")):
            path.write_bytes(wav_bytes([9_000.0, -9_000.0] * 4_000, rate=16_000))
        return self.listing.encode()


MAC = """Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Anna                de_DE    # Hallo! Ich heisse Anna.
Daniel              en_GB    # Hello! My name is Daniel.
Samantha            en_US    # Hello! My name is Samantha.
Zoe (Premium)       en_US    # Hello! My name is Zoe.
"""
