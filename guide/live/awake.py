"""Keeps the screen awake while a session runs, where the computer lets us; asked aside, so that no window waits."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

from guide.language import _

log = logging.getLogger(__name__)

LONGEST_ANSWER: Final = 3.0  # seconds that a report waits for a desktop that may never answer

Keep = Callable[[], AbstractContextManager[Any]]


def _wakepy() -> AbstractContextManager[Any]:
    from wakepy import keep  # not before a session needs it

    return keep.presenting(on_fail="pass")


class Awake:
    """
    `begin` and `end` may be called in any order and number; `active` tells whether the computer agreed.

    The desktop is asked over its bus, which may never answer: a thread of its own asks, and ends with the session.
    """

    def __init__(self, *, keep: Keep = _wakepy) -> None:
        self._keep = keep
        self._asked = False
        self._wishes: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._leaving = threading.Lock()  # no wish comes between the last look for one and the end of the thread
        self._answered = threading.Event()
        self.active = False

    @property
    def sentence(self) -> str:
        """Whether the screen stays on, for the settings page."""
        if not self._asked or not self._answered.is_set():
            return _("The screen is kept on while a session runs, where the computer lets us.")
        if self.active:
            return _("The screen is kept on.")
        return _("This computer does not let us keep the screen on.")

    def begin(self) -> None:
        self._wish(on=True)

    def end(self) -> None:
        self._wish(on=False)

    def _wish(self, *, on: bool) -> None:
        if on == self._asked:
            return
        self._asked = on
        if on:
            self._answered.clear()
        with self._leaving:
            self._wishes.put(on)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="awake", daemon=True)
                self._thread.start()

    def answered(self, limit: float = LONGEST_ANSWER) -> bool:
        """Wait for the answer to `begin`, but no longer than `limit` seconds; False where none came."""
        return self._answered.wait(limit)

    def _work(self) -> None:
        held = contextlib.ExitStack()
        while True:
            on = self._wishes.get()
            if not self._wishes.empty():
                continue  # an older wish is overtaken
            with contextlib.suppress(Exception):
                held.close()
            self.active = False
            if not on:
                with self._leaving:
                    if self._wishes.empty():
                        self._thread = None
                        return
                continue
            try:
                mode = held.enter_context(self._keep())
                self.active = bool(mode.active)
            except Exception:
                log.info("the screen cannot be kept awake", exc_info=True)
            if self._wishes.empty():
                self._answered.set()


def report() -> str:
    """A line for `doctor`."""
    awake = Awake()
    awake.begin()
    if not awake.answered():
        return _("Screen: the desktop does not answer, so it may switch the screen off. A session goes on without it.")
    sentence = awake.sentence
    awake.end()
    return _("Screen: {sentence}").format(sentence=sentence)
