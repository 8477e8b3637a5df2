"""Rows of a page of choices: words at the left, a control at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.nesting import nest
from guide.kit.painting import painting
from guide.kit.room import let_go
from guide.kit.theme import Tint


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and away from the page."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            let_go(widget)


class Glyph(Guarded, QWidget):
    """An icon beside words that say the same."""

    spoken_as = "Graphic"

    def __init__(
        self, name: str, *, look: Look, side: int = 24, tint: Tint = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._look = look
        self._side = side
        self._tint: Tint = tint
        look.changed.connect(self._fit)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_icon(painter, self._name, QRectF(self.rect()), self._look.theme.tint(self._tint))

    def _fit(self) -> None:
        side = self._look.px(self._side)
        self.setFixedSize(side, side)
        self.update()


class Row(Guarded, QWidget):
    """
    Words, a line of explanation where one is needed, and controls.

    A press on the words of a row with a switch is a press on the switch.
    """

    def __init__(
        self,
        words: str,
        *controls: QWidget,
        look: Look,
        hint: str = "",
        icon: str | None = None,
        height: int = 56,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._switch = next((one for one in controls if isinstance(one, Pressable) and one.isCheckable()), None)
        row = QHBoxLayout(self)
        edge = 9 if hint else 4 if height > SMALLEST_TARGET else 0
        row.setContentsMargins(0, edge, 0, edge)
        row.setSpacing(14)
        if icon is not None:
            row.addWidget(Glyph(icon, look=look, parent=self))
        column = QVBoxLayout()
        column.setSpacing(0)
        self.words = Label(words, look=look, wrap=True, parent=self)
        self.hint = Label(hint, look=look, role="small", tint="text2", wrap=True, parent=self)
        self.hint.setVisible(bool(hint))
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addStretch(1)
        nest(row, column, 1)
        for control in controls:
            control.setParent(self)
            row.addWidget(control)
            if hint:
                control.setAccessibleDescription(hint)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if self._switch is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self._fit)
        self._fit()

    def set_hint(self, hint: str) -> None:
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        meant = event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint())
        if self._switch is not None and self._switch.isEnabled() and meant:
            self._switch.click()
        else:
            super().mouseReleaseEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._switch is None:
            super().mousePressEvent(event)

    def _fit(self) -> None:
        self.setMinimumHeight(max(SMALLEST_TARGET, self._look.px(self._height)))
