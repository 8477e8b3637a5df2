"""A screen reader of the test's own: what AT-SPI tells of a window, read over the bus as Orca reads it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

Place = tuple[str, str]  # the name of an application on the bus, and a path within it

REGISTRY: Final[Place] = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
ACTION: Final = "org.a11y.atspi.Action"
LEAVES: Final = {"label", "heading", "radio button", "push button", "slider", "graphic"}
COMPONENT: Final = "org.a11y.atspi.Component"
FOCUSABLE, FOCUSED, SHOWING = (1 << bit for bit in (11, 12, 25))  # AtspiStateType


@dataclass(frozen=True)
class Thing:
    place: Place
    role: str
    name: str
    description: str
    state: int
    inside: tuple[str, ...]  # the roles of what it lies in, outermost first

    @property
    def focusable(self) -> bool:
        return bool(self.state & FOCUSABLE)


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int


class GoneError(Exception):
    """What was asked for is not there any more: a page was made anew between two questions."""


def _of(answer: Message) -> Message:
    if answer.header.message_type is MessageType.error:
        raise GoneError(answer.header.fields.get(HeaderFields.error_name))
    return answer


class Reader:
    def __init__(self, bus: str) -> None:
        with open_dbus_connection(bus=bus) as session:
            asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            self._bus: DBusConnection = open_dbus_connection(bus=session.send_and_get_reply(asked, timeout=20).body[0])

    def close(self) -> None:
        self._bus.close()

    def _call(self, place: Place, interface: str, method: str, *body: Any, signature: str | None = None) -> Any:
        address = DBusAddress(place[1], place[0], interface)
        answer = self._bus.send_and_get_reply(new_method_call(address, method, signature, body), timeout=20)
        return _of(answer).body[0] if answer.body else None

    def _property(self, place: Place, name: str) -> str:
        asked = Properties(DBusAddress(place[1], place[0], ACCESSIBLE)).get(name)
        return str(_of(self._bus.send_and_get_reply(asked, timeout=20)).body[0][1])

    def children(self, place: Place = REGISTRY) -> list[Place]:
        return [(bus, path) for bus, path in self._call(place, ACCESSIBLE, "GetChildren")]

    def state(self, place: Place) -> int:
        """Its states as bits; none of something that has gone."""
        with suppress(GoneError):
            return int(self._call(place, ACCESSIBLE, "GetState")[0])
        return 0

    def walk(self) -> list[Thing]:
        """All that the one application shows, in the order in which it is told; again where it changed meanwhile."""
        for _ in range(20):
            with suppress(GoneError):
                return list(self.things())
            time.sleep(0.1)
        raise AssertionError("what is told changes all the time")

    def things(self) -> Iterator[Thing]:
        """The same, one after the other."""
        for application in self.children():
            for window in self.children(application):
                yield from self._walk(window, ())

    def _walk(self, place: Place, inside: tuple[str, ...]) -> Iterator[Thing]:
        state = self.state(place)
        if not state & SHOWING:
            return
        role = str(self._call(place, ACCESSIBLE, "GetRoleName"))
        yield Thing(place, role, self._property(place, "Name"), self._property(place, "Description"), state, inside)
        for child in self.children(place) if role not in LEAVES else ():
            yield from self._walk(child, (*inside, role))

    def press(self, thing: Thing) -> None:
        """What a person does who presses it by her reader."""
        self._call(thing.place, ACTION, "DoAction", 0, signature="i")

    def box(self, thing: Thing) -> Box:
        return Box(*self._call(thing.place, COMPONENT, "GetExtents", 0, signature="u"))


@contextmanager
def assisted(display: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a desktop with a window manager, a session bus and its accessibility bus."""
    environment = {
        "DISPLAY": display,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address=1", "--nofork", f"--address=unix:dir={folder}"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().strip()
    manager = subprocess.Popen(["openbox"], env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        yield environment
    finally:
        for process in (manager, daemon):
            process.terminate()
            process.wait(timeout=10)
        daemon.stdout.close()
