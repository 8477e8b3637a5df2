"""The sound beneath a session: rain, a fan, her music; down while somebody speaks, out when all is over."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Any, Final, Protocol

from guide.language import _
from guide.sound.bed import DUCKED
from guide.sound.pcm import SoundError, gain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE: Final = 44_100
CHANNELS: Final = 2
EARLY: Final = 0.3  # seconds: down so long before words, up again so long after them
RAMP: Final = 0.2  # of which it moves for this long
BREATH: Final = 0.8  # in and out at a pause
RISE: Final = 4.0
LATENCY_MS: Final = 60
BLOCKS: Final = 12  # made ahead, so that a slow disk or a busy machine leaves no gap
GONE_AFTER: Final = 2.0  # seconds without being asked for samples: the device has gone
AGAIN: Final = 3.0  # seconds between two looks for a device

Callback = Generator[bytes, int, None]


class Output(Protocol):
    """A device that asks a generator for frames of 32-bit stereo at 44.1 kHz."""

    def start(self, callback: Callback) -> None: ...

    def close(self) -> None: ...


def _no_speaker() -> str:
    return _("There is no speaker for the background sound. Everything else goes on.")


def device() -> Output:
    """The computer's own; raises SoundError with a sentence where there is none."""
    try:
        import miniaudio  # only once a sound is chosen
    except (ImportError, OSError) as error:
        raise SoundError(_("Background sounds cannot be played on this computer.")) from error
    try:
        found: Any = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=CHANNELS,
            sample_rate=RATE,
            buffersize_msec=LATENCY_MS,
            app_name="Pumping Guide",
        )
    except miniaudio.MiniaudioError as error:
        raise SoundError(_no_speaker()) from error
    if found.backend == "Null":  # what miniaudio falls back to: it plays into nothing
        found.close()
        raise SoundError(_no_speaker())
    output: Output = found
    return output


@dataclass(frozen=True, slots=True)
class LoudnessOverTime:
    """
    How loud it is when; times are seconds of the background's own clock.

    `moves` from one share to another between two times (a pause, the fade at the end), `ways` are when somebody speaks.
    """

    volume: float = 0.5
    begins: float = 0.0
    ends: float = 0.0
    before: float = 0.0
    after: float = 0.0
    ways: tuple[tuple[float, float], ...] = ()

    def at(self, now: float) -> float:
        """The factor for the samples at `now`, 0 to 1."""
        return gain(self.volume) * self._fade(now) * min((_way(now, *way) for way in self.ways), default=1.0)

    def rests(self, now: float) -> bool:
        """Whether it has faded to nothing, until it is asked for again."""
        return now >= self.ends and self.after == 0

    def _fade(self, now: float) -> float:
        if now >= self.ends:
            return self.after
        share = max(now - self.begins, 0.0) / (self.ends - self.begins)
        return self.before + (self.after - self.before) * share

    def faded(self, to: float, now: float, lasts: float) -> LoudnessOverTime:
        return replace(self, begins=now, ends=now + lasts, before=self._fade(now), after=to)

    def giving_way(self, begins: float, ends: float, now: float) -> LoudnessOverTime:
        """Stretches that are over are forgotten, and one that begins alike is moved."""
        kept = tuple(way for way in self.ways if way[1] > now and abs(way[0] - begins) > RAMP)
        return replace(self, ways=(*kept, (begins, ends)))


def _way(now: float, begins: float, ends: float) -> float:
    """Down to `DUCKED` between two times, with a ramp at either side."""
    deep = min((now - begins) / RAMP, (ends - now) / RAMP, 1.0)
    return 1.0 - (1.0 - DUCKED) * max(deep, 0.0)


class BackgroundPlayer:
    """
    Plays one source at a time on a thread of its own.

    A source yields blocks of stereo samples (float32, shape (frames, 2)) and ends when it has no more. A device that
    goes away is told of once and looked for again, and what was told is taken back when it is there; `on_unheard`
    tells of it once for each source that is played. Nothing here is ever raised to whoever calls.
    """

    def __init__(
        self,
        *,
        open_device: Callable[[], Output] = device,
        clock: Callable[[], float] = time.monotonic,
        on_trouble: Callable[[str], None] = lambda _sentence: None,
        on_mended: Callable[[str], None] = lambda _sentence: None,
        on_unheard: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self._open = open_device
        self._clock = clock
        self._on_trouble = on_trouble
        self._on_mended = on_mended
        self._on_unheard = on_unheard
        self._told = ""
        self._unheard = False  # what plays now, which was told
        self._level = LoudnessOverTime()
        self._blocks: Queue[Samples] = Queue(BLOCKS)
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked = 0.0  # when the device last asked for samples
        self._over: float | None = None  # when it has faded out for good

    @property
    def playing(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def play(self, source: Callable[[], Iterator[Samples]], volume: float, *, rise: float = RISE) -> None:
        """Begin, rising gently; what played before ends. The source is made on the background's own thread."""
        self.close()
        self._ending = threading.Event()
        self._blocks = Queue(BLOCKS)
        self._over = None
        self._unheard = False
        self._level = LoudnessOverTime(volume).faded(1.0, self._clock(), rise)
        self._thread = threading.Thread(target=self._run, args=(source, self._ending, self._blocks), daemon=True)
        self._thread.start()

    def set_volume(self, volume: float) -> None:
        self._level = replace(self._level, volume=volume)

    def give_way(self, begins: float, lasts: float) -> None:
        """Somebody speaks `begins` seconds from now, for so long."""
        now = self._clock()
        ends = now + begins + lasts + EARLY
        self._level = self._level.giving_way(now + begins - EARLY, ends, now)

    def pause(self) -> None:
        """It rests where it is: music goes on from there."""
        self._level = self._level.faded(0.0, self._clock(), BREATH)

    def carry_on(self) -> None:
        self._level = self._level.faded(1.0, self._clock(), BREATH)

    def fade_out(self, lasts: float) -> None:
        """To nothing within so many seconds; it rests there until it is closed."""
        self._level = self._level.faded(0.0, self._clock(), max(lasts, 0.1))

    def end(self, lasts: float) -> None:
        """Fade out within so many seconds, and give the device back."""
        self.fade_out(lasts)
        self._over = self._clock() + lasts

    def close(self) -> None:
        self._ending.set()
        if self._thread is not None:
            self._thread.join(timeout=1)
            self._thread = None

    def _run(self, source: Callable[[], Iterator[Samples]], ending: threading.Event, blocks: Queue[Samples]) -> None:
        output: Output | None = None
        looked = -AGAIN
        try:
            feeding = source()
            block = next(feeding, None)
            while block is not None and not ending.is_set():
                now = self._clock()
                if self._over is not None and now >= self._over:
                    break
                if output is not None and now - self._asked > GONE_AFTER:
                    self._tell(_("The speaker for the background sound has gone. Everything else goes on."))
                    _close(output)
                    output = None
                if output is None and now - looked >= AGAIN:
                    looked = now
                    output = self._opened(blocks)
                with contextlib.suppress(Full):
                    blocks.put(block, timeout=0.1)
                    block = next(feeding, None)
            while output is not None and self._over is None and not ending.is_set() and not blocks.empty():
                ending.wait(0.05)
        except SoundError as error:
            self._tell(str(error))
        finally:
            if output is not None:
                _close(output)

    def _opened(self, blocks: Queue[Samples]) -> Output | None:
        output: Output | None = None
        try:
            output = self._open()
            callback = self._callback(blocks)
            next(callback)
            self._asked = self._clock()
            output.start(callback)
        except Exception as error:  # noqa: BLE001  a device that is there may not begin: miniaudio raises its own kinds
            if output is not None:
                _close(output)
            self._tell(str(error) if isinstance(error, SoundError) else _no_speaker())
            return None
        if self._told:
            self._on_mended(self._told)
            self._told = ""
        return output

    def _tell(self, sentence: str) -> None:
        if not self._told:
            self._told = sentence
            self._on_trouble(sentence)
        if not self._unheard:
            self._unheard = True
            self._on_unheard(sentence)

    def _callback(self, blocks: Queue[Samples]) -> Callback:
        """What the device asks: as many frames as it wants, with the level of the moment in them."""
        import numpy as np

        held = np.zeros((0, CHANNELS), np.float32)
        wanted = yield b""
        while True:
            self._asked = now = self._clock()
            if self._level.rests(now):
                wanted = yield bytes(wanted * CHANNELS * held.itemsize)
                continue
            while len(held) < wanted:
                try:
                    held = np.concatenate([held, blocks.get_nowait()])
                except Empty:
                    held = np.concatenate([held, np.zeros((wanted - len(held), CHANNELS), np.float32)])
            block, held = held[:wanted], held[wanted:]
            level = self._level
            ramp = np.linspace(level.at(now), level.at(now + wanted / RATE), wanted, dtype=np.float32)
            wanted = yield (block * ramp[:, None]).tobytes()


def _close(output: Output) -> None:
    with contextlib.suppress(Exception):  # a device that has gone may complain of anything
        output.close()
