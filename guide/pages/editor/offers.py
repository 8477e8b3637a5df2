"""The words that fit where one writes: offered, narrowed as one types, and written when taken."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from guide.kit.look import Look
from guide.pages.editor.completion import Completion, Offers, offers_at
from guide.pages.editor.document import units
from guide.pages.editor.offer_list import OfferList
from guide.pages.editor.text_pane import TextPane

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"


class OffersAtCursor(QObject):
    """Shows in a list of its view what `completion` offers at the cursor of its pane."""

    def __init__(self, pane: TextPane, *, look: Look, view: QWidget) -> None:
        super().__init__(view)
        self._pane = pane
        self._document = pane.document()
        self._view = view
        self._offers: tuple[int, Offers] | None = None
        self._looked_for: tuple[int, int] | None = None
        self.offer_list = OfferList(view, look=look)
        self.offer_list.taken.connect(self._write)
        pane.typed.connect(self.take_typed)

    @property
    def are_shown(self) -> bool:
        return self._offers is not None

    def follow_cursor(self) -> None:
        self.forget_left_word()
        if self._offers is not None:
            self.offer_again()

    def complete(self) -> None:
        """Offer what fits at the cursor."""
        self._offer(asked=True)

    def take_typed(self, typed: str) -> None:
        if self._offers is not None:
            self.offer_again()
        elif typed and (typed.isalnum() or typed == " "):
            self._offer(asked=False)

    def _offer(self, *, asked: bool) -> None:
        self.close()
        cursor = self._pane.textCursor()
        block = cursor.block()
        number, column = block.blockNumber(), self._pane.column(cursor)
        word = number, len(block.text()[:column].rstrip(_LETTERS))
        if not asked and word == self._looked_for:
            return
        self._looked_for = word
        lines = self._document.toRawText().split("\u2029")
        offers = offers_at(lines, number, column, self._pane.state_before(block))
        if offers is None or (not asked and offers.are_keys and not offers.typed):
            return
        self._offers = number, offers
        self.offer_again(asked=asked)

    def forget_left_word(self) -> None:
        cursor = self._pane.textCursor()
        if self._looked_for is not None:
            number, column = self._looked_for
            if cursor.blockNumber() != number or self._pane.column(cursor) <= column:
                self._looked_for = None

    def offer_again(self, *, asked: bool = False) -> None:
        """Narrow what is offered down to what is typed by now."""
        if self._offers is None:
            return
        number, offers = self._offers
        cursor = self._pane.textCursor()
        line = cursor.block().text()
        typed = line[offers.column : self._pane.column(cursor)]
        now = Offers(offers.column, typed, offers.items, offers.are_keys)
        found = now.matching()
        whole = not offers.are_keys and not asked and [offer.word for offer in found] == [typed]
        begun = cursor.blockNumber() == number and self._pane.column(cursor) >= offers.column
        gone = offers.are_keys and not asked and not typed
        if not begun or not found or whole or gone or typed.endswith("  ") or cursor.hasSelection():
            self.close()
            return
        start = QTextCursor(cursor.block())
        start.setPosition(cursor.block().position() + units(line, offers.column))
        rect = self._pane.cursorRect(start)
        corner = self._pane.viewport().mapTo(self._view, rect.topLeft())
        self.offer_list.offer(found, QRect(corner, rect.size()))

    def close(self) -> None:
        self._offers = None
        self.offer_list.hide()

    def _write(self, offer: Completion) -> None:
        if self._offers is None:
            return
        column = self._offers[1].column
        self.close()
        cursor = self._pane.textCursor()
        block = cursor.block()
        cursor.setPosition(block.position() + units(block.text(), column), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.text)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, offer.back)
        self._pane.setTextCursor(cursor)
        self._pane.setFocus()
        if offer.text != offer.word:
            self._offer(asked=False)

    def take_key(self, pressed: Qt.KeyboardModifier, key: Qt.Key) -> bool:
        """Take a key that is the list's while it is shown."""
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if pressed != Qt.KeyboardModifier.NoModifier:
            return False
        match key:
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.offer_list.step(-1 if key == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.offer_list.page(-1 if key == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self.offer_list.take()
            case _:
                return False
        return True
