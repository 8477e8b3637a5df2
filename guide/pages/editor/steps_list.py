"""The list of steps: painted rows, however many; chosen, moved and grouped by mouse and by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
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
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card
from guide.kit.focus import FocusRing
from guide.kit.guard import Guarded
from guide.kit.icons import paint_disc, paint_icon
from guide.kit.look import KINDS, Look, faded
from guide.kit.painting import paint_field, painting
from guide.pages.editor.outline import Place, Row

HEIGHT: Final = 50
INDENT: Final = 14
Index = QModelIndex | QPersistentModelIndex


class Rows(Guarded, QAbstractListModel):
    """The rows as Qt's list takes them; a screen reader hears title and length."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.troubled: frozenset[Place] = frozenset()

    def show_rows(self, rows: list[Row], troubled: frozenset[Place]) -> None:
        """Take new rows in; rows that came, went or moved are told to Qt as few as they are."""
        old, self.troubled = self.rows, troubled
        if len(old) == len(rows):
            changed = [i for i, (a, b) in enumerate(zip(old, rows, strict=True)) if a != b]
            self.rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        low, high = sorted((len(old), len(rows)))
        if len(old) < len(rows):
            self.beginInsertRows(QModelIndex(), low, high - 1)
            self.rows = rows
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), low, high - 1)
            self.rows = rows
            self.endRemoveRows()
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def row_of(self, place: Place) -> int | None:
        return next((i for i, row in enumerate(self.rows) if row.place == place), None)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return row.title if row.place else None
            case Qt.ItemDataRole.AccessibleTextRole:
                kind = f", {row.kind}" if row.kind in {*KINDS, "knead"} and row.kind not in row.title.lower() else ""
                within = ", in a group" if row.depth > 0 else ""
                looked = ", something to look at" if row.place in self.troubled else ""
                return f"{row.title}{kind}, {row.said or row.length}{within}{looked}"
            case _:
                return None


class RowPainter(Guarded, QStyledItemDelegate):
    """Paints one row: handle, disc, title, length, and its piece of the brackets around it."""

    def __init__(self, *, look: Look, parent: StepsView) -> None:
        super().__init__(parent)
        self._look = look
        self._view = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(HEIGHT, self._look.px(HEIGHT * 0.92)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.rows.rows[index.row()]
        theme, look = self._look.theme, self._look
        box = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_brackets(painter, row, box)
        x = box.x() + 10 + max(0, row.depth) * INDENT + (4 if row.is_group else 0)
        field = box.adjusted(x - box.x() - 6, 1, 0, -1)
        if state & QStyle.StateFlag.State_Selected:
            paint_field(painter, field, 13, theme.raised, edge=theme.line_strong, edge_width=1.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_field(painter, field, 13, faded(theme.raised, 0.6))
        middle = box.center().y()
        if row.place and not row.is_group:
            paint_icon(painter, "drag", QRectF(x - 1, middle - 8, 16, 16), theme.text3)
            x += 19
        disc = look.px(30)
        place = QRectF(x, middle - disc / 2, disc, disc)
        if row.is_group:
            paint_icon(painter, "repeat", place.adjusted(6, 6, -6, -6), theme.accent_text)
            x += disc + 2
        elif row.kind in {*KINDS, "knead"}:
            paint_disc(painter, row.kind, place, theme, tinted=True)
            x += disc + 8
        else:
            paint_icon(painter, "info" if row.place else "book", place.adjusted(5, 5, -5, -5), theme.text2)
            x += disc + 8
        right = box.right() - 12
        painter.setFont(look.font("small"))
        words = QFontMetricsF(painter.font()).horizontalAdvance(row.length)
        painter.setPen(theme.text2)
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(right - words - 2, box.y(), words + 4, box.height()), side, row.length)
        right -= words + 10
        if row.place in self._view.rows.troubled:
            paint_icon(painter, "info", QRectF(right - 20, middle - 10, 20, 20), theme.accent_text)
            right -= 26
        painter.setFont(look.font("label"))
        painter.setPen(theme.accent_text if row.is_group else theme.text)
        title = QFontMetricsF(painter.font()).elidedText(row.title, Qt.TextElideMode.ElideRight, right - x)
        painter.drawText(QRectF(x, box.y(), right - x, box.height()), side, title)
        painter.restore()

    def _paint_brackets(self, painter: QPainter, row: Row, box: QRectF) -> None:
        """A piece of each bracket the row is within; a head begins its own, a last row ends some."""
        around = len(row.place) - 1 + row.is_group
        painter.setPen(QPen(self._look.theme.accent, 2.5, c=Qt.PenCapStyle.FlatCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for depth in range(around):
            x = box.x() + 2 + depth * INDENT
            begins = row.is_group and depth == around - 1
            ends = depth >= around - row.closes
            top, bottom = box.top(), box.bottom() + 1
            path = QPainterPath()
            if begins:
                path.moveTo(x + 8, top + 9)
                path.quadTo(x, top + 9, x, top + 16)
            else:
                path.moveTo(x, top)
            if ends:
                path.lineTo(x, bottom - 11)
                path.quadTo(x, bottom - 5, x + 8, bottom - 5)
            else:
                path.lineTo(x, bottom)
            painter.drawPath(path)


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
        self.rows = Rows(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowPainter(look=look, parent=self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName("Steps")
        self.setAccessibleDescription(
            "Alt and up or down moves a step, Alt and right or left takes it into or out of a group."
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
    def dragging(self) -> bool:
        return self._landing is not None

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
        if after.place[: len(moved)] == moved and after.place != moved:
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
        super().mouseReleaseEvent(event)
        if pressed and landing and landing.place != pressed[1]:
            self.move_asked.emit(pressed[1], landing.place)

    def _let_go(self) -> None:
        self._pressed = self._landing = None
        self.viewport().unsetCursor()
        self.viewport().update()

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pressed is not None:
            self._let_go()
            return
        name = _KEYS.get((event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())))
        if name is not None:
            self.key_asked.emit(name)
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
            painter.drawLine(x, y, self.viewport().width() - 8, y)


_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
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


def _landing(place: Place, y: int, moved: Place) -> Landing | None:
    return Landing(without(moved, place), y, len(place) - 1)


def without(moved: Place, place: Place) -> Place:
    """
    A place among the steps as it counts once `moved` is taken out.

    >>> without((1,), (3,)), without((1,), (1,)), without((0,), (2, 0)), without((2, 0), (0,))
    ((2,), (1,), (1, 0), (0,))
    """
    at = len(moved) - 1
    if len(place) > at and place[:at] == moved[:at] and place[at] > moved[at]:
        return (*place[:at], place[at] - 1, *place[at + 1 :])
    return place


class StepsPane(Card):
    """The list with what can be done to its rows; it asks, and the page changes the text."""

    chosen = Signal(object)
    add_asked = Signal()
    move_asked = Signal(object, object)
    duplicate_asked = Signal(object)
    delete_asked = Signal(object)
    group_asked = Signal(object)
    dissolve_asked = Signal(object)
    form_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self.view = StepsView(look=look, parent=self)
        self.add = Button("Step", look=look, icon="plus", size="small", parent=self)
        self.add.setAccessibleName("Add a step after the chosen one")
        self.group = Button("Group", look=look, icon="repeat", role="quiet", size="small", parent=self)
        self.more = IconButton("dots", "More to do with the chosen steps", look=look, parent=self)
        self.menu = QMenu(self)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.add, 1)
        foot.addWidget(self.group, 1)
        foot.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 12, 14)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.add.clicked.connect(self.add_asked)
        self.group.clicked.connect(self._group_or_not)
        self.more.clicked.connect(lambda: self._open_menu(self.more.mapToGlobal(QPoint(0, -8))))
        self.view.chosen.connect(self._choose)
        self.view.move_asked.connect(self.move_asked)
        self.view.key_asked.connect(self.do)
        self.view.menu_asked.connect(self._open_menu)
        self.view.selectionModel().selectionChanged.connect(self._arrange)

    @property
    def place(self) -> Place:
        """The row the form is about."""
        row = self.view.currentIndex().row()
        rows = self.view.rows.rows
        return rows[row].place if 0 <= row < len(rows) else ()

    @property
    def places(self) -> list[Place]:
        return self.view.selected_places()

    def show_rows(self, rows: list[Row], troubled: frozenset[Place] = frozenset()) -> None:
        self.view.rows.show_rows(rows, troubled)
        self._arrange()

    def choose(self, *places: Place) -> None:
        self.view.choose(places)

    def do(self, name: str) -> None:
        """Do what a key or an entry of the menu is called."""
        places = self.places
        match name:
            case "add":
                self.add_asked.emit()
            case "form":
                self.form_asked.emit()
            case "group":
                self._group_or_not()
            case _ if not places:
                pass
            case "duplicate":
                self.duplicate_asked.emit(places)
            case "delete":
                self.delete_asked.emit(places)
            case _:
                rows = self.view.rows.rows
                moves: dict[str, Callable[[list[Row], list[Place]], tuple[Place, Place] | None]] = {
                    "up": up,
                    "down": down,
                    "into": into_group,
                    "out": out_of_group,
                }
                found = moves[name](rows, places)
                if found is not None:
                    self.move_asked.emit(*found)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _choose(self, place: Place) -> None:
        self._arrange()
        self.chosen.emit(place)

    def _is_group(self) -> Place | None:
        places = self.places
        if len(places) != 1:
            return None
        row = self.view.rows.row_of(places[0])
        return places[0] if row is not None and self.view.rows.rows[row].is_group else None

    def _group_or_not(self) -> None:
        group = self._is_group()
        if group is not None:
            self.dissolve_asked.emit(group)
        elif self.places:
            self.group_asked.emit(self.places)

    def _arrange(self) -> None:
        self.group.setEnabled(bool(self.places))
        apart = self._is_group() is not None
        words = "" if self.width() < self._look.px(270) else "Ungroup" if apart else "Group"
        if words != self.group.text():
            self.group.setText(words)
        self.group.setToolTip("" if self.places else "Choose one or more steps first")
        self.group.setAccessibleName("Take the group apart" if apart else "Make a group of the chosen steps")

    def _open_menu(self, at: QPoint) -> None:
        self.menu.clear()
        entries = (
            ("add", "Add a step", "Ins"),
            ("duplicate", "Duplicate", "Ctrl+D"),
            ("up", "Move up", "Alt+Up"),
            ("down", "Move down", "Alt+Down"),
            ("into", "Into the group beside it", "Alt+Right"),
            ("out", "Out of its group", "Alt+Left"),
            ("group", "Take the group apart" if self._is_group() else "Make a group", "Ctrl+G"),
            ("delete", "Delete", "Del"),
        )
        for name, words, key in entries:
            action = self.menu.addAction(f"{words}\t{key}")
            action.setEnabled(name == "add" or bool(self.places))
            action.triggered.connect(lambda _=False, name=name: self.do(name))
        self.menu.popup(at)


def _siblings(rows: Sequence[Row], place: Place) -> int:
    return sum(len(row.place) == len(place) and row.place[:-1] == place[:-1] for row in rows if row.place)


def _in_a_row(places: Sequence[Place]) -> bool:
    first = places[0]
    return all(place == (*first[:-1], first[-1] + i) for i, place in enumerate(places))


def up(_: Sequence[Row], places: Sequence[Place]) -> tuple[Place, Place] | None:
    """What to move, and where to, so that the chosen steps go up one: the one above goes below them."""
    first, last = places[0], places[-1]
    if not _in_a_row(places) or first[-1] == 0:
        return None
    return (*first[:-1], first[-1] - 1), last


def down(rows: Sequence[Row], places: Sequence[Place]) -> tuple[Place, Place] | None:
    first, last = places[0], places[-1]
    if not _in_a_row(places) or last[-1] + 1 >= _siblings(rows, first):
        return None
    return (*last[:-1], last[-1] + 1), first


def into_group(rows: Sequence[Row], places: Sequence[Place]) -> tuple[Place, Place] | None:
    """Into the group above, at its end; or else into the one below, at its beginning."""
    place = places[-1]
    groups = {row.place for row in rows if row.is_group}
    above, below = (*place[:-1], place[-1] - 1), (*place[:-1], place[-1] + 1)
    if above in groups:
        return place, (*above, _siblings(rows, (*above, 0)))
    return (place, (*place, 0)) if below in groups else None


def out_of_group(_: Sequence[Row], places: Sequence[Place]) -> tuple[Place, Place] | None:
    """Out of its group, to right after it."""
    place = places[-1]
    return (place, (*place[:-2], place[-2] + 1)) if len(place) > 1 else None
