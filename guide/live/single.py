"""One window a person: a second start asks the first one to come forward."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from guide.store.paths import LONGEST_SOCKET

PATIENCE: Final = 500  # milliseconds


def _name(socket: Path) -> str:
    """A path where the platform has sockets in the file system, else a name made of it."""
    text = str(socket)
    if sys.platform == "win32" or len(text) > LONGEST_SOCKET:
        return "pumping-guide-" + hashlib.sha256(text.encode()).hexdigest()[:16]
    return text


def ask_the_first(socket: Path, message: str) -> bool:
    """Hand a message to a window that is open already; False where there is none."""
    link = QLocalSocket()
    link.connectToServer(_name(socket))
    if not link.waitForConnected(PATIENCE):
        return False
    link.write(message.encode())
    link.waitForBytesWritten(PATIENCE)
    link.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for later starts; `rung` carries what they ask, the empty text for "come forward"."""

    rung = Signal(str)

    def __init__(self, socket: Path, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open)
        name = _name(socket)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left over by a program that was killed
            self._server.listen(name)

    def _open(self) -> None:
        while (link := self._server.nextPendingConnection()) is not None:
            link.disconnected.connect(lambda link=link: self._hear(link))
            if link.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._hear(link)

    def _hear(self, link: QLocalSocket) -> None:
        self.rung.emit(bytes(link.readAll().data()).decode(errors="replace"))
        link.deleteLater()

    def close(self) -> None:
        self._server.close()
