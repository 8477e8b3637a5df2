"""Keys that know how YAML is written: a new line begins where the text goes on, Tab goes a step in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextBlock, QTextCursor

from guide.pages.editor.document import units
from guide.pages.editor.syntax import DOUBLE, PLAIN, SINGLE, begin, mode, scan

if TYPE_CHECKING:
    from guide.pages.editor.text_pane import TextPane

STEP: Final = 2

_HEADER: Final = re.compile(r"[|>][-+0-9]{0,2}\s*(?:#.*)?$")
_ENDS_OPEN: Final = re.compile(r":\s*(?:#.*)?$")
_IS_KEY: Final = re.compile(r"[^\s\"'\[{#][^#]*?:(?:\s|$)|(?:\"[^\"]*\"|'[^']*'):(?:\s|$)")
_COMMENT: Final = re.compile(r"( *)# ?")


class LineKeys:
    """What is done to the lines of a pane at its cursor, each as one step of undo."""

    def __init__(self, pane: TextPane) -> None:
        self._pane = pane

    def new_line(self) -> None:
        cursor = self._pane.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        line, column = cursor.block().text(), self._pane.column(cursor)
        before, after = line[:column], line[column:]
        start = begin(before)
        if start.dashes and not before[start.content :] and not after.strip() and before.strip():
            self._end_list(cursor, start.dashes[-1])
        else:
            cursor.insertText("\n" + self._next_start(cursor.block(), before))
        cursor.endEditBlock()
        self._pane.setTextCursor(cursor)
        self._pane.ensureCursorVisible()

    @staticmethod
    def _end_list(cursor: QTextCursor, dash: int) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(" " * max(0, dash - STEP))

    def _next_start(self, block: QTextBlock, before: str) -> str:
        """What a line begins with after this one has been ended here."""
        state = self._pane.state_before(block)
        start = begin(before)
        said = before[start.content :]
        if mode(state) != PLAIN or not said or mode(scan(before, state)[1]) in {DOUBLE, SINGLE}:
            return " " * start.indent
        if _HEADER.search(said) or _ENDS_OPEN.search(said):
            return " " * (start.content + STEP)
        if start.dashes and not _IS_KEY.match(said) and not said.startswith("#"):
            return " " * start.dashes[-1] + "- "
        return " " * start.content

    def indent(self) -> None:
        cursor = self._pane.textCursor()
        if self._selects_lines(cursor):
            self._change_lines(lambda line: " " * STEP + line if line.strip() else line)
        else:
            cursor.insertText(" " * (STEP - self._pane.column(self._start_of(cursor)) % STEP))
            self._pane.setTextCursor(cursor)

    def outdent(self) -> None:
        self._change_lines(lambda line: line[min(STEP, len(line) - len(line.lstrip(" "))) :])

    def toggle_comments(self) -> None:
        lines = [block.text() for block in self._chosen_blocks() if block.text().strip()]
        if lines and all(line.lstrip(" ").startswith("#") for line in lines):
            self._change_lines(lambda line: _COMMENT.sub(r"\1", line, count=1))
        else:
            column = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
            self._change_lines(lambda line: f"{line[:column]}# {line[column:]}" if line.strip() or not lines else line)

    def back_to_step(self) -> bool:
        cursor = self._pane.textCursor()
        before = cursor.block().text()[: self._pane.column(cursor)]
        if cursor.hasSelection() or not before or before.strip(" "):
            return False
        spaces = (len(before) - 1) % STEP + 1
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, spaces)
        cursor.removeSelectedText()
        self._pane.setTextCursor(cursor)
        return True

    @staticmethod
    def _start_of(cursor: QTextCursor) -> QTextCursor:
        start = QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        return start

    def _selects_lines(self, cursor: QTextCursor) -> bool:
        document = self._pane.document()
        return document.findBlock(cursor.selectionStart()) != document.findBlock(cursor.selectionEnd())

    def _chosen_blocks(self) -> list[QTextBlock]:
        """The lines the selection touches; one it ends at the very beginning of is not meant."""
        cursor = self._pane.textCursor()
        block = self._pane.document().findBlock(cursor.selectionStart())
        end = cursor.selectionEnd()
        found = [block]
        while (block := block.next()).isValid() and block.position() < end:
            found.append(block)
        return found

    def _change_lines(self, change: Callable[[str], str]) -> None:
        """Change the chosen lines as one step of undo, each only where it differs."""
        cursor = QTextCursor(self._pane.document())
        cursor.beginEditBlock()
        for number in [block.blockNumber() for block in self._chosen_blocks()]:
            block = self._pane.document().findBlockByNumber(number)
            line = block.text()
            new = change(line)
            head = next((i for i, (one, other) in enumerate(zip(line, new, strict=False)) if one != other), None)
            head = min(len(line), len(new)) if head is None else head
            tail = 0
            while tail < min(len(line), len(new)) - head and line[-1 - tail] == new[-1 - tail]:
                tail += 1
            cursor.setPosition(block.position() + units(line, head))
            cursor.setPosition(block.position() + units(line, len(line) - tail), QTextCursor.MoveMode.KeepAnchor)
            if cursor.selectedText() != new[head : len(new) - tail]:
                cursor.insertText(new[head : len(new) - tail])
        cursor.endEditBlock()
