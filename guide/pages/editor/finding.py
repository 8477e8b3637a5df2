"""Words found in the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor

from guide.kit.focus import announce
from guide.kit.marks import Rule
from guide.language import _, grouped
from guide.pages.editor.find_bar import FindBar
from guide.pages.editor.offsets import Offsets
from guide.pages.editor.text_pane import TextPane


class TextFinder(QObject):
    """Joins the bar of words to the pane of text; `put` puts the cursor somewhere."""

    def __init__(
        self, pane: TextPane, *, bar: FindBar, rule: Rule, offsets: Offsets, put: Callable[[int], None]
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._document = pane.document()
        self._rule = rule
        self._offsets = offsets
        self._put = put
        self._found: tuple[int, str, list[int]] | None = None
        self.bar = bar
        bar.asked.connect(self.go)
        bar.changed.connect(self._find_as_typed)
        bar.left.connect(self.close)

    def open(self) -> None:
        chosen = self._pane.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.bar.field.setText(chosen)
        self.bar.show()
        self._rule.show()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()
        self._show_count()

    def close(self) -> None:
        self.bar.hide()
        self._rule.hide()
        self._pane.setFocus()

    def go(self, step: int) -> None:
        """Choose the next place (1), or the one before (-1), where the words stand; round at the ends."""
        wanted, places = self._places()
        if not places:
            self._show_count()
            return
        cursor = self._pane.textCursor()
        here = self._offsets.chars(cursor.selectionStart())
        index = bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
        self._choose(places[index % len(places)], len(wanted))

    def _find_as_typed(self) -> None:
        wanted, places = self._places()
        if places:
            here = self._offsets.chars(self._pane.textCursor().selectionStart())
            self._choose(places[bisect_left(places, here) % len(places)], len(wanted))
        else:
            self._show_count()

    def _places(self) -> tuple[str, list[int]]:
        """Where the words stand, capital letters or not; the text is looked through once for each change of either."""
        wanted = self.bar.field.text()
        revision = self._document.revision()
        if self._found is None or self._found[:2] != (revision, wanted):
            text = self._document.toRawText()
            words = re.compile(re.escape(wanted), re.IGNORECASE)
            self._found = revision, wanted, [found.start() for found in words.finditer(text)] if wanted else []
        return wanted, self._found[2]

    def _choose(self, start: int, length: int) -> None:
        self._put(self._offsets.units(start))
        cursor = self._pane.textCursor()
        cursor.setPosition(self._offsets.units(start + length), QTextCursor.MoveMode.KeepAnchor)
        self._pane.setTextCursor(cursor)
        self._show_count()

    def _show_count(self) -> None:
        wanted, places = self._places()
        here = self._offsets.chars(self._pane.textCursor().selectionStart())
        index = bisect_left(places, here)
        if not wanted:
            words = ""
        elif not places:
            words = _("Not in the text")
        elif index < len(places) and places[index] == here:
            words = _("{n} of {all}").format(n=grouped(index + 1), all=grouped(len(places)))
        else:
            words = _("{n} found").format(n=grouped(len(places)))
        self.bar.count.setText(words)
        if words:
            announce(self.bar, words)
