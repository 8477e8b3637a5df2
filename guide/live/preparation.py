"""Gets the voice ready on a thread of its own, so that the window never waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from guide.core.plan import Plan
from guide.language import _
from guide.live.aside import in_a_thread
from guide.sound.repertoire import Repertoire, Wishes, prepare
from guide.sound.voices.chain import Voices
from guide.sound.voices.engine import Priority

log = logging.getLogger(__name__)


class _GivenUpError(Exception):
    """Nobody waits for this preparation any more."""


def unforeseen() -> str:
    return _("The voice could not be made ready. The words on the screen go on.")


class Preparation(QObject):
    """
    `progressed` (done, of how many, the time left or None) while prompts are made, then `ready` with a repertoire and
    the troubles met.
    """

    progressed = Signal(int, int, object)
    ready = Signal(object, list)
    _made = Signal(int, bool, object, list)

    def __init__(
        self,
        *,
        cache: Path,
        voices: Callable[[Priority], Voices] = lambda priority: Voices(priority=priority),
        run: Callable[[Callable[[], None]], None] = in_a_thread,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cache = cache
        self._voices = voices
        self._run = run
        self._turn = 0
        self._warmed = 0
        self._asked: tuple[Plan, Wishes, Path | None] | None = None
        self._whole = False  # what is asked for was delivered as it should be
        self._made.connect(self._deliver)

    @property
    def plan(self) -> Plan | None:
        """The plan whose prompts are made, or were made last."""
        return self._asked[0] if self._asked else None

    def begin(self, plan: Plan, wishes: Wishes, *, beside: Path | None = None) -> None:
        """Start over for this plan; what an earlier call was making is not delivered."""
        self.give_up()
        self._asked = plan, wishes, beside
        self._whole = False
        turn = self._turn

        def tell(done: int, count: int, left: timedelta | None) -> None:
            if turn != self._turn:
                raise _GivenUpError
            self.progressed.emit(done, count, left)

        self._run(lambda: self._work(turn, plan, wishes, beside, tell))

    def hurry(self) -> None:
        """Deliver at once what is there, the rest in the voice that needs no time; the proper one follows by itself."""
        if self._asked is None or self._whole:
            return
        plan, wishes, beside = self._asked
        turn = self._turn

        def tell(_done: int, _count: int, _left: timedelta | None) -> None:
            if turn != self._turn or self._whole:
                raise _GivenUpError

        self._run(lambda: self._work(turn, plan, wishes, beside, tell, at_hand=True))

    def warm(self, plan: Plan, wishes: Wishes, *, beside: Path | None = None) -> None:
        """Make a plan's prompts ready in the background, for a later `begin`; any call ends it."""
        self._warmed += 1
        turn = self._warmed

        def tell(_done: int, _count: int, _left: timedelta | None) -> None:
            if turn != self._warmed:
                raise _GivenUpError

        def work() -> None:
            try:
                prepare(
                    plan, wishes, cache=self._cache, beside=beside, voices=self._voices(Priority.LOW), progress=tell
                )
            except _GivenUpError:
                pass
            except Exception:
                log.exception("the voice could not be made ready beforehand")

        self._run(work)

    def give_up(self) -> None:
        self._turn += 1
        self._warmed += 1

    def _work(
        self,
        turn: int,
        plan: Plan,
        wishes: Wishes,
        beside: Path | None,
        tell: Callable[[int, int, timedelta | None], None],
        *,
        at_hand: bool = False,
    ) -> None:
        try:
            repertoire, problems = prepare(
                plan,
                wishes,
                cache=self._cache,
                beside=beside,
                voices=self._voices(Priority.USUAL),
                at_hand=at_hand,
                progress=tell,
            )
        except _GivenUpError:
            return
        except Exception:
            log.exception("the voice could not be made ready")
            repertoire, problems = Repertoire(made_for=wishes), [unforeseen()]
        self._made.emit(turn, not at_hand, repertoire, problems)

    def _deliver(self, turn: int, whole: bool, repertoire: Repertoire, problems: list[str]) -> None:
        if turn == self._turn and not self._whole:
            self._whole = whole
            self.ready.emit(repertoire, problems)
