"""A session: a cursor over a plan's moments, moved by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from guide.core.commands import Command, Ended, Entered, Instant, Left, Passed, PauseEnded, Reason, Why
from guide.core.plan import (
    CLOSE_AFTER,
    LONGEST_SUCTION,
    Action,
    Advance,
    Beat,
    Chime,
    Earliest,
    Partner,
    Plan,
    Say,
    Segment,
    Show,
    closing,
)
from guide.core.words import N_, Words

LONG_SUCTION_WORDS: Final = N_("That is thirty minutes of suction. This is a good time for a break.")
_BEFORE_START: Final = -timedelta.resolution
_TRAIL: Final = 20


@dataclass(frozen=True, slots=True)
class LongSuction:
    """Suction has gone on for `LONGEST_SUCTION` without a break."""


@dataclass(frozen=True, slots=True)
class Lengthened:
    """More time was added to the step."""


@dataclass(frozen=True, slots=True)
class MilkSlowed:
    """It was noted that milk slows; the step goes on to its end from there."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a person pressed last was undone: more time, that milk slowed, or else the leaving of a place."""

    press: Command | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing comes of what was asked: it does not apply here and now."""

    command: Command


Pressed = Lengthened | MilkSlowed | TakenBack | Declined
Effect = Passed | Pressed | LongSuction | Say | Chime | Show | Partner | Beat | Earliest


@dataclass(frozen=True, slots=True)
class Happening:
    """`at` is when it is due, not when we woke; a closing word may be due a little later than what brought it."""

    at: Instant
    effect: Effect


@dataclass(frozen=True, slots=True)
class Suction:
    """A stretch of suction without a break."""

    since: Instant
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """`first` is the segment to begin with; another than the first one only when a routine is tried out."""

    plan: Plan
    first: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """
    In segment `index`, which began at `origin`; its moments up to `reached` (from its start) have happened.

    `extra` is what more time added, `slowed` when milk slowed (from the segment's start) and `slowed_extra` what
    more time had added by then, `arrived` when this segment was come to, `trail` the places that back and undo lead
    to, newest last.
    """

    plan: Plan
    index: int
    origin: Instant
    reached: timedelta = _BEFORE_START
    extra: timedelta = timedelta(0)
    slowed: timedelta | None = None
    slowed_extra: timedelta = timedelta(0)
    arrived: Instant = timedelta(0)
    suction: Suction | None = None
    trail: tuple[Waypoint, ...] = ()

    @property
    def segment(self) -> Segment:
        return self.plan.segments[self.index]

    @property
    def latest(self) -> timedelta | None:
        """The longest this step may last, more time included; None for a wait."""
        longest = self.segment.longest
        return None if longest is None else longest + self.extra

    @property
    def end(self) -> timedelta | None:
        """
        Where the step ends as things stand, from its start; None for a wait.

        Source: routine-format, "How a step ends".
        """
        latest = self.latest
        if latest is None or self.slowed is None:
            return latest
        lingers = self.segment.step.linger + (self.extra - self.slowed_extra)
        return min(latest, max(self.segment.shortest, self.slowed) + lingers)


@dataclass(frozen=True, slots=True)
class Paused:
    running: Running
    at: Instant
    why: Why = Why.ASKED


@dataclass(frozen=True, slots=True)
class Waypoint:
    """
    A session as a press found it, held at `at`; `why` is what it was paused for, if it was.

    `press` is what only changed the step's end; None where the place was left.
    """

    running: Running
    at: Instant
    press: Command | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """Over at `at`; `left` is the session as a person's press left it, for `undo`, and None where time ended it."""

    plan: Plan
    at: Instant
    complete: bool
    left: Running | Paused | None = None


Session = Ready | Running | Paused | Finished


@dataclass(frozen=True, slots=True)
class Outcome:
    session: Session
    happenings: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a session: what was asked, if somebody asked, and for when; what came of it; how it stands then."""

    session: Session
    now: Instant
    happenings: tuple[Happening, ...] = ()
    command: Command | None = None
    at: Instant = timedelta(0)  # of the command: earlier than `now` where a lid was closed


def start(session: Ready, now: Instant) -> Outcome:
    running, happenings = _enter(session.plan, session.first, now, None)
    return followed(running, happenings, now)


def advance(session: Session, now: Instant) -> Outcome:
    """Let everything happen that is due by `now`, in order, each at its own moment."""
    if not isinstance(session, Running):
        return Outcome(session)
    happenings: list[Happening] = []
    running = session
    while (batch := _next_batch(running)) and running.origin + batch[0] <= now:
        offset, effects = batch
        at = running.origin + offset
        moved_on = False
        for effect in effects:
            match effect:
                case Advance():
                    moved_on = True
                case LongSuction():
                    happenings += [
                        Happening(at, effect),
                        Happening(at, Say(words_of(running).gettext(LONG_SUCTION_WORDS))),
                    ]
                    running = replace(running, suction=running.suction and replace(running.suction, reminded=True))
                case _:
                    happenings.append(Happening(at, effect))
        if moved_on:
            reason = Reason.TIME if running.end == running.latest else Reason.MILK_SLOWED
            happenings.append(Happening(at, Left(running.index, reason)))
            if running.index + 1 == len(running.plan.segments):
                happenings += _close(running.plan, at)
                return Outcome(Finished(running.plan, at, complete=True), tuple(happenings))
            running, entered = _enter(running.plan, running.index + 1, at, running)
            happenings += entered
        else:
            running = replace(running, reached=offset)
    return Outcome(running, tuple(happenings))


def due(session: Session) -> Instant | None:
    """When something happens next if nobody asks for anything."""
    if isinstance(session, Running) and (batch := _next_batch(session)):
        return session.origin + batch[0]
    return None


def boundary(session: Session) -> Instant | None:
    """When the step ends by itself as things stand."""
    if isinstance(session, Running) and session.end is not None:
        return session.origin + session.end
    return None


def next_chime(session: Session) -> Instant | None:
    """When the next chime is due, the next step's included: what is said before it is over by then."""
    if not isinstance(session, Running):
        return None
    ends = boundary(session)
    chimes = [
        session.origin + offset
        for offset, action in session.segment.fixed_moments(
            latest=session.latest, end=session.end, slowed=session.slowed
        )
        if isinstance(action, Chime) and offset > session.reached
    ]
    for recurring in session.segment.recurring:
        if isinstance(recurring.actions[0], Chime):
            turn = max((session.reached - recurring.first) // recurring.every + 1, 0)
            chimes.append(session.origin + recurring.at(turn)[0])
    return min([*chimes, *([ends] if ends is not None else [])], default=None)


def words_of(session: Session) -> Words:
    """Those of the routine: what is said follows its language."""
    return plan_of(session).routine.words


def plan_of(session: Session) -> Plan:
    return session.running.plan if isinstance(session, Paused) else session.plan


def segment_of(session: Session) -> Segment:
    """The segment a session is in; its last one once it has finished."""
    match session:
        case Ready(plan, first):
            return plan.segments[first]
        case Running():
            return session.segment
        case Paused(running):
            return running.segment
        case Finished(plan):
            return plan.segments[-1]


def leave(session: Session, now: Instant, reason: Reason) -> Outcome:
    before = advance(session, now)
    running, happenings = under_way(before.session, now)
    if running is None:
        return before
    happenings.append(Happening(now, Left(running.index, reason)))
    if running.index + 1 == len(running.plan.segments):
        left = before.session if isinstance(before.session, Paused) else running
        ended = Finished(running.plan, now, complete=True, left=left)
        return Outcome(ended, (*before.happenings, *happenings, *_close(plan_of(session), now)))
    there, entered = _enter(running.plan, running.index + 1, now, running)
    there = replace(there, trail=remembering(running, now, why=why_held(before.session)).trail)
    return joined(before, followed(there, [*happenings, *entered], now))


def under_way(session: Session, now: Instant) -> tuple[Running | None, list[Happening]]:
    """A session that runs or is paused, as it goes on, and the pause's end; None for others."""
    match session:
        case Running():
            return session, []
        case Paused():
            return carried_on(session, now), [Happening(now, PauseEnded())]
        case _:
            return None, []


def why_held(session: Session) -> Why | None:
    """Why a session is paused; None where it is not."""
    return session.why if isinstance(session, Paused) else None


def from_its_start(running: Running, index: int, now: Instant, begun: Sequence[Happening], why: Why | None) -> Outcome:
    """`begun` is what ended the pause that it was in because of `why`, if it was."""
    left = Happening(now, Left(running.index, Reason.BACK))
    there, entered = _enter(running.plan, index, now, running)
    there = replace(there, trail=remembering(running, now, why=why).trail)
    return followed(there, [*begun, left, *entered], now)


def return_to(running: Running, number: int, now: Instant) -> tuple[Running, list[Happening]]:
    """To a place of the trail, as if all since had been a pause; suction that went on meanwhile counts."""
    there = carried_on(running.trail[number], now)
    suction = there.suction and (running.suction or there.suction)
    there = replace(there, suction=suction, trail=running.trail[:number])
    if there.index == running.index:
        return there, []
    return there, [Happening(now, Left(running.index, Reason.BACK)), Happening(now, Entered(there.index))]


def _enter(plan: Plan, index: int, at: Instant, before: Running | None) -> tuple[Running, list[Happening]]:
    """Suction goes on from the step before where that had it too."""
    suction = None
    if plan.segments[index].step.under_suction:
        suction = (before.suction if before else None) or Suction(at)
    return Running(plan, index, at, arrived=at, suction=suction), [Happening(at, Entered(index))]


def carried_on(held: Paused | Waypoint, now: Instant) -> Running:
    gap, running = now - held.at, held.running
    suction = replace(running.suction, since=running.suction.since + gap) if running.suction else None
    return replace(running, origin=running.origin + gap, arrived=running.arrived + gap, suction=suction)


def remembering(running: Running, now: Instant, *, press: Command | None = None, why: Why | None = None) -> Running:
    place = Waypoint(replace(running, trail=()), now, press, why)
    return replace(running, trail=(*running.trail, place)[-_TRAIL:])


def from_here(running: Running, now: Instant) -> Running:
    """What an end moved by a person leaves behind us has passed; it does not happen late."""
    return replace(running, reached=max(running.reached, now - running.origin))


def followed(running: Running, happenings: list[Happening], now: Instant) -> Outcome:
    return joined(Outcome(running, tuple(happenings)), advance(running, now))


def joined(before: Outcome, after: Outcome) -> Outcome:
    return Outcome(after.session, (*before.happenings, *after.happenings))


def _close(plan: Plan, at: Instant) -> list[Happening]:
    return [
        Happening(at, Ended(complete=True)),
        Happening(at, Chime("end", own=True)),
        Happening(at + CLOSE_AFTER, Say(closing(plan), own=True)),
    ]


def _next_batch(running: Running) -> tuple[timedelta, list[Action | LongSuction]] | None:
    """The next offset at which anything happens, with all that happens there."""
    segment, end = running.segment, running.end
    nearest: timedelta | None = None
    actions: list[Action | LongSuction] = []

    def offer(offset: timedelta, action: Action | LongSuction) -> None:
        nonlocal nearest
        if nearest is None or offset < nearest:
            nearest = offset
            actions.clear()
        if offset == nearest:
            actions.append(action)

    for offset, action in segment.fixed_moments(latest=running.latest, end=end, slowed=running.slowed):
        if isinstance(action, Advance) or offset > running.reached:
            offer(offset, action)
    for recurring in segment.recurring:
        turn = max((running.reached - recurring.first) // recurring.every + 1, 0)
        offset, action = recurring.at(turn)
        if end is None or offset < end:
            offer(offset, action)
    if running.suction and not running.suction.reminded:
        offset = running.suction.since + LONGEST_SUCTION - running.origin
        if offset > running.reached and (end is None or offset < end):
            offer(offset, LongSuction())
    if nearest is None:
        return None
    actions.sort(key=lambda action: isinstance(action, Advance))
    return nearest, actions
