"""What a later start and the window say to each other, byte by byte; whole processes are in `test_single.py`."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QObject
from pytestqt.qtbot import QtBot

from guide.live import single
from guide.live.single import HEAD, LONGEST, Doorbell, Reply, hand_over
from guide.store.paths import LONGEST_SOCKET

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets of POSIX")


class Link:
    """A way to a window that answers as it is told: Qt's own would keep Python from answering."""

    there = True
    answers: list[bytes]
    name = ""
    said = b""
    waited: list[int]

    def __init__(self) -> None:
        self._heard = b""

    def connectToServer(self, name: str) -> None:  # noqa: N802  Qt's names
        type(self).name = name

    def waitForConnected(self, limit: int) -> bool:  # noqa: N802
        self.waited.append(limit)
        return self.there

    def write(self, said: bytes) -> None:
        type(self).said = said

    def bytesAvailable(self) -> int:  # noqa: N802
        return len(self._heard)

    def waitForReadyRead(self, limit: int) -> bool:  # noqa: N802
        self.waited.append(limit)
        if not self.answers:
            return False
        self._heard += self.answers.pop(0)
        return True

    def readAll(self) -> QByteArray:  # noqa: N802
        return QByteArray(self._heard)


@pytest.mark.parametrize(
    ("answers", "reply"),
    [
        ([b"taken\n"], Reply.TAKEN),
        ([b"tak", b"en\n"], Reply.TAKEN),
        ([b"taken\n and more"], Reply.SILENT),
        ([b"busy now\n"], Reply.SILENT),
        ([b"no\n"], Reply.SILENT),
        ([], Reply.SILENT),
    ],
)
def test_a_wish_is_handed_over_where_the_window_says_that_it_took_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[bytes], reply: Reply
) -> None:
    monkeypatch.setattr(Link, "answers", list(answers), raising=False)
    monkeypatch.setattr(Link, "waited", [], raising=False)
    monkeypatch.setattr(single, "QLocalSocket", Link)
    assert hand_over(path, "open \udce9 x") is reply
    assert Link.name == str(path)
    assert Link.said == b"pumping-guide 1\0open \xe9 x\0"
    assert (Link.waited[0], *set(Link.waited[1:])) == (1000, 10_000)


def test_where_nobody_listens_nothing_is_handed_over(path: Path, qtbot: QtBot) -> None:
    assert hand_over(path, "open x") is Reply.NOBODY


def ring(path: Path, qtbot: QtBot, *parts: bytes) -> bytes:
    """Say something to the window in parts, and give what it answers before it hangs up."""
    heard = b""
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(str(path))
        for part in parts:
            link.sendall(part)
            qtbot.wait(5)
        link.setblocking(False)

        def hung_up() -> bool:
            nonlocal heard
            try:
                more = link.recv(100)
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True
            heard += more
            return more == b""

        qtbot.waitUntil(hung_up, timeout=2000)
    return heard


@pytest.mark.parametrize(
    ("parts", "wish"),
    [
        ([HEAD + b"\0"], ""),
        ([HEAD + b"open x\0"], "open x"),
        ([HEAD[:5], HEAD[5:] + b"op", b"en x", b"\0"], "open x"),
        ([HEAD, b"open caf\xe9\0"], "open caf\udce9"),
        ([HEAD + b"x" * (LONGEST - len(HEAD) - 1) + b"\0"], "x" * (LONGEST - len(HEAD) - 1)),
    ],
    ids=["come forward", "whole", "in parts", "after the head", "the longest"],
)
def test_a_whole_message_is_a_wish_and_is_answered(
    path: Path, qtbot: QtBot, rung: list[str], parts: list[bytes], wish: str
) -> None:
    assert ring(path, qtbot, *parts) == b"taken\n"
    assert rung == [wish]


@pytest.mark.parametrize(
    "said",
    [b"GET / HTTP/1.1", HEAD[:-1] + b"x", HEAD + b"x" * (LONGEST - len(HEAD)) + b"\0"],
    ids=["another protocol", "another head", "too long by one"],
)
def test_what_is_no_message_is_hung_up_on(path: Path, qtbot: QtBot, rung: list[str], said: bytes) -> None:
    assert ring(path, qtbot, said) == b""
    assert rung == []


def test_who_says_nothing_is_hung_up_on_after_a_while(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, rung: list[str]
) -> None:
    monkeypatch.setattr(single, "TO_SPEAK", 20)
    assert ring(path, qtbot, HEAD) == b""
    assert rung == []


def test_each_start_is_heard_and_none_after_it_was_closed(path: Path, qtbot: QtBot) -> None:
    owner = QObject()
    bell, asked = Doorbell(path, parent=owner), list[str]()
    assert (bell.parent(), bell._server.parent()) == (owner, bell)
    bell.rung.connect(asked.append)
    for wish in (b"open x", b"start y"):
        ring(path, qtbot, HEAD + wish + b"\0")
    assert asked == ["open x", "start y"]
    bell.close()
    assert hand_over(path, "open z") is Reply.NOBODY


@pytest.mark.parametrize("kind", ["a file", "a dead socket", "a folder", "a link to a folder"])
def test_in_the_sockets_place_a_folder_is_set_aside_with_what_is_in_it_and_anything_else_goes(
    path: Path, qtbot: QtBot, kind: str
) -> None:
    folder = path if kind == "a folder" else path.with_name("elsewhere")
    folder.mkdir()
    (folder / "full").touch()
    match kind:
        case "a file":
            path.touch()
        case "a dead socket":
            with socket.socket(socket.AF_UNIX) as dead:
                dead.bind(str(path))
        case "a link to a folder":
            path.symlink_to(folder)
        case _:
            pass
    bell, asked = Doorbell(path), list[str]()
    bell.rung.connect(asked.append)
    assert ring(path, qtbot, HEAD + b"open x\0") == b"taken\n"
    bell.close()
    assert asked == ["open x"]
    aside = path.parent / f"window.aside-{os.getpid()}"
    assert aside.exists() is (kind == "a folder")
    assert ((aside if kind == "a folder" else folder) / "full").exists()


def test_a_folder_that_cannot_be_set_aside_stays(path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError

    path.mkdir()
    monkeypatch.setattr(Path, "rename", refuse)
    Doorbell(path).close()
    assert path.is_dir()


@pytest.mark.parametrize(
    ("kind", "platform", "another", "theirs"),
    [
        ("socket", "linux", True, True),
        ("socket", "linux", False, False),
        ("file", "linux", True, False),
        ("nothing", "linux", True, False),
        ("socket", "win32", True, False),
    ],
)
def test_a_socket_is_somebody_else_s_where_another_user_made_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, platform: str, another: bool, theirs: bool
) -> None:
    if kind == "file":
        path.touch()
    with socket.socket(socket.AF_UNIX) as made:
        if kind == "socket":
            made.bind(str(path))
        uid = os.getuid() + another
        monkeypatch.setattr(os, "getuid", lambda: uid)
        monkeypatch.setattr(sys, "platform", platform)
        assert single._somebody_elses(str(path)) is theirs


def test_where_sockets_have_no_place_among_files_and_where_a_path_is_too_long_it_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = Path("/" + "x" * (LONGEST_SOCKET - 1))
    assert single._name(longest) == str(longest)
    assert single._name(longest.with_name(f"{longest.name}x")).startswith("pumping-guide-")
    monkeypatch.setattr(sys, "platform", "win32")
    assert single._name(tmp_path).startswith("pumping-guide-")


def test_a_path_too_long_for_a_socket_is_named_by_what_it_is_made_of(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 200)
    assert single._name(tmp_path) == str(tmp_path)
    assert single._name(long) != single._name(tmp_path / ("x" * 201))
    assert single._name(long).removeprefix("pumping-guide-").isalnum()
    assert len(single._name(long)) == len("pumping-guide-") + 16
