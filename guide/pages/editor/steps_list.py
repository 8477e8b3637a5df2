"""The pane of steps with its buttons, menu and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import (
    QPoint,
    QSignalBlocker,
    Signal,
)
from PySide6.QtGui import (
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.core.naming import kind_word
from guide.core.routine import Kind, Place
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card
from guide.kit.dress import make_menu
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.language import N_, _, screen
from guide.pages.editor.outline import OutlineRow
from guide.pages.editor.steps_move import down, into_group, out_of_group, up
from guide.pages.editor.steps_view import StepsView

UNMOVED: Final = {
    "up": N_("It is at the top already."),
    "down": N_("It is at the end already."),
    "into": N_("There is no group beside this step."),
    "out": N_("This step is in no group."),
}
SIDE: Final = 12
GAP: Final = 6
SPARE: Final = 16  # of a button's width, before its words are drawn smaller


class StepsPane(Card):
    """The list with what can be done to its rows; it asks, and the page changes the text. `told` says what cannot."""

    chosen = Signal(object)
    add_asked = Signal(object)
    move_asked = Signal(object, object)
    duplicate_asked = Signal(object)
    delete_asked = Signal(object)
    group_asked = Signal(object)
    dissolve_asked = Signal(object)
    form_asked = Signal()
    told = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, padding=0, parent=parent)
        self.view = StepsView(look=look, parent=self)
        self.add = Button(_("Step"), look=look, icon="plus", size="small", parent=self)
        self.add.setAccessibleName(_("Add a step after the chosen one"))
        self.group = Button(_("Group"), look=look, icon="repeat", role="quiet", size="small", parent=self)
        self.more = IconButton("dots", _("More to do with the chosen steps"), look=look, parent=self)
        self.menu = make_menu(self, look=self._look)
        self.kinds = make_menu(self, look=self._look)
        self.kinds.setAccessibleName(_("Kind of step"))
        self._shown: tuple[bool, bool, int, float] | None = None
        foot = self._foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.add, 1)
        foot.addWidget(self.group, 1)
        foot.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 14, SIDE, 14)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        nest(column, foot)
        self.add.clicked.connect(self.open_kinds)
        self.group.clicked.connect(self._group_or_not)
        self.more.clicked.connect(lambda: self._open_menu(self.more.mapToGlobal(QPoint(0, -8))))
        self.view.chosen.connect(self.chosen)
        self.view.move_asked.connect(self.move_asked)
        self.view.key_asked.connect(self.do)
        self.view.menu_asked.connect(self._open_menu)
        self.view.selectionModel().selectionChanged.connect(self._show_group)

    @property
    def place(self) -> Place:
        """The row the form is about."""
        row = self.view.currentIndex().row()
        rows = self.view.rows.rows
        return rows[row].place if 0 <= row < len(rows) else ()

    @property
    def places(self) -> list[Place]:
        return self.view.selected_places()

    def take_share(self, room: int, *, wide: bool) -> None:
        """Be as wide as a page of `room` pixels lets it; `wide` where the preview stands beside it."""
        width = 312 if wide else max(264, min(312, room * 3 // 8))
        self.setFixedWidth(340 if self._look.scale > 1.2 and room >= 1000 else width)

    def show_rows(self, rows: list[OutlineRow], troubled: frozenset[Place] = frozenset()) -> None:
        """Where the chosen row is gone, the one Qt goes to is not told of: whoever shows the rows chooses one."""
        with QSignalBlocker(self.view):
            self.view.rows.show_rows(rows, troubled)
        self._show_group()

    def choose(self, *places: Place) -> None:
        self.view.choose(places)

    def do(self, name: str) -> None:
        """Do what a key or an entry of the menu is called."""
        places = self.places
        match name:
            case "add":
                self.open_kinds()
            case "form":
                self.form_asked.emit()
            case "group":
                self._group_or_not()
            case _ if not places:
                pass
            case "duplicate":
                self.duplicate_asked.emit(places)
            case "delete":
                self.delete_asked.emit(places)
            case _:
                rows = self.view.rows.rows
                moves: dict[str, Callable[[list[OutlineRow], list[Place]], tuple[Place, Place] | None]] = {
                    "up": up,
                    "down": down,
                    "into": into_group,
                    "out": out_of_group,
                }
                found = moves[name](rows, places)
                if found is not None:
                    self.move_asked.emit(*found)
                else:
                    self.told.emit(_(UNMOVED[name]))

    def open_kinds(self) -> None:
        """Ask for the kind of the new step; its title is typed next."""
        self.kinds.clear()
        self.kinds.setFont(self._look.font("body"))
        for kind in Kind:
            action = self.kinds.addAction(kind_word(kind, screen()))
            action.triggered.connect(lambda _=False, kind=kind: self.add_asked.emit(kind))
        above = self.add.mapToGlobal(QPoint(0, -4))
        self.kinds.popup(above - QPoint(0, self.kinds.sizeHint().height()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_group()

    def _group_among(self, places: Sequence[Place]) -> Place | None:
        """The group that is chosen by itself."""
        return places[0] if len(places) == 1 and self.view.rows.is_group(places[0]) else None

    def _group_or_not(self) -> None:
        places = self.places
        group = self._group_among(places)
        if group is not None:
            self.dissolve_asked.emit(group)
        elif places:
            self.group_asked.emit(places)

    def _show_group(self) -> None:
        places = self.places
        apart = self._group_among(places) is not None
        shown = bool(places), apart, self.width(), self._look.scale
        if shown == self._shown:
            return
        self._shown = shown
        self.group.setEnabled(bool(places))
        self.group.setText(_("Ungroup") if apart else _("Group"))
        self._share_out()
        self.group.setToolTip("" if places else _("Choose one or more steps first"))
        self.group.setAccessibleName(_("Ungroup") if apart else _("Make a group of the chosen steps"))

    def _share_out(self) -> None:
        """Words that would have to be drawn much smaller beside the others are left out: its sign and its tip stay."""
        wanted = [button.sizeHint().width() for button in (self.add, self.group)]
        room = self.width() - 2 * SIDE - 2 * GAP - self.more.sizeHint().width()
        if sum(wanted) - 2 * SPARE > room:
            self.group.setText("")
        halves = 2 * (max(wanted) - SPARE) <= room
        for button, width in zip((self.add, self.group), wanted, strict=True):
            self._foot.setStretchFactor(button, (1 if halves else width) if button.text() else 0)

    def _open_menu(self, at: QPoint) -> None:
        self.menu.clear()
        places = self.places
        entries = (
            ("add", _("Add a step"), "Ins"),
            ("duplicate", _("Duplicate"), "Ctrl+D"),
            ("up", _("Move up"), "Alt+Up"),
            ("down", _("Move down"), "Alt+Down"),
            ("into", _("Into the group beside it"), "Alt+Right"),
            ("out", _("Out of its group"), "Alt+Left"),
            ("group", _("Ungroup") if self._group_among(places) else _("Make a group"), "Ctrl+G"),
            ("delete", _("Delete"), "Del"),
        )
        for name, words, key in entries:
            action = self.menu.addAction(f"{words}\t{key}")
            action.setEnabled(name == "add" or bool(places))
            action.triggered.connect(lambda _=False, name=name: self.do(name))
        self.menu.popup(at)
