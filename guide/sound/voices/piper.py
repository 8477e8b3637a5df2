"""A Piper voice of a person's own."""

from __future__ import annotations

import importlib
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from guide.sound import pcm
from guide.sound.voices.voice import PAUSE, VoiceError, finished, speakable


@cache
def _piper_model(path: Path) -> Any:
    return importlib.import_module("piper").PiperVoice.load(path)


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """A Piper voice in an .onnx file (its .onnx.json beside it); piper itself is imported when it first speaks."""

    path: Path

    @property
    def id(self) -> str:
        return f"piper:{self.path}"

    @property
    def name(self) -> str:
        return f"Piper, {self.path.stem}"

    def render(self, text: str, *, pace: int, volume: float) -> bytes:
        try:
            model = _piper_model(self.path)
            settings = importlib.import_module("piper").SynthesisConfig(length_scale=165 / max(pace, 60))
            heard = [
                (chunk.audio_int16_bytes, chunk.sample_rate)
                for chunk in model.synthesize(speakable(text), syn_config=settings)
            ]
        except ImportError as error:
            raise VoiceError("A Piper voice needs the package piper-tts.") from error
        except Exception as error:
            raise VoiceError(f"The Piper voice {self.path.name} could not be used.") from error
        rate = heard[0][1] if heard else pcm.RATE
        speech: list[float] = []
        for data, _ in heard:
            if speech:
                speech += [0.0] * int(PAUSE * rate)
            speech += array("h", data)
        return finished(speech, rate=rate, volume=volume)
