"""A session: a cursor over a plan's moments, moved by time and by what a person asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

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
from guide.core.routine import HANDS_ON, Fixed, Kind, Range, Step
from guide.core.words import N_, Words

Instant = timedelta  # time on the session's own clock, zero at Start; it runs on during a pause

BACK_WITHIN: Final = timedelta(seconds=5)
ONE_MORE: Final = timedelta(minutes=1)
_BEFORE_START: Final = -timedelta.resolution
_TRAIL: Final = 20

PAUSED_WORDS: Final = N_("Paused.")
LONG_SUCTION_WORDS: Final = N_("That is thirty minutes of suction. This is a good time for a break.")
SUCTION_HURTS: Final = N_("Lower the suction, or break the seal with a finger.")
HANDS_HURT: Final = N_("Lighten your hands, or take them away.")
STILL_HURTS: Final = N_("Change how you sit, or stop for now.")


class Reason(StrEnum):
    """Why a step was left."""

    TIME = "time"
    NEXT = "next"
    MILK_SLOWED = "milk slowed"
    BACK = "back"
    STOPPED = "stopped"


class Why(StrEnum):
    """Why a session is paused."""

    ASKED = "asked"
    HURTS = "it hurts"
    LID = "lid"


@dataclass(frozen=True, slots=True)
class Entered:
    index: int


@dataclass(frozen=True, slots=True)
class Left:
    index: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class PauseBegan:
    why: Why


@dataclass(frozen=True, slots=True)
class PauseEnded:
    pass


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
    """What a person pressed last was undone."""


@dataclass(frozen=True, slots=True)
class Ended:
    complete: bool


Pressed = Lengthened | MilkSlowed | TakenBack
Passed = Entered | Left | PauseBegan | PauseEnded | Ended
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
    to, newest last, each held as a pause holds it.
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
    trail: tuple[Paused, ...] = ()

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


class Command(StrEnum):
    """What a person can ask; the journal keeps these words."""

    NEXT = "next"
    BACK = "back"
    PAUSE = "pause"
    RESUME = "resume"
    MORE_TIME = "more time"
    MILK_SLOWED = "milk slowed"
    IT_HURTS = "it hurts"
    LID = "lid closed"
    AGAIN = "again"
    UNDO = "undo"
    STOP = "stop"


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
    return _then(running, happenings, now)


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
                        Happening(at, Say(_words(running).gettext(LONG_SUCTION_WORDS))),
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


def _words(session: Session) -> Words:
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


def pause(session: Session, now: Instant, why: Why = Why.ASKED) -> Outcome:
    """Hold the session at `now`; what was due before still happens."""
    before = advance(session, now)
    match before.session:
        case Running() as running:
            held = Paused(running, now, why)
            return Outcome(held, (*before.happenings, Happening(now, PauseBegan(why))))
        case Paused(running, at, _) if why is not Why.ASKED:
            return Outcome(Paused(running, at, why), before.happenings)
        case _:
            return before


def resume(session: Session, now: Instant) -> Outcome:
    """Carry on: everything after the pause comes later by the pause's own length."""
    if not isinstance(session, Paused):
        return advance(session, now)
    return _then(_carried_on(session, now), [Happening(now, PauseEnded())], now)


def next_step(session: Session, now: Instant) -> Outcome:
    return _leave(session, now, Reason.NEXT)


def milk_slowed(session: Session, now: Instant) -> Outcome:
    """Mark that milk slows: in a range the step ends after its `linger`, and never before its lower end."""
    before = advance(session, now)
    running = before.session
    if not isinstance(running, Running) or running.slowed is not None:
        return before
    match running.segment.step.length:
        case Fixed() if running.segment.step.until_milk_slows:
            return _joined(before, _leave(running, now, Reason.MILK_SLOWED))
        case Range():
            marked = replace(
                _remembering(running, now),
                slowed=now - running.origin,
                slowed_extra=running.extra,
            )
            return _joined(before, _then(_from_here(marked, now), [Happening(now, MilkSlowed())], now))
        case _:
            return before


def more_time(session: Session, now: Instant) -> Outcome:
    """One minute more at the end, in a pause too; a wait has no end to move."""
    before = advance(session, now)
    match before.session:
        case Running() as running if running.latest is not None:
            return Outcome(_longer(running, now), (*before.happenings, Happening(now, Lengthened())))
        case Paused(running, at) as paused if running.latest is not None:
            longer = replace(paused, running=_longer(running, at))
            return Outcome(longer, (*before.happenings, Happening(now, Lengthened())))
        case _:
            return before


def _longer(running: Running, now: Instant) -> Running:
    return _from_here(replace(_remembering(running, now), extra=running.extra + ONE_MORE), now)


def back(session: Session, now: Instant) -> Outcome:
    """Within five seconds of coming here: the place before, as it was left; later: this step again from its start."""
    before = advance(session, now)
    running, begun = _under_way(before.session, now)
    if running is None:
        return before
    early = now - running.arrived <= BACK_WITHIN
    from_before = [at for at, place in enumerate(running.trail) if place.running.index < running.index]
    if early and from_before:
        return _joined(before, _return_to(running, from_before[-1], now, begun))
    target = max(running.index - 1, 0) if early else running.index
    return _joined(before, _from_its_start(running, target, now, begun))


def again(session: Session, now: Instant) -> Outcome:
    """This step once more, from its start."""
    before = advance(session, now)
    running, begun = _under_way(before.session, now)
    return before if running is None else _joined(before, _from_its_start(running, running.index, now, begun))


def undo(session: Session, now: Instant) -> Outcome:
    """
    Take back the last thing a person pressed, while time has not moved on to another step since.

    An end that a person pressed is taken back too: what came after it is as a pause, and a pause stays one.
    """
    if isinstance(session, Finished) and session.left is not None:
        return _taken_up(session, session.left, now)
    before = advance(session, now)
    running, begun = _under_way(before.session, now)
    if running is None or not running.trail:
        return before
    taken_back = Happening(now, TakenBack())
    before = replace(before, happenings=(*before.happenings, taken_back))
    place = running.trail[-1]
    was = place.running
    if was.index != running.index or now - running.origin < place.at - was.origin:
        return _joined(before, _return_to(running, len(running.trail) - 1, now, begun))
    match before.session:
        case Paused(held, at) as paused:
            return Outcome(replace(paused, running=_taken_back(held, was, at)), before.happenings)
        case _:
            return _joined(before, advance(_taken_back(running, was, now), now))


def _taken_up(over: Finished, left: Running | Paused, now: Instant) -> Outcome:
    taken_back = Happening(now, TakenBack())
    if isinstance(left, Running):
        return Outcome(_carried_on(Paused(left, over.at), now), (taken_back, Happening(now, Entered(left.index))))
    held = Paused(_carried_on(left, now), now, left.why)
    begun = (Happening(now, Entered(left.running.index)), Happening(now, PauseBegan(left.why)))
    return Outcome(held, (taken_back, *begun))


def _taken_back(running: Running, was: Running, now: Instant) -> Running:
    """With the end as it was, or here and now where that has passed."""
    extra, slowed, slowed_extra = was.extra, was.slowed, was.slowed_extra
    here = replace(running, extra=extra, slowed=slowed, slowed_extra=slowed_extra, trail=running.trail[:-1])
    late = now - (boundary(here) or now)
    return _from_here(replace(here, extra=extra + max(late, timedelta(0))), now)


def hurts_words(step: Step) -> str:
    """What helps at once, for the kind of step: suction hurts in another way than hands do."""
    if step.under_suction:
        return SUCTION_HURTS
    return HANDS_HURT if step.kind in {*HANDS_ON, Kind.EXPRESS} else STILL_HURTS


def asides(plan: Plan) -> tuple[str, ...]:
    """What may be said beside the plan's own prompts, once each: a pause, what helps where it hurts, the reminder."""
    hurts = (hurts_words(segment.step) for segment in plan.segments)
    return tuple(dict.fromkeys(plan.routine.words.gettext(text) for text in (PAUSED_WORDS, *hurts, LONG_SUCTION_WORDS)))


def it_hurts(session: Session, now: Instant) -> Outcome:
    """Pause and say what helps at once; she then goes on gently, skips the step, or stops."""
    held = pause(session, now, Why.HURTS)
    if not isinstance(held.session, Paused):
        return held
    words = _words(held.session).gettext(hurts_words(segment_of(held.session).step))
    return Outcome(held.session, (*held.happenings, Happening(now, Say(words, own=True))))


def lid_closed(session: Session, now: Instant) -> Outcome:
    return pause(session, now, Why.LID)


def next_means(session: Session, now: Instant) -> Command:
    """What Next asks for now: past the mark of a step that goes on a while after the milk slows, that it has slowed."""
    match advance(session, now).session:
        case Running(slowed=None) as running if (
            isinstance(running.segment.step.length, Range)
            and running.segment.step.linger
            and now - running.origin >= running.segment.shortest
        ):
            return Command.MILK_SLOWED
        case _:
            return Command.NEXT


def pause_means(session: Session) -> Command:
    """What the one key for pausing and carrying on asks for now."""
    return Command.RESUME if isinstance(session, Paused) else Command.PAUSE


def stop(session: Session, now: Instant) -> Outcome:
    before = advance(session, now)
    match before.session:
        case Running(plan, index) as left:
            pass
        case Paused(Running(plan, index)) as left:
            pass
        case _:
            return before
    ended = (Happening(now, Left(index, Reason.STOPPED)), Happening(now, Ended(complete=False)))
    return Outcome(Finished(plan, now, complete=False, left=left), (*before.happenings, *ended))


_DO: Final[dict[Command, Callable[[Session, Instant], Outcome]]] = {
    Command.NEXT: next_step,
    Command.BACK: back,
    Command.PAUSE: pause,
    Command.RESUME: resume,
    Command.MORE_TIME: more_time,
    Command.MILK_SLOWED: milk_slowed,
    Command.IT_HURTS: it_hurts,
    Command.LID: lid_closed,
    Command.AGAIN: again,
    Command.UNDO: undo,
    Command.STOP: stop,
}


def do(session: Session, command: Command, now: Instant) -> Outcome:
    """Carry out a command by its word; what the journal replays goes this way too."""
    return _DO[command](session, now)


def replay(plan: Plan, commands: list[tuple[Instant, Command]], until: Instant) -> Session:
    """The session that Start at zero and these commands lead to at `until`."""
    session = start(Ready(plan), timedelta(0)).session
    for at, command in commands:
        session = do(session, command, at).session
    return advance(session, until).session


def _leave(session: Session, now: Instant, reason: Reason) -> Outcome:
    before = advance(session, now)
    running, happenings = _under_way(before.session, now)
    if running is None:
        return before
    happenings.append(Happening(now, Left(running.index, reason)))
    if running.index + 1 == len(running.plan.segments):
        left = before.session if isinstance(before.session, Paused) else running
        ended = Finished(running.plan, now, complete=True, left=left)
        return Outcome(ended, (*before.happenings, *happenings, *_close(plan_of(session), now)))
    there, entered = _enter(running.plan, running.index + 1, now, running)
    there = replace(there, trail=_remembering(running, now).trail)
    return _joined(before, _then(there, [*happenings, *entered], now))


def _under_way(session: Session, now: Instant) -> tuple[Running | None, list[Happening]]:
    """A session that runs or is paused, as it goes on, and the pause's end; None for others."""
    match session:
        case Running():
            return session, []
        case Paused():
            return _carried_on(session, now), [Happening(now, PauseEnded())]
        case _:
            return None, []


def _from_its_start(running: Running, index: int, now: Instant, begun: Sequence[Happening]) -> Outcome:
    left = Happening(now, Left(running.index, Reason.BACK))
    there, entered = _enter(running.plan, index, now, running)
    there = replace(there, trail=_remembering(running, now).trail)
    return _then(there, [*begun, left, *entered], now)


def _return_to(running: Running, number: int, now: Instant, begun: list[Happening]) -> Outcome:
    """To a place of the trail, as if all since had been a pause; suction that went on meanwhile counts."""
    there = _carried_on(running.trail[number], now)
    suction = there.suction and (running.suction or there.suction)
    there = replace(there, arrived=now, suction=suction, trail=running.trail[:number])
    happenings = [*begun]
    if there.index != running.index:
        happenings += [Happening(now, Left(running.index, Reason.BACK)), Happening(now, Entered(there.index))]
    return _then(there, happenings, now)


def _enter(plan: Plan, index: int, at: Instant, before: Running | None) -> tuple[Running, list[Happening]]:
    """Suction goes on from the step before where that had it too."""
    suction = None
    if plan.segments[index].step.under_suction:
        suction = (before.suction if before else None) or Suction(at)
    return Running(plan, index, at, arrived=at, suction=suction), [Happening(at, Entered(index))]


def _carried_on(paused: Paused, now: Instant) -> Running:
    gap, running = now - paused.at, paused.running
    suction = replace(running.suction, since=running.suction.since + gap) if running.suction else None
    return replace(running, origin=running.origin + gap, arrived=running.arrived + gap, suction=suction)


def _remembering(running: Running, now: Instant) -> Running:
    place = Paused(replace(running, trail=()), now)
    return replace(running, trail=(*running.trail, place)[-_TRAIL:])


def _from_here(running: Running, now: Instant) -> Running:
    """What an end moved by a person leaves behind us has passed; it does not happen late."""
    return replace(running, reached=max(running.reached, now - running.origin))


def _then(running: Running, happenings: list[Happening], now: Instant) -> Outcome:
    return _joined(Outcome(running, tuple(happenings)), advance(running, now))


def _joined(before: Outcome, after: Outcome) -> Outcome:
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
