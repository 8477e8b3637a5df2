"""Work done beside the window, so that it never waits."""

from __future__ import annotations

import threading
from collections.abc import Callable


def in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="aside", daemon=True).start()
