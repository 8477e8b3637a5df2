"""A key of a page counts wherever the focus is, but for a dialog and for a page that is not on show."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.dialog import Choice, Dialog
from guide.kit.look import Look
from guide.kit.page_key import ESCAPE, Keys, key_within, page_key

NO_PLACE = "nowhere"


@pytest.mark.parametrize("where", ["nav", "page", NO_PLACE])
@pytest.mark.parametrize("shown", [0, 1])
def test_it_counts_on_the_page_on_show_wherever_the_focus_is(
    where: str, shown: int, qtbot: QtBot, qapp: QApplication
) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    inside: list[QPushButton] = []
    column, stack, nav = QVBoxLayout(window), QStackedWidget(), QPushButton("nav")
    column.addWidget(nav)
    column.addWidget(stack)
    for name in ("one", "two"):
        page = QWidget()
        inside.append(QPushButton(name, page))
        page_key("Ctrl+F", page, partial(pressed.append, name))
        stack.addWidget(page)
    stack.setCurrentIndex(shown)
    with qtbot.waitActive(window):
        window.show()
    nav.setFocus()
    if where == "page":
        inside[shown].setFocus()
    elif where == NO_PLACE:
        nav.clearFocus()
    QTest.keyClick(qapp.focusWidget() or window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [("one", "two")[shown]]


def test_a_dialog_has_the_keys_for_itself(qtbot: QtBot, qapp: QApplication, look: Look) -> None:
    page, pressed = QWidget(), list[str]()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page_key("Ctrl+F", page, lambda: pressed.append("page"))
    with qtbot.waitActive(page):
        page.show()
    dialog = Dialog(page, look=look, title="Sure?", choices=[Choice("no", "No")])
    dialog.show()
    dialog.buttons[0].setFocus()
    QTest.keyClick(dialog.buttons[0], Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_escape_that_is_held_leaves_one_thing_and_other_keys_go_on(qtbot: QtBot) -> None:
    """In Get ready it stopped the count and then left the page; Ctrl+Z takes back step by step."""
    page = QWidget()
    qtbot.addWidget(page)
    keys: dict[Keys, bool] = {ESCAPE: False, "Esc": False, Qt.Key.Key_Escape: False, "Alt+Left": True, "Ctrl+Z": True}
    assert {one: key_within(one, page, lambda: None).autoRepeat() for one in keys} == keys
