"""The shelf of the library: a card for each routine, in columns, gone through by arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from guide.kit.focus import focus_within
from guide.kit.look import Look
from guide.kit.room import let_go
from guide.pages.routines.routine_card import RoutineCard
from guide.pages.routines.view import LibraryView, purpose_shown
from guide.store.routines.entry import Summary

GAP = 16
MOST_COLUMNS = 3


class _Told(NamedTuple):
    """All that a card says of its routine."""

    summary: Summary
    purpose: str
    number_free: bool
    rests: bool
    hidden: bool
    drafted: bool


def _told(summary: Summary, view: LibraryView) -> _Told:
    return _Told(
        summary,
        purpose_shown(summary, view.purpose),
        view.number_free,
        rests=view.sore and summary.problem is None and not summary.suits_sore,
        hidden=summary.id in view.hidden,
        drafted=summary.id in view.drafted,
    )


class RoutineShelf(QWidget):
    """
    `acted` carries what is asked of a routine, and its id; `reached` a card that a key came to.

    `above_asked` says that a key leads upwards, out of the shelf.
    """

    acted = Signal(str, str)
    reached = Signal(object)
    above_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = MOST_COLUMNS
        self.cards: list[RoutineCard] = []
        self._made: dict[_Told, RoutineCard] = {}
        # a column without a card has no gap before it: few cards, as of a search, would be wider than many
        self._blanks = [QWidget(self) for _ in range(MOST_COLUMNS)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    def show_routines(self, shown: Sequence[Summary], view: LibraryView) -> None:
        """
        Cards for these; the focus stays with its routine, or goes to what has taken the routine's place.

        A card that would say what it says already stays: a page made of them is most of what showing it costs.
        """
        place = self._focused()
        routine_id = self.cards[place].summary.id if place is not None else None
        ringed = place is not None and any(one.ring.shown for one in (self.cards[place], self.cards[place].dots))
        before = dict(self._made)
        self._made = {}
        for summary in shown:
            told = _told(summary, view)
            self._made[told] = before.pop(told) if told in before else self._card(told)
        for card in before.values():
            let_go(card)
        self.cards = list(self._made.values())
        self._place()
        if place is not None:
            known = [card for card in self.cards if card.summary.id == routine_id]
            near = self.cards[place : place + 1] or self.cards[-1:]
            for card in (*known, *near):
                card.setFocus(Qt.FocusReason.BacktabFocusReason if ringed else Qt.FocusReason.OtherFocusReason)
                break

    def _card(self, told: _Told) -> RoutineCard:
        card = RoutineCard(
            told.summary,
            look=self._look,
            purpose=told.purpose,
            number_free=told.number_free,
            rests=told.rests,
            hidden=told.hidden,
            drafted=told.drafted,
            parent=self,
        )
        card.acted.connect(lambda action: self.acted.emit(action, told.summary.id))
        card.moved.connect(lambda way: self._move(card, way))
        return card

    def set_columns(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            self._place()

    def tab_from(self, before: QWidget) -> QWidget:
        """Have Tab lead from there through the cards in their order; what it leads on from."""
        for card in self.cards:
            QWidget.setTabOrder(before, card)
            QWidget.setTabOrder(card, card.dots)
            before = card.dots
        return before

    def go_to(self, number: int) -> None:
        if self.cards:
            card = self.cards[number]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.reached.emit(card)

    def _focused(self) -> int | None:
        """The card that has the focus of the window; one that only had it last leaves it where it is."""
        focus = focus_within(self.window())
        return next((at for at, card in enumerate(self.cards) if card is focus or card.dots is focus), None)

    def _move(self, card: RoutineCard, way: str) -> None:
        here = self.cards.index(card)
        ends = {"first": -here, "last": len(self.cards) - 1 - here}
        there = here + {"left": -1, "right": 1, "up": -self._columns, "down": self._columns, **ends}[way]
        if there < 0 and way == "up":
            self.above_asked.emit()
        elif way == "down" and there >= len(self.cards) > (here // self._columns + 1) * self._columns:
            self.go_to(len(self.cards) - 1)
        elif 0 <= there < len(self.cards):
            self.go_to(there)

    def _place(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // self._columns, number % self._columns)
            card.show()
        for column, blank in enumerate(self._blanks):
            blank.setVisible(len(self.cards) <= column < self._columns)
            self._grid.addWidget(blank, 0, column)
