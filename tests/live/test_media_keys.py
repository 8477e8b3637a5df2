from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide.core.asked import pause
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.readout import read
from guide.core.session import Ready, start
from guide.live.intents import GoOn, Intent, PauseOrCarryOn
from guide.live.media_keys import NAME, PATH, PLAYER, MediaKeys
from guide.store.routines.reader import read as read_routine

TEXT = (
    "name: Short\nsteps:\n  - {kind: pump, duration: 60 s, title: Pump both sides}\n  - {kind: rest, duration: 20 s}\n"
)


def test_what_the_bus_reads_follows_the_session(qtbot: QtBot) -> None:
    routine = read_routine(TEXT).routine
    assert routine is not None
    keys = MediaKeys(run=lambda _: None)
    assert (keys.status, keys.playing) == ("Stopped", False)
    running = start(Ready(lay_out(routine)), timedelta(0)).session
    keys.begin(lambda: timedelta(seconds=7))
    readout = read(running, timedelta(seconds=7))
    keys.show(readout)
    assert keys.status == "Playing"
    assert keys.metadata["xesam:title"] == readout.title
    assert keys.metadata["xesam:trackNumber"] == 1
    assert keys.metadata["xesam:album"] == "Short"
    assert keys.position == 7_000_000
    keys.show(read(pause(running, timedelta(seconds=8)).session, timedelta(seconds=9)))
    assert keys.status == "Paused"
    keys.end()
    assert keys.status == "Stopped"


@pytest.mark.parametrize(
    ("button", "intent"),
    [
        ("PlayPause", PauseOrCarryOn()),
        ("Play", Command.RESUME),
        ("Pause", Command.PAUSE),
        ("Stop", Command.PAUSE),
        ("Next", GoOn()),
        ("Previous", Command.BACK),
    ],
)
def test_each_button_asks_for_its_intent_and_none_ends_a_session(qtbot: QtBot, button: str, intent: Intent) -> None:
    keys = MediaKeys(run=lambda _: None)
    asked: list[Intent] = []
    keys.asked.connect(asked.append)
    getattr(keys._children[1], button)()
    assert asked == [intent]


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is Linux's")
@pytest.mark.parametrize("answers", ["", "OK 0123456789abcdef0123456789abcdef\r\n"], ids=["mute", "deaf to Hello"])
def test_a_bus_that_answers_nobody_keeps_a_thread_waiting_and_no_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str
) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "bus"))
    server.listen()
    waiting: list[Callable[[], None]] = []
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
    keys = MediaKeys(run=waiting.append)
    keys.begin(timedelta)
    (connect,) = waiting
    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    peer, _ = server.accept()
    peer.recv(100)
    peer.sendall(answers.encode())
    ticks = [0]
    qtbot.waitUntil(lambda: (ticks.__setitem__(0, ticks[0] + 1), ticks[0] > 5)[1], timeout=5000)
    keys.end()
    peer.close()
    server.close()
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.e2e
def test_a_headset_on_a_real_bus_is_heard(tmp_path: Path) -> None:
    script = tmp_path / "player.py"
    script.write_text(
        "import sys\n"
        "from datetime import timedelta\n"
        "from PySide6.QtCore import QCoreApplication, QTimer\n"
        "from guide.live.media_keys import MediaKeys\n"
        "from guide.live.aside import in_a_thread\n"
        "app = QCoreApplication([])\n"
        "keys = MediaKeys(run=in_a_thread)\n"
        "keys.asked.connect(lambda intent: (print(intent, flush=True), app.quit()))\n"
        "keys._connected.connect(lambda: print('ready', flush=True))\n"
        "keys.begin(lambda: timedelta(seconds=83))\n"
        "QTimer.singleShot(20000, app.quit)\n"
        "app.exec()\n",
        encoding="utf-8",
    )
    press = f"dbus-send --session --print-reply --dest={NAME} {PATH} {PLAYER}.Next"
    shell = (
        f"{sys.executable} {script} | while read line; do echo $line; [ $line = ready ] && {press} > /dev/null; done"
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},  # noqa: PTH109
    )
    assert done.stdout.split() == ["ready", "GoOn()"], done.stderr
