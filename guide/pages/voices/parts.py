"""Parts of the page of voices: a voice that can be chosen and heard, and bars that move while it speaks."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.dress import make_menu
from guide.kit.focus import is_modified_arrow
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.kit.radio import RadioRow
from guide.kit.theme import Theme
from guide.language import _
from guide.live.voices import Origin, VoiceOffer

FRAME = 120  # milliseconds between two pictures of the bars
NARROWEST = 114


class Bars(Guarded, QWidget):
    """Seven bars that move while a voice is heard; still ones where pictures keep still."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._turn = 0
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME)
        self._frames.timeout.connect(self._step)
        self.setFixedSize(46, 28)
        self.set_moving(moving=False)

    def set_moving(self, *, moving: bool) -> None:
        self.setVisible(moving)
        if moving and not self._look.still:
            self._frames.start()
        else:
            self._frames.stop()

    def _step(self) -> None:
        self._turn += 1
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            for number in range(7):
                height = 5 + 15 * abs(math.sin(self._turn * 0.7 + number * 1.3))
                rect = QRectF(1 + number * 6.4, (self.height() - height) / 2, 3, height)
                paint_field(painter, rect, 1.5, self._look.theme.accent)


class VoiceChoice(RadioRow):
    """A voice by its name, with what is said about it."""

    moved = Signal(int)
    listen_asked = Signal()

    def __init__(self, offer: VoiceOffer, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(offer.name, offer.about, look=look, radius=14, parent=parent)
        self.offer = offer
        self.setAccessibleName(f"{offer.name}. {offer.about}" if offer.about else offer.name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case _ if is_modified_arrow(event):
                super().keyPressEvent(event)
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self.moved.emit(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self.moved.emit(-1)
            case Qt.Key.Key_L:
                self.listen_asked.emit()
            case _:
                super().keyPressEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self.sizeHint().height())

    @override
    def paint_ground(self, painter: QPainter, field: QRectF, theme: Theme) -> None:
        if self.is_hot or self.isDown():
            paint_field(painter, field, 14, theme.hover if self.isDown() else theme.raised)


class VoiceRow(Guarded, QWidget):
    """A voice: choose it, hear it; of a recorded one also what can be done with it."""

    chosen = Signal(str)
    listen_asked = Signal(str)
    stop_asked = Signal()
    wish_asked = Signal(str, str)  # what, and the voice's id

    def __init__(self, offer: VoiceOffer, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        self._playing = False
        self.choice = VoiceChoice(offer, look=look, parent=self)
        self.bars = Bars(look=look, parent=self)
        self.listen = Button("", look=look, icon="voice", size="small", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(10)
        row.addWidget(self.choice, 1)
        row.addWidget(self.bars)
        self.more: IconButton | None = None
        if offer.origin is Origin.RECORDED:
            self.more = IconButton("dots", _("More for {name}").format(name=offer.name), look=look, parent=self)
            self.menu = make_menu(self, look=look)
            self.menu.setAccessibleName(self.more.accessibleName())
            for wish, words in (
                ("go on", _("Go on recording")),
                ("rename", _("Rename…")),
                ("export", _("Export…")),
                ("delete", _("Delete")),
            ):
                action = self.menu.addAction(words)
                action.triggered.connect(lambda _on=False, wish=wish: self.wish_asked.emit(wish, offer.id))
            self.more.clicked.connect(self._open_menu)
            row.addWidget(self.more)
        row.addWidget(self.listen)
        self.choice.clicked.connect(lambda: self.chosen.emit(offer.id))
        self.choice.listen_asked.connect(self._listen)
        self.listen.clicked.connect(self._listen)
        self.show_playing(playing=False)

    def show_playing(self, *, playing: bool) -> None:
        self._playing = playing
        self.bars.set_moving(moving=playing)
        self.listen.setText(_("Stop") if playing else _("Listen"))
        self.listen.set_icon_name("stop" if playing else "voice")
        name = _("Stop {name}") if playing else _("Listen to {name}")
        self.listen.setAccessibleName(name.format(name=self.offer.name))

    def _listen(self) -> None:
        if self._playing:
            self.stop_asked.emit()
        else:
            self.listen_asked.emit(self.offer.id)

    def _open_menu(self) -> None:
        if self.more is not None:
            self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
