"""The player: clips handed to playsound3 by one thread that lives as long as the program; and a quiet one."""

from __future__ import annotations

import contextlib
import importlib
import logging
import queue
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from guide.scratch import scratch_folder
from guide.sound.clip import Clip
from guide.sound.miniaudio_player import MiniaudioPlayer
from guide.sound.pcm import RATE, wav_bytes
from guide.sound.trouble import Trouble, Troubles
from guide.standing import is_file

SILENCE = timedelta(milliseconds=150)
_SOON = 0.02  # seconds; a cue later than this is heard as late
_LOOK = 0.1  # seconds between looks at the sounds that play; with none playing the thread sleeps
_EARLY = timedelta(milliseconds=400)  # a sound over sooner than this before its end was not played
_STUCK = timedelta(seconds=3)  # a sound still not over so long after its end waits for a device that is stuck

# What plays a WAV soonest comes first. playsound3 counts ALSA as available only where mpg123 is there too, which
# WAV files do not need; its ALSA way plays ".wav" and ".mp3" and nothing else.
_PREFERRED = {
    "linux": ("alsa", "gstreamer", "ffplay"),
    "darwin": ("afplay", "appkit", "ffplay"),
    "win32": ("winmm", "wmplayer", "ffplay"),
}
_OTHER = ("ffplay", "gstreamer")


class Player(Protocol):
    def prime(self) -> None:
        """Wake the device with a moment of silence: the first sound of a run takes longer."""

    def play(self, clip: Clip) -> None:
        """Begin to play, and return at once."""

    def stop(self) -> None:
        """Silence whatever plays or waits to, at once."""

    def close(self) -> None: ...


def _playsound3() -> Any:
    logging.getLogger("playsound3").setLevel(logging.ERROR)  # what it would warn of is told in a sentence of ours
    return importlib.import_module("playsound3")


class SilentPlayer:
    """Plays nothing."""

    trouble: str | None = None

    def prime(self) -> None:
        pass

    def play(self, clip: Clip) -> None:
        pass

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class _Order:
    clip: Clip
    turn: int  # orders of an earlier turn were stopped before they were played
    primes: bool = False
    done: Callable[[Trouble | None], None] | None = None


@dataclass(slots=True)
class _Playing:
    sound: Any  # a playsound3 Sound
    order: _Order
    began: float
    stopped: bool = False
    stuck: bool = False


class Playsound3Player:
    """Plays through playsound3; what goes wrong is told by `on_trouble`, each kind once, and never raised.

    `trouble` is the sentence for what is the matter now, None again once a sound has been played, and then
    `on_mended` takes back what was told of the device; `on_heard` says so once a run, and again after trouble.
    `on_unheard` tells of each clip that could not be played, as often as it is asked for. On
    Linux each sound is a child process that dies with the thread that started it, so all are started by one thread;
    the callbacks are called from it (`started` with the clip and the clock's time when the device was asked).
    """

    def __init__(
        self,
        *,
        on_trouble: Callable[[str], None] = lambda _: None,
        on_mended: Callable[[str], None] = lambda _: None,
        on_heard: Callable[[], None] = lambda: None,
        on_unheard: Callable[[str], None] = lambda _: None,
        started: Callable[[Clip, float], None] = lambda _clip, _at: None,
        clock: Callable[[], float] = time.monotonic,
        load: Callable[[], Any] = _playsound3,
        otherwise: Callable[[], MiniaudioPlayer | None] = MiniaudioPlayer.where_installed,
        which: Callable[[str], str | None] = shutil.which,
        platform: str = sys.platform,
        soon: float = _SOON,
        threaded: bool = True,  # else whoever made it calls `step`
    ) -> None:
        self.backend: str | None = None  # by which the last sound was played
        self._troubles = Troubles(on_trouble=on_trouble, on_mended=on_mended, on_heard=on_heard, platform=platform)
        self._on_unheard = on_unheard
        self._started = started
        self._clock = clock
        self._load = load
        self._otherwise = otherwise
        self._other: MiniaudioPlayer | None = None
        self._which = which
        self._platform = platform
        self._threaded = threaded
        self._module: Any = None
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._soon = soon
        self._asked = threading.Event()  # the device, for the sound that was ordered last
        self._turn = 0
        self._playing: list[_Playing] = []
        self._closed = False
        self._folder: Path | None = None
        self._thread: threading.Thread | None = None

    @property
    def trouble(self) -> str | None:
        return self._troubles.now

    def play(self, clip: Clip) -> None:
        """
        Begin to play; returns when the device was asked, and after `soon` seconds anyhow.

        Whoever asks for a sound goes on to write and to paint, and would take the processor from the player's thread.
        """
        self._asked.clear()
        self._put(_Order(clip, self._turn))
        if self._threaded and self._thread is not threading.current_thread():
            self._asked.wait(self._soon)

    def prime(self, done: Callable[[Trouble | None], None] | None = None) -> None:
        """Play a moment of silence, because the first sound of a run is slower than the others.

        `done` is told, from the player's thread, whether the sound could be played.
        """
        try:
            self._put(_Order(self._silence(), self._turn, primes=True, done=done))
        except OSError:
            if done:
                done(Trouble.FILE)

    def stop(self) -> None:
        with self._lock:
            self._turn += 1
            for playing in self._playing:
                self._end(playing)
            if self._other is not None:
                self._other.stop()

    def close(self) -> None:
        """Silence everything and end the thread."""
        with self._lock:
            self._closed = True
        self.stop()
        self._orders.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=3)
        if self._other is not None:
            self._other.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _put(self, order: _Order) -> None:
        with self._lock:
            if self._closed:
                return
            if self._threaded and self._thread is None:
                self._thread = threading.Thread(target=self._work, name="player", daemon=True)
                self._thread.start()
        self._orders.put(order)

    def _silence(self) -> Clip:
        if self._folder is None or not is_file(self._folder / "silence.wav"):  # as scratch_folder says
            self._folder = Path(tempfile.mkdtemp(dir=scratch_folder()))
            samples = [0.0] * int(SILENCE.total_seconds() * RATE)
            Path(self._folder, "silence.wav").write_bytes(wav_bytes(samples))
        return Clip(Path(self._folder, "silence.wav"), SILENCE)

    def _work(self) -> None:
        while self.step(wait=True):
            pass

    def step(self, *, wait: bool = False) -> bool:
        """Do what the player's thread does again and again: begin one sound, see which are over; False at the end."""
        try:
            order = self._orders.get(block=wait, timeout=_LOOK if self._playing else None)
        except queue.Empty:
            self._look()
            return True
        if order is not None:
            self._begin(order)
            self._asked.set()
        self._look()
        return order is not None

    def _begin(self, order: _Order) -> None:
        if order.turn != self._turn:
            return self._over(order, None)
        path = order.clip.path
        # playsound3 would download an address; a path that is a file here is none
        if not is_file(path):
            return self._over(order, Trouble.FILE)
        backend = self._backend(path.suffix.lower())
        began = self._clock()
        if backend is None:
            return self._play_otherwise(order, began)
        try:
            sound = self._module.playsound(path.absolute(), block=False, backend=backend)
        except Exception:  # noqa: BLE001  each backend raises its own kinds; a session goes on whatever they are
            return self._over(order, Trouble.FILE)
        self.backend = backend
        playing = _Playing(sound, order, began)
        with self._lock:
            self._playing.append(playing)
            if order.turn != self._turn:  # stopped while it was being started
                self._end(playing)
        if not order.primes:
            self._started(order.clip, began)
        return None

    def _play_otherwise(self, order: _Order, began: float) -> None:
        """Where playsound3 finds nothing to play with, a bare Linux for one, miniaudio does without."""
        other = self._other = self._other or self._otherwise()
        if other is None:
            self._over(order, Trouble.NO_PLAYER)
            return
        self.backend = "miniaudio"

        def done(played: bool) -> None:
            if not played:
                self._over(order, Trouble.NO_DEVICE)
                return
            self._over(order, None)
            if not order.primes:
                self._started(order.clip, began)

        with self._lock:
            stopped = order.turn != self._turn  # while the way to play was looked for
            if not stopped:
                other.play(order.clip, done)
        if stopped:
            self._over(order, None)

    def _backend(self, suffix: str) -> str | None:
        if self._module is None:
            try:
                self._module = self._load()
            except Exception:  # noqa: BLE001  importing it runs programs to see which are there
                return None
        available = set(self._module.AVAILABLE_BACKENDS)
        if suffix == ".wav" and self._platform.startswith("linux") and self._which("aplay"):
            available.add("alsa")
        if suffix not in {".wav", ".mp3"}:
            available.discard("alsa")
        return next((name for name in _PREFERRED.get(self._platform, _OTHER) if name in available), None)

    def _look(self) -> None:
        """See which sounds are over, and how they ended."""
        with self._lock:
            playing = list(self._playing)
        for each in playing:
            try:
                alive = each.sound.is_alive()
            except Exception:  # noqa: BLE001
                alive = False
            if alive:
                self._give_up(each)
                continue
            with self._lock:
                self._playing.remove(each)
            self._over(each.order, self._verdict(each))

    def _give_up(self, each: _Playing) -> None:
        late = timedelta(seconds=self._clock() - each.began) - each.order.clip.length
        if not each.stopped and late > _STUCK and _is_wave(each):
            with self._lock:
                self._end(each)
            each.stuck = True
            self._troubles.tell(Trouble.STUCK)

    def _verdict(self, each: _Playing) -> Trouble | None:
        if each.stuck:
            return Trouble.STUCK
        if each.stopped:
            return None
        lasted = timedelta(seconds=self._clock() - each.began)
        code = getattr(each.sound.subprocess, "returncode", 0)
        # not every backend has an exit code that tells; of a WAV at least the length is certain
        early = _is_wave(each) and lasted < each.order.clip.length - _EARLY
        return Trouble.NO_DEVICE if code or early else None

    def _end(self, playing: _Playing) -> None:
        if not playing.stopped:
            playing.stopped = True
            child = playing.sound.subprocess
            with contextlib.suppress(Exception):
                if hasattr(child, "kill"):  # aplay, asked politely, may first play on what it has taken in
                    child.kill()
                else:
                    playing.sound.stop()

    def _over(self, order: _Order, trouble: Trouble | None) -> None:
        if trouble is None:
            if order.turn == self._turn:  # one that was stopped shows nothing
                self._troubles.take_back()
        else:
            self._troubles.tell(trouble)
            if not order.primes and order.turn == self._turn:
                self._on_unheard(trouble.sentence(self._platform))
        if order.done:
            order.done(trouble)


def _is_wave(playing: _Playing) -> bool:
    return playing.order.clip.path.suffix == ".wav"
