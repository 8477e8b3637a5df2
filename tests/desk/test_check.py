"""No session with hands-on work begins while the check of the day is unanswered or answered with yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evenings import NIGHT, SHORT, WELL, Evening
from guide.core.check import Verdict, verdict
from guide.core.duration import MINUTE
from guide.core.routine import Fixed, Kind, Routine, Step, WhenSore
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.welcome import WayOn, WelcomeBack
from guide.store.paths import Paths
from guide.store.routines.reader import read
from guide.store.settings import Settings, SoreCheck, save
from tables import each_row

Start = Callable[..., Evening]
SORE = SoreCheck(NIGHT.date(), sore=True)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def press_start(night: Evening) -> None:
    night.page(LibraryPage).ready_asked.emit("short")
    night.page(ReadyPage).start_asked.emit()


def keep_pressing_space(night: Evening) -> None:
    night.page(LibraryPage).ready_asked.emit("short")
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or night.page(ReadyPage), Qt.Key.Key_Space)


def second_start(night: Evening) -> None:
    night.made.desk.answer("start short")


def command_line(night: Evening) -> None:
    night.made.desk.open("short", start=True)
    settle()


def play_from_here(night: Evening) -> None:
    routine = read((night.paths.own_routines / "short.yaml").read_text(encoding="utf-8")).routine
    assert routine is not None
    night.made.desk.editing.edit("short")
    night.made.desk.editing.try_asked.emit(routine, 0, 1.0, night.paths.own_routines)


WAYS = [press_start, keep_pressing_space, second_start, command_line, play_from_here]


@pytest.mark.parametrize("answer", [None, SORE], ids=["unanswered", "sore"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_begins_before_the_check_allows_it(
    evening: Start, way: Callable[[Evening], None], answer: SoreCheck | None
) -> None:
    night = evening(sore_check=answer)
    way(night)
    settle()
    assert not night.made.tools.playing
    assert night.made.tools.preferences.settings.sore_check == answer
    assert night.made.tools.log.unfinished() is None


def test_with_a_sore_breast_the_routine_made_for_it_is_one_press_away(evening: Start) -> None:
    night = evening(sore_check=SORE)
    for copy, offered in (("when_sore: ok", True), ("when_sore: avoid", False)):
        if not offered:
            text = night.made.tools.library.entry("gentle-day").path.read_text(encoding="utf-8")
            hers = night.paths.own_routines / "gentle-day.yaml"
            hers.write_text(text.replace("when_sore: ok", copy), encoding="utf-8")
        night.page(LibraryPage).ready_asked.emit("short")
        ready = night.page(ReadyPage)
        assert ready.options.resting.gentle.isVisible() is offered
        ready.options.resting.gentle.click()
        assert ready.view is not None
        assert (ready.view.id, ready.view.rests) == (("gentle-day", False) if offered else ("short", True))
        ready.back.click()


@pytest.mark.parametrize("way", [press_start, second_start, command_line, play_from_here], ids=lambda way: way.__name__)
def test_once_it_is_answered_with_no_every_way_begins(evening: Start, way: Callable[[Evening], None]) -> None:
    night = evening(sore_check=WELL)
    way(night)
    settle()
    assert night.made.tools.playing


def test_midnight_between_start_and_the_voice_asks_for_the_new_day_on_get_ready(paths: Paths, qtbot: QtBot) -> None:
    paths.own_routines.mkdir(parents=True)
    (paths.own_routines / "short.yaml").write_text(SHORT, encoding="utf-8")
    save(paths.settings, Settings(sore_check=WELL, voice="embedded", full_screen_at_start=False))
    aside: list[Callable[[], None]] = []
    late = NIGHT.replace(hour=23, minute=59, second=58)
    night = Evening(paths, qtbot, run=aside.append, wall=late).begin()
    press_start(night)
    night.wall += timedelta(seconds=4)
    for work in aside:
        work()
    ready = night.page(ReadyPage)
    assert ready.view is not None
    assert ready.view.asks
    assert night.made.tools.window.dialog is None
    ready.sore_answered.emit(False)
    ready.press_start()
    assert night.here == "session"
    night.end()


def carried_on(night: Evening, way: WayOn = WayOn.CARRY_ON) -> Evening:
    """The next start after a power cut, gone on with while the check of the day is not answered."""
    press_start(night)
    night.pass_time(40)
    night.made.tools.preferences.change(sore_check=None)
    again = night.again()
    welcome = again.made.tools.window.dialog
    assert isinstance(welcome, WelcomeBack)
    welcome.choose(way)
    return again


@pytest.mark.parametrize("way", [WayOn.CARRY_ON, WayOn.AGAIN])
@pytest.mark.parametrize(("answer", "begins"), [("no", True), ("yes", False), ("later", False)])
def test_carrying_on_after_a_power_cut_asks_too(evening: Start, way: WayOn, answer: str, begins: bool) -> None:
    again = carried_on(evening(sore_check=WELL), way)
    question = again.made.tools.window.dialog
    assert question is not None
    assert not again.made.tools.playing
    question.choose(answer)
    assert again.made.tools.playing is begins
    again.end()


@pytest.mark.parametrize(("key", "sore", "begins"), [("n", False, True), ("Y", True, False), ("x", None, False)])
def test_the_question_is_answered_by_a_letter_as_on_get_ready(
    evening: Start, key: str, sore: bool | None, begins: bool
) -> None:
    again = carried_on(evening(sore_check=WELL))
    question = again.made.tools.window.dialog
    assert question is not None
    QTest.keyClicks(question.buttons[0], key)
    answer = again.made.tools.preferences.settings.sore_check
    assert (answer.sore if answer else None, again.made.tools.playing) == (sore, begins)
    again.end()


@pytest.mark.parametrize("way", [WayOn.LEAVE, WayOn.CARRY_ON])
def test_what_is_unfinished_in_the_editor_is_offered_after_welcome_back_and_not_in_a_session(
    evening: Start, way: WayOn
) -> None:
    night = evening(sore_check=WELL)
    night.made.desk.editing.drafts.keep("short", "name: Longer")
    press_start(night)
    night.pass_time(40)
    again = night.again()
    settle()
    window = again.made.tools.window
    assert isinstance(window.dialog, WelcomeBack)
    assert window.toast.isHidden()
    window.dialog.choose(way)
    offered = window.toast.words.text() == "Your edit of Short is safe" and not window.toast.isHidden()
    assert offered is (way is WayOn.LEAVE)
    again.end()


def test_a_second_start_waits_until_welcome_back_is_answered(evening: Start) -> None:
    night = evening(sore_check=WELL)
    press_start(night)
    night.pass_time(40)
    again = night.again()
    welcome = again.made.tools.window.dialog
    assert isinstance(welcome, WelcomeBack)
    again.made.desk.answer("open short")
    settle()
    assert again.here == "routines"
    assert again.made.tools.window.dialog is welcome
    welcome.choose(WayOn.LEAVE)
    settle()
    assert again.here == "ready"
    again.end()


@pytest.mark.parametrize("wish", ["open short", "start short"])
def test_a_second_start_in_a_session_says_that_one_is_going_on(evening: Start, wish: str) -> None:
    night = evening(sore_check=WELL)
    press_start(night)
    night.pass_time(40)
    before = night.made.tools.conductor.session
    night.made.desk.answer(wish)
    settle()
    assert night.here == "session"
    assert night.made.tools.conductor.session is before
    assert night.made.tools.window.toast.words.text() == "A session is going on. Open this routine when it is over."


def test_a_second_start_with_a_name_that_two_routines_have_says_which_one_it_opens(evening: Start) -> None:
    night = evening()
    (night.paths.own_routines / "second.yaml").write_bytes((night.paths.own_routines / "short.yaml").read_bytes())
    night.made.desk.answer("open SHORT")
    settle()
    assert night.here == "ready"
    told = "2 routines are called Short. This one is second; ask for another by its id: short."
    assert night.made.tools.window.toast.words.text() == told
    night.made.desk.routines.open("short")
    assert night.made.tools.window.toast.words.text() == told  # an id is that of one


@each_row("kind", list(Kind))
@each_row("when_sore", [None, *WhenSore])
def test_the_verdict_for_every_kind_of_step(kind: Kind, when_sore: WhenSore | None) -> None:
    routine = Routine("Any", (Step(kind, Fixed(MINUTE)),), when_sore=when_sore)
    assert verdict(routine, None) is (Verdict.ASK if routine.hands_on else Verdict.CLEAR)
    assert verdict(routine, sore=False) is Verdict.CLEAR
    assert verdict(routine, sore=True) is (Verdict.CLEAR if routine.suits_sore else Verdict.RESTS)
