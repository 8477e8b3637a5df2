"""Between Get ready and the session: what happens while the voice is being made ready, and to the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from evenings import SHORT, WELL, Evening
from guide.core.readout import Phase
from guide.core.session import Command
from guide.live.intents import GoOn, Quiet
from guide.pages.finish.page import FinishPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.page import SessionPage
from guide.pages.session.welcome import WayOn, WelcomeBack
from guide.store.paths import Paths
from guide.store.routines.reader import read
from guide.store.settings import Settings, save


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


@pytest.mark.parametrize("way", ["edit_asked", "voice_asked"])
def test_a_session_does_not_begin_behind_another_page(night: Evening, aside: Aside, way: str) -> None:
    ready = press_start(night)
    ready.show_preparing(0, 3)
    getattr(ready, way).emit()
    there = night.here
    aside.do()
    assert night.here == there
    assert not night.made.tools.playing
    assert ready.preparing.isHidden()


def test_what_she_changes_while_the_voice_is_made_is_heard_from_the_start(night: Evening, aside: Aside) -> None:
    press_start(night).chimes_toggled.emit(False)
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
    press_start(night)
    aside.do()
    night.pass_time(40)
    again = night.again()
    dialog = again.made.tools.window.dialog
    assert isinstance(dialog, WelcomeBack)
    dialog.chosen.emit(WayOn.CARRY_ON.value)
    assert again.readout.title == "Pump"
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


def test_one_next_by_accident_ends_no_session_and_the_second_does(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    while night.readout.following is not None:
        night.pass_time(6)
        night.made.tools.conductor.do(Command.NEXT)
    page = night.page(SessionPage)
    for device in (page.asked.emit, night.made.desk.session.take):  # the page's own keys, and any other device
        page.slot.dismiss()
        device(GoOn())
        assert night.made.tools.playing
    page.asked.emit(GoOn())
    assert night.here == "finish"


def test_closing_the_window_silences_the_session(night: Evening, aside: Aside) -> None:
    press_start(night)
    aside.do()
    assert night.readout.phase is Phase.RUNNING
    before = len(night.player.asked)
    night.made.desk.close()
    assert night.player.asked[before:] == ["stop"]
