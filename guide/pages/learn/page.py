"""Learn: pages to read, the checklist for when no milk comes, and the care card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Check, Select, Switch
from guide.kit.fields import Field
from guide.kit.flow import FlowRow
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.icons import kind_icon, paint_icon
from guide.kit.label import Heading, Label
from guide.kit.look import Look, Role, Tint, faded
from guide.kit.markdown import (
    Block,
    Items,
    LearnText,
    Offer,
    Paragraph,
    Span,
    Task,
    Tasks,
    Title,
    Words,
    address_in,
    blocks_of,
    matches,
    words_of,
)
from guide.kit.marks import Rule
from guide.kit.painting import paint_field, painting
from guide.kit.passage import Passage, measure
from guide.kit.rows import Glyph
from guide.kit.words import effective

CARE_CARD: Final = "care-card"
CARE_SECTIONS: Final = ("Emergency, now", "Same day", "Soon", "Good to know")
CONTENTS_FROM: Final = 900
CONTENTS_WIDTH: Final = 232
COLUMN: Final = 684
LONG_LIST: Final = 6
OFFERS: Final = {"let-down": "Try a 6-minute let-down guide"}
RESTS_ON: Final = ("evidence", "sources")
ABOUT: Final = (
    Span("What this rests on: "),
    Span("About the evidence", target="learn:evidence"),
    Span(" · "),
    Span("Sources", target="learn:sources"),
)
# a word of a task's name: the glyph beside it, and the kind of step whose colour it has
GLYPHS: Final = (
    ("flange", "pump", "pump"),
    ("tubing", "pump", "pump"),
    ("suction", "pump", "pump"),
    ("breathing", "rest", "rest"),
    ("baby", "photo", "compress"),
    ("massage", "massage", "massage"),
    ("time", "clock", "shake"),
    ("food", "bed", "rest"),
    ("medicines", "pencil", "prepare"),
    ("days", "express", "express"),
)


class Disc(Guarded, QWidget):
    """A glyph on a quiet round field, beside words that say the same."""

    def __init__(self, icon: str, kind: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._kind, self._look = icon, kind, look
        self._quiet = False
        look.changed.connect(self._fit)
        self._fit()

    def set_quiet(self, quiet: bool) -> None:
        self._quiet = quiet
        self.update()

    def _fit(self) -> None:
        self.setFixedSize(self._look.px(44), self._look.px(44))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, field = self._look.theme, QRectF(self.rect())
        with painting(self) as painter:
            ground = theme.raised if self._quiet else faded(theme.fill(self._kind), theme.tint_disc)
            paint_field(painter, field, field.height() / 2, ground)
            inset = field.height() * 0.24
            ink = theme.text3 if self._quiet else theme.ink(self._kind)
            paint_icon(painter, kind_icon(self._icon), field.adjusted(inset, inset, -inset, -inset), ink, 2.0)


class TaskRow(Guarded, QFrame):
    """One thing to try, with a box to tick; a press anywhere on it ticks it."""

    toggled = Signal(bool)

    def __init__(self, task: Task, *, look: Look, ticked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._current = False
        self.task = task
        icon, kind = glyph_of(task.title)
        self.disc = Disc(icon, kind, look=look, parent=self)
        self.title = Label(task.title, look=look, role="h3", wrap=True, parent=self)
        self.words = Passage(_now_strong(task.words), look=look, tint="text2", parent=self)
        self.check = Check("", look=look, checked=ticked, parent=self)
        self.check.setAccessibleName(task.title)
        self.check.setAccessibleDescription(self.words.text())
        self.check.setFixedWidth(Check.BOX)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 16)
        row.setSpacing(20)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.disc, 0, top)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.words)
        row.addLayout(column, 1)
        row.addWidget(self.check, 0, top)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        _high_for_width(self)
        self.check.toggled.connect(self.toggled)
        look.changed.connect(self.update)

    @property
    def current(self) -> bool:
        return self._current

    def show_state(self, *, current: bool) -> None:
        """The one thing to try now stands out; what is ticked steps back."""
        self._current = current
        ticked = self.check.isChecked()
        self.title.set_tint("text2" if ticked else "text")
        self.words.set_tint("text" if current else "text3" if ticked else "text2")
        self.disc.set_quiet(ticked)
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.check.click()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        if self._current:
            edge = theme.line if theme.edge else None
            with painting(self) as painter:
                paint_field(painter, QRectF(self.rect()), 20, theme.surface, edge=edge, edge_width=theme.edge)


class Bullet(Guarded, QWidget):
    """A dot or a number in front of an item."""

    def __init__(self, number: int | None, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._look = number, look
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(self._look.px(20 if self._number is None else 28), self._look.line_height("body"))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            if self._number is None:
                side = self._look.px(6)
                dot = QRectF(2, (self.height() - side) / 2 + 1, side, side)
                paint_field(painter, dot, side / 2, theme.line_strong)
                return
            painter.setFont(self._look.font("body", weight=600))
            painter.setPen(theme.text2)
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{self._number}."
            )


class Pair(Guarded, QWidget):
    """Two things side by side where there is room for both, else one below the other."""

    def __init__(self, *, look: Look, gap: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        _high_for_width(self)
        look.changed.connect(self._fit)

    def add(self, widget: QWidget, *, share: int = 1) -> None:
        self._row.addWidget(widget, share)

    def _fit(self) -> None:
        wide = self.width() >= self._look.px(560)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Article(QWidget):
    """One page, from its title to its last word."""

    followed = Signal(str)
    copied = Signal(str)
    ticked = Signal(str, bool)

    def __init__(
        self,
        text: LearnText,
        *,
        look: Look,
        ticks: frozenset[str],
        loud: bool,
        sought: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._loud = loud
        self.text = text
        self.passages: list[Passage] = []
        self.tasks: list[TaskRow] = []
        self.copy_buttons: list[Button] = []
        self.offer: Button | None = None
        self.help: Button | None = None
        self.again: Button | None = None
        self.title = Heading(text.title, look=look, role="h1", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 40)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._gap(10)
        self._add_words(self._column, words_of(text.lead), role="body_large", tint="text2")
        self._gap(22)
        blocks = blocks_of(text.body)
        if text.id == CARE_CARD:
            self._add_care(blocks, ticks)
        else:
            self._add_blocks(self._column, blocks, ticks)
        if text.id not in RESTS_ON:
            self._add_about()
        self._column.addStretch(1)
        _high_for_width(self)
        self.mark(sought)
        self.show_ticks()

    def mark(self, sought: Sequence[str]) -> None:
        for passage in self.passages:
            passage.mark(sought)

    def first_marked(self, sought: Sequence[str]) -> QWidget | None:
        """Find the first paragraph in which a sought word stands."""
        marks = [word.casefold() for word in sought]
        return next((one for one in self.passages if any(mark in one.text().casefold() for mark in marks)), None)

    def show_ticks(self) -> None:
        """Let the first thing not ticked stand out."""
        current = next((row for row in self.tasks if not row.check.isChecked()), None)
        for row in self.tasks:
            row.show_state(current=row is current)
        if self.again is not None:
            self.again.setVisible(any(row.check.isChecked() for row in self.tasks))

    def narrow(self, *, narrow: bool) -> None:
        self.title.set_role("h1_quiet" if narrow else "h1")

    def _gap(self, height: int) -> None:
        self._column.addSpacing(height)

    def _add_words(self, column: QVBoxLayout, words: Words, *, role: Role = "body", tint: Tint = "text") -> Passage:
        passage = Passage(words, look=self._look, role=role, tint=tint, parent=self)
        passage.followed.connect(self.followed)
        self.passages.append(passage)
        column.addWidget(passage)
        return passage

    def _add_blocks(self, column: QVBoxLayout, blocks: Sequence[Block], ticks: frozenset[str]) -> None:
        for number, block in enumerate(blocks):
            match block:
                case Title(words):
                    if number:
                        column.addSpacing(14)
                    column.addWidget(Heading(words, look=self._look, parent=self))
                    column.addSpacing(8)
                case Paragraph(words):
                    self._add_words(column, words)
                    column.addSpacing(14)
                case Items(items, numbered):
                    self._add_items(column, items, numbered=numbered)
                    column.addSpacing(14)
                case Tasks(tasks):
                    self._add_tasks(column, tasks, ticks)
                    column.addSpacing(14)
                case Offer():
                    self._add_offer(column, block)
                    column.addSpacing(14)

    def _add_items(self, column: QVBoxLayout, items: Sequence[Words], *, numbered: bool = False) -> None:
        for number, words in enumerate(items, 1):
            row = QHBoxLayout()
            row.setContentsMargins(0, 0 if number == 1 else 6, 0, 0)
            row.setSpacing(4)
            bullet = Bullet(number if numbered else None, look=self._look, parent=self)
            row.addWidget(bullet, 0, Qt.AlignmentFlag.AlignTop)
            beside = QVBoxLayout()
            self._add_words(beside, words)
            row.addLayout(beside, 1)
            if address := address_in(words):
                row.addWidget(self._copy_button(address), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)

    def _copy_button(self, address: str) -> Button:
        button = Button("Copy", look=self._look, role="standard", size="small", parent=self)
        button.setAccessibleName(f"Copy the address {address}")
        button.clicked.connect(partial(self.copied.emit, address))
        self.copy_buttons.append(button)
        return button

    def _add_offer(self, column: QVBoxLayout, offer: Offer) -> None:
        flow = FlowRow(gap=14, parent=self)
        self.offer = Button(
            OFFERS.get(offer.routine, offer.label),
            look=self._look,
            icon="play",
            role="primary" if self._loud else "standard",
            parent=flow,
        )
        self.offer.setAccessibleDescription(offer.words)
        self.offer.clicked.connect(partial(self.followed.emit, f"routine:{offer.routine}"))
        self.help = Button("When to ask for help", look=self._look, role="quiet", parent=flow)
        self.help.clicked.connect(partial(self.followed.emit, f"learn:{CARE_CARD}"))
        flow.add(self.offer)
        flow.add(self.help)
        column.addWidget(flow)

    def _add_tasks(self, column: QVBoxLayout, tasks: Sequence[Task], ticks: frozenset[str]) -> None:
        for task in tasks:
            row = TaskRow(task, look=self._look, ticked=task.title in ticks, parent=self)
            row.words.followed.connect(self.followed)
            row.toggled.connect(partial(self._tick, task.title))
            self.tasks.append(row)
            self.passages.append(row.words)
            column.addWidget(row)
        self.again = Button("Begin again", look=self._look, icon="undo", role="quiet", size="small", parent=self)
        self.again.clicked.connect(self._clear)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def _tick(self, title: str, on: bool) -> None:
        self.show_ticks()
        self.ticked.emit(title, on)
        current = next((row for row in self.tasks if row.current), None)
        if on and current is not None:
            announce(self, f"Next, if you want to: {current.task.title}")

    def _clear(self) -> None:
        for row in self.tasks:
            row.check.setChecked(False)
        if self.tasks:
            self.tasks[0].check.setFocus()

    def _add_care(self, blocks: Sequence[Block], ticks: frozenset[str]) -> None:
        """Four sections as cards, the most pressing first; what follows them is read as on any page."""
        sections, rest = _sections(blocks)
        pair: Pair | None = None  # made in its turn: screen readers go by the order in which things were made
        for title in CARE_SECTIONS:
            if title not in sections:
                continue
            pressing = title == CARE_SECTIONS[0]
            card = Card(look=self._look, tint="accent_soft" if pressing else "surface", padding=0, parent=self)
            card.setAccessibleName(title)
            inner = QVBoxLayout(card)
            inner.setContentsMargins(24, 20, 24, 8)
            inner.setSpacing(0)
            self._add_section(inner, sections[title], ticks)
            inner.addStretch(1)
            _high_for_width(card)
            if title not in CARE_SECTIONS[1:3]:
                self._column.addWidget(card)
                self._gap(16)
                continue
            if pair is None:
                pair = Pair(look=self._look, parent=self)
                self._column.addWidget(pair)
                self._gap(16)
            pair.add(card)
        self._gap(8)
        self._add_blocks(self._column, rest, ticks)

    def _add_section(self, column: QVBoxLayout, blocks: Sequence[Block], ticks: frozenset[str]) -> None:
        """A long list of signs takes two columns, so that all of them are seen at once."""
        match blocks:
            case [*before, Items(items, numbered=False)] if len(items) >= LONG_LIST:
                self._add_blocks(column, before, ticks)
                pair, half = Pair(look=self._look, gap=6, parent=self), (len(items) + 1) // 2
                for part, share in ((items[:half], 4), (items[half:], 3)):
                    beside = QWidget(pair)
                    inner = QVBoxLayout(beside)
                    inner.setContentsMargins(0, 0, 0, 0)
                    inner.setSpacing(0)
                    self._add_items(inner, part)
                    inner.addStretch(1)
                    _high_for_width(beside)
                    pair.add(beside, share=share)
                column.addWidget(pair)
                column.addSpacing(14)
            case _:
                self._add_blocks(column, blocks, ticks)

    def _add_about(self) -> None:
        self._gap(10)
        self._column.addWidget(Rule(look=self._look, parent=self))
        self._gap(14)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Glyph("book", look=self._look, side=20, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        self._add_words(beside, ABOUT, role="small", tint="text2")
        row.addLayout(beside, 1)
        self._column.addLayout(row)


class BackBar(QFrame):
    """The way back to where Learn was opened from, and whether a session waits meanwhile."""

    back_asked = Signal()
    waits_chosen = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.button = Button("", look=look, icon="left", role="primary", parent=self)
        self.words = Label("", look=look, parent=self)
        self.switch = Switch("The session waits while you read", look=look, checked=True, parent=self)
        self._choice = QWidget(self)
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(8, 2, 0, 2)
        row.setSpacing(14)
        row.addWidget(self.switch)
        row.addWidget(self.words)
        flow = FlowRow(gap=10, parent=self)
        flow.add(self.button)
        flow.add(self._choice)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 12, 0, 12)
        around.addWidget(flow)
        _high_for_width(self)
        self.button.clicked.connect(self.back_asked)
        self.switch.clicked.connect(self._choose)
        look.changed.connect(self._fit)
        self._fit()

    def show_way(self, label: str, waits: bool | None) -> None:
        self.button.setText(label)
        self._choice.setVisible(waits is not None)
        if waits is not None:
            self.show_waiting(waits=waits)

    def show_waiting(self, *, waits: bool) -> None:
        self.switch.setChecked(waits)
        self.words.setText("The session is paused" if waits else "The session goes on")

    def _fit(self) -> None:
        self._choice.setMinimumHeight(self.button.sizeHint().height())

    def _choose(self, waits: bool) -> None:
        self.show_waiting(waits=waits)
        announce(self, self.words.text())
        self.waits_chosen.emit(waits)


class LearnPage(Guarded, QWidget):
    """
    Contents at the left, a page to read at the right; below 900 the contents become a drop-down.

    `page_asked` and `routine_asked` carry ids, `copy_asked` an address; nothing is opened by the page itself.
    """

    page_asked = Signal(str)
    routine_asked = Signal(str)
    copy_asked = Signal(str)
    back_asked = Signal()
    pause_choice = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pages: dict[str, LearnText] = {}
        self._here = ""
        self._ticks: dict[str, frozenset[str]] = {}
        self._buttons: dict[str, Button] = {}
        self.article: Article | None = None
        self.back = BackBar(look=look, parent=self)
        self.finder = Field(look=look, name="Find in Learn", placeholder="Find in Learn", parent=self)
        self.find_button = IconButton("search", "Find in Learn (Ctrl+F)", look=look, parent=self)
        self.select = Select([], look=look, name="Page", framed=True, parent=self)
        self.nothing = Label("No page has these words.", look=look, role="small", tint="text2", wrap=True, parent=self)
        self._list = QWidget(self)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 24)
        self._rows.setSpacing(0)
        self.contents = ScrollArea(self._list, look=look, parent=self)
        self._holder = QWidget(self)
        self._held = QHBoxLayout(self._holder)
        self._held.setContentsMargins(0, 0, 0, 0)
        self._held.setSpacing(0)
        self._held.addStretch(1)
        self.reading = ScrollArea(self._holder, look=look, parent=self)
        self._side = QWidget(self)
        self._top = QWidget(self)
        self._lay_out()
        self.finder.hide()
        self.nothing.hide()
        self.back.hide()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for widget in (self.reading.verticalScrollBar(), self.contents.verticalScrollBar()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.back_asked.connect(self.back_asked)
        self.back.waits_chosen.connect(self.pause_choice)
        self.find_button.clicked.connect(self.start_finding)
        self.finder.textChanged.connect(self._find)
        self.finder.returnPressed.connect(self._open_first)
        self.select.chosen.connect(lambda page: self.page_asked.emit(str(page)))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, context=within).activated.connect(
            self.start_finding
        )
        QShortcut(QKeySequence("Esc"), self, context=within).activated.connect(self._escape)
        look.changed.connect(self._arrange)
        self._arrange()

    # what it shows

    @property
    def here(self) -> str:
        """The id of the page on show."""
        return self._here

    @property
    def narrow(self) -> bool:
        return effective(self.width(), self._look.scale) < CONTENTS_FROM

    @property
    def listed(self) -> list[str]:
        """The ids that the contents list at the moment."""
        return [page for page, button in self._buttons.items() if not button.isHidden()]

    def show_pages(self, pages: Sequence[LearnText]) -> None:
        """Take the pages in; the one on show, if any, is shown anew."""
        self._pages = {page.id: page for page in pages}
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        while self._rows.count():
            self._rows.takeAt(0)
        self._rows.addWidget(self.nothing)
        for page in pages:
            button = Button(page.title, look=self._look, role="quiet", size="small", parent=self._list)
            button.setCheckable(True)
            button.align_left()
            button.clicked.connect(partial(self._ask, page.id))
            self._buttons[page.id] = button
            self._rows.addWidget(button)
        self._rows.addStretch(1)
        self._show_contents()
        if self._here in self._pages:
            self.open_page(self._here)

    def open_page(self, page_id: str) -> None:
        """Show a page from its beginning; one that is not there leaves the page on show."""
        if page_id not in self._pages:
            return
        turned = page_id != self._here
        self._here = page_id
        article = Article(
            self._pages[page_id],
            look=self._look,
            ticks=self._ticks.get(page_id, frozenset()),
            loud=self.back.isHidden(),
            sought=self._sought,
            parent=self._holder,
        )
        article.followed.connect(self._follow)
        article.copied.connect(self.copy_asked)
        article.ticked.connect(self._keep_tick)
        before, self.article = self.article, article
        if before is not None:
            self._held.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._held.insertWidget(0, article)
        self._arrange()
        self._show_contents()
        self.reading.verticalScrollBar().setValue(0)
        if turned and self.isVisible():
            self.setFocus()
            announce(self, self._pages[page_id].title)
        self.setAccessibleName(f"Learn: {self._pages[page_id].title}")
        if self._sought:
            QTimer.singleShot(0, self, self._go_to_mark)

    def show_back(self, label: str | None, *, waits: bool | None = None) -> None:
        """Offer the way back; `waits` says whether a session waits meanwhile, None that there is nothing to choose."""
        loud_before = self.back.isHidden()
        self.back.setVisible(label is not None)
        if label is not None:
            self.back.show_way(label, waits)
        if loud_before != (label is None) and self._here:
            self.open_page(self._here)

    def show_waiting(self, *, waits: bool) -> None:
        """Tell whether the session waits, where that can be chosen."""
        self.back.show_waiting(waits=waits)

    # finding

    @property
    def _sought(self) -> tuple[str, ...]:
        return tuple(self.finder.text().split()) if not self.finder.isHidden() else ()

    def start_finding(self) -> None:
        self.finder.show()
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    def stop_finding(self) -> None:
        self.finder.clear()
        self.finder.hide()
        self.setFocus()

    def _find(self) -> None:
        self._show_contents()
        if self.article is not None:
            self.article.mark(self._sought)
            if self._sought:
                self._go_to_mark()

    def _go_to_mark(self) -> None:
        marked = self.article.first_marked(self._sought) if self.article is not None else None
        if marked is not None:
            self.reading.ensureWidgetVisible(marked, 0, 60)

    def _open_first(self) -> None:
        found = self._found
        if found and self._here not in {page.id for page in found}:
            self._ask(found[0].id)

    def _escape(self) -> None:
        if not self.finder.isHidden():
            self.stop_finding()
        elif not self.back.isHidden():
            self.back_asked.emit()

    @property
    def _found(self) -> list[LearnText]:
        sought = " ".join(self._sought)
        return [page for page in self._pages.values() if matches(page, sought)]

    def _show_contents(self) -> None:
        found = {page.id for page in self._found}
        for page, button in self._buttons.items():
            button.setVisible(page in found)
            here = page == self._here
            button.setChecked(here)
            button.setAccessibleDescription("This page" if here else "")
        self.nothing.setVisible(not found)
        options = [(page.id, page.title) for page in self._pages.values() if page.id in found or page.id == self._here]
        self.select.set_options(options, value=self._here)

    # what is pressed

    def _ask(self, page_id: str) -> None:
        self._show_contents()  # a press has changed the mark; it moves when the page does
        self.page_asked.emit(page_id)

    def _follow(self, target: str) -> None:
        sort, _, name = target.partition(":")
        match sort:
            case "learn":
                self.page_asked.emit(name)
            case "routine":
                self.routine_asked.emit(name)
            case _:
                pass

    def _keep_tick(self, title: str, on: bool) -> None:
        before = self._ticks.get(self._here, frozenset())
        self._ticks[self._here] = before | {title} if on else before - {title}

    # how it lies

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        self._page = page
        page.addWidget(self.back)
        top = QHBoxLayout(self._top)
        top.setSpacing(10)
        self._top_row = top
        page.addWidget(self._top)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        self._side_column = side
        side.addWidget(self.contents, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self.reading, 1)
        page.addLayout(row, 1)
        self._body = row

    def _arrange(self) -> None:
        px, narrow = self._look.px, self.narrow
        margin = 24 if self.width() < 700 else 40
        self._top.setVisible(narrow)
        self._side.setVisible(not narrow)
        if narrow:
            _put(self._top_row, self.select, 0)
            _put(self._top_row, self.finder, 1)
            _put(self._top_row, self.find_button, 2)
            self._top_row.setStretch(0, 1)
            self._top_row.setStretch(1, 1)
        else:
            _put(self._side_column, self.finder, 0)
            _put(self._held, self.find_button, -1)
        self._held.setAlignment(self.find_button, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.select.setVisible(narrow)
        self._top_row.setContentsMargins(margin, 12, margin, 8)
        self._side.setFixedWidth(px(CONTENTS_WIDTH) + margin)
        self._side_column.setContentsMargins(margin, 16, 0, 0)
        self._held.setContentsMargins(margin if narrow else px(64), 8 if narrow else 14, margin, 0)
        around = self.back.layout()
        if around is not None:
            around.setContentsMargins(margin, 12, margin, 4)
        if self.article is not None:
            self.article.setMaximumWidth(max(px(COLUMN), measure(self._look, "body_large")))
            self._held.setStretch(0, 1000)
            self.article.narrow(narrow=narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.reading.verticalScrollBar()
        steps: dict[int, Callable[[], int]] = {
            Qt.Key.Key_Down: lambda: bar.value() + self._look.px(60),
            Qt.Key.Key_Up: lambda: bar.value() - self._look.px(60),
            Qt.Key.Key_PageDown: lambda: bar.value() + bar.pageStep() - 60,
            Qt.Key.Key_Space: lambda: bar.value() + bar.pageStep() - 60,
            Qt.Key.Key_PageUp: lambda: bar.value() - bar.pageStep() + 60,
            Qt.Key.Key_Home: bar.minimum,
            Qt.Key.Key_End: bar.maximum,
        }
        step = steps.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(step())


def glyph_of(title: str) -> tuple[str, str]:
    """
    Find a glyph and a colour for a thing to try.

    >>> glyph_of("Look at seal and flange size"), glyph_of("Something else")
    (('pump', 'pump'), ('check', 'rest'))
    """
    words = title.lower()
    return next(((icon, kind) for word, icon, kind in GLYPHS if word in words), ("check", "rest"))


def _now_strong(words: Words) -> Words:
    match words:
        case (Span(text, strong=False, target=""), *rest) if text.startswith("Now:"):
            return (Span("Now:", strong=True), Span(text.removeprefix("Now:")), *rest)
        case _:
            return words


def _sections(blocks: Sequence[Block]) -> tuple[dict[str, list[Block]], list[Block]]:
    """Part the care card's sections, each with its title, from what follows them."""
    sections: dict[str, list[Block]] = {}
    rest: list[Block] = []
    into = rest
    for block in blocks:
        if isinstance(block, Title):
            into = sections.setdefault(block.text, []) if block.text in CARE_SECTIONS else rest
        into.append(block)
    return sections, rest


def _high_for_width(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def _put(layout: QBoxLayout, widget: QWidget, place: int) -> None:
    """Move a widget into a layout, keeping whether it is seen."""
    if layout.indexOf(widget) >= 0:
        return
    hidden = widget.isHidden()
    layout.insertWidget(place, widget)
    widget.setHidden(hidden)
