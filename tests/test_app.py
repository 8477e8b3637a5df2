"""What can go wrong while the window is made: it is told in one sentence, and no empty window stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guide.live.preferences import Preferences
from guide.store.paths import Paths

FAILING = """
import sys
from guide import {module} as house
def fail(*_args, **_named):
    raise {error}
house.{name} = fail
from guide.cli import main
sys.exit(main(["--home", sys.argv[1]]))
"""


@pytest.mark.parametrize(
    ("module", "name", "error", "said"),
    [
        ("app", "build", "ImportError('libgssapi_krb5.so.2: cannot open shared object file')", "libgssapi"),
        ("app", "build", "OSError(28, 'No space left')", "No space left"),
        ("app", "MainWindow", "ImportError('no module named furniture')", "furniture"),
        ("app", "MainWindow", "ValueError('two\\nlines')", "two lines"),
    ],
)
def test_what_fails_while_the_window_is_furnished_ends_in_a_sentence(
    tmp_path: Path, module: str, name: str, error: str, said: str
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", FAILING.format(module=module, name=name, error=error), str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 1
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1


UNHEARD = """
import sys
from guide import app, unforeseen
def fail(*_args, **_named):
    raise ValueError("no bell")
def say(self, _kind, error, _trace):
    print(error)
    self._window.close()
app._listening = fail
unforeseen.Unforeseen.say = say
from guide.cli import main
sys.exit(main(["--home", sys.argv[1]]))
"""


def test_a_window_that_cannot_hear_later_starts_says_so_and_stays_open(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", UNHEARD, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (told.returncode, told.stdout) == (0, "no bell\n")


@pytest.mark.usefixtures("qapp")
def test_a_folder_of_settings_that_is_none_is_told_once(tmp_path: Path) -> None:
    Paths.of(tmp_path).config.touch()
    preferences = Preferences(Paths.of(tmp_path).settings)
    told = list(preferences.notices)
    preferences.told.connect(told.append)
    preferences.change(text_scale=1.2)
    preferences.change(text_scale=1.1)
    assert len(told) == 1


ASIDE = """
import sys, threading
from guide import app
from PySide6.QtCore import QObject, QTimer, Signal
class Telling(QObject):
    told = Signal(str)
closed, telling, build = threading.Event(), Telling(), app.build
def work():
    closed.wait()
    for number in range(8_000_000):  # a third of a second, in which Python would have ended
        pass
    telling.told.emit("under way")
    print("came to its end")
def made(**named):
    program = build(**named)
    program.tools.aside(work)
    QTimer.singleShot(0, program.tools.window.close)
    QTimer.singleShot(0, closed.set)
    return program
app.build = made
from guide.cli import main
sys.exit(main(["--home", sys.argv[1]]))
"""


def test_work_aside_comes_to_its_end_before_the_program_does(tmp_path: Path) -> None:
    """Else a signal emitted while Python ends makes the process end by SIGABRT."""
    told = subprocess.run(
        [sys.executable, "-c", ASIDE, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (told.returncode, told.stdout) == (0, "came to its end\n"), told.stderr
