"""Evenings at the desk, from the library to the note, as she would live them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evenings import WELL, Evening, go
from guide.core.commands import Command
from guide.core.kinds import Comfort
from guide.core.readout import Phase
from guide.core.routine import Purpose
from guide.kit.cards import ScrollArea
from guide.live.intents import GoOn, PauseOrCarryOn
from guide.pages.finish.page import FinishPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.page import SessionPage
from guide.pages.session.welcome import WayOn, WelcomeBack
from guide.store.settings import SoreCheck

Start = Callable[..., Evening]


def test_a_session_guides_to_its_end_untouched_and_is_kept(evening: Start) -> None:
    night = evening()
    go(night)
    assert night.here == "session"
    assert (night.readout.title, night.readout.clock) == ("Massage", "0:30")
    night.pass_time(30)
    assert (night.readout.title, night.readout.clock) == ("Pump", "1:00")
    night.pass_time(70)
    assert night.readout.title == "Milk slowing down?"
    night.pass_time(110)
    assert night.readout.title == "Rest"
    night.pass_time(20)
    assert night.here == "finish"
    night.pass_time(5)
    assert len(night.player.played) == 13
    (record,) = night.made.tools.log.records()
    assert (record.routine_id, record.complete, record.lasted) == ("short", True, timedelta(seconds=230))


def test_in_a_large_window_all_that_can_be_noted_is_in_sight(evening: Start) -> None:
    night = evening()
    night.made.tools.window.resize(1400, 900)
    night.made.desk.open("short", start=True)
    for _ in range(6):
        QApplication.processEvents()
    night.pass_time(20)
    night.made.tools.conductor.do(Command.STOP)
    area = night.page(FinishPage).findChild(ScrollArea)
    for _ in range(6):
        QApplication.processEvents()
    assert isinstance(area, ScrollArea)
    assert area.verticalScrollBar().maximum() == 0


def test_what_she_notes_is_kept_as_she_notes_it(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(231)
    page = night.page(FinishPage)
    page.noted.emit("left_ml", 35.0)
    page.noted.emit("note", "beside her")
    page.saved.emit()
    assert night.here == "routines"
    (record,) = night.made.tools.log.records()
    assert (record.left_ml, record.right_ml, record.note) == (35.0, None, "beside her")


def test_a_power_cut_is_taken_up_where_it_was(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(50)
    night.made.tools.conductor.do(Command.MORE_TIME)
    next_start = night.again()
    dialog = next_start.made.tools.window.dialog
    assert isinstance(dialog, WelcomeBack)
    dialog.choose(WayOn.CARRY_ON)
    assert next_start.here == "session"
    assert (next_start.readout.title, next_start.readout.clock) == ("Pump", "0:40")
    next_start.pass_time(500)
    (record,) = next_start.made.tools.log.records()
    assert record.complete
    assert record.lasted == timedelta(seconds=290)
    next_start.end()


def left_for_now(evening: Start) -> Evening:
    """The program as it is after a session was cut off at 50 s, and *Leave it for now* pressed."""
    night = evening()
    go(night)
    night.pass_time(50)
    second = night.again()
    assert isinstance(second.made.tools.window.dialog, WelcomeBack)
    second.made.tools.window.dialog.choose(WayOn.LEAVE)
    return second


def test_left_for_now_it_is_offered_again_until_it_is_stale(evening: Start) -> None:
    second = left_for_now(evening)
    page = second.page(LibraryPage)
    assert page.waiting is not None
    assert page.waiting.isVisibleTo(page)
    assert page.waiting.words.text().startswith("Short stopped at ")
    page.waiting.back.click()
    assert isinstance(second.made.tools.window.dialog, WelcomeBack)
    second.made.tools.window.dialog.choose(WayOn.LEAVE)
    third = second.again()
    assert isinstance(third.made.tools.window.dialog, WelcomeBack)
    third.made.tools.window.dialog.choose(WayOn.LEAVE)
    morning = third.again(later=timedelta(hours=13))
    assert morning.made.tools.window.dialog is None
    (record,) = morning.made.tools.log.records()
    assert not record.complete
    assert record.lasted == timedelta(seconds=50)
    morning.end()


def test_what_was_left_for_now_is_kept_as_it_stood_once_another_session_begins(evening: Start) -> None:
    second = left_for_now(evening)
    go(second)
    assert [record.lasted for record in second.made.tools.log.records()] == [timedelta(seconds=50)]
    second.made.tools.conductor.do(Command.STOP)
    second.page(FinishPage).saved.emit()
    waiting = second.page(LibraryPage).waiting
    assert waiting is not None
    assert waiting.isHidden()
    second.end()


def test_finish_and_save_after_a_power_cut_goes_to_the_note(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(50)
    second = night.again()
    assert isinstance(second.made.tools.window.dialog, WelcomeBack)
    second.made.tools.window.dialog.choose(WayOn.FINISH)
    assert second.here == "finish"
    second.page(FinishPage).noted.emit("right_ml", 20.0)
    assert second.made.tools.log.records()[0].right_ml == 20.0
    second.end()


def test_a_closed_lid_pauses_and_says_so(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(10)
    night.clock.sleep(3600)
    night.made.tools.conductor.wake()
    assert night.readout.phase is Phase.PAUSED
    assert night.readout.clock == "0:20"
    assert night.page(SessionPage).state == "paused"


def test_it_hurts_pauses_and_stops_where_she_wants(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(35)
    QTest.keyClick(night.page(SessionPage), Qt.Key.Key_H)
    assert night.page(SessionPage).state == "hurts"
    by_accident = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaNext)
    for key in by_accident:
        QTest.keyClick(night.page(SessionPage), key)
        assert "Still paused while it hurts" in night.page(SessionPage).slot.message
    for headset in (Command.RESUME, Command.BACK, PauseOrCarryOn(), GoOn()):
        night.made.tools.media_keys.asked.emit(headset)
    night.page(SessionPage).tap()
    assert night.page(SessionPage).state == "hurts"
    night.page(SessionPage).asked.emit(Command.STOP)
    assert night.here == "finish"
    assert not night.made.tools.log.records()[0].complete


def test_after_pain_the_check_is_asked_anew_and_a_yes_stays(evening: Start) -> None:
    night = evening()
    preferences = night.made.tools.preferences
    go(night)
    night.made.tools.conductor.do(Command.IT_HURTS)
    answers = [preferences.settings.sore_check]
    night.page(SessionPage).asked.emit(Command.STOP)
    sore = SoreCheck(night.wall.date(), sore=True)
    for answer, comfort in ((WELL, Comfort.TENDER), (WELL, Comfort.PAINFUL), (sore, Comfort.PAINFUL)):
        preferences.change(sore_check=answer)
        night.page(FinishPage).noted.emit("comfort", comfort)
        answers.append(preferences.settings.sore_check)
    assert answers == [None, WELL, None, sore]


def test_an_accidental_next_is_taken_back_to_the_very_second(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(12)
    page = night.page(SessionPage)
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert night.readout.title == "Pump"
    night.pass_time(3)
    QTest.keyClick(page, Qt.Key.Key_U)
    assert (night.readout.title, night.readout.clock) == ("Massage", "0:18")


def test_a_sore_breast_is_shown_the_care_card_and_what_is_gentle(evening: Start) -> None:
    night = evening()
    night.page(LibraryPage).ready_asked.emit("short")
    night.page(ReadyPage).sore_answered.emit(True)
    assert night.here == "learn"
    assert night.made.tools.preferences.settings.sore_check == SoreCheck(night.wall.date(), sore=True)
    night.made.desk.go_to("routines")
    view = night.page(LibraryPage).view
    assert view is not None
    assert view.sore
    night.page(LibraryPage).ready_asked.emit("short")
    assert not night.page(ReadyPage).start.isEnabled()
    night.made.desk.go_to("routines")
    night.page(LibraryPage).ready_asked.emit("gentle-day")
    assert night.page(ReadyPage).start.isEnabled()


def test_the_answer_to_the_check_is_for_one_day(evening: Start) -> None:
    night = evening()
    night.page(LibraryPage).ready_asked.emit("short")
    night.page(ReadyPage).sore_answered.emit(False)
    night.wall += timedelta(days=1)
    night.made.desk.go_to("routines")
    night.page(LibraryPage).ready_asked.emit("short")
    ready = night.page(ReadyPage)
    assert ready.view is not None
    assert ready.view.asks


def test_a_routine_that_is_not_there_is_told_with_what_may_be_meant(evening: Start) -> None:
    night = evening()
    night.made.desk.routines.open("Gentle-dax")
    banner = night.made.tools.window.banner
    assert banner.message == "There is no routine 'Gentle-dax'; did you mean 'gentle-day'?"


def test_closing_the_window_twice_asks_once_and_does_not_go_on_behind_the_question(evening: Start) -> None:
    night = evening()
    go(night)
    window, page = night.made.tools.window, night.page(SessionPage)
    page.ask_to_finish()
    window.close()
    window.close()
    assert page.dialog is None
    assert window.dialog is not None
    assert night.readout.phase is Phase.PAUSED
    window.dialog.choose("stay")
    assert night.made.tools.window.dialog is None
    assert night.readout.phase is Phase.PAUSED


def test_closing_the_window_mid_session_asks_and_loses_nothing(evening: Start) -> None:
    night = evening()
    go(night)
    night.pass_time(40)
    window = night.made.tools.window
    window.close()
    assert window.isVisible()
    assert night.made.tools.conductor.paused
    assert window.dialog is not None
    window.dialog.choose("carry on")
    assert night.readout.phase is Phase.RUNNING
    window.close()
    assert window.dialog is not None
    window.dialog.choose("finish")
    assert len(night.made.tools.log.records()) == 1


@pytest.mark.parametrize("asked_by", ["the window's end", "Esc"])
def test_a_session_left_for_now_is_offered_at_the_next_start(evening: Start, asked_by: str) -> None:
    night = evening()
    go(night)
    night.pass_time(40)
    window = night.made.tools.window
    if asked_by == "Esc":
        night.page(SessionPage).ask_to_finish()
        dialog = night.page(SessionPage).dialog
    else:
        window.close()
        dialog = window.dialog
    assert dialog is not None
    dialog.choose("leave")
    assert not window.isVisible()
    found = night.made.tools.log.unfinished()
    assert found is not None
    assert found.at == timedelta(seconds=40)
    assert night.made.tools.log.records() == []


@pytest.mark.parametrize("page", ["history", "learn", "settings", "routines"])
def test_every_page_opens_on_a_first_start(evening: Start, page: str) -> None:
    night = evening()
    night.made.desk.go_to(page)
    assert night.here == page


def test_the_editor_opens_a_routine_and_comes_back(evening: Start) -> None:
    night = evening()
    night.page(LibraryPage).edit_asked.emit("short")
    assert night.here == "editor"
    night.made.desk.editing.flush()
    night.made.desk.go_to("routines")
    assert night.here == "routines"


def test_the_purpose_chosen_is_remembered(evening: Start) -> None:
    night = evening("name: Any\nsteps:\n  - {kind: rest, duration: 1 min}\n")
    night.page(LibraryPage).ready_asked.emit("short")
    night.page(ReadyPage).purpose_chosen.emit(Purpose.PROMOTE)
    night.page(ReadyPage).back_asked.emit()
    night.page(LibraryPage).ready_asked.emit("short")
    view = night.page(ReadyPage).view
    assert view is not None
    assert view.purpose is Purpose.PROMOTE


def test_quiet_night_is_switched_in_the_middle(evening: Start) -> None:
    night = evening()
    go(night)
    QTest.keyClick(night.page(SessionPage), Qt.Key.Key_Q)
    assert night.page(SessionPage).options.quiet
    night.pass_time(230)
    assert night.here == "finish"


def test_every_file_of_the_program_may_be_broken_and_the_window_still_opens(evening: Start, paths: object) -> None:
    night = evening()
    go(night)
    night.pass_time(300)
    for file in (night.paths.settings, night.paths.log, night.paths.summaries):
        for noise in (b"", b"\x00" * 4096, b'{"version": 99', b"\xff\xfe noise \x00" * 400):
            night.end()
            file.parent.mkdir(parents=True, exist_ok=True)
            for beside in file.parent.glob(file.name + "-*"):
                beside.unlink()
            file.write_bytes(noise)
            night = Evening(night.paths, night.qtbot, wall=night.wall).begin()
            assert night.here == "routines"
            assert night.page(LibraryPage).view is not None
    night.end()
