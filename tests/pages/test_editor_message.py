"""The sentence over the panes of the editor."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.look import Look
from guide.pages.editor.message import Message


@pytest.mark.parametrize(("scale", "beneath"), [(1.0, False), (1.6, True)])
def test_the_ways_stand_beneath_the_words_where_these_would_be_a_narrow_column(
    qtbot: QtBot, scale: float, *, beneath: bool
) -> None:
    look = Look(scale=scale)
    page = QWidget()
    qtbot.addWidget(page)
    message = Message(look=look, parent=page)
    column = QVBoxLayout(page)
    column.addWidget(message)
    column.addStretch(1)
    page.resize(770, 300)
    page.show()
    message.tell("Words.", ("Keep it", lambda: None), ("Back to the saved version", lambda: None))
    QApplication.processEvents()
    words, first, last = message.words, *message.buttons
    assert (first.mapTo(message, first.rect().topLeft()).y() > words.geometry().bottom()) is beneath
    assert first.geometry().top() == last.geometry().top()
    assert words.height() >= words.heightForWidth(words.width())
    message.tell("No way out.")
    assert message.buttons == []
