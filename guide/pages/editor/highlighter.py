"""The colours of a routine's text, in the theme of the moment."""

from __future__ import annotations

from time import monotonic
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.theme import KINDS
from guide.pages.editor.document import units
from guide.pages.editor.syntax import scan

_KINDS: Final = frozenset(KINDS)
AT_ONCE: Final = 60  # lines in one turn of the window
A_TURN: Final = 0.006  # seconds after which the rest of them wait as well: a line that wraps takes half a millisecond


class Highlighter(Guarded, QSyntaxHighlighter):
    """
    Colours keys, marks, lengths of time, quotes, comments and kinds of step; a line remembers how it ends.

    A quotation mark that opens may change the colours of every line beneath it: so many are coloured at once, the
    others when the window has had its turn. While nobody sees the text, nothing is coloured: it is asleep at first.
    """

    def __init__(self, document: QTextDocument, *, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self._formats: dict[str, QTextCharFormat] = {}
        self._theme = look.theme
        self._awake = False
        self._left = AT_ONCE
        self._until = 0.0
        self._waiting: list[QTextCursor] = []  # the first and the last line of those that wait
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)
        self._mix()
        look.changed.connect(self._restyle)
        self.rehighlight()  # Qt would do so after the first picture of it

    def wake(self) -> None:
        """The text is seen: colour what has waited for that."""
        self._awake = True
        self._go_on()

    def sleep(self) -> None:
        self._awake = False

    @override
    def highlightBlock(self, text: str) -> None:
        if not self._awake:
            self._wait()
            return
        if not self._turn.isActive():
            self._begin()
            self._turn.start(0)
        if self._left <= 0 or (self._left < AT_ONCE and monotonic() > self._until):  # one at least is coloured
            self._wait()
            return
        self._left -= 1
        spans, state = scan(text, self.previousBlockState(), _KINDS)
        formats = self._formats
        if text.isascii():
            for span in spans:
                self.setFormat(span.start, span.end - span.start, formats[span.what])
        else:
            for span in spans:
                start = units(text, span.start)
                self.setFormat(start, units(text, span.end) - start, formats[span.what])
        self.setCurrentBlockState(state)

    def _begin(self) -> None:
        self._left, self._until = AT_ONCE, monotonic() + A_TURN

    def _wait(self) -> None:
        """Leave this line for the next turn: its state stays, so that Qt asks for no more of them."""
        at = self.currentBlock().position()
        if not self._waiting:
            self._waiting = [QTextCursor(self.currentBlock()), QTextCursor(self.currentBlock())]
        elif at < self._waiting[0].position():
            self._waiting[0].setPosition(at)
        elif at > self._waiting[1].position():
            self._waiting[1].setPosition(at)

    def _go_on(self) -> None:
        self._begin()
        if not self._waiting or not self._awake:
            return
        (first, last), self._waiting = self._waiting, []
        block = first.block()
        while block.isValid() and block.position() <= last.position():
            self.rehighlightBlock(block)
            if self._waiting:
                self._waiting[1] = max(last, self._waiting[1])
                return
            block = block.next()

    def _mix(self) -> None:
        theme = self._theme = self._look.theme
        colours = {
            "key": theme.accent_text,
            "mark": theme.text3,
            "number": theme.ink("pump"),
            "quoted": theme.ink("prepare"),
            "comment": theme.text3,
            **{kind: theme.ink(kind) for kind in KINDS},
        }
        for what, colour in colours.items():
            form = QTextCharFormat()
            form.setForeground(colour)
            self._formats[what] = form

    def _restyle(self) -> None:
        if self._look.theme is not self._theme:
            self._mix()
            self._begin()
            self.rehighlight()
