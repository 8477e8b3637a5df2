"""Buttons: painted by us, pressed by mouse, key and screen reader alike."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QWidget,
)

from guide.compat import override
from guide.kit.direction import draw_line, placed
from guide.kit.focus import ENTER, FocusRing, is_modified_arrow
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.room import fitted
from guide.kit.theme import Theme, Tint, mixed
from guide.kit.tips import tip

ButtonRole = Literal["primary", "standard", "quiet", "stage", "inset"]
ButtonSize = Literal["small", "standard", "big", "start"]


class Pressable(Guarded, QAbstractButton):
    """What can be pressed: hover, press, Space and Enter, ring."""

    spoken_as = "Button"

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
        self._share = 1.0
        self.ring = FocusRing(
            self,
            look=look,
            radius=radius,
            always=always_ring,
            told=True,
            around=self.visual_rect,
            parts=self.visual_parts,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if name:
            self.setAccessibleName(name)
        look.changed.connect(self.restyle)

    def visual_rect(self) -> QRect:
        """Tell the part of the target that looks like the control."""
        return self.rect()

    def visual_parts(self) -> list[QRect]:
        """Tell the same of one that lies in several parts."""
        return [self.visual_rect()]

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring.begin(event.reason())
        super().focusInEvent(event)

    @Slot()
    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def squeeze(self, share: float) -> None:
        """Ask for a share of the width that the words would take; they are drawn smaller where that is too little."""
        if share != self._share:
            self._share = share
            self.restyle()

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
        elif is_modified_arrow(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _ButtonMetrics(NamedTuple):
    height: int
    text: float
    padding: int
    radius: int
    icon: int
    gap: int


_BUTTONS: dict[str, _ButtonMetrics] = {
    "small": _ButtonMetrics(46, 16, 16, 14, 22, 10),
    "standard": _ButtonMetrics(48, 17, 22, 14, 22, 10),
    "big": _ButtonMetrics(76, 24, 32, 22, 26, 16),
    "start": _ButtonMetrics(92, 29, 44, 26, 36, 18),
}
STANDARD = _BUTTONS["standard"]
LOOSEST = 1.3  # the padding grows with the text so far


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
        if text != self.text():
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
            return QFont(self._own_size[1])  # a painter may change its weight
        weight = 600 if self._role == "primary" or self._metrics.height > 48 else 500
        return self._look.sized(self._metrics.text, weight)

    def _height(self) -> float:
        return self._own_size[0] if self._own_size else self._look.px(self._metrics.height)

    def _radius(self) -> float:
        return self._height() * 0.29 if self._own_size else self._metrics.radius

    def _icon_side(self) -> float:
        font = self._text_font()
        return font.pixelSize() * self._metrics.icon / self._metrics.text

    @property
    def natural_width(self) -> int:
        """The width in which its words have their size, squeezed or not."""
        return self._width(1.0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width(self._share), round(max(self._height(), SMALLEST_TARGET)))

    def _width(self, share: float) -> int:
        width = QFontMetricsF(self._text_font()).horizontalAdvance(self.text()) * share
        grow = self._text_font().pixelSize() / self._metrics.text
        if self._icon_name:
            width += self._icon_side() + (self._metrics.gap * grow if self.text() else 0)
        return int(max(width + 2 * self._metrics.padding * min(grow, LOOSEST), SMALLEST_TARGET) + 1)

    def _colours(self, theme: Theme) -> tuple[QColor | None, QColor, QColor | None]:
        hot, down = self.is_hot, self.isDown()
        edge = theme.line if theme.edge else None
        if not self.isEnabled():
            flat = {"primary": theme.raised, "standard": theme.raised, "stage": theme.surface}
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
                return near if hot or down else theme.hover, theme.text, theme.text3
            case "quiet":
                chosen = self.isCheckable() and self.isChecked()
                field = theme.hover if down else theme.raised if hot or chosen else None
                return field, theme.text if hot or chosen else theme.text2, None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            field, ink, edge = self._colours(theme)
            if field is not None:
                width = 1.5 if self._role == "inset" else theme.edge
                paint_field(painter, QRectF(self.rect()), self._radius(), field, edge=edge, edge_width=width)
            font = self._text_font()
            if self._role == "quiet" and self.isCheckable():
                font.setWeight(QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal)
            if self._tint is not None and self.isEnabled() and self._role != "primary":
                ink = theme.tint(self._tint)
            side = self._icon_side() if self._icon_name else 0.0
            font = fitted(font, self.text(), self.width() - (side * 1.5 if side else 0) - 12)
            painter.setFont(font)
            words = QFontMetricsF(font).horizontalAdvance(self.text())
            gap = self._metrics.gap * font.pixelSize() / self._metrics.text if side and self.text() else 0.0
            x = self._metrics.padding if self._align_left else (self.width() - words - gap - side) / 2
            if self._icon_name:
                place = placed(self, QRectF(x, (self.height() - side) / 2, side, side))
                paint_icon(painter, self._icon_name, place, ink)
            rest = placed(self, QRectF(x + side + gap, 0, words + 2, self.height()))
            painter.setPen(ink)
            draw_line(painter, rest, Qt.AlignmentFlag.AlignVCenter, self.text())


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
        self.setToolTip(tip(name))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Fixed)

    def set_icon(self, icon: str, name: str) -> None:
        self._icon_name = icon
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
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
        with painting(self) as painter:
            hot, down = self.is_hot, self.isDown()
            match self._role:
                case "primary":
                    field: QColor | None = (
                        theme.primary_pressed if down else theme.primary_hover if hot else theme.accent
                    )
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
