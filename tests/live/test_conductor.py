"""The conductor: one timer towards the next moment, a readout for the eye, signals for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from guide.compat import override
from guide.core.asked import pause, replay
from guide.core.commands import Command, Entered, Instant, Why
from guide.core.readout import PAUSED_WORDS, Phase, Readout, read
from guide.core.session import Finished, Move, Ready
from guide.language import screen, speak
from guide.live.conductor import Conductor
from guide.live.intents import GoOn, PauseOrCarryOn, SayAgain
from guide.live.sitting import Listener
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire
from hands import Clock, Ear, RememberingPlayer, repertoire
from plans import fixed, plan_of, seconds, waiting

PLAN = plan_of(fixed("45 s", say="One."), fixed("2 min", say="Two."))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def conductor(clock: Clock, qtbot: QtBot) -> Iterator[Conductor]:
    made = Conductor(clock=clock)
    made.begin(Ready(PLAN), performer=Performer(RememberingPlayer(), Repertoire()))
    yield made
    made.leave()


def clock_text(conductor: Conductor) -> str:
    readout = conductor.readout()
    assert readout is not None
    return readout.clock


def test_the_clock_is_read_from_the_session_and_not_counted_down(conductor: Conductor, clock: Clock) -> None:
    assert clock_text(conductor) == "0:45"
    clock.advance(10)
    conductor.wake()
    assert clock_text(conductor) == "0:35"


def test_it_sleeps_until_shortly_before_the_next_change_and_then_the_rest(conductor: Conductor, clock: Clock) -> None:
    assert conductor.wait == 850
    clock.advance(0.85)
    conductor.wake()
    assert conductor.wait == 150


@pytest.mark.parametrize(
    ("gone", "wait"), [(0, 850), (0.6, 250), (0.699, 151), (0.7, 300), (0.8, 200), (0.9996, 1), (0.999999, 1)]
)
def test_a_wait_ends_early_only_where_the_rest_is_long_enough_to_be_its_own(
    conductor: Conductor, clock: Clock, gone: float, wait: int
) -> None:
    clock.advance(gone)
    conductor.wake()
    assert conductor.wait == wait


def test_nothing_is_shown_at_the_first_stage_of_a_wait_and_the_change_at_its_moment(
    conductor: Conductor, clock: Clock
) -> None:
    seen: list[str] = []
    conductor.changed.connect(lambda readout: seen.append(readout.clock))
    for gone in (0.85, 0.15, 0.85, 0.15):
        clock.advance(gone)
        conductor.wake()
    assert seen == ["0:44", "0:43"]


def test_a_pause_stops_the_clock_and_a_paused_session_needs_no_timer(conductor: Conductor, clock: Clock) -> None:
    clock.advance(5)
    conductor.do(Command.PAUSE)
    assert conductor.paused
    clock.advance(300)
    conductor.wake()
    assert clock_text(conductor) == "0:40"
    conductor.do(Command.RESUME)
    clock.advance(1)
    conductor.wake()
    assert clock_text(conductor) == "0:39"


def test_a_waiting_step_stays_until_told(clock: Clock, qtbot: QtBot) -> None:
    conductor = Conductor(clock=clock)
    conductor.begin(Ready(plan_of(waiting(), fixed("1 min"))), performer=Performer(RememberingPlayer(), Repertoire()))
    clock.advance(3600)
    conductor.wake()
    assert clock_text(conductor) == ""
    conductor.do(Command.NEXT)
    assert clock_text(conductor) == "1:00"
    conductor.leave()


def test_in_a_step_that_waits_a_closed_lid_and_a_power_cut_are_dated_to_the_last_seconds(
    clock: Clock, qtbot: QtBot
) -> None:
    class Awake(Listener):
        last = seconds(0)

        @override
        def woke(self, now: Instant) -> None:
            self.last = now

    conductor, awake = Conductor(clock=clock), Awake()
    performer = Performer(RememberingPlayer(), Repertoire())
    conductor.begin(Ready(plan_of(waiting(), fixed("1 min"))), performer=performer, listeners=[awake])
    moves: list[Move] = []
    conductor.happened.connect(moves.append)
    gone = 0.0
    while gone < 90:
        assert 0 < conductor.wait <= 10_000
        gone += conductor.wait / 1000
        clock.advance(conductor.wait / 1000)
        conductor.wake()
        assert awake.last == seconds(gone)
    clock.sleep(3600)
    conductor.wake()
    assert (moves[-1].command, moves[-1].at) == (Command.LID, seconds(gone))
    assert conductor.wait == -1
    conductor.leave()


def test_everybody_is_told_once_how_it_ended(conductor: Conductor, clock: Clock) -> None:
    ended: list[object] = []
    seen: list[Readout] = []
    conductor.finished.connect(ended.append)
    conductor.changed.connect(seen.append)
    clock.advance(165)
    conductor.wake()
    clock.advance(5)
    conductor.wake()
    assert [type(each) for each in ended] == [Finished]
    assert seen[-1].phase is Phase.FINISHED
    assert not conductor.playing


def test_what_one_key_means_now_is_what_the_journal_keeps(clock: Clock, qtbot: QtBot) -> None:
    conductor, ear = Conductor(clock=clock), Ear()
    conductor.begin(Ready(PLAN), performer=Performer(RememberingPlayer(), Repertoire()), listeners=[ear])
    for intent in (PauseOrCarryOn(), PauseOrCarryOn(), GoOn(), SayAgain(), Command.BACK, Command.STOP):
        conductor.do(intent)
    assert ear.commands == [Command.PAUSE, Command.RESUME, Command.NEXT, Command.BACK, Command.STOP]
    conductor.leave()


def test_each_move_is_told_once_after_the_readout_that_shows_it(conductor: Conductor, clock: Clock) -> None:
    told: list[tuple[str, object]] = []
    conductor.changed.connect(lambda readout: told.append(("shown", readout.index)))
    conductor.happened.connect(lambda move: told.append(("told", move.command)))
    conductor.do(Command.NEXT)
    clock.advance(0.3)
    conductor.wake()
    assert told[:2] == [("shown", 1), ("told", Command.NEXT)]
    assert [word for word, _ in told].count("told") == 1


class Failing(Listener):
    """Fails at every turn, as what nobody foresaw does."""

    @override
    def moved(self, move: Move) -> None:
        raise LookupError

    @override
    def woke(self, now: Instant) -> None:
        raise LookupError


def test_a_listener_that_fails_stops_neither_the_session_nor_the_other_listeners(clock: Clock, qtbot: QtBot) -> None:
    conductor, ear = Conductor(clock=clock), Ear()
    with pytest.raises(LookupError):
        conductor.begin(Ready(PLAN), performer=Performer(RememberingPlayer(), Repertoire()), listeners=[Failing(), ear])
    (alarm,) = conductor.findChildren(QTimer)
    for call in (conductor.wake, partial(conductor.do, Command.PAUSE), partial(conductor.do, Command.RESUME)):
        assert conductor.paused or conductor.wait > 0
        alarm.stop()  # as when it has rung
        clock.advance(15)
        with pytest.raises(LookupError):
            call()
    assert conductor.wait > 0
    clock.advance(16)
    with pytest.raises(LookupError):
        conductor.wake()
    entered = [happening.effect.index for happening in ear.happenings if isinstance(happening.effect, Entered)]
    assert (ear.commands, entered) == ([Command.PAUSE, Command.RESUME], [0, 1])
    with pytest.raises(LookupError):
        conductor.do(Command.STOP)
    conductor.leave()


def test_a_rehearsal_wakes_as_much_sooner(clock: Clock, qtbot: QtBot) -> None:
    conductor = Conductor(clock=clock)
    conductor.begin(Ready(PLAN), performer=Performer(RememberingPlayer(), Repertoire(), speed=10), speed=10)
    assert conductor.wait == 100
    clock.advance(6)
    conductor.wake()
    assert clock_text(conductor) == "1:45"
    conductor.leave()


def test_the_real_timer_comes_when_it_was_set(qtbot: QtBot) -> None:
    from guide.live.clock import system_clock  # the one test with a real clock

    conductor = Conductor(clock=system_clock())
    with qtbot.waitSignal(conductor.finished, timeout=5000):
        conductor.begin(Ready(plan_of(fixed("0.3 s"))), performer=Performer(RememberingPlayer(), Repertoire()))
    assert isinstance(conductor.session, Finished)
    conductor.leave()


def test_a_session_that_was_left_is_silent_from_then_on_and_gone(conductor: Conductor, clock: Clock) -> None:
    player = RememberingPlayer()
    performer = Performer(player, repertoire(PLAN))
    conductor.begin(Ready(PLAN), performer=performer)
    clock.advance(0.5)
    conductor.leave()
    conductor.wake()
    assert player.asked == ["<massage>", "stop"]
    assert performer.busy_until == seconds(0.5)
    assert (conductor.session, conductor.playing, conductor.paused, conductor.wait) == (None, False, False, -1)
    assert conductor.now == seconds(0)


def test_a_session_that_was_cut_off_is_taken_up_where_it_stood(conductor: Conductor, clock: Clock) -> None:
    cut_off = pause(replay(PLAN, [], seconds(20)), seconds(20)).session
    conductor.begin(cut_off, performer=Performer(RememberingPlayer()), began_at=seconds(20))
    assert conductor.now == seconds(20)
    clock.advance(300)
    conductor.do(Command.RESUME)
    clock.advance(1)
    assert clock_text(conductor) == "0:24"


def test_what_is_read_and_what_is_told_are_in_the_language_of_the_screen(conductor: Conductor) -> None:
    told: list[Readout] = []
    conductor.changed.connect(told.append)
    speak("de")
    conductor.do(Command.PAUSE)
    assert told == [conductor.readout()]
    assert told[0].caption != PAUSED_WORDS[Why.ASKED][0]
    assert conductor.session is not None
    assert told[0] == read(conductor.session, conductor.now, screen())


def test_a_conductor_goes_with_whoever_made_it(clock: Clock, qtbot: QtBot) -> None:
    owner = QObject()
    assert Conductor(clock=clock, parent=owner).parent() is owner


def test_nothing_is_asked_of_a_conductor_without_a_session(clock: Clock, qtbot: QtBot) -> None:
    conductor = Conductor(clock=clock)
    conductor.wake()
    conductor.do(SayAgain())
    conductor.do(Command.NEXT)
    assert conductor.readout() is None
    assert conductor.session is None
    assert not conductor.paused


def test_another_session_is_not_talked_into_by_the_one_before(clock: Clock, qtbot: QtBot) -> None:
    conductor, player = Conductor(clock=clock), RememberingPlayer()
    conductor.begin(Ready(PLAN), performer=Performer(player, repertoire(PLAN)))
    conductor.begin(Ready(PLAN), performer=Performer(player, repertoire(PLAN)))
    assert player.asked == ["<massage>", "stop", "<massage>"]
    conductor.leave()
