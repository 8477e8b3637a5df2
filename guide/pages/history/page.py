"""The history: an overview, and every session's record."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from guide.core.days import LastDay
from guide.core.record import Record
from guide.kit.look import Look
from guide.pages.history.overview import NothingYet, Overview
from guide.pages.history.records import RecordsPage
from guide.pages.history.records_model import RecordsSource
from guide.pages.history.view import HistoryView


class HistoryPage(QWidget):
    """`edit_asked`, `note_asked` and `delete_asked` carry a record; `compare_asked` the ids of two routines."""

    span_chosen = Signal(object)
    compare_asked = Signal(str, str)
    edit_asked = Signal(object)
    note_asked = Signal(object)
    delete_asked = Signal(object)
    add_asked = Signal()
    routines_asked = Signal()
    import_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = HistoryView(datetime.min.replace(tzinfo=UTC), LastDay((), 0.0, None, ""))
        self._source: RecordsSource | None = None
        self.nothing = NothingYet(look=look, parent=self)
        self.overview = Overview(look=look, parent=self)
        self.records = RecordsPage(look=look, parent=self)
        self._layers = QStackedLayout(self)
        for layer in (self.overview, self.nothing, self.records):
            self._layers.addWidget(layer)
        self._connect()

    def _connect(self) -> None:
        over, records = self.overview, self.records
        over.trend.span.chosen.connect(self.span_chosen)
        over.compare.picker.picked.connect(self.compare_asked)
        over.sessions.edit_asked.connect(self.edit_asked)
        over.sessions.delete_asked.connect(self.delete_asked)
        over.sessions.all_asked.connect(self.show_all)
        over.sessions.add_asked.connect(self.add_asked)
        over.sessions.import_asked.connect(self.import_asked)
        over.dial.pane.chart.picked.connect(lambda number: self.edit_asked.emit(self._view.dial.arcs[number].record))
        records.back_asked.connect(self.show_overview)
        records.add_asked.connect(self.add_asked)
        records.list.edit_asked.connect(self.edit_asked)
        records.list.note_asked.connect(self.note_asked)
        records.list.delete_asked.connect(self.delete_asked)
        self.nothing.add.clicked.connect(self.add_asked)
        self.nothing.begin.clicked.connect(self.routines_asked)
        self.nothing.bring.clicked.connect(self.import_asked)

    @property
    def view(self) -> HistoryView:
        return self._view

    @property
    def shows_all(self) -> bool:
        return self._layers.currentWidget() is self.records

    def show_history(self, view: HistoryView, source: RecordsSource) -> None:
        """Show the log; `source` gives the sessions of the full list as they are scrolled to."""
        self._view, self._source = view, source
        if not view.total and not self.shows_all:  # the full list stays where it is, to undo a deletion there
            self._layers.setCurrentWidget(self.nothing)
            return
        if view.total:
            self.overview.show_history(view)
        if self.shows_all:
            self.records.show_sessions(view, source)
        elif self._layers.currentWidget() is self.nothing:
            self._layers.setCurrentWidget(self.overview)

    def show_dial(self, dial: LastDay, now: datetime) -> None:
        """Let the bead go on, and nothing else."""
        self._view = self._view.at(now, dial)
        self.overview.dial.show_history(self._view)

    def show_all(self) -> None:
        """Go to the full list."""
        if self._source is None:
            return
        self.records.start_over()
        self.records.show_sessions(self._view, self._source)
        self._layers.setCurrentWidget(self.records)
        self.records.list.setFocus()

    def go_to(self, record: Record) -> None:
        """Lead to a session in the full list, where that is on show."""
        if self.shows_all:
            self.records.go_to(record)

    def show_overview(self) -> None:
        """Come back from the full list."""
        any_yet = bool(self._view.total)
        self._layers.setCurrentWidget(self.overview if any_yet else self.nothing)
        (self.overview.sessions.all if any_yet else self.nothing).setFocus()
