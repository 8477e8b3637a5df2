"""The page of routines: what was used last, one press from its start, and all the others as cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import SECOND, span
from guide.core.routine import Purpose
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import PressCard, ScrollArea
from guide.kit.choices import Segmented
from guide.kit.flow import FlowRow
from guide.kit.focus import focus_within
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Chip
from guide.kit.painting import painting
from guide.kit.rows import Glyph
from guide.kit.timeline import Bar, Timeline
from guide.kit.words import PURPOSES, effective, span_spoken
from guide.store.routines.entry import Summary

MARGIN: Final = 40
GAP: Final = 16
THREE_COLUMNS_FROM: Final = 1100
TWO_COLUMNS_FROM: Final = 780
NARROW_HERO: Final = 700
FILTERS: Final[Sequence[tuple[Purpose | None, str]]] = (
    (None, "All"),
    (Purpose.PROTECT, "Protect"),
    (Purpose.PROMOTE, "Promote"),
    (Purpose.TREAT, "Comfort"),
)
NOT_WHEN_SORE: Final = "Rests while sore"
WELCOME: Final = "Welcome. Press a routine to see its steps first, or Start to be guided through it."
_STRONG: Final = re.compile(r"\d.* ago|under a minute ago|^\d+")


@dataclass(frozen=True, slots=True)
class LibraryView:
    """
    What the page shows.

    `line` is the sentence at the top, empty before the first session; `goal_dots` how many sessions are done where
    she set herself a daily goal. `begin_with` stands in for `last` before there is one. `hidden` names routines put
    away; with `with_hidden` they are shown all the same, and can be brought back.
    """

    line: str
    summaries: Sequence[Summary]
    goal_dots: int | None = None
    last: Summary | None = None
    purpose: Purpose | None = None
    sore: bool = False
    number_free: bool = False
    begin_with: Summary | None = None
    hidden: frozenset[str] = frozenset()
    with_hidden: bool = False


def narrowed(view: LibraryView) -> list[Summary]:
    """
    Choose what is shown, what suits first: the sore check goes before the purpose.

    A routine that names no purpose suits each of them; so does a file that cannot be read.
    """
    shown = [one for one in view.summaries if view.with_hidden or one.id not in view.hidden]
    if view.purpose is not None:
        shown = [one for one in shown if not one.purposes or view.purpose in one.purposes]
        shown.sort(key=lambda one: one.purposes[:1] != (view.purpose,))
    if view.sore or view.purpose is Purpose.TREAT:
        shown.sort(key=lambda one: one.problem is not None or not one.suits_sore)
    return shown


def bars_of(summary: Summary) -> list[Bar]:
    return [
        Bar(bar.kind, bar.shortest / SECOND, bar.longest / SECOND if bar.longest is not None else 0.0)
        for bar in summary.bars
    ]


def purpose_shown(summary: Summary, chosen: Purpose | None) -> str:
    """Name the purpose a card speaks of: the one looked for, else the routine's first."""
    if chosen is not None and chosen in summary.purposes:
        return PURPOSES[chosen]
    return PURPOSES[summary.purposes[0]] if summary.purposes else ""


def spoken_name(summary: Summary, purpose: str, *, number_free: bool) -> str:
    """Name a card for a screen reader: "Massage-Stroke-Shake, 18 to 22 minutes, promote supply"."""
    parts = [summary.name]
    if summary.problem is not None:
        parts.append("not readable yet")
    elif not number_free:
        parts.append(span_spoken(summary.shortest, summary.longest))
    if purpose:
        parts.append(purpose.lower())
    return ", ".join(parts)


class Dots(Guarded, QWidget):
    """As many dots as sessions were done: filled ones, and no others."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{count} done" if count else "")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.px(20) * self._count, self._look.line_height("h2"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.theme.accent)
            pitch, radius = self._look.px(20), 6.5 * self._look.scale
            for number in range(self._count):
                painter.drawEllipse(QPointF(number * pitch + radius, self.height() / 2 + 1), radius, radius)


class TopLine(FlowRow):
    """How long ago the last session was, her own dots, and how many there were."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(gap=14, parent=parent)
        self._narrow = False
        self._labels = [
            Label("", look=look, role="h2", tint="text2", weight=400, parent=self),
            Label("·", look=look, role="h2", tint="text2", weight=400, parent=self),
            Label("", look=look, role="h2", tint="text2", weight=400, parent=self),
        ]
        self.dots = Dots(look=look, parent=self)
        first, point, second = self._labels
        for part in (first, point, self.dots, second):
            self.add(part)

    def show_line(self, line: str, dots: int | None) -> None:
        first, _, second = line.partition(" · ")
        for label, words in zip((self._labels[0], self._labels[2]), (first, second), strict=True):
            label.set_parts(_parts(words))
            label.setVisible(bool(words))
        self.dots.show_count(dots or 0)
        self.dots.setVisible(bool(dots))
        self._show_point()
        self.setVisible(bool(line) or bool(dots))

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the point between the parts out, where they stand on lines of their own."""
        self._narrow = narrow
        self._show_point()

    def _show_point(self) -> None:
        first, point, second = self._labels
        several = bool(first.text()) and (bool(second.text()) or self.dots.count > 0)
        point.setVisible(several and not self._narrow)

    @property
    def text(self) -> str:
        """What is read, from left to right."""
        return " ".join(label.text() for label in self._labels if not label.isHidden() and label.text())


def _across() -> QSizePolicy:
    """Tell a layout that a card takes the width there is, and whatever height its words need there."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def _parts(words: str) -> list[tuple[str, bool]]:
    found = _STRONG.search(words)
    if found is None:
        return [(words, False)]
    whole = [(words[: found.start()], False), (found[0], True), (words[found.end() :], False)]
    return [part for part in whole if part[0]]


class Hero(PressCard):
    """The routine used last: Start begins it, a press anywhere else shows it first."""

    start_asked = Signal(str)
    ready_asked = Signal(str)
    down_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", look=look, radius=30, padding=0, parent=parent)
        self._summary: Summary | None = None
        self.setSizePolicy(_across())
        self.caption = Label("", look=look, role="small", tint="text2", weight=500, parent=self)
        self.title = Heading("", look=look, role="h1", parent=self)
        self.meta = Label("", look=look, role="body", tint="text2", wrap=True, parent=self)
        self.start = Button("Start", look=look, icon="play", role="primary", size="start", parent=self)
        self.timeline = Timeline(look=look, size="hero", parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.caption)
        words.addWidget(self.title)
        words.addSpacing(2)
        words.addWidget(self.meta)
        words.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(20)
        self._top.addLayout(words, 1)
        self._top.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 26, 32, 28)
        column.setSpacing(24)
        column.addLayout(self._top)
        column.addWidget(self.timeline)
        self.start.clicked.connect(self._start)
        self.clicked.connect(self._ready)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def summary(self) -> Summary | None:
        return self._summary

    def show_routine(self, caption: str, summary: Summary, purpose: str, *, number_free: bool) -> None:
        self._summary = summary
        self.caption.setText(caption)
        self.title.setText(summary.name)
        steps = len(summary.bars)
        facts = [] if number_free else [span(summary.shortest, summary.longest)]
        facts += ["1 step" if steps == 1 else f"{steps} steps", *([purpose] if purpose else [])]
        self.meta.setText("  ·  ".join(facts))
        self.timeline.show_bars(bars_of(summary))
        self.setAccessibleName(f"{caption}: {spoken_name(summary, purpose, number_free=number_free)}")
        self.setAccessibleDescription(summary.summary)
        self.start.setAccessibleName(f"Start {summary.name}")

    def set_narrow(self, *, narrow: bool) -> None:
        """Put Start below the words, where there is no room beside them."""
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._top.setAlignment(self.start, Qt.AlignmentFlag(0) if narrow else Qt.AlignmentFlag.AlignTop)

    def _fit(self) -> None:
        self.start.setMinimumWidth(self._look.px(236))

    def _start(self) -> None:
        if self._summary is not None:
            self.start_asked.emit(self._summary.id)

    def _ready(self) -> None:
        if self._summary is not None:
            self.ready_asked.emit(self._summary.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_asked.emit()
        else:
            super().keyPressEvent(event)


_MENU: Final = {
    "edit": "Edit",
    "duplicate": "Duplicate",
    "export": "Export…",
    "card": "Print a card",
    "rename": "Rename…",
    "reveal": "Show in folder",
    "delete": "Delete",
    "hide": "Hide",
    "unhide": "Show again",
}
_BACK_TO_BUILTIN: Final = "Back to the built-in one"
_STEPS: Final = {Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}


class RoutineCard(PressCard):
    """One routine: its name, length and steps at a glance, and what can be done with it."""

    acted = Signal(str)
    moved = Signal(str)

    def __init__(
        self,
        summary: Summary,
        *,
        look: Look,
        purpose: str,
        number_free: bool,
        rests: bool = False,
        hidden: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        name = spoken_name(summary, purpose, number_free=number_free)
        super().__init__(f"{name}, {NOT_WHEN_SORE.lower()}" if rests else name, look=look, padding=0, parent=parent)
        self.setAccessibleDescription(summary.problem or summary.summary)
        self.setSizePolicy(_across())
        self.summary = summary
        self._hidden = hidden
        self.menu: QMenu | None = None
        self.dots = IconButton("dots", f"More for {summary.name}", look=look, icon_side=22, parent=self)
        self.dots.clicked.connect(self.open_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(0)
        title = Label(summary.name, look=look, role="h3", tint="text3" if rests else "text", wrap=True, parent=self)
        title.setContentsMargins(0, 0, 30, 0)
        column.addWidget(title)
        self.title = title
        self.see_all = self._make_see_all() if summary.problem is not None else None
        if summary.problem is not None:
            self._lay_out_problem(column, summary.problem)
        else:
            length = "" if number_free else span(summary.shortest, summary.longest)
            self.length = Label(length, look=look, role="label", tint="text2", weight=400, parent=self)
            column.addWidget(self.length)
            column.addSpacing(12)
            self.timeline = Timeline(look=look, parent=self)
            self.timeline.show_bars(bars_of(summary))
            if rests:
                self.timeline.select(-1)
            column.addWidget(self.timeline)
            column.addSpacing(14)
        self.chips = FlowRow(parent=self)
        for chip in self._chips(purpose, rests=rests):
            self.chips.add(chip)
        foot = QHBoxLayout()
        foot.addWidget(self.chips, 1)
        if self.see_all is not None:
            foot.addWidget(self.see_all)
            foot.setAlignment(self.chips, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(foot)
        column.addStretch(1)
        self.dots.raise_()  # the title's row reaches beneath them
        self.clicked.connect(self._press)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._look.px(151))

    def _lay_out_problem(self, column: QVBoxLayout, problem: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Glyph("info", look=self._look, tint="accent_text", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        words = Label(problem, look=self._look, role="small", tint="text2", wrap=True, parent=self)
        row.addWidget(words, 1)
        column.addSpacing(6)
        column.addLayout(row)
        column.addSpacing(6)

    def _make_see_all(self) -> Button:
        text = f"See all {self.summary.problems}" if self.summary.problems > 1 else "See where"
        button = Button(text, look=self._look, size="small", parent=self)
        button.setAccessibleName(f"{text}: {self.summary.name}")
        button.clicked.connect(lambda: self.acted.emit("problems"))
        return button

    def _chips(self, purpose: str, *, rests: bool) -> list[Chip]:
        chips = []
        if not self.summary.builtin:
            chips.append(Chip("Yours", look=self._look, icon="pencil", accent=True, parent=self))
        if rests:
            chips.append(Chip(NOT_WHEN_SORE, look=self._look, parent=self))
        elif purpose:
            chips.append(Chip(purpose, look=self._look, parent=self))
        if self._hidden:
            chips.append(Chip("Hidden", look=self._look, parent=self))
        return chips

    def actions_offered(self) -> list[tuple[str, str]]:
        """Name what the menu offers: the action, and its words."""
        readable = self.summary.problem is None
        names = ["edit", *(["duplicate"] if readable else []), "export", *(["card"] if readable else [])]
        if not self.summary.builtin:
            names += [*(["rename"] if readable else []), "reveal", "delete"]
        names.append("unhide" if self._hidden else "hide")
        offered = {name: _MENU[name] for name in names}
        if self.summary.replaces_builtin:
            offered["delete"] = _BACK_TO_BUILTIN
        return list(offered.items())

    def open_menu(self) -> None:
        menu = QMenu(self)
        menu.setFont(self._look.font("body"))
        menu.setAccessibleName(f"More for {self.summary.name}")
        for name, words in self.actions_offered():
            if name in {"rename", "hide", "unhide"}:
                menu.addSeparator()
            action = QAction(words, menu)
            action.triggered.connect(lambda _=False, name=name: self.acted.emit(name))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.aboutToHide.connect(self._forget_menu)
        self.menu = menu
        right = self.dots.rect().bottomRight()
        place = self.dots.mapToGlobal(right)
        menu.popup(QPoint(max(0, place.x() - menu.sizeHint().width()), place.y()))

    def _forget_menu(self) -> None:
        self.menu = None

    def _press(self) -> None:
        self.acted.emit("ready" if self.summary.problem is None else "problems")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self.dots.sizeHint()
        middle = 16 + self._look.line_height("h3") / 2
        self.dots.setGeometry(
            self.width() - 26 - side.width() // 2, round(middle - side.height() / 2), side.width(), side.height()
        )
        super().resizeEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class LibraryPage(Guarded, QWidget):
    """Shows the routines there are and says what is asked of them, by id."""

    ready_asked = Signal(str)
    start_asked = Signal(str)
    edit_asked = Signal(str)
    duplicate_asked = Signal(str)
    export_asked = Signal(str)
    hide_asked = Signal(str)
    unhide_asked = Signal(str)
    delete_asked = Signal(str)
    rename_asked = Signal(str)
    reveal_asked = Signal(str)
    card_asked = Signal(str)
    problems_asked = Signal(str)
    new_asked = Signal()
    import_asked = Signal()
    purpose_chosen = Signal(object)
    show_hidden_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: LibraryView | None = None
        self._columns = 3
        self.cards: list[RoutineCard] = []
        content = QWidget(self)
        self.line = TopLine(look=look, parent=content)
        self.hero = Hero(look=look, parent=content)
        self.head = Heading("All routines", look=look, wrap=False, parent=content)
        self.filter = Segmented(FILTERS, look=look, name="Show routines for", parent=content)
        self.import_button = Button("Import", look=look, icon="import", role="quiet", size="small", parent=content)
        self.new_button = Button("New routine", look=look, icon="plus", size="small", parent=content)
        self.note = Label("", look=look, role="body", tint="text2", wrap=True, parent=content)
        self.hidden_button = Button("", look=look, role="quiet", size="small", parent=content)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._head_row = QHBoxLayout()
        self._head_row.setSpacing(8)
        self._filter_row = QHBoxLayout()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(0)
        self._lay_out()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self.area = ScrollArea(content, look=look, parent=self)
        page.addWidget(self.area)
        self.hero.start_asked.connect(self.start_asked)
        self.hero.ready_asked.connect(self.ready_asked)
        self.hero.down_asked.connect(self._go_to_first)
        self.filter.chosen.connect(self.purpose_chosen)
        self.import_button.clicked.connect(self.import_asked)
        self.new_button.clicked.connect(self.new_asked)
        self.hidden_button.clicked.connect(self.show_hidden_asked)
        self._asks = {
            "ready": self.ready_asked,
            "edit": self.edit_asked,
            "duplicate": self.duplicate_asked,
            "export": self.export_asked,
            "card": self.card_asked,
            "rename": self.rename_asked,
            "reveal": self.reveal_asked,
            "delete": self.delete_asked,
            "hide": self.hide_asked,
            "unhide": self.unhide_asked,
            "problems": self.problems_asked,
        }
        look.changed.connect(self._arrange)
        self.area.viewport().installEventFilter(self)

    def _lay_out(self) -> None:
        self._head_row.addWidget(self.head)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self.import_button)
        self._head_row.addWidget(self.new_button)
        self._filter_row.addStretch(1)
        self._column.addWidget(self.line)
        self._column.addSpacing(22)
        self._column.addWidget(self.hero)
        self._column.addSpacing(18)
        self._column.addLayout(self._head_row)
        self._column.addLayout(self._filter_row)
        self._column.addSpacing(10)
        self._column.addWidget(self.note)
        self._column.addLayout(self._grid)
        self._column.addSpacing(GAP)
        self._column.addWidget(self.hidden_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_library(self, view: LibraryView) -> None:
        if view == self._view:
            return
        focus = self._focused_card()
        self._view = view
        self._show_top(view)
        self.filter.set_value(view.purpose)
        shown = narrowed(view)
        self._show_note(view, shown)
        hidden = sum(one.id in view.hidden for one in view.summaries)
        self.hidden_button.setText("Put hidden routines away" if view.with_hidden else f"Show {hidden} hidden")
        self.hidden_button.setVisible(hidden > 0)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        host = self.area.widget()
        self.cards = [
            RoutineCard(
                summary,
                look=self._look,
                purpose=purpose_shown(summary, view.purpose),
                number_free=view.number_free,
                rests=view.sore and summary.problem is None and not summary.suits_sore,
                hidden=summary.id in view.hidden,
                parent=host,
            )
            for summary in shown
        ]
        for card in self.cards:
            card.acted.connect(self._act)
            card.moved.connect(self._move)
            if card.summary.id == focus:
                card.setFocus()
        if self.cards:
            QWidget.setTabOrder(self.cards[-1].dots, self.hidden_button)
        self._place_cards()
        self._arrange()

    @property
    def view(self) -> LibraryView | None:
        return self._view

    def card(self, routine_id: str) -> RoutineCard:
        return next(card for card in self.cards if card.summary.id == routine_id)

    def _show_top(self, view: LibraryView) -> None:
        self.line.show_line(view.line or WELCOME, view.goal_dots)
        caption, summary = _in_front(view)
        self.hero.setVisible(summary is not None)
        if summary is not None:
            self.hero.show_routine(caption, summary, purpose_shown(summary, view.purpose), number_free=view.number_free)

    def _show_note(self, view: LibraryView, shown: Sequence[Summary]) -> None:
        words = ""
        if view.sore:
            words = "You said something is sore today. What suits that comes first; the others rest until it is better."
        if not shown:
            hidden = any(one.id in view.hidden for one in view.summaries)
            words = (
                "Every routine here is put away for now."
                if hidden and view.purpose is None
                else "Nothing here is for this purpose yet. A routine of your own can be."
                if view.purpose is not None
                else "No routines yet. Make one, or import one."
            )
        self.note.setText(words)
        self.note.setContentsMargins(0, 2, 0, 14)
        self.note.setVisible(bool(words))

    def _act(self, action: str) -> None:
        card = self.sender()
        if isinstance(card, RoutineCard):
            self._asks[action].emit(card.summary.id)

    def _focused_card(self) -> str | None:
        focus = focus_within(self)
        return next((card.summary.id for card in self.cards if card is focus or card.dots is focus), None)

    def _go_to_first(self) -> None:
        self._go_to(0)

    def _go_to(self, number: int) -> None:
        if self.cards:
            card = self.cards[number]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(card, 16, 24)

    def _move(self, way: str) -> None:
        card = self.sender()
        here = next(number for number, one in enumerate(self.cards) if one is card)
        there = here + {"left": -1, "right": 1, "up": -self._columns, "down": self._columns}[way]
        if there < 0 and way == "up" and self.hero.isVisibleTo(self):
            self.hero.setFocus(Qt.FocusReason.BacktabFocusReason)
            self.area.ensureWidgetVisible(self.hero, 16, 24)
        elif way == "down" and there >= len(self.cards) > (here // self._columns + 1) * self._columns:
            self._go_to(len(self.cards) - 1)
        elif 0 <= there < len(self.cards):
            self._go_to(there)

    def _place_cards(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // self._columns, number % self._columns)
            card.show()

    def _arrange(self) -> None:
        if self.width() <= 0:
            return
        width = effective(self.width(), self._look.scale)
        columns = 3 if width >= THREE_COLUMNS_FROM else 2 if width >= TWO_COLUMNS_FROM else 1
        # the page's right margin holds the scroll bar
        right = max(0, MARGIN - (self.width() - self.area.viewport().width()))
        self._column.setContentsMargins(MARGIN, 8, right, 42)
        self.hero.set_narrow(narrow=width < NARROW_HERO)
        self.line.set_narrow(narrow=width < NARROW_HERO)
        if columns != self._columns:
            self._columns = columns
            self._place_cards()
        parts = (self.head, self.filter, self.import_button, self.new_button)
        wanted = sum(part.sizeHint().width() for part in parts) + 60
        beside = wanted <= self.width() - 2 * MARGIN
        row, other = (self._head_row, self._filter_row) if beside else (self._filter_row, self._head_row)
        if row.indexOf(self.filter) < 0:
            other.removeWidget(self.filter)
            row.insertWidget(2 if beside else 0, self.filter)
            self._filter_row.setContentsMargins(0, 0 if beside else 10, 0, 0)
            self._head_row.insertSpacing(3, 8) if beside else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let an arrow key lead into the page where nothing on it has the focus yet."""
        if event.key() not in _STEPS:
            super().keyPressEvent(event)
        elif self.hero.isVisibleTo(self):
            self.hero.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._go_to(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False


def _in_front(view: LibraryView) -> tuple[str, Summary | None]:
    """Choose the large card: with a sore breast it holds what suits that, or is not there."""
    suits = [one for one in narrowed(view) if one.problem is None and (one.suits_sore or not view.sore)]
    for caption, one in (("Last used", view.last), ("A place to begin", view.begin_with)):
        if one is not None and one.problem is None and (one.suits_sore or not view.sore):
            return caption, one
    return ("For today", suits[0]) if view.sore and suits else ("", None)
