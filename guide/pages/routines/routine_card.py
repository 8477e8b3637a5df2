"""A card of the library: one routine, its bar and its menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from guide.compat import override
from guide.core.duration import span
from guide.core.shown import sentence
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import PressCard
from guide.kit.direction import margins, placed
from guide.kit.dress import make_menu
from guide.kit.flow import FlowRow
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.marks import Chip
from guide.kit.nesting import nest
from guide.kit.rows import Glyph
from guide.kit.timeline import Timeline
from guide.language import N_, _
from guide.pages.routines.hero import across
from guide.pages.routines.view import NOT_WHEN_SORE, bars_of, spoken_name
from guide.store.routines.entry import Summary

_MENU: Final = {
    "edit": N_("Edit"),
    "duplicate": N_("Duplicate"),
    "along": N_("Take it along…"),
    "export": N_("Export…"),
    "rename": N_("Rename…"),
    "reveal": N_("Show in folder"),
    "delete": N_("Delete"),
    "hide": N_("Hide"),
    "unhide": N_("Show again"),
}
_BACK_TO_BUILTIN: Final = N_("Back to the built-in one")
ARROWS: Final = {Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
WAYS: Final = {**ARROWS, Qt.Key.Key_Home: "first", Qt.Key.Key_End: "last"}


ONE_LINE: Final = 28  # letters of a name that are drawn a little smaller rather than on two lines


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
        drafted: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        name = spoken_name(summary, purpose, number_free=number_free)
        super().__init__(f"{name}, {_(NOT_WHEN_SORE)}" if rests else name, look=look, padding=0, parent=parent)
        told = _("Changes are not finished. {summary}").format(summary=summary.summary) if drafted else summary.summary
        self.setAccessibleDescription(sentence(summary.problem) if summary.problem else told.strip())
        self.setSizePolicy(across())
        self.summary = summary
        self._hidden = hidden
        self._drafted = drafted
        self.menu: QMenu | None = None
        self.dots = IconButton(
            "dots", _("More for {name}").format(name=summary.name), look=look, icon_side=22, parent=self
        )
        self.dots.clicked.connect(self.open_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(0)
        tall = len(summary.name) > ONE_LINE
        title = Label(summary.name, look=look, role="h3", tint="text3" if rests else "text", wrap=tall, parent=self)
        title.setContentsMargins(margins(0, 0, 30, 0))
        column.addWidget(title)
        self.title = title
        self.see_all = self._make_see_all() if summary.problem is not None else None
        if summary.problem is not None:
            self._lay_out_problem(column, summary.problem)
        else:
            for_whom = Label(
                summary.for_whom, look=look, role="label", tint="text2", weight=400, wrap=True, parent=self
            )
            for_whom.setVisible(bool(summary.for_whom))
            self.for_whom = for_whom
            column.addWidget(for_whom)
            column.addSpacing(10)
            self.timeline = Timeline(look=look, parent=self)
            self.timeline.show_bars(bars_of(summary))
            if rests:
                self.timeline.select(-1)
            column.addWidget(self.timeline)
            column.addSpacing(12)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        if summary.problem is None and not number_free:
            words = span(summary.shortest, summary.longest)
            self.length = Label(words, look=look, role="label", tint="text2", weight=400, parent=self)
            foot.addWidget(self.length)
        self._add_chips(foot, self._chips(rests=rests))
        if self.see_all is not None:
            foot.addWidget(self.see_all)
        nest(column, foot)
        column.addStretch(1)
        self.dots.raise_()  # the title's row reaches beneath them
        self.clicked.connect(self._press)
        look.changed.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setMinimumHeight(self._look.px(151))

    def _lay_out_problem(self, column: QVBoxLayout, problem: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Glyph("info", look=self._look, tint="accent_text", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        words = Label(sentence(problem), look=self._look, role="small", tint="text2", wrap=True, parent=self)
        row.addWidget(words, 1)
        column.addSpacing(6)
        nest(column, row)
        column.addSpacing(6)

    def _add_chips(self, foot: QHBoxLayout, chips: list[Chip]) -> None:
        if not chips:  # as in most cards: a row that wraps asks for its size in Python, time and again
            foot.addStretch(1)
            return
        row = FlowRow(parent=self)
        for chip in chips:
            row.add(chip)
        foot.addWidget(row, 1)
        if self.see_all is not None:
            foot.setAlignment(row, Qt.AlignmentFlag.AlignVCenter)

    def _make_see_all(self) -> Button:
        several = _("See all {count}").format(count=self.summary.problems)
        text = several if self.summary.problems > 1 else _("See where")
        button = Button(text, look=self._look, size="small", parent=self)
        button.setAccessibleName(f"{text}: {self.summary.name}")
        button.clicked.connect(lambda: self.acted.emit("problems"))
        return button

    def _chips(self, *, rests: bool) -> list[Chip]:
        chips = []
        if not self.summary.builtin:
            chips.append(Chip(_("Yours"), look=self._look, icon="pencil", accent=True, parent=self))
        if self._drafted:
            chip = Chip(_("Unfinished"), look=self._look, parent=self)
            chip.setToolTip(_("What you changed last is kept, and not saved yet. Edit goes on with it."))
            chips.append(chip)
        if rests:
            chips.append(Chip(_(NOT_WHEN_SORE), look=self._look, parent=self))
        if self._hidden:
            chips.append(Chip(_("Hidden"), look=self._look, parent=self))
        return chips

    def actions_offered(self) -> list[tuple[str, str]]:
        """Name what the menu offers: the action, and its words."""
        readable = self.summary.problem is None
        names = ["edit", *(["duplicate", "along"] if readable else ["export"])]
        if not self.summary.builtin:
            names += [*(["rename"] if readable else []), "reveal", "delete"]
        names.append("unhide" if self._hidden else "hide")
        offered = {name: _(_MENU[name]) for name in names}
        if self._drafted:
            offered["edit"] = _("Go on editing")
        if self.summary.replaces_builtin:
            offered["delete"] = _(_BACK_TO_BUILTIN)
        return list(offered.items())

    @Slot()
    def open_menu(self) -> None:
        menu = make_menu(self, look=self._look)
        menu.setFont(self._look.font("body"))
        menu.setAccessibleName(_("More for {name}").format(name=self.summary.name))
        for name, words in self.actions_offered():
            if name in {"rename", "hide", "unhide"}:
                menu.addSeparator()
            action = QAction(_(words), menu)
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

    @Slot()
    def _press(self) -> None:
        self.acted.emit("ready" if self.summary.problem is None else "problems")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self.dots.sizeHint()
        middle = 16 + self._look.line_height("h3") / 2
        left = self.width() - max(26 + side.width() // 2, side.width())
        place = QRect(QPoint(left, round(middle - side.height() / 2)), side)
        self.dots.setGeometry(placed(self, QRectF(place)).toRect())
        super().resizeEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = WAYS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)
