"""The sound beneath gives way to words, rests in a pause, and is gone when the session is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from hypothesis import given

from guide.core.ahead import next_words
from guide.core.asked import do
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.plan import Plan, Say
from guide.core.routine import Fixed, Kind, Routine, Step
from guide.core.session import Happening, Ready, Running, advance, due, start
from guide.live.accompaniment import Accompaniment
from guide.live.intents import PauseOrCarryOn
from guide.live.sitting import Sitting
from guide.sound.background import BackgroundPlayer
from guide.sound.clip import Clip
from guide.sound.performer import Heard, Performer
from guide.sound.player import SilentPlayer
from guide.sound.repertoire import Repertoire
from plans import fixed, plan_of, play, seconds, waiting
from strategies import Evening, evenings
from tables import each_row

SECOND = timedelta(seconds=1)


class HandClock:
    def __init__(self) -> None:
        self.at = timedelta(0)

    def now(self) -> timedelta:
        return self.at

    def slept(self) -> timedelta:
        return timedelta(0)


class Remembering:
    """A background that writes down what it is asked."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.asked: list[tuple[float, str, float]] = []
        self.lasting: list[float] = []  # how long each time it gave way

    def _note(self, what: str, value: float = 0) -> None:
        self.asked.append((self._clock.at.total_seconds(), what, round(value, 3)))

    def give_way(self, begins: float, lasts: float) -> None:
        self._note("words", begins)
        self.lasting.append(lasts)

    def pause(self) -> None:
        self._note("pause")

    def carry_on(self) -> None:
        self._note("carry on")

    def fade_out(self, lasts: float) -> None:
        self._note("fade", lasts)

    def end(self, lasts: float) -> None:
        self._note("end", lasts)


def said(seconds: float) -> Clip:
    return Clip(Path("said.wav"), timedelta(seconds=seconds))


def evening(plan: Plan, speed: float = 1, *, gives_way: bool = True) -> tuple[Sitting, HandClock, Remembering]:
    clock = HandClock()
    background = Remembering(clock)
    performer = Performer(SilentPlayer(), Repertoire({text: said(3) for text in plan.prompts}))
    company = Accompaniment(
        cast("BackgroundPlayer", background), lambda: performer.repertoire, gives_way=gives_way, speed=speed
    )
    sitting = Sitting(Ready(plan), clock=clock, performer=performer, listeners=[company])
    sitting.begin()
    return sitting, clock, background


def play_until(sitting: Sitting, clock: HandClock, seconds: float) -> None:
    until = timedelta(seconds=seconds)
    while (at := sitting.due()) is not None and at <= until:
        clock.at = max(at, clock.at)
        sitting.wake()
    clock.at = until


def two_steps() -> Plan:
    steps = (Step(Kind.MASSAGE, Fixed(60 * SECOND), say="Circles."), Step(Kind.PUMP, Fixed(120 * SECOND), say="Pump."))
    return lay_out(Routine("Two", steps))


def test_words_are_made_room_for_before_they_are_due() -> None:
    sitting, clock, background = evening(two_steps())
    assert (0.0, "words", 2.0) in background.asked
    play_until(sitting, clock, 3)
    assert (2.0, "words", 0.0) in background.asked
    assert (2.0, "words", 48.0) in background.asked  # the next step is announced ten seconds before the end


def test_where_she_wants_it_as_loud_all_through_no_words_are_made_room_for() -> None:
    sitting, clock, background = evening(two_steps(), gives_way=False)
    play_until(sitting, clock, 200)
    assert not [asked for asked in background.asked if asked[1] == "words"]
    assert [asked for asked in background.asked if asked[1] == "fade"]


def test_a_rehearsal_looks_ahead_in_the_worlds_seconds() -> None:
    _, _, background = evening(two_steps(), speed=10)
    assert (0.0, "words", 0.2) in background.asked


def test_it_rests_in_a_pause_and_comes_back() -> None:
    sitting, clock, background = evening(two_steps())
    play_until(sitting, clock, 20)
    sitting.do(PauseOrCarryOn())
    clock.at += 30 * SECOND
    sitting.do(PauseOrCarryOn())
    assert [what for _, what, _ in background.asked if what != "words"] == ["pause", "carry on"]


def test_it_fades_over_the_last_minute_and_comes_back_with_one_minute_more() -> None:
    sitting, clock, background = evening(two_steps())
    play_until(sitting, clock, 175)
    fades = [(at, lasts) for at, what, lasts in background.asked if what == "fade"]
    assert len(fades) == 1
    at, lasts = fades[0]
    assert 120 <= at <= 170
    assert at + lasts == 180
    sitting.do(Command.MORE_TIME)
    assert background.asked[-1][1] == "carry on" or (175.0, "carry on", 0) in background.asked


def test_the_end_silences_it() -> None:
    sitting, clock, background = evening(two_steps())
    play_until(sitting, clock, 190)
    assert (180.0, "end", 5.0) in background.asked


class Company:
    """An accompaniment that is told by hand what happens."""

    def __init__(self, plan: Plan, *, partner_said: bool = False, **more: Any) -> None:
        self.clock = HandClock()
        self.background = Remembering(self.clock)
        self.repertoire = Repertoire({text: said(3) for text in plan.prompts}, partner_said=partner_said)
        self.joined = Accompaniment(cast("BackgroundPlayer", self.background), lambda: self.repertoire, **more)
        self.plan = plan

    def wake(self, at: float, *commands: tuple[str, Command]) -> list[tuple[float, str, float]]:
        """What a wake brings, the session being played up to there."""
        self.background.asked.clear()
        outcome = play(self.plan, *commands, until=seconds(at))
        self.joined.began(outcome.session)
        self.clock.at = seconds(at)
        self.joined.woke(self.clock.at)
        return [asked for asked in self.background.asked if asked[1] != "words"]


@each_row(
    ("event", "text", "gives_way", "lasting"),
    [
        ("said", "Circles.", True, [3.0]),
        ("said", "Circles.", False, []),
        ("said", "of another routine", True, []),
        ("chimed", "Circles.", True, []),
    ],
)
def test_it_gives_way_to_words_that_sound_for_as_long_as_they_last(
    event: str, text: str, gives_way: bool, lasting: list[float]
) -> None:
    company = Company(two_steps(), gives_way=gives_way)
    company.joined.heard([Heard(event, SECOND, SECOND, text, 0)])
    assert company.background.lasting == lasting
    assert [begins for _, _, begins in company.background.asked] == [0.0] * len(lasting)


def test_it_gives_way_for_as_long_as_words_last_that_were_made_anew_in_the_session() -> None:
    company = Company(two_steps())
    words = [Heard("said", seconds(0), seconds(0), "Circles.", 0)]
    company.repertoire = Repertoire({"Circles.": said(7)})
    company.joined.heard(words)
    assert company.background.lasting == [7.0]


def test_for_words_to_come_it_stays_down_two_seconds_should_they_not_come() -> None:
    company = Company(two_steps())
    company.wake(0.5)
    assert (company.background.asked, company.background.lasting) == ([(0.5, "words", 1.5)], [2.0])
    company.wake(51)  # nothing more is said in this step
    assert company.background.asked == []


@each_row(("said", "begins"), [({"partner_said": True}, 27.0), ({"partner_said": False}, 87.0), ({}, 87.0)])
def test_a_helper_s_words_are_made_room_for_where_they_are_said(said: dict[str, bool], begins: float) -> None:
    company = Company(plan_of(fixed("100 s", partner="Water.")), **said)
    company.wake(3)
    assert company.background.asked == [(3.0, "words", begins)]


def test_before_a_session_it_is_asked_nothing() -> None:
    company = Company(two_steps())
    company.joined.woke(SECOND)
    assert company.background.asked == []


def test_it_begins_to_fade_when_a_minute_is_left_of_the_last_step_and_once() -> None:
    company = Company(two_steps())
    assert company.wake(30) == []
    assert company.wake(119.9) == []
    assert company.wake(120) == [(120.0, "fade", 60.0)]
    assert company.wake(120) == []
    assert company.wake(121) == []
    assert company.wake(121, ("121 s", Command.MORE_TIME)) == [(121.0, "carry on", 0)]
    assert company.wake(122, ("121 s", Command.MORE_TIME)) == []
    assert company.wake(180, ("121 s", Command.MORE_TIME)) == [(180.0, "fade", 60.0)]


def test_a_rehearsal_fades_in_the_worlds_seconds() -> None:
    assert Company(two_steps(), speed=10).wake(130) == [(130.0, "fade", 5.0)]


def test_a_session_that_waits_in_its_last_step_or_is_paused_does_not_fade() -> None:
    assert Company(plan_of(fixed("10 s"), waiting())).wake(60) == []
    assert Company(two_steps()).wake(150, ("140 s", Command.PAUSE)) == []


def test_after_a_pause_in_the_last_minute_it_fades_anew() -> None:
    sitting, clock, background = evening(two_steps())
    play_until(sitting, clock, 150)
    sitting.wake()
    for _ in range(2):
        sitting.do(PauseOrCarryOn())
        clock.at += SECOND
    sitting.wake()
    named = [what for _, what, _ in background.asked if what != "words"]
    assert named == ["fade", "pause", "carry on", "fade"]


@given(evenings())
def test_what_is_said_next_in_a_step_is_what_was_looked_ahead_to(evening: Evening) -> None:
    outcome = start(Ready(evening.plan), timedelta(0))
    session = outcome.session
    for at, command in evening.commands:
        session = do(session, command, at).session
    coming = next_words(session)
    while isinstance(session, Running) and (next_at := due(session)) is not None:
        index = session.index
        outcome = advance(session, next_at)
        said = [one for one in outcome.happenings if isinstance(one.effect, Say)]
        if said or not isinstance(outcome.session, Running) or outcome.session.index != index:
            first: Happening | None = said[0] if said else None
            assert coming is None or (first is not None and coming <= first.at) or first is None
            if coming is not None and first is not None:
                assert coming == first.at or first.at < coming  # thirty minutes of suction speak unannounced
            return
        session = outcome.session
