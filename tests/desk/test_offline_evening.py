"""A whole evening of the real program, watched from within and from outside: nothing leaves the computer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere a pair of sockets listens on the loopback")

WATCHED = """
import json, socket, sys
from pathlib import Path

asked = []

def listen(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.connect", "urllib.Request") or (
        event == "socket.__new__" and args[1] != socket.AF_UNIX
    ):
        if not (event in ("socket.bind", "socket.connect") and args[0].family == socket.AF_UNIX):
            asked.append([event, repr(args)])

sys.addaudithook(listen)

import psutil

home = Path(sys.argv[1])
me = psutil.Process()
stages = []

def look(stage):
    stages.append(stage)
    for process in (me, *me.children(recursive=True)):
        try:
            asked.extend([stage, repr(one)] for one in process.net_connections(kind="inet"))
        except psutil.Error:  # a sound that is over
            pass
"""

PLAYED = """
from guide.cli import main

PLAY = ["play", "gentle-day", "--well", "--speed", "1000", "--voice", "embedded"]  # the natural one is below
for words in (["list"], ["plan", "gentle-day"], ["doctor"], PLAY, ["log"]):
    assert main(["--home", str(home), *words]) == 0, words
    look(words[0])
"""

AT_THE_WINDOW = """
from PySide6.QtCore import QTimer

import guide.app as app
from guide.store.paths import Paths

short = home / "short.yaml"  # the natural voice has three prompts to say
short.write_text("name: Short\\nsteps:\\n  - {kind: rest, duration: 20 s, say: Rest.}\\n", encoding="utf-8")

build = app.build

def built(**chosen):
    program = build(**chosen)
    desk, tools = program.desk, program.tools
    turns = iter(
        (
            ("learn", lambda: desk.go_to("learn")),
            ("history", lambda: desk.go_to("history")),
            ("settings", lambda: desk.go_to("settings")),
            ("routines", lambda: desk.go_to("routines")),
            ("editor", lambda: desk.editing.edit("calm-let-down")),
            ("library", lambda: desk.go_to("routines")),
            ("session", lambda: desk.routines.open(str(short), start=True)),
        )
    )
    trace = home / "trace.jsonl"

    def turn():
        stage, do = next(turns, ("playing", lambda: None))
        do()
        look(stage)
        if stage == "playing":
            timer.setInterval(250)  # the voice takes seconds to get ready
            if trace.exists() and '"chimed"' in trace.read_text(encoding="utf-8"):
                app.QApplication.exit(0)

    timer = QTimer(tools.window)
    timer.timeout.connect(turn)
    timer.start(50)
    return program

app.build = built
assert app.run(paths=Paths.of(home), routine=None, start=False, speed=1, trace=home / "trace.jsonl") == 0
"""

TOLD = "\nprint('\\n' + json.dumps([asked, stages]))\n"


@pytest.mark.parametrize(
    ("evening", "last"),
    [
        pytest.param(PLAYED, "log", id="in the terminal", marks=pytest.mark.e2e),  # nine seconds of a plain run
        pytest.param(AT_THE_WINDOW, "playing", id="at the window"),
    ],
)
def test_an_evening_opens_no_connection(tmp_path: Path, evening: str, last: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", WATCHED + evening + TOLD, str(tmp_path)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    asked, stages = json.loads(told.stdout.splitlines()[-1])
    assert asked == []
    assert stages[-1] == last
