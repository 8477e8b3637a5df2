"""
What assistive technology is told of our widgets: their role, their name once, and no page but the one on show.

A widget says what it is with `spoken_as`, the name of a role of QAccessible; all else is Qt's own.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QApplication, QLabel, QStackedWidget, QWidget
from shiboken6 import isValid

from guide.compat import override
from guide.kit.guard import Guarded

CHOSEN_NOT_CHECKED: Final = {"PageTab", "ListItem"}
MANY: Final = 400

_made: list[QAccessibleInterface] = []  # Qt has pointers to these: they live until it has deleted what they stand for


def tell_assistants() -> None:
    """From now on tell assistive technology what our widgets are; done once, before any of them is asked."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made_for)


_installed: list[bool] = []


def _made_for(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    made: QAccessibleInterface | None = None
    if isinstance(thing, QStackedWidget):
        made = SpokenStack(thing)
    elif isinstance(thing, QWidget) and isinstance(role := getattr(thing, "spoken_as", None), str):
        made = Spoken(thing, role)
    elif isinstance(thing, QWidget) and isinstance(thing.parentWidget(), QStackedWidget):
        made = Spoken(thing, "Pane")
    if made is not None:
        if len(_made) > MANY:
            _made[:] = [one for one in _made if isValid(one)]
        _made.append(made)
    return made


class Spoken(Guarded, QAccessibleWidget):
    """A widget with a role that Qt would not guess."""

    def __init__(self, widget: QWidget, role: str) -> None:
        super().__init__(widget, QAccessible.Role[role])
        self._widget = widget
        self._role = role

    @override
    def text(self, what: QAccessible.Text) -> str:
        widget = self._widget
        name = widget.accessibleName()
        if not name and isinstance(widget, (QAbstractButton, QLabel)):
            name = widget.text()
        match what:
            case QAccessible.Text.Name:
                return name
            case QAccessible.Text.Description:
                said = widget.accessibleDescription() or widget.toolTip()
                return said if said != name else ""
            case _:
                return super().text(what)

    @override
    def role(self) -> QAccessible.Role:
        """A picture without a name is an ornament: what it shows is said beside it."""
        ornament = self._role == "Graphic" and not self._widget.accessibleName()
        return QAccessible.Role.Client if ornament else super().role()

    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        widget = self._widget
        state.focused = int(QApplication.focusWidget() is widget)  # a page that hands its focus on has none
        if self._role == "Dialog":
            state.modal = 1
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            if self._role in CHOSEN_NOT_CHECKED:
                state.selectable, state.selected = 1, int(widget.isChecked())
            else:
                state.checkable, state.checked = 1, int(widget.isChecked())
        return state

    @override
    def actionNames(self) -> list[str]:
        """Press first: a reader, a switch or a voice that controls the computer does the first one there is."""
        return [*(["Press"] if isinstance(self._widget, QAbstractButton) else []), *super().actionNames()]

    @override
    def doAction(self, actionName: str) -> None:
        if actionName == "Press" and isinstance(self._widget, QAbstractButton):
            self._widget.click()
        else:
            super().doAction(actionName)


class SpokenStack(Guarded, QAccessibleWidget):
    """Pages one above the other: there is the one on show, and the others are not there."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack, QAccessible.Role.LayeredPane)
        self._stack = stack

    @override
    def childCount(self) -> int:
        return int(self._stack.currentWidget() is not None)

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt takes a null pointer
        shown = self._stack.currentWidget()
        return QAccessible.queryAccessibleInterface(shown) if shown is not None and index == 0 else None

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        return 0 if arg__1.object() is self._stack.currentWidget() else -1
