"""All the sessions in the log as one list, read a screenful at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.record import Record, volume
from guide.core.routine import Purpose
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card
from guide.kit.choices import Select
from guide.kit.fields import Field
from guide.kit.focus import ENTER
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.painting import paint_field
from guide.kit.words import PURPOSES, effective
from guide.pages.history.view import Choice, HistoryView
from guide.pages.history.words import clock_words, lasted_words, long_day, name_of, spoken_session

PAGE: Final = 64
AT_ONCE: Final = 5000  # rows told of at once: the view asks about each
KEPT_PAGES: Final = 32
TYPING: Final = 180  # ms without a key before the log is searched
ROW: Final = 64
WIDE_FROM: Final = 860
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


class Source(Protocol):
    """Where the sessions come from, newest first."""

    def count(self, wanted: Filter) -> int: ...
    def records(self, wanted: Filter, limit: int, offset: int) -> list[Record]: ...


class RecordsModel(Guarded, QAbstractListModel):
    """Knows how many there are, and reads those that are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._filter = Filter()
        self._count = self._told = 0
        self._pages: dict[int, list[Record]] = {}
        self._view: HistoryView | None = None

    def show_records(self, source: Source, wanted: Filter, view: HistoryView) -> None:
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
        PURPOSES[record.purpose] if record.purpose else "",
        record.comfort.word if record.comfort else "",
        record.meant_for,
        record.note,
    ]
    return " · ".join(" ".join(part.split()) for part in parts if part)


class RowPainter(Guarded, QStyledItemDelegate):
    """A session in two lines: when, which routine, how much; and the dots of its menu."""

    def __init__(self, *, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.view: HistoryView | None = None
        self.from_keyboard = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._look.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record, view = index.data(RECORD), self.view
        if not isinstance(record, Record) or view is None:
            return
        look, theme = self._look, self._look.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        field = QRectF(rect).adjusted(1, 2, -1, -2)
        chosen = bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            ringed = chosen and self.from_keyboard
            edge = theme.focus if ringed else None
            paint_field(painter, field, 12, theme.raised, edge=edge, edge_width=3 if ringed else 1)
        label, strong, small = look.font("label"), look.font("label", weight=600), look.font("small")
        half = field.height() / 2 - 4
        upper = QRectF(field.left() + 14, field.top() + 4, 0, half)
        lower = QRectF(field.left() + 14, field.top() + 4 + half, 0, half)
        when, dots = look.px(128), look.px(44)
        milk = "" if view.number_free else volume(record.ml, ounces=view.ounces)
        room = QFontMetricsF(strong).horizontalAdvance(milk) + 18
        width = field.width() - 28 - when - dots - room
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        rows = (
            (upper, label, theme.text2, clock_words(record.began), 0.0, when),
            (lower, small, theme.text2, long_day(record.began.date(), view.now.date()), 0.0, when),
            (upper, label, theme.text, name_of(record), when, width),
            (lower, small, theme.text2, details(record, number_free=view.number_free), when, width),
        )
        for line, font, ink, words, x, across in rows:
            painter.setFont(font)
            painter.setPen(ink)
            fitted = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, across)
            painter.drawText(QRectF(line.left() + x, line.top(), across + 4, half), left, fitted)
        painter.setFont(strong if record.ml is not None else label)
        painter.setPen(theme.text if record.ml is not None else theme.text3)
        milk_room = QRectF(field.right() - 14 - dots - room, field.top(), room, field.height())
        painter.drawText(milk_room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, milk)
        side = look.px(22)
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(self.dots_of(rect)).center())
        paint_icon(painter, "dots", place, theme.text2)
        painter.restore()

    def dots_of(self, rect: QRect) -> QRect:
        side = max(44, self._look.px(44))
        return QRect(rect.right() - side - 4, rect.center().y() - side // 2, side, side)


class RecordsView(Guarded, QListView):
    """The list: Enter or a click opens a session, Delete takes it out, the dots and the menu key offer both."""

    edit_asked = Signal(object)
    note_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.painter = RowPainter(look=look, parent=self)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Sessions, newest first")
        self.verticalScrollBar().setSingleStep(look.px(ROW) // 2)
        look.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def record_at(self, index: Index) -> Record | None:
        found = index.data(RECORD) if index.isValid() else None
        return found if isinstance(found, Record) else None

    def menu_of(self, record: Record) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Change").triggered.connect(lambda _=False: self.edit_asked.emit(record))
        menu.addAction("Open the page after a session").triggered.connect(lambda _=False: self.note_asked.emit(record))
        menu.addSeparator()
        menu.addAction("Take out").triggered.connect(lambda _=False: self.delete_asked.emit(record))
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.record_at(self.currentIndex())
        self.painter.from_keyboard = True
        if record is not None and event.key() in ENTER:
            self.edit_asked.emit(record)
        elif record is not None and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete_asked.emit(record)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters do not read the whole log looking for a row."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.painter.from_keyboard = False
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        record = self.record_at(index)
        if record is None or event.button() != Qt.MouseButton.LeftButton:
            return
        dots = self.painter.dots_of(self.visualRect(index))
        if dots.contains(point):
            self.menu_of(record).popup(self.viewport().mapToGlobal(dots.bottomLeft()))
        else:
            self.edit_asked.emit(record)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        record = self.record_at(index)
        if record is not None:
            at: QPoint = self.visualRect(index).center() if by_key else event.pos()
            self.menu_of(record).popup(self.viewport().mapToGlobal(at))


class RecordsPage(Guarded, QWidget):
    """Search, filters and the list."""

    back_asked = Signal()
    add_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._source: Source | None = None
        self._view: HistoryView | None = None
        self.filter = Filter()
        self.model = RecordsModel(self)
        self.back = IconButton("left", "Back to History", look=look, parent=self)
        self.head = Heading("Sessions", look=look, wrap=False, parent=self)
        self.counted = Label("", look=look, role="label", tint="text2", weight=400, parent=self)
        self.add = Button("Add by hand", look=look, icon="plus", size="small", parent=self)
        self.search = Field("Search sessions", look=look, placeholder="Search names and notes", parent=self)
        self.search.setClearButtonEnabled(True)
        self.routine = Select([(None, "Every routine")], look=look, name="Routine", framed=True, parent=self)
        self.purpose = Select(
            [(None, "Every purpose"), *PURPOSES.items()], look=look, name="Purpose", framed=True, parent=self
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
        self._filters.addLayout(choices)
        card = Card(look=self._look, padding=0, parent=self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 10, 6, 10)
        self.nothing.setContentsMargins(14, 14, 14, 14)
        inside.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.list, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(40, 6, 40, 22)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._filters)
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
        self._look.changed.connect(self._restyle)

    def show_sessions(self, view: HistoryView, source: Source) -> None:
        """Show the log as it is now; the place in the list stays."""
        self._source, self._view = source, view
        self.list.painter.view = view
        self._offer(view.routines)
        row, scrolled = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        self._read()
        if row >= 0 and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1)))
        self.list.verticalScrollBar().setValue(scrolled)

    def start_over(self) -> None:
        """Every session, from the newest."""
        self.filter = Filter()
        self.search.clear()
        self.purpose.set_value(None)
        self.routine.set_value(None)
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()

    def _offer(self, routines: Sequence[Choice]) -> None:
        known = {one.id for one in routines}
        if self.filter.routine not in known:
            self.filter = replace(self.filter, routine=None)
        options: list[tuple[object, str]] = [(None, "Every routine"), *((one.id, one.name) for one in routines)]
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
        self.counted.setText(f"{count:,} found" if self.filter.on else f"{count:,} in all")
        self.nothing.setText("Nothing here with these words and filters." if self.filter.on else "Nothing here yet.")
        self.nothing.setVisible(not count)
        self.list.setVisible(bool(count))

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
