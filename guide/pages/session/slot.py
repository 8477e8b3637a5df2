"""The session's one-message slot: what was just done, else what a helper could do, else a quiet reminder."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.direction import placed
from guide.kit.focus import announce, keeps_focus
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.label import Label
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.toast import STAY

SMALLEST = 17
LARGEST_ACTION = 21
BARS = "bars"
LIT = frozenset({BARS, "unsure", "check"})  # icons in the accent colour
LEVELS = 12  # heights the bars can have: fewer pictures than readings
BAR_SHARES = (0.35, 1.0, 0.6, 0.3)


@dataclass(frozen=True, slots=True)
class SlotMessage:
    """`does` is called when its action is pressed."""

    text: str
    action: str = ""
    icon: str = ""
    does: Callable[[], None] | None = None


class Slot(Guarded, QWidget):
    """Shows the most important message there is: a toast for six seconds, a helper's prompt, a pill."""

    changed = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._toast: SlotMessage | None = None
        self._partner: SlotMessage | None = None
        self._pill: SlotMessage | None = None
        self._shown: SlotMessage | None = None
        self._u = 1.0
        self._level = LEVELS // 3
        self.words = Label("", look=look, wrap=True, parent=self)
        self.action = Button("", look=look, role="inset", size="small", parent=self)
        self.action.clicked.connect(self._act)
        self.action.installEventFilter(self)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY)
        self.timer.timeout.connect(self.dismiss)
        look.changed.connect(self.update)
        self.hide()

    @property
    def message(self) -> str:
        return self._shown.text if self._shown else ""

    @property
    def action_text(self) -> str:
        return self._shown.action if self._shown else ""

    def tell(self, text: str, action: str = "", does: Callable[[], None] | None = None, *, icon: str = "") -> None:
        """Show what was done, for six seconds, with one thing to do about it."""
        self._toast = SlotMessage(text, action, icon, does)
        self.timer.start()
        announce(self, text)
        self._choose()

    def withdraw(self, *, offer: bool, words: bool) -> None:
        """Take back what is past: an `offer`, or `words` that offer nothing."""
        if self._toast is not None and (words if self._toast.does is None else offer):
            self.dismiss()

    def dismiss(self) -> None:
        self.timer.stop()
        self._toast = None
        self._choose()

    def show_partner(self, text: str) -> None:
        self._partner = SlotMessage(text, icon="partner") if text else None
        self._choose()

    def show_pill(self, text: str, *, icon: str = "", action: str = "", does: Callable[[], None] | None = None) -> None:
        self._pill = SlotMessage(text, action, icon, does) if text else None
        self._choose()

    def show_level(self, share: float) -> None:
        """How loud it is now, 0 to 1: the bars of the pill follow it, or stand still where pictures do."""
        if self._look.still:
            return
        level = round(max(0.0, min(share, 1.0)) * LEVELS)
        if level != self._level:
            self._level = level
            if self._shown is not None and self._shown.icon == BARS:
                self.update(self._icon_place().toAlignedRect())

    def _icon_place(self) -> QRectF:
        size = self._look.session_font("pill", self._u).pixelSize()
        return placed(self, QRectF(size * 1.1, 0, size * 1.4, self.height()))

    def fit(self, area: QRectF, widest: float, u: float, *, lowest: float, smallest: int = SMALLEST) -> None:
        """Lie at the far end of `area`, no wider than `widest`; long words take more lines, upwards from `lowest`."""
        if self._shown is None:
            return
        self._u = u
        font = self._look.session_font("pill", u)
        line = self._look.session_line_height("pill", u)
        self.words.set_own_font(font, line)
        size = font.pixelSize()
        pad, icon = size * 1.1, size * 1.4 if self._shown.icon else 0.0
        gap = size * 0.6 if icon else 0.0
        action_font = self._look.session_font("pill", u, weight=500)
        action_font.setPixelSize(min(action_font.pixelSize(), self._look.px(LARGEST_ACTION)))
        self.action.set_size(SMALLEST_TARGET, action_font)
        action = self.action.sizeHint() if self._shown.action else None
        beside = (action.width() + size * 0.9) if action else 0.0
        room = max(40.0, widest - 2 * pad - icon - gap - beside)
        natural = QFontMetricsF(font).horizontalAdvance(self._shown.text) + 2
        if natural > room:
            smaller = max(min(size, smallest), int(size * room / natural))
            line *= smaller / size
            font.setPixelSize(smaller)
            self.words.set_own_font(font, line)
            natural = QFontMetricsF(font).horizontalAdvance(self._shown.text) + 2
        width = min(natural, room)
        words = self.words.heightForWidth(math.ceil(width))
        height = max(words + size * 0.7, area.height() - 4 * u, (action.height() + 6) if action else 0.0)
        right = pad if action is None else size * 0.45
        whole = pad + icon + gap + width + beside + right
        top = max(min(area.top() + 2 * u, lowest - height), 0.0)
        self.setGeometry(QRectF(area.right() - whole, top, whole, height).toAlignedRect())
        middle = self.height() / 2
        self._put(
            self.words, QRect(round(pad + icon + gap), round(middle - words / 2), math.ceil(width), math.ceil(words))
        )
        if action is not None:
            at = round(self.width() - right - action.width())
            self._put(self.action, QRect(at, round(middle - action.height() / 2), action.width(), action.height()))

    def _put(self, part: QWidget, place: QRect) -> None:
        part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _choose(self) -> None:
        best = self._toast or self._partner or self._pill
        if best == self._shown:
            return
        self._shown = best
        page = self.parentWidget()
        if page is not None and keeps_focus(self.action):  # it does another thing by now, or is gone
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would go on to the button beside it
        if best is not None:
            self.words.setText(best.text)
            self.words.set_tint("accent_text" if best is self._partner else "text" if self._toast else "text2")
            self.action.setText(best.action)
            self.action.setAccessibleDescription(best.text)
            self.setAccessibleName(best.text)
        self.action.setVisible(best is not None and bool(best.action))
        self.setVisible(best is not None)
        self.changed.emit()
        self.update()

    def _act(self) -> None:
        does = self._shown.does if self._shown else None
        if self._toast is not None:
            self.dismiss()
        if does is not None:
            does()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.action and self._toast is not None:
            if event.type() == QEvent.Type.FocusIn:
                self.timer.stop()
            elif event.type() == QEvent.Type.FocusOut:
                self.timer.start()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        theme = self._look.theme
        with painting(self) as painter:
            field = QRectF(self.rect())
            edge = theme.line if theme.edge or self._toast else None
            if self._toast is not None:
                paint_field(painter, field, 18 * self._u, theme.raised, edge=edge)
            else:
                ground = theme.accent_soft if self._shown is self._partner else theme.surface
                paint_field(painter, field, field.height() / 2, ground, edge=edge)
            if self._shown.icon:
                place, icon = self._icon_place(), self._shown.icon
                lit = self._shown is self._partner or icon in LIT
                ink = theme.accent_text if lit else theme.text2
                if icon == BARS and not self._look.still:
                    self._paint_bars(painter, place, ink)
                else:
                    paint_icon(painter, icon, place, ink)

    def _paint_bars(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        side = min(place.width(), place.height())
        wide, step = side * 0.1, side * 0.2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for number, share in enumerate(BAR_SHARES):
            tall = side * (0.12 + share * (0.14 + 0.62 * self._level / LEVELS))
            x = place.center().x() + (number - 1.5) * step - wide / 2
            painter.drawRoundedRect(QRectF(x, place.center().y() - tall / 2, wide, tall), wide / 2, wide / 2)
