"""A session in the terminal: the same engine, prompts, chimes and keys, without a window."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, SimpleQueue
from typing import Final, Self, TextIO

from guide import language
from guide.compat import override
from guide.core.duration import SECOND, short
from guide.core.plan import Earliest, Partner, Say, Show
from guide.core.readout import Phase, Readout, read
from guide.core.session import Command, Ended, Entered, Happening, Move, Paused, Running, Session, plan_of
from guide.language import N_, _
from guide.live.intents import GoOn, OfTheSession, PauseOrCarryOn, SayAgain
from guide.live.sitting import Listener, Sitting

KEYS: Final[Mapping[str, OfTheSession]] = {
    " ": PauseOrCarryOn(),
    "n": GoOn(),
    "b": Command.BACK,
    "m": Command.MILK_SLOWED,
    "+": Command.MORE_TIME,
    "h": Command.IT_HURTS,
    "u": Command.UNDO,
    "r": SayAgain(),
    "q": Command.STOP,
}
ARROWS: Final = {"[C": "n", "[D": "b", "[A": "+", "[6": "n", "[5": "b"}
HANG_UP: Final = "\0"  # the terminal or the system ends the program: the session stays open in the log
HEARTBEAT: Final = 5.0  # seconds between two signs of life in the log
BLINK: Final = 0.25  # seconds between two looks at the running clock
HELP: Final = N_(
    "Space pause · n or → next · b or ← back · + one more minute · m milk slowed · r say "
    "again · h it hurts · u undo · q finish"
)


class Keyboard:
    """Single keys of a terminal; says nothing when nobody can be at it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.attended = stream.isatty()
        self.hung_up = 0  # the number of the signal that asked the program to end
        self._keys: SimpleQueue[str] = SimpleQueue()

    def __enter__(self) -> Self:
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(_answering(signal.SIGINT, lambda _: self._keys.put("q")))
        for name in ("SIGTERM", "SIGHUP"):  # Windows has no hang-up
            if number := getattr(signal, name, None):
                self._stack.enter_context(_answering(number, self._hang_up))
        if self.attended:
            self._stack.enter_context(_unbuffered(self._stream))
            threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def wait(self, seconds: float) -> str | None:
        """The next key, or None when `seconds` are over."""
        with contextlib.suppress(Empty):
            return self._keys.get(timeout=max(seconds, 0))
        return None

    def _hang_up(self, number: int) -> None:
        self.hung_up = number
        self._keys.put(HANG_UP)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # the terminal is gone
            while key := _read_key(self._stream):
                self._keys.put(key)


def _read_key(stream: TextIO) -> str:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  Windows only

        key = msvcrt.getwch()
        return {"M": "n", "K": "b", "H": "+"}.get(msvcrt.getwch(), "") or "?" if key in "\x00\xe0" else key
    descriptor = stream.fileno()
    key = os.read(descriptor, 1).decode(errors="ignore")
    if key == "\x1b":
        more = os.read(descriptor, 2).decode() if select.select([descriptor], [], [], 0.05)[0] else ""
        return ARROWS.get(more, "?" if more else "q")
    return key


@contextlib.contextmanager
def _answering(number: int, answer: Callable[[int], None]) -> Iterator[None]:
    """A signal is a key like others: it waits for what is under way. A program ignored it? Then it stays ignored."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(number) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(number, lambda number, _: answer(number))
    try:
        yield
    finally:
        signal.signal(number, before)


@contextlib.contextmanager
def _unbuffered(stream: TextIO) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import termios  # noqa: PLC0415  not on Windows
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(stream)
    try:
        tty.setcbreak(stream)
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(stream, termios.TCSADRAIN, before)


class Screen(Listener):
    """Writes what happens, a line a thing, and keeps the running clock on the last line of a terminal."""

    def __init__(self, out: TextIO, *, number_free: bool = False) -> None:
        self._out = out
        self._moves = out.isatty()
        self._number_free = number_free
        self.failed: OSError | None = None  # what is written arrives nowhere; what is said and logged goes on

    @override
    def moved(self, move: Move) -> None:
        if move.command is not None and move.command not in {Command.NEXT, Command.BACK}:
            self._line(f"      ({move.command})")
        for happening in move.happenings:
            self._tell(happening, move.session)

    def _tell(self, happening: Happening, session: Session) -> None:
        match happening.effect:
            case Entered(index):
                plan = plan_of(session)
                segment = plan.segments[index]
                length = "" if self._number_free else f" · {short(segment.step.length, language.screen())}"
                self._line(f"\n{index + 1:2} of {len(plan.segments)}  {segment.name}{length}")
                if segment.suction:
                    self._line(_("      Suction: {suction}").format(suction=segment.suction))
            case Say(text):
                self._line(f"      {text}")
            case Show(text):
                self._line(f"      {text}")
            case Partner(text):
                self._line(_("      For your helper: {text}").format(text=text))
            case Earliest():
                self._line(_("      From here on the step may end."))
            case Ended(complete=False):
                self._line(_("\nThat is enough for now. What you did is kept."))
            case _:
                pass

    def head(self, name: str, length: str, *, keys: bool) -> None:
        self._line(name if self._number_free else f"{name} · {length}")
        if keys:
            self._line(HELP)

    def show(self, readout: Readout) -> None:
        """Put the clock on the last line, where the terminal lets one."""
        if not self._moves or readout.phase is Phase.FINISHED:
            return
        clock = "" if self._number_free else f"{readout.clock} {readout.caption}".strip()
        beat = f" · {readout.beat}" if readout.beat else ""
        paused = _("paused · ") if readout.phase is Phase.PAUSED else ""
        self._write(f"\r\033[K      {paused}{clock}{beat}")

    def aside(self, sentence: str) -> None:
        """What is not of the session: above the clock in a terminal, else where complaints go."""
        if self._moves:
            self._line(sentence)
        else:
            print(sentence, file=sys.stderr)

    def _line(self, text: str) -> None:
        self._write(("\r\033[K" if self._moves else "") + text + "\n")

    def _write(self, text: str) -> None:
        if self.failed:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            self.failed = error


def play(sitting: Sitting, *, screen: Screen, keyboard: Keyboard, speed: float) -> Session:
    """
    Run a sitting to its end, or until the program is told to end.

    Where nobody is at the keyboard, a lid that was opened again is leave to carry on, and in a rehearsal a step that
    waits goes on at once.
    """
    sitting.begin()
    while not sitting.over:
        if not keyboard.attended:
            if speed > 1 and isinstance(sitting.session, Running) and sitting.session.segment.waits:
                sitting.do(Command.NEXT)
                continue
            if isinstance(sitting.session, Paused):
                sitting.do(Command.RESUME)
                continue
        screen.show(read(sitting.session, sitting.now, language.screen()))
        key = keyboard.wait(_seconds_until(sitting, speed, attended=keyboard.attended))
        if key == HANG_UP:
            break
        if key is not None:
            _press(sitting, key)
        sitting.wake()
    return sitting.session


def _seconds_until(sitting: Sitting, speed: float, *, attended: bool) -> float:
    due = sitting.due()
    seconds = (due - sitting.now) / SECOND / speed if due is not None else HEARTBEAT
    return min(seconds, BLINK if attended else HEARTBEAT)


def _press(sitting: Sitting, key: str) -> None:
    if (intent := KEYS.get(key.lower())) is not None:
        sitting.do(intent)
