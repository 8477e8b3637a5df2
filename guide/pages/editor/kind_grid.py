"""Choices drawn as buttons: the kinds of step, and others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QStyle, QWidget

from guide.compat import override
from guide.core.naming import kind_word
from guide.core.routine import Kind
from guide.kit.buttons import Pressable
from guide.kit.choices import Segmented, Select
from guide.kit.direction import placed
from guide.kit.focus import one_stop
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted, let_go
from guide.language import _, screen
from guide.pages.editor.tab_chain import lead, stop_before, stops

FEWEST_COLUMNS: Final = 3


class ChoiceRow(Guarded, QWidget):
    """One of several, side by side where there is room, from a menu where there is not."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str]], *, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._options = list(options)
        self._name = name
        self._value: object = None
        self.wide = Segmented(self._options, look=look, name=name, parent=self)
        self.narrow = Select(self._options, look=look, name=name, framed=True, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.wide)
        self._row.addWidget(self.narrow)
        self.narrow.chosen.connect(self._choose)
        self.wide.chosen.connect(self._choose)
        self.setAccessibleName(name)
        self._arrange()

    @property
    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        """Show without telling."""
        self._value = value
        self.wide.set_value(value)
        self.narrow.set_value(value)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        if list(options) == self._options:
            return
        self._options = list(options)
        old, self.wide = self.wide, Segmented(self._options, look=self._look, name=self._name, parent=self)
        self._row.replaceWidget(old, self.wide)
        lead(stop_before(stops(old)[0]), stops(self.wide))
        let_go(old)
        self.wide.chosen.connect(self._choose)
        self.narrow.set_options(self._options, value=self._value)
        self.set_value(self._value)
        self._arrange()

    def choose(self, value: object) -> None:
        """Choose and tell, as a press does."""
        self.set_value(value)
        self.chosen.emit(value)

    def _choose(self, value: object) -> None:
        self.choose(value)

    def _arrange(self) -> None:
        fits = self.wide.natural_width <= self.width()  # squeezed, each of its choices would have a size of its own
        had = self.narrow.hasFocus() or any(part.hasFocus() for part in self.wide.parts)
        self.wide.setVisible(fits)
        self.narrow.setVisible(not fits)
        if had:
            (one_stop(self.wide.parts) if fits else self.narrow).setFocus()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.wide.sizeHint().width(), self.wide.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.wide.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class KindButton(Pressable):
    """A kind of step: its glyph and its word."""

    spoken_as = "RadioButton"

    def __init__(self, kind: Kind, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self.kind = kind
        self.setCheckable(True)
        self.setText(kind_word(kind, screen()))

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("small", weight=600)).horizontalAdvance(self.text())
        return QSize(round(words) + self._look.px(18) + 6, max(SMALLEST_TARGET, self._look.px(44)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            field = QRectF(self.rect())
            chosen = self.isChecked()
            if chosen:
                paint_field(painter, field, 12, theme.surface, edge=theme.text, edge_width=2)
            else:
                paint_field(painter, field, 12, theme.hover if self.is_hot else theme.raised)
            side = self._look.px(18)
            font = self._look.font("small", weight=600 if chosen else 400)
            painter.setFont(fitted(font, self.text(), self.width() - side - 11))
            words = QFontMetricsF(painter.font()).horizontalAdvance(self.text())
            x = (self.width() - words - side - 5) / 2
            glyph = placed(self, QRectF(x, (self.height() - side) / 2, side, side))
            paint_icon(painter, self.kind.value, glyph, theme.ink(self.kind.value), 2.1)
            painter.setPen(theme.text if chosen else theme.text2)
            room = placed(self, QRectF(x + side + 5, 0, words + 2, self.height()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class KindGrid(Guarded, QWidget):
    """
    The nine kinds, in as many columns as there is room for; arrow keys go from one to the next.

    Where two columns are all there is room for, they would take most of a low window: they are a menu there, which does
    not say by itself what it is.
    """

    chosen = Signal(str)
    became_menu = Signal(bool)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(_("Kind of step"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, KindButton] = {}
        for kind in Kind:
            button = KindButton(kind, look=look, parent=self)
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, kind=kind: self.chosen.emit(kind.value))
            self.buttons[kind.value] = button
        self._options = [(kind.value, button.text()) for kind, button in zip(Kind, self.buttons.values(), strict=True)]
        self.narrow = Select(self._options, look=look, name=_("Kind of step"), framed=True, parent=self)
        self.narrow.chosen.connect(lambda kind: self.chosen.emit(str(kind)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._widest = 0
        self._is_menu = False
        look.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._widest = 0
        self._arrange()

    def show_kind(self, kind: str) -> None:
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == kind)
        self._group.setExclusive(True)
        one_stop([*self.buttons.values()])
        written = [] if kind in self.buttons else [(kind, f"'{kind}'")]
        self.narrow.set_options([*self._options, *written], value=kind)

    def _columns(self, width: int) -> int:
        if not self._widest:  # a layout asks for the columns of many widths
            self._widest = max(button.sizeHint().width() for button in self.buttons.values())
        return min(5, (width + 7) // (self._widest + 7))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        if columns < FEWEST_COLUMNS:
            return self.narrow.sizeHint().height()
        height = next(iter(self.buttons.values())).sizeHint().height()
        return -(-len(self.buttons) // columns) * (height + 7) - 7

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 300)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 300)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        columns = self._columns(self.width())
        fits = columns >= FEWEST_COLUMNS
        had = self.narrow.hasFocus() or any(button.hasFocus() for button in self.buttons.values())
        self.narrow.setVisible(not fits)
        if fits is self._is_menu:
            self._is_menu = not fits
            self.became_menu.emit(self._is_menu)
        self.narrow.setGeometry(self.rect())
        for button in self.buttons.values():
            button.setVisible(fits)
        if had:
            (one_stop([*self.buttons.values()]) if fits else self.narrow).setFocus()
        if fits:
            self._place(columns)
        self.updateGeometry()

    def _place(self, columns: int) -> None:
        width = (self.width() - 7 * (columns - 1)) / columns
        for number, button in enumerate(self.buttons.values()):
            row, column = divmod(number, columns)
            height = button.sizeHint().height()
            x = round(column * (width + 7))
            place = QRect(x, row * (height + 7), round(width), height)
            button.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
