"""Layouts within layouts leave no wrapper of an item behind."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from guide.kit import nesting
from guide.kit.nesting import nest
from wrappers import kept_items


def test_layouts_filled_before_they_are_nested_leave_no_wrapper_and_lay_out_as_usual(qapp: QApplication) -> None:
    page = QWidget()
    outer, row, grid = QVBoxLayout(page), QHBoxLayout(), QGridLayout()
    buttons = [QPushButton(name, page) for name in "abcd"]
    row.addWidget(buttons[0])
    row.addStretch(1)
    grid.addWidget(buttons[1], 0, 0)
    nest(row, grid)
    outer.addWidget(buttons[2])
    nest(outer, row, 1)
    row.addWidget(buttons[3])
    assert kept_items() == []
    assert (outer.count(), row.count(), grid.count(), outer.stretch(1)) == (2, 4, 1, 1)
    page.resize(400, 200)
    page.show()
    qapp.processEvents()
    assert [one.isVisible() and one.width() > 0 for one in buttons] == [True] * 4
    taken = row.takeAt(0)
    assert taken is not None
    assert taken.widget() is buttons[0]
    page.deleteLater()


def test_nothing_else_adds_a_layout_to_another_or_asks_one_for_its_items() -> None:
    guide = Path(nesting.__file__).parents[1]
    asks = re.compile(r"\.(addLayout|insertLayout|itemAt|itemAtPosition)\(")
    found = [path.name for path in guide.rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))]
    assert found == ["nesting.py"]
