"""A session by the clock: woken late, asleep with the lid closed, rehearsed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guide.compat import override
from guide.core.asked import replay
from guide.core.commands import Command, Entered, Instant, Left, Why
from guide.core.plan import Chime, Say
from guide.core.routine import AfterStart, Cue
from guide.core.session import Declined, Finished, Happening, Move, Paused, Ready, Running, Session
from guide.live.intents import GoOn, PauseOrCarryOn, SayAgain
from guide.live.sitting import Sitting
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire
from hands import Clock, Ear, RememberingPlayer, repertoire
from plans import fixed, paused, plan_of, ranged, seconds, waiting
from tables import each_row

PLAN = plan_of(fixed("1 min", say="One."), fixed("2 min", say="Two."))


class Moved(Ear):
    """Keeps each move and each waking with its time."""

    def __init__(self) -> None:
        super().__init__()
        self.moves: list[Move] = []
        self.woken: list[Instant] = []

    @override
    def moved(self, move: Move) -> None:
        super().moved(move)
        self.moves.append(move)

    @override
    def woke(self, now: Instant) -> None:
        self.woken.append(now)


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


@each_row(("before", "waits"), [(0.001, True), (0.049, True), (0.05, False), (5, False)])
@each_row("way", ["wake", "settle", "again"])
def test_a_press_just_before_a_cue_is_told_of_after_that_cue(before: float, waits: bool, way: str) -> None:
    plan = plan_of(fixed("1 min", say="One.", cues=(Cue(AfterStart(seconds(30)), say="Half."),)))
    clock, player, ear = Clock(), RememberingPlayer(), Moved()
    made = Sitting(Ready(plan), clock=clock, performer=Performer(player, repertoire(plan)), listeners=[ear])
    made.begin()
    for length in (2, 28 - before):
        clock.advance(length)
        made.wake()
    told, played = len(ear.moves), len(player.played)
    made.do(Command.MORE_TIME)
    assert (len(ear.moves) == told) is waits
    match way:
        case "wake":
            clock.advance(before + 0.01)
            made.wake()
            assert len(player.played) == played + 1
            assert [move.command for move in ear.moves[told:]] == [Command.MORE_TIME, None]
        case "again":
            made.do(SayAgain())
            assert [move.command for move in ear.moves[told:]] == [Command.MORE_TIME]
        case _:
            made.settle()
            made.settle()
            assert [move.command for move in ear.moves[told:]] == [Command.MORE_TIME]


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


@pytest.mark.parametrize(("slept", "held"), [(1, False), (3, False), (3.001, True)])
@pytest.mark.parametrize("before", [0, 3600])
def test_a_nap_of_up_to_three_seconds_is_no_closed_lid(before: float, slept: float, held: bool) -> None:
    clock = Clock()
    clock.sleep(before)
    made = sitting(clock, Ear())
    clock.sleep(slept)
    made.wake()
    assert isinstance(made.session, Paused) is held


@pytest.mark.parametrize("asked", [None, GoOn()])
def test_a_closed_lid_is_told_once_for_when_it_closed_and_with_the_time_it_opened(asked: GoOn | None) -> None:
    clock, ear = Clock(), Moved()
    made = sitting(clock, ear)
    clock.advance(10)
    made.wake()
    told, woken = len(ear.moves), list(ear.woken)
    clock.sleep(3600)
    made.do(asked) if asked else made.wake()
    lid, *others = ear.moves[told:]
    assert (lid.command, lid.at, lid.now) == (Command.LID, seconds(10), seconds(3610))
    assert [one.command for one in others] == ([Command.NEXT] if asked else [])
    assert ear.woken == [*woken, *[seconds(3610)] * (2 if asked else 1)]


def test_a_lid_that_closes_before_the_first_wake_holds_a_session_that_was_handed_over_as_it_ran() -> None:
    clock, ear = Clock(), Ear()
    run = replay(PLAN, [], seconds(20))
    performer = Performer(RememberingPlayer(), Repertoire())
    made = Sitting(run, clock=clock, performer=performer, listeners=[ear], began_at=seconds(20))
    made.begin()
    clock.sleep(3600)
    made.wake()
    held = state(made)
    assert isinstance(held, Paused)
    assert held.at == seconds(20)


@pytest.mark.parametrize("held", [False, True], ids=["running", "paused"])
def test_what_is_said_in_a_session_gone_on_with_belongs_to_the_step_it_is_in(held: bool) -> None:
    ear = Ear()
    run = replay(PLAN, [(seconds(70), Command.PAUSE)] if held else [], seconds(75))
    performer = Performer(RememberingPlayer(), repertoire(PLAN))
    made = Sitting(run, clock=Clock(), performer=performer, listeners=[ear], began_at=seconds(75))
    made.begin()
    made.do(SayAgain())
    assert [(thing.text, thing.index) for thing in ear.things] == [("Two.", 1)]


@each_row(("away", "held"), [(0.5, False), (3, False), (3.001, True), (3600, True)])
def test_a_program_that_was_stopped_holds_the_session_where_it_stood(away: float, held: bool) -> None:
    clock, ear = Clock(), Moved()
    made = sitting(clock, ear)
    clock.advance(20)
    made.wake()
    told = len(ear.moves)
    clock.advance(away)
    made.was_away()
    made.was_away()
    moved = [(one.command, one.at, one.now) for one in ear.moves[told:]]
    assert moved == ([(Command.LID, seconds(20), seconds(20 + away))] if held else [])
    assert isinstance(state(made), Paused) is held
    assert not held or paused(state(made)).at == seconds(20)


def test_a_program_that_was_stopped_in_a_pause_or_after_the_end_has_nothing_to_hold() -> None:
    for command in (Command.PAUSE, Command.STOP):
        clock, ear = Clock(), Ear()
        made = sitting(clock, ear)
        made.do(command)
        clock.advance(3600)
        made.was_away()
        assert ear.commands == [command]


def test_a_wake_that_brings_nothing_is_no_move() -> None:
    clock, ear = Clock(), Moved()
    made = sitting(clock, ear)
    for _ in range(3):
        clock.advance(10)
        made.wake()
    assert [len(one.happenings) for one in ear.moves] == [2, 1]
    assert ear.woken == [seconds(0), seconds(10), seconds(20), seconds(30)]


def test_a_command_is_a_move_even_where_nothing_comes_of_it() -> None:
    clock, ear = Clock(), Moved()
    made = sitting(clock, ear)
    made.do(Command.IT_HURTS)
    made.do(Command.PAUSE)
    assert [(one.command, one.happenings) for one in ear.moves][-1] == (Command.PAUSE, ())


def test_a_cue_that_would_run_into_the_next_chime_is_not_begun() -> None:
    cues = (Cue(AfterStart(seconds(20)), say="Soon."), Cue(AfterStart(seconds(58)), say="Too late."))
    plan = plan_of(fixed("1 min", say="One.", cues=cues), fixed("1 min", say="Two."))
    clock, player = Clock(), RememberingPlayer()
    made = Sitting(Ready(plan), clock=clock, performer=Performer(player, repertoire(plan)))
    made.begin()
    while (due := made.due()) is not None and due < seconds(70):
        clock.advance((due - made.now).total_seconds())
        made.wake()
    assert "Soon." in player.played
    assert "Too late." not in player.played
    assert "Two." in player.played


@each_row(
    ("pressed", "at", "means"),
    [
        (GoOn(), 100, Command.NEXT),
        (GoOn(), 200, Command.MILK_SLOWED),
        (PauseOrCarryOn(), 100, Command.PAUSE),
        (PauseOrCarryOn(), 700, Command.NEXT),
    ],
)
def test_what_a_key_of_two_meanings_asks_for_is_decided_by_the_step_and_the_time(
    pressed: GoOn | PauseOrCarryOn, at: float, means: Command
) -> None:
    plan = plan_of(ranged("3 min", "10 min", linger=seconds(60)), waiting(), fixed("1 min"))
    clock, ear = Clock(), Ear()
    made = Sitting(Ready(plan), clock=clock, performer=Performer(RememberingPlayer()), listeners=[ear])
    made.begin()
    clock.advance(at)
    made.wake()
    made.do(pressed)
    assert ear.commands == [means]


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


@each_row("intent", [GoOn(), PauseOrCarryOn(), Command.BACK, Command.AGAIN])
def test_while_it_hurts_a_key_of_two_meanings_leaves_the_time_standing_and_is_answered(
    intent: GoOn | PauseOrCarryOn | Command,
) -> None:
    clock, ear = Clock(), Moved()
    made = sitting(clock, ear)
    made.do(Command.IT_HURTS)
    held = state(made)
    clock.advance(30)
    made.do(intent)
    asked = intent if isinstance(intent, Command) else Command.NEXT if intent == GoOn() else Command.RESUME
    assert state(made) == held
    assert ear.happenings[-1] == Happening(seconds(30), Declined(asked))
    assert ear.moves[-1].now == seconds(30)
    made.do(Command.NEXT)
    assert isinstance(state(made), Running)
