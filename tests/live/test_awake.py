"""The screen is kept awake beside the window: a desktop that never answers holds nobody up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace

import pytest
from wakepy import Mode

from guide.compat import override
from guide.live import awake as module
from guide.live.awake import Awake, report

LETS_US = "The screen is kept on while a session runs, where the computer lets us."


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
    assert awake.sentence == LETS_US
    awake.end()
    desktop.answers.set()


def test_before_it_was_asked_nothing_is_promised() -> None:
    awake = Awake(keep=Desktop().keep)
    assert (awake.sentence, awake.active) == (LETS_US, False)


def test_its_thread_ends_with_the_session_and_another_one_asks_for_the_next() -> None:
    desktop = Counted()
    awake = Awake(keep=desktop.keep)
    for _ in range(3):
        awake.begin()
        thread = awake._thread
        assert thread is not None
        awake.end()
        thread.join(5)
        assert not thread.is_alive()
    awake.begin()
    assert awake.answered(5)
    awake.end()


def test_what_an_overtaken_wish_was_answered_is_not_told_as_the_answer_to_the_last() -> None:
    desktops = [Desktop(agrees=False), Desktop()]
    waits = [threading.Event(), threading.Event()]
    coming = iter(zip(desktops, waits, strict=True))

    @contextmanager
    def keep() -> Iterator[SimpleNamespace]:
        desktop, waiting = next(coming)
        waiting.set()
        with desktop.keep() as mode:
            yield mode

    awake = Awake(keep=keep)
    awake.begin()
    assert waits[0].wait(5)
    awake.end()
    awake.begin()
    desktops[0].answers.set()
    assert waits[1].wait(5)
    assert awake.sentence == LETS_US
    desktops[1].answers.set()
    assert awake.answered(5)
    assert awake.sentence == "The screen is kept on."
    awake.end()


class Counted(Desktop):
    """Counts how often it was asked, and answers at once."""

    def __init__(self) -> None:
        super().__init__()
        self.answers.set()
        self.asked = 0

    @override
    @contextmanager
    def keep(self) -> Iterator[SimpleNamespace]:
        self.asked += 1
        with super().keep() as mode:
            yield mode


def test_asked_twice_it_asks_once_and_the_next_session_asks_anew() -> None:
    desktop = Counted()
    awake = Awake(keep=desktop.keep)
    awake.end()  # nothing was begun
    assert awake._thread is None
    awake.begin()
    awake.begin()
    assert awake.answered(5)
    awake.end()
    assert desktop.released.wait(5)
    assert awake.sentence == LETS_US
    awake.begin()
    assert awake.answered(5)
    assert (desktop.asked, awake.active) == (2, True)
    awake.end()


def test_a_wish_that_a_later_one_overtook_is_not_asked_for() -> None:
    desktop = Desktop()
    asked: list[int] = []
    begun = threading.Event()

    @contextmanager
    def keep() -> Iterator[SimpleNamespace]:
        asked.append(1)
        begun.set()
        with desktop.keep() as mode:
            yield mode

    awake = Awake(keep=keep)
    awake.begin()
    assert begun.wait(5)
    for _ in range(3):
        awake.end()
        awake.begin()
    awake.end()
    desktop.answers.set()
    assert desktop.released.wait(5)
    awake.begin()
    assert awake.answered(5)
    assert len(asked) == 2
    awake.end()


def test_a_desktop_that_fails_to_let_go_keeps_nobody_from_the_next_session() -> None:
    class Stubborn(Counted):
        @override
        @contextmanager
        def keep(self) -> Iterator[SimpleNamespace]:
            with super().keep() as mode:
                yield mode
            raise OSError("the bus is gone")

    desktop = Stubborn()
    awake = Awake(keep=desktop.keep)
    for count in (1, 2):
        awake.begin()
        assert awake.answered(5)
        assert (awake.active, desktop.asked) == (True, count)
        desktop.released.clear()
        awake.end()
        assert desktop.released.wait(5)


@pytest.mark.parametrize(
    ("agrees", "line"),
    [(True, "Screen: The screen is kept on."), (False, "Screen: This computer does not let us keep the screen on.")],
)
def test_the_report_says_what_the_desktop_answered_and_lets_the_screen_go(
    monkeypatch: pytest.MonkeyPatch, agrees: bool, line: str
) -> None:
    desktop = Desktop(agrees=agrees)
    desktop.answers.set()
    monkeypatch.setattr(module, "Awake", lambda: Awake(keep=desktop.keep))
    assert report() == line
    assert desktop.released.wait(5)


def test_the_report_waits_no_longer_than_a_desktop_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop()
    monkeypatch.setattr(module, "Awake", lambda: Awake(keep=desktop.keep))
    monkeypatch.setattr(Awake, "answered", lambda _self: False)
    assert report() == (
        "Screen: the desktop does not answer, so it may switch the screen off. A session goes on without it."
    )
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


def test_a_desktop_that_fails_is_as_one_that_does_not_agree_and_why_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> AbstractContextManager[object]:
        raise OSError("no bus")

    awake = Awake(keep=broken)
    with caplog.at_level(logging.INFO, logger=module.__name__):
        awake.begin()
        assert awake.answered(5)
    assert not awake.active
    assert [record.getMessage() for record in caplog.records] == ["the screen cannot be kept awake"]
    assert "no bus" in caplog.text


def test_one_thread_asks_and_promises_nothing_while_it_asks_anew() -> None:
    desktop = Counted()
    found: list[tuple[str, bool, bool]] = []

    @contextmanager
    def keep() -> Iterator[SimpleNamespace]:
        thread = threading.current_thread()
        found.append((thread.name, thread.daemon, awake.active))
        with desktop.keep() as mode:
            yield mode

    awake = Awake(keep=keep)
    for _ in range(2):
        awake.begin()
        assert awake.answered(5)
        awake.end()
    assert found == [("awake", True, False)] * 2


def test_a_computer_that_cannot_be_asked_is_passed_over() -> None:
    mode = module._wakepy()
    assert isinstance(mode, Mode)
    assert (mode.name, mode.on_fail) == ("keep.presenting", "pass")
