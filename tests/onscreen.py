"""What the tests of the pages share: a look that stands still, and a clock that is moved by hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.ground import STYLE
from guide.kit.look import Look


class HandClock:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def seconds() -> HandClock:
    return HandClock()


def dress(look: Look, app: QApplication) -> None:
    """A style takes its time, so it is set once: where there is a sheet, a look has set both."""
    look.apply(app, styled=app.style().name().casefold() == STYLE.casefold())


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    look = Look(choice="night", still=True, high_contrast=False)
    dress(look, qapp)
    yield look
    look.deleteLater()


@pytest.fixture
def gentle(qapp: QApplication) -> Iterator[Look]:
    """A look in which things move."""
    look = Look(choice="night", still=False, high_contrast=False)
    dress(look, qapp)
    yield look
    look.deleteLater()


@pytest.fixture
def show(qapp: QApplication, qtbot: QtBot) -> Callable[[QWidget], None]:
    """Put a widget on the screen with the keyboard in its hands."""

    def put(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qapp.processEvents()

    return put
