"""The list of words that fit at the cursor, with what the chosen one is for beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from guide.compat import override
from guide.kit.direction import margins
from guide.kit.dress import dress, views
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.language import _
from guide.pages.editor.completion import Completion
from guide.pages.editor.text_layout import mono

ROWS: Final = 7
ROW: Final = 34
PADDING: Final = 6
DOC: Final = 250


class _Rows(Guarded, QStyledItemDelegate):
    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._look.px(ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._look.theme
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            paint_field(painter, QRectF(rect), 9, theme.hover, edge=theme.line_strong, edge_width=1)
        painter.setFont(mono(self._look, 15))
        painter.setPen(theme.text if chosen else theme.text2)
        words = rect.adjusted(12, 0, -8, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.restore()


class OfferList(Guarded, QFrame):
    """Lies over the text and leaves the keys to it; the text's view turns to `step`, `page` and `take`."""

    taken = Signal(object)

    def __init__(self, host: QWidget, *, look: Look) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self.offers: tuple[Completion, ...] = ()
        self.list = QListWidget(self)
        dress(self.list, views, look=look)
        self.list.setItemDelegate(_Rows(look=look, parent=self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("What fits here"))
        self.doc = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        self.doc.setContentsMargins(margins(0, 7, 8, 7))
        self.doc.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._measure = Label("", look=look, role="small", wrap=True, parent=self)
        self._measure.setContentsMargins(self.doc.contentsMargins())
        self._measure.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        row.setSpacing(10)
        row.addWidget(self.list)
        row.addWidget(self.doc, 1)
        self.list.currentRowChanged.connect(self._turn_to)
        self.list.itemClicked.connect(self.take)
        look.changed.connect(self.hide)
        self.hide()

    @property
    def chosen(self) -> Completion | None:
        row = self.list.currentRow()
        return self.offers[row] if 0 <= row < len(self.offers) else None

    @property
    def words(self) -> list[str]:
        return [offer.word for offer in self.offers]

    def offer(self, offers: Sequence[Completion], at: QRect) -> None:
        """Show the words under, or else above, the place where the word begins; `at` is in the host's own pixels."""
        if tuple(offers) != self.offers or not self.isVisible():
            self.offers = tuple(offers)
            self.list.clear()
            self.list.addItems([offer.word for offer in offers])
            self.list.setCurrentRow(0)
        self._place(at)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go up or down, and round at the ends."""
        self.list.setCurrentRow((self.list.currentRow() + by) % max(1, self.list.count()))

    def page(self, by: int) -> None:
        row = self.list.currentRow() + by * (ROWS - 1)
        self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))

    def take(self) -> None:
        if (offer := self.chosen) is not None:
            self.hide()
            self.taken.emit(offer)

    def _turn_to(self, row: int) -> None:
        offer = self.chosen
        if offer is not None and row >= 0:
            self.doc.setText(_(offer.doc))
            announce(self, f"{offer.word}. {_(offer.doc)}" if offer.doc else offer.word)

    def _place(self, at: QRect) -> None:
        px = self._look.px
        metrics = QFontMetricsF(mono(self._look, 15))
        widest = max((metrics.horizontalAdvance(offer.word) for offer in self.offers), default=0)
        across = round(widest) + 12 + 24
        self.list.setFixedWidth(max(across, px(120)))
        rows = min(ROWS, len(self.offers))
        doc_width = min(px(DOC), self._host.width() - self.list.width() - 60)
        told = self.doc.heightForWidth(doc_width)
        for doc in dict.fromkeys(_(offer.doc) for offer in self.offers):
            self._measure.setText(doc)
            told = max(told, self._measure.heightForWidth(doc_width))
        width = self.list.width() + doc_width + 2 * PADDING + 10
        height = max(rows * px(ROW), told) + 2 * PADDING
        x = max(8, min(at.left() - PADDING - 12, self._host.width() - width - 8))
        below = at.bottom() + 4
        fits = below + height <= self._host.height() - 8
        y = below if fits or at.top() < height else at.top() - height - 4
        y = max(8, min(y, self._host.height() - 8 - height))  # where neither has room, over the line itself
        self.setGeometry(x, y, width, min(height, self._host.height() - 16))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 14, theme.raised, edge=theme.line_strong)
