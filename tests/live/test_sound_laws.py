"""Laws over plans, presses and cues: a step's own chime and prompt are lost to nothing but a newer step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from guide.compat import override
from guide.core.commands import Command, Ended, Entered, Instant
from guide.core.plan import Chime, Plan, Say
from guide.core.session import Move, Ready, boundary
from guide.live.intents import GoOn, OfTheSession, PauseOrCarryOn, SayAgain
from guide.live.sitting import Listener, Sitting
from guide.sound.performer import Heard, Performer
from hands import Clock, RememberingPlayer, repertoire
from strategies import plans

PRESSES: st.SearchStrategy[OfTheSession] = st.sampled_from(
    [SayAgain(), SayAgain(), GoOn(), PauseOrCarryOn(), *(one for one in Command if one is not Command.STOP)]
)
WAITS = st.one_of(st.floats(0, 6), st.floats(0, 90))


class Told(Listener):
    """What the newest step should be heard with, and what was heard since it began."""

    def __init__(self) -> None:
        self.own: list[Say | Chime] = []
        self.heard_of_it: list[str] = []

    @override
    def moved(self, move: Move) -> None:
        for happening in move.happenings:
            match happening.effect:
                case Entered() | Ended():
                    self.own, self.heard_of_it = [], []
                case Say(own=True) | Chime(own=True) as effect:
                    self.own.append(effect)
                case _:
                    pass

    @override
    def heard(self, heard: Sequence[Heard]) -> None:
        self.heard_of_it += [one.text for one in heard]

    @property
    def missing(self) -> list[str]:
        texts = [effect.text if isinstance(effect, Say) else effect.sound for effect in self.own]
        return [text for text in texts if text not in self.heard_of_it]


def wake_until(sitting: Sitting, clock: Clock, end: Instant) -> None:
    """Let time pass up to `end` of the session's clock, woken whenever something is due."""
    while (due := sitting.due()) is not None and due <= end:
        clock.advance(max((due - sitting.now).total_seconds(), 0))
        sitting.wake()
    clock.advance(max((end - sitting.now).total_seconds(), 0))


def time_for(wait: float, near: str, sitting: Sitting) -> Instant:
    """Some time from now, or that much before the step ends or after its next moment: there the mistakes are."""
    ends, coming = boundary(sitting.session), sitting.due()
    if near == "end" and ends is not None:
        return max(ends - timedelta(seconds=wait), sitting.now)
    if near == "next" and coming is not None:
        return max(coming, sitting.now) + timedelta(seconds=min(wait, 1))
    return sitting.now + timedelta(seconds=wait)


@settings(max_examples=60)
@given(
    plans(waits=False),
    st.lists(st.tuples(st.floats(0, 8), st.sampled_from(["end", "next", "then"]), PRESSES), min_size=1, max_size=6),
    st.floats(1, 7),
)
def test_a_steps_own_chime_and_prompt_are_heard_whatever_is_pressed(
    plan: Plan, presses: list[tuple[float, str, OfTheSession]], prompt: float
) -> None:
    clock, told = Clock(), Told()
    performer = Performer(RememberingPlayer(), repertoire(plan, prompt=prompt))
    sitting = Sitting(Ready(plan), clock=clock, performer=performer, listeners=[told])
    sitting.begin()
    for wait, near, press in presses:
        wake_until(sitting, clock, time_for(wait, near, sitting))
        sitting.do(press)
    sitting.do(Command.RESUME)
    for _ in range(3):  # this step, and those after it
        newest = told.own
        while told.own is newest and (not newest or performer.due() is not None) and sitting.due() is not None:
            clock.advance(max(((sitting.due() or sitting.now) - sitting.now).total_seconds(), 0))
            sitting.wake()
        if told.own is newest:  # nothing waits any more, and no newer step has begun
            assert told.missing == []
            wake_until(sitting, clock, boundary(sitting.session) or sitting.now)
