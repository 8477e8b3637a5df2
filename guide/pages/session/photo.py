"""The panel of her photos and videos: several take turns, what moves moves, and a bad file is passed over."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import _
from guide.live.frames import Frame, PictureError
from guide.live.pictures import read_frames

EACH: Final = 20_000  # milliseconds that one of several stays
FADE: Final = 1_200
FADE_FRAMES: Final = 16

Run = Callable[[Callable[[], None]], None]
Read = Callable[[Path], Iterator[Frame]]


def one_after_the_other() -> Run:
    """Work on one thread that is kept: a video's decoder counts its own thread's cost."""
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

    def run(work: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the interpreter is ending
            pool.submit(work)

    return run


class _Projector(QObject):
    """Takes frames from an iterator on a thread, one at a time, and only when it is asked for the next."""

    came = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, run: Run, read: Read, parent: QObject) -> None:
        super().__init__(parent)
        self._run, self._read = run, read
        self.turn = 0
        self._frames: Iterator[Frame] | None = None
        self._busy = threading.Lock()

    def begin(self, path: Path) -> None:
        """Read another file; what the one before still brings is of an earlier turn."""
        self.turn += 1
        turn = self.turn
        self._frames = None

        def work() -> None:
            try:
                frames = self._read(path)
                self._hand_over(turn, frames)
            except PictureError as error:
                self.failed.emit(turn, str(error))

        self._run(work)

    def ask(self) -> None:
        frames, turn = self._frames, self.turn
        if frames is None:
            return

        def work() -> None:
            try:
                self._hand_over(turn, frames)
            except PictureError as error:
                self.failed.emit(turn, str(error))

        self._run(work)

    def _hand_over(self, turn: int, frames: Iterator[Frame]) -> None:
        with self._busy:
            frame = next(frames, None)
        if turn == self.turn and frame is not None and isValid(self):
            self._frames = frames
            self.came.emit(turn, frame)


class PhotoPanel(Guarded, QWidget):
    """
    Photos and videos of her own, filling the panel; several take turns with a slow cross-fade.

    Files are read aside. One that cannot be shown is passed over, and `troubled` tells why, once each.
    """

    troubled = Signal(str)
    ready = Signal()

    def __init__(
        self, *, look: Look, run: Run | None = None, read: Read = read_frames, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._paths: tuple[Path, ...] = ()
        self._bad: set[Path] = set()
        self._at = 0
        self._now: QImage | None = None
        self._before: QImage | None = None
        self._faded = 1.0
        self._radius = 24.0
        self._projector = _Projector(run or one_after_the_other(), read, self)
        self._projector.came.connect(self._show_frame)
        self._projector.failed.connect(self._pass_over)
        self._next = QTimer(self)
        self._next.setInterval(EACH)
        self._next.timeout.connect(self._another)
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.timeout.connect(self._ask)
        self._fade = QTimer(self)
        self._fade.setInterval(FADE // FADE_FRAMES)
        self._fade.timeout.connect(self._fade_on)
        self.setAccessibleName(_("Your photo"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def has_photo(self) -> bool:
        return self._now is not None

    def show_photos(self, paths: tuple[Path, ...]) -> None:
        """Show the pictures in these files in turn; none for an empty tuple."""
        if paths == self._paths:
            return
        self._paths, self._bad, self._at = paths, set(), 0
        self._now = self._before = None
        self._next.stop()
        self._frame.stop()
        self.update()
        if paths:
            self._begin()

    def set_radius(self, radius: float) -> None:
        self._radius = radius
        self.update()

    def _begin(self) -> None:
        self._projector.begin(self._paths[self._at])

    def _another(self) -> None:
        good = [at for at, path in enumerate(self._paths) if path not in self._bad]
        if not good:
            return
        self._at = next((at for at in good if at > self._at), good[0])
        self._frame.stop()
        self._before, self._faded = self._now, 0.0
        self._begin()

    def _show_frame(self, turn: int, frame: Frame) -> None:
        if turn != self._projector.turn:
            return
        first = self._now is None
        self._now = frame.image
        if self._faded < 1 and self._before is not None and not self._look.still and self.isVisible():
            self._fade.start()
        else:
            self._faded, self._before = 1.0, None
        if frame.stays is not None and not self._look.still:
            self._frame.start(round(frame.stays.total_seconds() * 1000))
        if len(self._paths) > 1 and self.isVisible() and not self._next.isActive():
            self._next.start()
        self.update()
        if first:
            self.ready.emit()

    def _pass_over(self, turn: int, sentence: str) -> None:
        if turn != self._projector.turn:
            return
        self._bad.add(self._paths[self._at])
        self.troubled.emit(sentence)
        if len(self._bad) < len(self._paths):
            self._another()

    def _ask(self) -> None:
        if self.isVisible():
            self._projector.ask()

    def _fade_on(self) -> None:
        self._faded += 1 / FADE_FRAMES
        if self._faded >= 1:
            self._faded, self._before = 1.0, None
            self._fade.stop()
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """What moves goes on from where it was."""
        super().showEvent(event)
        if len(self._paths) > 1:
            self._next.start()
        self._ask()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._next.stop()
        self._frame.stop()
        self._fade.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._now is None:
            return
        with painting(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            frame = QPainterPath()
            frame.addRoundedRect(QRectF(self.rect()), self._radius, self._radius)
            painter.setClipPath(frame)
            if self._before is not None:
                self._paint(painter, self._before)
                painter.setOpacity(self._faded)
            self._paint(painter, self._now)

    def _paint(self, painter: QPainter, image: QImage) -> None:
        size = QSize(image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(place, image, QRectF(image.rect()))
