"""A chart's numbers as a table, and the two in one pane."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QHeaderView, QStackedLayout, QTableView, QWidget

from guide.compat import override
from guide.kit.charts import LEFT, MIDDLE, Chart, Table, table_menu
from guide.kit.dress import dress, views
from guide.kit.focus import FocusRing, announce
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.language import _

TOP_INDEX: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


# a chart and its table


class TableModel(Guarded, QAbstractTableModel):
    """Rows of words."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def show_table(self, table: Table) -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = TOP_INDEX) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    @override
    def columnCount(self, parent: Index = TOP_INDEX) -> int:
        return 0 if parent.isValid() else len(self._table.headers)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self._table.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._table.headers[index.column()]}: {cell}"
            case _:
                return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT | MIDDLE)
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._table.headers[section]


class TableView(Guarded, QTableView):
    """A chart's table; T or Escape goes back to the drawing."""

    left = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setResizeContentsPrecision(40)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ring = FocusRing(self, look=look, radius=14)
        dress(self, views, look=look)
        look.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._look.font("small"))
        self.horizontalHeader().setFont(self._look.font("small", weight=500))
        self.verticalHeader().setDefaultSectionSize(self._look.px(36))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_T, Qt.Key.Key_Escape}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = table_menu(self, self._look, _("Show as a drawing"), self.left.emit)
        menu.popup(event.globalPos())


class ChartPane(Guarded, QWidget):
    """A chart, or the same as a table: T goes from one to the other."""

    def __init__(self, chart: Chart, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.chart = chart
        self.table: TableView | None = None
        self._model: TableModel | None = None
        self._layers = QStackedLayout(self)
        self._layers.addWidget(chart)
        self.setFocusProxy(chart)
        chart.table_asked.connect(self.toggle)

    @property
    def shows_table(self) -> bool:
        return self.table is not None and self._layers.currentWidget() is self.table

    def toggle(self) -> None:
        if self.shows_table:
            self._layers.setCurrentWidget(self.chart)
            self.setFocusProxy(self.chart)
            self.chart.setFocus()
            return
        table = self._table()
        self.renew()
        self._layers.setCurrentWidget(table)
        self.setFocusProxy(table)
        table.setFocus()
        announce(table, table.accessibleName())

    def renew(self) -> None:
        """Put what the chart shows now into the table, if there is one."""
        if self.table is not None and self._model is not None:
            found = self.chart.table()
            self._model.show_table(found)
            self.table.setAccessibleName(found.name)
            self.table.setAccessibleDescription(_("T goes back to the drawing"))

    def _table(self) -> TableView:
        if self.table is None:
            self.table = TableView(look=self._look, parent=self)
            self._model = TableModel(self.chart.table(), self.table)
            self.table.setModel(self._model)
            self.table.left.connect(self.toggle)
            self._layers.addWidget(self.table)
        return self.table

    @override
    def sizeHint(self) -> QSize:
        return self.chart.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.chart.minimumSizeHint()
