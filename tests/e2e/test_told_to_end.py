"""The real program in a terminal, told to end at each of its questions, or its terminal gone: nothing is lost."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(sys.platform == "win32", reason="it has no terminals of this kind")]

PATIENCE: Final = 30.0
FINISHED: Final = [("1 of", "\x03"), ("carries on.", "y")]
NOTED: Final = [*FINISHED, ("Left, mL", "12\n"), ("Right, mL", "\n")]


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "guide", "--home", str(home), *words]


class Shown:
    """A terminal, and a program in it."""

    def __init__(self, words: list[str]) -> None:
        import pty

        self.program, self.terminal = pty.fork()
        if not self.program:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell that starts the tests behind itself has it ignored
            os.environ.update(TERM="xterm", NO_COLOR="1", LANG="C.UTF-8")
            os.execv(words[0], words)  # noqa: S606  the child of a fork
        self._ended: int | None = None

    def wait_for(self, words: str) -> None:
        seen = b""
        until = time.monotonic() + PATIENCE
        while words.encode() not in seen:
            assert time.monotonic() < until, seen.decode(errors="replace")
            if select.select([self.terminal], [], [], 0.1)[0]:
                seen += os.read(self.terminal, 4096)

    def code(self) -> int:
        until = time.monotonic() + PATIENCE
        while self._ended is None:
            assert time.monotonic() < until, "it goes on"
            gone, status = os.waitpid(self.program, os.WNOHANG)
            if gone:
                self._ended = os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        return self._ended

    def close(self) -> None:
        with suppress(OSError):
            os.close(self.terminal)
        if self._ended is None:
            os.kill(self.program, signal.SIGKILL)
            os.waitpid(self.program, 0)


@pytest.fixture
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shown]:
    terminal = Shown(command(tmp_path, "play", request.param, "--silent"))
    yield terminal
    terminal.close()


@pytest.mark.parametrize(
    ("shown", "steps", "question", "kept", "number", "code"),
    [
        ("massage-stroke-shake", [], "(y/n)", "No sessions yet", signal.SIGTERM, 143),
        ("power-pumping", [], "1 of", "not finished yet", None, 129),  # None: the terminal itself goes
        ("power-pumping", FINISHED, "Left, mL", "Power pumping", signal.SIGTERM, 143),
        ("power-pumping", FINISHED, "Left, mL", "Power pumping", None, 129),
        ("power-pumping", NOTED, "A note", "12 mL", signal.SIGHUP, 129),
    ],
    indirect=["shown"],
)
def test_told_to_end_at_a_question_it_ends_and_keeps_what_there_was(
    shown: Shown,
    tmp_path: Path,
    steps: list[tuple[str, str]],
    question: str,
    kept: str,
    number: signal.Signals | None,
    code: int,
) -> None:
    import termios

    before = termios.tcgetattr(shown.terminal)
    for words, keys in steps:
        shown.wait_for(words)
        os.write(shown.terminal, keys.encode())
    shown.wait_for(question)
    if number is None:
        os.close(shown.terminal)
    else:
        os.kill(shown.program, number)
    assert shown.code() == code
    if number is not None:
        assert termios.tcgetattr(shown.terminal) == before
    log = subprocess.run(command(tmp_path, "log"), capture_output=True, text=True, check=False)
    assert kept in log.stdout + log.stderr
