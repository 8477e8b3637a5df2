"""The contents of Learn beside its page: a name for each page, and the one on show marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.kit.buttons import Button
from guide.kit.cards import ScrollArea
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.markdown import LearnText
from guide.kit.room import let_go
from guide.language import _


class Contents(ScrollArea):
    """`asked` carries the id of a page; where no page has the words sought, it says so."""

    asked = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        listed = QWidget()
        super().__init__(listed, look=look, parent=parent)
        self._list = listed
        self._rows = QVBoxLayout(listed)
        self._rows.setContentsMargins(0, 0, 0, 24)
        self._rows.setSpacing(0)
        self._buttons: dict[str, Button] = {}
        self._here = ""
        words = _("No page has these words.")
        self.nothing = Label(words, look=look, role="small", tint="text2", wrap=True, parent=self._list)
        self.nothing.hide()
        self.verticalScrollBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def listed(self) -> list[str]:
        """The ids that are listed at the moment."""
        return [page for page, button in self._buttons.items() if not button.isHidden()]

    @property
    def wanted_width(self) -> int:
        """As wide as the longest name, and the scroll bar beside it."""
        widest = max((button.natural_width for button in self._buttons.values()), default=0)
        return widest + self.verticalScrollBar().sizeHint().width()

    def show_pages(self, pages: Sequence[LearnText]) -> None:
        for button in self._buttons.values():
            let_go(button)
        self._buttons = {}
        while self._rows.count():
            self._rows.takeAt(0)
        self._rows.addWidget(self.nothing)
        for page in pages:
            button = Button(page.title, look=self._look, role="quiet", size="small", parent=self._list)
            button.setCheckable(True)
            button.spoken_as = "PageTab"
            button.align_left()
            button.clicked.connect(partial(self._ask, page.id))
            self._buttons[page.id] = button
            self._rows.addWidget(button)
        self._rows.addStretch(1)

    def show_found(self, found: Collection[str], here: str) -> None:
        """List these pages, and mark the one on show."""
        for page, button in self._buttons.items():
            button.setVisible(page in found)
            button.setChecked(page == here)
            button.setAccessibleDescription(_("This page") if page == here else "")
        self.nothing.setVisible(not found)
        if here != self._here:
            self._here = here
            QTimer.singleShot(0, self, self._keep_in_sight)

    def stand(self) -> None:
        """As high as there is room for."""
        self._rows.setContentsMargins(0, 0, 0, 24)
        self.setMinimumHeight(0)
        self.setMaximumHeight(16_777_215)

    def lie_low(self, margin: int, most: int) -> None:
        """No higher than what is listed, nor than `most`, and never lower than one name."""
        self._rows.setContentsMargins(margin, 0, margin, 8)
        listed = [self._buttons[page].sizeHint().height() for page in self.listed]
        whole = sum(listed) if listed else self.nothing.sizeHint().height()
        self.setFixedHeight(min(whole + 8, max(most, max(listed, default=0))))

    def _keep_in_sight(self) -> None:
        """The name that is marked; one that was pressed stays beneath the pointer, for the rest of a double click."""
        here = self._buttons.get(self._here)
        if here is not None and not here.isHidden() and not here.underMouse():
            self._rows.activate()
            self.ensureWidgetVisible(here, 0, 0)

    def _ask(self, page_id: str, _checked: bool = False) -> None:
        self.asked.emit(page_id)
