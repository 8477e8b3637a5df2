"""One window a person: real processes that start together, and whatever may stand where the first one listens."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from guide.live.lock import First, Unanswered, claim, reachable
from guide.live.single import HEAD, LONGEST, Doorbell, Reply, hand_over
from guide.store.paths import Paths

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="files and signals of POSIX")
QUIET = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


LATER_STARTS = """\
import os, sys
from pathlib import Path
from guide.live.single import hand_over

for line in sys.stdin:
    path, wish = (os.fsdecode(bytes.fromhex(part)) for part in line.rstrip("\\n").split(","))
    print(hand_over(Path(path), wish).name, flush=True)
"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[subprocess.Popen[str]]:
    """Another process, from which later starts are heard: one for all, for its start is most of what it takes."""
    with subprocess.Popen(
        [sys.executable, "-c", LATER_STARTS], env=QUIET, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def hand_over_from(elsewhere: subprocess.Popen[str], path: Path, wish: str, qtbot: QtBot) -> str:
    """What a later start is answered, while the event loop of this process goes on."""
    assert elsewhere.stdin is not None
    assert elsewhere.stdout is not None
    answer = elsewhere.stdout
    elsewhere.stdin.write(f"{os.fsencode(path).hex()},{os.fsencode(wish).hex()}\n")
    elsewhere.stdin.flush()
    qtbot.waitUntil(lambda: select.select([answer], [], [], 0)[0] != [], timeout=30_000)
    return answer.readline().strip()


@POSIX
@pytest.mark.parametrize(
    "wish", ["", "open power-pumping", "start /a/two\nlines.yaml", "open " + os.fsdecode(b"caf\xe9")]
)
def test_a_wish_arrives_as_it_was_said(
    path: Path, rung: list[str], wish: str, qtbot: QtBot, elsewhere: subprocess.Popen[str]
) -> None:
    assert hand_over_from(elsewhere, path, wish, qtbot) == "TAKEN"
    assert rung == [wish]


@POSIX
@pytest.mark.parametrize(
    "said",
    [
        b"open power-pumping",
        b"\0",
        b"GET / HTTP/1.1\r\n\r\n",
        HEAD[:-2],
        HEAD + b"open x",
        HEAD + b"x" * LONGEST + b"\0",
    ],
)
def test_what_is_no_message_of_ours_is_dropped(path: Path, rung: list[str], said: bytes, qtbot: QtBot) -> None:
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(path))
        stranger.sendall(said)
        stranger.shutdown(socket.SHUT_WR)
        stranger.settimeout(0.01)
        qtbot.waitUntil(lambda: _hung_up(stranger), timeout=10_000)
    assert rung == []


def _hung_up(link: socket.socket) -> bool:
    try:
        return link.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


@POSIX
def test_a_flood_is_cut_off_after_a_few_kilobytes(path: Path, rung: list[str], qtbot: QtBot) -> None:
    sent = 0
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.setblocking(False)
        stranger.connect(str(path))

        def pour() -> bool:
            nonlocal sent
            try:
                sent += stranger.send(b"y" * 65536)
            except BlockingIOError:
                return False
            except OSError:
                return True
            return False

        qtbot.waitUntil(pour, timeout=10_000)
    assert rung == []
    assert sent < 4 * 1024 * 1024  # what the system itself holds between two processes


@POSIX
@pytest.mark.parametrize("kind", ["a file", "a pipe", "a folder", "a dead socket", "nothing"])
def test_what_stands_in_the_sockets_place_keeps_nobody_from_listening(
    path: Path, kind: str, qtbot: QtBot, elsewhere: subprocess.Popen[str]
) -> None:
    stand(path, kind)
    doorbell, asked = Doorbell(path), list[str]()
    doorbell.rung.connect(asked.append)
    assert hand_over_from(elsewhere, path, "open x", qtbot) == "TAKEN"
    doorbell.close()
    assert asked == ["open x"]


def stand(path: Path, kind: str) -> None:
    match kind:
        case "a file":
            path.write_text("123456\npython3\nhere\n", encoding="ascii")
        case "a pipe":
            os.mkfifo(path)
        case "a folder":
            path.mkdir()
            (path / "full").touch()
        case "a dead socket":
            with socket.socket(socket.AF_UNIX) as left:
                left.bind(str(path))
        case "a link to nothing":
            path.symlink_to(path.with_name("nowhere"))
        case _:
            pass


@POSIX
@pytest.mark.parametrize("kind", ["a file", "a pipe", "a folder", "a dead socket", "a link to nothing", "nothing"])
def test_what_stands_in_the_locks_place_blocks_nobody(path: Path, kind: str) -> None:
    lock = path.with_name("window.lock")
    stand(lock, kind)
    if kind == "a file":
        os.utime(lock, (1, 1))
    match claim(path, ""):
        case First(held):
            assert held is not None
            held.unlock()
        case other:
            raise AssertionError(other)


@POSIX
def test_a_lock_of_a_number_that_is_somebody_elses_by_now_blocks_nobody(path: Path) -> None:
    lock = path.with_name("window.lock")
    lock.write_text(f"{os.getppid()}\npython\n{os.uname().nodename}\n\n\n", encoding="ascii")
    os.utime(lock, (1, 1))
    assert isinstance(claim(path, ""), First)


def test_where_no_lock_can_be_written_the_window_opens_all_the_same(path: Path) -> None:
    assert claim(path.with_name("no folder") / "window", "") == First(None)


@POSIX
def test_a_socket_of_another_user_is_handed_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(path))
        other.listen()
        other.setblocking(False)
        uid = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: uid + 1)
        assert hand_over(path, "open x") is Reply.NOBODY
        with pytest.raises(BlockingIOError):
            other.accept()


@POSIX
def test_a_window_that_holds_the_lock_and_says_nothing_is_told_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.live.single.TO_ANSWER", 50)
    lock = QLockFile(str(path.with_name("window.lock")))
    assert lock.tryLock(0)
    with socket.socket(socket.AF_UNIX) as frozen:
        frozen.bind(str(path))
        frozen.listen()
        assert isinstance(claim(path, ""), Unanswered)
    assert isinstance(claim(path, "", patience=0.1), Unanswered)


@contextlib.contextmanager
def programs() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts of the real program, on a screen nobody sees."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str, as_: Sequence[str] = ("-m", "guide")) -> subprocess.Popen[str]:
        running.append(
            subprocess.Popen([sys.executable, *as_, *arguments], env=QUIET, stderr=subprocess.PIPE, text=True)
        )
        return running[-1]

    try:
        yield start
    finally:
        for process in running:
            process.kill()
            process.communicate()


def settled(processes: list[subprocess.Popen[str]], left: int) -> None:
    over = time.monotonic() + 60
    while sum(process.poll() is None for process in processes) > left:
        assert time.monotonic() < over, "more windows than one"
        time.sleep(0.02)


@POSIX
@pytest.mark.parametrize("apart", [0, *(pytest.param(apart, marks=pytest.mark.e2e) for apart in (0.2, 1))])
def test_two_starts_at_about_the_same_time_give_one_window(tmp_path: Path, apart: float) -> None:
    with programs() as start:
        first = start("--home", str(tmp_path))
        time.sleep(apart)  # the distance is what is tested
        second = start("--home", str(tmp_path), "open", "power-pumping")
        settled([first, second], left=1)
        assert (first.poll() or 0, second.poll() or 0) == (0, 0)
        assert sum(process.poll() is None for process in (first, second)) == 1


@POSIX
def test_a_start_after_a_kill_opens_a_window(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    with programs() as start:
        first = start("--home", str(tmp_path))
        over = time.monotonic() + 60
        while not paths.socket.exists():
            assert time.monotonic() < over
            time.sleep(0.02)
        first.kill()
        first.wait()
        assert isinstance(claim(paths.socket, ""), First)


IMPATIENT = """\
import sys
from guide.cli import main
from guide.live import single

assert single.TO_ANSWER == 10_000
single.TO_ANSWER = 1000
sys.exit(main())
"""


@POSIX
def test_a_window_that_hangs_is_told_in_a_sentence(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    with programs() as start:
        first = start("--home", str(tmp_path))
        over = time.monotonic() + 60
        while not paths.socket.exists():
            assert time.monotonic() < over
            time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)
        second = start("--home", str(tmp_path), as_=("-c", IMPATIENT))
        told = second.communicate(timeout=60)[1]
        first.send_signal(signal.SIGCONT)
        assert second.returncode == 1
        assert "does not answer" in told
        assert len(told.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not closed by their mode there")
@pytest.mark.parametrize("odd", ["", "a file", "a link", "open to all"])
def test_where_the_folder_cannot_be_written_one_of_her_own_takes_its_place(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, temporary = tmp_path / "run", tmp_path / "temporary"
    closed.mkdir()
    temporary.mkdir()
    socket = closed / "window"
    assert reachable(socket) == socket
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(temporary))
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != closed)
    instead = reachable(socket)
    assert instead == reachable(socket)
    assert instead.parent.parent == temporary
    assert instead.parent.stat().st_mode & 0o777 == 0o700
    assert reachable(tmp_path / "another" / "window") != instead
    first = claim(instead, "")
    assert isinstance(first, First)
    assert first.lock is not None
    first.lock.unlock()
    if odd:  # somebody else's doing: never used
        shutil.rmtree(instead.parent)
        match odd:
            case "a file":
                instead.parent.touch()
            case "a link":
                instead.parent.symlink_to(temporary)
            case _:
                instead.parent.mkdir()
                instead.parent.chmod(0o777)
        assert reachable(socket) == socket
