"""The head of Get ready: the way back, what the routine is called and how long it takes, and what else it offers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide.core.duration import span
from guide.kit.buttons import IconButton
from guide.kit.direction import margins
from guide.kit.dress import make_menu
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.timeline import Timeline
from guide.language import _
from guide.pages.ready.view import ReadyView, bars_of

BAR = 16  # room for the scroll bar below it
HANG = 12  # by which the way back hangs over the page's edge


class Head(QWidget):
    """Name, facts and timeline; what its menu offers is asked by signals."""

    about_asked = Signal()
    edit_asked = Signal()
    card_asked = Signal()
    along_asked = Signal()
    words_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: ReadyView | None = None
        self.back = IconButton("left", "", look=look, parent=self)
        self.title = Heading("", look=look, role="h1_quiet", parent=self)
        self.facts = Label("", look=look, role="body", tint="text2", parent=self)
        # `fit` finds room for both; as they are, they would keep the window from growing narrower
        self.title.setMinimumWidth(1)
        self.facts.setMinimumWidth(1)
        self.more = IconButton("dots", _("More to do with this routine"), look=look, parent=self)
        self.menu = make_menu(self, look=self._look)
        self.more.clicked.connect(self.open_menu)
        self.timeline = Timeline(look=look, parent=self)
        self.timeline.set_unit(14 / 12)
        top = QHBoxLayout()
        top.setContentsMargins(margins(0, 0, BAR, 0))
        top.setSpacing(18)
        top.addWidget(self.back)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(4)
        self._words.addWidget(self.title, 1)
        self._words.addWidget(self.facts)
        nest(top, self._words, 1)
        top.addWidget(self.more)
        bars = QHBoxLayout()
        bars.setContentsMargins(margins(HANG, 0, BAR, 0))
        bars.addWidget(self.timeline)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        nest(self._column, top)
        nest(self._column, bars)

    def show_view(self, view: ReadyView) -> None:
        self._view = view
        self.back.set_icon("left", _("Back to Learn") if view.from_learn else _("Back to the routines"))
        self.title.setText(view.routine.name)
        self.timeline.show_bars(bars_of(view.plan))
        self.timeline.describe(view.routine.name)
        parts: list[tuple[str, bool]] = []
        if not view.number_free:
            parts.append((span(view.plan.shortest, view.plan.longest), False))
            if view.done_by:
                before, _time, after = _("done by about {time}").partition("{time}")
                parts += [("  ·  " + before, False), (view.done_by, True), (after, False)]
        self.facts.set_parts([part for part in parts if part[0]])

    def fit(self, width: int, *, wide: bool) -> None:
        """Name and facts beside each other, where there is room for both."""
        wanted = self.back.sizeHint().width() * 2 + self.title.sizeHint().width() + self.facts.sizeHint().width() + 60
        beside = wanted <= width
        self.title.set_role("h1_quiet" if beside or wide else "h2")
        self._words.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._column.activate()  # the page asks for its height at once

    def open_menu(self) -> None:
        self.menu.clear()
        self.menu.setFont(self._look.font("body"))
        view = self._view
        self.menu.addAction(_("About this routine")).triggered.connect(self.about_asked)
        self.menu.addAction(_("Edit")).triggered.connect(self.edit_asked)
        if view is not None and view.along:
            self.menu.addAction(_("Take it along")).triggered.connect(self.along_asked)
        else:
            self.menu.addAction(_("Print a card")).triggered.connect(self.card_asked)
        if view is not None and view.listens:
            self.menu.addAction(_("Your words")).triggered.connect(self.words_asked)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        self.menu.popup(QPoint(max(0, corner.x() - self.menu.sizeHint().width()), corner.y() + 2))
