"""The keyboard of a terminal: single keys, whatever the layout; and the signals that come like keys."""

from __future__ import annotations

import codecs
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Final, Self, TextIO

from guide.answers import ENDED_BY_SIGNAL

ESCAPE: Final = "\x1b"
INTERRUPT: Final = "\x03"  # Ctrl+C
HANG_UP: Final = "\0"  # the terminal or the system ends the program: the session stays open in the log
SUSPEND: Final = "\x1a"  # Ctrl+Z
NUDGE: Final = "\x16"  # no key: something else than a key has come
UNKNOWN: Final = "\x15"
# keys of their own, which a pedal sends too: no letters, so they answer no question and stand in no note
FORWARD, BACKWARD, UPWARD = "\x1c", "\x1d", "\x1e"
ARROWS: Final = {  # what they send behind an Escape; with O in the mode that some programs leave a terminal in
    **{f"{mode}{letter}": key for mode in "[O" for letter, key in {"C": FORWARD, "D": BACKWARD, "A": UPWARD}.items()},
    "[6~": FORWARD,
    "[5~": BACKWARD,
}
ARROWS_OF_WINDOWS: Final = {"M": FORWARD, "K": BACKWARD, "H": UPWARD, "Q": FORWARD, "I": BACKWARD}
# letters of other scripts, and those in the same place on a Latin keyboard
LAYOUTS: Final = {
    **str.maketrans("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"),
    **str.maketrans("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    **str.maketrans("קראטוןםפשדגכעיחלזסבהנמצ", "ertyuiopasdfghjkzxcvbnm"),
    **str.maketrans("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),
}


def latin(key: str) -> str:
    """
    The key's own letter, small; for a letter of another script the one in its place.

    >>> latin("N"), latin("т"), latin("é"), latin(" ")
    ('n', 'n', 'é', ' ')
    """
    return key.lower().translate(LAYOUTS)


class Keyboard:
    """Single keys of a terminal; says nothing when nobody can be at it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.attended = stream.isatty()
        self.hung_up = 0  # the number of the signal that asked the program to end
        self._keys: SimpleQueue[str] = SimpleQueue()
        self._stopped = False

    def __enter__(self) -> Self:
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(_answering("SIGINT", lambda _: self._keys.put(INTERRUPT)))
        for name in ("SIGTERM", "SIGHUP"):  # Windows has no hang-up
            self._stack.enter_context(_answering(name, self._hang_up))
        if self.attended:
            self._stack.enter_context(_answering("SIGTSTP", lambda _: self._keys.put(SUSPEND)))
            self._stack.enter_context(_answering("SIGCONT", self._go_on))
            self._stack.enter_context(_unbuffered(self._stream))
            threading.Thread(target=self._listen, name="keyboard", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def wait(self, seconds: float | None) -> str | None:
        """
        The next key, or None when `seconds` are over; None waits for as long as it takes.

        Once the program was told to end that is the answer to whoever asks, to each question of several.
        """
        if self.hung_up:
            return HANG_UP
        with contextlib.suppress(Empty):
            return self._keys.get(timeout=None if seconds is None else max(seconds, 0))
        return None

    def code(self, otherwise: int) -> int:
        """The exit code: where a signal asked the program to end, as a shell tells that."""
        return ENDED_BY_SIGNAL + self.hung_up if self.hung_up else otherwise

    def nudge(self) -> None:
        """From any thread: whoever waits for a key looks up."""
        self._keys.put(NUDGE)

    def suspend(self) -> None:
        """Let the shell have the terminal, as Ctrl+Z asks; returns when the program goes on, with its keys again."""
        if sys.platform == "win32":
            return
        import termios  # not on Windows

        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        with contextlib.suppress(termios.error):
            modes = termios.tcgetattr(self._stream)
            modes[3] |= termios.ICANON | termios.ECHO  # the local modes: lines, and what is typed is shown
            termios.tcsetattr(self._stream, termios.TCSADRAIN, modes)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)

    def take_back(self) -> None:
        """After the program was stopped and goes on: a shell may have changed the terminal's modes."""
        if self.attended and sys.platform != "win32":
            import termios  # not on Windows
            import tty

            with contextlib.suppress(termios.error):
                tty.setcbreak(self._stream)

    def was_stopped(self) -> bool:
        """Whether the program was stopped and goes on since this was last asked."""
        stopped, self._stopped = self._stopped, False
        return stopped

    def _go_on(self, _number: int) -> None:
        self._stopped = True

    def _hang_up(self, number: int) -> None:
        self.hung_up = number
        self._keys.put(HANG_UP)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # the terminal is gone
            while (key := _read_key(self._stream)) is not None:
                self._keys.put(key)
        if not self.hung_up:  # nobody can answer any more, and where hang-ups are ignored no signal says so
            self._hang_up(getattr(signal, "SIGHUP", 1))


def _read_key(stream: TextIO) -> str | None:
    """One key, a letter of any script whole; None where there are no more."""
    if sys.platform == "win32":
        import msvcrt  # Windows only

        key = msvcrt.getwch()
        return ARROWS_OF_WINDOWS.get(msvcrt.getwch(), UNKNOWN) if key in "\x00\xe0" else key
    descriptor = stream.fileno()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while byte := os.read(descriptor, 1):
        if byte == ESCAPE.encode():
            return ARROWS.get(after, UNKNOWN) if (after := _after_escape(descriptor)) else ESCAPE
        if key := decoder.decode(byte):
            return key if key.isprintable() or key in "\r\n\b\x7f\x1a" else UNKNOWN
    return None


def _after_escape(descriptor: int) -> str:
    """What a key sends behind an Escape, up to the letter that ends it: what comes next is a key of its own."""
    sent = ""
    while _more(descriptor) and (byte := os.read(descriptor, 1)):
        sent += byte.decode("ascii", "replace")
        if (sent not in {"[", "O", "[["} and "@" <= sent[-1] <= "~") or sent[0] not in "[O":
            break
    return sent


def _more(descriptor: int) -> bool:
    return bool(select.select([descriptor], [], [], 0.05)[0])


@contextlib.contextmanager
def _answering(name: str, answer: Callable[[int], None]) -> Iterator[None]:
    """A signal is a key like others: it waits for what is under way. A program ignored it? Then it stays ignored."""
    number = getattr(signal, name, None)
    in_main = threading.current_thread() is threading.main_thread()
    if number is None or not in_main or signal.getsignal(number) is signal.SIG_IGN:
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
    import termios  # not on Windows
    import tty

    before = termios.tcgetattr(stream)
    try:
        tty.setcbreak(stream)
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(stream, termios.TCSADRAIN, before)
