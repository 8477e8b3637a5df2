"""What the tests of the pages share: a look that stands still, and a clock that is moved by hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.ground import STYLE
from guide.kit.look import Look

Page = TypeVar("Page", bound=QWidget)


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


@contextmanager
def made_look(app: QApplication, *, still: bool = True) -> Iterator[Look]:
    look = Look(choice="night", still=still, high_contrast=False)
    dress(look, app)
    yield look
    look.deleteLater()


@contextmanager
def kept(page: Page) -> Iterator[Page]:
    """A page that all tests of a file share, until the last of them."""
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    with made_look(qapp) as look:
        yield look


@pytest.fixture(scope="module")
def the_look(qapp: QApplication) -> Iterator[Look]:
    """The look of a page that all tests of a file share; who changes it puts it back."""
    with made_look(qapp) as look:
        yield look


@pytest.fixture
def gentle(qapp: QApplication) -> Iterator[Look]:
    """A look in which things move."""
    with made_look(qapp, still=False) as look:
        yield look


@pytest.fixture
def show(qapp: QApplication, qtbot: QtBot) -> Callable[[QWidget], None]:
    """Put a widget on the screen with the keyboard in its hands."""

    def put(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qapp.processEvents()

    return put


@contextmanager
def another_window(window: QWidget) -> Iterator[None]:
    """While another one has the keyboard."""
    other = QWidget()
    other.show()
    other.activateWindow()
    QApplication.processEvents()
    assert not window.isActiveWindow()
    yield
    window.activateWindow()
    other.hide()
    other.deleteLater()
    QApplication.processEvents()
    assert window.isActiveWindow()
