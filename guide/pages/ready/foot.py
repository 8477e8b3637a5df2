"""The foot of Get ready: Start, what it waits for, and the keys that press it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.core.check import SORE_NOTE
from guide.core.yes_no import answer_letters
from guide.kit.buttons import Button
from guide.kit.direction import margins
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.marks import KeyCap
from guide.kit.nesting import nest
from guide.kit.settling import Settling
from guide.language import _, screen
from guide.pages.ready.parts import SETTLES, Preparing
from guide.pages.ready.view import ReadyView

EDGE = 6  # room for Start's ring


class Foot(QWidget):
    """Start stays in sight, however much there is above it."""

    words_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._roomy = True
        self._listens = False
        self.start = Button(
            _("Start"), look=look, icon="play", role="primary", size="start", always_ring=True, parent=self
        )
        Settling(self.start, SETTLES)
        self.later = Button(_("In 20 s"), look=look, icon="clock", size="start", parent=self)
        self.later.setAccessibleName(_("Start in 20 seconds"))
        self.later.setToolTip(_("Start in 20 seconds, for hands that are at the flanges already (Shift and Space)"))
        self.preparing = Preparing(look=look, parent=self)
        self.preparing.hide()
        self.key_hint = QWidget(self)
        self.hint_words = Label("", look=look, role="small", tint="text2", parent=self.key_hint)
        self.key = KeyCap(_("Space"), look=look, parent=self.key_hint)
        self.words_button = Button(
            _("Your words"), look=look, icon="mic", role="quiet", size="small", parent=self.key_hint
        )
        self.words_button.clicked.connect(self.words_asked)
        keys = QHBoxLayout(self.key_hint)
        keys.setContentsMargins(margins(4, 0, 0, 0))
        keys.setSpacing(8)
        keys.addWidget(self.hint_words)
        keys.addWidget(self.key)
        keys.addStretch(1)
        keys.addWidget(self.words_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(8)
        presses = QHBoxLayout()
        presses.setSpacing(12)
        presses.addWidget(self.start, 1)
        presses.addWidget(self.later)
        nest(column, presses)
        column.addWidget(self.preparing)
        column.addWidget(self.key_hint)

    def show_view(self, view: ReadyView) -> None:
        self.start.setEnabled(not view.rests)
        self.later.setEnabled(not view.rests)
        note = _(SORE_NOTE) if view.rests else ""
        self.start.setToolTip(note)
        self.start.setAccessibleDescription(note)
        self._listens = view.listens
        self.words_button.setVisible(view.listens)
        if view.rests:  # there is nothing that a key could press
            self.tell("", key=False)
            return
        if view.asks:
            letters = answer_letters(screen())
            asks = _("First the question above: press {no} or {yes}").format(**letters._asdict()) if letters else ""
            self.tell(asks, key=False)
            return
        said = _("or say “{word}”, press the pedal, or").format(word=view.word)
        self.tell(said if view.word else _("or press the pedal, or"))

    def tell(self, words: str, *, key: bool = True) -> None:
        self.hint_words.setText(words)
        self.key.setVisible(key)

    def show_preparing(self, done: int, count: int, left: timedelta | None = None) -> None:
        """Put the progress of the voice in Start's place."""
        begins = self.preparing.isHidden()
        self.preparing.show_share(done / count if count else 0.0, left)
        self.preparing.setMinimumHeight(self.start.sizeHint().height())
        self.preparing.show()
        if begins:
            self.preparing.hurry.setFocus()
        self.start.hide()
        self.later.hide()
        self.key_hint.hide()
        if begins:
            announce(self.preparing, self.preparing.words.text())

    def show_ready(self) -> None:
        """Give Start its place back."""
        if not self.preparing.isHidden():
            self.start.show()
            self.later.show()
            self.start.setFocus()
            self.preparing.hide()
            self.fit(roomy=self._roomy)

    def fit(self, *, roomy: bool) -> None:
        self._roomy = roomy
        tall, letters = (92, 29) if roomy else (76, 24)
        height = min(self._look.px(tall), 110)
        self.start.set_size(height, self._look.sized(letters, 600))
        self.later.set_size(height, self._look.sized(letters * 0.62, 500))
        self.key_hint.setVisible(roomy and self.preparing.isHidden())
