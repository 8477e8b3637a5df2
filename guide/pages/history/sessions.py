"""The card with the latest sessions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.amounts import volume_words
from guide.compat import override
from guide.core.record import Record
from guide.kit.buttons import Button, IconButton, Pressable
from guide.kit.direction import draw_line, margins, mirror
from guide.kit.focus import focus_within
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted_or_cut
from guide.kit.tips import tip
from guide.language import _
from guide.pages.history.charts import HistoryCard
from guide.pages.history.view import HistoryView
from guide.pages.history.words import TAKES_OUT, name_of, spoken_session, when_words

ROW: Final = 45
FEWEST_ROWS: Final = 5
MOST_ROWS: Final = 12
LEAST_SHARE: Final = 0.75  # of the size of its letters that a long name keeps before it is cut


class SessionRow(Pressable):
    """When, which routine, how much; pressed, it can be changed."""

    LEFT: Final = 10
    RIGHT: Final = 16  # as far as the words of the button above are from its edge

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self.record: Record | None = None
        self.when = self.milk = ""
        self.when_width = 0.0

    def show_record(self, record: Record, view: HistoryView, when_width: float) -> None:
        self.record = record
        self.when = when_words(record.began, view.now)
        self.milk = "" if view.number_free else volume_words(record.ml, ounces=view.ounces)
        self.when_width = when_width
        said = spoken_session(record, view.now, ounces=view.ounces, number_free=view.number_free)
        self.setAccessibleName(said)
        self.setAccessibleDescription(_("Opens it for changes"))
        self.setToolTip(tip(said))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, max(44, self._look.px(ROW)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.record is None:
            return
        look, theme = self._look, self._look.theme
        with painting(self) as painter:
            if self.is_hot or self.isDown():
                paint_field(painter, QRectF(self.rect()), 12, theme.raised)
            label, strong = look.font("label"), look.font("label", weight=600)
            inner = QRectF(self.rect()).adjusted(self.LEFT, 0, -self.RIGHT, 0)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            quiet = look.font("label", weight=400)
            painter.setFont(quiet)
            painter.setPen(theme.text2)
            placed = mirror(painter, self.rect())
            draw_line(painter, placed(inner), left, self.when)
            noted = self.record.ml is not None
            painter.setFont(strong if noted else quiet)
            painter.setPen(theme.text if noted else theme.text3)
            draw_line(painter, placed(inner), right, self.milk)
            before, after = self.when_width + look.px(20), QFontMetricsF(strong).horizontalAdvance(self.milk) + 14
            room = inner.adjusted(before, 0, -after, 0)
            font, words = fitted_or_cut(label, name_of(self.record), room.width(), least=LEAST_SHARE)
            painter.setFont(font)
            painter.setPen(theme.text)
            draw_line(painter, placed(room), left, words)


class LatestRows(Guarded, QWidget):
    """As many of the newest sessions as there is room for; Delete takes the one with the focus out."""

    edit_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: HistoryView | None = None
        self.rows: list[SessionRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._renew)

    def show_history(self, view: HistoryView) -> None:
        self._view = view
        while len(self.rows) < min(len(view.latest), MOST_ROWS):
            row = SessionRow(look=self._look, parent=self)
            row.clicked.connect(self._open)
            self.rows.append(row)
        self._renew()

    def _renew(self) -> None:
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        view = self._view
        if view is None:
            return
        least = max(44, self._look.px(ROW))
        fitting = min(max(1, self.height() // least), len(self.rows), len(view.latest))
        high = min(round(least * 1.15), max(least, self.height() // FEWEST_ROWS))
        if fitting * high > self.height():
            high = least
        shown = view.latest[:fitting]
        metrics = QFontMetricsF(self._look.font("label", weight=400))
        widest = max(metrics.horizontalAdvance(when_words(one.began, view.now)) for one in shown) if shown else 0.0
        widest = max(widest, metrics.horizontalAdvance("00:00"))
        for number, row in enumerate(self.rows):
            row.setGeometry(0, number * high, self.width(), high)
            if number < fitting:
                row.show_record(shown[number], view, widest)
            row.setVisible(number < fitting)

    def _open(self) -> None:
        row = self.sender()
        if isinstance(row, SessionRow) and row.record is not None:
            self.edit_asked.emit(row.record)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = focus_within(self)
        if isinstance(row, SessionRow) and row.hasFocus() and row.record is not None and event.key() in TAKES_OUT:
            if not event.isAutoRepeat():  # a key that is held takes one out
                self.delete_asked.emit(row.record)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, FEWEST_ROWS * max(44, self._look.px(ROW)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class SessionsCard(HistoryCard):
    """The newest sessions, and the way to all of them."""

    edit_asked = Signal(object)
    delete_asked = Signal(object)
    all_asked = Signal()
    add_asked = Signal()
    import_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Sessions"), look=look, parent=parent)
        self.column.setContentsMargins(margins(24 - SessionRow.LEFT, 12, 24 - SessionRow.RIGHT, 12))
        self.top.setContentsMargins(margins(SessionRow.LEFT, 0, 0, 0))
        self.top.setSpacing(0)
        self.bring = IconButton("import", _("Import sessions"), look=look, parent=self)  # first, as Tab comes to it
        self.add = IconButton("plus", _("Add a session by hand"), look=look, parent=self)
        self.all = Button(_("See all"), look=look, role="quiet", size="small", parent=self)
        self.beside(self.bring)
        self.beside(self.add)
        self.beside(self.all)
        self.rows = LatestRows(look=look, parent=self)
        self.column.addWidget(self.rows, 1)
        self.add.clicked.connect(self.add_asked)
        self.bring.clicked.connect(self.import_asked)
        self.all.clicked.connect(self.all_asked)
        self.rows.edit_asked.connect(self.edit_asked)
        self.rows.delete_asked.connect(self.delete_asked)

    def show_history(self, view: HistoryView) -> None:
        self.rows.show_history(view)
