"""What is under the pointer stays there while lines come and go around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

MOST_NESTED: Final = 12


@contextmanager
def held_in_place(held: QWidget | None = None) -> Iterator[None]:
    """Scroll the area around what is held, or is under the pointer, by as much as what is done within moves it."""
    held = held or QApplication.widgetAt(QCursor.pos())
    area = _area_around(held)
    if held is None or area is None:
        yield
        return
    before = held.mapToGlobal(QPoint(0, 0)).y()
    yield
    laid_out = None
    for _ in range(MOST_NESTED):  # a layout asks the one around it for room once it knows its own
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if not (isValid(held) and isValid(area)):
            return
        bar, now = area.verticalScrollBar(), held.mapToGlobal(QPoint(0, 0)).y()
        if (found := (bar.maximum(), now)) == laid_out:
            break
        laid_out = found
    bar.setValue(bar.value() + now - before)


def _area_around(widget: QWidget | None) -> QScrollArea | None:
    while widget is not None and not isinstance(widget, QScrollArea):
        widget = widget.parentWidget()
    return widget
