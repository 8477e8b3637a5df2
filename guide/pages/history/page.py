"""History: the last 24 hours, milk per day, the sessions, and two routines side by side. Never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.days import LAG_WORDS, Dial
from guide.core.record import Record, volume
from guide.kit.buttons import Button, IconButton, Pressable
from guide.kit.cards import Card, ScrollArea
from guide.kit.charts import ChartPane
from guide.kit.choices import Segmented
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting
from guide.kit.words import effective
from guide.pages.history.compare_chart import CompareChart
from guide.pages.history.dial_chart import DialChart
from guide.pages.history.records import Filter, RecordsPage, Source
from guide.pages.history.trend_chart import TrendChart
from guide.pages.history.view import Choice, Compared, HistoryView, Span
from guide.pages.history.words import clock_words, name_of, spoken_session, when_words

MARGIN: Final = 40
GAP: Final = 16
SQUARE_FROM: Final = 1000
ROW: Final = 45
FEWEST_ROWS: Final = 5
MOST_ROWS: Final = 12
ABOUT_TREND: Final = "Dots are days, the line is the 3-day average. One day says little; a week says more."
NO_DAYS: Final = (
    "A day shows here once it is over and has a volume noted. None is needed: notes are yours to leave out."
)
ONE_ROUTINE: Final = "Once a second routine is in your log, you can look at the two side by side here."

__all__ = ["Filter", "HistoryPage", "HistoryView", "Source"]


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
        self._view = HistoryView(datetime.min.replace(tzinfo=UTC), Dial((), 0.0, None, ""))
        self._source: Source | None = None
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
        over.sessions.all_asked.connect(self.show_all)
        over.sessions.add_asked.connect(self.add_asked)
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

    def show_history(self, view: HistoryView, source: Source) -> None:
        """Show the log; `source` gives the sessions of the full list as they are scrolled to."""
        self._view, self._source = view, source
        if not view.total:
            self._layers.setCurrentWidget(self.nothing)
            return
        self.overview.show_history(view)
        if self.shows_all:
            self.records.show_sessions(view, source)
        elif self._layers.currentWidget() is self.nothing:
            self._layers.setCurrentWidget(self.overview)

    def show_dial(self, dial: Dial, now: datetime) -> None:
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

    def show_overview(self) -> None:
        """Come back from the full list."""
        self._layers.setCurrentWidget(self.overview if self._view.total else self.nothing)
        self.overview.sessions.all.setFocus()


class NothingYet(Guarded, QWidget):
    """What stands here before the first session."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.title = Heading("Nothing here yet", look=look, role="h1_quiet", parent=self)
        self.words = Label(
            "After a session you find here when it was, and whatever you chose to note.",
            look=look,
            role="body_large",
            tint="text2",
            wrap=True,
            parent=self,
        )
        self.begin = Button("Choose a routine", look=look, role="primary", parent=self)
        self.add = Button("Add one by hand", look=look, icon="plus", parent=self)
        self.bring = Button("Bring sessions in", look=look, icon="import", role="quiet", parent=self)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (self.begin, self.add, self.bring):
            buttons.addWidget(button)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(buttons)
        row.addStretch(1)
        self._column.addStretch(4)
        self._column.addWidget(self.title)
        self._column.addWidget(self.words)
        self._column.addSpacing(14)
        self._column.addLayout(row)
        self._column.addStretch(5)
        self.setFocusProxy(self.begin)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        side = max(MARGIN, (self.width() - self._look.px(620)) // 2)
        self._column.setContentsMargins(side, 12, side, 22)


class Overview(Guarded, QWidget):
    """The four cards: two by two where there is room, else one above the other."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._number_free = False
        self._placed: tuple[bool, bool] | None = None
        content = QWidget(self)
        self.dial = DialCard(look=look, parent=content)
        self.trend = TrendCard(look=look, parent=content)
        self.sessions = SessionsCard(look=look, parent=content)
        self.compare = CompareCard(look=look, parent=content)
        self._grid = QGridLayout(content)
        self._grid.setSpacing(GAP)
        self.area = ScrollArea(content, look=look, parent=self)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.area)
        self.area.viewport().installEventFilter(self)
        look.changed.connect(self._arrange)

    @property
    def square(self) -> bool:
        """Whether the cards stand two by two."""
        return effective(self.width(), self._look.scale) >= SQUARE_FROM

    def show_history(self, view: HistoryView) -> None:
        self._number_free = view.number_free
        self.dial.show_history(view)
        self.sessions.show_history(view)
        for card in (self.trend, self.compare):
            card.setVisible(not view.number_free)
        if not view.number_free:
            self.trend.show_history(view)
            self.compare.show_history(view)
        self._arrange()

    def _arrange(self) -> None:
        # the page's right margin holds the scroll bar
        right = max(0, MARGIN - (self.width() - self.area.viewport().width()))
        self._grid.setContentsMargins(MARGIN, 6, right, 22)
        wanted = (self.square, self._number_free)
        if wanted == self._placed:
            return
        self._placed = wanted
        while self._grid.count():
            self._grid.takeAt(0)
        shown: list[Card] = [self.dial, self.trend, self.sessions, self.compare]
        if self._number_free:
            shown = [self.dial, self.sessions]
        for number in range(4):
            self._grid.setRowStretch(number, 0)
            self._grid.setColumnStretch(number, 0)
        for number, card in enumerate(shown):
            if self.square:
                self._grid.addWidget(card, number // 2, number % 2)
            else:
                self._grid.addWidget(card, number, 0)
        if self.square:
            self._grid.setRowStretch(0, 374)
            self._grid.setRowStretch(1, 0 if self._number_free else 294)
            self._grid.setColumnStretch(0, 372)
            self._grid.setColumnStretch(1, 692)
            for row, card in enumerate((self.dial, self.sessions)):
                self._grid.setRowMinimumHeight(row, 0 if self._number_free and row else card.minimumSizeHint().height())
        else:
            for row, card in enumerate(shown):
                self._grid.setRowStretch(row, 1 if card is self.sessions else 0)
                self._grid.setRowMinimumHeight(row, 0)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False


class _HistoryCard(Card):
    """A card of the history: a heading, what belongs beside it, and a column below."""

    def __init__(self, title: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self.head = Heading(title, look=look, role="h3", wrap=False, parent=self)
        self.setAccessibleName(title)
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.top.addWidget(self.head)
        self.top.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 14, 24, 18)
        self.column.setSpacing(6)
        self.column.addLayout(self.top)

    def beside(self, widget: QWidget) -> None:
        self.top.addWidget(widget)


class DialCard(_HistoryCard):
    """The last 24 hours."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Last 24 hours", look=look, parent=parent)
        self._shown: tuple[Dial, bool, bool] | None = None
        self.head.setMinimumHeight(36)
        self.chart = DialChart(look=look)
        self.pane = ChartPane(self.chart, look=look, parent=self)
        self.caption = Label("", look=look, role="label", tint="text2", weight=400, wrap=True, parent=self)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.pane, 100)
        self.column.addWidget(self.caption)
        self.column.addStretch(1)
        look.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.pane.setMaximumHeight(self._look.px(360))

    def show_history(self, view: HistoryView) -> None:
        dial = view.dial
        shown = (dial, view.ounces, view.number_free)
        if shown == self._shown:
            return
        self._shown = shown
        self.chart.show_dial(dial, view.now, ounces=view.ounces, number_free=view.number_free)
        self.pane.renew()
        words = dial.caption
        if view.number_free and dial.arcs:
            words = f"The last one began at {clock_words(dial.arcs[-1].record.began)}"
        self.caption.setText(words)


class TrendCard(_HistoryCard):
    """Milk per day."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Milk per day", look=look, parent=parent)
        self.span = Segmented([(span, span.value) for span in Span], look=look, name="How far back", parent=self)
        self.beside(self.span)
        self.chart = TrendChart(look=look)
        self.pane = ChartPane(self.chart, look=look, parent=self)
        self.words = Label("", look=look, role="label", tint="text2", weight=400, wrap=True, parent=self)
        self.column.addWidget(self.pane, 1)
        self.column.addWidget(self.words)
        self._room = QWidget(self)
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.column.addWidget(self._room, 1)
        self.chart.drawn.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def show_history(self, view: HistoryView) -> None:
        self.head.setText(f"Milk per day, {'fl oz' if view.ounces else 'mL'}")
        self.span.set_value(view.span)
        noted = bool(view.trend.noted)
        self.chart.show_trend(view.trend, ounces=view.ounces)
        self.pane.renew()
        self.pane.setVisible(noted)
        self._room.setVisible(not noted)
        self._say()

    def _say(self) -> None:
        if not self.chart.trend.noted:
            self.words.setText(NO_DAYS)
        elif self.chart.said_lag:
            self.words.setText(ABOUT_TREND)
        else:
            self.words.setText(f"{ABOUT_TREND} {LAG_WORDS}.")


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
        self.milk = "" if view.number_free else volume(record.ml, ounces=view.ounces)
        self.when_width = when_width
        said = spoken_session(record, view.now, ounces=view.ounces, number_free=view.number_free)
        self.setAccessibleName(said)
        self.setAccessibleDescription("Opens it for changes")
        self.setToolTip(said)
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
            painter.drawText(inner, left, self.when)
            noted = self.record.ml is not None
            painter.setFont(strong if noted else quiet)
            painter.setPen(theme.text if noted else theme.text3)
            painter.drawText(inner, right, self.milk)
            before, after = self.when_width + look.px(20), QFontMetricsF(strong).horizontalAdvance(self.milk) + 14
            painter.setFont(label)
            painter.setPen(theme.text)
            room = inner.adjusted(before, 0, -after, 0)
            words = QFontMetricsF(label).elidedText(name_of(self.record), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, left, words)


class Rows(Guarded, QWidget):
    """As many of the newest sessions as there is room for."""

    edit_asked = Signal(object)

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
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, FEWEST_ROWS * max(44, self._look.px(ROW)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class SessionsCard(_HistoryCard):
    """The newest sessions, and the way to all of them."""

    edit_asked = Signal(object)
    all_asked = Signal()
    add_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Sessions", look=look, parent=parent)
        self.column.setContentsMargins(24 - SessionRow.LEFT, 12, 24 - SessionRow.RIGHT, 12)
        self.top.setContentsMargins(SessionRow.LEFT, 0, 0, 0)
        self.top.setSpacing(0)
        self.add = IconButton("plus", "Add a session by hand", look=look, parent=self)
        self.all = Button("See all", look=look, role="quiet", size="small", parent=self)
        self.beside(self.add)
        self.beside(self.all)
        self.rows = Rows(look=look, parent=self)
        self.column.addWidget(self.rows, 1)
        self.add.clicked.connect(self.add_asked)
        self.all.clicked.connect(self.all_asked)
        self.rows.edit_asked.connect(self.edit_asked)

    def show_history(self, view: HistoryView) -> None:
        self.rows.show_history(view)


class PairPicker(Pressable):
    """Which two routines stand side by side; a menu for each."""

    picked = Signal(str, str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._routines: tuple[Choice, ...] = ()
        self._pair: tuple[Choice, Choice] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)

    def show_pair(self, compared: Compared, routines: Sequence[Choice]) -> None:
        self._routines = tuple(routines)
        self._pair = (compared.first, compared.second)
        second = compared.second.name
        lowered = second if second[1:] != second[1:].lower() else second[:1].lower() + second[1:]
        self.setText(f"{compared.first.name} vs {lowered}")
        self.setAccessibleName(f"Routines compared: {compared.first.name} and {second}")
        self.setToolTip(self.text())
        self.restyle()

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(self._look.font("body"))
        if self._pair is None:
            return menu
        for place, words in enumerate(("The first", "The second")):
            part = menu.addMenu(f"{words}: {self._pair[place].name}".replace("&", "&&"))
            part.setFont(self._look.font("body"))
            group = QActionGroup(part)
            for routine in self._routines:
                action = part.addAction(routine.name.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(routine.id == self._pair[place].id)
                group.addAction(action)
                action.triggered.connect(lambda _=False, place=place, one=routine: self._pick(place, one))
        menu.addSeparator()
        menu.addAction("Change places").triggered.connect(lambda _=False: self._swap())
        return menu

    def open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.mapToGlobal(QPoint(max(0, self.width() - menu.sizeHint().width()), self.height() + 2)))

    def _pick(self, place: int, routine: Choice) -> None:
        if self._pair is None:
            return
        pair = list(self._pair)
        if pair[1 - place].id == routine.id:
            pair[1 - place] = pair[place]
        pair[place] = routine
        self.picked.emit(pair[0].id, pair[1].id)

    def _swap(self) -> None:
        if self._pair is not None:
            self.picked.emit(self._pair[1].id, self._pair[0].id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("label", weight=400)).horizontalAdvance(self.text())
        return QSize(round(words) + 46, max(44, self._look.px(44)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            font = self._look.font("label", weight=400)
            metrics = QFontMetricsF(font)
            words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width() - 42)
            if self.is_hot or self.isDown():
                across = min(self.width(), metrics.horizontalAdvance(words) + 46)
                paint_field(painter, QRectF(self.width() - across, 0, across, self.height()), 12, theme.raised)
            painter.setFont(font)
            painter.setPen(theme.text2)
            room = QRectF(0, 0, self.width() - 32, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            paint_icon(painter, "down", QRectF(self.width() - 25, (self.height() - 20) / 2, 20, 20), theme.text2, 2.2)


class CompareCard(_HistoryCard):
    """Two routines side by side."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Comparing routines", look=look, parent=parent)
        self.column.setContentsMargins(24, 12, 24, 14)
        self.column.setSpacing(4)
        self.picker = PairPicker(look=look, parent=self)
        self.head.setMinimumHeight(44)
        self.top.takeAt(1)
        self.top.addWidget(self.picker, 1)
        self.words = Label("", look=look, role="body", tint="text2", wrap=True, parent=self)
        self.chart = CompareChart(look=look)
        self.pane = ChartPane(self.chart, look=look, parent=self)
        self._room = QWidget(self)
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.column.addWidget(self.words)
        self.column.addWidget(self.pane, 1)
        self.column.addWidget(self._room, 1)

    def show_history(self, view: HistoryView) -> None:
        compared = view.compared
        self.picker.setVisible(compared is not None)
        drawn = compared is not None and any(lane.sessions for lane in compared.lanes)
        self.pane.setVisible(drawn)
        self._room.setVisible(not drawn)
        if compared is None:
            self.words.setText(ONE_ROUTINE)
            return
        self.picker.show_pair(compared, view.routines)
        sentence = compared.sentence(ounces=view.ounces)
        strong, comma, rest = sentence.partition(", on average")
        if not comma:
            strong, dot, rest = sentence.partition(". ")
            strong, rest = strong + dot.strip(), f" {rest}" if rest else ""
        self.words.set_parts([(strong, True), (comma + rest, False)])
        self.chart.show_comparison(
            compared.lanes, compared.comparison, view.now.date(), ounces=view.ounces, sentence=sentence
        )
        self.pane.renew()
