"""Numbers in steps, with keys to hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from guide.compat import override
from guide.kit.buttons import IconButton
from guide.kit.focus import focus_within, is_modified_arrow
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.slider import ARROWS, scrolls
from guide.language import _

STEPS = {**ARROWS, Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
NOTCH = 120  # of a wheel, as Qt counts; two fingers turn it by less at a time, and many times
HOLD_DELAY = 500
HOLD_INTERVAL = 125


def repeat_while_held(key: QAbstractButton) -> None:
    key.setAutoRepeat(True)
    key.setAutoRepeatDelay(HOLD_DELAY)
    key.setAutoRepeatInterval(HOLD_INTERVAL)


class _StepKey(IconButton):
    """A key of a stepper: holding it repeats; arrow keys, and what else is named, belong to the stepper."""

    left_out: frozenset[int] = frozenset(ARROWS)

    def __init__(self, icon: str, name: str, *, look: Look, side: int, parent: QWidget) -> None:
        icon_side = 22 if side < 60 else 36
        super().__init__(icon, name, look=look, role="standard", side=side, icon_side=icon_side, parent=parent)
        repeat_while_held(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in self.left_out:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StepControl(Guarded, QWidget):
    """A key for less and one for more; the arrows, plus and minus, and the wheel do the same."""

    def __init__(self, name: str, *, look: Look, side: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._turned = 0  # of the wheel, towards its next notch
        self.less = _StepKey("minus", _("{name}: less").format(name=name), look=look, side=side, parent=self)
        self.more = _StepKey("plus", _("{name}: more").format(name=name), look=look, side=side, parent=self)
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
        steps = STEPS.get(Qt.Key(event.key()))
        if steps is None or is_modified_arrow(event):
            super().keyPressEvent(event)
        else:
            self._go(steps)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the focus is and nothing scrolls: a page scrolled past keeps its numbers."""
        focus, turned = focus_within(self), event.angleDelta().y()
        if focus is None or not focus.hasFocus() or turned == 0 or scrolls(self):
            super().wheelEvent(event)
        else:
            self._turn(turned)
            event.accept()

    def _turn(self, by: int) -> None:
        """A step for each notch; what is less than one waits for the rest of it, unless the wheel turns back."""
        self._turned = self._turned + by if self._turned * by > 0 else by
        if steps := int(self._turned / NOTCH):
            self._turned -= steps * NOTCH
            self._go(steps)


class Stepper(StepControl):
    """A small whole number with a key on each side; said in words that `wrap`, it takes two lines in need."""

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
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, look=look, side=44, parent=parent)
        self._look = look
        self._value = value
        self._range = (minimum, maximum)
        self._step = step
        self._said = said
        self.shown = Label("", look=look, role="label", weight=600, wrap=wrap, parent=self)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.less)
        row.addWidget(self.shown, 1)
        row.addWidget(self.more)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred if wrap else policy.Minimum, policy.Fixed)
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
        if not self.shown.wordWrap():
            metrics = QFontMetricsF(self._look.font("label", weight=600))
            widest = max(metrics.horizontalAdvance(self._said(end)) for end in (*self._range, self._value))
            self.shown.setMinimumWidth(round(widest) + 16)
        self.setAccessibleDescription(said)
        self.less.setAccessibleDescription(said)
        self.more.setAccessibleDescription(said)
