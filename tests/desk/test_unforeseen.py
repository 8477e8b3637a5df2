"""What nobody foresaw: it is told once, with words to copy, and the session goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evenings import Evening, go
from guide.kit.dial import Dial
from guide.kit.dialog import Dialog
from guide.pages.session.page import SessionPage

Start = Callable[..., Evening]
TITLE = "Something did not go as it was meant to"


@pytest.fixture
def night(evening: Start, monkeypatch: pytest.MonkeyPatch) -> Iterator[Evening]:
    """An evening whose hook is the program's, as `app.run` sets it."""
    started = evening()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "excepthook", started.made.desk.unforeseen.say)
        yield started


def asked(night: Evening) -> Dialog | None:
    return night.made.tools.window.dialog


def spoil(*_: object) -> None:
    int("zz")


def test_a_ring_that_cannot_be_painted_is_told_once_and_the_session_goes_on(
    night: Evening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    go(night)
    page, window = night.page(SessionPage), night.made.tools.window
    inside: list[bool] = []

    def spoiled(*_: object) -> None:
        inside.append(window.dialog is not None)
        spoil()

    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(Dial, "_paint_time", spoiled)
        for _ in range(3):
            page.grab()
        assert inside == [False] * len(inside)
        QApplication.processEvents()
        dialog = asked(night)
        assert dialog is not None
        assert dialog.title.text() == TITLE
        dialog.choose("copy")
        page.grab()
        QApplication.processEvents()
        assert asked(night) is None
    assert [record.message for record in caplog.records] == ["unforeseen"]
    assert "invalid literal for int()" in QApplication.clipboard().text()
    night.pass_time(31)
    assert night.readout.title == "Pump"
    whole = page.grab().toImage()
    assert len({whole.pixel(x, whole.height() // 2) for x in range(whole.width())}) > 20


def test_an_error_in_a_slot_is_told_from_the_event_loop(night: Evening, qtbot: QtBot) -> None:
    QTimer.singleShot(0, spoil)
    qtbot.waitUntil(lambda: asked(night) is not None)
    dialog = asked(night)
    assert dialog is not None
    assert dialog.title.text() == TITLE


def test_a_second_error_elsewhere_is_logged_and_not_asked_about(
    night: Evening, caplog: pytest.LogCaptureFixture
) -> None:
    hook = sys.excepthook
    for raising in (lambda: int("zz"), lambda: ["one"].pop(3), lambda: int("zz")):
        try:
            raising()
        except (ValueError, IndexError) as error:
            hook(type(error), error, error.__traceback__)
    QApplication.processEvents()
    dialog = asked(night)
    assert dialog is not None
    dialog.choose("on")
    QApplication.processEvents()
    assert asked(night) is None
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_a_thread_raises_is_told_from_the_windows_own(night: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", night.made.desk.unforeseen.say_of_a_thread)
    thread = threading.Thread(target=spoil)
    thread.start()
    thread.join()
    assert asked(night) is None
    QApplication.processEvents()
    QApplication.processEvents()
    dialog = asked(night)
    assert dialog is not None
    assert dialog.title.text() == TITLE
