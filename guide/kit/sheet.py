"""A sheet: a dialog that holds more than a question, and scrolls where the window is small."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.kit.cards import ScrollArea
from guide.kit.dialog import AROUND, SIZES, Choice, Dialog
from guide.kit.look import Look
from guide.kit.room import make_room

WIDEST = 720
BESIDE = 20  # at the least between the card and the window's edge
LEAST = 120
LOW = 440  # in a window lower than this what the sheet holds has the room that its title and its edges can spare
EDGES = 2 * AROUND


class _Tall(ScrollArea):
    """As high as what it holds would like to be at its width, and no higher than it is given."""

    def __init__(self, content: QWidget, *, look: Look) -> None:
        super().__init__(content, look=look)
        self._content = content

    @override
    def sizeHint(self) -> QSize:
        content = self._content
        width = max(self.width(), content.minimumSizeHint().width())
        layout = content.layout()
        high = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        return QSize(width, high if high >= 0 else content.sizeHint().height())


class Sheet(Dialog):
    """
    `content` between a title and one button that closes; Escape and the button do the same.

    `accept` is the value and the words of a second one, which does what the sheet is about.
    """

    def __init__(
        self,
        host: QWidget,
        *,
        look: Look,
        title: str,
        text: str,
        close: str,
        content: QWidget,
        accept: tuple[object, str] | None = None,
    ) -> None:
        self._area = _Tall(content, look=look)
        self._area.setFixedHeight(0)
        choices = [Choice("close", close), *([Choice(*accept)] if accept else [])]
        super().__init__(host, look=look, title=title, text=text, choices=choices, content=self._area)
        if accept:
            self.buttons[0].set_role("standard")
            self.buttons[1].set_role("primary")

    def set_close_words(self, words: str) -> None:
        self.buttons[0].setText(words)

    def fit(self) -> None:
        """Take in that what it holds has grown or shrunk."""
        self._place()

    def reveal(self, first: QWidget, last: QWidget) -> None:
        """Scroll down to what has just come, `last`, but never past `first`; its place is known once it is laid out."""
        self._place()
        QTimer.singleShot(0, self._area, lambda: self._scroll_to(first, last))

    def _scroll_to(self, first: QWidget, last: QWidget) -> None:
        content, bar = self._area.widget(), self._area.verticalScrollBar()
        if content is not None:
            bottom = last.mapTo(content, QPoint(0, last.height())).y() - self._area.viewport().height()
            bar.setValue(max(bar.value(), min(bottom, first.mapTo(content, QPoint()).y())))

    def _too_narrow(self) -> int:
        """How much wider than the area that holds it the content is, with its words as narrow as they get."""
        content = self._area.widget()
        return 0 if content is None else max(0, content.minimumSizeHint().width() - self._area.viewport().width())

    @override
    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        across = self._host.width() - 2 * BESIDE
        width = min(WIDEST, across)
        self._area.setFixedWidth(width - EDGES)
        width = min(width + self._too_narrow(), across)
        self._area.setFixedWidth(width - EDGES)
        most = self.height() - 2 * BESIDE
        low = most < self._look.px(LOW)
        self._stand_apart(SIZES[1] if low else SIZES[0])
        for label in self._head:
            label.shrink(SIZES[2] if low else SIZES[0])
        self._stand_or_lie(width)
        make_room(self.card, width, scale=self._look.scale)
        high = self._area.minimumHeight()  # not made 0 to measure: its bar would show, and cover what it holds
        around = self._column.totalHeightForWidth(width) - high
        self._area.setFixedHeight(max(min(self._area.sizeHint().height(), most - around), LEAST))
        height = min(self._column.totalHeightForWidth(width), most)
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self.update()
