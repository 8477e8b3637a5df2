"""The history at a glance: its cards, or the words for a log without sessions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.cards import Card, ScrollArea
from guide.kit.direction import margins
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.words import effective
from guide.language import _
from guide.pages.history.charts import CompareCard, DialCard, TrendCard
from guide.pages.history.sessions import SessionsCard
from guide.pages.history.view import HistoryView

MARGIN: Final = 40
GAP: Final = 16

SQUARE_FROM: Final = 1000


class NothingYet(Guarded, QWidget):
    """What stands here before the first session."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.title = Heading(_("Nothing here yet"), look=look, role="h1_quiet", parent=self)
        self.words = Label(
            _("After a session you find here when it was, and whatever you chose to note."),
            look=look,
            role="body_large",
            tint="text2",
            wrap=True,
            parent=self,
        )
        self.begin = Button(_("Choose a routine"), look=look, role="primary", parent=self)
        self.add = Button(_("Add one by hand"), look=look, icon="plus", parent=self)
        self.bring = Button(_("Import sessions"), look=look, icon="import", role="quiet", parent=self)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (self.begin, self.add, self.bring):
            buttons.addWidget(button)
        row = QHBoxLayout()
        row.addStretch(1)
        nest(row, buttons)
        row.addStretch(1)
        self._column.addStretch(4)
        self._column.addWidget(self.title)
        self._column.addWidget(self.words)
        self._column.addSpacing(14)
        nest(self._column, row)
        self._column.addStretch(5)
        self.setFocusProxy(self.begin)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        side = max(MARGIN, (self.width() - self._look.px(620)) // 2)
        self._column.setContentsMargins(side, 12, side, 22)


class Overview(Guarded, QWidget):
    """The four cards: two by two where there is room, else one above the other."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._number_free = False
        self._placed: tuple[bool, bool] | None = None
        content = QWidget(self)
        self.dial = DialCard(look=look, parent=content)
        self.trend = TrendCard(look=look, parent=content)
        self.sessions = SessionsCard(look=look, parent=content)
        self.compare = CompareCard(look=look, parent=content)
        self._grid = QGridLayout(content)
        self._grid.setSpacing(GAP)
        self.area = ScrollArea(content, look=look, parent=self)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.area)
        self.area.viewport().installEventFilter(self)
        look.changed.connect(self._arrange)

    @property
    def square(self) -> bool:
        """Whether the cards stand two by two."""
        return effective(self.width(), self._look.scale) >= SQUARE_FROM

    def show_history(self, view: HistoryView) -> None:
        self._number_free = view.number_free
        self.dial.show_history(view)
        self.sessions.show_history(view)
        for card in (self.trend, self.compare):
            card.setVisible(not view.number_free)
        if not view.number_free:
            self.trend.show_history(view)
            self.compare.show_history(view)
        self._arrange()

    def _arrange(self) -> None:
        # the page's right margin holds the scroll bar
        right = max(0, MARGIN - (self.width() - self.area.viewport().width()))
        self._grid.setContentsMargins(margins(MARGIN, 6, right, 22))
        wanted = (self.square, self._number_free)
        if wanted == self._placed:
            return
        self._placed = wanted
        while self._grid.count():
            self._grid.takeAt(0)
        shown: list[Card] = [self.dial, self.trend, self.sessions, self.compare]
        if self._number_free:
            shown = [self.dial, self.sessions]
        for number in range(4):
            self._grid.setRowStretch(number, 0)
            self._grid.setColumnStretch(number, 0)
        for number, card in enumerate(shown):
            if self.square:
                self._grid.addWidget(card, number // 2, number % 2)
            else:
                self._grid.addWidget(card, number, 0)
        if self.square:
            self._grid.setRowStretch(0, 374)
            self._grid.setRowStretch(1, 0 if self._number_free else 294)
            self._grid.setColumnStretch(0, 372)
            self._grid.setColumnStretch(1, 692)
            for row, card in enumerate((self.dial, self.sessions)):
                self._grid.setRowMinimumHeight(row, 0 if self._number_free and row else card.minimumSizeHint().height())
        else:
            for row, card in enumerate(shown):
                self._grid.setRowStretch(row, 1 if card is self.sessions else 0)
                self._grid.setRowMinimumHeight(row, 0)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
