"""A slider that keys and the wheel move too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QScrollArea,
    QSlider,
    QWidget,
)

from guide.compat import override
from guide.kit.direction import is_mirrored, placed
from guide.kit.focus import FocusRing, is_modified_arrow
from guide.kit.guard import Guarded
from guide.kit.look import SMALLEST_TARGET, Look
from guide.kit.painting import paint_field, painting
from guide.kit.theme import mixed

ARROWS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Left: -1}


def scrolls(widget: QWidget) -> bool:
    """Whether what it stands in can be scrolled just now: the wheel belongs to that then."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and around.verticalScrollBar().maximum() > 0:
            return True
        around = around.parentWidget()
    return False


class Slider(Guarded, QSlider):
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
        self.ring = FocusRing(self, look=look, radius=12, around=self._knob_rect)
        self.setRange(minimum, maximum)
        self.setSingleStep(step)
        self.setPageStep(step * 2)
        self.setValue(value)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(140)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._said(self.value()))
        self.setToolTip(self._said(self.value()))
        self.ring.place()

    def _knob_rect(self) -> QRect:
        return self._knob().toAlignedRect()

    def _knob(self) -> QRectF:
        span = max(1, self.maximum() - self.minimum())
        x = (self.width() - self.KNOB) * (self.value() - self.minimum()) / span
        return placed(self, QRectF(x, (self.height() - self.KNOB) / 2, self.KNOB, self.KNOB))

    @override
    def sizeHint(self) -> QSize:
        return QSize(190, SMALLEST_TARGET)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, SMALLEST_TARGET)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            knob = self._knob()
            middle = self.height() / 2
            groove = QRectF(0, middle - 2.5, self.width(), 5)
            paint_field(painter, groove, 2.5, mixed(theme.line_strong, theme.surface, 0.45))
            filled = QRectF(groove)
            if is_mirrored(self):
                filled.setLeft(knob.center().x())
            else:
                filled.setRight(knob.center().x())
            paint_field(painter, filled, 2.5, theme.accent if self.isEnabled() else theme.line_strong)
            paint_field(painter, knob, 12, theme.text if self.isEnabled() else theme.text3)

    def _go_to(self, x: float) -> None:
        x = self.width() - x if is_mirrored(self) else x
        share = (x - self.KNOB / 2) / max(1, self.width() - self.KNOB)
        value = self.minimum() + share * (self.maximum() - self.minimum())
        self.setValue(self.minimum() + round((value - self.minimum()) / self._grid) * self._grid)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_modified_arrow(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

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
        if self.hasFocus() and not scrolls(self):
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def sliderChange(self, change: QSlider.SliderChange) -> None:
        super().sliderChange(change)
        if change is QSlider.SliderChange.SliderValueChange:  # which comes too where nobody is to be told of it
            self._tell()
        self.update()
