"""What a screen reader is told of every page: a name for each thing, the right role, one focus, nothing hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from guide.kit.charts import Chart
from guide.kit.choices import Check, Segmented, Select, Switch
from guide.kit.dial import Dial
from guide.kit.focus import _RingFrame
from guide.kit.label import Heading
from guide.kit.look import Look
from guide.kit.spoken import tell_assistants
from guide.kit.timeline import Timeline
from guide.kit.volume_stepper import VolumeStepper
from guide.pages.ready.step_list import StepList
from guide.window import MainWindow
from looks.scenes import evening, seen
from looks.test_room import FIRST, PAGES, unreadable

Role, Text = QAccessible.Role, QAccessible.Text
MARKS_ITSELF = StepList  # its current row
UNNAMED = {Role.Client, Role.Window, Role.LayeredPane, Role.Pane, Role.Grouping, Role.ScrollBar, Role.PageTabList}


@dataclass(frozen=True)
class Told:
    role: QAccessible.Role
    name: str
    description: str
    focusable: bool
    focused: bool
    hidden: bool
    kind: str


def walk(one: QAccessibleInterface) -> Iterator[Told]:
    state, thing = one.state(), one.object()
    yield Told(
        one.role(),
        one.text(Text.Name),
        one.text(Text.Description),
        bool(state.focusable),
        bool(state.focused),
        bool(state.invisible),
        type(thing).__name__,
    )
    for number in range(one.childCount()):
        child = one.child(number)
        if child is not None:
            yield from walk(child)


def told_of(window: QWidget) -> list[Told]:
    tell_assistants()
    whole = QAccessible.queryAccessibleInterface(window)
    assert whole is not None
    return [one for one in walk(whole) if not one.hidden]


SESSION = {"massage", "pump before the mark", "pump after the mark", "paused", "it hurts"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_told_whole_and_alone_and_can_be_read_in_both_themes(page: str, qapp: QApplication) -> None:
    with evening(qapp, year=page != FIRST) as one:
        if page == "finish":  # the pages that were shown before are there, and not told
            for name in ("history", "settings", "learn", "routines"):
                one.made.desk.go_to(name)
            seen(qapp)
        PAGES[page](one)
        seen(qapp)
        window = one.made.tools.window
        told = told_of(window)
        stack = QAccessible.queryAccessibleInterface(window.stack)
        assert stack is not None
        assert stack.childCount() == 1  # the pages that are not on show are not there
        shown = stack.child(0)
        assert shown is not None
        assert shown.object() is window.stack.currentWidget()
        assert stack.indexOfChild(shown) == 0
        round_trip(window, qapp)
        assert unreadable(one) == []
        assert undressed(window) == []
    unnamed = [thing for thing in told if thing.focusable and not thing.name and thing.role not in UNNAMED]
    assert unnamed == []
    assert [thing for thing in told if thing.name and thing.name == thing.description] == []
    assert [thing for thing in told if thing.role is Role.CheckBox and thing.kind not in {"Check", "Item"}] == []
    assert page in SESSION or any(thing.role is Role.Heading for thing in told)
    ours = [thing for thing in told if thing.kind != "NoneType"]  # the current cell of a list is told by Qt itself
    assert len({(thing.kind, thing.name) for thing in ours if thing.focused}) <= 1


def undressed(window: MainWindow) -> list[str]:
    """Qt's own widgets in which nobody sees our colours: they have no sheet, nor has anything they lie in."""
    kinds = (QMenu, QLineEdit, QPlainTextEdit, QAbstractItemView, QScrollBar)
    found: list[QWidget] = [one for kind in kinds for one in window.findChildren(kind)]
    shown = [one for one in found if not isinstance(one, QScrollBar) or one.isVisible()]
    return [repr(one) for one in shown if not any(around.styleSheet() for around in with_parents(one))]


def with_parents(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def round_trip(window: MainWindow, qapp: QApplication) -> None:
    """Tab leads through everything it may come to, each of which shows that it has the focus, and back to the first."""
    window.activateWindow()
    passed: list[QWidget] = []
    unringed: list[QWidget] = []
    for _ in range(300):
        focus = qapp.focusWidget()
        assert focus is not None
        if focus in passed:
            break
        passed.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = qapp.focusWidget()
        assert now is not None
        if not isinstance(now, MARKS_ITSELF) and not any(ring.isVisible() for ring in window.findChildren(_RingFrame)):
            unringed.append(now)
    assert unringed == []
    assert len(passed) > 2, f"a trap: {passed}"
    again = qapp.focusWidget()
    assert again in passed[:2], "what has the focus at first may be the page itself, which is no stop"
    among = window.dialog or window
    missed = [one for one in among.findChildren(QWidget) if is_a_stop(one) and one not in passed]
    assert [(type(one).__name__, one.accessibleName()) for one in missed] == []


def is_a_stop(widget: QWidget) -> bool:
    """Whether Tab may come to it; a large key beside an amount is none, as the field's arrows do the same."""
    amount = widget.parentWidget()
    beside_an_amount = isinstance(amount, VolumeStepper) and widget is amount.more
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled() and not beside_an_amount


def test_a_control_says_what_it_is(look: Look, qapp: QApplication) -> None:
    tell_assistants()
    parts = Segmented([(1, "Left"), (2, "Right")], look=look, name="Side", value=1)
    widgets: list[tuple[QWidget, QAccessible.Role]] = [
        (Check("Water", look=look), Role.CheckBox),
        (Switch("Chimes", look=look), Role.Switch),
        (Select([(1, "One")], look=look, name="Voice", value=1), Role.ButtonMenu),
        (parts, Role.Grouping),
        (parts.parts[0], Role.RadioButton),
        (Heading("History", look=look), Role.Heading),
        (Dial(look=look), Role.Graphic),
        (Timeline(look=look), Role.Graphic),
        (Chart(look=look), Role.Graphic),
    ]
    for widget, role in widgets:
        if role is Role.Graphic:
            ornament = QAccessible.queryAccessibleInterface(widget)
            assert ornament is not None
            assert ornament.role() is Role.Client  # a picture without a name is passed over
            widget.setAccessibleName("What it shows")
        told = QAccessible.queryAccessibleInterface(widget)
        assert told is not None
        assert told.role() is role
    check = QAccessible.queryAccessibleInterface(parts.parts[1])
    assert check is not None
    assert not check.state().checked
    actions = check.actionInterface()
    assert actions is not None
    assert actions.actionNames()[0] == "Press"
    actions.doAction("Press")
    assert check.state().checked
    assert parts.value == 2
