"""No name of hers is read as markup by a tooltip."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from guide.kit.buttons import IconButton
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.tips import tip

NAMES = [
    "",
    "Slow evening",
    "<img src=a.png>",
    "<b>Bold</b> & more",
    "a < b",
    "<!DOCTYPE html>x",
    "  <i>i</i>",
    "&amp;",
]


def read(text: str) -> str:
    """What a person reads of a tooltip, and which files it would load."""
    if "<" not in text and "&" not in text:
        return text
    document = QTextDocument()
    document.setHtml(text)
    assert "\ufffc" not in document.toPlainText()
    return document.toPlainText()


@pytest.mark.parametrize("name", NAMES)
def test_a_tooltip_reads_as_the_name_is_written(qtbot: QtBot, name: str) -> None:
    assert read(tip(name)).strip() == name.strip()


@pytest.mark.parametrize("name", NAMES)
def test_buttons_and_labels_tell_names_in_plain_letters(qtbot: QtBot, look: Look, name: str) -> None:
    button = IconButton("x", name, look=look)
    label = Label(name, look=look, elide=True)
    for widget in (button, label):
        qtbot.addWidget(widget)
        assert read(widget.toolTip()).strip() == name.strip()
