"""The steps of a routine on a card of their own, with what is worth knowing about their lengths."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.core.routine import Range
from guide.kit.cards import Card
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.language import _
from guide.pages.ready.lines import lines_of
from guide.pages.ready.parts import IconNote
from guide.pages.ready.step_list import StepList
from guide.pages.ready.view import ReadyView


class StepsCard(Card):
    """The list, and a note where ranges or suggested times are among the steps."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self.steps = StepList(look=look, parent=self)
        range_words = _("A range ends when your milk slows, or by itself.")
        suggested_words = _("Suggested times are ours, not a source's. Make them yours.")
        self.range_note = IconNote("clock", range_words, look=look, parent=self)
        self.suggested_note = IconNote("pencil", suggested_words, look=look, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(2)
        column.addWidget(self.steps, 1)
        column.addStretch(0)
        column.addSpacing(8)
        column.addWidget(Rule(look=look, parent=self))
        column.addSpacing(6)
        column.addWidget(self.range_note)
        column.addWidget(self.suggested_note)

    def show_view(self, view: ReadyView) -> None:
        self.steps.show_lines(lines_of(view.plan), number_free=view.number_free, yours=view.yours)
        steps = [segment.step for segment in view.plan.segments]
        self.range_note.setVisible(any(isinstance(step.length, Range) for step in steps) and not view.number_free)
        self.suggested_note.setVisible(any(step.suggested for step in steps) and not view.number_free)
