"""Invented values for pages, and what must hold of a page whatever it shows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QWidget

from guide.kit.cards import ScrollArea

SMALLEST = 800
NAMES = st.sampled_from(
    [
        "",
        "M",
        "Pump only",
        "Massagespritzenstreichelschüttelroutine" * 2,
        "حليب الصباح",
        "<b>x</b> & y",
        "a\u00a0b " * 30,
    ]
)
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Show = Callable[[QWidget], None]


@pytest.fixture(autouse=True)
def raised(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """What an override raised while it was painted or laid out: the guard hands it on, and a test would not see it."""
    found: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: found.append(error))
    yield found
    assert found == []


def shown_whole(page: QWidget) -> None:
    """Painted, laid out, and no wider than the smallest window."""
    QApplication.processEvents()
    page.grab()
    assert page.minimumSizeHint().width() <= SMALLEST
    for area in page.findChildren(ScrollArea):
        if area.isVisible():
            content = area.widget()
            assert content is None or content.minimumSizeHint().width() <= area.viewport().width(), content


Page = TypeVar("Page", bound=QWidget)


def small(page: Page, show: Show) -> Page:
    """On the screen in the smallest window there is; one page serves every example of its test."""
    page.resize(SMALLEST, 560)
    show(page)
    return page
