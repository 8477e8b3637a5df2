"""A session as it is played: the core's cursor, and those who are told what comes of it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from guide.core.asked import do, held_while_it_hurts, next_means, pause_means
from guide.core.commands import Command, Instant
from guide.core.session import (
    Finished,
    Move,
    Paused,
    Ready,
    Running,
    Session,
    advance,
    due,
    next_chime,
    segment_of,
    start,
)
from guide.live.clock import Clock
from guide.live.intents import GoOn, OfTheSession, PauseOrCarryOn, SayAgain
from guide.sound.performer import Heard, Performer

A_NAP = timedelta(seconds=3)  # a sleep longer than this was a closed lid
SOON = timedelta(milliseconds=50)  # before a cue, nothing is written that might keep it waiting


class Listener:
    """Is told, after the sound has been asked for, how the session moved; takes what it needs."""

    def began(self, session: Session) -> None:
        """Before all else: the session as it was handed over, ready or in the middle."""

    def moved(self, move: Move) -> None:
        """A command and what came of it, or what became due: one thing, to be kept whole or not at all."""

    def heard(self, heard: Sequence[Heard]) -> None:
        pass

    def woke(self, now: Instant) -> None:
        pass


class Sitting:
    """
    Holds one session and moves it by a clock; somebody calls `wake` when `due` has come.

    Listeners are told of a press after its own sound was asked for, and where a cue is due within `SOON`, after that
    cue; `settle` tells them at once.

    `began_at` is what the session's clock shows at the start: zero, or where a session that was cut off stood.
    """

    def __init__(
        self,
        session: Session,
        *,
        clock: Clock,
        performer: Performer,
        listeners: Sequence[Listener] = (),
        began_at: Instant = timedelta(0),
    ) -> None:
        self.session = session
        self.performer = performer
        self._clock = clock
        self._zero = clock.now() - began_at
        self._slept = clock.slept()
        self._last = began_at
        self._listeners = listeners
        self._untold: list[tuple[Move, list[Heard]]] = []

    @property
    def now(self) -> Instant:
        return self._clock.now() - self._zero

    @property
    def over(self) -> bool:
        """Finished, and the last word said."""
        return isinstance(self.session, Finished) and self.performer.due() is None

    def begin(self) -> None:
        """Start, if the session is ready: from here its clock counts from zero."""
        for listener in self._listeners:
            listener.began(self.session)
        match self.session:
            case Ready():
                self._zero = self._clock.now()
                outcome = start(self.session, timedelta(0))
                self._publish(Move(outcome.session, timedelta(0), outcome.happenings))
            case Running(index=index) | Paused(Running(index=index)):
                self.performer.take_up(index)
            case Finished():
                pass

    def wake(self) -> None:
        now = self.now
        if not self._paused_by_the_lid(now):
            outcome = advance(self.session, now)
            self._publish(Move(outcome.session, now, outcome.happenings))

    def was_away(self) -> None:
        """The program itself was stopped, and goes on: as with a closed lid, the session is held where it stood."""
        now = self.now
        if isinstance(self.session, Running) and now - self._last > A_NAP:
            self._do(Command.LID, self._last, now)

    def do(self, intent: OfTheSession) -> None:
        """What a person asks for; a key may be faster than the first wake after a closed lid."""
        now = self.now
        self._paused_by_the_lid(now)
        if isinstance(self.session, Finished):
            return
        match intent:
            case SayAgain():
                self._say_again(now)
            case GoOn():
                self._do_unless_it_hurts(next_means(self.session, now), now)
            case PauseOrCarryOn():
                self._do_unless_it_hurts(pause_means(self.session, now), now)
            case Command():
                self._do(intent, now, now)

    def _do_unless_it_hurts(self, command: Command, now: Instant) -> None:
        """What a key that means two things means here; none of them ends a pause because it hurts."""
        held = held_while_it_hurts(self.session, command, now)
        if held is None:
            self._do(command, now, now)
        else:
            self._publish(Move(held.session, now, held.happenings))

    def _say_again(self, now: Instant) -> None:
        heard = self.performer.say_again(segment_of(self.session).say, now)
        self.settle()
        for listener in self._listeners:
            listener.heard(heard)

    def due(self) -> Instant | None:
        """When `wake` has something to do, on the session's clock."""
        times = [at for at in (due(self.session), self.performer.due()) if at is not None]
        return min(times, default=None)

    def _paused_by_the_lid(self, now: Instant) -> bool:
        """Hold the session where the computer fell asleep, if it did."""
        before, self._slept = self._slept, self._clock.slept()
        if self._slept - before <= A_NAP or not isinstance(self.session, Running):
            return False
        self._do(Command.LID, self._last, now)
        return True

    def _do(self, command: Command, at: Instant, now: Instant) -> None:
        outcome = do(self.session, command, at)
        self._publish(Move(outcome.session, now, outcome.happenings, command, at))

    def _publish(self, move: Move) -> None:
        self.session = move.session
        self._last = move.now
        heard = self.performer.perform(move.happenings, move.now, next_chime(self.session))
        self._untold.append((move, heard))
        following = self.due()
        if move.command is None or following is None or not move.now < following < move.now + SOON:
            self.settle()

    def settle(self) -> None:
        """
        Tell the listeners what they were not told yet.

        What one of them raises keeps nothing from the others, and is raised once all are told: the first of it.
        """
        untold, self._untold = self._untold, []
        raised: list[Exception] = []
        for move, heard in untold:
            for listener in self._listeners:
                try:
                    _tell(listener, move, heard)
                except Exception as error:  # noqa: BLE001  what nobody foresaw
                    raised.append(error)
        if raised:
            raise raised[0]

    @property
    def paused(self) -> bool:
        return isinstance(self.session, Paused)


def _tell(listener: Listener, move: Move, heard: Sequence[Heard]) -> None:
    if move.command is not None or move.happenings:
        listener.moved(move)
    if heard:
        listener.heard(heard)
    listener.woke(move.now)
