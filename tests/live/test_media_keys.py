from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide.core.asked import pause
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.readout import read
from guide.core.session import Ready, advance, start
from guide.live import media_keys as module
from guide.live.intents import GoOn, Intent, PauseOrCarryOn
from guide.live.media_keys import NAME, PATH, PLAYER, MediaKeys, answers, on_this_system
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
    assert (keys.position, type(keys.position)) == (7_000_000, int)
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


class Bus:
    """A session bus that remembers what it was told."""

    BusType, RegisterOption = QDBusConnection.BusType, QDBusConnection.RegisterOption
    there = True
    made: list[Bus]
    left: list[str]

    def __init__(self, kind: object, name: str) -> None:
        self.kind, self._name = kind, name
        self.calls: list[object] = []
        self.sent: list[QDBusMessage] = []
        self.made.append(self)

    @classmethod
    def connectToBus(cls, kind: object, name: str) -> Bus:  # noqa: N802  Qt's names
        return cls(kind, name)

    @classmethod
    def disconnectFromBus(cls, name: str) -> None:  # noqa: N802
        cls.left.append(name)

    def isConnected(self) -> bool:  # noqa: N802
        return self.there

    def name(self) -> str:
        return self._name

    def registerObject(self, path: str, keys: object, option: object) -> None:  # noqa: N802
        self.calls.append((path, keys, option))

    def registerService(self, name: str) -> None:  # noqa: N802
        self.calls.append(name)

    def unregisterObject(self, path: str) -> None:  # noqa: N802
        self.calls.append(("gone", path))

    def unregisterService(self, name: str) -> None:  # noqa: N802
        self.calls.append(("gone", name))

    def send(self, message: QDBusMessage) -> None:
        self.sent.append(message)


class Desk:
    """Keys on such a bus, and the work they gave away."""

    def __init__(self) -> None:
        self.works: list[Callable[[], None]] = []
        self.keys = MediaKeys(run=self.works.append)
        routine = read_routine(TEXT).routine
        assert routine is not None
        self.running = start(Ready(lay_out(routine)), timedelta(0)).session
        self.readout = read(self.running, timedelta(seconds=7))

    def work(self) -> None:
        while self.works:
            self.works.pop(0)()


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(module, "on_this_system", lambda: True)
    monkeypatch.setattr(module, "answers", lambda: True)
    monkeypatch.setattr(module, "QDBusConnection", Bus)
    monkeypatch.setattr(Bus, "made", [], raising=False)
    monkeypatch.setattr(Bus, "left", [], raising=False)
    monkeypatch.setattr(Bus, "there", True)
    return Desk()


def test_it_is_found_on_the_bus_from_the_first_session_s_start_to_its_end(desk: Desk) -> None:
    desk.keys.begin(timedelta)
    assert Bus.made == []  # the bus is asked on another thread
    desk.keys.begin(timedelta)
    desk.work()
    [bus] = Bus.made
    assert (bus.kind, bus.name()) == (Bus.BusType.SessionBus, f"guide-{os.getpid()}")
    assert bus.calls == [(PATH, desk.keys, Bus.RegisterOption.ExportAdaptors), NAME]
    desk.keys.end()
    assert len(bus.calls) == 2
    desk.work()
    assert bus.calls[2:] == [("gone", PATH), ("gone", NAME)]
    assert Bus.left == [bus.name()]
    desk.keys.end()
    assert desk.works == []
    desk.keys.begin(timedelta)
    desk.work()
    assert len(Bus.made) == 2


@pytest.mark.parametrize("lacks", ["system", "answers", "there"])
def test_without_a_bus_nothing_is_registered(desk: Desk, monkeypatch: pytest.MonkeyPatch, lacks: str) -> None:
    if lacks == "there":
        monkeypatch.setattr(Bus, "there", False)
    else:
        monkeypatch.setattr(module, "on_this_system" if lacks == "system" else lacks, lambda: False)
    desk.keys.begin(timedelta)
    assert len(desk.works) == (lacks != "system")
    desk.work()
    assert [bus.calls for bus in Bus.made] == ([[]] if lacks == "there" else [])
    desk.keys.show(desk.readout)
    desk.keys.end()
    assert desk.works == []


def test_a_session_that_ended_while_the_bus_was_asked_leaves_it_again(desk: Desk) -> None:
    desk.keys.begin(timedelta)
    desk.keys.end()
    desk.work()
    [bus] = Bus.made
    assert Bus.left == [bus.name()]
    desk.keys.show(desk.readout)
    assert bus.sent == []


def test_the_bus_is_told_what_changed_and_nothing_twice(desk: Desk) -> None:
    desk.keys.show(desk.readout)
    desk.keys.begin(lambda: timedelta(seconds=7))
    desk.work()
    [bus] = Bus.made
    [first] = bus.sent  # what was shown before it was connected
    assert (first.path(), first.interface(), first.member()) == (
        PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
    )  # fmt: skip
    interface, changed, invalidated = first.arguments()
    assert (interface, invalidated) == (PLAYER, [])
    assert (changed["PlaybackStatus"], changed["CanGoNext"]) == ("Playing", True)
    assert changed["Metadata"]["xesam:title"] == "Pump both sides"
    desk.keys.show(read(desk.running, timedelta(seconds=8)))
    assert len(bus.sent) == 1
    desk.keys.show(read(pause(desk.running, timedelta(seconds=9)).session, timedelta(seconds=9)))
    assert bus.sent[-1].arguments()[1]["PlaybackStatus"] == "Paused"
    desk.keys.show(read(advance(desk.running, timedelta(seconds=61)).session, timedelta(seconds=61)))
    assert bus.sent[-1].arguments()[1]["Metadata"]["xesam:trackNumber"] == 2
    desk.keys.show(read(advance(desk.running, timedelta(seconds=99)).session, timedelta(seconds=99)))
    assert (bus.sent[-1].arguments()[1]["PlaybackStatus"], desk.keys.position) == ("Stopped", 0)
    assert len(bus.sent) == 4


def test_the_bus_may_bring_the_window_forward_and_never_ends_it(qapp: QApplication) -> None:
    keys = MediaKeys(run=lambda _: None, parent=qapp)
    raised: list[int] = []
    keys.raised.connect(lambda: raised.append(1))
    root: Any = keys._children[0]
    root.Raise()
    root.Quit()
    assert (raised, keys.parent()) == ([1], qapp)
    keys.setParent(None)


@pytest.mark.parametrize("other", [{"title": "Pump on"}, {"index": 1}])
def test_another_title_and_another_step_are_each_told(desk: Desk, other: dict[str, Any]) -> None:
    desk.keys.show(desk.readout)
    desk.keys.begin(timedelta)
    desk.work()
    desk.keys.show(replace(desk.readout, **other))
    assert len(Bus.made[0].sent) == 2


def test_the_next_session_is_told_anew_though_it_begins_alike(desk: Desk) -> None:
    for count in (1, 2):
        desk.keys.show(desk.readout)
        desk.keys.begin(timedelta)
        desk.work()
        assert len(Bus.made[-1].sent) == 1
        assert len(Bus.made) == count
        desk.keys.end()
        desk.work()


def test_without_a_session_there_is_no_track_and_no_place_in_it(qtbot: QtBot) -> None:
    keys = MediaKeys(run=lambda _: None)
    assert keys.metadata["mpris:trackid"].path() == "/org/pumping_guide/step/none"
    assert keys.position == 0


def test_a_track_is_named_by_its_step(desk: Desk) -> None:
    desk.keys.show(desk.readout)
    assert desk.keys.metadata["mpris:trackid"].path() == "/org/pumping_guide/step/0"


def test_the_bus_knows_each_part_by_its_own_interface(qtbot: QtBot) -> None:
    class Another(QDBusAbstractAdaptor):
        pass

    keys = MediaKeys(run=lambda _: None)
    another = module._interface("org.example")(Another)(keys)
    known = [
        (str(info.name()), str(info.value()))
        for part in (*keys._children, another)
        for info in [part.metaObject().classInfo(part.metaObject().classInfoOffset())]
    ]
    assert known == [("D-Bus Interface", name) for name in ("org.mpris.MediaPlayer2", PLAYER, "org.example")]


@pytest.mark.parametrize(
    ("platform", "address", "there"),
    [("linux", "unix:path=/bus", True), ("linux", "", False), ("darwin", "unix:path=/bus", False)],
)
def test_the_bus_is_looked_for_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, platform: str, address: str, there: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert on_this_system() is there


def test_a_bus_answers_where_it_greets_and_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []

    @contextmanager
    def prepared(address: str, *, enable_fds: bool) -> Iterator[str]:
        said.append((address, enable_fds))
        yield "a line"
        said.append("closed")

    def greeted(line: str) -> SimpleNamespace:
        said.append(line)
        return SimpleNamespace(close=lambda: said.append("hung up"))

    monkeypatch.setattr("jeepney.bus.get_bus", lambda name: f"the bus of {name}")
    monkeypatch.setattr("jeepney.io.blocking.prep_socket", prepared)
    monkeypatch.setattr("jeepney.io.blocking.DBusConnection", greeted)
    assert answers()
    assert said == [("the bus of SESSION", False), "a line", "hung up", "closed"]


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is Linux's")
@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/nowhere/bus"])
def test_a_bus_that_is_not_there_answers_not(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not answers()


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is Linux's")
@pytest.mark.parametrize("answer", ["", "OK 0123456789abcdef0123456789abcdef\r\n"], ids=["mute", "deaf to Hello"])
def test_a_bus_that_answers_nobody_keeps_a_thread_waiting_and_no_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
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
    peer.sendall(answer.encode())
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
