"""All routines, below the one in front: found, narrowed down, brought in, hidden and brought back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card
from guide.kit.choices import Segmented
from guide.kit.direction import margins
from guide.kit.fields import Field
from guide.kit.flow import FlowRow
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.page_key import key_within, page_key
from guide.kit.rows import Row, clear
from guide.language import _, ngettext, pgettext
from guide.pages.routines.shelf import GAP, RoutineShelf
from guide.pages.routines.view import FILTERS, LibraryView, Owner, Thrown, narrowed, note_words, others_have


class DeletedList(Card):
    """Routines deleted in the last 30 days, each one press from being back."""

    back_asked = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(margins(20, 12, 14, 12))
        self.buttons: list[Button] = []

    def show_thrown(self, thrown: Sequence[Thrown]) -> None:
        clear(self._column)
        self.buttons = []
        for one in thrown:
            button = Button(_("Bring back"), look=self._look, size="small")
            button.setAccessibleName(_("Bring back {name}").format(name=one.name))
            button.clicked.connect(lambda _=False, key=one.id: self.back_asked.emit(key))
            row = Row(one.name, button, look=self._look, hint=one.when, parent=self)
            self._column.addWidget(row)
            self.buttons.append(button)


class AllRoutines(QWidget):
    """
    A head with what can be done to the list, the cards, and what was put away.

    `acted` carries what is asked of a routine, and its id; `reached` a card that a key came to. `above_asked` says
    that a key leads upwards, out of the cards; `sought` carries the words that are looked for.
    """

    acted = Signal(str, str)
    reached = Signal(object)
    above_asked = Signal()
    new_asked = Signal()
    import_asked = Signal()
    purpose_chosen = Signal(object)
    show_hidden_asked = Signal()
    show_deleted_asked = Signal()
    give_back_asked = Signal(str)
    sought = Signal(str)
    search_closed = Signal()
    search_opened = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Heading(_("All routines"), look=look, wrap=False, parent=self)
        several: dict[object, str] = {None: pgettext("routines", "All"), Owner.HERS: pgettext("routines", "Yours")}
        kinds = [(value, several.get(value) or _(words)) for value, words in FILTERS]
        self.filter = Segmented(kinds, look=look, name=_("Show routines for"), parent=self)
        self.search_button = IconButton("search", _("Find a routine (Ctrl+F)"), look=look, parent=self)
        self._search_row = QWidget(self)
        self._search_row.hide()
        self.search = Field(
            _("Find a routine"), look=look, placeholder=_("A name, or whom it is for"), parent=self._search_row
        )
        self.import_button = Button(_("Import"), look=look, icon="import", role="quiet", size="small", parent=self)
        self.new_button = Button(_("New routine"), look=look, icon="plus", size="small", parent=self)
        self.note = Label("", look=look, role="body", tint="text2", wrap=True, parent=self)
        self.everywhere = Button(_("Look through all routines"), look=look, size="small", parent=self)
        self.everywhere.hide()
        self.hidden_button = Button("", look=look, role="quiet", size="small", parent=self)
        self.deleted_button = Button("", look=look, role="quiet", size="small", parent=self)
        self.deleted = DeletedList(look=look, parent=self)
        self.shelf = RoutineShelf(look=look, parent=self)
        self._head_row = QHBoxLayout()
        self._filter_row = QHBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._head_row.setSpacing(8)
        self._head_row.addWidget(self.head)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self.search_button)
        self._head_row.addWidget(self.import_button)
        self._head_row.addWidget(self.new_button)
        self._filter_row.addStretch(1)
        foot = FlowRow(parent=self)
        foot.add(self.hidden_button)
        foot.add(self.deleted_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, self._head_row)
        nest(column, self._filter_row)
        search_row = QHBoxLayout(self._search_row)
        search_row.setContentsMargins(0, 10, 0, 4)  # room for the ring
        search_row.addWidget(self.search)
        column.addWidget(self._search_row)
        column.addSpacing(10)
        column.addWidget(self.note)
        column.addWidget(self.everywhere, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.shelf)
        column.addSpacing(GAP)
        column.addWidget(foot)
        column.addWidget(self.deleted)
        QWidget.setTabOrder(self.new_button, self.search)  # it stands beneath them

    def _connect(self) -> None:
        self.shelf.acted.connect(self.acted)
        self.shelf.reached.connect(self.reached)
        self.shelf.above_asked.connect(self.above_asked)
        self.filter.chosen.connect(self.purpose_chosen)
        self.import_button.clicked.connect(self.import_asked)
        self.new_button.clicked.connect(self.new_asked)
        self.hidden_button.clicked.connect(self.show_hidden_asked)
        self.deleted_button.clicked.connect(self.show_deleted_asked)
        self.deleted.back_asked.connect(self.give_back_asked)
        self.search_button.clicked.connect(self.open_search)
        self.search.textChanged.connect(self.sought)
        self.search.returnPressed.connect(self._open_found)
        page_key(QKeySequence.StandardKey.Find, self, self.open_search)
        self.everywhere.clicked.connect(self._look_everywhere)
        key_within("Down", self.search, lambda: self.shelf.go_to(0))

    def show_routines(self, view: LibraryView) -> None:
        self.filter.set_value(view.wanted)
        self.filter.parts[-1].setVisible(any(not one.builtin for one in view.summaries))
        self._show_sought(view.sought)
        self._show_deleted(view)
        shown = narrowed(view)
        words = note_words(view, shown)
        self.note.setText(words)
        self.note.setContentsMargins(0, 2, 0, 14)
        self.note.setVisible(bool(words))
        self.everywhere.setVisible(others_have(view))
        hidden = sum(one.id in view.hidden for one in view.summaries)
        away, count = _("Hide them again"), _("Show {count} hidden").format(count=hidden)
        self.hidden_button.setText(away if view.with_hidden else count)
        self.hidden_button.setVisible(hidden > 0)
        self.shelf.show_routines(shown, view)
        first: QWidget = self.search
        if self.everywhere.isVisibleTo(self):
            QWidget.setTabOrder(first, self.everywhere)
            first = self.everywhere
        QWidget.setTabOrder(self.shelf.tab_from(first), self.hidden_button)
        QWidget.setTabOrder(self.hidden_button, self.deleted_button)

    def _show_sought(self, words: str) -> None:
        """The words that narrow the cards stand in the field, on a page made anew as well."""
        if self.search.text() != words:
            with QSignalBlocker(self.search):
                self.search.setText(words)
            self._search_row.setVisible(bool(words))

    def _show_deleted(self, view: LibraryView) -> None:
        count = len(view.thrown)
        show = ngettext("{count} deleted routine", "{count} deleted routines", count).format(count=count)
        self.deleted_button.setText(_("Hide the list") if view.with_thrown else show)
        self.deleted_button.setVisible(count > 0)
        self.deleted.setVisible(view.with_thrown and count > 0)
        self.deleted.show_thrown(view.thrown if view.with_thrown else ())

    def arrange(self, room: int, *, columns: int) -> None:
        """Lay out for `room` pixels: the filter stands beside the heading, or below it where that is too narrow."""
        self.shelf.set_columns(columns)
        parts = (self.head, self.filter, self.search_button, self.import_button, self.new_button)
        beside = sum(part.sizeHint().width() for part in parts) + 60 <= room
        row, other = (self._head_row, self._filter_row) if beside else (self._filter_row, self._head_row)
        if row.indexOf(self.filter) < 0:
            other.removeWidget(self.filter)
            row.insertWidget(2 if beside else 0, self.filter)
            self._filter_row.setContentsMargins(0, 0 if beside else 10, 0, 0)
            if beside:
                self._head_row.insertSpacing(3, 8)
            elif self._head_row.indexOf(self.search_button) > 2:
                self._head_row.takeAt(2)  # the space that stood after the filter

    def open_search(self) -> None:
        self._search_row.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        self.search_opened.emit()

    def _open_found(self) -> None:
        """Enter opens the first that was found."""
        if cards := self.shelf.cards:
            summary = cards[0].summary
            self.acted.emit("ready" if summary.problem is None else "problems", summary.id)

    def _look_everywhere(self) -> None:
        """The words stay, the filter goes."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.purpose_chosen.emit(None)

    @property
    def searching(self) -> bool:
        return self._search_row.isVisibleTo(self)

    def close_search(self) -> None:
        """Show every routine again; a focus on one of them, or beneath them, stays there."""
        focused = self.search.hasFocus() or self.everywhere.hasFocus()
        self.search.clear()
        self._search_row.hide()
        if focused:
            self.search_closed.emit()
