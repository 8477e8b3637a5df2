"""A rule, a chip, a key cap."""

from __future__ import annotations

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QSizePolicy,
    QWidget,
)

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.direction import draw_line, placed
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import Look
from guide.kit.painting import paint_field, painting


class Rule(Guarded, QWidget):
    """A line of one pixel."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(1)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self._look.theme.line)


class Chip(Guarded, QWidget):
    """A small tag; `accent` is for what is her own. It stands out from a card that is pressed as a whole, too."""

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
        self._card = parent if isinstance(parent, Pressable) else None
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
        with painting(self) as painter:
            card = self._card
            plain = theme.surface if card is not None and (card.is_hot or card.isDown()) else theme.raised
            ground = theme.accent_soft if self._accent else plain
            ink = theme.accent_text if self._accent else theme.text2
            paint_field(painter, QRectF(self.rect()), 14, ground)
            x = 12.0
            if self._icon_name:
                side = self._look.px(16)
                place = placed(self, QRectF(x, (self.height() - side) / 2, side, side))
                paint_icon(painter, self._icon_name, place, ink)
                x += self._look.px(22)
            painter.setFont(self._look.font("tag"))
            painter.setPen(ink)
            room = placed(self, QRectF(x, 0, self.width() - x, self.height()))
            draw_line(painter, room, Qt.AlignmentFlag.AlignVCenter, self._text)


class KeyCap(Guarded, QWidget):
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
        with painting(self) as painter:
            paint_field(painter, QRectF(self.rect()), 7, None, edge=theme.line_strong, edge_width=1.5)
            painter.setFont(self._look.font("tag"))
            painter.setPen(theme.text2)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
