"""One strip at the top of a page for failures of the world: each is told once, and none is red."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from guide.compat import override
from guide.kit.buttons import IconButton
from guide.kit.direction import margins, placed
from guide.kit.focus import announce, keeps_focus
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.language import _

LOW: Final = 420  # pixels of a window, for text of the usual size: a page needs them more than a message does
LEAST_SIDE: Final = 28
BEGINNING: Final = re.compile(r".{11,}?\w\w(?=[.:;] )")


def beginning(message: str) -> str:
    """
    What a message says first, without the rest.

    >>> beginning("No sound can be heard: there is no speaker ready. The words go on.")
    'No sound can be heard'
    >>> beginning("z. B. das. Oder auch nicht"), beginning("Not saved.")
    ('z. B. das. Oder auch nicht', 'Not saved.')
    """
    found = BEGINNING.match(message)
    return found[0] if found else message


class Banner(Guarded, QFrame):
    """
    Shows one message at a time; others wait their turn, it says how many, and what was told before is not told again.

    What she has just asked for is the exception: its failure is told each time, before all that is on show or waits.

    Escape on it closes the message; `lead_back` gives the focus back to the page before the last one goes. In a low
    window it says how a long message begins, and the rest when it is asked for.
    """

    closed = Signal(str)
    shifted = Signal()  # the page beneath goes down or up

    def __init__(
        self, *, look: Look, lead_back: Callable[[], None] = lambda: None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._lead_back = lead_back
        self._message = ""
        self._whole = False  # the rest was asked for
        self._waiting: deque[str] = deque()
        self._losing: set[str] = set()  # messages of what may be lost: the first of those that wait
        self._told: set[str] = set()
        self._now: dict[str, str] = {}  # what was told in another language, and how it is told in this one
        self.words = Label("", look=look, role="label", tint="text", wrap=True, parent=self)
        self.count = Label("", look=look, role="small", tint="text2", parent=self)
        self.count.hide()
        self.rest_button = IconButton("down", _("The whole message"), look=look, icon_side=20, parent=self)
        self.rest_button.clicked.connect(self._unfold)
        self.close_button = IconButton("x", _("Close this message"), look=look, icon_side=20, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(54, 4, 8, 4))
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        row.addWidget(self.rest_button)
        row.addWidget(self.close_button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # as high as its words
        self.close_button.clicked.connect(self.show_next)
        look.changed.connect(self._fit)
        if parent is not None:
            parent.installEventFilter(self)
        self.hide()

    @property
    def message(self) -> str:
        return self._message if not self.isHidden() else ""

    def tell(self, message: str) -> None:
        """Show `message` now, or after the ones before it; once in the life of the window."""
        message = self._now.get(message, message)
        if message in self._told:
            return
        self._told.add(message)
        if self.isHidden():
            self._show(message)
        else:
            self._waiting.append(message)
            self._fit()
            announce(self, self.count.text())

    def tell_first(self, message: str) -> None:
        """As `tell`, before all that is or waits to be seen: what she did may be lost."""
        message = self._now.get(message, message)
        if message in self._told:
            return
        self._losing.add(message)
        self._told.add(message)
        self._make_way()
        self._show(message)

    def tell_asked(self, *messages: str) -> None:
        """
        What came of something she has just asked for: at once, in this order, before all that is or waits to be seen.

        It is shown again once it was closed, and while it is there a screen reader says it again.
        """
        asked = list(dict.fromkeys(self._now.get(message, message) for message in messages))
        if not asked:
            return
        self._told.update(asked)
        if self.message not in asked:
            self._make_way()
        self._waiting = deque([*asked[1:], *(one for one in self._waiting if one not in asked)])
        self._show(asked[0])

    def _make_way(self) -> None:
        """Have the message on show wait, after those that tell what may be lost unless it does so too."""
        if message := self.message:
            losing = 0 if message in self._losing else sum(one in self._losing for one in self._waiting)
            self._waiting.insert(losing, message)

    def withdraw(self, message: str) -> None:
        """What was told is over: it goes, seen or not, and may be told anew; whatever language it was told in."""
        message = self._now.get(message, message)
        self._told.discard(message)
        self._losing.discard(message)
        if message == self.message:
            self.show_next()
        elif message in self._waiting:
            self._waiting.remove(message)
            self._fit()

    def renew(self, retold: Callable[[str], str]) -> None:
        """Say all of it in the words of another language."""
        self.close_button.set_icon("x", _("Close this message"))
        self.rest_button.set_icon("down", _("The whole message"))
        again = {message: retold(message) for message in {*self._told, *self._now.values()}}
        self._now = {first: again.get(last, last) for first, last in self._now.items()} | again
        self._told = {again[message] for message in self._told}
        self._losing = {again[message] for message in self._losing}
        self._waiting = deque(again.get(message, message) for message in self._waiting)
        if message := self.message:
            self._put(again.get(message, message))

    @property
    def tells_of_loss(self) -> bool:
        """Whether a message of what may be lost is on show or waits."""
        return not self._losing.isdisjoint((self.message, *self._waiting))

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
            if keeps_focus(self.close_button) or keeps_focus(self.rest_button):
                self._lead_back()
            self.hide()
            self.shifted.emit()
        if before:
            self.closed.emit(before)

    def _put(self, message: str) -> None:
        self._message = message
        self.setAccessibleName(message)
        self._fit()

    def _unfold(self) -> None:
        self._whole = True
        if keeps_focus(self.rest_button):
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _fit(self) -> None:
        """One line where a page would have too little room beneath the whole message."""
        page, message = self.parentWidget(), self._message
        low = page is not None and page.height() / self._look.scale < LOW
        for button in (self.rest_button, self.close_button):
            button.set_side(LEAST_SIDE if low else SMALLEST_TARGET, 20)
        waiting = len(self._waiting)
        counted = _("{number} of {count}").format(number=1, count=1 + waiting) if waiting else ""
        self.count.setText(counted)
        self.count.setVisible(bool(counted))
        self.setAccessibleDescription(counted)
        beside = self.count.sizeHint().width() if counted else 0
        natural = QFontMetricsF(self._look.font("label")).horizontalAdvance(message)
        folded = (
            low and not self._whole and page is not None and natural > page.width() - beside - 2 * self._look.px(60)
        )
        shown = beginning(message) if folded else message
        self.words.setText(shown)
        self.words.setAccessibleName("" if shown == message else message)
        self.rest_button.setVisible(shown != message)
        self.update()

    def _show(self, message: str) -> None:
        self._whole = False
        self._put(message)
        self.show()
        self.shifted.emit()
        announce(self, f"{message} {self.count.text()}" if self._waiting else message)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._message:
            self._fit()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():  # more or fewer lines: others wait, or do not any more
            self.shifted.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.rest_button.isHidden():
            self._unfold()

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
