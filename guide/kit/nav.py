"""The pages' names along the top of the window, and the switch between night and light."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import LOOSEST, STANDARD, Button, IconButton
from guide.kit.direction import margins, placed
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.painting import painting
from guide.language import N_, _

NAV: Final = (
    ("routines", N_("Routines")),
    ("history", N_("History")),
    ("learn", N_("Learn")),
    ("settings", N_("Settings")),
)
CLOSEST: Final = 8
SMALLEST: Final = 0.6  # of their size
GAP: Final = 4
LEFT, RIGHT = 40, 32
SIDES: Final = LEFT + RIGHT


class Brand(Guarded, QWidget):
    """The mark and the program's name."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = Label("Pumping Guide", look=look, role="label", weight=600, parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._name)
        self.setAccessibleName("Pumping Guide")
        look.changed.connect(self._make_room)
        self._make_room()

    @property
    def whole_width(self) -> int:
        """How wide it is with the name beside the mark."""
        return self._look.px(40) + self._name.sizeHint().width() + 18

    def show_name(self, *, shown: bool) -> None:
        self._name.setVisible(shown)
        self.setMinimumWidth(self._look.px(40))

    def _make_room(self) -> None:
        self._row.setContentsMargins(margins(self._look.px(40), 0, 18, 0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        side = self._look.px(28)
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = placed(self, QRectF(0, (self.height() - side) / 2, side, side))
            paint_icon(painter, "brand", place, self._look.theme.accent)


class NavButton(Button):
    """A page's name; the page in use stands in a raised field."""

    spoken_as = "PageTab"

    def __init__(self, text: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(text, look=look, role="quiet", parent=parent)
        self.setCheckable(True)

    @override
    def _radius(self) -> float:
        return self._metrics.radius

    def mark(self, *, here: bool) -> None:
        self.setChecked(here)
        self.set_role("standard" if here else "quiet")
        self.setAccessibleDescription(_("This page") if here else "")


class Nav(Guarded, QWidget):
    """The names of the pages, and the switch between night and light."""

    spoken_as = "PageTabList"

    asked = Signal(str)
    theme_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons = {name: NavButton(_(text), look=look, parent=self) for name, text in NAV}
        self.theme = IconButton("sun", _("Change between night and light"), look=look, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(LEFT, 0, RIGHT, 0))
        row.setSpacing(GAP)
        self.brand = Brand(look=look, parent=self)
        row.addWidget(self.brand)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.theme)
        self.theme.clicked.connect(self.theme_asked)
        look.changed.connect(self._dress)
        self._dress()

    def show_page(self, name: str) -> None:
        for each, button in self.buttons.items():
            button.mark(here=each == name)

    @property
    def is_ringed(self) -> bool:
        """Whether the keyboard is on one of the names, for all to see."""
        return any(button.ring.shown for button in self.buttons.values())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """
        In a narrow window with large text the mark stands alone: the pages' names come first.

        Where those are too wide they stand closer, and then all of them are in smaller letters, none more than others.
        """
        look, buttons = self._look, self.buttons.values()
        font = look.sized(STANDARD.text, 500)
        words = [QFontMetricsF(font).horizontalAdvance(button.text()) for button in buttons]
        beside = min(look.px(STANDARD.padding), STANDARD.padding * LOOSEST)
        needed = sum(words) + len(words) * (2 * beside + GAP)
        self.brand.show_name(shown=self.width() - needed > self.brand.whole_width + look.px(120))
        room = self.width() - SIDES - look.px(40) - self.theme.sizeHint().width() - (len(words) + 1) * GAP
        beside = max(CLOSEST, min(beside, (room - sum(words)) / len(words) / 2))
        share = max(SMALLEST, min(1.0, (room - 2 * beside * len(words)) / sum(words)))
        font.setPixelSize(int(font.pixelSize() * share))
        for button, width in zip(buttons, words, strict=True):
            button.set_size(look.px(STANDARD.height), font)
            button.setFixedWidth(int(width * share + 2 * beside) + 1)

    def _dress(self) -> None:
        self._fit()
        self.setFixedHeight(max(68, self._look.px(56)))
        night = self._look.theme.is_night
        self.theme.set_icon("sun" if night else "moon", _("Change to light") if night else _("Change to night"))
