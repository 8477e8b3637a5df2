"""Fields for text, of one line and of several."""

from __future__ import annotations

from PySide6.QtGui import (
    QFontMetricsF,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from guide.compat import override
from guide.kit.focus import FocusRing
from guide.kit.guard import Guarded
from guide.kit.look import SMALLEST_TARGET, Look


class Field(QLineEdit):
    """A line to write in."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        text: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setCursorPosition(0)
        self._look = look
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.ring = FocusRing(self, look=look, radius=12)
        look.changed.connect(self._restyle)
        self._restyle()

    @override
    def setText(self, text: str | None, /) -> None:
        """Show a text from its beginning, where it is longer than the field."""
        super().setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(max(SMALLEST_TARGET, self._look.px(46)))


class TextField(Guarded, QPlainTextEdit):
    """Several lines to write in; Tab goes on to the next control."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        text: str = "",
        placeholder: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.ring = FocusRing(self, look=look, radius=12)
        look.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(round(QFontMetricsF(self.font()).lineSpacing() * self._lines) + 28)
