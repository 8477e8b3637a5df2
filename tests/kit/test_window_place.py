"""A window kept from another screen lies within the one there is, its title bar in reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide.kit.look import Look
from guide.store.glance import Window
from guide.window import EDGE, FIRST_SIZE, TITLE_BAR, MainWindow, within_reach
from tables import each_row

SCREEN = QRect(0, 0, 1280, 800)
sides = st.integers(-6000, 6000)
lengths = st.integers(1, 6000)
areas = st.builds(QRect, sides, sides, st.integers(400, 4000), st.integers(300, 3000))


def usable(area: QRect) -> QRect:
    return area.adjusted(EDGE, TITLE_BAR, -EDGE, -EDGE)


@given(wanted=st.builds(QRect, sides, sides, lengths, lengths), screens=st.lists(areas, min_size=1, max_size=3))
def test_it_lies_whole_on_one_screen_with_room_for_its_title_bar(wanted: QRect, screens: list[QRect]) -> None:
    place = within_reach(wanted, screens)
    assert any(usable(area).contains(place) for area in screens)
    assert place.size() == wanted.size() or place.size().width() < wanted.width() or place.height() < wanted.height()


@given(x=st.integers(EDGE, 100), y=st.integers(TITLE_BAR, 100))
def test_a_place_that_fits_is_kept(x: int, y: int) -> None:
    wanted = QRect(x, y, 900, 600)
    assert within_reach(wanted, [SCREEN]) == wanted


@each_row("screen", [QSize(1280, 800), QSize(911, 512), QSize(683, 384)])  # 1366x768 at 1, 1.5 and 2
def test_a_first_window_is_no_larger_than_the_screen(screen: QSize) -> None:
    area = QRect(QPoint(0, 0), screen)
    place = within_reach(None, [area])
    assert usable(area).contains(place)
    assert place.size() == FIRST_SIZE.boundedTo(usable(area).size())


@pytest.mark.parametrize("place", [(0, 0, 2400, 1500), (1320, 720, 1160, 780)])
def test_the_window_itself_goes_there(
    place: tuple[int, int, int, int], look: Look, qtbot: QtBot, qapp: QApplication
) -> None:
    made = MainWindow(look=look)
    qtbot.addWidget(made)
    made.place(Window(*place, maximised=False))
    made.show()
    qapp.processEvents()
    area = qapp.primaryScreen().availableGeometry()
    assert usable(area).contains(made.geometry())
