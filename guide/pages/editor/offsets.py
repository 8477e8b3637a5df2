"""Places of a text as people count them, by characters, and as Qt does, by UTF-16 units."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

_BASIC: Final = "\uffff"


class Offsets(QObject):
    """Remembers where a document's characters beyond U+FFFF are; of a change it looks at what is new, no more."""

    def __init__(self, document: QTextDocument, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._wide = _wide(document.toRawText(), 0)
        document.contentsChange.connect(self._note_change)

    def chars(self, units: int) -> int:
        return units - bisect_left(self._wide, units)

    def units(self, chars: int) -> int:
        return chars + bisect_left(range(len(self._wide)), chars, key=lambda i: self._wide[i] - i)

    def _note_change(self, at: int, removed: int, added: int) -> None:
        if not at and added >= self._document.characterCount() - 1:  # so a new layout says that all is new
            self._wide = _wide(self._document.toRawText(), 0)
            return
        first, last = bisect_left(self._wide, at), bisect_left(self._wide, at + removed)
        moved = [place + added - removed for place in self._wide[last:]]
        self._wide[first:] = [*_wide(self._between(at, at + added), at), *moved]

    def _between(self, start: int, end: int) -> str:
        most = self._document.characterCount() - 1
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(start, most))
        cursor.setPosition(min(end, most), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()


def _wide(text: str, start: int) -> list[int]:
    if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return []
    wide = [index for index, char in enumerate(text) if char > _BASIC]
    return [start + index + before for before, index in enumerate(wide)]


def chars_before(text: str, units: int) -> int:
    """
    Count the characters in the first units of a line.

    >>> chars_before("a😀b", 3), chars_before("abc", 2)
    (2, 2)
    """
    if text.isascii():
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace"))
