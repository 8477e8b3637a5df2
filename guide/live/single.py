"""One window a person: a later start hands its wish to the first one, and is told that it arrived."""

from __future__ import annotations

import contextlib
import enum
import hashlib
import os
import stat
import sys
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from guide.store.paths import LONGEST_SOCKET

HEAD: Final = b"pumping-guide 1\0"  # a message is this, the wish and an end; anything else is not ours
END: Final = b"\0"
TAKEN: Final = b"taken\n"
LONGEST: Final = 8192  # bytes of a message: a wish is a word and a path
TO_CONNECT: Final = 1000  # milliseconds
TO_ANSWER: Final = 10_000  # milliseconds until a window counts as hanging
TO_SPEAK: Final = 3000  # milliseconds that a start has for its message


class Reply(enum.Enum):
    """What came of handing a wish over."""

    TAKEN = enum.auto()
    SILENT = enum.auto()  # somebody holds the socket and says nothing
    NOBODY = enum.auto()


def _name(socket: Path) -> str:
    """A path where the platform has sockets in the file system, else a name made of it."""
    text = str(socket)
    if sys.platform == "win32" or len(os.fsencode(text)) > LONGEST_SOCKET:
        return "pumping-guide-" + hashlib.sha256(os.fsencode(text)).hexdigest()[:16]
    return text


def _somebody_elses(name: str) -> bool:
    """Whether a socket belongs to another user of this computer: nothing is said to it."""
    if sys.platform == "win32":
        return False
    from tempfile import gettempdir

    try:
        found = (Path(gettempdir()) / name).lstat()  # Qt puts a bare name there
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid != os.getuid()


def hand_over(socket: Path, wish: str) -> Reply:
    """Give a wish to the window that is open already, and wait until it has it."""
    name = _name(socket)
    if _somebody_elses(name):
        return Reply.NOBODY
    link = QLocalSocket()
    link.connectToServer(name)
    if not link.waitForConnected(TO_CONNECT):
        return Reply.NOBODY
    link.write(HEAD + os.fsencode(wish) + END)
    while link.bytesAvailable() < len(TAKEN):
        if not link.waitForReadyRead(TO_ANSWER):
            return Reply.SILENT
    return Reply.TAKEN if bytes(link.readAll().data()) == TAKEN else Reply.SILENT


class Doorbell(QObject):
    """Listens for later starts; `rung` carries what they ask, the empty text for "come forward"."""

    rung = Signal(object)  # a text: Qt would lose what of a path is not Unicode

    def __init__(self, socket: Path, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open)
        name = _name(socket)
        if not self._server.listen(name):  # Qt puts its socket over any file or link, and over no folder
            with contextlib.suppress(OSError):  # a folder without rights: later starts open a window of their own
                if socket.is_dir():
                    socket.rename(socket.with_name(f"{socket.name}.aside-{os.getpid()}"))
            self._server.listen(name)

    def _open(self) -> None:
        while (link := self._server.nextPendingConnection()) is not None:
            link.setReadBufferSize(LONGEST + 1)
            link.readyRead.connect(partial(self._hear, link))
            link.disconnected.connect(link.deleteLater)
            QTimer.singleShot(TO_SPEAK, link, link.abort)
            self._hear(link)

    def _hear(self, link: QLocalSocket) -> None:
        """Take a whole message; what is too long or begins otherwise is not heard to its end."""
        said = bytes(link.peek(LONGEST + 1).data())
        if len(said) > LONGEST or said[: len(HEAD)] != HEAD[: len(said)]:
            link.abort()
        elif said.endswith(END) and len(said) > len(HEAD):
            link.readAll()
            wish = os.fsdecode(said[len(HEAD) : -1])
            link.write(TAKEN)
            link.disconnectFromServer()  # once that is written
            self.rung.emit(wish)

    def close(self) -> None:
        self._server.close()
