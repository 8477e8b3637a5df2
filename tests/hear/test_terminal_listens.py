"""`play --listen`: her words guide a session in a terminal by the window's rules, and a line tells what was heard."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from guide.compat import override
from guide.core.commands import Command
from guide.core.routine import Kind
from guide.core.session import Finished, Paused, Ready, Running
from guide.hear.ear import Report
from guide.hear.meaning import Meaning
from guide.hear.microphone import Hearing
from guide.hear.spotter import Spotted
from guide.live.sitting import Sitting
from guide.sound.performer import Performer
from guide.store.settings import Settings
from guide.terminal import HerWords, Keyboard, Screen, her_words, play
from guide.terminal.keyboard import NUDGE
from hands import Clock, RememberingPlayer, repertoire
from microphones import ScriptedCapture
from plans import fixed, plan_of

PLAN = plan_of(fixed("1 min", say="One."), fixed("2 min", Kind.PUMP, say="Two."), fixed("1 min", say="Three."))

PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")


class Night:
    """A session in a terminal that nobody types at; `hear` is what the ear's thread would tell."""

    def __init__(self) -> None:
        self.clock, self.out, self.nudged = Clock(), io.StringIO(), 0
        self.player = RememberingPlayer()
        screen = Screen(self.out)
        performer = Performer(self.player, repertoire(PLAN))
        self.words = HerWords(
            b"",
            settings=Settings(),
            performer=performer,
            speed=1,
            screen=screen,
            capture=ScriptedCapture(),
            nudge=self._nudge,
            now=self.clock.now,
        )
        self.sitting = Sitting(Ready(PLAN), clock=self.clock, performer=performer, listeners=[screen, self.words])
        self.sitting.begin()
        self.wait(5)

    def _nudge(self) -> None:
        self.nudged += 1

    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.sitting.wake()

    def hear(self, *meanings: Meaning, sure: bool = True, hearing: Hearing = Hearing.ON) -> str:
        """Gives what was written."""
        before = len(self.out.getvalue())
        self.words.take(Report(hearing, None, tuple(Spotted(each, -6.0, sure, 0.0, 1.0) for each in meanings)))
        self.words.heed(self.sitting)
        return " ".join(self.out.getvalue()[before:].split())

    @property
    def state(self) -> str:
        return type(self.sitting.session).__name__

    @property
    def index(self) -> int:
        session = self.sitting.session
        assert isinstance(session, Running | Paused)
        return (session if isinstance(session, Running) else session.running).index


@pytest.fixture
def night() -> Night:
    return Night()


def test_a_word_moves_the_session_and_a_line_says_what_was_heard(night: Night) -> None:
    written = night.hear(Meaning.NEXT)
    assert night.index == 1
    assert "Heard “next step”: " in written
    assert night.nudged == 1
    night.wait(1)
    assert "Heard “go back”: taken back" in night.hear(Meaning.BACK)
    assert night.index == 0


def test_a_soft_tick_confirms_a_word_where_the_session_itself_is_not_heard(night: Night) -> None:
    night.wait(5)
    night.hear(Meaning.MORE_TIME)
    assert night.player.played[-1] == "<tick>"
    night.hear(Meaning.NEXT)
    assert night.player.played[-1] == "<pump>", "the step's own chime is the answer"
    assert night.player.played.count("<tick>") == 1
    night.wait(20)
    night.hear(Meaning.MORE_TIME, sure=False)
    assert night.player.played.count("<tick>") == 1


def test_the_first_two_seconds_of_a_step_and_the_question_whether_it_was_that_move_nothing(night: Night) -> None:
    night.hear(Meaning.NEXT)
    night.wait(1)
    assert night.hear(Meaning.NEXT) == ""
    night.wait(3)
    assert night.hear(Meaning.NEXT, sure=False) == "Was that “next step”? Say it once more"
    assert night.index == 1


@pytest.mark.parametrize("meaning", [Meaning.NEXT, Meaning.MORE_TIME, Meaning.MILK_SLOWED, Meaning.PAUSE])
def test_a_pause_listens_for_four_words_only(night: Night, meaning: Meaning) -> None:
    night.hear(Meaning.PAUSE)
    assert night.hear(meaning) == ""
    assert night.state == "Paused"
    night.hear(Meaning.CARRY_ON)
    assert night.state == "Running"


@pytest.mark.parametrize("sure", [True, False])
def test_it_hurts_pauses_at_once(night: Night, sure: bool) -> None:
    night.hear(Meaning.IT_HURTS, sure=sure)
    assert isinstance(night.sitting.session, Paused)


def test_a_microphone_that_goes_is_told_once_and_so_is_its_return(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    for hearing in (Hearing.ON, Hearing.MISSING, Hearing.MISSING, Hearing.MISSING, Hearing.ON, Hearing.ON):
        night.hear(hearing=hearing)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["No microphone now. The keys work, and it is looked for again.", "The microphone is back."]


def test_what_is_said_to_a_question_asks_for_nothing_later(night: Night) -> None:
    night.words.take(Report(Hearing.ON, None, (Spotted(Meaning.NEXT, -6.0, sure=True, began=0.0, ended=1.0),)))
    night.words.forget()
    night.words.heed(night.sitting)
    assert night.index == 0


class Nobody(Keyboard):
    """No keys: words nudge, and time passes. `then` is what happens at each look."""

    def __init__(self, clock: Clock, *then: Callable[[], object]) -> None:
        super().__init__(io.StringIO())
        self._clock = clock
        self._then = list(then)

    @override
    def wait(self, seconds: float | None) -> str | None:
        self._clock.advance(5)
        if self._then:
            self._then.pop(0)()
            return NUDGE
        return None


def test_with_nobody_at_the_keyboard_a_pause_by_word_lasts_until_a_word_ends_it(night: Night) -> None:
    told: list[str] = []

    def say(meaning: Meaning) -> Callable[[], object]:
        spotted = Spotted(meaning, -6.0, sure=True, began=0.0, ended=1.0)
        return lambda: night.words.take(Report(Hearing.ON, None, (spotted,)))

    def look() -> None:
        told.append(type(night.sitting.session).__name__)

    keyboard = Nobody(night.clock, say(Meaning.PAUSE), look, look, say(Meaning.CARRY_ON), look)
    ended = play(night.sitting, screen=Screen(io.StringIO()), keyboard=keyboard, speed=1, words=night.words)
    assert told == ["Paused", "Paused", "Running"]
    assert isinstance(ended, Finished)


@pytest.mark.parametrize("meaning", [*Meaning, None], ids=str)
def test_nothing_ends_by_voice_not_even_on_the_last_step(night: Night, meaning: Meaning | None) -> None:
    for each in Meaning if meaning is None else [meaning] * 5:
        night.hear(each)
        night.sitting.do(Command.RESUME)
        night.wait(3)
    assert not isinstance(night.sitting.session, Finished)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "You have not taught any words yet"),
        (b"no takes", "could not be read"),
        pytest.param(
            "a pipe",
            "could not be read",
            marks=PIPES,
            id="a pipe",
        ),
    ],
)
def test_words_that_are_not_there_or_not_to_be_read_are_told_and_the_keys_work(
    content: bytes | str | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], night: Night
) -> None:
    path = tmp_path / "words.npz"
    if isinstance(content, str):
        os.mkfifo(path)
    elif content is not None:
        path.write_bytes(content)
    words = her_words(
        path,
        settings=Settings(),
        performer=Performer(RememberingPlayer()),
        speed=1,
        screen=Screen(night.out),
        nudge=lambda: None,
        capture=lambda _name: ScriptedCapture(),
    )
    if words is not None:
        with words:
            words._thread.join(20)
        words.heed(night.sitting)
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("module", ["guide.hear.takes", "guide.hear.ear"])
def test_a_computer_without_the_network_is_told_in_one_sentence(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], night: Night
) -> None:
    monkeypatch.setattr("guide.hear.needs.lacking", lambda: "onnxruntime")
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr("guide.hear.takes.unpacked", lambda _data: {})
    monkeypatch.setattr("guide.hear.takes.learn", lambda *_: SimpleNamespace(meanings=()))
    monkeypatch.setattr(night.words._reader, "take_lesson", lambda *_: None)
    with night.words:
        night.words._thread.join(20)
    night.words.heed(night.sitting)
    told = capsys.readouterr().err.splitlines()
    sentence = "Your words cannot be heard on this computer (onnxruntime is not installed)."
    assert told == [f"{sentence} Taps, keys and the pedal work."]
