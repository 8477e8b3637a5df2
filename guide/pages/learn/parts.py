"""The parts of an article: a disc, a thing to try, a bullet, a word beside its meaning."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.choices import Check
from guide.kit.direction import placed
from guide.kit.guard import Guarded
from guide.kit.icons import kind_icon, paint_icon
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.markdown import (
    Task,
)
from guide.kit.nesting import nest
from guide.kit.painting import paint_field, painting
from guide.kit.passage import Passage
from guide.kit.theme import faded

# a word of a task's name: the glyph beside it, and the kind of step whose colour it has
GLYPHS: Final = MappingProxyType(  # by the mark of a thing to try: `- [ ] {warmth} **Stop for two minutes.** ...`
    {
        "flange": ("pump", "pump"),
        "parts": ("pump", "pump"),
        "suction": ("pump", "pump"),
        "warmth": ("rest", "rest"),
        "baby": ("photo", "compress"),
        "hands": ("massage", "massage"),
        "time": ("clock", "shake"),
        "food": ("bed", "rest"),
        "medicine": ("pencil", "prepare"),
        "days": ("express", "express"),
    }
)
OTHER: Final = ("check", "rest")


class Disc(Guarded, QWidget):
    """A glyph on a quiet round field, beside words that say the same."""

    def __init__(self, icon: str, kind: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._kind, self._look = icon, kind, look
        self._quiet = False
        look.changed.connect(self._fit)
        self._fit()

    def set_quiet(self, quiet: bool) -> None:
        self._quiet = quiet
        self.update()

    def _fit(self) -> None:
        self.setFixedSize(self._look.px(44), self._look.px(44))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, field = self._look.theme, QRectF(self.rect())
        with painting(self) as painter:
            ground = theme.raised if self._quiet else faded(theme.fill(self._kind), theme.tint_disc)
            paint_field(painter, field, field.height() / 2, ground)
            inset = field.height() * 0.24
            ink = theme.text3 if self._quiet else theme.ink(self._kind)
            paint_icon(painter, kind_icon(self._icon), field.adjusted(inset, inset, -inset, -inset), ink, 2.0)


class TaskRow(Guarded, QFrame):
    """One thing to try, with a box to tick; a press anywhere on it ticks it."""

    toggled = Signal(bool)

    def __init__(self, task: Task, *, look: Look, ticked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._current = False
        self.task = task
        icon, kind = GLYPHS.get(task.mark, OTHER)
        self.disc = Disc(icon, kind, look=look, parent=self)
        self.title = Label(task.title, look=look, role="h3", wrap=True, parent=self)
        self.words = Passage(task.words, look=look, tint="text2", parent=self)
        self.check = Check("", look=look, checked=ticked, parent=self)
        self.check.setAccessibleName(task.title)
        self.check.setAccessibleDescription(self.words.text())
        self.check.setFixedWidth(Check.BOX)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 16)
        row.setSpacing(20)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.disc, 0, top)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.words)
        nest(row, column, 1)
        row.addWidget(self.check, 0, top)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        high_for_width(self)
        self.check.toggled.connect(self.toggled)
        look.changed.connect(self.update)

    @property
    def current(self) -> bool:
        return self._current

    def show_state(self, *, current: bool) -> None:
        """The one thing to try now stands out; what is ticked steps back."""
        self._current = current
        ticked = self.check.isChecked()
        self.title.set_tint("text2" if ticked else "text")
        self.words.set_tint("text" if current else "text3" if ticked else "text2")
        self.disc.set_quiet(ticked)
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.check.click()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        if self._current:
            edge = theme.line if theme.edge else None
            with painting(self) as painter:
                paint_field(painter, QRectF(self.rect()), 20, theme.surface, edge=edge, edge_width=theme.edge)


class Bullet(Guarded, QWidget):
    """A dot or a number in front of an item."""

    def __init__(self, number: int | None, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._look = number, look
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(self._look.px(20 if self._number is None else 28), self._look.line_height("body"))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            if self._number is None:
                side = self._look.px(6)
                dot = placed(self, QRectF(2, (self.height() - side) / 2 + 1, side, side))
                paint_field(painter, dot, side / 2, theme.line_strong)
                return
            painter.setFont(self._look.font("body", weight=600))
            painter.setPen(theme.text2)
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{self._number}."
            )


class DefinitionRow(Guarded, QWidget):
    """Two things side by side where there is room for both, else one below the other."""

    def __init__(self, *, look: Look, gap: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        high_for_width(self)
        look.changed.connect(self._fit)

    def add(self, widget: QWidget, *, share: int = 1) -> None:
        self._row.addWidget(widget, share)

    def _fit(self) -> None:
        wide = self.width() >= self._look.px(560)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def high_for_width(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
