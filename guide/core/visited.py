"""Which steps a session went through, and how long each lasted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from guide.core.asked import BACK_WITHIN, do
from guide.core.commands import Command, Entered, Instant, Left, Reason
from guide.core.plan import Plan
from guide.core.record import StepRecord
from guide.core.routine import Range
from guide.core.session import Finished, Happening, Paused, Ready, Running, Session, advance, start


@dataclass(slots=True)
class _Visit:
    index: int
    entered: Instant
    origin: Instant
    slowed: timedelta | None = None


def steps_from(plan: Plan, commands: Iterable[tuple[Instant, Command]], until: Instant) -> tuple[StepRecord, ...]:
    """
    What became of each step, by letting the commands happen again up to `until`.

    A step left by accident and come back to within five seconds is one visit, and the glance at its neighbour none.
    Next in a step that lasts until milk slows, past its lower end, is counted as milk slowing: the page asks for it so.
    A session that is still going on at `until` counts its step as stopped there.
    """
    walk = _Walk(plan)
    for at, command in commands:
        walk.command(command, at)
    return walk.close(until)


class _Walk:
    """A session happening again, its visits written down."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._done: list[StepRecord] = []
        self._visit: _Visit | None = None
        begun = start(Ready(plan), timedelta(0))
        self._session: Session = begun.session
        self._take(begun.happenings, None)
        self._sync()

    def command(self, command: Command, at: Instant) -> None:
        self._advance(at)
        before = self._session
        outcome = do(before, command, at)
        self._session = outcome.session
        self._take(outcome.happenings, before.at if isinstance(before, Paused) else None)
        self._sync()

    def close(self, until: Instant) -> tuple[StepRecord, ...]:
        self._advance(until)
        session = self._session
        if self._visit is not None and not isinstance(session, Finished):
            self._leave(session.at if isinstance(session, Paused) else until, Reason.STOPPED)
        return tuple(self._done)

    def _advance(self, at: Instant) -> None:
        outcome = advance(self._session, at)
        self._session = outcome.session
        self._take(outcome.happenings, None)
        self._sync()

    def _take(self, happenings: Sequence[Happening], held: Instant | None) -> None:
        """`held` is when the step was paused, if it was: nothing after that counts for it."""
        for happening in happenings:
            match happening.effect:
                case Left(_, reason):
                    self._leave(happening.at if held is None else held, reason)
                    held = None
                case Entered(index):
                    self._visit = _Visit(index, happening.at, happening.at)
                case _:
                    pass

    def _leave(self, at: Instant, reason: Reason) -> None:
        visit = self._visit
        if visit is None:
            return
        self._visit = None
        segment = self._plan.segments[visit.index]
        lasted = max(at - visit.origin, timedelta(0))
        slowed = visit.slowed
        if slowed is None and (
            reason is Reason.MILK_SLOWED
            or (reason is Reason.NEXT and segment.step.until_milk_slows and _may_end(segment.step.length, lasted))
        ):
            slowed = lasted
        self._done.append(
            StepRecord(
                kind=segment.step.kind,
                title=segment.title,
                side=segment.side,
                entered=visit.entered,
                lasted=lasted,
                reason=reason,
                slowed_at=slowed,
                place=segment.place,
                index=visit.index,
            )
        )

    def _sync(self) -> None:
        """Take over what only the session knows: since when this step counts, and whether milk has slowed in it."""
        session = self._session.running if isinstance(self._session, Paused) else self._session
        visit = self._visit
        if not isinstance(session, Running) or visit is None:
            return
        if session.origin < visit.entered:
            self._rejoin(visit)
        visit.origin, visit.slowed = session.origin, session.slowed

    def _rejoin(self, visit: _Visit) -> None:
        """She came back to a step as she had left it: go on with that visit."""
        for position in range(len(self._done) - 1, -1, -1):
            step = self._done[position]
            if step.index == visit.index:
                visit.entered = step.entered
                self._done = [
                    *self._done[:position],
                    *(later for later in self._done[position + 1 :] if later.lasted > BACK_WITHIN),
                ]
                return


def _may_end(length: object, lasted: timedelta) -> bool:
    return isinstance(length, Range) and lasted >= length.earliest
