"""The right-hand side of Get ready: what to answer, to have at hand and to choose before Start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.core.routine import Side
from guide.kit.buttons import IconButton
from guide.kit.choices import Segmented
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.room import let_go
from guide.kit.rows import clear
from guide.kit.words import purpose_words
from guide.language import _, pgettext
from guide.pages.ready.guidance import Guidance
from guide.pages.ready.parts import AboutRoutine, CheckToAsk, IconNote, Item, OfferNote, Resting
from guide.pages.ready.view import SHORT_PURPOSES, ReadyView, begins_with_a_side

BETWEEN = 20


class Options(QWidget):
    """The check first, then what to have at hand, what today is for, where to begin, and the guidance."""

    learn_asked = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.items: list[Item] = []
        self.asking = CheckToAsk(look=look, parent=self)
        self.resting = Resting(look=look, parent=self)
        self.warnings = QWidget(self)
        self._warnings = QVBoxLayout(self.warnings)
        self._warnings.setContentsMargins(0, 0, 0, 0)
        self.caution = IconNote("info", "", look=look, edge=0, parent=self)
        self.unfinished = OfferNote(look=look, parent=self)
        self.unfinished.words.setText(_("Your changes to it are not finished yet. It runs as it was before them."))
        self.unfinished.button.setText(_("Go on editing"))
        self.hint = OfferNote(look=look, parent=self)
        self.items_head = self._head(_("At hand"))
        self._items = QGridLayout()
        self._items.setHorizontalSpacing(24)
        self._items.setVerticalSpacing(0)
        self.pump = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self._make_purpose()
        self.usual = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.guidance = Guidance(look=look, parent=self)
        self.about = AboutRoutine(look=look, parent=self)
        self._lay_out()

    def _make_purpose(self) -> None:
        look = self._look
        self._full = list(purpose_words().items())
        name = _("Today this is to")
        self.purpose = Segmented(self._full, look=look, name=name, parent=self)
        self.purpose_link = IconButton("info", _("What these mean"), look=look, icon_side=20, parent=self)
        self.purpose_link.clicked.connect(lambda: self.learn_asked.emit("purposes"))
        sides = ((Side.LEFT, pgettext("a side", "Left")), (Side.RIGHT, pgettext("a side", "Right")))
        self.side = Segmented(sides, look=look, name=_("Begin with"), parent=self)
        head = QHBoxLayout()
        head.setSpacing(2)
        self.purpose_head = self._head(name)
        head.addWidget(self.purpose_head)
        head.addWidget(self.purpose_link)
        head.addStretch(1)
        first = QVBoxLayout()
        first.setSpacing(0)
        nest(first, head)
        first.addWidget(self.purpose)
        self.side_part = QWidget(self)
        second = QVBoxLayout(self.side_part)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(0)
        self.side_head = self._head(_("Begin with"))
        second.addWidget(self.side_head)
        second.addStretch(1)
        second.addWidget(self.side)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        nest(self._both, first, 3)
        self._both.addWidget(self.side_part, 2)

    def _head(self, text: str) -> Label:
        return Label(text, look=self._look, role="label", tint="text2", weight=600, parent=self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._gaps: list[tuple[QWidget, QWidget]] = []
        for card in (self.warnings, self.asking, self.resting, self.unfinished, self.hint, self.caution):
            column.addWidget(card)
            gap = QWidget(self)
            gap.setFixedHeight(12 if card is not self.caution else 4)
            column.addWidget(gap)
            self._gaps.append((card, gap))
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.items_head)
        head.addWidget(self.pump, 1)
        nest(column, head)
        nest(column, self._items)
        nest(column, self._both)
        column.addWidget(self.usual)
        column.addSpacing(4)
        column.addWidget(self._head(_("Guidance")))
        column.addWidget(self.guidance)
        column.addWidget(self.about)
        column.addStretch(1)

    def order(self) -> list[QWidget]:
        """The controls in the order of Tab."""
        return [
            self.asking.no,
            self.asking.yes,
            self.resting.care,
            self.resting.gentle,
            self.resting.better,
            self.unfinished.button,
            self.hint.button,
            *self.items,
            self.purpose_link,
            *self.purpose.parts,
            *self.side.parts,
            *self.guidance.controls(),
        ]

    def show_view(self, view: ReadyView, *, anew: bool) -> None:
        if anew:
            self.asking.forget()
            self._show_items(view.routine.get_ready)
            self.about.show_routine(view.routine)
        clear(self._warnings)
        for words in view.warnings:
            self._warnings.addWidget(IconNote("info", words, look=self._look, edge=0, parent=self.warnings))
        self.warnings.setVisible(bool(view.warnings))
        self.asking.setVisible(view.asks)
        self.resting.show_gentle(view.gentle)
        self.resting.setVisible(view.rests)
        self.caution.words.setText(view.caution)
        self.caution.setVisible(bool(view.caution) and not view.asks)
        self.unfinished.setVisible(view.unfinished)
        self.hint.words.setText(view.hint)
        self.hint.button.setText(view.hint_action)
        self.hint.button.setVisible(bool(view.hint_action))
        self.hint.setVisible(bool(view.hint) and not view.number_free)
        self.pump.setText(view.pump)
        self.pump.setVisible(bool(view.pump))
        beside = Qt.AlignmentFlag.AlignRight if view.routine.get_ready else Qt.AlignmentFlag.AlignLeft
        self.pump.setAlignment(beside | Qt.AlignmentFlag.AlignVCenter)
        self.usual.setText(view.usual)
        self.usual.setVisible(bool(view.usual) and not view.number_free)
        self.purpose.set_value(view.purpose)
        self.side.set_value(view.plan.first)
        self.side_part.setVisible(begins_with_a_side(view.routine))
        self.guidance.show_view(view)
        for card, gap in self._gaps:
            gap.setVisible(not card.isHidden())

    def _show_items(self, texts: Sequence[str]) -> None:
        for item in self.items:
            let_go(item)
        self.items = [Item(text, look=self._look, parent=self) for text in texts]
        self.items_head.setVisible(bool(texts))

    def fit(self, width: int) -> None:
        """Take the room there is: what does not fit side by side goes below."""
        self._place_items(width)
        self._place_purpose(width)
        self.guidance.fit(width)

    def _place_items(self, width: int) -> None:
        while self._items.count():
            self._items.takeAt(0)
        room = (width - 24) // 2
        columns = 2 if all(item.lines(room) <= 2 for item in self.items) else 1
        for column in (0, 1):
            self._items.setColumnStretch(column, 1 if column < columns else 0)
        for number, item in enumerate(self.items):
            self._items.addWidget(item, number // columns, number % columns)
            item.show()

    def _place_purpose(self, width: int) -> None:
        """On one line; where a side is asked for too and there is little room, the purposes have their short names."""
        short = {purpose: _(SHORT_PURPOSES[purpose]) for purpose in purpose_words()}
        asked = not self.side_part.isHidden()
        self.purpose.set_words([words for _value, words in self._full])
        beside = self.side.sizeHint().width() + BETWEEN if asked else 0
        if self.purpose.sizeHint().width() + beside > width:
            self.purpose.set_words([short[purpose] for purpose in purpose_words()])
        fits = self.purpose.sizeHint().width() + beside <= width
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if fits else down)
        self._both.setSpacing(BETWEEN if fits else 6)
        self.side_head.setMinimumHeight(self.purpose_link.sizeHint().height() if fits else 0)
        self.side_head.setAlignment(Qt.AlignmentFlag.AlignVCenter)
