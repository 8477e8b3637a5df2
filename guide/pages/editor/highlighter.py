"""The colours of a routine's text, in the theme of the moment."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from guide.compat import override
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.theme import KINDS
from guide.pages.editor.document import units
from guide.pages.editor.syntax import scan

_KINDS: Final = frozenset(KINDS)


class Highlighter(Guarded, QSyntaxHighlighter):
    """Colours keys, marks, lengths of time, quotes, comments and kinds of step; a line remembers how it ends."""

    def __init__(self, document: QTextDocument, *, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self._formats: dict[str, QTextCharFormat] = {}
        self._theme = look.theme
        self._mix()
        look.changed.connect(self._restyle)
        self.rehighlight()  # Qt would colour it after the first picture of it

    @override
    def highlightBlock(self, text: str) -> None:
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
            self.rehighlight()
