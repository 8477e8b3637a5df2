"""The parts of Finish: the bar of what was done, and what is noted of each side."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from guide.compat import override
from guide.core.naming import kind_word
from guide.core.routine import Kind
from guide.kit.cards import Card
from guide.kit.guard import Guarded
from guide.kit.icons import paint_sides
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.painting import painting
from guide.kit.timeline import Bar, paint_bars
from guide.kit.volume_stepper import VolumeStepper
from guide.language import _, screen

FLAT_FROM: Final = 560
EDGE: Final = 26  # of a card of one side


class ActualBar(Guarded, QWidget):
    """The steps as they went, each as long as it took."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars: tuple[Bar, ...] = ()
        self.setFixedHeight(10)
        self.setAccessibleName(_("The steps as they went"))
        look.changed.connect(self.update)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def show_segments(self, segments: tuple[tuple[str, float], ...]) -> None:
        self._bars = tuple(Bar(kind, max(seconds, 0.1), max(seconds, 0.1)) for kind, seconds in segments)
        kinds = dict.fromkeys(kind_word(Kind(kind), screen()) for kind, _seconds in segments)
        self.setAccessibleDescription(", ".join(kinds))
        self.setVisible(bool(segments))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_bars(painter, QRectF(self.rect()), self._bars, self._look.theme, gap=4, radius=4)


class NotePair(Guarded, QWidget):
    """Two things side by side; one above the other where they have no room."""

    def __init__(self, first: QWidget, second: QWidget, *, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = (first, second)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for part in self._parts:
            self._box.addWidget(part, 1)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Minimum)

    @property
    def beside(self) -> bool:
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    @override
    def minimumSizeHint(self) -> QSize:
        hints = [part.minimumSizeHint() for part in self._parts]
        height = self._box.minimumSize().height()
        return QSize(max(hint.width() for hint in hints), height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # words that were wide, as those of ounces, may be no more
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        fits = 2 * widest + self._box.spacing() <= self.width()
        if fits is not self.beside:
            direction = QBoxLayout.Direction
            self._box.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
            self.updateGeometry()


class SideCard(Card):
    """One side's volume; its name stands before it where the card is wide."""

    def __init__(self, side: str, name: str, stepper: VolumeStepper, *, look: Look) -> None:
        super().__init__(look=look, radius=26, padding=0)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(EDGE, 18, EDGE, 22)
        self._box.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(SideDots(side, look=look, parent=self))
        label = Label(name, look=look, role="h3", weight=500, parent=self)
        head.addWidget(label, 1)
        nest(self._box, head)
        self._box.addWidget(stepper, 1)
        self._stepper, self._name = stepper, label

    @property
    def name_width(self) -> int:
        return self._name.sizeHint().width()

    def set_name_width(self, width: int) -> None:
        """As wide as the name of the other side, so that what follows it stands in one line."""
        self._name.setMinimumWidth(width)

    @override
    def minimumSizeHint(self) -> QSize:
        """The least width is that with the name over the amount, however it stands now and whatever is noted."""
        return QSize(self._stepper.roomy_width + 2 * EDGE, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= self._look.px(FLAT_FROM)
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._box.setSpacing(32 if wide else 10)
        self._box.setContentsMargins(EDGE, 12 if wide else 18, EDGE, 12 if wide else 22)


class SideDots(Guarded, QWidget):
    """Two dots, the side in use full."""

    def __init__(self, side: str, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._side = side
        self.setFixedSize(look.px(40), look.px(24))
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_sides(painter, self._side, QRectF(self.rect()), self._look.theme.text2)
