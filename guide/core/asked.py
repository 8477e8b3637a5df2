"""A session moved by what a person asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from guide.core.commands import Command, Ended, Entered, Instant, Left, PauseBegan, PauseEnded, Reason, Why
from guide.core.plan import Plan, Say
from guide.core.routine import HANDS_ON, Fixed, Kind, Range, Step
from guide.core.session import (
    LONG_SUCTION_WORDS,
    Declined,
    Finished,
    Happening,
    Lengthened,
    MilkSlowed,
    Outcome,
    Paused,
    Ready,
    Running,
    Session,
    TakenBack,
    Waypoint,
    advance,
    boundary,
    carried_on,
    followed,
    from_here,
    from_its_start,
    joined,
    leave,
    remembering,
    return_to,
    segment_of,
    start,
    under_way,
    why_held,
    words_of,
)
from guide.core.usual import let_downs
from guide.core.words import N_

BACK_WITHIN: Final = timedelta(seconds=5)
ONE_MORE: Final = timedelta(minutes=1)

PAUSED_WORDS: Final = N_("Paused.")
SUCTION_HURTS: Final = N_("Lower the suction, or break the seal with a finger.")
HANDS_HURT: Final = N_("Lighten your hands, or take them away.")
STILL_HURTS: Final = N_("Change how you sit, or stop for now.")


def pause(session: Session, now: Instant, why: Why = Why.ASKED) -> Outcome:
    """Hold the session at `now`; what was due before still happens. That it hurts outlasts a closed lid."""
    before = advance(session, now)
    match before.session:
        case Running() as running:
            held = Paused(running, now, why)
            return Outcome(held, (*before.happenings, Happening(now, PauseBegan(why))))
        case Paused(running, at, held) if why is Why.HURTS or (why is Why.LID and held is not Why.HURTS):
            return Outcome(Paused(running, at, why), before.happenings)
        case _:
            return before


def resume(session: Session, now: Instant) -> Outcome:
    """Carry on: everything after the pause comes later by the pause's own length."""
    if not isinstance(session, Paused):
        return advance(session, now)
    return followed(carried_on(session, now), [Happening(now, PauseEnded())], now)


def next_step(session: Session, now: Instant) -> Outcome:
    return leave(session, now, Reason.NEXT)


def milk_slowed(session: Session, now: Instant) -> Outcome:
    """
    Mark that milk slows: in a range the step ends after its `linger`, and never before its lower end.

    In a step that waits for the first milk it says that milk has come, and is Next.
    """
    before = advance(session, now)
    running = before.session
    if not isinstance(running, Running) or running.slowed is not None:
        return _declined(before, Command.MILK_SLOWED, now)
    match running.segment.step.length:
        case Fixed() if running.segment.step.until_milk_slows:
            return joined(before, leave(running, now, Reason.MILK_SLOWED))
        case Fixed() if running.segment.place in let_downs(running.plan):
            return joined(before, leave(running, now, Reason.NEXT))
        case Range():
            marked = replace(
                remembering(running, now, press=Command.MILK_SLOWED),
                slowed=now - running.origin,
                slowed_extra=running.extra,
            )
            return joined(before, followed(from_here(marked, now), [Happening(now, MilkSlowed())], now))
        case _:
            return _declined(before, Command.MILK_SLOWED, now)


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
            return _declined(before, Command.MORE_TIME, now)


def _declined(before: Outcome, command: Command, now: Instant) -> Outcome:
    """Nothing comes of it, and under way that is told."""
    match before.session:
        case Running() | Paused():
            return Outcome(before.session, (*before.happenings, Happening(now, Declined(command))))
        case _:
            return before


def _longer(running: Running, now: Instant) -> Running:
    remembered = remembering(running, now, press=Command.MORE_TIME)
    return from_here(replace(remembered, extra=running.extra + ONE_MORE), now)


def back(session: Session, now: Instant) -> Outcome:
    """
    Within five seconds of coming here: the place before, as it was left; later: this step again from its start.

    A second one soon after goes on to the step before that; after an undo this step began when it first did.
    While it hurts it does neither.
    """
    before = advance(session, now)
    running, begun = under_way(before.session, now)
    if running is None:
        return before
    if why_held(before.session) is Why.HURTS:
        return _declined(before, Command.BACK, now)
    early = now - running.arrived <= BACK_WITHIN
    from_before = [at for at, place in enumerate(running.trail) if place.running.index < running.index]
    if early and from_before:
        there, came = return_to(running, from_before[-1], now)
        return joined(before, followed(replace(there, arrived=now), [*begun, *came], now))
    target = max(running.index - 1, 0) if early else running.index
    return joined(before, from_its_start(running, target, now, begun, why_held(before.session)))


def again(session: Session, now: Instant) -> Outcome:
    """This step once more, from its start; not while it hurts."""
    before = advance(session, now)
    running, begun = under_way(before.session, now)
    if running is None:
        return before
    if why_held(before.session) is Why.HURTS:
        return _declined(before, Command.AGAIN, now)
    return joined(before, from_its_start(running, running.index, now, begun, why_held(before.session)))


def undo(session: Session, now: Instant) -> Outcome:
    """
    Take back the last thing a person pressed, while time has not moved on to another step since.

    An end that a person pressed is taken back too: what came after it is as a pause. A pause stays one, and one that
    the press ended comes back with its place; while it hurts no other place is gone to.
    """
    if isinstance(session, Finished) and session.left is not None:
        return _taken_up(session, session.left, now)
    before = advance(session, now)
    running, begun = under_way(before.session, now)
    if running is None:
        return before
    held, place = why_held(before.session), running.trail[-1] if running.trail else None
    elsewhere = place is not None and _is_elsewhere(place, running, now)
    if place is None or (elsewhere and held is Why.HURTS):
        return _declined(before, Command.UNDO, now)
    before = replace(before, happenings=(*before.happenings, Happening(now, TakenBack(place.press))))
    if elsewhere:
        there, came = return_to(running, len(running.trail) - 1, now)
        why = held or place.why
        if why is None:
            return joined(before, followed(there, [*begun, *came], now))
        came.append(Happening(now, PauseBegan(why)))
        return joined(before, Outcome(Paused(there, now, why), (*begun, *came)))
    match before.session:
        case Paused(paused, at) as stays:
            taken_back = _taken_back(paused, place.running, at)
            return Outcome(replace(stays, running=taken_back), before.happenings)
        case _:
            return joined(before, advance(_taken_back(running, place.running, now), now))


def _is_elsewhere(place: Waypoint, running: Running, now: Instant) -> bool:
    """Whether a place is in another step, or further on in this one, that was begun again since."""
    was = place.running
    begun_again = place.press is None and now - running.origin <= place.at - was.origin
    return was.index != running.index or begun_again


def _taken_up(over: Finished, left: Running | Paused, now: Instant) -> Outcome:
    taken_back = Happening(now, TakenBack())
    if isinstance(left, Running):
        return Outcome(carried_on(Paused(left, over.at), now), (taken_back, Happening(now, Entered(left.index))))
    held = Paused(carried_on(left, now), now, left.why)
    begun = (Happening(now, Entered(left.running.index)), Happening(now, PauseBegan(left.why)))
    return Outcome(held, (taken_back, *begun))


def _taken_back(running: Running, was: Running, now: Instant) -> Running:
    """With the end as it was, or here and now where that has passed."""
    extra, slowed, slowed_extra = was.extra, was.slowed, was.slowed_extra
    here = replace(running, extra=extra, slowed=slowed, slowed_extra=slowed_extra, trail=running.trail[:-1])
    late = now - (boundary(here) or now)
    return from_here(replace(here, extra=extra + max(late, timedelta(0))), now)


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
    words = words_of(held.session).gettext(hurts_words(segment_of(held.session).step))
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


def held_while_it_hurts(session: Session, command: Command, now: Instant) -> Outcome | None:
    """
    The answer to a press that may be an accident (a pedal, a headset, a tap) where it hurts; None where it counts.

    From there only what she chooses by its name goes on: to carry on, or to leave the step out.
    """
    return _declined(Outcome(session), command, now) if why_held(session) is Why.HURTS else None


def pause_means(session: Session, now: Instant) -> Command:
    """What the one key for pausing and carrying on asks for now: in a step that waits for her, that it goes on."""
    match advance(session, now).session:
        case Paused():
            return Command.RESUME
        case Running() as running if running.segment.waits:
            return Command.NEXT
        case _:
            return Command.PAUSE


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
