"""The controls every page is built from: painted by us, worked by mouse, key and screen reader alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRect,
    QRectF,
    QRegularExpression,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QButtonGroup,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from guide.compat import override
from guide.kit.icons import paint_icon
from guide.kit.look import SMALLEST_TARGET, Look, Role, Theme, Tint, mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat

RING = 3
GAP = 3
HOLD_DELAY = 500
HOLD_INTERVAL = 125
STAY = 6000
FADE = 180

ButtonRole = Literal["primary", "standard", "quiet", "stage", "inset"]
ButtonSize = Literal["small", "standard", "big", "start"]
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Left: -1}


def focus_within(widget: QWidget) -> QWidget | None:
    """Find the child that has, or had last, the focus; none is said as None, which Qt's stubs leave out."""
    return widget.focusWidget()


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text`, after what it is saying now."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415  ten milliseconds of a start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def paint_field(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    *,
    edge: QColor | None = None,
    edge_width: float = 1.0,
) -> None:
    """Paint a rounded field; the edge lies inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = edge_width / 2 if edge is not None else 0.0
    painter.setPen(QPen(edge, edge_width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(half, half, -half, -half)
    corner = min(radius, inner.width() / 2, inner.height() / 2)
    painter.drawRoundedRect(inner, corner, corner)


class _RingFrame(QWidget):
    """The ring itself: lies over the neighbours of its control and lets every click through."""

    def __init__(self, host: QWidget, *, look: Look, radius: float) -> None:
        super().__init__(host)
        self._look = look
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, inset, width in (
            (theme.bg, RING + GAP / 2, GAP + 0.5),
            (theme.focus, RING / 2, float(RING)),
        ):
            rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            corner = max(0.0, min(self._radius + RING + GAP, self.height() / 2) - inset)
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(rect, corner, corner)


class FocusRing(QObject):
    """Rings a control that has the focus from the keyboard; with `always`, whenever it has the focus."""

    def __init__(
        self,
        control: QWidget,
        *,
        look: Look,
        radius: float,
        always: bool = False,
        around: Callable[[], QRect] | None = None,
    ) -> None:
        super().__init__(control)
        self._control = control
        self._look = look
        self._radius = radius
        self._always = always
        self._around = around or control.rect
        self._from_keyboard = False
        self._frame: _RingFrame | None = None
        self._between: list[QWidget] = []
        control.installEventFilter(self)
        look.changed.connect(self.place)

    @property
    def shown(self) -> bool:
        return self._control.hasFocus() and self._control.isEnabled() and (self._always or self._from_keyboard)

    @property
    def rect(self) -> QRect:
        """Where the ring is, as its control sees it."""
        if self._frame is None:
            return QRect()
        return QRect(self._control.mapFromGlobal(self._frame.mapToGlobal(QPoint(0, 0))), self._frame.size())

    def set_radius(self, radius: float) -> None:
        self._radius = radius
        self._drop()
        self.place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.FocusIn if watched is self._control:
                reason = event.reason()  # type: ignore[attr-defined]  # a QFocusEvent by its type
                if reason in KEYBOARD:
                    self._from_keyboard = True
                elif reason in {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason}:
                    self._from_keyboard = False
                self.place()
            case QEvent.Type.KeyPress if watched is self._control and not self._from_keyboard:
                self._from_keyboard = True
                self.place()
            case QEvent.Type.MouseButtonPress if watched is self._control and self._from_keyboard:
                self._from_keyboard = False
                self.place()
            case (
                QEvent.Type.FocusOut
                | QEvent.Type.Move
                | QEvent.Type.Resize
                | QEvent.Type.Show
                | QEvent.Type.Hide
                | QEvent.Type.EnabledChange
            ):
                self.place()
            case QEvent.Type.ParentChange:
                self._drop()
            case _:
                pass
        return False

    def place(self) -> None:
        """Go to where the ringed part of the control is by now, or away."""
        if not (self.shown and self._control.isVisible()):
            self._drop()
            return
        margin = RING + GAP
        rect = self._around().adjusted(-margin, -margin, margin, margin)
        host, between = self._room_for(rect)
        if self._frame is None or self._frame.parentWidget() is not host:
            self._drop()
            self._frame = _RingFrame(host, look=self._look, radius=self._radius)
            self._between = between
            for widget in between:
                widget.installEventFilter(self)
        self._frame.setGeometry(QRect(self._control.mapTo(host, rect.topLeft()), rect.size()))
        self._frame.raise_()
        self._frame.show()
        self._frame.update()

    def _room_for(self, rect: QRect) -> tuple[QWidget, list[QWidget]]:
        """Find the nearest ancestor that does not cut the ring off."""
        between: list[QWidget] = []
        host = self._control.parentWidget() or self._control
        while (above := host.parentWidget()) is not None and not (
            host.isWindow()
            or isinstance(above, QAbstractScrollArea)
            or host.rect().contains(QRect(self._control.mapTo(host, rect.topLeft()), rect.size()))
        ):
            between.append(host)
            host = above
        return host, between

    def _drop(self) -> None:
        for widget in self._between:
            widget.removeEventFilter(self)
        self._between = []
        if self._frame is not None:
            self._frame.hide()
            self._frame.deleteLater()
            self._frame = None


class Pressable(QAbstractButton):
    """What can be pressed: hover, press, Space and Enter, ring."""

    def __init__(
        self,
        *,
        look: Look,
        name: str = "",
        radius: float = 14,
        always_ring: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.ring = FocusRing(self, look=look, radius=radius, always=always_ring, around=self.visual_rect)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if name:
            self.setAccessibleName(name)
        look.changed.connect(self.restyle)

    def visual_rect(self) -> QRect:
        """Tell the part of the target that looks like the control."""
        return self.rect()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @property
    def is_hot(self) -> bool:
        return self.isEnabled() and self.underMouse()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class _ButtonMetrics:
    height: int
    text: float
    padding: int
    radius: int
    icon: int
    gap: int


_BUTTONS: dict[str, _ButtonMetrics] = {
    "small": _ButtonMetrics(44, 16, 16, 14, 22, 10),
    "standard": _ButtonMetrics(48, 17, 22, 14, 22, 10),
    "big": _ButtonMetrics(76, 24, 32, 22, 26, 16),
    "start": _ButtonMetrics(92, 29, 44, 26, 36, 18),
}


class Button(Pressable):
    """A word to press; `role` says how loud it is, and one view has one primary button."""

    def __init__(
        self,
        text: str,
        *,
        look: Look,
        icon: str | None = None,
        role: ButtonRole = "standard",
        size: ButtonSize = "standard",
        always_ring: bool = False,
        tint: Tint | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._metrics = _BUTTONS[size]
        self._tint = tint
        super().__init__(look=look, radius=self._metrics.radius, always_ring=always_ring, parent=parent)
        self._icon_name = icon
        self._role: ButtonRole = role
        self._own_size: tuple[float, QFont] | None = None
        self._align_left = False
        self.setText(text)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Minimum, policy.Fixed)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    @property
    def role(self) -> ButtonRole:
        return self._role

    def set_role(self, role: ButtonRole) -> None:
        self._role = role
        self.update()

    def set_icon_name(self, icon: str | None) -> None:
        self._icon_name = icon
        self.restyle()

    def set_size(self, height: float, font: QFont) -> None:
        """Take a height and a font of the page's own, as the session stage does."""
        self._own_size = (height, font)
        self.ring.set_radius(self._radius())
        self.restyle()

    def align_left(self) -> None:
        self._align_left = True
        self.update()

    def _text_font(self) -> QFont:
        if self._own_size is not None:
            return self._own_size[1]
        weight = 600 if self._role == "primary" or self._metrics.height > 48 else 500
        return self._look.sized(self._metrics.text, weight)

    def _height(self) -> float:
        return self._own_size[0] if self._own_size else self._look.px(self._metrics.height)

    def _radius(self) -> float:
        return self._height() * 0.29 if self._own_size else self._metrics.radius

    def _icon_side(self) -> float:
        font = self._text_font()
        return font.pixelSize() * self._metrics.icon / self._metrics.text

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._text_font()).horizontalAdvance(self.text())
        grow = self._text_font().pixelSize() / self._metrics.text
        if self._icon_name:
            width += self._icon_side() + (self._metrics.gap * grow if self.text() else 0)
        width = max(width + 2 * self._metrics.padding * min(grow, 1.3), SMALLEST_TARGET)
        return QSize(-(-int(width + 1) // 1), round(max(self._height(), SMALLEST_TARGET)))

    def _colours(self, theme: Theme) -> tuple[QColor | None, QColor, QColor | None]:
        hot, down = self.is_hot, self.isDown()
        edge = theme.line if theme.edge else None
        if not self.isEnabled():
            flat = {"primary": theme.raised, "standard": theme.surface, "stage": theme.surface}
            return flat.get(self._role), theme.text3, None
        match self._role:
            case "primary":
                loud = theme.primary_pressed if down else theme.primary_hover if hot else theme.accent
                return loud, theme.on_accent, None
            case "standard":
                pressed = mixed(theme.hover, theme.raised, 0.5) if theme.is_night else theme.line
                return pressed if down else theme.hover if hot else theme.raised, theme.text, None
            case "stage":
                return theme.hover if down else theme.raised if hot else theme.surface, theme.text, edge
            case "inset":
                near = mixed(theme.hover, theme.line_strong, 0.16)
                return near if hot or down else theme.hover, theme.text, None
            case "quiet":
                chosen = self.isCheckable() and self.isChecked()
                field = theme.hover if down else theme.raised if hot or chosen else None
                return field, theme.text if hot or chosen else theme.text2, None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        field, ink, edge = self._colours(theme)
        if field is not None:
            paint_field(painter, QRectF(self.rect()), self._radius(), field, edge=edge, edge_width=theme.edge)
        font = self._text_font()
        if self._role == "quiet" and self.isCheckable():
            font.setWeight(QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        if self._tint is not None and self.isEnabled() and self._role != "primary":
            ink = theme.tint(self._tint)
        words = QFontMetricsF(font).horizontalAdvance(self.text())
        side = self._icon_side() if self._icon_name else 0.0
        gap = self._metrics.gap * font.pixelSize() / self._metrics.text if side and self.text() else 0.0
        x = self._metrics.padding if self._align_left else (self.width() - words - gap - side) / 2
        if self._icon_name:
            place = QRectF(x, (self.height() - side) / 2, side, side)
            paint_icon(painter, self._icon_name, place, ink)
        rest = QRectF(x + side + gap, 0, words + 2, self.height())
        painter.setPen(ink)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class IconButton(Pressable):
    """A picture to press; its name is its tooltip and what a screen reader says."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        look: Look,
        role: ButtonRole = "quiet",
        side: int = SMALLEST_TARGET,
        icon_side: int = 22,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look=look, name=name, radius=min(14, side * 0.3), parent=parent)
        self._icon_name = icon
        self._role = role
        self._side = side
        self._icon_side = icon_side
        self._radius = side * 0.3 if side > 60 else 14
        self.ring.set_radius(self._radius)
        self.setToolTip(name)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)

    def set_icon(self, icon: str, name: str) -> None:
        self._icon_name = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def set_side(self, side: int, icon_side: int) -> None:
        self._side, self._icon_side = side, icon_side
        self.restyle()

    @override
    def sizeHint(self) -> QSize:
        side = max(self._look.px(self._side), SMALLEST_TARGET)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        hot, down = self.is_hot, self.isDown()
        match self._role:
            case "primary":
                field: QColor | None = theme.primary_pressed if down else theme.primary_hover if hot else theme.accent
                ink = theme.on_accent
            case "standard" | "stage" | "inset":
                rest = theme.raised if self._role == "standard" else theme.surface
                field = mixed(theme.hover, theme.raised, 0.5) if down else theme.hover if hot else rest
                ink = theme.text
            case "quiet":
                field = theme.hover if down else theme.raised if hot else None
                ink = theme.text if hot else theme.text2
        if not self.isEnabled():
            ink = theme.text3
        if field is not None:
            paint_field(painter, QRectF(self.rect()), self._radius, field)
        side = self._look.px(self._icon_side)
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, self._icon_name, place, ink)


class Switch(Pressable):
    """On or off, at once: `toggled` says so."""

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
        painter = QPainter(self)
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
        x = field.right() - 15 if on else field.left() + 15
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob)
        painter.drawEllipse(QPointF(x, field.center().y()), radius, radius)


class Check(Pressable):
    """A box with its words."""

    BOX = 30

    def __init__(self, text: str, *, look: Look, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=10, parent=parent)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setText(text)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("body")).horizontalAdvance(self.text())
        return QSize(round(self.BOX + 14 + words + 2), max(SMALLEST_TARGET, self._look.px(40)))

    @override
    def visual_rect(self) -> QRect:
        return QRect(0, (self.height() - self.BOX) // 2, self.BOX, self.BOX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
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
        painter.setFont(self._look.font("body"))
        quiet = theme.text3 if not self.isEnabled() else theme.text2
        painter.setPen(quiet if self.isChecked() or not self.isEnabled() else theme.text)
        words = QRectF(self.BOX + 14, 0, self.width() - self.BOX - 14, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class _Part(Pressable):
    """One choice of a segmented control."""

    def __init__(self, text: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(look=look, radius=10, parent=parent)
        self.setCheckable(True)
        self.setText(text)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.MinimumExpanding, policy.Fixed)

    def _words(self, *, chosen: bool) -> QFont:
        return self._look.font("label", weight=600 if chosen else 500)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._words(chosen=True)).horizontalAdvance(self.text())
        return QSize(round(words) + 36, max(SMALLEST_TARGET, self._look.px(46)))

    @override
    def visual_rect(self) -> QRect:
        return self.rect().adjusted(0, 4, 0, -4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        field = QRectF(self.visual_rect())
        chosen = self.isChecked()
        if chosen:
            ground = theme.raised if theme.is_night else theme.surface
            paint_field(painter, field, 10, ground, edge=theme.line_strong, edge_width=1.5)
        elif self.is_hot:
            paint_field(painter, field, 10, theme.surface if theme.is_night else theme.hover)
        painter.setFont(self._words(chosen=chosen))
        painter.setPen(theme.text3 if not self.isEnabled() else theme.text if chosen else theme.text2)
        painter.drawText(field, Qt.AlignmentFlag.AlignCenter, self.text())


class Segmented(QWidget):
    """A few choices side by side, one of them chosen; arrow keys move between them."""

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
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(2)
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

    def set_value(self, value: object) -> None:
        """Choose without telling; a value that is no option leaves none chosen."""
        self._group.setExclusive(False)
        for part, own in zip(self.parts, self._values, strict=True):
            part.setChecked(own == value)
        self._group.setExclusive(True)

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._values[number])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        ground = theme.sunk if theme.is_night else theme.raised
        paint_field(painter, QRectF(self.rect()), 14, ground)


class Slider(QSlider):
    """A value along a line; `said` turns it into words for a screen reader and the tooltip."""

    KNOB = 24

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        minimum: int = 0,
        maximum: int = 100,
        step: int = 5,
        value: int = 0,
        said: Callable[[int], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._said = said
        self._grid = step
        self.setRange(minimum, maximum)
        self.setSingleStep(step)
        self.setPageStep(step * 2)
        self.setValue(value)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(140)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.ring = FocusRing(self, look=look, radius=12, around=self._knob_rect)
        self.valueChanged.connect(self.ring.place)
        self.valueChanged.connect(self._tell)
        look.changed.connect(self.update)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._said(self.value()))
        self.setToolTip(self._said(self.value()))

    def _knob_rect(self) -> QRect:
        return self._knob().toAlignedRect()

    def _knob(self) -> QRectF:
        span = max(1, self.maximum() - self.minimum())
        x = (self.width() - self.KNOB) * (self.value() - self.minimum()) / span
        return QRectF(x, (self.height() - self.KNOB) / 2, self.KNOB, self.KNOB)

    @override
    def sizeHint(self) -> QSize:
        return QSize(190, SMALLEST_TARGET)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, SMALLEST_TARGET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        knob = self._knob()
        middle = self.height() / 2
        groove = QRectF(0, middle - 2.5, self.width(), 5)
        paint_field(painter, groove, 2.5, mixed(theme.line_strong, theme.surface, 0.45))
        filled = QRectF(groove)
        filled.setRight(knob.center().x())
        paint_field(painter, filled, 2.5, theme.accent if self.isEnabled() else theme.line_strong)
        paint_field(painter, knob, 12, theme.text if self.isEnabled() else theme.text3)

    def _go_to(self, x: float) -> None:
        share = (x - self.KNOB / 2) / max(1, self.width() - self.KNOB)
        value = self.minimum() + share * (self.maximum() - self.minimum())
        self.setValue(self.minimum() + round((value - self.minimum()) / self._grid) * self._grid)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event.position().x())
            event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def sliderChange(self, change: QSlider.SliderChange) -> None:
        super().sliderChange(change)
        self.update()


class Select(Pressable):
    """One of several, chosen from a menu with large rows."""

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
        self.menu = QMenu(self)
        self.menu.setAccessibleName(name)
        self._actions = QActionGroup(self.menu)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_options(options, value=value)
        self.clicked.connect(self.open_menu)

    @property
    def value(self) -> object:
        return self._value

    def set_options(self, options: Sequence[tuple[object, str]], *, value: object) -> None:
        self._options = list(options)
        self.menu.clear()
        for own, label in self._options:
            action = self.menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(own)
            self._actions.addAction(action)
            action.triggered.connect(self._choose_from_menu)
        self.set_value(value)

    def set_value(self, value: object) -> None:
        """Choose without telling."""
        self._value = value
        label = next((label for own, label in self._options if own == value), "")
        for action, (own, _) in zip(self.menu.actions(), self._options, strict=True):
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
        return QSize(round(widest) + 14 + 46, max(SMALLEST_TARGET, self._look.px(44)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        field = QRectF(self.rect())
        if self._framed:
            ground = theme.hover if self.is_hot else theme.sunk
            paint_field(painter, field, 12, ground, edge=theme.line_strong, edge_width=1.5)
        elif self.is_hot or self.isDown():
            paint_field(painter, field, 12, theme.raised)
        ink = theme.text3 if not self.isEnabled() else theme.text if self._framed else theme.text2
        painter.setFont(self._look.font("body"))
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignLeft if self._framed else Qt.AlignmentFlag.AlignRight
        words = field.adjusted(14 if self._framed else 8, 0, -42, 0)
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, self.text())
        place = QRectF(field.right() - 32, (self.height() - 20) / 2, 20, 20)
        paint_icon(painter, "down", place, ink, 2.2)


class Field(QLineEdit):
    """A line to write in."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        text: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.ring = FocusRing(self, look=look, radius=12)
        look.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(max(SMALLEST_TARGET, self._look.px(48)))


class TextField(QPlainTextEdit):
    """Several lines to write in; Tab goes on to the next control."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        text: str = "",
        placeholder: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.ring = FocusRing(self, look=look, radius=12)
        look.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._look.font("body"))
        self.setMinimumHeight(round(QFontMetricsF(self.font()).lineSpacing() * self._lines) + 28)


class _StepKey(IconButton):
    """A key of a stepper: holding it repeats; arrow keys belong to the stepper."""

    def __init__(self, icon: str, name: str, *, look: Look, side: int, parent: QWidget) -> None:
        icon_side = 22 if side < 60 else 36
        super().__init__(icon, name, look=look, role="standard", side=side, icon_side=icon_side, parent=parent)
        self.setAutoRepeat(True)
        self.setAutoRepeatDelay(HOLD_DELAY)
        self.setAutoRepeatInterval(HOLD_INTERVAL)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Stepping(QWidget):
    """A key for less and one for more; the arrows and the wheel do the same."""

    def __init__(self, name: str, *, look: Look, side: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.less = _StepKey("minus", f"{name}: less", look=look, side=side, parent=self)
        self.more = _StepKey("plus", f"{name}: more", look=look, side=side, parent=self)
        self.less.clicked.connect(self._one_less)
        self.more.clicked.connect(self._one_more)

    def _go(self, steps: int) -> None:
        raise NotImplementedError

    def _one_less(self) -> None:
        self._go(-1)

    def _one_more(self) -> None:
        self._go(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = ARROWS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self._go(steps)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the focus is: a page scrolled past keeps its numbers."""
        focus, turned = focus_within(self), event.angleDelta().y()
        if focus is None or not focus.hasFocus() or turned == 0:
            super().wheelEvent(event)
        else:
            self._go(1 if turned > 0 else -1)
            event.accept()


class Stepper(_Stepping):
    """A small whole number with a key on each side."""

    stepped = Signal(int)

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        value: int,
        minimum: int = 0,
        maximum: int = 99,
        step: int = 1,
        said: Callable[[int], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, look=look, side=44, parent=parent)
        self._look = look
        self._value = value
        self._range = (minimum, maximum)
        self._step = step
        self._said = said
        self.shown = Label("", look=look, role="label", weight=600, parent=self)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.less)
        row.addWidget(self.shown, 1)
        row.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._show)
        self._show()

    @property
    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        """Show without telling."""
        self._value = value
        self._show()

    @override
    def _go(self, steps: int) -> None:
        low, high = self._range
        value = max(low, min(high, self._value + steps * self._step))
        if value != self._value:
            self._value = value
            self._show()
            self.stepped.emit(value)

    def _show(self) -> None:
        said = self._said(self._value)
        self.shown.setText(said)
        metrics = QFontMetricsF(self._look.font("label", weight=600))
        widest = max(metrics.horizontalAdvance(self._said(end)) for end in (*self._range, self._value))
        self.shown.setMinimumWidth(round(widest) + 16)
        self.setAccessibleDescription(said)
        self.less.setAccessibleDescription(said)
        self.more.setAccessibleDescription(said)


class VolumeStepper(_Stepping):
    """How much, in large figures; "–" until touched, because empty is not zero."""

    entered = Signal(object)

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        unit: str = "mL",
        step: float = 5,
        maximum: float = 999,
        value: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, look=look, side=92, parent=parent)
        self._look = look
        self._step = step
        self._maximum = maximum
        self._value = value
        self._name = name
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText("–")
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setFrame(False)
        digits = QRegularExpression(r"\d{0,4}([.,]\d{0,2})?")
        self.edit.setValidator(QRegularExpressionValidator(digits, self.edit))
        self.edit.setStyleSheet("background: transparent; border: none; padding: 0; margin: 0;")
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._show)
        self.edit.ring = FocusRing(self.edit, look=look, radius=14)  # type: ignore[attr-defined]  # kept alive with it
        self.unit = Label(unit, look=look, role="h2", tint="text2", weight=400, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.less)
        row.addStretch(1)
        row.addWidget(self.edit)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.more)
        look.changed.connect(self._show)
        self._show()

    @property
    def value(self) -> float | None:
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show without telling."""
        self._value = value
        self._show()

    def set_unit(self, unit: str, *, step: float, maximum: float) -> None:
        self.unit.setText(unit)
        self._step, self._maximum = step, maximum
        self._show()

    @override
    def _go(self, steps: int) -> None:
        value = (self._value or 0) + steps * self._step
        self._enter(max(0.0, min(self._maximum, value)))
        self._show()

    def _typed(self, text: str) -> None:
        digits = text.replace(",", ".").strip(".")
        self._enter(min(self._maximum, float(digits)) if digits else None)
        self._fit(text)

    def _enter(self, value: float | None) -> None:
        if value != self._value:
            self._value = value
            self._describe()
            self.entered.emit(value)

    def _show(self) -> None:
        self.edit.setFont(self._look.sized(76, 600, display=True))
        text = "" if self._value is None else f"{self._value:g}"
        self.edit.setText(text)
        self._fit(text)
        self._describe()

    def _fit(self, text: str) -> None:
        width = QFontMetricsF(self.edit.font()).horizontalAdvance(text or "–")
        self.edit.setFixedWidth(round(width) + 14)
        self.edit.setFixedHeight(self._look.px(92))

    def _describe(self) -> None:
        said = "empty" if self._value is None else f"{self._value:g} {self.unit.text()}"
        self.edit.setAccessibleName(self._name)
        for part in (self.less, self.more, self.edit):
            part.setAccessibleDescription(said)


@dataclass(frozen=True, slots=True)
class _Words:
    """A paragraph laid out in lines of one height."""

    layout: QTextLayout
    height: float


class Label(QLabel):
    """Words in one of the app's roles; they wrap rather than end in dots, unless `elide` asks for it."""

    def __init__(
        self,
        text: str = "",
        *,
        look: Look,
        role: Role = "body",
        tint: Tint = "text",
        weight: int | None = None,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._role: Role = role
        self._tint: Tint = tint
        self._weight = weight
        self._elide = elide
        self._strong: list[tuple[int, int]] = []
        self._own_font: tuple[QFont, float] | None = None
        self._kind: str | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        across = QSizePolicy.Policy.Ignored if elide else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(across, QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def set_parts(self, parts: Iterable[tuple[str, bool]]) -> None:
        """Show words, some of them strong."""
        text, strong = "", []
        for words, is_strong in parts:
            if is_strong:
                strong.append((len(text), len(words)))
            text += words
        self.setText(text)
        self._strong = strong
        self._restyle()

    @override
    def setText(self, text: str) -> None:
        self._strong = []
        super().setText(text)
        if self._elide:
            self.setToolTip(text)
        self._restyle()

    def set_role(self, role: Role, *, weight: int | None = None) -> None:
        self._role, self._weight, self._own_font = role, weight, None
        self._restyle()

    def set_own_font(self, font: QFont, line_height: float) -> None:
        """Take a font of the page's own, as the session stage does."""
        self._own_font = (font, line_height)
        self._restyle()

    def set_tint(self, tint: Tint) -> None:
        self._tint, self._kind = tint, None
        self.update()

    def set_kind(self, kind: str) -> None:
        """Take the colour of a kind of step."""
        self._kind = kind
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _type(self) -> tuple[QFont, float]:
        if self._own_font is not None:
            return self._own_font
        return self._look.font(self._role, weight=self._weight), self._look.line_height(self._role)

    def _lay_out(self, width: float) -> _Words:
        font, line_height = self._type()
        text = self.text().replace("\n", "\u2028")
        if self._elide:
            text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        layout = QTextLayout(text, font)
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        anywhere = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        option.setWrapMode(anywhere if self.wordWrap() else QTextOption.WrapMode.ManualWrap)
        layout.setTextOption(option)
        if self._strong:
            from PySide6.QtGui import QTextCharFormat  # noqa: PLC0415  slow to load, and few labels have parts

            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            bold.setForeground(self._look.theme.text)
            layout.setFormats([_range_of(start, length, bold) for start, length in self._strong])
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, y + (line_height - line.height()) / 2))
            y += line_height
        layout.endLayout()
        return _Words(layout, y)

    def _room(self) -> QRectF:
        return QRectF(self.contentsRect())

    def _borders(self) -> tuple[int, int]:
        margins = self.contentsMargins()
        return margins.left() + margins.right(), margins.top() + margins.bottom()

    def _natural_width(self) -> float:
        layout = self._lay_out(100_000).layout
        lines = (layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount()))
        return max(lines, default=0.0)

    @override
    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    @override
    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        across, down = self._borders()
        return round(self._lay_out(width - across).height) + down

    @override
    def sizeHint(self) -> QSize:
        across, down = self._borders()
        natural = self._natural_width()
        if self.wordWrap():
            natural = min(natural, QFontMetricsF(self._type()[0]).averageCharWidth() * 68)
        return QSize(int(natural) + 2 + across, round(self._lay_out(natural + 1).height) + down)

    @override
    def minimumSizeHint(self) -> QSize:
        across, down = self._borders()
        if self._elide:
            return QSize(40, self.sizeHint().height())
        if not self.wordWrap():
            return self.sizeHint()
        metrics = QFontMetricsF(self._type()[0])
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(int(min(widest, 320)) + 2 + across, round(self._type()[1]) + down)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        room = self._room()
        words = self._lay_out(room.width())
        painter = QPainter(self)
        if not self.isEnabled():
            colour = theme.text3
        else:
            colour = theme.ink(self._kind) if self._kind else theme.tint(self._tint)
        painter.setPen(colour)
        vertical = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        spare = room.height() - words.height
        if vertical & Qt.AlignmentFlag.AlignTop:
            spare = 0
        elif not vertical & Qt.AlignmentFlag.AlignBottom:
            spare /= 2
        words.layout.draw(painter, room.topLeft() + QPointF(0, spare))


def _range_of(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    part = QTextLayout.FormatRange()
    part.start, part.length, part.format = start, length, form
    return part


class Heading(Label):
    """The name of a page or of a part of it."""

    def __init__(
        self,
        text: str,
        *,
        look: Look,
        role: Role = "h2",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, look=look, role=role, wrap=wrap, parent=parent)


class Rule(QWidget):
    """A line of one pixel."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(1)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.theme.line)


class Chip(QWidget):
    """A small tag; `accent` is for what is her own."""

    def __init__(
        self,
        text: str,
        *,
        look: Look,
        icon: str | None = None,
        accent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self._icon_name = icon
        self._accent = accent
        self.setAccessibleName(text)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @property
    def text(self) -> str:
        return self._text

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("tag")).horizontalAdvance(self._text)
        glyph = self._look.px(22) if self._icon_name else 0
        return QSize(round(words) + 25 + glyph, self._look.px(28))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        ground = theme.accent_soft if self._accent else theme.raised
        ink = theme.accent_text if self._accent else theme.text2
        paint_field(painter, QRectF(self.rect()), 14, ground)
        x = 12.0
        if self._icon_name:
            side = self._look.px(16)
            paint_icon(painter, self._icon_name, QRectF(x, (self.height() - side) / 2, side, side), ink)
            x += self._look.px(22)
        painter.setFont(self._look.font("tag"))
        painter.setPen(ink)
        room = QRectF(x, 0, self.width() - x, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class KeyCap(QWidget):
    """A key of the keyboard, by its name."""

    def __init__(self, text: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self.setAccessibleName(text)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("tag")).horizontalAdvance(self._text)
        height = self._look.px(25)
        return QSize(max(height, round(words) + 17), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        paint_field(painter, QRectF(self.rect()), 7, None, edge=theme.line_strong, edge_width=1.5)
        painter.setFont(self._look.font("tag"))
        painter.setPen(theme.text2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class Card(QFrame):
    """A surface that holds things together; in the light it has an edge."""

    def __init__(
        self,
        *,
        look: Look,
        radius: float = 20,
        tint: Tint = "surface",
        padding: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._radius = radius
        self._tint: Tint = tint
        self.setContentsMargins(padding, padding, padding, padding)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(QPainter(self), QRectF(self.rect()), self._look.theme, self._tint, self._radius)


class PressCard(Pressable):
    """A card that is pressed as a whole: click, Enter or Space."""

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        radius: float = 20,
        padding: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look=look, name=name, radius=radius, parent=parent)
        self._radius = radius
        self.setContentsMargins(padding, padding, padding, padding)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize(200, 151)

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else QSize(SMALLEST_TARGET, SMALLEST_TARGET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tint: Tint = "hover" if self.isDown() else "raised" if self.is_hot else "surface"
        paint_card(QPainter(self), QRectF(self.rect()), self._look.theme, tint, self._radius)


def paint_card(painter: QPainter, rect: QRectF, theme: Theme, tint: Tint, radius: float) -> None:
    edge = theme.line if theme.edge else None
    paint_field(painter, rect, radius, theme.tint(tint), edge=edge, edge_width=theme.edge)


class ScrollArea(QScrollArea):
    """A page longer than its window: no frame, a thin handle."""

    def __init__(self, content: QWidget, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        content.setObjectName("scrolled")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        focus = focus_within(self)
        if moved and focus is not None:
            self.ensureWidgetVisible(focus, 16, 24)
        return moved


class FlowLayout(QLayout):
    """Left to right, and on to the next line where the width ends."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                width = min(size.width(), max(rect.width(), 1))
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.y()


class FlowRow(QWidget):
    """Things in a row that may take several lines."""

    def __init__(self, *, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=gap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)

    def clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class Toast(QFrame):
    """One short message at the bottom of its host, with at most one thing to do about it."""

    acted = Signal()
    gone = Signal()

    def __init__(self, host: QWidget, *, look: Look) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._on_action: Callable[[], None] | None = None
        self.words = Label("", look=look, role="body", parent=self)
        self.action = Button("", look=look, role="inset", size="small", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(22, 10, 12, 10)
        self._row.setSpacing(16)
        self._row.addWidget(self.words)
        self._row.addWidget(self.action)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY)
        self.timer.timeout.connect(self.dismiss)
        self.action.clicked.connect(self._act)
        self.action.installEventFilter(self)
        host.installEventFilter(self)
        look.changed.connect(self._place)
        self.hide()

    def tell(self, text: str, *, action: str | None = None, on_action: Callable[[], None] | None = None) -> None:
        """Show a message in place of the one before."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action or "")
        self.action.setVisible(action is not None)
        self._on_action = on_action
        self._place()
        self.show()
        self.raise_()
        self.timer.start()
        announce(self, text)

    def dismiss(self) -> None:
        self.timer.stop()
        if self.isVisibleTo(self._host):
            self.hide()
            self._on_action = None
            self.gone.emit()

    def _act(self) -> None:
        call = self._on_action
        self.dismiss()
        if call is not None:
            call()
        self.acted.emit()

    def _place(self) -> None:
        self._row.activate()
        size = self.sizeHint()
        room = self._host.width() - 48
        self.words.setWordWrap(size.width() > room)
        width = min(size.width(), room)
        height = size.height()
        if self.words.wordWrap():
            self._row.invalidate()
            height = max(height, self._row.totalHeightForWidth(width))
        x = (self._host.width() - width) // 2
        self.setGeometry(x, self._host.height() - 24 - height, width, height)
        self.update()

    def _wait(self, *, keep: bool) -> None:
        if keep:
            self.timer.stop()
        elif self.isVisible() and not self.underMouse() and not self.action.hasFocus():
            self.timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.action and event.type() == QEvent.Type.FocusIn:
            self._wait(keep=True)
        elif watched is self.action and event.type() == QEvent.Type.FocusOut:
            self._wait(keep=False)
        return False

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._wait(keep=True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible() and not self.action.hasFocus():
            self.timer.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        edge = theme.line if theme.is_night else theme.hover
        paint_field(QPainter(self), QRectF(self.rect()), 18, theme.raised, edge=edge)


@dataclass(frozen=True, slots=True)
class Choice:
    value: object
    label: str


class Dialog(QWidget):
    """A question over the page. The first choice is the safest: it has the focus, and Escape takes it."""

    chosen = Signal(object)

    def __init__(
        self,
        host: QWidget,
        *,
        look: Look,
        title: str,
        text: str = "",
        choices: Sequence[Choice],
        content: QWidget | None = None,
    ) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._before = focus_within(host.window())
        self._fade: QPropertyAnimation | None = None
        self._choices = list(choices)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.card = Card(look=look, radius=28, padding=0, parent=self)
        self._column = column = QVBoxLayout(self.card)
        column.setContentsMargins(34, 30, 34, 34)
        column.setSpacing(10)
        self.title = Heading(title, look=look, role="h2", parent=self.card)
        self.title.set_own_font(look.sized(27, 600, display=True), look.px(34))
        column.addWidget(self.title)
        if text:
            column.addWidget(Label(text, look=look, tint="text2", wrap=True, parent=self.card))
        if content is not None:
            column.addWidget(content)
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.buttons: list[Button] = []
        for number, choice in enumerate(self._choices):
            button = Button(
                choice.label,
                look=look,
                role="standard" if number else "primary",
                always_ring=not number,
                parent=self.card,
            )
            button.clicked.connect(self._answer)
            row.addWidget(button, 1)
            self.buttons.append(button)
        column.addLayout(row)
        host.installEventFilter(self)
        look.changed.connect(self._place)
        self._place()

    def open(self) -> None:
        self._place()
        self.show()
        self.raise_()
        self.buttons[0].setFocus()
        announce(self, f"{self.accessibleName()} {self.accessibleDescription()}".strip())
        if self._look.still:
            return
        effect = QGraphicsOpacityEffect(self)
        effect.setOpacity(0)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(FADE)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._settle)
        self._fade.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def choose(self, value: object) -> None:
        """Close with an answer."""
        if self._fade is not None:
            self._fade.stop()
        self._host.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.chosen.emit(value)
        self.deleteLater()

    def _settle(self) -> None:
        # an effect left in place would paint the whole dialog through a pixmap each time
        self.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes a null pointer here

    def _answer(self) -> None:
        number = next(i for i, button in enumerate(self.buttons) if button is self.sender())
        self.choose(self._choices[number].value)

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(640, self._host.width() - 48)
        width = min(width, max(self._column.sizeHint().width(), 480))
        height = min(self._column.totalHeightForWidth(width), self.height() - 24)
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self.update()

    def _stops(self) -> list[QWidget]:
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        current = focus_within(self.window())
        place = stops.index(current) if current in stops else -1
        stops[(place + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the page below keeps still: its keys come here as plain keys
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.choose(self._choices[0].value)
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.theme.scrim)
