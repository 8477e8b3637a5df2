"""Controls that choose: switch, check, segments, a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.choice_menu import ChoiceMenu, ChoosesFromMenu
from guide.kit.direction import draw_line, is_mirrored, placed
from guide.kit.focus import one_stop
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted

EDGE, SPACING = 4, 2  # of the choices of a segmented control


class Switch(Pressable):
    """On or off, at once: `toggled` says so."""

    spoken_as = "Switch"

    def __init__(self, name: str, *, look: Look, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look=look, name=name, radius=15, parent=parent)
        self.setCheckable(True)
        self.setChecked(checked)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(52, SMALLEST_TARGET)

    @override
    def visual_rect(self) -> QRect:
        field = QRect(0, 0, 52, 30)
        field.moveCenter(self.rect().center())
        return field

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            field = QRectF(self.visual_rect())
            on = self.isChecked()
            if not self.isEnabled():
                paint_field(painter, field, 15, theme.raised, edge=theme.line, edge_width=2)
                knob = theme.text3
            elif on:
                colour = theme.primary_hover if self.is_hot else theme.accent
                paint_field(painter, field, 15, colour)
                knob = theme.on_accent
            else:
                ground = theme.raised if self.is_hot else None
                paint_field(painter, field, 15, ground, edge=theme.line_strong, edge_width=2)
                knob = theme.line_strong
            radius = 11.0 if on else 8.5
            x = field.right() - 15 if on != is_mirrored(self) else field.left() + 15
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(knob)
            painter.drawEllipse(QPointF(x, field.center().y()), radius, radius)


class Check(Pressable):
    """A box with its words."""

    spoken_as = "CheckBox"

    BOX = 30

    def __init__(self, text: str, *, look: Look, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=10, parent=parent)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setText(text)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("body")).horizontalAdvance(self.text()) * self._share
        return QSize(round(self.BOX + 14 + words + 2), max(SMALLEST_TARGET, self._look.px(40)))

    @override
    def visual_rect(self) -> QRect:
        box = QRect(0, (self.height() - self.BOX) // 2, self.BOX, self.BOX)
        return placed(self, QRectF(box)).toRect()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            box = QRectF(self.visual_rect())
            if self.isChecked():
                ground = theme.accent if self.isEnabled() else theme.raised
                paint_field(painter, box, 10, theme.primary_hover if self.is_hot else ground)
                mark = theme.on_accent if self.isEnabled() else theme.text3
                paint_icon(painter, "check", box.adjusted(5, 5, -5, -5), mark, 2.6)
            else:
                ground = theme.raised if self.is_hot else theme.sunk
                edge = theme.line_strong if self.isEnabled() else theme.line
                paint_field(painter, box, 10, ground if self.is_hot else None, edge=edge, edge_width=2)
            painter.setFont(fitted(self._look.font("body"), self.text(), self.width() - self.BOX - 14))
            quiet = theme.text3 if not self.isEnabled() else theme.text2
            painter.setPen(quiet if self.isChecked() or not self.isEnabled() else theme.text)
            words = placed(self, QRectF(self.BOX + 14, 0, self.width() - self.BOX - 14, self.height()))
            draw_line(painter, words, Qt.AlignmentFlag.AlignVCenter, self.text())


class _Part(Pressable):
    """One choice of a segmented control."""

    spoken_as = "RadioButton"

    def __init__(self, text: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=10, parent=parent)
        self.setCheckable(True)
        self.setText(text)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.MinimumExpanding, policy.Fixed)

    def _words(self, *, chosen: bool) -> QFont:
        return self._look.font("label", weight=600 if chosen else 500)

    @property
    def natural_width(self) -> int:
        """What the words take at their size, wherever they have to be smaller."""
        return round(QFontMetricsF(self._words(chosen=True)).horizontalAdvance(self.text())) + 36

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._words(chosen=True)).horizontalAdvance(self.text()) * self._share
        width = self.natural_width if self._share == 1 else round(words) + 20
        return QSize(width, max(SMALLEST_TARGET, self._look.px(46)))

    @override
    def visual_rect(self) -> QRect:
        return self.rect().adjusted(0, 4, 0, -4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            field = QRectF(self.visual_rect())
            chosen = self.isChecked()
            if chosen:
                ground = theme.raised if theme.is_night else theme.surface
                paint_field(painter, field, 10, ground, edge=theme.line_strong, edge_width=1.5)
            elif self.is_hot:
                paint_field(painter, field, 10, theme.surface if theme.is_night else theme.hover)
            painter.setFont(fitted(self._words(chosen=chosen), self.text(), field.width() - 12))
            painter.setPen(theme.text3 if not self.isEnabled() else theme.text if chosen else theme.text2)
            painter.drawText(field, Qt.AlignmentFlag.AlignCenter, self.text())


class Segmented(Guarded, QWidget):
    """A few choices side by side, one of them chosen; arrow keys move between them."""

    spoken_as = "Grouping"

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]],
        *,
        look: Look,
        name: str = "",
        value: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.setSpacing(SPACING)
        self.parts: list[_Part] = []
        for number, (_, label) in enumerate(options):
            part = _Part(label, look=look, parent=self)
            self._group.addButton(part, number)
            row.addWidget(part)
            self.parts.append(part)
        self.setAccessibleName(name)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Minimum, policy.Fixed)
        self.set_value(value)
        self._group.idClicked.connect(self._choose)
        look.changed.connect(self.update)

    @property
    def value(self) -> object:
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    @property
    def natural_width(self) -> int:
        """The width in which all choices have their words at one size, their own."""
        return sum(part.natural_width for part in self.parts) + SPACING * (len(self.parts) - 1) + 2 * EDGE

    def set_value(self, value: object) -> None:
        """Choose without telling; a value that is no option leaves none chosen."""
        self._group.setExclusive(False)
        for part, own in zip(self.parts, self._values, strict=True):
            part.setChecked(own == value)
        self._group.setExclusive(True)
        one_stop(self.parts)

    def set_words(self, words: Sequence[str]) -> None:
        """Name the choices otherwise, as where there is less room; for a screen reader they keep their full names."""
        for part, label in zip(self.parts, words, strict=True):
            if not part.accessibleName():
                part.setAccessibleName(part.text())
            if part.text() != label:
                part.setText(label)
                part.updateGeometry()

    def _choose(self, number: int) -> None:
        one_stop(self.parts)
        self.chosen.emit(self._values[number])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            ground = theme.sunk if theme.is_night else theme.raised
            paint_field(painter, QRectF(self.rect()), 14, ground)


class Select(ChoosesFromMenu, Pressable):
    """One of several, chosen from a menu with large rows."""

    WIDEST = 400  # its words; what is longer is drawn smaller, then cut off, and whole in the menu

    spoken_as = "ButtonMenu"

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]],
        *,
        look: Look,
        name: str,
        value: object = None,
        framed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._name = name
        self._framed = framed
        self._options: list[tuple[object, str]] = []
        self._value: object = None
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_options(options, value=value)
        self.clicked.connect(self.open_menu)

    @property
    def value(self) -> object:
        return self._value

    @override
    def _fill(self, menu: ChoiceMenu) -> None:
        menu.clear()
        for own, label in self._options:
            action = menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(own == self._value)
            action.setData(own)
            self._actions.addAction(action)
            action.triggered.connect(self._choose_from_menu)

    def set_options(self, options: Sequence[tuple[object, str]], *, value: object) -> None:
        if list(options) == self._options:
            self.set_value(value)
            return
        self._options = list(options)
        if self._menu is not None:
            self._fill(self._menu)
        self._show(value)

    def set_value(self, value: object) -> None:
        """Choose without telling."""
        if value != self._value:
            self._show(value)

    def _show(self, value: object) -> None:
        self._value = value
        label = next((label for own, label in self._options if own == value), "")
        if self._menu is not None:
            for action, (own, _) in zip(self._menu.actions(), self._options, strict=True):
                action.setChecked(own == value)
        self.setText(label)
        self.setAccessibleName(f"{self._name}: {label}")
        self.restyle()

    def open_menu(self) -> None:
        self.menu.setFont(self._look.font("body"))
        self.menu.setMinimumWidth(self.width())
        current = next((a for a in self.menu.actions() if a.isChecked()), None)
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        if current is not None:
            self.menu.setActiveAction(current)

    def _choose_from_menu(self) -> None:
        number = next(i for i, action in enumerate(self.menu.actions()) if action is self.sender())
        value = self._options[number][0]
        self.set_value(value)
        self.chosen.emit(value)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._look.font("body"))
        widest = max((metrics.horizontalAdvance(label) for _, label in self._options), default=40)
        widest = min(widest, self._look.px(self.WIDEST))  # a name somebody gave may be wider than the page
        return QSize(round(widest * self._share) + 14 + 46, max(SMALLEST_TARGET, self._look.px(46)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            field = QRectF(self.rect())
            if self._framed:
                ground = theme.hover if self.is_hot else theme.sunk
                paint_field(painter, field, 12, ground, edge=theme.line_strong, edge_width=1.5)
            elif self.is_hot or self.isDown():
                paint_field(painter, field, 12, theme.raised)
            ink = theme.text3 if not self.isEnabled() else theme.text if self._framed else theme.text2
            painter.setPen(ink)
            side = Qt.AlignmentFlag.AlignLeft if self._framed else Qt.AlignmentFlag.AlignRight
            words = placed(self, field.adjusted(14 if self._framed else 8, 0, -42, 0))
            painter.setFont(fitted(self._look.font("body"), self.text(), words.width()))
            shown = QFontMetricsF(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
            draw_line(painter, words, side | Qt.AlignmentFlag.AlignVCenter, shown)
            place = placed(self, QRectF(field.right() - 32, (self.height() - 20) / 2, 20, 20))
            paint_icon(painter, "down", place, ink, 2.2)
