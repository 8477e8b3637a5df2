"""The window's lock: who waits for it, how long, and what becomes of one that nobody holds any more."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QLockFile

from guide.live import lock as module
from guide.live import single
from guide.live.lock import First, HandedOver, Unanswered, claim, reachable
from guide.live.single import Reply


class Waiting:
    """A clock that each wait moves on, and a window that answers as it is told."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[Reply]) -> None:
        self.now = 100.0
        self.waits: list[float] = []
        self.wishes: list[tuple[Path, str]] = []
        self.answers = answers
        self.lets_go = False
        self.held = QLockFile(str(path.with_name(f"{path.name}.lock")))
        assert self.held.tryLock(0)
        clock = SimpleNamespace(monotonic=lambda: self.now, sleep=self._wait, time=time.time)
        monkeypatch.setattr(module, "time", clock)
        monkeypatch.setattr(single, "hand_over", self._answer)

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
        if self.lets_go:
            self.held.unlock()

    def _answer(self, socket: Path, wish: str) -> Reply:
        self.wishes.append((socket, wish))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window"


def test_a_window_that_has_just_started_is_waited_for_and_takes_the_wish(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = Waiting(path, monkeypatch, [Reply.NOBODY, Reply.NOBODY, Reply.TAKEN])
    assert isinstance(claim(path, "open x"), HandedOver)
    assert waiting.wishes == [(path, "open x")] * 3
    assert waiting.waits == [0.05] * 2


@pytest.mark.parametrize(("patience", "tries"), [(0.0, 2), (1.01, 22)])
def test_one_that_never_answers_is_given_up_after_the_patience(
    path: Path, monkeypatch: pytest.MonkeyPatch, patience: float, tries: int
) -> None:
    waiting = Waiting(path, monkeypatch, [Reply.NOBODY])
    assert isinstance(claim(path, "", patience=patience), Unanswered)
    assert len(waiting.wishes) == tries


def test_as_a_rule_it_is_waited_for_twenty_seconds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting(path, monkeypatch, [Reply.NOBODY])
    assert isinstance(claim(path, ""), Unanswered)
    assert 20 <= sum(waiting.waits) < 20.2


def test_one_that_says_nothing_is_not_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting(path, monkeypatch, [Reply.SILENT])
    assert isinstance(claim(path, ""), Unanswered)
    assert waiting.waits == []


def test_a_lock_let_go_meanwhile_is_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting(path, monkeypatch, [Reply.NOBODY])
    waiting.lets_go = True
    found = claim(path, "")
    assert isinstance(found, First)
    assert found.lock is not None
    assert found.lock.isLocked()
    found.lock.unlock()


@pytest.mark.parametrize(
    ("age", "young"), [(0, True), (1.9, True), (2, False), (3600, False), (-1.9, True), (-3, False)]
)
def test_a_lock_file_of_two_seconds_is_young(
    path: Path, monkeypatch: pytest.MonkeyPatch, age: float, young: bool
) -> None:
    path.touch()
    os.utime(path, (1000, 1000))
    monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: 1000 + age))
    assert module._young(path) is young


def test_a_lock_file_that_is_gone_was_young(path: Path) -> None:
    assert module._young(path)


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
def test_what_is_no_file_is_set_aside_by_a_name_of_this_start(path: Path) -> None:
    lock = path.with_name("window.lock")
    lock.mkdir()
    (lock / "full").touch()
    found = claim(path, "")
    assert isinstance(found, First)
    assert found.lock is not None
    found.lock.unlock()
    assert (path.parent / f"window.lock.aside-{os.getpid()}" / "full").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not closed by their mode there")
def test_a_folder_of_her_own_is_named_by_her_and_by_the_one_it_stands_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    asked: list[int] = []
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(temporary))
    monkeypatch.setattr(os, "access", lambda _path, mode: asked.append(mode))
    instead = reachable(tmp_path / "run" / "window")
    assert instead.name == "window"
    user, mark = instead.parent.name.removeprefix("pumping-guide.run-").split("-")
    assert (user, len(mark)) == (str(os.getuid()), 16)
    assert asked == [os.W_OK | os.X_OK]
    monkeypatch.setattr(sys, "platform", "win32")
    assert reachable(tmp_path / "run" / "window") == tmp_path / "run" / "window"


@pytest.mark.skipif(sys.platform == "win32", reason="folders of POSIX")
def test_where_no_folder_can_be_made_her_own_it_is_looked_for_where_it_was_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "nowhere"))
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert reachable(tmp_path / "run" / "window") == tmp_path / "run" / "window"
