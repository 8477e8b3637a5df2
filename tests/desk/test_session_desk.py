"""Between Get ready and the session: what happens while the voice is being made ready, and to the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from functools import partial
from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evenings import SHORT, WELL, Evening
from guide.core.commands import Command
from guide.core.readout import Phase
from guide.live.intents import Dim, GoOn, Photo, Quiet
from guide.pages.finish.page import FinishPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.page import SessionPage
from guide.pages.session.welcome import WayOn, WelcomeBack
from guide.sound.voices.engine import EngineVoice
from guide.store.paths import Paths
from guide.store.routines.reader import read
from guide.store.settings import Settings, save
from hands import hummed


class Aside:
    """Work put aside until a test does it."""

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        self.work.append(work)

    def do(self) -> None:
        work, self.work = self.work, []
        for each in work:
            each()


@pytest.fixture
def aside() -> Aside:
    return Aside()


@pytest.fixture
def night(paths: Paths, qtbot: QtBot, aside: Aside) -> Iterator[Evening]:
    paths.own_routines.mkdir(parents=True)
    (paths.own_routines / "short.yaml").write_text(SHORT, encoding="utf-8")
    save(paths.settings, Settings(full_screen_at_start=False, sore_check=WELL))
    started = Evening(paths, qtbot, run=aside).begin()
    yield started
    started.end()


def press_start(night: Evening) -> ReadyPage:
    night.page(LibraryPage).ready_asked.emit("short")
    ready = night.page(ReadyPage)
    ready.start_asked.emit()
    return ready


def carried_on(night: Evening, aside: Aside) -> Evening:
    """The session after a power cut, its voice not there yet."""
    press_start(night)
    aside.do()
    night.pass_time(40)
    again = night.again()
    dialog = again.made.tools.window.dialog
    assert isinstance(dialog, WelcomeBack)
    dialog.chosen.emit(WayOn.CARRY_ON.value)
    return again


def try_out(night: Evening, *, speed: float = 1) -> None:
    routine = read(SHORT).routine
    assert routine is not None
    night.made.desk.go_to("routines")
    night.made.desk.editing.edit("short")
    night.made.desk.session.try_out(routine, at=0, speed=speed, folder=night.paths.own_routines)


def test_start_waits_for_the_voice_and_begins_once(night: Evening, aside: Aside) -> None:
    ready = press_start(night)
    ready.start_asked.emit()
    assert night.here == "ready"
    aside.do()
    assert night.here == "session"
    assert night.made.tools.log.unfinished() is not None
    assert len(night.player.played) == 1


def test_start_pressed_once_is_forgotten_by_who_goes_back(night: Evening, aside: Aside) -> None:
    press_start(night).back_asked.emit()
    aside.do()
    assert night.here == "routines"
    assert not night.made.tools.playing


@pytest.mark.parametrize("way", ["edit_asked", "guidance.voice_asked"])
def test_a_session_does_not_begin_behind_another_page(night: Evening, aside: Aside, way: str) -> None:
    ready = press_start(night)
    ready.show_preparing(0, 3)
    attrgetter(way)(ready).emit()
    there = night.here
    aside.do()
    assert night.here == there
    assert not night.made.tools.playing
    assert ready.preparing.isHidden()


def test_a_session_does_not_begin_beneath_a_question_that_came_after_start(night: Evening, aside: Aside) -> None:
    ready = press_start(night)
    ready.show_preparing(0, 3)
    night.made.tools.window.ask("Bring it back?", "", [("no", "No")], lambda _answer: None)
    aside.do()
    assert (night.here, night.made.tools.playing, ready.preparing.isHidden()) == ("ready", False, True)


def test_what_she_changes_while_the_voice_is_made_is_heard_from_the_start(night: Evening, aside: Aside) -> None:
    press_start(night).guidance.chimes_toggled.emit(False)
    aside.do()
    assert night.here == "session"
    assert "massage" not in " ".join(night.player.played)
    night.pass_time(5)
    assert len(night.player.played) == 1


def test_a_second_session_begins_after_the_first_as_the_first_did(night: Evening, aside: Aside) -> None:
    for count in (1, 2):
        press_start(night)
        aside.do()
        night.pass_time(240)
        night.page(FinishPage).saved.emit()
        assert len(night.made.tools.log.records()) == count


def test_a_session_taken_up_before_the_voice_is_there_is_told_where_it_is(night: Evening, aside: Aside) -> None:
    again = carried_on(night, aside)
    assert again.readout.title == "Pump"
    assert again.player.played == []
    aside.do()
    assert len(again.player.played) == 1
    again.end()


@pytest.mark.parametrize("before", ["the voice is there", "it comes"])
def test_back_in_a_session_that_ended_before_its_voice_came_it_speaks(
    night: Evening, aside: Aside, before: str
) -> None:
    again = carried_on(night, aside)
    again.made.tools.conductor.do(Command.STOP)
    if before == "it comes":
        aside.do()
    again.page(FinishPage).back.click()
    assert again.here == "session"
    assert again.player.played == []
    aside.do()
    assert len(again.player.played) == 1
    again.end()


def test_a_rehearsal_from_the_editor_keeps_its_speed_on_show_and_leads_back(night: Evening, aside: Aside) -> None:
    try_out(night, speed=10)
    aside.do()
    assert night.here == "session"
    night.page(SessionPage).asked.emit(Quiet())
    assert night.page(SessionPage).options.speed == 10
    night.pass_time(30)
    assert night.here == "editor"
    assert night.made.tools.log.records() == []


@pytest.mark.parametrize("maximised", [True, False])
def test_the_window_stands_as_before_once_the_session_is_over(night: Evening, aside: Aside, maximised: bool) -> None:
    window = night.made.tools.window
    if maximised:
        window.showMaximized()
    night.made.tools.preferences.change(full_screen_at_start=True)
    press_start(night)
    aside.do()
    assert window.isFullScreen()
    night.pass_time(240)
    assert not window.isFullScreen()
    assert window.isMaximized() is maximised


def test_a_rehearsal_leaves_a_full_screen_as_it_is(night: Evening, aside: Aside) -> None:
    window = night.made.tools.window
    window.fill_screen(filled=True)
    try_out(night)
    night.page(SessionPage).asked.emit(Command.STOP)
    assert night.here == "editor"
    assert window.isFullScreen()


@pytest.mark.parametrize("way", ["the button", "the key"])
def test_a_next_too_many_is_taken_back_to_the_very_second(night: Evening, aside: Aside, way: str) -> None:
    press_start(night)
    aside.do()
    night.pass_time(30 + 41)
    night.made.tools.conductor.do(Command.NEXT)
    night.pass_time(6)
    before = night.readout
    night.made.desk.session.take(GoOn())
    finish = night.page(FinishPage)
    finish.left.more.click()
    night.pass_time(300)
    if way == "the button":
        QTest.mouseClick(finish.back, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(finish.left.more, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert night.page(SessionPage).state == "running"
    assert night.readout == before
    log = night.made.tools.log
    assert log.count() == 0
    assert log.unfinished() is not None
    night.pass_time(30)
    (record,) = log.records()
    assert [step.lasted.total_seconds() for step in record.steps] == [30, 41, 20]
    assert (record.complete, record.left_ml) == (True, 5)
    assert night.page(FinishPage).back.isHidden()


def test_a_finish_by_accident_goes_back_into_the_pause_it_was_asked_in(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    night.pass_time(10)
    page = night.page(SessionPage)
    page.ask_to_finish()
    assert page.dialog is not None
    page.dialog.choose(Command.STOP)
    night.page(FinishPage).back.click()
    assert night.page(SessionPage).state == "paused"
    assert night.readout.clock == "0:20"


def test_an_amount_that_does_not_read_is_told_of_on_leaving_with_a_way_back_to_it(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    night.pass_time(5)
    night.page(SessionPage).asked.emit(Command.STOP)
    finish, log = night.page(FinishPage), night.made.tools.log
    QTest.keyClicks(finish.left.edit, "40")
    QTest.keyClicks(finish.right.edit, "9999999999")
    QTest.keyClick(finish.comfort.parts[0], Qt.Key.Key_Escape)
    toast = night.made.tools.window.toast
    assert (night.here, log.count()) == ("routines", 1)
    assert "Right: “9999999999” is not noted. That is more than fits here" in toast.words.text()
    toast.action.click()
    assert (night.here, finish.right.edit.text(), finish.left.value) == ("finish", "9999999999", 40)
    assert finish.right.edit.hasFocus()


@pytest.mark.parametrize("wish", ["save", "later", "keep it", "note"])
def test_a_session_of_seconds_counts_only_if_she_wants_it_to(night: Evening, aside: Aside, wish: str) -> None:
    press_start(night)
    aside.do()
    night.pass_time(5)
    night.page(SessionPage).asked.emit(Command.STOP)
    finish, log = night.page(FinishPage), night.made.tools.log
    assert "Save keeps it" in finish.lasted.text()
    assert "leaves it out" in finish.lasted.text()
    assert log.count() == 1
    match wish:
        case "save":
            finish.save.click()
        case "note":
            finish.note.setText("only a look")
            finish.note.textEdited.emit("only a look")
            finish.not_now.click()
        case _:
            finish.not_now.click()
    toast = night.made.tools.window.toast
    assert ("left out of your history" in toast.words.text()) is (wish in {"later", "keep it"})
    if wish == "keep it":
        toast.action.click()
    assert log.count() == (0 if wish == "later" else 1)
    assert night.page(LibraryPage).line.isHidden() is (wish == "later")


def test_a_session_of_seconds_is_left_out_with_an_amount_that_does_not_read_too_and_comes_back_with_it(
    night: Evening, aside: Aside
) -> None:
    press_start(night)
    aside.do()
    night.pass_time(5)
    night.page(SessionPage).asked.emit(Command.STOP)
    finish, log, toast = night.page(FinishPage), night.made.tools.log, night.made.tools.window.toast
    for _ in range(2):  # what was brought back is as it was
        QTest.keyClicks(finish.left.edit, "pr")
        QTest.keyClick(finish.left.edit, Qt.Key.Key_Escape)
        assert (night.here, log.count()) == ("routines", 0)
        assert night.page(LibraryPage).line.isHidden()
        assert "“pr” is not noted" in toast.words.text()
        assert "left out of your history" in toast.words.text()
        toast.action.click()
        assert (night.here, log.count(), finish.left.edit.text()) == ("finish", 1, "pr")
        finish.left.edit.clear()


def finish_and_save_at_once(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    night.pass_time(5)
    night.page(SessionPage).ask_to_finish()
    asked = night.page(SessionPage).dialog
    assert asked is not None
    asked.choose(Command.STOP)


def test_a_session_of_seconds_that_she_chose_to_save_is_never_left_out(night: Evening, aside: Aside) -> None:
    finish_and_save_at_once(night, aside)
    finish, log = night.page(FinishPage), night.made.tools.log
    assert "hardly begun" not in finish.lasted.text()
    QTest.keyClick(finish, Qt.Key.Key_Escape)
    assert (night.here, log.count()) == ("routines", 1)
    assert "left out" not in night.made.tools.window.toast.words.text()


def test_a_session_that_was_taken_up_again_and_ended_another_way_was_not_saved(night: Evening, aside: Aside) -> None:
    finish_and_save_at_once(night, aside)
    night.page(FinishPage).back_asked.emit()
    night.page(SessionPage).asked.emit(Command.STOP)
    assert "leaves it out" in night.page(FinishPage).lasted.text()


def test_what_is_typed_as_soon_as_a_session_was_stopped_is_its_amount(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    night.pass_time(5)
    page = night.page(SessionPage)
    page.asked.emit(Command.IT_HURTS)
    page.stop_button.click()
    finish = night.page(FinishPage)
    for figure in (Qt.Key.Key_4, Qt.Key.Key_5):
        focus = night.made.tools.window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, figure)
    assert finish.left.value == 45
    QTest.keyClick(finish.left.edit, Qt.Key.Key_Escape)
    [record] = night.made.tools.log.records()
    assert record.left_ml == 45


def test_what_is_got_ready_as_the_window_closes_is_not_made_any_more(
    night: Evening, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def render(voice: EngineVoice, text: str, *, pace: int) -> bytes:
        said.append(text)
        return hummed(voice, text, pace=pace)

    monkeypatch.setattr(EngineVoice, "render", render)
    night.page(LibraryPage).ready_asked.emit("short")
    night.made.desk.close()
    aside.do()
    assert said == []


def test_closing_the_window_silences_the_session(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    assert night.readout.phase is Phase.RUNNING
    before = len(night.player.asked)
    night.made.desk.close()
    assert night.player.asked[before:] == ["stop"]


def test_the_key_for_photos_says_what_came_of_it_where_nothing_is_seen_of_it(night: Evening) -> None:
    try_out(night)
    press_photo, slot = partial(night.made.desk.session.take, Photo()), night.page(SessionPage).slot
    press_photo()
    assert slot.message == "No photo is chosen. Settings has a place for them."
    night.made.tools.preferences.change(photos=("a.png",))
    told = []
    for _ in range(2):
        press_photo()
        told.append(slot.message)
    assert told == ["Your photos stay hidden.", "Your photos show while you pump or rest."]


@pytest.mark.parametrize(
    ("begins", "ends", "dimmed"), [(time(3, 1), time(6), [0.0, 0.25]), (time(22), time(3, 1), [0.25, 0.0])]
)
def test_it_is_dark_from_when_her_quiet_hours_begin_and_until_they_end_in_a_session_too(
    night: Evening, aside: Aside, begins: time, ends: time, dimmed: list[float]
) -> None:
    night.made.tools.preferences.change(quiet_from=begins, quiet_to=ends)
    press_start(night)
    aside.do()
    night.pass_time(50)
    page = night.page(SessionPage)
    before = page.veil.share
    night.pass_time(20)
    assert [before, page.veil.share] == dimmed
    page.ask(Dim(0.1))
    night.pass_time(20)
    assert page.veil.share == 0.1, "what she chose stays"
