"""An evening guided by words: what the ear tells becomes what a key would ask for, and the pill says how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evenings import SHORT, Evening
from guide.core.commands import Command
from guide.core.session import Paused, Running
from guide.hear.ear import Report
from guide.hear.embedding import SIZE
from guide.hear.level import LevelAdvice, LoudnessNow
from guide.hear.matching import Scale
from guide.hear.meaning import Meaning
from guide.hear.microphone import Hearing
from guide.hear.spotter import Spotted
from guide.hear.takes import Lesson, Take
from guide.live.her_words import told
from guide.pages.ready.page import ReadyPage
from guide.pages.session.page import SessionPage
from guide.store.paths import Paths
from tables import each_row
from teaching import WORDS

A_TAKE = Take(np.ones((3, SIZE), np.float32), 0, 3)
A_LESSON = Lesson(tuple(WORDS), (A_TAKE.rows,), (0,), Scale([A_TAKE.rows], [np.ones((30, SIZE), np.float32)]), -5.0, {})


class Night(Evening):
    """An evening with an ear that is told what it heard."""

    ear: timedelta = timedelta(hours=1)

    def hear(self, meaning: Meaning | None = None, *, sure: bool = True, hearing: Hearing = Hearing.ON) -> None:
        spotted = () if meaning is None else (Spotted(meaning, -6.0, sure, 0.0, 1.0),)
        self.made.tools.listening.reported.emit(Report(hearing, None, spotted))
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        self.ear += timedelta(seconds=seconds)
        self.clock.advance(seconds)
        self.made.tools.conductor.wake()
        QApplication.processEvents()

    @property
    def slot(self) -> str:
        return self.page(SessionPage).slot.message

    @property
    def index(self) -> int:
        return self.readout.index

    @property
    def running(self) -> bool:
        return isinstance(self.made.tools.conductor.session, Running)


@pytest.fixture
def night(tmp_path: Path, qtbot: QtBot) -> Iterator[Night]:
    paths = Paths.of(tmp_path)
    paths.own_routines.mkdir(parents=True)
    (paths.own_routines / "short.yaml").write_text(SHORT, encoding="utf-8")
    evening = Night(paths, qtbot)
    evening.begin()
    evening.well()
    tools = evening.made.tools
    tools.listening.now = lambda: evening.ear
    tools.listening._takes = dict.fromkeys(WORDS, (A_TAKE,) * 5)  # a test says what was heard: nothing is compared
    tools.listening.lesson = A_LESSON
    tools.preferences.change(listen=True, full_screen_at_start=False, voice_on=False, chimes_on=False)
    yield evening
    evening.end()


def start(night: Night) -> None:
    night.made.desk.routines.open("short", start=True)
    QApplication.processEvents()
    assert night.here == "session"
    night.hear()
    night.wait(5)


def test_the_pill_names_her_words_and_then_only_that_it_listens(night: Night) -> None:
    start(night)
    assert night.slot == "Say “next step”, “pause please” or “more time”"
    for _ in range(2):
        night.hear(Meaning.NEXT)
        night.wait(7)
    night.page(SessionPage).slot.dismiss()
    assert night.slot == "Listening"


def test_a_word_does_what_its_key_does_and_says_what_it_heard_with_a_way_back(night: Night) -> None:
    start(night)
    night.hear(Meaning.NEXT)
    assert night.index == 1
    assert night.slot.startswith("Heard “next step”: ")
    assert night.page(SessionPage).slot.action_text == "Undo"
    night.page(SessionPage).slot.action.click()
    assert night.index == 0


def test_back_within_six_seconds_takes_back_what_a_word_did(night: Night) -> None:
    start(night)
    night.hear(Meaning.NEXT)
    night.wait(1)
    night.hear(Meaning.BACK)
    assert night.index == 0


def test_the_first_two_seconds_of_a_step_ignore_next(night: Night) -> None:
    start(night)
    night.hear(Meaning.NEXT)
    night.wait(1)
    night.hear(Meaning.NEXT)
    assert night.index == 1
    night.wait(2)
    night.hear(Meaning.NEXT)
    assert night.index == 2


def test_what_is_not_sure_asks_once_more_and_moves_nothing(night: Night) -> None:
    start(night)
    night.hear(Meaning.NEXT, sure=False)
    assert night.index == 0
    assert night.slot == "Was that “next step”? Say it once more"
    night.hear(Meaning.NEXT)
    assert night.index == 1


@pytest.mark.parametrize("sure", [True, False])
def test_it_hurts_acts_at_once_and_never_waits_for_a_second_hearing(night: Night, sure: bool) -> None:
    start(night)
    night.hear(Meaning.IT_HURTS, sure=sure)
    assert isinstance(night.made.tools.conductor.session, Paused)


@pytest.mark.parametrize("meaning", [Meaning.NEXT, Meaning.MORE_TIME, Meaning.MILK_SLOWED, Meaning.PAUSE])
def test_a_pause_listens_for_four_words_only(night: Night, meaning: Meaning) -> None:
    start(night)
    night.hear(Meaning.PAUSE)
    night.hear(meaning)
    assert not night.running
    assert night.index == 0
    night.hear(Meaning.CARRY_ON)
    assert night.running


def test_a_microphone_that_goes_is_told_in_the_pill_and_comes_back_by_itself(night: Night) -> None:
    start(night)
    night.hear(hearing=Hearing.MISSING)
    assert night.slot == "No microphone now. Tap, pedal and keys work"
    night.hear()
    assert night.slot != "No microphone now. Tap, pedal and keys work"


def test_a_microphone_that_was_gone_in_one_session_is_not_told_of_in_the_next_before_it_was_read(night: Night) -> None:
    start(night)
    night.hear(hearing=Hearing.MISSING)
    night.made.tools.conductor.do(Command.STOP)
    night.wait(5)
    assert night.here == "finish"
    night.made.desk.routines.open("short", start=True)
    QApplication.processEvents()
    assert night.here == "session"
    assert night.slot.startswith("Say “next step”")


def test_without_the_switch_there_is_no_pill_and_no_open_device(night: Night) -> None:
    night.made.tools.preferences.change(listen=False)
    start(night)
    assert night.slot == ""
    assert not night.made.tools.listening.is_open


def test_without_a_word_nothing_is_opened(night: Night) -> None:
    night.made.tools.listening.keep({})
    start(night)
    assert not night.made.tools.listening.is_open


def test_the_device_is_closed_when_the_session_is_over(night: Night) -> None:
    start(night)
    assert night.made.tools.listening.is_open
    for _ in range(3):
        night.hear(Meaning.NEXT)
        night.wait(5)
    assert night.here == "session"  # nothing ends by voice
    night.made.tools.conductor.do(Command.STOP)
    night.wait(5)
    assert night.here == "finish"
    assert not night.made.tools.listening.is_open


@each_row("count", [0, 1, 2, 3, 5])
def test_any_number_of_words_is_named_up_to_three(count: int) -> None:
    assert told([f"w{number}" for number in range(count)]).count("“") == min(count, 3)


def test_the_ear_is_deaf_while_something_sounds_and_not_each_time_the_session_wakes(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(night)
    deaf: list[timedelta] = []
    monkeypatch.setattr(night.made.tools.listening, "be_deaf_until", deaf.append)
    for _ in range(15):
        night.wait(1)
    assert deaf == [], "an ear that was deaf begins anew"
    hands_free = night.made.desk.session._hands_free
    performer = hands_free._performer
    assert performer is not None
    performer._free = night.made.tools.conductor.now + timedelta(seconds=3)
    night.wait(1)
    assert deaf == [night.ear + timedelta(seconds=2)]
    performer._free = night.made.tools.conductor.now
    night.wait(0)
    assert deaf[1:] == [night.ear], "what is cut off is over"
    night.wait(5)
    assert len(deaf) == 2


@pytest.mark.parametrize("still", [False, True])
def test_the_bars_of_the_pill_follow_the_level_unless_pictures_stand_still(night: Night, still: bool) -> None:
    night.made.tools.look.choose_still(still)
    start(night)
    slot = night.page(SessionPage).slot
    seen = []
    for now in (-60.0, -50.0, -40.0, -30.0):
        night.made.tools.listening.reported.emit(Report(Hearing.ON, LoudnessNow(now, -60.0, LevelAdvice.WELL)))
        seen.append(slot.grab().toImage())
    changes = [one != other for one, other in pairwise(seen)]
    assert changes == ([False] * 3 if still else [True, True, False])


@pytest.mark.parametrize(
    ("listen", "taught", "named"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_get_ready_names_the_word_that_starts_where_it_is_listened_for(
    night: Night, listen: bool, taught: bool, named: bool
) -> None:
    tools = night.made.tools
    tools.preferences.change(listen=listen)
    if taught:
        tools.listening._takes = {Meaning.CARRY_ON: (A_TAKE,) * 5}
    night.made.desk.routines.open("short")
    assert ("say “carry on”" in night.page(ReadyPage).foot.hint_words.text()) is named


def test_on_get_ready_the_word_for_carry_on_starts_and_another_does_not(night: Night) -> None:
    tools = night.made.tools
    tools.listening._takes = {**tools.listening.takes, Meaning.CARRY_ON: tools.listening.takes[Meaning.PAUSE]}
    night.made.desk.routines.open("short")
    QApplication.processEvents()
    assert night.here == "ready"
    assert tools.listening.is_open
    night.hear(Meaning.NEXT)
    night.hear(Meaning.CARRY_ON, sure=False)
    assert night.here == "ready"
    night.hear(Meaning.CARRY_ON)
    assert night.here == "session"


def test_from_get_ready_to_her_words_and_back_the_ear_is_open_where_it_is_wanted(night: Night) -> None:
    tools = night.made.tools
    tools.listening._takes = {**tools.listening.takes, Meaning.CARRY_ON: tools.listening.takes[Meaning.PAUSE]}
    night.made.desk.routines.open("short")
    night.made.desk.show_words()
    night.hear(Meaning.CARRY_ON)
    assert night.here == "words"
    assert tools.listening.is_open
    night.made.desk.words.leave()
    assert night.here == "ready"
    assert tools.listening.is_open


def test_without_the_network_the_session_begins_and_words_she_taught_stay_where_they_are(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = night.paths.words
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"her takes")
    monkeypatch.setattr("guide.hear.needs.lacking", lambda: "onnxruntime")
    told: list[str] = []
    night.made.tools.listening.told.connect(told.append)
    night.made.tools.listening.read_again()
    start(night)
    assert not night.made.tools.listening.is_open
    assert len(told) == 1
    assert path.read_bytes() == b"her takes"
