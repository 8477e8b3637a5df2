"""Fields for text, of one line and of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import (
    QFontMetricsF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from guide.compat import override
from guide.kit.dress import bare_fields, dress, fields
from guide.kit.focus import FocusRing
from guide.kit.guard import Guarded
from guide.kit.look import SMALLEST_TARGET, Look

EDGE: Final = 32  # pixels that a field's frame and padding take


def fewer_words(hint: str, fits: Callable[[str], bool]) -> str:
    """
    As much of a hint as fits, cut at a comma or else at a word.

    >>> fewer_words("Slept beside the baby, warm cloth first…", lambda text: len(text) < 25)
    'Slept beside the baby…'
    >>> fewer_words("Search names", lambda text: len(text) < 10), fewer_words("Search", lambda text: len(text) < 2)
    ('Search…', 'Search')
    """
    return hint if fits(hint) else next((one for one in _shorter(hint) if fits(one)), hint)


def _shorter(hint: str) -> Iterator[str]:
    whole = hint.removesuffix("…")
    for between in (", ", " "):
        rest = whole
        while between in rest:
            rest = rest.rpartition(between)[0]
            yield f"{rest.rstrip(',')}…"


class Field(Guarded, QLineEdit):
    """A line to write in, `bare` in what paints its frame; where its hint has no room, it ends at a word."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        text: str = "",
        placeholder: str = "",
        always_ring: bool = False,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setCursorPosition(0)
        self._look = look
        self._hint = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.ring = FocusRing(self, look=look, radius=12, always=always_ring)
        dress(self, bare_fields if bare else fields, look=look)
        look.changed.connect(self._restyle)
        self._restyle()

    @override
    def setText(self, text: str | None, /) -> None:
        """Show a text from its beginning, where it is longer than the field."""
        super().setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    @override
    def setPlaceholderText(self, text: str | None, /) -> None:
        self._hint = text or ""
        self._fit_hint()

    @override
    def placeholderText(self) -> str:
        """The whole hint."""
        return self._hint

    def _fit_hint(self) -> None:
        room, metrics = self.width() - EDGE, QFontMetricsF(self.font())
        super().setPlaceholderText(fewer_words(self._hint, lambda text: metrics.horizontalAdvance(text) <= room))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(max(SMALLEST_TARGET, self._look.px(46)))
        self._fit_hint()


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
        dress(self, fields, look=look)
        look.changed.connect(self._restyle)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(round(QFontMetricsF(self.font()).lineSpacing() * self._lines) + 28)
