"""The panel of her photos and videos: several take turns, what moves moves, and a bad file is passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import _
from guide.live.aside import one_after_the_other
from guide.live.frames import Frame
from guide.live.pictures import read_frames
from guide.pages.session.mount import Mount
from guide.pages.session.projector import Projector, Read, Run

EACH: Final = 20_000  # milliseconds that one of several stays
FADE: Final = 1_200
FADE_FRAMES: Final = 16


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
        self._image: QImage | None = None
        self._now: Mount | None = None
        self._before: Mount | None = None
        self._mounted = 0  # the turn of what is mounted now
        self._faded = 1.0
        self._radius = 24.0
        self._projector = Projector(run or one_after_the_other(), read, self)
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
        look.changed.connect(self._restyle)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def has_photo(self) -> bool:
        return self._image is not None

    def show_photos(self, paths: tuple[Path, ...]) -> None:
        """Show the pictures in these files in turn; none for an empty tuple."""
        if paths == self._paths:
            return
        self._paths, self._bad, self._at = paths, set(), 0
        self._image = self._now = self._before = None
        self._projector.clear()
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
        first, self._image = self._image is None, frame.image
        same, self._mounted = self._mounted == turn, turn
        self._mount(self._now if same else None)
        if self._faded < 1 and self._before is not None and not self._look.still and self.isVisible():
            self._fade.start()
        else:
            self._faded, self._before = 1.0, None
        if frame.stays is not None and not self._look.still:
            self._frame.start(round(frame.stays.total_seconds() * 1000))
        if len(self._paths) > 1 and self.isVisible() and not self._next.isActive():
            self._next.start()
        if first:
            self.ready.emit()

    def _mount(self, before: Mount | None) -> None:
        """Make the frame as it is painted; of another frame of the same film only its own place is painted anew."""
        if self._image is None:
            return
        self._now = Mount(self._image, self.size(), self.devicePixelRatioF(), self._look.theme.bg, before)
        beside = before is None or before.place != self._now.place or self._before is not None
        self.update(self.rect() if beside else self._now.place)

    def _restyle(self) -> None:
        """The ground of a picture has the page's colour in it; and what moves stands, or moves again."""
        self._fade.stop()
        self._faded, self._before = 1.0, None
        self._mount(None)
        if not self._look.still and not self._frame.isActive():
            self._ask()

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
        """What was fading is there when it is seen again."""
        super().hideEvent(event)
        self._next.stop()
        self._frame.stop()
        self._fade.stop()
        self._faded, self._before = 1.0, None

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # it has gone to another screen
            self._take_room()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._take_room()

    def _take_room(self) -> None:
        """Films are decoded as large as they are shown."""
        if self._projector.set_room(self.size() * self.devicePixelRatioF()) and self._image is not None:
            self._frame.stop()
            self._begin()
        self._before = None
        self._mount(None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._now is None:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            panel = QRectF(self.rect())
            if self._before is not None:
                self._before.paint(painter, panel, self.rect(), self._radius)
                painter.setOpacity(self._faded)
            self._now.paint(painter, panel, event.rect(), self._radius)
