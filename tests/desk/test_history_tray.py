"""The notice on the desktop: there while it is wanted, and in the window where the desktop has no place for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from evenings import Evening
from guide.tray import Tray

Start = Callable[..., Evening]
WORDS = "Whenever you are ready: it has been about 3 hours."


def test_the_mark_is_there_while_it_is_wanted(evening: Start) -> None:
    tray = Tray(evening().made.tools, available=lambda: True)
    seen = [tray.icon]
    for wanted in (True, True, False):
        tray.keep(wanted=wanted)
        seen.append(tray.icon)
    assert [icon is not None for icon in seen] == [False, True, True, False]
    assert seen[1] is seen[2]
    tray.deleteLater()


def test_pressing_it_brings_the_window_forward(evening: Start) -> None:
    night = evening()
    tray = Tray(night.made.tools, available=lambda: True)
    pressed: list[bool] = []
    tray.pressed.connect(lambda: pressed.append(True))
    tray.keep(wanted=True)
    icon = tray.icon
    assert icon is not None
    tray.tell(WORDS)
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    icon.messageClicked.emit()
    assert pressed == [True, True]
    tray.keep(wanted=False)
    tray.deleteLater()


def test_without_a_place_on_the_desktop_the_window_says_it(evening: Start) -> None:
    night = evening()
    tray = Tray(night.made.tools, available=lambda: False)
    tray.keep(wanted=True)
    assert tray.icon is None
    tray.tell(WORDS)
    assert night.made.tools.window.toast.words.text() == WORDS
    tray.deleteLater()


def test_a_window_put_away_comes_back_when_the_notice_is_pressed(evening: Start) -> None:
    night = evening()
    window = night.made.tools.window
    window.showMinimized()
    night.made.desk.history.tray.pressed.emit()
    assert window.isVisible()
    assert not window.isMinimized()


def test_a_bus_that_does_not_answer_keeps_the_mark_away_and_the_window_free(
    evening: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = evening().made.tools
    asked: list[Callable[[], None]] = []
    monkeypatch.setattr(tools, "aside", asked.append)
    tray = Tray(tools, available=lambda: pytest.fail("Qt was asked before the bus had answered"))
    tray.keep(wanted=True)
    assert (tray.icon, len(asked)) == (None, 1)
    tray.keep(wanted=False)
    asked[0]()  # it answers at last, when nothing is wanted any more
    assert tray.icon is None
    tray.deleteLater()
