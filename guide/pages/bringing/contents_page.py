"""What an archive holds, line by line, to be looked at before it is brought back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from guide.core.shown import one_line
from guide.kit.direction import margins
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.language import grouped, ngettext
from guide.store.bringing.archive_words import made_words, rows_of
from guide.store.bringing.words import previewed
from guide.store.contents import ArchiveContents

MOST_TOLD = 8
LONGEST = 80


class ContentsPage(QWidget):
    """The contents of the sheet; it reads no file."""

    def __init__(self, name: str, contents: ArchiveContents, now: datetime, *, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(0, 4, 8, 8))
        column.setSpacing(6)
        column.addWidget(Label(one_line(name, LONGEST), look=look, role="h3", wrap=True, parent=self))
        column.addWidget(Label(made_words(contents, now), look=look, tint="text2", wrap=True, parent=self))
        column.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for line, (title, words) in enumerate(rows_of(contents)):
            grid.addWidget(Label(title, look=look, weight=600, parent=self), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(words, look=look, wrap=True, parent=self), line, 1)
        nest(column, grid)
        sentences, more = previewed(contents.told, MOST_TOLD)
        for sentence in sentences:
            column.addWidget(Label(sentence, look=look, role="small", tint="text2", wrap=True, parent=self))
        if more:
            words = ngettext("And {n} more line", "And {n} more lines", more).format(n=grouped(more))
            column.addWidget(Label(words, look=look, role="small", tint="text2", parent=self))

    def words(self) -> list[str]:
        """All that is told, in its order."""
        return [label.text() for label in self.findChildren(Label)]
