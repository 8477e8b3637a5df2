"""The prompts of a routine as a list: which are kept, which one is at hand, how long they last so far."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.kit.cards import Card, ScrollArea
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.rows import clear
from guide.language import _
from guide.pages.voices.studio_parts import LineRow
from guide.pages.voices.studio_view import StudioStage, StudioView, clock
from guide.sound.script import ScriptLine


class ScriptCard(Card):
    """`chosen` carries the number of the prompt that was pressed."""

    chosen = Signal(int)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        self.rows: list[LineRow] = []
        self._lines: tuple[ScriptLine, ...] = ()
        self.setAccessibleName(_("The prompts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 18, 14, 14)
        self.progress = Label("", look=look, role="label", parent=self)
        self.lasts = Label("", look=look, role="small", tint="text2", parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 6)
        head.addWidget(self.progress)
        head.addStretch(1)
        head.addWidget(self.lasts)
        nest(column, head)
        content = QWidget(self)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.area = ScrollArea(content, look=look, parent=self)
        column.addWidget(self.area, 1)

    def show_view(self, view: StudioView) -> None:
        if view.lines != self._lines:
            self._fill(view.lines)
        self.progress.setText(_("{done} of {count}").format(done=view.done, count=len(view.lines)))
        self.lasts.setText(_("{time} so far").format(time=clock(view.lasts)))
        for number, (row, kept) in enumerate(zip(self.rows, view.kept, strict=True)):
            here = number == view.at and view.stage is not StudioStage.COMPLETE
            row.show_state(kept, here=here, fallback=view.fallback)
            if here:
                self.area.ensureWidgetVisible(row, 0, 60)

    def _fill(self, lines: tuple[ScriptLine, ...]) -> None:
        clear(self._column)
        self.rows = []
        for number, line in enumerate(lines):
            row = LineRow(line, look=self._look, parent=self)
            row.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
            self._column.addWidget(row)
            self.rows.append(row)
        self._column.addStretch(1)
        self._lines = lines
