"""While another window is the active one: what had the focus here goes, or a message comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.kit.buttons import Button
from guide.kit.look import Look
from guide.kit.toast import STAY
from guide.pages.session.slot import Slot
from guide.window import MainWindow
from onscreen import another_window

Show = Callable[[QWidget], None]

TAB: Final = Qt.FocusReason.TabFocusReason


class Page(QWidget):
    """Two controls, of which the second was in use."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        self.first, self.second = Button("First", look=look, parent=self), Button("Second", look=look, parent=self)
        row.addWidget(self.first)
        row.addWidget(self.second)


def in_a_window(look: Look, show: Show) -> tuple[MainWindow, Page]:
    window = MainWindow(look=look)
    window.add_page("page", lambda: Page(look))
    show(window)
    window.show_page("page")
    page = window.page("page")
    assert isinstance(page, Page)
    page.second.setFocus(TAB)
    return window, page


def test_a_message_stays_while_she_is_away_from_a_window_in_which_it_has_the_focus(look: Look, show: Show) -> None:
    window, _page = in_a_window(look, show)
    window.toast.tell("Routine hidden", undo=lambda: None)
    window.toast.go_to()
    with another_window(window):
        assert not window.toast.timer.isActive()
    assert window.toast.action.hasFocus()


def test_a_message_that_is_told_meanwhile_has_its_time_once_she_comes(look: Look, show: Show) -> None:
    """As the notice on a desktop without a place for one: six seconds later nothing was to be seen of it."""
    window, _page = in_a_window(look, show)
    window.toast.tell("Routine hidden")
    with another_window(window):
        window.toast.tell("Whenever you are ready: it has been about 3 hours.")
        assert not window.toast.timer.isActive()
    assert window.toast.isVisible()
    assert window.toast.timer.isActive()
    assert window.toast.timer.interval() == STAY


def test_a_message_that_goes_meanwhile_leaves_the_focus_where_it_was(look: Look, show: Show) -> None:
    window, page = in_a_window(look, show)
    window.toast.tell("Routine hidden", undo=lambda: None)
    window.toast.go_to()
    with another_window(window):
        window.toast.dismiss()
    assert page.second.hasFocus()


def test_another_message_leaves_the_focus_where_it_was(look: Look, show: Show) -> None:
    """What has the focus would do another thing, or is gone and Qt goes on to the control after it."""
    window, page = in_a_window(look, show)
    window.toast.tell("Routine hidden", undo=lambda: None)
    for action in (None, "Open"):
        window.toast.tell("Card saved", undo=lambda: None)
        window.toast.go_to()
        assert window.toast.action.hasFocus()
        window.toast.tell("Everything is saved now.", action=action)
        assert page.second.hasFocus(), action


def test_a_trouble_that_is_over_meanwhile_leaves_the_focus_where_it_was(look: Look, show: Show) -> None:
    window, page = in_a_window(look, show)
    window.banner.tell("No sound can be heard.")
    window.banner.close_button.setFocus(TAB)
    with another_window(window):
        window.banner.withdraw("No sound can be heard.")
    assert page.second.hasFocus()


def test_a_message_of_a_session_that_goes_meanwhile_leaves_space_to_the_session(look: Look, show: Show) -> None:
    page = QWidget()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    slot = Slot(look=look, parent=page)
    back = Button("Back", look=look, parent=page)
    show(page)
    slot.tell("One more minute", "Undo", lambda: None)
    slot.action.setFocus(TAB)
    assert back.isVisible()
    with another_window(page):
        slot.dismiss()
    assert page.hasFocus()
