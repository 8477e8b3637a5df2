"""The records of every session as a model that reads pages as they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from guide.compat import override
from guide.core.record import Record
from guide.core.routine import Purpose
from guide.kit.guard import Guarded
from guide.kit.words import comfort_words, purpose_words
from guide.pages.history.view import HistoryView
from guide.pages.history.words import lasted_words, spoken_session

PAGE: Final = 64
AT_ONCE: Final = 5000  # rows told of at once: the view asks about each
KEPT_PAGES: Final = 32
RECORD: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
TOP_INDEX: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Filter:
    search: str = ""
    routine: str | None = None
    purpose: Purpose | None = None

    @property
    def on(self) -> bool:
        return self != Filter()


class RecordsSource(Protocol):
    """Where the sessions come from, newest first."""

    def count(self, wanted: Filter) -> int: ...
    def records(self, wanted: Filter, limit: int, offset: int) -> list[Record]: ...
    def row(self, wanted: Filter, record: Record) -> int | None:
        """Where among them a session is; None where it is left out."""


class RecordsModel(Guarded, QAbstractListModel):
    """Knows how many there are, and reads those that are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: RecordsSource | None = None
        self._filter = Filter()
        self._count = self._told = 0
        self._pages: dict[int, list[Record]] = {}
        self._view: HistoryView | None = None

    def show_records(self, source: RecordsSource, wanted: Filter, view: HistoryView) -> None:
        self.beginResetModel()
        self._source, self._filter, self._view = source, wanted, view
        self._pages.clear()
        self._count = source.count(wanted)
        self._told = min(self._count, AT_ONCE)
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many there are, scrolled to or not."""
        return self._count

    def reach(self, row: int) -> QModelIndex:
        """The place of a row, after as many as it takes are told of."""
        while row >= self._told and self._told < self._count:
            self.fetchMore(TOP_INDEX)
        return self.index(row)

    def record(self, row: int) -> Record | None:
        if self._source is None or not 0 <= row < self._count:
            return None
        page, place = divmod(row, PAGE)
        if page not in self._pages:
            while len(self._pages) >= KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = self._source.records(self._filter, PAGE, page * PAGE)
        found = self._pages[page]
        return found[place] if place < len(found) else None

    @override
    def rowCount(self, parent: Index = TOP_INDEX) -> int:
        return 0 if parent.isValid() else self._told

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._told < self._count

    @override
    def fetchMore(self, parent: Index) -> None:
        further = min(self._count, self._told + AT_ONCE)
        self.beginInsertRows(QModelIndex(), self._told, further - 1)
        self._told = further
        self.endInsertRows()

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == RECORD:
            return self.record(index.row())
        view = self._view
        if view is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        record = self.record(index.row())
        if record is None:
            return None
        said = spoken_session(record, view.now, ounces=view.ounces, number_free=view.number_free)
        rest = details(record, number_free=view.number_free)
        return f"{said} · {rest}" if rest else said


def details(record: Record, *, number_free: bool) -> str:
    """What is known of a session beside its volume."""
    parts = [
        "" if number_free else lasted_words(record.lasted),
        purpose_words()[record.purpose] if record.purpose else "",
        comfort_words()[record.comfort] if record.comfort else "",
        record.meant_for,
        record.note,
    ]
    return " · ".join(" ".join(part.split()) for part in parts if part)
