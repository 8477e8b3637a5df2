"""A key of the page on show, wherever in the window the focus is: on its names of pages, or nowhere at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from guide.kit.dialog import Dialog


def page_key(keys: QKeySequence | QKeySequence.StandardKey | str, page: QWidget, call: Callable[[], object]) -> None:
    """While the page is on show and no dialog has the keys."""

    def press() -> None:
        focus = QApplication.focusWidget()
        while focus is not None and not isinstance(focus, Dialog):
            focus = focus.parentWidget()
        if focus is None:
            call()

    QShortcut(QKeySequence(keys), page).activated.connect(press)
