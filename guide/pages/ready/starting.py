"""From Start to the session: the voice is made ready meanwhile, and what takes long is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.live.chosen import Chosen
from guide.live.wishes import wishes_of
from guide.sound.repertoire import Repertoire, Wishes
from guide.tools import Tools

A_SECOND: Final = 1000  # milliseconds: progress is shown on what takes longer


class Starting(QObject):
    """
    `begun` carries what the session will sound like, once Start was pressed and that is there.

    `there` says that it is, before Start; `slow` carries how far it is, after; `missed` that she went elsewhere
    meanwhile, or is asked something: nothing begins behind another page, or beneath a sheet.
    """

    begun = Signal(object)
    there = Signal()
    slow = Signal(int, int, object)
    missed = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._chosen: Chosen | None = None
        self._repertoire: Repertoire | None = None
        self._wishes: Wishes | None = None
        self._pressed = False
        self._progress: tuple[int, int, timedelta | None] = (0, 0, None)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(A_SECOND)
        self._patience.timeout.connect(self.show_progress)
        tools.preparation.progressed.connect(self._go_on)
        tools.preparation.ready.connect(self._take)

    def prepare(self, chosen: Chosen) -> None:
        """Make the voice ready, as she wishes it now."""
        self._chosen, self._repertoire, self._progress = chosen, None, (0, 0, None)
        self._tools.player.prime()
        self._wishes = wishes_of(self._tools.preferences.settings)
        self._tools.preparation.begin(chosen.plan, self._wishes, beside=chosen.folder)

    def renew(self) -> None:
        """The same anew, where her wishes have changed."""
        if self._chosen is not None and wishes_of(self._tools.preferences.settings) != self._wishes:
            self.prepare(self._chosen)

    def press(self) -> None:
        """Start, as soon as every prompt is a finished file."""
        if self._repertoire is not None:
            self.begun.emit(self._repertoire)
        elif not self._pressed:
            self._pressed = True
            self._patience.start()

    def press_no_more(self) -> None:
        self._pressed = False
        self._patience.stop()

    def leave(self) -> None:
        """Nothing is got ready any more."""
        self.press_no_more()
        self._chosen = self._repertoire = None

    def show_progress(self) -> None:
        if self._pressed:
            self.slow.emit(*self._progress)

    def _go_on(self, done: int, count: int, left: timedelta | None) -> None:
        self._progress = (done, count, left)
        if not self._patience.isActive():
            self.show_progress()

    def _take(self, repertoire: Repertoire, problems: list[str]) -> None:
        if self._chosen is None or self._tools.preparation.plan is not self._chosen.plan:
            return
        for problem in problems:
            self._tools.tell_met(problem)
        self._repertoire = repertoire
        if not self._pressed:
            self.there.emit()
        elif self._tools.window.here == "ready" and self._tools.window.dialog is None:
            self.begun.emit(repertoire)
        else:
            self.missed.emit()
