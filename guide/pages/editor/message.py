"""A sentence over the panes of the editor, or over the fields of a form, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.direction import margins, placed
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.kit.steady import held_in_place
from guide.language import _

WORDS: Final = 340  # wide at text of 100 %: what the words have, with the glyph before them and the cross after them
Subject = Literal["", "trouble", "built in"]


class Message(Guarded, QFrame):
    """The sentence and the ways on."""

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.words = Label("", look=look, role="label", wrap=True, parent=self)
        self.buttons: list[Button] = []
        self._about: Subject = ""
        self._ways = FlowRow(parent=self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self._ways, 0)
        self.close_button = IconButton("x", _("Close this message"), look=look, icon_side=18, parent=self)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(margins(52, 6, 8, 6))
        whole.setSpacing(8)
        nest(whole, self._row, 1)
        whole.addWidget(self.close_button)
        self.close_button.clicked.connect(self.hide)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # as high as its words
        self.hide()

    @property
    def told(self) -> str:
        return "" if self.isHidden() else self.words.text()

    def tell(
        self,
        words: str,
        *ways: tuple[str, Callable[[], None]],
        about: Subject = "",
        closable: bool = True,
        stays: bool = False,
    ) -> None:
        """Show a sentence in place of the one before; a way pressed closes it, unless it `stays` until settled."""
        self._about = about
        self.close_button.setVisible(closable and not stays)
        self._ways.clear()
        self._ways.setVisible(bool(ways))
        self.buttons = []
        for label, call in ways:
            button = Button(label, look=self._look, role="inset", size="small", parent=self)
            if not stays:
                button.clicked.connect(self.hide)
            button.clicked.connect(call)
            self._ways.add(button)
            self.buttons.append(button)
        self.words.setText(words)
        self._arrange()
        self.setAccessibleName(words)
        with held_in_place():
            self.show()
        self.say()

    def say(self) -> None:
        """Have a screen reader say what it tells."""
        announce(self, self.told)

    def settle(self, about: Subject) -> None:
        """Take the sentence away where it is about this."""
        if self._about == about:
            self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The ways stand beneath the words where these would have a column of a few letters beside them."""
        row = QBoxLayout.Direction
        beside = self.width() - self._ways.sizeHint().width() >= self._look.px(WORDS)
        self._row.setDirection(row.LeftToRight if beside else row.TopToBottom)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 14, theme.accent_soft, edge=theme.line)
            place = placed(self, QRectF(18, (self.height() - 22) / 2, 22, 22))
            paint_icon(painter, "info", place, theme.accent_text)
