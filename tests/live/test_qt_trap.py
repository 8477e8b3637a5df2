"""PySide6 6.12.0 below Python 3.12 gives a None away with each call that returns nothing, until the process dies."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

CALLS = 1000
FEW = 50  # other code holds and lets go of None meanwhile


def nameless(thing: QObject) -> None:
    thing.setObjectName("thing")


def started(thing: QObject) -> None:
    assert isinstance(thing, QTimer)
    thing.start(100_000)
    thing.stop()


def blocked(thing: QObject) -> None:
    thing.blockSignals(False)
    thing.setProperty("side", "left")


@pytest.mark.parametrize("call", [nameless, started, blocked])
def test_calls_that_return_nothing_give_no_none_away(call: Callable[[QObject], None], qtbot: QtBot) -> None:
    thing = QTimer()
    call(thing)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call(thing)
    assert abs(sys.getrefcount(None) - before) < FEW
