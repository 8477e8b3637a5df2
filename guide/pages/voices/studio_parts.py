"""Parts of the studio: the picture of a take, the microphone's meter, and a prompt in the list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from guide.compat import override
from guide.kit.buttons import Pressable
from guide.kit.direction import draw_line, placed
from guide.kit.guard import Guarded
from guide.kit.icons import paint_icon
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.language import _
from guide.pages.voices.studio_view import Kept, label
from guide.sound.script import ScriptLine

PIECES = 80  # bars across the picture of a take


class Wave(Guarded, QWidget):
    """The take so far as bars, and what is left of its time as dots."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars: tuple[float, ...] = ()
        self._running = False
        self.setMinimumHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_bars(self, bars: tuple[float, ...], *, running: bool) -> None:
        self._bars, self._running = bars[:PIECES], running
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(96))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            edge = theme.accent if self._running else None
            paint_field(painter, QRectF(self.rect()), 18, theme.sunk, edge=edge, edge_width=2)
            step = (self.width() - 56) / PIECES
            middle, most = self.height() / 2, self.height() - 36
            for number in range(PIECES):
                x = 28 + number * step
                if number < len(self._bars):
                    height = max(4.0, min(self._bars[number], 1.0) ** 0.6 * most)
                    rect = QRectF(x, middle - height / 2, max(step - 3, 2), height)
                    paint_field(painter, rect, 1.5, theme.accent)
                else:
                    paint_field(painter, QRectF(x, middle - 2, 2.5, 4), 1.2, theme.line_strong)
            if self._running:
                painter.setPen(QPen(theme.text, 2.5))
                x = 28 + len(self._bars) * step
                painter.drawLine(round(x), 14, round(x), self.height() - 14)


class Meter(Guarded, QWidget):
    """How loud it is now, and from where a voice is heard well."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._level = 0.0
        self.setFixedHeight(24)
        self.setMinimumWidth(120)
        self.setAccessibleName(_("Microphone"))

    def show_level(self, level: float, words: str) -> None:
        self._level = level
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            whole = QRectF(0, 6, self.width(), 12)
            paint_field(painter, whole, 6, theme.line_strong)
            if self._level > 0:
                filled = QRectF(0, 6, max(self.width() * self._level, 12), 12)
                paint_field(painter, placed(self, filled), 6, theme.accent)
            painter.setPen(QPen(theme.text, 2.5))
            mark = round(placed(self, QRectF(self.width() * 0.35, 0, 0, 0)).x())
            painter.drawLine(mark, 1, mark, 23)


class LineRow(Pressable):
    """A prompt in the list: its kind, what it is called, and whether it is kept."""

    def __init__(self, line: ScriptLine, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=12, parent=parent)
        self._line = line
        self._kept = Kept.NO
        self._here = False
        self._fallback = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_state(self, kept: Kept, *, here: bool, fallback: str) -> None:
        if (kept, here, fallback) != (self._kept, self._here, self._fallback):
            self._kept, self._here, self._fallback = kept, here, fallback
            self._name()
            self.update()

    @property
    def state(self) -> str:
        match self._kept:
            case Kept.YES:
                return _("kept")
            case Kept.CHANGED:
                return _("The words changed. Again?")
            case Kept.NO:
                return self._fallback

    def _name(self) -> None:
        words = label(self._line)
        self.setText(words)
        self.setAccessibleName(f"{words}. {self.state}" if self.state else words)
        self.setToolTip("" if words == self._line.text else self._line.text)

    def _has_room_for_both(self) -> bool:
        """Whether the prompt is seen whole beside the voice that speaks it; else the prompt alone is shown."""
        words = QFontMetricsF(self._look.font("body", weight=600)).horizontalAdvance(self.text())
        return words + QFontMetricsF(self._look.font("small")).horizontalAdvance(self.state) <= self.width() - 64

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, max(SMALLEST_TARGET, self._look.px(48)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, look = self._look.theme, self._look
        with painting(self) as painter:
            if self._here or self.is_hot:
                edge = theme.line_strong if self._here else None
                paint_field(painter, QRectF(self.rect()), 12, theme.raised, edge=edge, edge_width=1.5)
            middle = self.height() / 2
            icon = self._line.kind.value if self._line.kind else "say"
            ink = theme.ink(icon) if self._line.kind else theme.text2
            paint_icon(painter, icon, placed(self, QRectF(12, middle - 10, 20, 20)), ink)
            right = self.width() - 12.0
            if self._kept is Kept.YES:
                paint_icon(painter, "check", placed(self, QRectF(right - 20, middle - 10, 20, 20)), theme.accent)
                right -= 28
            elif self.state and (self._kept is Kept.CHANGED or self._has_room_for_both()):
                font = look.font("small")
                shown = QFontMetricsF(font).elidedText(self.state, Qt.TextElideMode.ElideRight, self.width() * 0.62)
                width = QFontMetricsF(font).horizontalAdvance(shown)
                painter.setFont(font)
                painter.setPen(theme.accent_text if self._kept is Kept.CHANGED else theme.text2)
                place = placed(self, QRectF(right - width, 0, width + 1, self.height()))
                draw_line(painter, place, Qt.AlignmentFlag.AlignVCenter, shown)
                right -= width + 8
            font = look.font("body", weight=600 if self._here else 500)
            words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, right - 44)
            painter.setFont(font)
            painter.setPen(theme.text if self._here or self._kept is Kept.YES else theme.text2)
            place = placed(self, QRectF(44, 0, right - 44, self.height()))
            draw_line(painter, place, Qt.AlignmentFlag.AlignVCenter, words)
