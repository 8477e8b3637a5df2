"""Where Tab leads: the stops of a page in their order, and whether that is the order in which they are read."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

ROW = 24  # pixels that two controls of one row may differ in height


def walked(root: QWidget, begin: QWidget, key: Qt.Key = Qt.Key.Key_Tab, most: int = 120) -> list[QWidget]:
    """The controls that Tab comes to from `begin`, once around."""
    begin.setFocus()
    found: list[QWidget] = [begin]
    for _ in range(most):
        QTest.keyClick(QApplication.focusWidget() or root, key)
        now = QApplication.focusWidget()
        if now is None or now is begin:
            return found
        assert now not in found, f"Tab goes round without {begin.accessibleName()}"
        found.append(now)
    raise AssertionError("Tab has no end here")


def _scrolled_in(widget: QWidget, root: QWidget) -> QRect | None:
    """The part of the page that shows what the widget is scrolled with."""
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QAbstractScrollArea):
            return QRect(above.mapTo(root, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return None


def misread(root: QWidget, stops: list[QWidget], columns: int = 1) -> list[str]:
    """Stops that come before one that is read earlier: above it, or left of it in its row."""
    wide = max(1, root.width() // columns)

    def place(widget: QWidget, beside: QWidget) -> tuple[int, int, int]:
        middle = widget.mapTo(root, QPoint(0, widget.height() // 2))
        seen = _scrolled_in(widget, root)
        if seen is not None and seen != _scrolled_in(beside, root):  # scrolled out of sight it is read at the edge
            middle.setY(max(seen.top(), min(middle.y(), seen.bottom())))
        return middle.x() // wide, middle.y(), middle.x()

    wrong = []
    for one, other in pairwise(stops):
        (column, y, x), (next_column, next_y, next_x) = place(one, other), place(other, one)
        beside = column == next_column and abs(y - next_y) <= ROW
        if next_column < column or (next_column == column and next_y < y - ROW) or (beside and next_x < x):
            wrong.append(f"{one.accessibleName()} → {other.accessibleName()}")
    return wrong
