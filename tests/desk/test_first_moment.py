"""The first moment of a start: the window is seen before it is furnished, and Start comes before the cards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from evenings import NIGHT, WELL, no_speaker
from guide.app import Program, build
from guide.core.routine import Side
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.welcome import WelcomeBack
from guide.store.log.log import Log
from guide.store.paths import Paths, builtin_folder
from guide.store.settings import Settings, save
from guide.window import MainWindow
from hands import Clock, RememberingPlayer


@pytest.fixture
def seen(paths: Paths, qapp: QApplication) -> Iterator[MainWindow]:
    save(paths.settings, Settings(full_screen_at_start=False, sore_check=WELL, voice_on=False))
    window = MainWindow()
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    yield window
    window.deleteLater()


def furnished(paths: Paths, window: MainWindow) -> Program:
    return build(
        paths=paths,
        clock=Clock(),
        player=lambda _: RememberingPlayer(),
        run=lambda work: work(),
        thread=lambda _: None,
        now=lambda: NIGHT,
        speaker=no_speaker,
        within=window,
    )


def library(window: MainWindow) -> LibraryPage:
    page = window.page("routines")
    assert isinstance(page, LibraryPage)
    return page


def test_start_has_the_focus_before_the_cards_are_there_and_keeps_it(
    seen: MainWindow, paths: Paths, qtbot: QtBot
) -> None:
    program = furnished(paths, seen)
    program.desk.open()
    page = library(seen)
    assert page.hero.start.isVisible()
    assert QApplication.focusWidget() is page.hero.start
    assert page.cards == []
    qtbot.waitUntil(lambda: len(page.cards) == 13)
    assert all(card.isVisibleTo(page) for card in page.cards)
    assert QApplication.focusWidget() is page.hero.start
    program.desk.close()


def test_space_pressed_before_the_cards_are_there_starts_and_the_way_back_finds_them(
    seen: MainWindow, paths: Paths, qtbot: QtBot
) -> None:
    program = furnished(paths, seen)
    program.desk.open()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert program.tools.playing
    qtbot.waitUntil(lambda: not seen.windowIcon().isNull())  # the rest is made by then
    assert program.tools.playing
    assert seen.here == "session"
    assert seen.dialog is None
    program.tools.conductor.leave()
    program.desk.go_to("routines")
    assert len(library(seen).cards) == 13
    program.desk.close()


def test_a_routine_asked_for_by_the_start_is_ready_and_the_way_back_finds_the_cards(
    seen: MainWindow, paths: Paths, qtbot: QtBot
) -> None:
    program = furnished(paths, seen)
    program.desk.open("cluster-pumping")
    qtbot.waitUntil(lambda: isinstance(seen.stack.currentWidget(), ReadyPage))
    program.desk.go_to("routines")
    assert len(library(seen).cards) == 13
    program.desk.close()


def test_a_session_that_was_cut_off_is_offered_before_anything_can_be_pressed(seen: MainWindow, paths: Paths) -> None:
    log = Log.open(paths.log, now=lambda: NIGHT)
    text = (builtin_folder() / "cluster-pumping.yaml").read_text(encoding="utf-8")
    log.begin(
        routine_id="cluster-pumping",
        routine_name="Cluster pumping",
        routine_text=text,
        first_side=Side.LEFT,
        purpose=None,
        began=NIGHT,
    )
    log.close()
    program = furnished(paths, seen)
    program.desk.open()
    QApplication.sendPostedEvents()
    assert isinstance(seen.dialog, WelcomeBack)
    program.desk.close()


def test_a_window_that_goes_in_its_first_moment_is_asked_for_nothing_more(paths: Paths, qtbot: QtBot) -> None:
    program = build(paths=paths, clock=Clock(), player=lambda _: RememberingPlayer(), speaker=no_speaker)
    window = program.tools.window
    with qtbot.captureExceptions() as raised:
        program.desk.open()
        window.grab()  # as its first paint
        program.desk.close()
        delete(window)
        QApplication.processEvents()
    assert raised == []
