"""One strip at the top of a page for failures of the world: each is told once, and none is red."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from guide.compat import override
from guide.kit.buttons import IconButton
from guide.kit.direction import margins, placed
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.language import _


class Banner(Guarded, QFrame):
    """
    Shows one message at a time; others wait their turn, and what was told before is not told again.

    Escape on it closes the message; `lead_back` gives the focus back to the page before the last one goes.
    """

    closed = Signal(str)

    def __init__(
        self, *, look: Look, lead_back: Callable[[], None] = lambda: None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._lead_back = lead_back
        self._waiting: deque[str] = deque()
        self._told: set[str] = set()
        self._now: dict[str, str] = {}  # what was told in another language, and how it is told in this one
        self.words = Label("", look=look, role="label", tint="text", wrap=True, parent=self)
        self.close_button = IconButton("x", _("Close this message"), look=look, icon_side=20, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(54, 4, 8, 4))
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # as high as its words
        self.close_button.clicked.connect(self.show_next)
        look.changed.connect(self.update)
        self.hide()

    @property
    def message(self) -> str:
        return self.words.text() if not self.isHidden() else ""

    def tell(self, message: str, *, anew: bool = False) -> None:
        """
        Show `message` now, or after the ones before it; once in the life of the window.

        With `anew` it is shown again once it was closed, and while it is there a screen reader says it again.
        """
        message = self._now.get(message, message)
        if anew and message == self.message:
            announce(self, message)
            return
        if message in self._told and (not anew or message in self._waiting):
            return
        self._told.add(message)
        if self.isHidden():
            self._show(message)
        else:
            self._waiting.append(message)

    def withdraw(self, message: str) -> None:
        """What was told is over: it goes, seen or not, and may be told anew; whatever language it was told in."""
        message = self._now.get(message, message)
        self._told.discard(message)
        if message == self.message:
            self.show_next()
        elif message in self._waiting:
            self._waiting.remove(message)

    def renew(self, retold: Callable[[str], str]) -> None:
        """Say all of it in the words of another language."""
        self.close_button.set_icon("x", _("Close this message"))
        again = {message: retold(message) for message in {*self._told, *self._now.values()}}
        self._now = {first: again.get(last, last) for first, last in self._now.items()} | again
        self._told = {again[message] for message in self._told}
        self._waiting = deque(again.get(message, message) for message in self._waiting)
        if message := self.message:
            self._put(again.get(message, message))

    def holds(self, message: str) -> bool:
        """Whether this is to be seen, now or in its turn."""
        message = self._now.get(message, message)
        return message == self.message or message in self._waiting

    def show_next(self) -> None:
        """Close the message on show and go on to the next, if there is one."""
        before = self.message
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            if self.close_button.hasFocus():
                self._lead_back()
            self.hide()
        if before:
            self.closed.emit(before)

    def _put(self, message: str) -> None:
        self.words.setText(message)
        self.setAccessibleName(message)

    def _show(self, message: str) -> None:
        self._put(message)
        self.show()
        announce(self, message)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_next()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 14, theme.accent_soft, edge=theme.line)
            place = placed(self, QRectF(18, (self.height() - 24) / 2, 24, 24))
            paint_icon(painter, "info", place, theme.accent_text)
