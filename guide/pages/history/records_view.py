"""The list of records: one row drawn, one focused, one menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from guide.amounts import volume_words
from guide.compat import override
from guide.core.record import Record
from guide.dates import clock_words, long_day
from guide.kit.direction import draw_line, mirror
from guide.kit.dress import dress, make_menu, views
from guide.kit.focus import ENTER
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import Look
from guide.kit.painting import paint_field
from guide.language import _
from guide.pages.history.records_model import RECORD, Index, details
from guide.pages.history.view import HistoryView
from guide.pages.history.words import TAKES_OUT, name_of

ROW: Final = 64
WIDE_FROM: Final = 860


class RecordPainter(Guarded, QStyledItemDelegate):
    """A session in two lines: when, which routine, how much; and the dots of its menu."""

    def __init__(self, *, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.view: HistoryView | None = None
        self.from_keyboard = True

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
        milk = "" if view.number_free else volume_words(record.ml, ounces=view.ounces)
        room = QFontMetricsF(strong).horizontalAdvance(milk) + 18
        width = field.width() - 28 - when - dots - room
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        placed = mirror(painter, rect)
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
            draw_line(painter, placed(QRectF(line.left() + x, line.top(), across + 4, half)), left, fitted)
        painter.setFont(strong if record.ml is not None else label)
        painter.setPen(theme.text if record.ml is not None else theme.text3)
        milk_room = QRectF(field.right() - 14 - dots - room, field.top(), room, field.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_line(painter, placed(milk_room), right, milk)
        side = look.px(22)
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(self.dots_of(rect, painter.layoutDirection())).center())
        paint_icon(painter, "dots", place, theme.text2)
        painter.restore()

    def dots_of(self, rect: QRect, direction: Qt.LayoutDirection) -> QRect:
        side = max(44, self._look.px(44))
        place = QRect(rect.right() - side - 4, rect.center().y() - side // 2, side, side)
        return QStyle.visualRect(direction, rect, place)


class RecordsView(Guarded, QListView):
    """The list: Enter or a click opens a session, Delete takes it out, the dots and the menu key offer both."""

    edit_asked = Signal(object)
    note_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pressed = -1  # the row
        dress(self, views, look=look)
        self.painter = RecordPainter(look=look, parent=self)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(_("Sessions, newest first"))
        self.verticalScrollBar().setSingleStep(look.px(ROW) // 2)
        look.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def record_at(self, index: Index) -> Record | None:
        found = index.data(RECORD) if index.isValid() else None
        return found if isinstance(found, Record) else None

    def menu_of(self, record: Record) -> QMenu:
        menu = make_menu(self, look=self._look)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Edit")).triggered.connect(lambda: self.edit_asked.emit(record))
        menu.addAction(_("Open the page after a session")).triggered.connect(lambda: self.note_asked.emit(record))
        menu.addSeparator()
        menu.addAction(_("Delete")).triggered.connect(lambda: self.delete_asked.emit(record))
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.record_at(self.currentIndex())
        self.painter.from_keyboard = True
        if record is not None and event.key() in (*ENTER, *TAKES_OUT):
            if not event.isAutoRepeat():  # a key that is held opens, or takes out, one
                (self.edit_asked if event.key() in ENTER else self.delete_asked).emit(record)
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
        self._pressed = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        record = self.record_at(index)
        if record is None or event.button() != Qt.MouseButton.LeftButton or index.row() != self._pressed:
            return
        dots = self.painter.dots_of(self.visualRect(index), self.layoutDirection())
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
