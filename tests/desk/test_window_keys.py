"""The keys that lead from page to page: where the keyboard is can be seen at once, and where they lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evenings import Evening, go
from guide.core.commands import Command
from guide.kit.focus import FocusRing
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
