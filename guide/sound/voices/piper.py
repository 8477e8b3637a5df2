"""A Piper voice of a person's own: an .onnx file, its .onnx.json beside it. Runs in a child process (engine.py)."""

from __future__ import annotations

import importlib
import os
from array import array
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from guide.language import N_
from guide.sound import pcm
from guide.sound.voices.voice import PAUSE, Speech, VoiceError, speakable
from guide.standing import is_file

PREFIX: Final = "piper:"  # of such a voice's id; the rest is the path


def model_file(voice_id: str) -> Path | None:
    """The file that a voice's id names, where it is there."""
    path = Path(voice_id.removeprefix(PREFIX))
    return path if voice_id.startswith(PREFIX) and path.suffix == ".onnx" and is_file(path) else None


def there() -> bool:
    """Whether the package that reads such a file is installed."""
    return find_spec("piper") is not None


@cache
def _model(path: str) -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before onnxruntime is imported
    return importlib.import_module("piper").PiperVoice.load(Path(path))


def speak(text: str, *, model: str, pace: int) -> Speech:
    """Raises VoiceError with a sentence."""
    try:
        voice = _model(model)
        settings = importlib.import_module("piper").SynthesisConfig(length_scale=165 / max(pace, 60))
        heard = [
            (chunk.audio_int16_bytes, chunk.sample_rate)
            for chunk in voice.synthesize(speakable(text), syn_config=settings)
        ]
    except ImportError as error:
        raise VoiceError(N_("A Piper voice needs the package piper-tts, so another one speaks.")) from error
    except FileNotFoundError as error:
        raise VoiceError(N_("A Piper voice needs its file that ends in .onnx.json beside it.")) from error
    except Exception as error:
        raise VoiceError("") from error
    rate = heard[0][1] if heard else pcm.RATE
    speech: array[int] = array("h")
    for data, _ in heard:
        if speech:
            speech.extend([0] * int(PAUSE * rate))
        speech.frombytes(data)
    return Speech(speech, rate)
