"""Pictures read aside: frames come from a thread, one at a time, and only when the panel asks for the next."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from shiboken6 import isValid

from guide.language import _
from guide.live.frames import PANEL, Frame, PictureError

log = logging.getLogger(__name__)

Run = Callable[[Callable[[], None]], None]
Read = Callable[[Path, QSize], Iterator[Frame]]


class Projector(QObject):
    """`came` and `failed` carry the turn they belong to: what is late is of an earlier one."""

    came = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, run: Run, read: Read, parent: QObject) -> None:
        super().__init__(parent)
        self._run, self._read = run, read
        self.turn = 0
        self._room = PANEL
        self._path = Path()
        self._films: dict[Path, Iterator[Frame]] = {}  # what moves goes on from where it was
        self._busy = threading.Lock()

    def set_room(self, room: QSize) -> bool:
        """Decode for this size, in pixels, from the next `begin` on; False where what there is looks right in it."""
        if 0.8 * room.height() <= self._room.height() <= 1.25 * room.height():
            return False
        self._room = room
        self._films.clear()
        return True

    def clear(self) -> None:
        self.turn += 1
        self._films.clear()

    def begin(self, path: Path) -> None:
        self.turn += 1
        self._path = path
        room = self._room
        film = self._films.get(path)
        self._project(lambda: self._read(path, room) if film is None else film)

    def ask(self) -> None:
        film = self._films.get(self._path)
        if film is not None:
            self._project(lambda: film)

    def _project(self, find: Callable[[], Iterator[Frame]]) -> None:
        turn, path = self.turn, self._path

        def work() -> None:
            if turn != self.turn:
                return
            try:
                film = find()
                with self._busy:
                    frame = next(film, None)
            except Exception as error:
                if not isinstance(error, PictureError):  # a file may hold anything, and what reads it too
                    log.exception("a picture could not be read")
                if turn == self.turn and isValid(self):
                    self.failed.emit(turn, _sentence(error, path))
                return
            if turn == self.turn and frame is not None and isValid(self):
                if frame.stays is not None:
                    self._films[path] = film
                self.came.emit(turn, frame)

        self._run(work)


def _sentence(error: Exception, path: Path) -> str:
    if isinstance(error, PictureError):
        return str(error)
    return _("{name} is damaged and cannot be shown. Please choose another.").format(name=path.name)
