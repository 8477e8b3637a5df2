"""
Media keys on Linux: a player on the session bus (MPRIS), for headsets, keyboards and phones with the window behind.

https://specifications.freedesktop.org/mpris-spec/latest/
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar

from PySide6.QtCore import ClassInfo, Property, QObject, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage, QDBusObjectPath

from guide.core.commands import Command
from guide.core.readout import Phase, Readout
from guide.live.intents import GoOn, PauseOrCarryOn

NAME: Final = "org.mpris.MediaPlayer2.pumping_guide"
PATH: Final = "/org/mpris/MediaPlayer2"
PLAYER: Final = "org.mpris.MediaPlayer2.Player"
TRACK: Final = "/org/pumping_guide/step"
Adaptor = TypeVar("Adaptor", bound=QDBusAbstractAdaptor)
LIST: Final[Any] = "QStringList"
MAP: Final[Any] = "QVariantMap"
LONG: Final[Any] = "qlonglong"
MICROSECOND: Final = timedelta(microseconds=1)


def _interface(name: str) -> Callable[[type[Adaptor]], type[Adaptor]]:
    """The name the bus knows a class by; PySide's own types of these two say less than they can."""
    named: Any = ClassInfo
    decorate: Callable[[type[Adaptor]], type[Adaptor]] = named({"D-Bus Interface": name})
    return decorate


@_interface("org.mpris.MediaPlayer2")
class _Root(QDBusAbstractAdaptor):
    """Who plays."""

    def __init__(self, parent: MediaKeys) -> None:
        super().__init__(parent)
        self._keys = parent

    @Slot()
    def Raise(self) -> None:  # noqa: N802  the bus knows it by this name
        self._keys.raised.emit()

    @Slot()
    def Quit(self) -> None:  # noqa: N802
        """Nothing ends from a headset."""

    CanQuit = Property(bool, lambda _: False)
    CanRaise = Property(bool, lambda _: True)
    HasTrackList = Property(bool, lambda _: False)
    Identity = Property(str, lambda _: "Pumping Guide")
    DesktopEntry = Property(str, lambda _: "pumping-guide")
    SupportedUriSchemes = Property(LIST, lambda _: [])
    SupportedMimeTypes = Property(LIST, lambda _: [])


@_interface(PLAYER)
class _Player(QDBusAbstractAdaptor):
    """What plays, and its buttons."""

    def __init__(self, parent: MediaKeys) -> None:
        super().__init__(parent)
        self._keys = parent

    @Slot()
    def PlayPause(self) -> None:  # noqa: N802
        self._keys.asked.emit(PauseOrCarryOn())

    @Slot()
    def Play(self) -> None:  # noqa: N802
        self._keys.asked.emit(Command.RESUME)

    @Slot()
    def Pause(self) -> None:  # noqa: N802
        self._keys.asked.emit(Command.PAUSE)

    @Slot()
    def Stop(self) -> None:  # noqa: N802
        """A session is paused, never ended, from afar."""
        self._keys.asked.emit(Command.PAUSE)

    @Slot()
    def Next(self) -> None:  # noqa: N802
        self._keys.asked.emit(GoOn())

    @Slot()
    def Previous(self) -> None:  # noqa: N802
        self._keys.asked.emit(Command.BACK)

    PlaybackStatus = Property(str, lambda self: self._keys.status)
    Metadata = Property(MAP, lambda self: self._keys.metadata)
    Position = Property(LONG, lambda self: self._keys.position)
    Rate = Property(float, lambda _: 1.0)
    MinimumRate = Property(float, lambda _: 1.0)
    MaximumRate = Property(float, lambda _: 1.0)
    Volume = Property(float, lambda _: 1.0)
    CanGoNext = Property(bool, lambda self: self._keys.playing)
    CanGoPrevious = Property(bool, lambda self: self._keys.playing)
    CanPlay = Property(bool, lambda self: self._keys.playing)
    CanPause = Property(bool, lambda self: self._keys.playing)
    CanSeek = Property(bool, lambda _: False)
    CanControl = Property(bool, lambda _: True)


class MediaKeys(QObject):
    """
    `asked` carries what a button asks for. The bus is spoken to on another thread (`run`): one that answers nobody
    keeps that thread waiting and no window.
    """

    asked = Signal(object)
    raised = Signal()
    _connected = Signal()

    def __init__(self, *, run: Callable[[Callable[[], None]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._readout: Readout | None = None
        self._told: tuple[str, str, int] | None = None
        self._bus: QDBusConnection | None = None
        self._wanted = False
        self._children = (_Root(self), _Player(self))
        self._connected.connect(self._tell)

    # what the bus reads

    @property
    def playing(self) -> bool:
        return self._readout is not None and self._readout.phase in {Phase.RUNNING, Phase.PAUSED}

    @property
    def status(self) -> str:
        if self._readout is None or not self.playing:
            return "Stopped"
        return "Paused" if self._readout.phase is Phase.PAUSED else "Playing"

    @property
    def metadata(self) -> dict[str, Any]:
        readout = self._readout
        if readout is None:
            return {"mpris:trackid": QDBusObjectPath(TRACK + "/none")}
        return {
            "mpris:trackid": QDBusObjectPath(f"{TRACK}/{readout.index}"),
            "xesam:title": readout.title,
            "xesam:album": readout.routine,
            "xesam:trackNumber": readout.index + 1,
        }

    @property
    def position(self) -> int:
        """Microseconds into the step, as far as its fraction tells."""
        return self._position() // MICROSECOND if self.playing else 0

    _position: Callable[[], timedelta] = staticmethod(timedelta)

    # what the program does

    def begin(self, position: Callable[[], timedelta]) -> None:
        """Be found on the bus from now on; a session is under way."""
        self._position = position
        if self._wanted or not on_this_system():
            return
        self._wanted = True
        self._run(self._connect)

    def end(self) -> None:
        """The session is over: the keys are the music player's again."""
        self._readout, self._told = None, None
        bus, self._bus, self._wanted = self._bus, None, False
        if bus is not None:
            self._run(lambda: _leave(bus))

    def show(self, readout: Readout) -> None:
        self._readout = readout
        self._tell()

    def _connect(self) -> None:
        """On a thread of its own: each of these calls waits for the bus."""
        if not answers():
            return
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, f"guide-{os.getpid()}")
        if not bus.isConnected():
            return
        bus.registerObject(PATH, self, QDBusConnection.RegisterOption.ExportAdaptors)
        bus.registerService(NAME)
        if not self._wanted:
            _leave(bus)
            return
        self._bus = bus
        self._connected.emit()

    def _tell(self) -> None:
        """Say what changed; sent and not waited for."""
        now = (self.status, self._readout.title if self._readout else "", self._readout.index if self._readout else -1)
        if self._bus is None or now == self._told:
            return
        self._told = now
        changed = {"PlaybackStatus": self.status, "Metadata": self.metadata, "CanGoNext": self.playing}
        message = QDBusMessage.createSignal(PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged")
        message.setArguments([PLAYER, changed, []])
        self._bus.send(message)


def answers() -> bool:
    """
    Whether somebody answers on the session bus; returns never where a bus says nothing at all.

    Qt's own calls to the bus keep Python's lock while they wait, so a mute bus would stop the window from whatever
    thread: it is asked here first, by sockets of Python that let go of the lock.
    """
    from jeepney.bus import get_bus
    from jeepney.io.blocking import DBusConnection, prep_socket

    try:
        with prep_socket(get_bus("SESSION"), enable_fds=False) as line:
            DBusConnection(line).close()
    except Exception:  # noqa: BLE001  refusals, closed sockets, strange addresses: no bus in any case
        return False
    return True


def _leave(bus: QDBusConnection) -> None:
    bus.unregisterObject(PATH)
    bus.unregisterService(NAME)
    QDBusConnection.disconnectFromBus(bus.name())


def on_this_system() -> bool:
    """Whether there is a session bus to be found on; other systems are told of in docs/decisions/hands-free.md."""
    return sys.platform == "linux" and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
