"""The library: a card for each routine, and one to start with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import ScrollArea
from guide.kit.choices import Segmented
from guide.kit.direction import margins
from guide.kit.fields import Field
from guide.kit.flow import FlowRow
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.page_key import page_key
from guide.kit.words import effective
from guide.language import _, ngettext, pgettext
from guide.pages.routines.hero import NARROW_HERO, DeletedList, FirstStep, Hero, TopLine
from guide.pages.routines.routine_card import ARROWS, RoutineCard
from guide.pages.routines.shelf import GAP, RoutineShelf
from guide.pages.routines.view import FILTERS, LibraryView, in_front, narrowed, note_words, purpose_shown
from guide.store.routines.entry import Summary

MARGIN: Final = 40
THREE_COLUMNS_FROM: Final = 1100
TWO_COLUMNS_FROM: Final = 780


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
    along_asked = Signal(str)
    problems_asked = Signal(str)
    new_asked = Signal()
    import_asked = Signal()
    purpose_chosen = Signal(object)
    show_hidden_asked = Signal()
    show_deleted_asked = Signal()
    give_back_asked = Signal(str)
    hint_closed = Signal()
    sought = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: LibraryView | None = None
        content = QWidget(self)
        self.line = TopLine(look=look, parent=content)
        self.first_step = FirstStep(look=look, parent=content)
        self.hero = Hero(look=look, parent=content)
        self.head = Heading(_("All routines"), look=look, wrap=False, parent=content)
        kinds = [(value, _(words) if value else pgettext("routines", "All")) for value, words in FILTERS]
        self.filter = Segmented(kinds, look=look, name=_("Show routines for"), parent=content)
        self.search_button = IconButton("search", _("Find a routine (Ctrl+F)"), look=look, parent=content)
        self.search = Field(_("Find a routine"), look=look, placeholder=_("A name, or whom it is for"), parent=content)
        self.search.hide()
        self.import_button = Button(_("Import"), look=look, icon="import", role="quiet", size="small", parent=content)
        self.new_button = Button(_("New routine"), look=look, icon="plus", size="small", parent=content)
        self.note = Label("", look=look, role="body", tint="text2", wrap=True, parent=content)
        self.hidden_button = Button("", look=look, role="quiet", size="small", parent=content)
        self.deleted_button = Button("", look=look, role="quiet", size="small", parent=content)
        self.deleted = DeletedList(look=look, parent=content)
        self.shelf = RoutineShelf(look=look, parent=content)
        self.shelf.acted.connect(self._act)
        self.shelf.reached.connect(self._bring_up)
        self.shelf.above_asked.connect(self._go_to_hero)
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
        self.hero.down_asked.connect(lambda: self.shelf.go_to(0))
        self.filter.chosen.connect(self.purpose_chosen)
        for button, asked in (
            (self.import_button, self.import_asked),
            (self.new_button, self.new_asked),
            (self.hidden_button, self.show_hidden_asked),
            (self.deleted_button, self.show_deleted_asked),
        ):
            button.clicked.connect(asked)
        self.deleted.back_asked.connect(self.give_back_asked)
        self.first_step.closed.connect(self.hint_closed)
        self.search_button.clicked.connect(self.open_search)
        self.search.textChanged.connect(self.sought)
        self.search.returnPressed.connect(self._open_found)
        search_down = QShortcut(QKeySequence("Down"), self.search)
        search_down.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        search_down.activated.connect(lambda: self.shelf.go_to(0))
        page_key(QKeySequence.StandardKey.Find, self, self.open_search)
        closes = QShortcut(QKeySequence("Esc"), self.search)
        closes.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        closes.activated.connect(self.close_search)
        self._asks = {
            "ready": self.ready_asked,
            "edit": self.edit_asked,
            "duplicate": self.duplicate_asked,
            "export": self.export_asked,
            "along": self.along_asked,
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
        self._head_row.addWidget(self.search_button)
        self._head_row.addWidget(self.import_button)
        self._head_row.addWidget(self.new_button)
        self._filter_row.addStretch(1)
        self._column.addWidget(self.first_step)
        self._column.addWidget(self.line)
        self._column.addSpacing(22)
        self._column.addWidget(self.hero)
        self._column.addSpacing(18)
        self._column.addLayout(self._head_row)
        self._column.addLayout(self._filter_row)
        self._column.addWidget(self.search)
        self._column.addSpacing(10)
        self._column.addWidget(self.note)
        self._column.addWidget(self.shelf)
        self._column.addSpacing(GAP)
        foot = FlowRow(parent=self)
        foot.add(self.hidden_button)
        foot.add(self.deleted_button)
        self._column.addWidget(foot)
        self._column.addWidget(self.deleted)
        self._column.addStretch(1)

    def show_library(self, view: LibraryView, *, front: bool = False) -> None:
        """Show all of it, or, at a start of the program, only what stands in `front` of the cards."""
        if view == self._view:
            return
        self._view = None if front else view
        self._show_top(view)
        self.filter.set_value(view.wanted)
        self.filter.parts[-1].setVisible(any(not one.builtin for one in view.summaries))
        self._show_deleted(view)
        shown = narrowed(view)
        self._show_note(view, shown)
        hidden = sum(one.id in view.hidden for one in view.summaries)
        away, count = _("Put hidden routines away"), _("Show {count} hidden").format(count=hidden)
        self.hidden_button.setText(away if view.with_hidden else count)
        self.hidden_button.setVisible(hidden > 0)
        if not front:
            self.shelf.show_routines(shown, view)
        if self.cards:
            QWidget.setTabOrder(self.cards[-1].dots, self.hidden_button)
        self._arrange()

    def show_line(self, line: str, goal_dots: int | None) -> None:
        """Let the time go on in the first line, and nothing else."""
        if self._view is not None:
            self._view = self._view._replace(line=line, goal_dots=goal_dots)
            self.line.show_line(line, goal_dots)

    @property
    def view(self) -> LibraryView | None:
        return self._view

    @property
    def cards(self) -> list[RoutineCard]:
        return self.shelf.cards

    def _act(self, action: str, routine_id: str) -> None:
        self._asks[action].emit(routine_id)

    def _bring_up(self, card: QWidget) -> None:
        self.area.ensureWidgetVisible(card, 16, 24)

    def _go_to_hero(self) -> None:
        if self.hero.isVisibleTo(self):
            self.hero.setFocus(Qt.FocusReason.BacktabFocusReason)
            self._bring_up(self.hero)

    def card(self, routine_id: str) -> RoutineCard:
        return next(card for card in self.cards if card.summary.id == routine_id)

    def _show_top(self, view: LibraryView) -> None:
        self.line.show_line(view.line, view.goal_dots)
        self.first_step.setVisible(view.first_run)
        caption, summary = in_front(view)
        self.hero.setVisible(summary is not None)
        if summary is not None:
            self.hero.show_routine(caption, summary, purpose_shown(summary, view.purpose), number_free=view.number_free)

    def _show_note(self, view: LibraryView, shown: Sequence[Summary]) -> None:
        words = note_words(view, shown)
        self.note.setText(words)
        self.note.setContentsMargins(0, 2, 0, 14)
        self.note.setVisible(bool(words))

    def _show_deleted(self, view: LibraryView) -> None:
        count = len(view.thrown)
        show = ngettext("{count} deleted routine", "{count} deleted routines", count).format(count=count)
        self.deleted_button.setText(_("Put the list away") if view.with_thrown else show)
        self.deleted_button.setVisible(count > 0)
        self.deleted.setVisible(view.with_thrown and count > 0)
        self.deleted.show_thrown(view.thrown if view.with_thrown else ())

    def open_search(self) -> None:
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _open_found(self) -> None:
        """Enter opens the first that was found."""
        if self.cards:
            self._act("ready" if self.cards[0].summary.problem is None else "problems", self.cards[0].summary.id)

    def close_search(self) -> None:
        """Show every routine again."""
        self.search.clear()
        self.search.hide()
        self.setFocus()

    def _arrange(self) -> None:
        if self.width() <= 0:
            return
        width = effective(self.width(), self._look.scale)
        columns = 3 if width >= THREE_COLUMNS_FROM else 2 if width >= TWO_COLUMNS_FROM else 1
        # the page's right margin holds the scroll bar
        right = max(0, MARGIN - (self.width() - self.area.viewport().width()))
        self._column.setContentsMargins(margins(MARGIN, 8, right, 42))
        self.hero.set_narrow(narrow=width < NARROW_HERO)
        self.line.set_narrow(narrow=width < NARROW_HERO)
        self.shelf.set_columns(columns)
        parts = (self.head, self.filter, self.search_button, self.import_button, self.new_button)
        wanted = sum(part.sizeHint().width() for part in parts) + 60
        beside = wanted <= self.width() - 2 * MARGIN
        row, other = (self._head_row, self._filter_row) if beside else (self._filter_row, self._head_row)
        if row.indexOf(self.filter) < 0:
            other.removeWidget(self.filter)
            row.insertWidget(2 if beside else 0, self.filter)
            self._filter_row.setContentsMargins(0, 0 if beside else 10, 0, 0)
            self._head_row.insertSpacing(3, 8) if beside else None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start has the focus as soon as the page is there: Space starts."""
        super().focusInEvent(event)
        if self.hero.isVisibleTo(self):
            self.hero.start.setFocus(event.reason())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let an arrow key lead into the page where nothing on it has the focus yet."""
        if event.key() not in ARROWS:
            super().keyPressEvent(event)
        elif self.hero.isVisibleTo(self):
            self.hero.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.shelf.go_to(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
