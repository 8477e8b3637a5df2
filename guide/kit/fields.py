"""Fields for text, of one line and of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from guide.compat import override
from guide.kit.dress import bare_fields, dress, fields
from guide.kit.focus import ENTER, FocusRing
from guide.kit.guard import Guarded
from guide.kit.look import SMALLEST_TARGET, Look

EDGE: Final = 32  # pixels that a field's frame and padding take
TIGHT: Final = 21  # that a field of several lines has above and beneath them at least: frame, padding and Qt's margin


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
        self.setMinimumHeight(_line_height(self._look))
        self._fit_hint()


class TextField(Guarded, QPlainTextEdit):
    """
    Lines to write in, as many as its words take, from `lines` to `most`; Tab goes on to the next control.

    `pasted` makes of what is pasted what the field holds.
    """

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        text: str = "",
        placeholder: str = "",
        lines: int = 2,
        most: int = 8,
        pasted: Callable[[str], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._lines, self._most = lines, most
        self._pasted = pasted
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ring = FocusRing(self, look=look, radius=12)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        dress(self, fields, look=look)
        look.changed.connect(self._restyle)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self._grow()

    @Slot()
    def _grow(self) -> None:
        self.setFixedHeight(self._height(max(self._lines, min(self._most, int(self.document().size().height())))))

    def _height(self, lines: int) -> int:
        return round(QFontMetricsF(self.font()).lineSpacing() * lines) + 28

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @override
    def insertFromMimeData(self, source: QMimeData, /) -> None:
        self.insertPlainText(self._pasted(source.text()))


class NoteField(TextField):
    """
    A paragraph in the place of a line, for what may be long: as high as a line until its words need more.

    Enter is told, as by a line, and breaks none.
    """

    returnPressed = Signal()  # noqa: N815  as a line names it

    def __init__(self, name: str, *, look: Look, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, look=look, text=text, lines=1, most=6, pasted=_in_one_line, parent=parent)

    @override
    def _height(self, lines: int) -> int:
        """One alone stands where it would in the field of a line."""
        line = ceil(QFontMetricsF(self.font()).lineSpacing())
        around = _line_height(self._look) - line
        within = max(0, around - TIGHT)
        self.setViewportMargins(-2, within // 2, -2, within - within // 2)
        return line * lines + around

    def text(self) -> str:
        """As it was given: Qt's plain text has a space for one that breaks no line."""
        return self.document().toRawText().replace("\u2029", "\n")

    def setText(self, text: str) -> None:  # noqa: N802  as a line names it
        self.setPlainText(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.returnPressed.emit()


def _line_height(look: Look) -> int:
    return max(SMALLEST_TARGET, look.px(46))


def _in_one_line(text: str) -> str:
    return " ".join(text.splitlines())
