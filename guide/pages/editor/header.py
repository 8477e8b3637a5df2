"""The editor's header: the routine's name, its two views, whether it is kept, and what can be done with the whole."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from guide.kit.buttons import Button, IconButton
from guide.kit.choices import Segmented
from guide.kit.direction import margins
from guide.kit.dress import make_menu
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.marks import Chip
from guide.kit.nesting import nest
from guide.kit.rows import Glyph
from guide.kit.tips import tip
from guide.language import N_, _

ROOMY_FROM: Final = 980
LEAST_SHARE: Final = 0.75  # of the size of its letters that a long name keeps
BUILT_IN: Final = N_("Built in: your change makes your own copy")
State = Literal["new", "saved", "saving", "not saved", "not applied", "not playable"]
STATES: Final[dict[State, str]] = {
    "new": N_("Not begun yet"),
    "saved": N_("Saved"),
    "saving": N_("Saving"),
    "not saved": N_("Not saved yet"),
    "not applied": N_("Not applied yet"),
    "not playable": N_("Not playable yet"),
}


class EditorHeading(Label):
    """The name of the routine, a heading for a screen reader; it is cut where there is no room."""

    spoken_as = "Heading"


class EditorHeader(QWidget):
    """One row, or two in a narrow window with large text."""

    rename_asked = Signal()
    duplicate_asked = Signal()
    export_asked = Signal()
    reveal_asked = Signal()
    delete_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._own = False
        self._font = look.font("h2")
        self.back = IconButton("left", _("Back to the routines"), look=look, parent=self)
        self.heading = EditorHeading("", look=look, role="h2", elide=True, parent=self)
        self.heading.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.yours = Chip(_("Yours"), look=look, icon="pencil", accent=True, parent=self)
        self.builtin = Chip(_("Built in"), look=look, parent=self)
        self.builtin.setToolTip(_(BUILT_IN))
        self.builtin.setAccessibleDescription(_(BUILT_IN))
        self.tabs = Segmented(
            [("steps", _("Steps")), ("yaml", "YAML")], look=look, name=_("View"), value="steps", parent=self
        )
        self.state_glyph = Glyph("check", look=look, side=18, parent=self)
        self.waiting_glyph = Glyph("info", look=look, side=18, parent=self)
        self.state = Label(_("Saved"), look=look, role="label", tint="text2", weight=400, parent=self)
        self.undo = IconButton("undo", _("Undo"), look=look, role="standard", parent=self)
        self.redo = IconButton("redo", _("Redo"), look=look, role="standard", parent=self)
        self.more = IconButton("dots", _("More to do with this routine"), look=look, parent=self)
        self.menu = make_menu(self, look=self._look)
        self.preview_button = IconButton("voice", _("Preview: what will be heard"), look=look, parent=self)
        self.preview_button.setCheckable(True)
        self.play = Button(_("Play from here"), look=look, icon="play", role="primary", parent=self)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.more.clicked.connect(self._open_menu)
        self._shown: tuple[State, str, str] | None = None
        self._movable = (self.waiting_glyph, self.state_glyph, self.state, self.undo, self.redo)
        self._lay_out()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        widget: QWidget
        left = (self.back, self.heading, self.yours, self.builtin)
        right = (*self._movable, self.more, self.preview_button, self.play)
        for widget in left:
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.tabs)
        self._row.addStretch(1)
        self._spare = QSpacerItem(
            0, 0
        )  # where there is room for the longest state's words, the tabs stay where they are
        self._row.addSpacerItem(self._spare)
        for widget in right:
            self._row.addWidget(widget)
        self._beside_heading = [one for one in (*left, self.tabs, *right) if one is not self.heading]
        self._second = QHBoxLayout()
        self._second.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, self._row)
        nest(column, self._second)

    def show_owner(self, *, own: bool) -> None:
        """Tell whether it is hers, and may be renamed and deleted, or built in."""
        self._own = own

    def show_state(self, state: State, *, trouble: str = "") -> None:
        shown = state, trouble, self.heading.text()
        if shown == self._shown:  # it is told with each edit
            return
        self._shown = shown
        words = _(STATES[state])
        self.state.setText(words)
        self.state.setToolTip(tip(trouble))
        self.state_glyph.setVisible(state == "saved")
        self.waiting_glyph.setVisible(state != "saved")
        for glyph in (self.state_glyph, self.waiting_glyph):
            glyph.setToolTip(words)
            glyph.setAccessibleName(words)
        self._fit_heading()

    def show_name(self, name: str) -> None:
        if self.heading.text() != name:
            self.heading.setText(name)
            self.heading.setToolTip(tip(name))

    def arrange(self, *, wide: bool, room: float) -> None:
        """Take the room there is; `wide` where the preview stands beside the panes."""
        roomy = room >= ROOMY_FROM
        self.preview_button.setVisible(not wide)
        if wide:
            self.preview_button.setChecked(False)
        self.yours.setVisible(roomy and self._own)
        self.builtin.setVisible(roomy and not self._own)
        self.play.setText(_("Play from here") if roomy else _("Play"))
        self.play.setAccessibleName(_("Play from here"))
        self.play.setToolTip(_("Play from here (Ctrl+Enter)"))
        cramped = self._width() < self._look.px(720)
        self._share(cramped=cramped)
        self.state.setVisible(roomy or cramped)
        side, spacing = (20, 10) if wide else (12, 4)
        self._row.setContentsMargins(margins(side, 8, side + 8 if wide else side, 8))
        self._row.setSpacing(spacing)
        self._font = self._look.sized(26 if wide else 21, 600, display=True)
        self._fit_heading()

    def _width(self) -> int:
        page = self.parentWidget()
        return page.width() if page is not None else self.width()

    def _share(self, *, cramped: bool) -> None:
        """In a narrow window with large text the header takes two rows."""
        if cramped == (self._second.count() > 0):
            return
        self._second.setContentsMargins(24, 0, 24, 8 if cramped else 0)
        widget: QWidget
        if cramped:
            self._second.addWidget(self.tabs)
            self._second.addStretch(1)
            for widget in self._movable:
                self._second.addWidget(widget)
            return
        while self._second.count():
            self._second.takeAt(0)
        self._row.insertWidget(self._row.indexOf(self.builtin) + 2, self.tabs)
        for widget in self._movable:
            self._row.insertWidget(self._row.indexOf(self.more), widget)

    def _fit_heading(self) -> None:
        """Give the name what the rest of the row leaves it."""
        margins, spacing = self._row.contentsMargins(), self._row.spacing()
        others = [one for one in self._beside_heading if self._row.indexOf(one) >= 0 and not one.isHidden()]
        taken = sum(one.sizeHint().width() + spacing for one in others)
        natural = round(QFontMetricsF(self._font).horizontalAdvance(self.heading.text())) + 4
        room = self._width() - taken - 2 * margins.left() - 4 * spacing - 8
        self._spare.changeSize(max(0, min(self._spare_width(), room - natural)), 0)
        smaller = QFont(self._font)
        if natural > room:  # before a letter is cut
            size = self._font.pixelSize()
            smaller.setPixelSize(max(round(size * LEAST_SHARE), size * max(room, 0) // natural))
        self.heading.set_own_font(smaller, self._look.px(34))
        self.heading.setFixedWidth(max(40, min(natural, room)))

    def _spare_width(self) -> int:
        if self.state.isHidden() or self._row.indexOf(self.state) < 0:
            return 0
        widest = max(self.state.width_with(_(words)) for words in STATES.values())
        return widest - self.state.sizeHint().width()

    def _open_menu(self) -> None:
        self.menu.clear()
        entries = (
            (_("Rename"), self.rename_asked, self._own),
            (_("Duplicate"), self.duplicate_asked, True),
            (_("Keep a copy elsewhere"), self.export_asked, True),
            (_("Show its file"), self.reveal_asked, True),
            (_("Delete"), self.delete_asked, self._own),
        )
        for words, signal, fits in entries:
            action = self.menu.addAction(words)
            action.triggered.connect(lambda _=False, signal=signal: signal.emit())
            action.setEnabled(fits)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
