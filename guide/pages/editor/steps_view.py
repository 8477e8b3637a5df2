"""The list of steps: chosen, dragged, and dropped where a line shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QWidget,
)

from guide.compat import override
from guide.core.routine import Place
from guide.kit.direction import placed
from guide.kit.dress import dress, views
from guide.kit.focus import FocusRing
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import _
from guide.pages.editor.steps_model import INDENT, Index, RowPainter, StepsModel
from guide.pages.editor.steps_move import without


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a dragged step would land: its place without it, the line's y, and how deep."""

    place: Place
    y: int
    depth: int


class StepsView(Guarded, QListView):
    """The rows themselves."""

    chosen = Signal(object)
    move_asked = Signal(object, object)
    key_asked = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, views, look=look)
        self.rows = StepsModel(self)
        self.setModel(self.rows)
        self._rows_painter = RowPainter(look=look, parent=self)
        self.setItemDelegate(self._rows_painter)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Steps"))
        self.setAccessibleDescription(
            _("Alt and up or down moves a step, Alt and right or left takes it into or out of a group.")
        )
        self.viewport().setAutoFillBackground(False)
        self.ring = FocusRing(self, look=look, radius=13, around=self._current_rect)
        self._pressed: tuple[QPoint, Place] | None = None
        self._landing: Landing | None = None
        self.selectionModel().currentChanged.connect(self._tell_chosen)
        self.selectionModel().currentChanged.connect(self.ring.place)
        self.verticalScrollBar().valueChanged.connect(self.ring.place)
        look.changed.connect(self._restyle)

    @property
    def landing(self) -> Landing | None:
        return self._landing

    def selected_places(self) -> list[Place]:
        found = sorted(index.row() for index in self.selectionModel().selectedRows())
        places = [self.rows.rows[row].place for row in found if row < len(self.rows.rows)]
        within = {place for place in places if place}
        return [p for p in places if p and not any(p[:i] in within for i in range(1, len(p)))]

    def choose(self, places: Sequence[Place]) -> None:
        """Choose rows, the last of them the current one; says nothing where it was that already."""
        numbers = [row for place in places if (row := self.rows.row_of(place)) is not None]
        if not numbers:
            return
        flag = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for number in numbers:
            index = self.rows.index(number)
            selection.select(index, index)
        model = self.selectionModel()
        last = self.rows.index(numbers[-1])
        model.setCurrentIndex(last, flag.NoUpdate)
        model.select(selection, flag.ClearAndSelect)
        self.scrollTo(last)
        self.ring.place()  # a row that went may have made this the current one before it was laid out

    @override
    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Rows are all of one height, and one that changes moves none; Qt's list would lay all of them out anew."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def _tell_chosen(self, current: QModelIndex) -> None:
        if 0 <= current.row() < len(self.rows.rows):
            self.chosen.emit(self.rows.rows[current.row()].place)

    def _current_rect(self) -> QRect:
        rect = self.visualRect(self.currentIndex())
        row = self.currentIndex().row()
        depth = max(0, self.rows.rows[row].depth) if 0 <= row < len(self.rows.rows) else 0
        return rect.adjusted(4 + depth * INDENT, 1, 0, -1).intersected(self.viewport().rect())

    def _restyle(self) -> None:
        self.doItemsLayout()
        self.viewport().update()

    # Dragging

    def landing_at(self, at: QPoint, moved: Place) -> Landing | None:
        """Where `moved` lands when let go at a point: between two rows, as deep as the pointer says."""
        rows = self.rows.rows
        index = self.indexAt(QPoint(8, max(0, min(at.y(), self.viewport().height() - 1))))
        number = index.row() if index.isValid() else len(rows) - 1
        rect = self.visualRect(self.rows.index(number))
        below = at.y() >= rect.center().y() or not rows[number].place
        after = rows[number if below else number - 1]
        y = rect.bottom() + 1 if below else rect.top()
        if after.place[: len(moved)] == moved and (after.is_group or after.place != moved):
            return None
        if not after.place:
            return _landing((0,), y, moved)
        if after.is_group:
            return _landing((*after.place, 0), y, moved)
        outermost = len(after.place) - after.closes
        wish = max(outermost, min(len(after.place), 1 + max(0, at.x() - 4) // (INDENT * 2)))
        ancestor = after.place[:wish]
        return _landing((*ancestor[:-1], ancestor[-1] + 1), y, moved)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pressed = None
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and plain:
            place = self.rows.rows[index.row()].place
            if place:
                self._pressed = event.position().toPoint(), place
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        start, place = self._pressed
        if self._landing is None and (at - start).manhattanLength() < QApplication.startDragDistance():
            return
        edge = 24
        bar = self.verticalScrollBar()
        if at.y() < edge or at.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + (-12 if at.y() < edge else 12))
        self._landing = self.landing_at(at, place)
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, landing = self._pressed, self._landing
        self._let_go()
        super().mouseReleaseEvent(event if landing is None or pressed is None else _let_go_at(event, pressed[0]))
        if pressed and landing and landing.place != pressed[1]:
            self.move_asked.emit(pressed[1], landing.place)

    def _let_go(self) -> None:
        self._pressed = self._landing = None
        self.viewport().unsetCursor()
        self.viewport().update()

    # Keys

    @override
    def event(self, event: QEvent) -> bool:
        """While a step is dragged, Escape lets it stay; it does not leave the page."""
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_key and event.type() == QEvent.Type.ShortcutOverride and self._pressed is not None:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pressed is not None:
            self._let_go()
            return
        name = key_named(event)
        if name is not None:
            self.key_asked.emit(name)
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rows_painter.stacked != self._rows_painter.was_stacked:  # Qt asks once how large all rows are
            self.doItemsLayout()
        if event.oldSize().height() <= 0 or not self.isVisible():
            self.scrollToTop()
        self.scrollTo(self.currentIndex())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scrollToTop()
        self.scrollTo(self.currentIndex())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and self.rows.rows[index.row()].place not in self.selected_places():
            self.setCurrentIndex(index)
        self.menu_asked.emit(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._landing is None:
            return
        with painting(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = 8 + self._landing.depth * INDENT
            y = max(2, min(self._landing.y, self.viewport().height() - 2))
            painter.setPen(QPen(self._look.theme.accent, 3, c=Qt.PenCapStyle.RoundCap))
            line = placed(self.viewport(), QRectF(x, y, self.viewport().width() - 8 - x, 0))
            painter.drawLine(line.topLeft(), line.topRight())


_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_KEYS: Final = {
    (_ALT, Qt.Key.Key_Up): "up",
    (_ALT, Qt.Key.Key_Down): "down",
    (_ALT, Qt.Key.Key_Right): "into",
    (_ALT, Qt.Key.Key_Left): "out",
    (_CONTROL, Qt.Key.Key_D): "duplicate",
    (_CONTROL, Qt.Key.Key_G): "group",
    (_PLAIN, Qt.Key.Key_Delete): "delete",
    (_PLAIN, Qt.Key.Key_Backspace): "delete",
    (_PLAIN, Qt.Key.Key_Insert): "add",
    (_PLAIN, Qt.Key.Key_Return): "form",
    (_PLAIN, Qt.Key.Key_Enter): "form",
}


def key_named(event: QKeyEvent) -> str | None:
    """What a key does to the chosen steps."""
    return _KEYS.get((event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())))


def _let_go_at(event: QMouseEvent, point: QPoint) -> QMouseEvent:
    """The release of a drag as one where it was pressed: Qt chooses nothing any more when let go beside the rows."""
    at = event.globalPosition() - event.position() + point
    return QMouseEvent(event.type(), QPointF(point), at, event.button(), event.buttons(), event.modifiers())


def _landing(place: Place, y: int, moved: Place) -> Landing | None:
    return Landing(without(moved, place), y, len(place) - 1)
