"""The player where playsound3 finds nothing to play with: miniaudio, which brings its own way to every device."""

from __future__ import annotations

import importlib
import importlib.util
import queue
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from guide.sound.clip import Clip

RATE: Final = 44_100
CHANNELS: Final = 2
BUFFER: Final = 60  # milliseconds
REST: Final = timedelta(milliseconds=250)  # after a clip, until its device is closed: what is buffered is heard
LOOK: Final = 0.1
NO_BACKEND: Final = "Null"  # its stand-in where there is no sound system: it plays to nobody

Done = Callable[[bool], None]  # whether the clip could be played


def _miniaudio() -> Any:
    return importlib.import_module("miniaudio")


@dataclass(slots=True)
class _PlayOrder:
    clip: Clip
    turn: int
    done: Done


@dataclass(slots=True)
class _Sounding:
    device: Any
    over: float


class MiniaudioPlayer:
    """
    Plays each clip through a device of its own, on one thread; a clip may begin while another is still heard.

    What cannot be played is told by `done`, from the player's thread, and never raised.
    """

    @classmethod
    def where_installed(cls) -> MiniaudioPlayer | None:
        return cls() if importlib.util.find_spec("miniaudio") is not None else None

    def __init__(
        self,
        *,
        load: Callable[[], Any] = _miniaudio,
        clock: Callable[[], float] = time.monotonic,
        threaded: bool = True,  # else whoever made it calls `step`
    ) -> None:
        self._load = load
        self._clock = clock
        self._threaded = threaded
        self._orders: queue.SimpleQueue[_PlayOrder | None] = queue.SimpleQueue()
        self._turn = 0
        self._playing: list[_Sounding] = []
        self._thread: threading.Thread | None = None

    def play(self, clip: Clip, done: Done = lambda _played: None) -> None:
        if self._threaded and self._thread is None:
            self._thread = threading.Thread(target=self._work, name="miniaudio", daemon=True)
            self._thread.start()
        self._orders.put(_PlayOrder(clip, self._turn, done))

    def stop(self) -> None:
        """Silence at once: what plays gives zeros from the next block on."""
        self._turn += 1

    def close(self) -> None:
        self.stop()
        self._orders.put(None)
        if self._thread is not None:
            self._thread.join(timeout=3)

    def _work(self) -> None:
        while self.step(wait=True):
            pass

    def step(self, *, wait: bool = False) -> bool:
        """Do what the thread does again and again: begin a clip, close the devices of those that are over."""
        try:
            order = self._orders.get(block=wait, timeout=LOOK if self._playing else None)
        except queue.Empty:
            self._look()
            return True
        if order is None:
            for playing in self._playing:
                playing.device.close()
            self._playing = []
            return False
        if order.turn == self._turn:
            self._begin(order)
        else:
            order.done(True)
        self._look()
        return True

    def _begin(self, order: _PlayOrder) -> None:
        device: Any = None
        try:
            module = self._load()
            stream = _stream(module, order.clip.path)
            device = module.PlaybackDevice(
                output_format=module.SampleFormat.SIGNED16,
                nchannels=CHANNELS,
                sample_rate=RATE,
                buffersize_msec=BUFFER,
                app_name="Pumping Guide",
            )
            there = device.backend != NO_BACKEND
            if there:
                device.start(self._heard(stream, order.turn))
        except Exception:  # noqa: BLE001  miniaudio raises its own kinds, and its import what the system lacks
            there = False
        if not there:
            if device is not None:
                device.close()
            order.done(False)
            return
        self._playing.append(_Sounding(device, self._clock() + (order.clip.length + REST).total_seconds()))
        order.done(True)

    def _heard(self, stream: Generator[Any, int, None], turn: int) -> Generator[bytes, int, None]:
        """What a device asks for, frame by frame; silence once it is over or was stopped."""

        def give() -> Generator[bytes, int, None]:
            frames = yield b""
            while True:
                block = b""
                if turn == self._turn:
                    try:
                        block = bytes(stream.send(frames))
                    except StopIteration:
                        turn_over.append(True)
                    except Exception:  # noqa: BLE001  nothing may leave the device's own thread
                        turn_over.append(True)
                frames = yield block.ljust(frames * CHANNELS * 2, b"\0")
                if turn_over:
                    while True:
                        frames = yield bytes(frames * CHANNELS * 2)

        turn_over: list[bool] = []
        generator = give()
        next(generator)
        return generator

    def _look(self) -> None:
        now = self._clock()
        for playing in [each for each in self._playing if each.over <= now]:
            self._playing.remove(playing)
            playing.device.close()


def _stream(module: Any, path: Path) -> Generator[Any, int, None]:
    """A file decoded as it is asked for; raises what miniaudio raises for a file that is no sound."""
    stream: Generator[Any, int, None] = module.stream_file(
        str(path), output_format=module.SampleFormat.SIGNED16, nchannels=CHANNELS, sample_rate=RATE
    )
    next(stream)
    return stream
