"""The routine's steps as rows, and how a row is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from guide.compat import override
from guide.core.naming import kind_word, within_a_sentence
from guide.core.routine import Kind, Place
from guide.kit.direction import LEFTWARD, draw_line, mirror, placed_within
from guide.kit.guard import Guarded
from guide.kit.icons import paint_disc, paint_icon
from guide.kit.look import Look
from guide.kit.painting import is_on_whole_pixels, paint_field, painting
from guide.kit.room import fitted, fitted_or_cut
from guide.kit.theme import KINDS, Tint, faded
from guide.language import _, screen
from guide.pages.editor.outline import OutlineRow

if TYPE_CHECKING:
    from guide.pages.editor.steps_view import StepsView


HEIGHT: Final = 50
STACKED: Final = 54  # with the length below the title
NARROW: Final = 220
INDENT: Final = 14
LEAST_SHARE: Final = 0.8  # of the size of its letters that a long title keeps before it is cut
MOST_KEPT: Final = 100  # pictures of rows, five megabytes
GROUND: Final[Tint] = "surface"  # the card on which the list lies
Index = QModelIndex | QPersistentModelIndex


class StepsModel(Guarded, QStringListModel):
    """
    The rows as Qt's list takes them; a screen reader hears title and length.

    How many they are is Qt's own to say, which asks for it twice a row whenever it lays them out.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[OutlineRow] = []
        self._numbered = self.rows  # those that have their numbers in `_numbers`
        self._numbers: dict[Place, int] = {}
        self.troubled: frozenset[Place] = frozenset()

    def show_rows(self, rows: list[OutlineRow], troubled: frozenset[Place]) -> None:
        """Take new rows in; rows that came, went or moved are told to Qt as few as they are."""
        old, self.troubled = self.rows, troubled
        if len(old) == len(rows):
            changed = [i for i, (a, b) in enumerate(zip(old, rows, strict=True)) if a is not b and a != b]
            self.rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        if len(old) < len(rows):
            self.rows = rows
            self.insertRows(len(old), len(rows) - len(old))
        else:
            self.removeRows(len(rows), len(old) - len(rows))
            self.rows = rows
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def row_of(self, place: Place) -> int | None:
        if self._numbered is not self.rows:
            self._numbered, self._numbers = self.rows, {row.place: number for number, row in enumerate(self.rows)}
        return self._numbers.get(place)

    def is_group(self, place: Place) -> bool:
        number = self.row_of(place)
        return number is not None and self.rows[number].is_group

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

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
                word = kind_word(Kind(row.kind), screen()) if row.kind in set(Kind) else ""
                kind = (
                    f", {within_a_sentence(word, screen())}"
                    if word and word.casefold() not in row.title.casefold()
                    else ""
                )
                within = _(", in a group") if row.depth > 0 else ""
                looked = _(", something to look at") if row.place in self.troubled else ""
                length = f", {said}" if (said := row.said or row.length) else ""
                return f"{row.title}{kind}{length}{within}{looked}"
            case _:
                return None


class _State(NamedTuple):
    """What a row says of itself besides its words."""

    chosen: bool
    hot: bool
    troubled: bool


class RowPainter(Guarded, QStyledItemDelegate):
    """
    Paints one row: handle, disc, title, length, and its piece of the brackets around it.

    Where a step comes or goes, all rows beneath it are painted, and look as they did: their pictures are kept.
    """

    def __init__(self, *, look: Look, parent: StepsView) -> None:
        super().__init__(parent)
        self._look = look
        self._view = parent
        self.was_stacked = False
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        look.changed.connect(self._pictures.clear)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        self.was_stacked = self.stacked
        return QSize(200, self._look.px(STACKED) if self.stacked else max(HEIGHT, self._look.px(HEIGHT * 0.92)))

    @property
    def stacked(self) -> bool:
        """Whether a row has two lines."""
        return self._view.viewport().width() < self._look.px(NARROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.rows.rows[index.row()]
        state: QStyle.StateFlag = option.state
        shown = _State(
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
            row.place in self._view.rows.troubled,
        )
        box = QRectF(option.rect)
        if is_on_whole_pixels(painter, box):
            painter.drawPixmap(box.topLeft(), self._picture(painter, box, row, shown))
        else:
            self._paint_row(painter, box, row, shown)

    def _picture(self, painter: QPainter, box: QRectF, row: OutlineRow, shown: _State) -> QPixmap:
        scale, direction = painter.device().devicePixelRatio(), painter.layoutDirection()
        size = box.size().toSize()
        key = row[1:], len(row.place), shown, size.width(), size.height(), scale, direction, self.stacked
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= MOST_KEPT:
                self._pictures.clear()
            picture = self._pictures[key] = QPixmap(size * scale)
            picture.setDevicePixelRatio(scale)
            picture.fill(self._look.theme.tint(GROUND))
            with painting(picture) as inner:
                inner.setLayoutDirection(direction)
                self._paint_row(inner, QRectF(QPointF(), box.size()), row, shown)
        return picture

    def _paint_row(self, painter: QPainter, box: QRectF, row: OutlineRow, shown: _State) -> None:
        theme, look = self._look.theme, self._look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed = mirror(painter, box)
        self._paint_brackets(painter, row, box)
        x = box.x() + 10 + max(0, row.depth) * INDENT + (4 if row.is_group else 0)
        field = box.adjusted(x - box.x() - 6, 1, 0, -1)
        if shown.chosen:
            paint_field(painter, placed(field), 13, theme.raised, edge=theme.line_strong, edge_width=1.5)
        elif shown.hot:
            paint_field(painter, placed(field), 13, faded(theme.raised, 0.6))
        middle = box.center().y()
        if row.place:
            paint_icon(painter, "drag", placed(QRectF(x - 1, middle - 8, 16, 16)), theme.text3)
            x += 19
        disc = look.px(30)
        place = placed(QRectF(x, middle - disc / 2, disc, disc))
        if row.is_group:
            side = disc - 12
            paint_icon(painter, "repeat", placed(QRectF(x, middle - side / 2, side, side)), theme.accent_text)
            x += side + 8
        elif row.kind in KINDS:
            paint_disc(painter, row.kind, place, theme, tinted=True)
            x += disc + 8
        else:
            paint_icon(painter, "info" if row.place else "book", place.adjusted(5, 5, -5, -5), theme.text2)
            x += disc + 8
        right = box.right() - 12
        if shown.troubled:
            paint_icon(painter, "info", placed(QRectF(right - 20, middle - 10, 20, 20)), theme.accent_text)
            right -= 26
        self._paint_words(painter, row, placed(QRectF(x, box.y(), right - x, box.height())))
        painter.restore()

    def _paint_words(self, painter: QPainter, row: OutlineRow, room: QRectF) -> None:
        """Title and length, side by side, or one above the other where a long title would be cut for it."""
        theme, look = self._look.theme, self._look
        left = Qt.AlignmentFlag.AlignLeft
        middle, above, below = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        upper, lower = room, room
        across = room.width()
        painter.setFont(fitted(look.font("small"), row.length, across * (1 if self.stacked else 0.5)))
        painter.setPen(theme.text2)
        if not self.stacked:
            words = QFontMetricsF(painter.font()).horizontalAdvance(row.length) + 4
            at_end = QRectF(room.right() - words + 2, room.y(), words, room.height())
            draw_line(painter, placed_within(at_end, room, painter.layoutDirection()), middle, row.length)
            across -= words + 6
        elif row.length:
            upper = room.adjusted(0, 0, 0, -room.height() * 0.46)
            lower = room.adjusted(0, room.height() * 0.54, 0, 0)
            draw_line(painter, lower, left | below, row.length)
        font, title = fitted_or_cut(look.font("label"), row.title, across, least=LEAST_SHARE)
        painter.setFont(font)
        painter.setPen(theme.accent_text if row.is_group else theme.text)
        side = left | (middle if upper is room else above)
        place = QRectF(upper.x(), upper.y(), across, upper.height())
        draw_line(painter, placed_within(place, upper, painter.layoutDirection()), side, title)

    def _paint_brackets(self, painter: QPainter, row: OutlineRow, box: QRectF) -> None:
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
            painter.save()
            if painter.layoutDirection() is LEFTWARD:
                painter.translate(box.left() + box.right(), 0)
                painter.scale(-1, 1)
            painter.drawPath(path)
            painter.restore()
