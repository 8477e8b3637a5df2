"""Work done beside the window, so that it never waits."""

from __future__ import annotations

import contextlib
import logging
import queue
import sys
import threading
import time
import weakref
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

LETS_GO_AFTER: Final = 0.0005  # seconds, where Python's own is ten times as long
NAME: Final = "aside"

Work = Callable[[], None]


def in_a_thread(work: Work) -> None:
    """
    Work that is all Python lets the window go on whenever it asks, within half a millisecond.

    Qt asks for Python anew for each widget that it lays out and paints, and each time it would wait for five.
    """
    sys.setswitchinterval(LETS_GO_AFTER)
    threading.Thread(target=work, name=NAME, daemon=True).start()


def one_after_the_other() -> Callable[[Work], None]:
    """Work on one thread, which is kept until nobody can ask for more; what is raised there is logged."""
    line = _Line()
    _lines.add(line)
    return line.add


class _Line:
    """Not a pool of Python's: at the end of the program that would wait for its threads however long they take."""

    def __init__(self) -> None:
        self._works: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._ended = False
        weakref.finalize(self, self._works.put, None)

    def add(self, work: Work) -> None:
        if self._ended:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=_do_each, args=(self._works,), name=NAME, daemon=True)
            self._thread.start()
        self._works.put(work)

    def end(self) -> None:
        """Begin nothing any more; what is under way comes to its end."""
        self._ended = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._works.get_nowait()
        self._works.put(None)


_lines: Final[weakref.WeakSet[_Line]] = weakref.WeakSet()


def _do_each(works: queue.SimpleQueue[Work | None]) -> None:
    while (work := works.get()) is not None:
        try:
            work()
        except Exception:
            log.exception("work beside the window was not done")
        del work  # it may hold whoever asked for it


def let_finish(most: float) -> bool:
    """
    Let work that is under way come to its end, `most` seconds long; whether all did.

    A thread that emits a signal of Qt while Python ends is unwound through C++ that allows no exception, and the
    process ends by SIGABRT: the desktop reports a crash of a program that she has closed. So this comes before.
    """
    until = time.monotonic() + most
    for line in list(_lines):
        line.end()
    running = [thread for thread in threading.enumerate() if thread.name == NAME]
    for thread in running:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in running)
