"""Where Tab comes to what is made late: Qt puts it after everything else in the window."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(widget: QWidget) -> list[QWidget]:
    """A widget and what lies in it, hidden or not, in the order of Tab: those that take the focus."""
    found, one = list[QWidget](), widget
    while True:
        if takes_focus(one) and (one is widget or widget.isAncestorOf(one)):
            found.append(one)
        following = one.nextInFocusChain()
        if following is None or following is widget:
            return found
        one = following


def stop_before(widget: QWidget) -> QWidget:
    one = widget.previousInFocusChain()
    while one is not None and not takes_focus(one):
        one = one.previousInFocusChain()
    return one or widget


def lead(before: QWidget, on: Iterable[QWidget]) -> None:
    """Have Tab come from a control to others, one after another; Qt does nothing where either takes no focus."""
    for one in on:
        QWidget.setTabOrder(before, one)
        before = one


def takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
