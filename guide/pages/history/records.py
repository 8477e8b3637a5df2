"""Every session, to look through, correct and delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.record import Record
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card
from guide.kit.choices import Select
from guide.kit.direction import margins
from guide.kit.fields import Field
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.page_key import page_key
from guide.kit.words import effective, purpose_words
from guide.language import _, grouped
from guide.pages.history.records_model import Filter, RecordsModel, RecordsSource
from guide.pages.history.records_view import WIDE_FROM, RecordsView
from guide.pages.history.view import HistoryView, PairChoice

TYPING: Final = 180  # ms without a key before the log is searched


class RecordsPage(Guarded, QWidget):
    """Search, filters and the list."""

    back_asked = Signal()
    add_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._source: RecordsSource | None = None
        self._view: HistoryView | None = None
        self.filter = Filter()
        self.model = RecordsModel(self)
        self.back = IconButton("left", _("Back to History"), look=look, parent=self)
        self.head = Heading(_("Sessions"), look=look, wrap=False, parent=self)
        self.counted = Label("", look=look, role="label", tint="text2", weight=400, parent=self)
        self.add = Button(_("Add by hand"), look=look, icon="plus", size="small", parent=self)
        self.search = Field(_("Search sessions"), look=look, placeholder=_("Search names and notes"), parent=self)
        self.search.setClearButtonEnabled(True)
        self.routine = Select([(None, _("Every routine"))], look=look, name=_("Routine"), framed=True, parent=self)
        self.purpose = Select(
            [(None, _("Every purpose")), *purpose_words().items()],
            look=look,
            name=_("Purpose"),
            framed=True,
            parent=self,
        )
        self.list = RecordsView(look=look, parent=self)
        self.list.setModel(self.model)
        self.nothing = Label("", look=look, role="body", tint="text2", wrap=True, parent=self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self.back, self.head, self.counted):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.add)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(self.routine)
        choices.addWidget(self.purpose)
        self._filters = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._filters.setSpacing(12)
        self._filters.addWidget(self.search, 1)
        nest(self._filters, choices)
        card = Card(look=self._look, padding=0, parent=self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(margins(10, 10, 6, 10))
        self.nothing.setContentsMargins(14, 14, 14, 14)
        inside.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.list, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(40, 6, 40, 22)
        column.setSpacing(12)
        nest(column, head)
        nest(column, self._filters)
        column.addWidget(card, 1)
        self._restyle()

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.add.clicked.connect(self.add_asked)
        self.search.textEdited.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._searched)
        self._typing.timeout.connect(self._searched)
        self.routine.chosen.connect(lambda value: self._narrow(replace(self.filter, routine=value)))
        self.purpose.chosen.connect(lambda value: self._narrow(replace(self.filter, purpose=value)))
        page_key(QKeySequence.StandardKey.Find, self, self.go_to_search)
        self._look.changed.connect(self._restyle)

    def go_to_search(self) -> None:
        """Put the keyboard on the words to look for, to be written over."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_sessions(self, view: HistoryView, source: RecordsSource) -> None:
        """Show the log as it is now; the place in the list stays."""
        self._source, self._view = source, view
        self.list.painter.view = view
        self._offer(view.routines)
        row, scrolled = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        self._read()
        if (row >= 0 or self.list.hasFocus()) and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(max(0, min(row, self.model.rowCount() - 1))))
        self.list.verticalScrollBar().setValue(scrolled)

    def start_over(self) -> None:
        """Every session, from the newest."""
        self.filter = Filter()
        self.search.clear()
        self.purpose.set_value(None)
        self.routine.set_value(None)
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()

    def go_to(self, record: Record) -> None:
        """Lead to a session; words and filters that leave it out are taken off."""
        if self._source is None:
            return
        row = self._source.row(self.filter, record)
        if row is None:
            self.start_over()
            self._read()
            row = self._source.row(self.filter, record)
        if row is not None:
            self.list.setCurrentIndex(self.model.reach(row))
            self.list.setFocus()

    def _offer(self, routines: Sequence[PairChoice]) -> None:
        known = {one.id for one in routines}
        if self.filter.routine not in known:
            self.filter = replace(self.filter, routine=None)
        options: list[tuple[object, str]] = [(None, _("Every routine")), *((one.id, one.name) for one in routines)]
        self.routine.set_options(options, value=self.filter.routine)

    def _searched(self) -> None:
        self._typing.stop()
        self._narrow(replace(self.filter, search=self.search.text().strip()))

    def _narrow(self, wanted: Filter) -> None:
        if wanted != self.filter:
            self.filter = wanted
            self.list.scrollToTop()
            self._read()

    def _read(self) -> None:
        if self._source is None or self._view is None:
            return
        self.model.show_records(self._source, self.filter, self._view)
        count = self.model.total
        words = _("{count} found") if self.filter.on else _("{count} in all")
        self.counted.setText("" if self._view.number_free else words.format(count=grouped(count)))
        self.nothing.setText(
            _("Nothing here with these words and filters.") if self.filter.on else _("Nothing here yet.")
        )
        self.nothing.setVisible(not count)

    def _restyle(self) -> None:
        wide = effective(self.width(), self._look.scale) >= WIDE_FROM
        direction = QBoxLayout.Direction
        self._filters.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self.routine.setMaximumWidth(self._look.px(280))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._restyle()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
