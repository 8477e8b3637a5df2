"""Words with an arrow after them: press to choose something else from a menu in place, or to see more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.choice_menu import ChoiceMenu, ChoosesFromMenu
from guide.kit.direction import draw_line, placed
from guide.kit.icons import paint_icon
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted_or_cut
from guide.kit.tips import tip

SMALLEST = 0.8  # the share of their size that long words keep


@dataclass(frozen=True, slots=True)
class MenuOption:
    """A row of a menu: `note` stands small at its right, `apart` draws a rule above it."""

    value: object
    words: str
    note: str = ""
    apart: bool = False


class Opener(Pressable):
    """Words with an arrow after them; none where `icon` is empty."""

    WIDEST = 170  # its words; what is longer is drawn smaller, then cut off, and whole in the tooltip and the menu

    def __init__(self, name: str, *, look: Look, text: str = "", icon: str = "down", parent: QWidget) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._name = name
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str, *, icon: str | None = None) -> None:
        self._icon = self._icon if icon is None else icon
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}" if self._name else text)
        self.setToolTip(tip(text) if self._words_width() > self.WIDEST * self._look.scale else "")
        self.restyle()

    def _words_width(self) -> float:
        return QFontMetricsF(self._look.font("label", weight=400)).horizontalAdvance(self.text())

    @override
    def sizeHint(self) -> QSize:
        widest = self._look.px(self.WIDEST)  # a name somebody gave may be wider than the page
        words = min(self._words_width(), widest) * self._share
        around = 20 if not self._icon else 44 if words else 38
        return QSize(round(words) + self._look.px(around), max(SMALLEST_TARGET, self._look.px(44)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            if self.is_hot or self.isDown():
                paint_field(painter, QRectF(self.rect()), 12, theme.hover if self.isDown() else theme.raised)
            ink = theme.text3 if not self.isEnabled() else theme.text if self.is_hot else theme.text2
            painter.setPen(ink)
            side = self._look.px(18) if self._icon else 0
            words = placed(self, QRectF(10, 0, self.width() - side - 18, self.height()))
            whole = self._look.font("label", weight=400)
            font, text = fitted_or_cut(whole, self.text(), words.width(), least=min(self._share, SMALLEST))
            painter.setFont(font)
            draw_line(painter, words, Qt.AlignmentFlag.AlignVCenter, text)
            if self._icon:
                place = placed(self, QRectF(self.width() - side - 8, (self.height() - side) / 2, side, side))
                paint_icon(painter, self._icon, place, ink, 2.2)


class MenuButton(ChoosesFromMenu, Opener):
    """One of several, chosen from a menu in place; without options a press is `asked` instead."""

    spoken_as = "ButtonMenu"

    chosen = Signal(object)
    asked = Signal()

    def __init__(self, name: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(name, look=look, parent=parent)
        self._options: tuple[MenuOption, ...] = ()
        self._value: object = None
        self._also: Collection[object] = ()
        self.clicked.connect(self._open)

    @property
    def value(self) -> object:
        return self._value

    def words(self) -> list[str]:
        """What the menu offers, row by row."""
        return [option.words for option in self._options]

    def show_options(
        self,
        options: Sequence[MenuOption],
        *,
        value: object,
        also: Collection[object] = (),
        text: str = "",
        bare: bool = False,
    ) -> None:
        """
        Offer these, one of them chosen; `text` stands on the button where none is, no words at all if `bare`.

        `also` are those that have a tick beside the chosen one.
        """
        self._value, self._also = value, also
        if tuple(options) != self._options:
            self._options = tuple(options)
            if self._menu is not None:
                self._fill(self._menu)
        elif self._menu is not None:
            self._tick()
        words = next((one.words for one in self._options if one.value == value), text)
        self.show_text(words, icon="down" if self._options else "")
        if bare:
            self.setText("")
            self.restyle()

    def _tick(self) -> None:
        self._actions.setExclusive(not self._also)
        for action, option in zip(self._actions.actions(), self._options, strict=True):
            action.setChecked(option.value == self._value or option.value in self._also)
            action.setFont(self._look.font("body", weight=600 if action.isChecked() else 400))

    def _choose(self, value: object) -> None:
        self._tick()  # where several have a tick, a press would take one away
        self.chosen.emit(value)

    @override
    def _fill(self, menu: ChoiceMenu) -> None:
        for action in self._actions.actions():
            self._actions.removeAction(action)
        menu.clear()
        for option in self._options:
            if option.apart:
                menu.addSeparator()
            words = option.words.replace("&", "&&")
            action = menu.addAction(f"{words}\t{option.note.replace('&', '&&')}" if option.note else words)
            action.setCheckable(True)
            self._actions.addAction(action)
            action.triggered.connect(lambda _=False, value=option.value: self._choose(value))
        self._tick()

    def _open(self) -> None:
        if not self._options:
            self.asked.emit()
            return
        menu = self.menu
        menu.setFont(self._look.font("body"))
        size = menu.sizeHint()
        window = self.window()
        right = self.mapTo(window, QPoint(self.width(), 0)).x()
        below = self.mapTo(window, QPoint(0, self.height() + 2)).y()
        above = self.mapTo(window, QPoint(0, -2)).y() - size.height()
        y = above if below + size.height() > window.height() and above > 0 else below
        menu.popup(window.mapToGlobal(QPoint(max(8, right - size.width()), y)))
        for action, option in zip(self._actions.actions(), self._options, strict=True):
            if option.value == self._value:
                menu.setActiveAction(action)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._options:
            self._open()
        else:
            super().keyPressEvent(event)
