"""Work done beside the window, so that it never waits."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Final

LETS_GO_AFTER: Final = 0.0005  # seconds, where Python's own is ten times as long
NAME: Final = "aside"


def in_a_thread(work: Callable[[], None]) -> None:
    """
    Work that is all Python lets the window go on whenever it asks, within half a millisecond.

    Qt asks for Python anew for each widget that it lays out and paints, and each time it would wait for five.
    """
    sys.setswitchinterval(LETS_GO_AFTER)
    threading.Thread(target=work, name=NAME, daemon=True).start()


def let_finish(most: float) -> bool:
    """
    Let work that is under way come to its end, `most` seconds long; whether all did.

    A thread that emits a signal of Qt while Python ends is unwound through C++ that allows no exception, and the
    process ends by SIGABRT: the desktop reports a crash of a program that she has closed. So this comes before.
    """
    until = time.monotonic() + most
    running = [thread for thread in threading.enumerate() if thread.name == NAME]
    for thread in running:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in running)
