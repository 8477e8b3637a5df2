"""The keyboard is somewhere to be seen, whatever a change takes away or hides: a page's keys are its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import delete

from guide.kit.buttons import Button
from guide.kit.dialog import Dialog
from guide.kit.fields import Field
from guide.kit.focus import Leading
from guide.kit.look import Look
from guide.kit.page_key import key_within
from guide.window import MainWindow
from onscreen import another_window

Show = Callable[[QWidget], None]


class TwoPanes(Leading):
    """A page of which one half is to be seen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.panes = QStackedWidget(self)
        self.steps, self.text = Button("Steps", look=look), Field("Text", look=look)
        for control in (self.steps, self.text):
            pane = QWidget()
            QHBoxLayout(pane).addWidget(control)
            self.panes.addWidget(pane)
        QHBoxLayout(self).addWidget(self.panes)
        self.first = self.steps
        self.pressed: list[str] = []
        key_within("F8", self, lambda: self.pressed.append("F8"))


def on_show(look: Look, show: Show) -> tuple[MainWindow, TwoPanes]:
    window = MainWindow(look=look)
    for name in ("editor", "history"):
        window.add_page(name, lambda: TwoPanes(look))
    show(window)
    window.show_page("editor")
    page = window.page("editor")
    assert isinstance(page, TwoPanes)
    assert page.steps.hasFocus()
    return window, page


def test_where_what_has_the_focus_is_taken_away_the_page_has_it(look: Look, show: Show) -> None:
    _window, page = on_show(look, show)
    page.panes.setCurrentIndex(1)
    page.text.setFocus()
    delete(page.text)
    QApplication.processEvents()
    assert page.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_F8)
    assert page.pressed == ["F8"]


def test_a_page_leads_to_nothing_that_is_not_to_be_seen(look: Look, show: Show) -> None:
    """As from a try-out back to the text in the editor: Delete went to the hidden list of steps."""
    window, page = on_show(look, show)
    page.panes.setCurrentIndex(1)
    window.show_page("history")
    window.show_page("editor")
    assert page.hasFocus()


def test_what_is_hidden_keeps_no_focus_that_it_is_given(look: Look, show: Show) -> None:
    window, page = on_show(look, show)
    window.show_page("history")
    page.steps.setFocus()
    QApplication.processEvents()
    here = window.page("history")
    assert isinstance(here, TwoPanes)
    assert here.steps.hasFocus()


def test_in_a_question_too(look: Look, show: Show) -> None:
    window, _page = on_show(look, show)
    field = Field("Name", look=look)
    dialog = window.ask("Rename", "", [("later", "Not now"), ("yes", "Yes")], lambda _: None, content=field)
    assert isinstance(dialog, Dialog)
    field.setFocus()
    delete(field)
    QApplication.processEvents()
    assert dialog.buttons[0].hasFocus()


def test_a_window_that_is_not_in_use_takes_no_keyboard(look: Look, show: Show) -> None:
    window, page = on_show(look, show)
    with another_window(window):
        page.panes.setCurrentIndex(1)
        delete(page.steps)
        page.first = page.text
        QApplication.processEvents()
        assert not window.isActiveWindow()
    assert page.text.hasFocus()
