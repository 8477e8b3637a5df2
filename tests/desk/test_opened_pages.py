"""A page that is opened begins at its top, wherever the focus is, unless that would not be seen there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from evenings import Evening, go
from guide.core.commands import Command
from guide.kit.focus import GAP, RING
from guide.pages.finish.page import FinishPage
from guide.pages.session.page import SessionPage

Start = Callable[..., Evening]
OUTSIDE = RING + GAP


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def areas_around(focus: QWidget) -> list[tuple[QScrollArea, int]]:
    """Each area that the focus is in, with its place in what is scrolled."""
    areas = [one for one in focus.window().findChildren(QScrollArea) if one.isVisible() and one.isAncestorOf(focus)]
    assert areas
    return [(one, focus.mapTo(content, QPoint()).y()) for one in areas if (content := one.widget()) is not None]


@pytest.mark.parametrize("size", [(800, 560), (1160, 780)])
@pytest.mark.parametrize("name", ["history", "settings"])
@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("told", [False, True])
def test_a_page_that_a_key_opens_begins_at_its_top(
    evening: Start, name: str, size: tuple[int, int], scale: float, told: bool
) -> None:
    night = evening(text_scale=scale)
    window = night.made.tools.window
    window.resize(*size)
    if told:
        window.banner.tell("The disk is full. What you did last is kept here until there is room for it again.")
    go(night)
    night.pass_time(40)
    night.page(SessionPage).asked.emit(Command.STOP)
    night.page(FinishPage).save.click()
    window.toast.dismiss()
    settle()
    QTest.keyClick(window, Qt.Key.Key_2 if name == "history" else Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settle()
    focus = window.focusWidget()
    assert night.here == name
    assert focus is not None
    for area, top in areas_around(focus):
        in_sight_at_top = top + focus.height() + OUTSIDE <= area.viewport().height()
        assert focus.visibleRegion().boundingRect() == focus.rect()
        assert (area.verticalScrollBar().value() == 0) is in_sight_at_top


def test_figures_typed_before_any_field_has_the_focus_are_seen_in_the_field_that_takes_them(evening: Start) -> None:
    night = evening(text_scale=1.6)
    night.made.tools.window.resize(800, 560)
    go(night)
    night.pass_time(40)
    night.page(SessionPage).asked.emit(Command.STOP)
    settle()
    page = night.page(FinishPage)
    QTest.keyClick(page, Qt.Key.Key_6)
    settle()
    assert page.left.edit.text() == "6"
    assert page.left.edit.visibleRegion().boundingRect() == page.left.edit.rect()
