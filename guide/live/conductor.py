"""The conductor: wakes a sitting by one timer when something is due, and tells what the eye sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from guide.compat import override
from guide.core.commands import Instant
from guide.core.readout import Readout, next_change, read
from guide.core.session import Finished, Move, Paused, Running, Session
from guide.language import screen
from guide.live.clock import Clock, Rehearsal
from guide.live.intents import OfTheSession
from guide.live.sitting import Listener, Sitting
from guide.sound.performer import Performer

MILLISECOND: Final = timedelta(milliseconds=1)
# a wait may be late by a share of its length: the last stretch is its own
APPROACH: Final = timedelta(milliseconds=150)
LONGEST_WAIT: Final = timedelta(minutes=1)
LOOKS_AFTER: Final = timedelta(seconds=10)  # in a step that waits for her: a lid may close in it, or the power go


class _Moves(Listener):
    """Keeps how the session moved until it is told."""

    def __init__(self) -> None:
        self.new: list[Move] = []

    @override
    def moved(self, move: Move) -> None:
        self.new.append(move)


class Conductor(QObject):
    """
    Plays one session at a time.

    `changed` carries the new readout, `happened` each move of the session with what came of it, `finished` the session
    at its end.
    """

    changed = Signal(Readout)
    happened = Signal(Move)
    finished = Signal(object)

    def __init__(self, *, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clock = clock
        self._speed = 1.0
        self._sitting: Sitting | None = None
        self._target: Instant | None = None  # of the wait that is under way
        self._ended = False
        self._moves = _Moves()
        self._alarm = QTimer(self)
        self._alarm.setSingleShot(True)
        self._alarm.setTimerType(Qt.TimerType.PreciseTimer)
        self._alarm.timeout.connect(self.wake)

    @property
    def session(self) -> Session | None:
        return self._sitting.session if self._sitting else None

    @property
    def now(self) -> Instant:
        """What the session's clock shows; zero where there is none."""
        return self._sitting.now if self._sitting else timedelta(0)

    @property
    def playing(self) -> bool:
        """Whether a session is under way, running or paused."""
        return self._sitting is not None and not isinstance(self._sitting.session, Finished)

    @property
    def paused(self) -> bool:
        return self._sitting is not None and isinstance(self._sitting.session, Paused)

    @property
    def wait(self) -> int:
        """Milliseconds until it wakes by itself, -1 when it does not."""
        return self._alarm.interval() if self._alarm.isActive() else -1

    def begin(
        self,
        session: Session,
        *,
        performer: Performer,
        listeners: Sequence[Listener] = (),
        began_at: Instant = timedelta(0),
        speed: float = 1,
    ) -> None:
        """Start a session that is ready, or take up one that was cut off at `began_at`; `speed` rehearses."""
        self.leave()
        self._ended = False
        self._speed = speed
        self._moves = _Moves()
        self._sitting = Sitting(
            session,
            clock=self.clock if speed == 1 else Rehearsal(self.clock, speed),
            performer=performer,
            listeners=[*listeners, self._moves],
            began_at=began_at,
        )
        try:
            self._sitting.begin()
        finally:  # here and below: a listener may fail, and without an alarm the session would stand still
            self._tell()

    def readout(self) -> Readout | None:
        return read(self._sitting.session, self._sitting.now, screen()) if self._sitting else None

    def do(self, intent: OfTheSession) -> None:
        """What a person asks of the session; nothing where there is none."""
        if self._sitting:
            try:
                self._sitting.do(intent)
            finally:
                self._tell()

    def wake(self) -> None:
        """Let happen what is due, and sleep until the next thing is."""
        sitting = self._sitting
        if sitting is None:
            return
        before = sitting.session
        try:
            sitting.wake()
        finally:
            if sitting.session is before and self._target is not None and sitting.now < self._target:
                self._set_alarm()  # the first stage of a wait: nothing to see yet
            else:
                self._tell()

    def leave(self) -> None:
        """Let go of the session; it stays as it stands."""
        self._alarm.stop()
        try:
            if self._sitting:
                self._sitting.performer.hush(self._sitting.now)
                self._sitting.settle()
        finally:
            self._sitting = None

    def _tell(self) -> None:
        sitting = self._sitting
        if sitting is None:
            return
        self._set_alarm()
        self.changed.emit(read(sitting.session, sitting.now, screen()))
        moves, self._moves.new = self._moves.new, []
        for move in moves:
            self.happened.emit(move)
        if isinstance(sitting.session, Finished) and not self._ended:
            self._ended = True
            self.finished.emit(sitting.session)

    def _set_alarm(self) -> None:
        sitting = self._sitting
        if sitting is None:
            return
        now = sitting.now
        times = [at for at in (sitting.due(), next_change(sitting.session, now)) if at is not None]
        self._target = min(times, default=None)
        if self._target is None:
            if isinstance(sitting.session, Running):
                self._alarm.start(LOOKS_AFTER // MILLISECOND)
            else:
                self._alarm.stop()
            return
        wait = min(max(self._target - now, timedelta(0)) / self._speed, LONGEST_WAIT)
        if wait > 2 * APPROACH:
            wait -= APPROACH
        self._alarm.start(-(-wait // MILLISECOND))
