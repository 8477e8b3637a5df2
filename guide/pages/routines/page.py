"""The library: a card for each routine, and one to start with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSpacerItem, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.cards import ScrollArea
from guide.kit.direction import margins
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.look import Look
from guide.kit.words import effective
from guide.pages.routines.hero import LOW_HERO, NARROW_HERO, FirstStep, Hero, LeftForNow, TopLine
from guide.pages.routines.view import LibraryView, in_front, purpose_shown

if TYPE_CHECKING:
    from guide.pages.routines.listed import AllRoutines
    from guide.pages.routines.routine_card import RoutineCard

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
    waiting_asked = Signal()
    unsaved_asked = Signal()
    sought = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: LibraryView | None = None
        content = QWidget(self)
        self.line = TopLine(look=look, parent=content)
        self.first_step = FirstStep(look=look, parent=content)
        self.hero = Hero(look=look, parent=content)
        self._listed: AllRoutines | None = None
        self._left_by = ""  # the card that led away, by the id of its routine
        self._brings_up_deleted = False
        self.waiting: LeftForNow | None = None
        self._after_waiting = QSpacerItem(0, 0)
        self.unsaved: LeftForNow | None = None
        self._after_unsaved = QSpacerItem(0, 0)
        self._column = QVBoxLayout(content)
        self._column.setSpacing(0)
        self._lay_out()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self.area = ScrollArea(content, look=look, parent=self)
        page.addWidget(self.area)
        self.hero.start_asked.connect(self.start_asked)
        self.hero.ready_asked.connect(self._get_ready)
        self.hero.down_asked.connect(lambda: self.listed.shelf.go_to(0))
        self.first_step.closed.connect(self.hint_closed)
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
        self.area.verticalScrollBar().rangeChanged.connect(self._bring_up_deleted)
        self.area.verticalScrollBar().valueChanged.connect(self._bring_up_no_more)

    def _lay_out(self) -> None:
        self._column.addWidget(self.first_step)
        self._column.addWidget(self.line)
        self._column.addSpacing(22)
        self._column.addItem(self._after_waiting)
        self._column.addItem(self._after_unsaved)
        self._column.addWidget(self.hero)
        self._column.addSpacing(18)
        self._column.addStretch(1)

    @property
    def listed(self) -> AllRoutines:
        """All routines, made when they are first shown: Start does not wait for them."""
        if self._listed is None:
            from guide.pages.routines.listed import AllRoutines

            self._listed = listed = AllRoutines(look=self._look, parent=self.area.widget())
            self._column.insertWidget(self._column.count() - 1, listed)
            listed.acted.connect(self._act)
            listed.reached.connect(self._bring_up)
            listed.above_asked.connect(self._go_to_hero)
            listed.search_closed.connect(self.setFocus)
            listed.search_opened.connect(lambda: QTimer.singleShot(0, self, self._bring_to_the_top))
            for told, asked in (
                (listed.new_asked, self.new_asked),
                (listed.import_asked, self.import_asked),
                (listed.purpose_chosen, self.purpose_chosen),
                (listed.show_hidden_asked, self.show_hidden_asked),
                (listed.show_deleted_asked, self.show_deleted_asked),
                (listed.give_back_asked, self.give_back_asked),
                (listed.sought, self.sought),
            ):
                told.connect(asked)
            listed.show()
        return self._listed

    def show_library(self, view: LibraryView, *, front: bool = False) -> None:
        """Show all of it, or, at a start of the program, only what stands in `front` of the cards."""
        if view == self._view:
            return
        opened = self._view is not None and view.with_thrown and not self._view.with_thrown
        self._brings_up_deleted = opened
        self._view = None if front else view
        self._show_top(view)
        if not front:
            self.listed.show_routines(view)
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
        return self.listed.shelf.cards

    def _act(self, action: str, routine_id: str) -> None:
        self._left_by = routine_id
        self._asks[action].emit(routine_id)

    def _get_ready(self, routine_id: str) -> None:
        self._left_by = ""
        self.ready_asked.emit(routine_id)

    def come_back(self) -> None:
        """Give the focus to the card that led away, where one did and it is still there."""
        left_by, self._left_by = self._left_by, ""
        if left_by:
            self.lead_to(left_by)

    def lead_to(self, routine_id: str) -> None:
        """Give the focus to the card of a routine, where there is one, and bring it into sight."""
        card = next((card for card in self.cards if card.summary.id == routine_id), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.BacktabFocusReason)
            self._bring_up(card)

    def _bring_up(self, card: QWidget) -> None:
        self.area.ensureWidgetVisible(card, 16, 24)

    def _bring_up_deleted(self) -> None:
        """What was deleted is seen once it is asked for, or as much of it as there is room for beneath its button."""
        content = self.area.widget()
        if self._brings_up_deleted and content is not None:
            deleted, bar = self.listed.deleted, self.area.verticalScrollBar()
            top = self.listed.deleted_button.mapTo(content, QPoint(0, 0)).y() - 8
            bottom = deleted.mapTo(content, QPoint(0, deleted.height())).y() + 24
            bar.setValue(max(bar.value(), min(top, bottom - self.area.viewport().height())))
            self._brings_up_deleted = True

    def _bring_up_no_more(self) -> None:
        """Once she scrolls, or the focus leads elsewhere, what was deleted is left where it is."""
        self._brings_up_deleted = False

    def _bring_to_the_top(self) -> None:
        """What is found is seen beneath the field, in a low window too."""
        self.area.verticalScrollBar().setValue(self.listed.y() - 8)

    def _go_to_hero(self) -> None:
        if self.hero.isVisibleTo(self):
            self.hero.setFocus(Qt.FocusReason.BacktabFocusReason)
            self._bring_up(self.hero)

    def _strip(
        self, strip: LeftForNow | None, room: QSpacerItem, glyph: str, words: str, asked: SignalInstance
    ) -> LeftForNow | None:
        """A strip that says `words`, made when there are some, with room beneath it; None where it was never needed."""
        if words and strip is None:
            strip = LeftForNow(glyph, look=self._look, parent=self.area.widget())
            strip.back_asked.connect(asked)
            self._column.insertWidget(self._column.indexOf(room), strip)
        if strip is not None:
            strip.words.setText(words)
            strip.setVisible(bool(words))
        room.changeSize(0, 16 if words else 0)
        return strip

    def say_unsaved(self) -> None:
        """Have a screen reader say that a new routine is not saved."""
        if self.unsaved is not None:
            announce(self.unsaved, self.unsaved.words.text())

    def card(self, routine_id: str) -> RoutineCard:
        return next(card for card in self.cards if card.summary.id == routine_id)

    def _show_top(self, view: LibraryView) -> None:
        self.line.show_line(view.line, view.goal_dots)
        self.first_step.setVisible(view.first_run)
        self.waiting = self._strip(self.waiting, self._after_waiting, "pause", view.waiting, self.waiting_asked)
        self.unsaved = self._strip(self.unsaved, self._after_unsaved, "pencil", view.unsaved, self.unsaved_asked)
        caption, summary = in_front(view)
        self.hero.setVisible(summary is not None)
        if summary is not None:
            self.hero.show_routine(caption, summary, purpose_shown(summary, view.purpose), number_free=view.number_free)

    def _arrange(self) -> None:
        if self.width() <= 0:
            return
        width = effective(self.width(), self._look.scale)
        columns = 3 if width >= THREE_COLUMNS_FROM else 2 if width >= TWO_COLUMNS_FROM else 1
        # the page's right margin holds the scroll bar
        right = max(0, MARGIN - (self.width() - self.area.viewport().width()))
        self._column.setContentsMargins(margins(MARGIN, 8, right, 42))
        height = effective(self.area.viewport().height(), self._look.scale)
        self.hero.set_room(narrow=width < NARROW_HERO, low=height < LOW_HERO)
        for strip in (self.waiting, self.unsaved):
            if strip is not None:
                strip.set_narrow(narrow=width < NARROW_HERO)
        if self._listed is not None:
            self._listed.arrange(self.width() - 2 * MARGIN, columns=columns)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start has the focus as soon as the page is there, and is in sight: Space starts."""
        super().focusInEvent(event)
        if self.hero.isVisibleTo(self):
            self.hero.start.setFocus(event.reason())
            self.area.verticalScrollBar().setValue(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let an arrow key lead into the page where nothing on it has the focus yet, and Esc leave the search."""
        from guide.pages.routines.routine_card import ARROWS  # Start does without

        if event.key() == Qt.Key.Key_Escape and self._listed is not None and self._listed.searching:
            self._listed.close_search()
        elif event.key() not in ARROWS:
            super().keyPressEvent(event)
        elif self.hero.isVisibleTo(self):
            self.hero.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.listed.shelf.go_to(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
