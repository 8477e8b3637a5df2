"""Gets the voice ready on a thread of its own, so that the window never waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.core.plan import Plan
from guide.live.aside import in_a_thread
from guide.sound.repertoire import Repertoire, Wishes, prepare

UNFORESEEN: Final = "The voice could not be made ready. The words on the screen go on."

log = logging.getLogger(__name__)


class _GivenUpError(Exception):
    """Nobody waits for this preparation any more."""


class Preparation(QObject):
    """`progressed` (done, of how many) while prompts are made, then `ready` with a repertoire and the troubles met."""

    progressed = Signal(int, int)
    ready = Signal(object, list)
    _made = Signal(int, object, list)

    def __init__(
        self,
        *,
        cache: Path,
        run: Callable[[Callable[[], None]], None] = in_a_thread,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cache = cache
        self._run = run
        self._turn = 0
        self._made.connect(self._deliver)

    def begin(self, plan: Plan, wishes: Wishes, *, beside: Path | None = None) -> None:
        """Start over for this plan; what an earlier call was making is not delivered."""
        self._turn += 1
        turn = self._turn

        def tell(done: int, count: int) -> None:
            if turn != self._turn:
                raise _GivenUpError
            self.progressed.emit(done, count)

        def work() -> None:
            try:
                repertoire, problems = prepare(plan, wishes, cache=self._cache, beside=beside, progress=tell)
            except _GivenUpError:
                return
            except Exception:
                log.exception("the voice could not be made ready")
                repertoire, problems = Repertoire(), [UNFORESEEN]
            self._made.emit(turn, repertoire, problems)

        self._run(work)

    def give_up(self) -> None:
        self._turn += 1

    def _deliver(self, turn: int, repertoire: Repertoire, problems: list[str]) -> None:
        if turn == self._turn:
            self.ready.emit(repertoire, problems)
