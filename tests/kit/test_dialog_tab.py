"""Tab within a dialog goes by the order that its content set, not by that in which its widgets were made."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.dialog import Choice, Dialog
from guide.kit.look import Look


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
def test_tab_goes_by_the_order_of_the_content_and_comes_round(
    order: tuple[int, ...], qtbot: QtBot, qapp: QApplication, look: Look
) -> None:
    host, content = QWidget(), QWidget()
    qtbot.addWidget(host)
    host.resize(900, 700)
    column = QVBoxLayout(content)
    made = [QPushButton(str(number), content) for number in range(3)]
    for button in made:
        column.addWidget(button)
    for one, other in pairwise(order):
        QWidget.setTabOrder(made[one], made[other])
    dialog = Dialog(host, look=look, title="Sure?", choices=[Choice("no", "No")], content=content)
    with qtbot.waitActive(host):
        host.show()
    dialog.open()
    made[order[0]].setFocus()
    went = []
    for _ in range(5):
        focus = qapp.focusWidget()
        assert isinstance(focus, QAbstractButton)
        went.append(focus.text())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert went == [*map(str, order), "No", str(order[0])]
