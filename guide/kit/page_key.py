"""Keys of a page: while the focus is in it, or while it is on show, wherever in the window the focus is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from guide.kit.dialog import Dialog

ESCAPE: Final = QKeySequence(Qt.Key.Key_Escape)  # held, it leaves one thing and not what lies behind it too
Keys = QKeySequence | QKeySequence.StandardKey | Qt.Key | str


def key_within(keys: Keys, widget: QWidget, call: Callable[[], object]) -> QShortcut:
    """While the focus is in the widget, on a child or on itself."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(shortcut.key() != ESCAPE)
    shortcut.activated.connect(call)
    return shortcut


def page_key(keys: Keys, page: QWidget, call: Callable[[], object]) -> None:
    """While the page is on show and no dialog has the keys."""

    def press() -> None:
        focus = QApplication.focusWidget()
        while focus is not None and not isinstance(focus, Dialog):
            focus = focus.parentWidget()
        if focus is None:
            call()

    QShortcut(QKeySequence(keys), page).activated.connect(press)
