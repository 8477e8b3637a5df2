"""Every dialog there is, opened and left in every way there is; what lies behind it hears nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from guide.compat import override
from guide.core.record import Record
from guide.core.routine import Kind
from guide.kit.buttons import Button
from guide.kit.dialog import Choice, Dialog
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.naming import NameDialog
from guide.kit.toast import TO_TOAST, Toast
from guide.pages.history.form import SessionForm
from guide.pages.history.form_dialog import FormDialog
from guide.pages.session.welcome import WasHere, WelcomeBack
from guide.window import MainWindow
from seeing import clipped, in_the_longest_words, look_at

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_H, Qt.Key.Key_N, Qt.Key.Key_PageDown, Qt.Key.Key_F11)


class Page(Guarded, QWidget):
    """What lies behind: a page that acts on any key and any press, as the session's does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button = Button("Start", look=look, parent=self)
        self.button.clicked.connect(lambda: self.heard.append("Start"))
        for key in ("N", "F11", "Ctrl+1", "Space"):
            QShortcut(QKeySequence(key), self).activated.connect(lambda key=key: self.heard.append(key))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.heard.append("press")


def plain(page: QWidget, look: Look) -> Dialog:
    choices = [Choice("on", "Carry on"), Choice("end", "Finish and save", "y")]
    return Dialog(page, look=look, title="Finish here?", text="What you did is kept.", choices=choices)


def welcome(page: QWidget, look: Look) -> Dialog:
    was = WasHere(Kind.PUMP, "Pump", "Short", "step 2 of 3", "0:40", "left of 1 min", timedelta(minutes=6))
    return WelcomeBack(page, look=look, place=was)


def form(page: QWidget, look: Look) -> Dialog:
    record = Record(1, "short", "Short", NOW - timedelta(hours=3), lasted=timedelta(minutes=20))
    inside = SessionForm(look=look, now=lambda: NOW, routines=[("short", "Short")], record=record)
    return FormDialog(page, inside, look=look, title="This session")


def naming(page: QWidget, look: Look) -> Dialog:
    return NameDialog(page, look=look, title="Rename", label="Name", before="Short", keep="Rename")


DIALOGS: dict[str, Callable[[QWidget, Look], Dialog]] = {
    "question": plain,
    "welcome back": welcome,
    "form": form,
    "name": naming,
}


@dataclass
class Opened:
    page: Page
    dialog: Dialog
    chosen: list[object] = field(default_factory=list)

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found


@pytest.fixture(params=DIALOGS)
def opened(request: pytest.FixtureRequest, look: Look, show: Callable[[QWidget], None]) -> Iterator[Opened]:
    page = Page(look)
    page.resize(800, 560)
    show(page)
    page.button.setFocus()
    one = Opened(page, DIALOGS[request.param](page, look))
    one.dialog.chosen.connect(one.chosen.append)
    one.dialog.open()
    QApplication.processEvents()
    yield one
    QApplication.processEvents()


def escape(one: Opened) -> None:
    QTest.keyClick(one.focus(), Qt.Key.Key_Escape)


def by_the_first_button(one: Opened) -> None:
    QTest.mouseClick(one.dialog.buttons[0], Qt.MouseButton.LeftButton)


def by_the_last_button(one: Opened) -> None:
    one.dialog.buttons[-1].setFocus()
    QTest.keyClick(one.focus(), Qt.Key.Key_Return)


def by_space(one: Opened) -> None:
    one.dialog.buttons[0].setFocus()
    QTest.keyClick(one.focus(), Qt.Key.Key_Space)


def after_a_click_outside(one: Opened) -> None:
    QTest.mouseClick(one.dialog, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    escape(one)


def after_the_page_took_the_focus(one: Opened) -> None:
    one.page.button.setFocus()
    one.page.setFocus()
    escape(one)


def twice(one: Opened) -> None:
    focus = one.focus()
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    QTest.keyClick(focus, Qt.Key.Key_Escape)


def after_what_had_the_focus_is_gone(one: Opened) -> None:
    delete(one.page.button)
    escape(one)


WAYS = (
    escape,
    by_the_first_button,
    by_the_last_button,
    by_space,
    after_a_click_outside,
    after_the_page_took_the_focus,
    twice,
    after_what_had_the_focus_is_gone,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_answered_once_and_the_page_behind_hears_nothing(opened: Opened, way: Callable[[Opened], None]) -> None:
    way(opened)
    assert len(opened.chosen) == 1
    QApplication.processEvents()
    assert not isValid(opened.dialog) or not opened.dialog.isVisible()
    assert opened.page.heard == []
    if isValid(opened.page.button):
        assert opened.page.button.hasFocus()
        QTest.keyClick(opened.page, Qt.Key.Key_H)
        assert opened.page.heard == [Qt.Key.Key_H]


def test_a_key_that_is_held_gives_no_answer(opened: Opened) -> None:
    """As the Escape that has opened it: held for half a second it closed the question again."""
    for key, types in ((Qt.Key.Key_Escape, ""), (Qt.Key.Key_Return, "\r"), (Qt.Key.Key_Y, "y")):
        held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, types, autorep=True)
        QApplication.sendEvent(opened.dialog, held)
        QApplication.sendEvent(opened.dialog.buttons[0], held)
    assert opened.chosen == []


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_the_dialogs_wherever_it_was_clicked(opened: Opened, key: Qt.Key) -> None:
    QTest.mouseClick(opened.dialog, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert opened.chosen == []
    assert opened.dialog.isAncestorOf(opened.focus())
    if key is Qt.Key.Key_Space and not isinstance(opened.focus(), QLineEdit):
        return  # presses the button that has the focus, which is another test
    QTest.keyClick(opened.focus(), key)
    assert opened.page.heard == []
    assert opened.chosen == []


def test_tab_goes_round_inside_it_in_both_directions(opened: Opened) -> None:
    stops = set()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        for _ in range(12):
            QTest.keyClick(opened.focus(), key)
            assert opened.dialog.isAncestorOf(opened.focus())
            stops.add(opened.focus())
    assert set(opened.dialog.buttons) <= stops


def test_it_may_go_with_the_page_it_lies_over(opened: Opened) -> None:
    page = opened.page
    delete(page.button)
    delete(opened.dialog)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_H)
    assert page.heard == [Qt.Key.Key_H]


@pytest.mark.parametrize("kind", ["question", "welcome back", "name"])
def test_the_longest_words_fit_into_it(
    kind: str, look: Look, show: Callable[[QWidget], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(look)
    page.resize(800, 560)
    show(page)
    with in_the_longest_words(monkeypatch):
        dialog = DIALOGS[kind](page, look)
        dialog.open()
        assert clipped(look_at(page)) == []
    dialog.leave()


# the window asks one thing at a time


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look=look)
    qtbot.addWidget(made)
    made.show()
    return made


def asked(window: MainWindow) -> Dialog | None:
    return window.dialog


def open_question(window: MainWindow, title: str) -> Dialog:
    found = asked(window)
    assert found is not None
    assert found.title.text() == title
    return found


def ask(window: MainWindow, title: str, told: list[object]) -> None:
    window.ask(title, "", [("stay", "Stay"), ("go", "Go")], told.append)


def test_a_second_question_waits_for_the_answer_to_the_first(window: MainWindow) -> None:
    told: list[object] = []
    ask(window, "First?", told)
    ask(window, "Second?", told)
    window.when_free(lambda: told.append("opened"))
    open_question(window, "First?").choose("go")
    second = open_question(window, "Second?")
    assert second.isVisible()
    assert told == ["go"]
    second.leave()
    assert told == ["go", "stay", "opened"]
    assert asked(window) is None


def test_a_question_that_is_withdrawn_while_it_waits_leaves_the_open_one_and_those_after_it(window: MainWindow) -> None:
    told: list[object] = []
    ask(window, "First?", told)
    withdrawn = window.ask("Working…", "", [("stop", "Stop")], told.append)
    ask(window, "Last?", told)
    withdrawn.choose(None)
    open_question(window, "First?").choose("go")
    last = open_question(window, "Last?")
    assert last.isVisible()
    last.choose("stay")
    assert told == ["go", "stay"]


def test_the_next_question_is_asked_where_what_came_of_the_first_fails(window: MainWindow, qtbot: QtBot) -> None:
    def fail(_answer: object) -> None:
        raise ValueError

    first = window.ask("First?", "", [("go", "Go")], fail)
    ask(window, "Second?", [])
    with qtbot.captureExceptions() as raised:
        first.choose("go")
    assert [kind for kind, *_ in raised] == [ValueError]
    second = asked(window)
    assert second is not None
    assert second.title.text() == "Second?"


def test_the_focus_goes_to_the_page_that_came_behind_a_question(window: MainWindow, look: Look) -> None:
    before, behind = Page(look), Page(look)
    window.add_page("before", lambda: before)
    window.add_page("behind", lambda: behind)
    window.show_page("before")
    before.button.setFocus()
    ask(window, "First?", [])
    window.show_page("behind")
    dialog = asked(window)
    assert dialog is not None
    dialog.leave()
    assert QApplication.focusWidget() is behind


def test_the_same_question_is_not_asked_twice(window: MainWindow) -> None:
    told: list[object] = []
    for _ in range(3):
        ask(window, "Finish here?", told)
    dialog = asked(window)
    assert dialog is not None
    dialog.choose("go")
    assert asked(window) is None
    assert told == ["go"]


def test_what_a_wish_leads_to_comes_at_once_where_nothing_is_asked(window: MainWindow) -> None:
    told: list[str] = []
    window.when_free(lambda: told.append("opened"))
    assert told == ["opened"]


def test_a_menu_closes_before_a_question_is_asked(window: MainWindow) -> None:
    menu = QMenu(window)
    menu.addAction("Edit")
    menu.popup(QPoint(10, 10))
    ask(window, "First?", [])
    assert not menu.isVisible()
    dialog = asked(window)
    assert dialog is not None
    assert dialog.isAncestorOf(QApplication.focusWidget() or window)


# a name


def test_a_name_that_is_taken_is_refused_in_a_sentence_and_the_dialog_stays(
    look: Look, show: Callable[[QWidget], None]
) -> None:
    page = Page(look)
    page.resize(800, 560)
    show(page)
    taken = "There is a routine called “Short” already."
    dialog = NameDialog(
        page, look=look, title="Rename", label="Name", before="", keep="Rename", refuse=lambda n: taken * (n == "Short")
    )
    chosen: list[object] = []
    dialog.chosen.connect(chosen.append)
    dialog.open()
    for words, said in (("", "A name has at least one letter."), ("  Short ", taken)):
        dialog.field.setText(words)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        assert (dialog.trouble.text(), chosen) == (said, [])
        assert dialog.field.hasFocus()
    dialog.field.setText(" Shorter ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert chosen == ["Shorter"]


# a toast


def test_one_key_goes_to_undo_and_the_focus_comes_back(look: Look, show: Callable[[QWidget], None]) -> None:
    page = Page(look)
    page.resize(800, 560)
    show(page)
    page.button.setFocus()
    toast, undone = Toast(page, look=look), []
    toast.tell("Hidden from the list", action="Undo", on_action=lambda: undone.append(1))
    QTest.keySequence(page, QKeySequence(TO_TOAST))
    assert toast.action.hasFocus()
    assert not toast.timer.isActive()
    QTest.keyClick(toast.action, Qt.Key.Key_Return)
    assert undone == [1]
    assert page.button.hasFocus()


def test_the_key_of_a_toast_does_nothing_where_there_is_nothing_to_do(
    look: Look, show: Callable[[QWidget], None]
) -> None:
    page = Page(look)
    show(page)
    page.button.setFocus()
    toast = Toast(page, look=look)
    toast.tell("Saved")
    QTest.keySequence(page, QKeySequence(TO_TOAST))
    assert page.button.hasFocus()


def test_the_second_press_of_a_double_click_gives_no_answer(look: Look, qtbot: QtBot, qapp: QApplication) -> None:
    page = Page(look)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    dialog = plain(page, look)
    given: list[object] = []
    dialog.chosen.connect(given.append)
    dialog.open()
    qapp.processEvents()
    for button in dialog.buttons:
        send_second_half(button)
    assert given == []
    QTest.mouseClick(dialog.buttons[1], Qt.MouseButton.LeftButton)
    assert given == ["end"]


def send_second_half(button: Button) -> None:
    """What a button is sent of a double click whose first press went to another widget at the same place."""
    middle = button.rect().center().toPointF()
    for kind in (QMouseEvent.Type.MouseButtonDblClick, QMouseEvent.Type.MouseButtonRelease):
        buttons = Qt.MouseButton.LeftButton
        held = buttons if kind is QMouseEvent.Type.MouseButtonDblClick else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, middle, button.mapToGlobal(middle), buttons, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)
