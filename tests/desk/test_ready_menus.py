"""What is offered in place on Get ready, and what Finish offers of her own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evenings import Evening, go
from guide.core.commands import Command
from guide.live.voices import Origin, VoiceOffer
from guide.pages.finish.desk import from_goal
from guide.pages.finish.page import FinishPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage
from guide.pages.session.page import SessionPage

Start = Callable[..., Evening]


@pytest.fixture
def voices(monkeypatch: pytest.MonkeyPatch) -> list[VoiceOffer]:
    """The voices of a computer that is not this one."""
    there = [
        VoiceOffer("natural:hazel", "Hazel", "", Origin.NATURAL),
        VoiceOffer("system:tom", "Tom", "", Origin.COMPUTER),
    ]
    monkeypatch.setattr("guide.pages.ready.voices.offers", lambda _: there)
    monkeypatch.setattr("guide.pages.ready.voices.voices_of", lambda _: _Voices())
    return there


@pytest.fixture
def night(evening: Start) -> Evening:
    return evening()


class _Voices:
    def all(self, _language: str) -> list[object]:
        return []


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def ready(night: Evening) -> ReadyPage:
    night.page(LibraryPage).ready_asked.emit("short")
    return night.page(ReadyPage)


def picture(folder: Path, name: str) -> str:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#886644"))
    image.save(str(folder / name))
    return str(folder / name)


def test_the_whole_question_is_in_sight_beneath_messages_in_a_low_window_with_large_text(evening: Start) -> None:
    night = evening(sore_check=None, language="de", text_scale=1.6)
    window = night.made.tools.window
    window.resize(800, 560)
    page = ready(night)
    window.banner.tell("Zwei Zeilen einer Meldung, die oben steht und so lang ist, dass es drei werden könnten.")
    window.toast.tell("Eine Meldung, die hier steht und zwei Zeilen hat.", action="Zurück", on_action=lambda: None)
    settle()
    assert page.area.viewport().height() < page.asking.height()
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    settle()
    assert page.asking.no.hasFocus()
    assert page.asking.visibleRegion().boundingRect() == page.asking.rect()
    window.toast.dismiss()
    settle()
    assert page.asking.visibleRegion().boundingRect() == page.asking.rect()
    QTest.keyClick(page.asking.no, Qt.Key.Key_N)
    settle()
    assert page.head.isVisible()


def test_a_message_that_comes_after_the_question_takes_nothing_of_it_from_sight(evening: Start) -> None:
    night = evening(sore_check=None, language="de", text_scale=1.6)
    window = night.made.tools.window
    window.resize(800, 560)
    page = ready(night)
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    window.banner.tell("Zwei Zeilen einer Meldung, die oben steht und so lang ist, dass es drei werden könnten.")
    window.toast.tell("Eine Meldung, die hier steht und zwei Zeilen hat.", action="Zurück", on_action=lambda: None)
    settle()
    assert page.asking.visibleRegion().boundingRect() == page.asking.rect()


def test_a_voice_is_chosen_without_leaving_get_ready(night: Evening, voices: list[VoiceOffer]) -> None:
    page = ready(night)
    button = page.options.guidance.voice_button
    assert button.words() == ["Hazel", "Tom", "All voices…"]
    page.guidance.voice_chosen.emit("system:tom")
    assert night.made.tools.preferences.settings.voice == "system:tom"
    assert button.text() == "Tom"
    assert night.here == "ready"


def test_the_picture_chosen_is_shown_first_and_off_keeps_them_all(
    night: Evening, voices: list[VoiceOffer], tmp_path: Path
) -> None:
    first, second = picture(tmp_path, "a.png"), picture(tmp_path, "b.png")
    preferences = night.made.tools.preferences
    preferences.change(photos=(first, second))
    page = ready(night)
    page.guidance.picture_chosen.emit(second)
    assert preferences.settings.photos == (second, first)
    assert page.view is not None
    assert page.view.picture is not None
    assert page.view.picture.thumbnail is not None
    page.guidance.picture_chosen.emit(None)
    assert preferences.settings.photos == (second, first)
    assert not preferences.settings.photos_shown


def test_every_picture_that_takes_a_turn_has_a_tick_and_with_off_none_has(
    night: Evening, voices: list[VoiceOffer], tmp_path: Path
) -> None:
    first, second = picture(tmp_path, "a.png"), picture(tmp_path, "b.png")
    night.made.tools.preferences.change(photos=(first, second))
    menu = ready(night).guidance.picture.menu

    def ticked() -> list[str]:
        return [action.text() for action in menu.actions() if action.isChecked()]

    assert ticked() == ["a.png", "b.png"]
    next(action for action in menu.actions() if action.text() == "b.png").trigger()
    assert ticked() == ["b.png", "a.png"], "the one that was pressed comes first, and both go on taking turns"
    next(action for action in menu.actions() if action.text() == "Off").trigger()
    assert ticked() == ["Off"]


@pytest.mark.parametrize(("goal", "offered"), [(0, False), (1, True), (8, True), (24, True)])
def test_finish_offers_the_next_reminder_from_her_own_goal(night: Evening, goal: int, offered: bool) -> None:
    preferences = night.made.tools.preferences
    preferences.change(daily_goal=goal)
    go(night)
    night.page(SessionPage).asked.emit(Command.STOP)
    page = night.page(FinishPage)
    assert bool(page.view.remind_at) is offered
    if offered:
        page.reminder_toggled.emit(True)
        assert preferences.settings.nudge_on
        assert timedelta(hours=preferences.settings.nudge_hours) == from_goal(goal)
        page.reminder_toggled.emit(False)
        assert not preferences.settings.nudge_on
