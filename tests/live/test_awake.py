"""The screen is kept awake beside the window: a desktop that never answers holds nobody up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace

import pytest

from guide.live.awake import Awake


class Desktop:
    """Answers when a test lets it."""

    def __init__(self, *, agrees: bool = True) -> None:
        self.answers = threading.Event()
        self.released = threading.Event()
        self.agrees = agrees

    @contextmanager
    def keep(self) -> Iterator[SimpleNamespace]:
        self.answers.wait()
        yield SimpleNamespace(active=self.agrees)
        self.released.set()


def test_a_desktop_that_does_not_answer_holds_nobody_up() -> None:
    desktop = Desktop()
    awake = Awake(keep=desktop.keep)
    awake.begin()
    assert not awake.answered(0)
    assert not awake.active
    awake.end()
    desktop.answers.set()


@pytest.mark.parametrize("agrees", [True, False])
def test_what_the_desktop_answers_is_told(agrees: bool) -> None:
    desktop = Desktop(agrees=agrees)
    awake = Awake(keep=desktop.keep)
    desktop.answers.set()
    awake.begin()
    assert awake.answered(5)
    assert awake.active is agrees
    assert ("does not let us" in awake.sentence) is not agrees
    awake.end()
    assert desktop.released.wait(5)


def test_a_desktop_that_fails_is_as_one_that_does_not_agree() -> None:
    def broken() -> AbstractContextManager[object]:
        raise OSError("no bus")

    awake = Awake(keep=broken)
    awake.begin()
    assert awake.answered(5)
    assert not awake.active
