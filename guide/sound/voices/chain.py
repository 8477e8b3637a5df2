"""The chain: which voices can speak a language here, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guide.sound.voices.embedded import embedded
from guide.sound.voices.piper import PiperVoice
from guide.sound.voices.system import System, system_voices
from guide.sound.voices.voice import Voice


def voices(language: str = "en", *, system: System | None = None, piper: Iterable[Path] = ()) -> list[Voice]:
    """List the voices that can be used here for a language, the default first; `piper` are her .onnx files."""
    system = system or System()
    own: list[Voice] = [PiperVoice(path) for path in piper if path.suffix == ".onnx" and path.is_file()]
    there = system_voices(language, system=system)
    mine = [found] if (found := embedded(language)) else []
    ordered = [*there, *mine] if system.platform in {"darwin", "win32"} else [*mine, *there]
    return [*ordered, *own]


def choose(voice_id: str | None, language: str = "en", *, system: System | None = None) -> Voice | None:
    """Give the voice with this id, or the default where it is not here (any more); None where there is no voice.

    The default is the computer's own best on macOS and Windows, and the embedded one elsewhere.
    """
    if voice_id == "embedded" and (found := embedded(language)):
        return found  # without asking the system for its voices
    if voice_id and voice_id.startswith("piper:"):
        path = Path(voice_id.removeprefix("piper:"))
        if path.suffix == ".onnx" and path.is_file():
            return PiperVoice(path)
    there = voices(language, system=system)
    return next((voice for voice in there if voice.id == voice_id), there[0] if there else None)
