"""The cards of the history that hold a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from guide.amounts import unit_words
from guide.compat import override
from guide.core.days import LAG_WORDS, LastDay
from guide.dates import clock_words, moment_words
from guide.kit.buttons import Pressable
from guide.kit.cards import Card
from guide.kit.choices import Segmented
from guide.kit.direction import draw_line, placed
from guide.kit.dress import make_menu
from guide.kit.icons import paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.kit.tables import ChartPane
from guide.kit.tips import tip
from guide.language import N_, _
from guide.pages.history.compare_chart import CompareChart
from guide.pages.history.dial_chart import DialChart
from guide.pages.history.trend_chart import TrendChart
from guide.pages.history.view import Compared, DaysSpan, HistoryView, PairChoice

ABOUT_TREND: Final = N_("Dots are days, the line is the 3-day average. One day says little; a week says more.")
ABOUT_DAYS: Final = N_("Dots are days. One day says little; a week says more.")
NO_DAYS: Final = N_(
    "A day shows here once it is over and has a volume noted. None is needed: notes are yours to leave out."
)
FURTHER_BACK: Final = N_("“All”, above, looks back to your first session.")
ONE_ROUTINE: Final = N_("Once a second routine is in your log, you can look at the two side by side here.")


class HistoryCard(Card):
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
        nest(self.column, self.top)

    def beside(self, widget: QWidget) -> None:
        self.top.addWidget(widget)


class DialCard(HistoryCard):
    """The last 24 hours."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Last 24 hours"), look=look, parent=parent)
        self._shown: tuple[LastDay, bool, bool] | None = None
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
            words = _("The last one began at {clock}").format(clock=clock_words(dial.arcs[-1].record.began))
        elif view.number_free:
            last = moment_words(view.latest[0].began, view.now) if view.latest else ""
            words = _("The last one: {when}").format(when=last) if last else ""
        self.caption.setText(words)


class TrendCard(HistoryCard):
    """Milk per day."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Milk per day"), look=look, parent=parent)
        self.span = Segmented(
            [(span, _(span.value)) for span in DaysSpan], look=look, name=_("How far back"), parent=self
        )
        self.beside(self.span)
        self._looks_further = False  # a longer span may have what this one has not
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
        self.head.setText(_("Milk per day, {unit}").format(unit=unit_words(ounces=view.ounces)))
        self.span.set_value(view.span)
        self._looks_further = view.span is not DaysSpan.ALL
        noted = bool(view.trend.noted)
        self.chart.show_trend(view.trend, ounces=view.ounces)
        self.pane.renew()
        self.pane.setVisible(noted)
        self._room.setVisible(not noted)
        self._say()

    def _say(self) -> None:
        if not self.chart.trend.noted:
            self.words.setText(f"{_(NO_DAYS)} {_(FURTHER_BACK)}" if self._looks_further else _(NO_DAYS))
            return
        about = _(ABOUT_TREND) if self.chart.trend.has_line else _(ABOUT_DAYS)
        self.words.setText(about if self.chart.said_lag else f"{about} {_(LAG_WORDS)}.")


class PairPicker(Pressable):
    """Which two routines stand side by side; a menu for each."""

    picked = Signal(str, str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._routines: tuple[PairChoice, ...] = ()
        self._pair: tuple[PairChoice, PairChoice] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)

    def show_pair(self, compared: Compared, routines: Sequence[PairChoice]) -> None:
        self._routines = tuple(routines)
        self._pair = (compared.first, compared.second)
        second = compared.second.name
        self.setText(_("{first} vs {second}").format(first=compared.first.name, second=second))
        self.setAccessibleName(
            _("Routines compared: {name} and {second}").format(name=compared.first.name, second=second)
        )
        self.setToolTip(tip(self.text()))
        self.restyle()

    def menu(self) -> QMenu:
        menu = make_menu(self, look=self._look)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(self._look.font("body"))
        if self._pair is None:
            return menu
        for place, words in enumerate((_("The first"), _("The second"))):
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
        menu.addAction(_("Change places")).triggered.connect(lambda _=False: self._swap())
        return menu

    def open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.mapToGlobal(QPoint(max(0, self.width() - menu.sizeHint().width()), self.height() + 2)))

    def _pick(self, place: int, routine: PairChoice) -> None:
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
                field = QRectF(self.width() - across, 0, across, self.height())
                paint_field(painter, placed(self, field), 12, theme.raised)
            painter.setFont(font)
            painter.setPen(theme.text2)
            room = QRectF(0, 0, self.width() - 32, self.height())
            draw_line(painter, placed(self, room), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            place = placed(self, QRectF(self.width() - 25, (self.height() - 20) / 2, 20, 20))
            paint_icon(painter, "down", place, theme.text2, 2.2)


class CompareCard(HistoryCard):
    """Two routines side by side."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Comparing routines"), look=look, parent=parent)
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
            self.words.setText(_(ONE_ROUTINE))
            return
        self.picker.show_pair(compared, view.routines)
        sentence = compared.sentence(ounces=view.ounces)
        strong, comma, rest = sentence.partition(_(", on average"))
        if not comma:
            strong, dot, rest = sentence.partition(". ")
            strong, rest = strong + dot.strip(), f" {rest}" if rest else ""
        self.words.set_parts([(strong, True), (comma + rest, False)])
        self.chart.show_comparison(
            compared.lanes, compared.comparison, view.now.date(), ounces=view.ounces, sentence=sentence
        )
        self.pane.renew()
