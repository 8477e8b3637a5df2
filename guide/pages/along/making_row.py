"""The part of the sheet that makes the sound file: one button, and how far it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.direction import margins
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.kit.rows import Glyph
from guide.kit.share_bar import ShareBar
from guide.language import _
from guide.pages.along.view import Failed, Idle, Made, Making, State, Stopped, Stopping

QUARTERS: Final = (25, 50, 75, 100)  # per cent that are told aloud


class MakingRow(Guarded, QWidget):
    """
    The one button of the sound file: Make, then how far it is and Stop, then the file and Show in folder.

    Before it is made, another button names another folder for it.
    """

    make_asked = Signal()
    stop_asked = Signal()
    show_asked = Signal()
    folder_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state: State = Idle()
        self._told = 0
        self._folder = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(20, 8, 12, 8))
        row.setSpacing(12)
        self.tick = Glyph("check", look=look, tint="accent", parent=self)
        row.addWidget(self.tick)
        column = QVBoxLayout()
        column.setSpacing(2)
        self.words = Label("", look=look, wrap=True, parent=self)
        self.place = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.bar = ShareBar(look=look, parent=self)
        self.bar.setAccessibleName(_("How far the sound file is"))
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.place)
        column.addWidget(self.bar)
        column.addStretch(1)
        nest(row, column, 1)
        self.other = Button(_("Other folder…"), look=look, role="quiet", size="small", parent=self)
        self.other.clicked.connect(self.folder_asked)
        row.addWidget(self.other)
        self.button = Button("", look=look, role="inset", size="small", parent=self)
        self.button.clicked.connect(self._press)
        row.addWidget(self.button)
        look.changed.connect(self.update)
        self.show_state(Idle())

    def show_folder(self, words: str) -> None:
        """Say where the file will go, in the words of its last folders."""
        self._folder = words
        self.show_state(self._state)

    def show_state(self, state: State) -> None:
        before, self._state = self._state, state
        place = ""
        match state:
            case Idle():
                self.words.setText(_("It goes to {folder}").format(folder=self._folder))
                self.button.setText(_("Make"))
            case Making(_done, _of, sounds_ready=False):
                self.words.setText(_("Making the voice ready: {done} of {of}").format(done=state.done, of=state.of))
                self.button.setText(_("Stop"))
            case Making():
                self.words.setText(_("Making it: step {done} of {of}").format(done=state.done, of=state.of))
                self.button.setText(_("Stop"))
            case Stopping():
                self.words.setText(_("Stopping…"))
                self.button.setText(_("Stop"))
            case Stopped():
                self.words.setText(_("Stopped. Nothing of it is kept."))
                self.button.setText(_("Make"))
            case Made(name, folder):
                self.words.setText(name)
                place = _("In {folder}").format(folder=folder)
                self.button.setText(_("Show in folder"))
            case Failed(sentence):
                self.words.setText(sentence)
                self.button.setText(_("Try again"))
        going = isinstance(state, Making)
        self.bar.setVisible(going)
        self.tick.setVisible(isinstance(state, Made))
        self.button.set_icon_name("folder" if isinstance(state, Made) else None)
        self.other.setVisible(isinstance(state, Idle | Stopped | Failed))
        self.words.set_role("body", weight=600 if isinstance(state, Made) else None)
        self.place.setText(place)
        self.place.setVisible(bool(place))
        self._tell(before, state)
        self.update()

    def _tell(self, before: State, state: State) -> None:
        match state:
            case Making(done, of, sounds_ready):
                share = done / of if of else 0.0
                self.bar.set_share(share)
                percent = round(share * 100)
                reached = max((quarter for quarter in QUARTERS if quarter <= percent), default=0)
                if sounds_ready and reached > self._told:
                    self._told = reached
                    announce(self, _("{percent} percent").format(percent=reached))
            case Made() | Failed() | Stopping() | Stopped() if before != state:
                self._told = 0
                announce(self, " ".join(filter(None, (self.words.text(), self.place.text()))))
            case _:
                self._told = 0

    def _press(self) -> None:
        match self._state:
            case Idle() | Stopped() | Failed():
                self.make_asked.emit()
            case Making():
                self.stop_asked.emit()
            case Made():
                self.show_asked.emit()
            case Stopping():
                pass

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 16, self._look.theme.sunk)
