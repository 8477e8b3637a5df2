"""The keys that lead from page to page: where the keyboard is can be seen at once, and where they lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evenings import Evening, go
from guide.core.commands import Command
from guide.core.session import Paused
from guide.kit.dialog import Dialog
from guide.kit.focus import FocusRing
from guide.kit.naming import NameDialog
from guide.kit.settling import Settling
from guide.pages.editor.page import EditorPage
from guide.pages.learn.page import LearnPage
from guide.pages.ready.page import ReadyPage
from guide.pages.routines.page import LibraryPage

Start = Callable[..., Evening]

KEYS = {
    Qt.Key.Key_1: "routines",
    Qt.Key.Key_2: "history",
    Qt.Key.Key_3: "learn",
    Qt.Key.Key_4: "settings",
    Qt.Key.Key_Comma: "settings",
}


def press(night: Evening, key: Qt.Key) -> None:
    QTest.keyClick(night.page(QWidget), key, Qt.KeyboardModifier.ControlModifier)


def ringed(night: Evening) -> bool:
    """Whether the focus is on a control of the page, for all to see."""
    focus = QApplication.focusWidget()
    page = night.page(QWidget)
    assert focus is not None
    return page.isAncestorOf(focus) and any(ring.shown for ring in focus.findChildren(FocusRing))


def test_a_key_that_leads_to_a_page_leads_the_keyboard_to_where_it_can_be_seen(evening: Start) -> None:
    night = evening(voice_on=False)
    nav = night.made.tools.window.nav
    for key, name in KEYS.items():
        for begin in ("routines", "ready"):
            night.made.desk.go_to("routines")
            if begin == "ready":
                night.page(LibraryPage).ready_asked.emit("short")
            press(night, key)
            assert (begin, night.here, ringed(night)) == (begin, name, True)
            assert not night.made.tools.playing
    nav.buttons["history"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(nav.buttons["history"], Qt.Key.Key_Space)
    assert (night.here, ringed(night)) == ("history", True)
    QTest.mouseClick(nav.buttons["learn"], Qt.MouseButton.LeftButton)
    assert night.here == "learn"
    assert QApplication.focusWidget() is night.page(QWidget)


def test_get_ready_left_by_a_key_starts_nothing_behind_the_page(evening: Start) -> None:
    night = evening(voice_on=False)
    night.page(LibraryPage).ready_asked.emit("short")
    night.made.desk.ready._page.count_asked.emit()
    assert night.made.desk.ready._count.running
    press(night, Qt.Key.Key_4)
    assert (night.here, night.made.desk.ready._count.running) == ("settings", False)


def test_the_first_key_on_a_page_counts_as_soon_as_the_page_is_there(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for Space and Enter on a Start, which may be meant for the page before."""
    monkeypatch.setattr(Settling, "pace", 1.0)
    night = evening(voice_on=False, sore_check=None)
    desk, window = night.made.desk, night.made.tools.window

    def first(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
        QTest.keyClick(QApplication.focusWidget() or night.page(QWidget), key, modifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    control = Qt.KeyboardModifier.ControlModifier
    desk.go_to("learn")
    assert first(Qt.Key.Key_F, control) is night.page(LearnPage).finder
    desk.go_to("routines")
    assert first(Qt.Key.Key_F, control) is night.page(LibraryPage).listed.search
    desk.go_to("settings")
    assert night.page(QWidget).isAncestorOf(first(Qt.Key.Key_Tab))
    desk.go_to("history")
    assert night.page(QWidget).isAncestorOf(first(Qt.Key.Key_Tab))
    desk.go_to("routines")
    first(Qt.Key.Key_N, control)
    assert [type(one) for one in window.findChildren(Dialog)] == [NameDialog]
    first(Qt.Key.Key_Escape)
    desk.editing.edit("short")
    first(Qt.Key.Key_Tab, control)
    assert night.page(EditorPage).panes.text_view().isVisible()
    desk.go_to("routines")
    assert first(Qt.Key.Key_Down) is not night.page(LibraryPage).hero.start
    night.page(LibraryPage).ready_asked.emit("short")
    first(Qt.Key.Key_N)
    view = night.page(ReadyPage).view
    assert view is not None
    assert view.sore is False
    night.page(ReadyPage).start.click()
    first(Qt.Key.Key_Space)
    assert isinstance(night.made.tools.conductor.session, Paused)
    night.made.tools.conductor.do(Command.STOP)
    assert (night.here, window.dialog) == ("finish", None)
    assert night.page(QWidget).isAncestorOf(first(Qt.Key.Key_Tab))


def test_in_a_session_after_it_and_where_words_are_recorded_no_key_leads_away(evening: Start) -> None:
    night = evening(voice_on=False)
    go(night)
    pages = ["session", "finish", "words", "voices"]
    for name in pages:
        match name:
            case "finish":
                night.made.tools.conductor.do(Command.STOP)
            case "words":
                night.made.desk.go_to("routines")
                night.made.desk.show_words()
            case "voices":
                night.made.desk.voices.show(then=night.made.desk.settings.show)
            case _:
                pass
        for key in KEYS:
            press(night, key)
            assert night.here == name
