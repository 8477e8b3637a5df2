"""Layouts within layouts."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout


def nest(outer: QBoxLayout, inner: QBoxLayout | QGridLayout, stretch: int = 0) -> None:
    """
    Add a layout to another one, and drop the wrappers that PySide6 then keeps of each item within it.

    It does not hear when Qt deletes such an item, and takes what comes to that address for it (docs/decisions/qt.md).
    """
    outer.addLayout(inner, stretch)
    _drop_wrappers(inner)


def _drop_wrappers(layout: QLayout) -> None:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if isinstance(item, (QBoxLayout, QGridLayout)):
            _drop_wrappers(item)
        elif item is not None and not isinstance(item, QLayout):
            shiboken6.invalidate(item)
