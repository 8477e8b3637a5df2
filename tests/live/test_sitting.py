"""A session by the clock: woken late, asleep with the lid closed, rehearsed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guide.compat import override
from guide.core.commands import Command, Entered, Left, Why
from guide.core.plan import Chime, Say
from guide.core.session import Declined, Finished, Move, Paused, Ready, Running, Session
from guide.live.clock import Rehearsal, system_clock
from guide.live.intents import GoOn, PauseOrCarryOn, SayAgain
from guide.live.sitting import Sitting
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire
from hands import Clock, Ear, RememberingPlayer, repertoire
from plans import fixed, plan_of, seconds

PLAN = plan_of(fixed("1 min", say="One."), fixed("2 min", say="Two."))


def state(made: Sitting) -> Session:
    """Asked anew each time: it changes under a type checker's eyes."""
    return made.session


def sitting(clock: Clock, ear: Ear, player: RememberingPlayer | None = None) -> Sitting:
    held = repertoire(PLAN) if player else Repertoire()
    made = Sitting(Ready(PLAN), clock=clock, performer=Performer(player or RememberingPlayer(), held), listeners=[ear])
    made.begin()
    return made


def test_a_session_begins_at_zero_however_long_the_program_was_up() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    assert made.now == timedelta(0)
    assert [happening.at for happening in ear.happenings] == [timedelta(0)] * 2


def test_what_is_heard_begins_before_anything_is_written_or_painted() -> None:
    clock, player, heard_by_then = Clock(), RememberingPlayer(), []

    class Writes(Ear):
        @override
        def moved(self, move: Move) -> None:
            heard_by_then.append(list(player.played))

    sitting(clock, Writes(), player)
    assert len(heard_by_then) == 1
    assert heard_by_then[0] == player.played != []


def test_a_late_wake_tells_everything_in_order_at_its_own_moment() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    clock.advance(70)
    made.wake()
    told = [(happening.at, happening.effect) for happening in ear.happenings]
    assert (seconds(60), Entered(1)) in told
    assert (seconds(62), Say("Two.")) in told
    assert [at for at, _ in told] == sorted(at for at, _ in told)


def test_woken_when_it_asks_to_be_an_hour_ends_on_the_microsecond() -> None:
    plan = plan_of(*(fixed("3 min", say=f"Step {number}.") for number in range(20)))
    clock, ear = Clock(), Ear()
    made = Sitting(Ready(plan), clock=clock, performer=Performer(RememberingPlayer(), Repertoire()), listeners=[ear])
    made.begin()
    while (due := made.due()) is not None:
        clock.advance((due - made.now).total_seconds() + 0.0017)
        made.wake()
    assert isinstance(made.session, Finished)
    assert made.session.at == timedelta(hours=1)


def test_a_lid_that_closes_pauses_where_it_closed() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    clock.advance(20)
    made.wake()
    clock.sleep(3600)
    made.wake()
    held = state(made)
    assert isinstance(held, Paused)
    assert held.why is Why.LID
    assert held.at == seconds(20)
    assert ear.commands == [Command.LID]
    made.do(Command.RESUME)
    carried_on = state(made)
    assert isinstance(carried_on, Running)
    assert carried_on.origin == seconds(3600)


def test_a_key_that_is_faster_than_the_first_wake_after_a_lid_finds_the_session_held() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    clock.advance(20)
    made.wake()
    clock.sleep(3600)
    made.do(Command.MORE_TIME)
    held = state(made)
    assert isinstance(held, Paused)
    assert held.at == seconds(20)
    assert ear.commands == [Command.LID, Command.MORE_TIME]
    made.wake()
    assert ear.commands == [Command.LID, Command.MORE_TIME]


def test_a_key_pressed_after_the_end_is_no_part_of_the_session() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    made.do(Command.STOP)
    made.do(Command.NEXT)
    assert ear.commands == [Command.STOP]


def test_a_nap_of_a_second_is_no_closed_lid() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    clock.sleep(1)
    made.wake()
    assert isinstance(made.session, Running)


def test_a_busy_machine_is_no_closed_lid() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    clock.advance(30)
    made.wake()
    assert isinstance(made.session, Running)


def test_the_closing_word_is_said_before_it_is_over() -> None:
    clock, ear, player = Clock(), Ear(), RememberingPlayer()
    made = sitting(clock, ear, player)
    clock.advance(60)
    made.wake()
    clock.advance(120)
    made.wake()
    assert isinstance(state(made), Finished)
    assert not made.over
    clock.advance(4)
    made.wake()
    assert bool(made.over)
    assert player.played[-2:] == ["<end>", "All done. Breathe out."]


def test_stop_is_silent_and_kept() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    made.do(Command.STOP)
    assert made.over
    assert [type(happening.effect).__name__ for happening in ear.happenings[-2:]] == ["Left", "Ended"]
    assert not any(isinstance(each.effect, Chime) and each.effect.sound == "end" for each in ear.happenings)


def test_say_again_repeats_the_steps_own_words() -> None:
    clock, ear, player = Clock(), Ear(), RememberingPlayer()
    made = sitting(clock, ear, player)
    clock.advance(30)
    made.wake()
    made.do(SayAgain())
    assert player.asked[-2:] == ["stop", "One."]


def test_next_tells_why_the_step_was_left() -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    made.do(Command.NEXT)
    assert [each.effect.reason.value for each in ear.happenings if isinstance(each.effect, Left)] == ["next"]


def test_a_rehearsal_runs_as_many_times_as_fast() -> None:
    clock = Clock()
    fast = Rehearsal(clock, 60)
    clock.advance(2)
    assert fast.now() == timedelta(minutes=2)


def test_a_rehearsal_takes_no_moment_for_a_closed_lid() -> None:
    clock = Clock()
    fast = Rehearsal(clock, 1000)
    clock.sleep(0.004)
    assert fast.slept() == timedelta(milliseconds=4)


def test_the_computers_clock_goes_on_and_slept_no_longer_than_it_ran() -> None:
    clock = system_clock()
    first, second = clock.now(), clock.now()
    assert second >= first
    assert timedelta(0) <= clock.slept() <= clock.now()


@pytest.mark.parametrize("intent", [GoOn(), PauseOrCarryOn(), Command.BACK, Command.AGAIN])
def test_while_it_hurts_a_key_of_two_meanings_leaves_the_time_standing_and_is_answered(
    intent: GoOn | PauseOrCarryOn | Command,
) -> None:
    clock, ear = Clock(), Ear()
    made = sitting(clock, ear)
    made.do(Command.IT_HURTS)
    held = state(made)
    clock.advance(30)
    made.do(intent)
    assert state(made) == held
    assert isinstance(ear.happenings[-1].effect, Declined)
    made.do(Command.NEXT)
    assert isinstance(state(made), Running)
