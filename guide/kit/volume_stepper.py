"""Millilitres, or ounces, in large figures with keys to hold."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from guide.amounts import MOST_OZ, TypedError, read_volume, unit_words
from guide.compat import override
from guide.core.record import MOST_ML, oz
from guide.kit.dress import bare_fields, dress
from guide.kit.focus import ENTER, FocusRing
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.room import fitted
from guide.kit.slider import ARROWS
from guide.kit.stepper import STEPS, StepControl
from guide.language import decimal, pgettext

LONGEST_AMOUNT: Final = 12  # letters: 12 1/2 fl oz
LARGE_UP_TO: Final = 5
AROUND_FIGURES: Final = 14  # pixels: the cursor's, and what a field keeps free
SMALLEST_FIGURES: Final = 0.3  # of their size


class _Amount(Guarded, QLineEdit):
    """The field of a volume; where it has nothing to take back, the key that undoes is the page's."""

    ring: FocusRing  # kept alive with it

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)


class VolumeStepper(StepControl):
    """
    How much milk, in large figures; "–" until touched, because empty is not zero.

    What does not read as an amount stands as it was typed, with nothing entered, and `refused` carries the sentence
    that says what would; it carries nothing once it reads. Enter, on any part of it, changes nothing: `gone_on` says
    that she is done here.
    """

    entered = Signal(object)
    refused = Signal(str)
    gone_on = Signal()

    def __init__(
        self,
        name: str,
        *,
        look: Look,
        ounces: bool = False,
        step: float = 5,
        value: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, look=look, side=92, parent=parent)
        self._look = look
        self._value = value
        self._name = name
        self._why = ""
        self.less.left_out = self.more.left_out = frozenset(ARROWS).union(ENTER)
        self.edit = _Amount(self)
        self.edit.setPlaceholderText("–")
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setFrame(False)
        self.edit.setMaxLength(LONGEST_AMOUNT)
        dress(self.edit, bare_fields, look=look)
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._finish)
        self.edit.ring = FocusRing(self.edit, look=look, radius=14, always=True)
        self.unit = Label("", look=look, role="h2", tint="text2", weight=400, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.less)
        row.addStretch(1)
        row.addWidget(self.edit)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.more)
        QWidget.setTabOrder(self.less, self.edit)
        QWidget.setTabOrder(self.edit, self.more)
        look.changed.connect(self._show)
        self.set_unit(ounces=ounces, step=step)

    @property
    def value(self) -> float | None:
        """In mL, or in US fluid ounces."""
        return self._value

    @property
    def unread(self) -> str:
        """What was typed and does not read."""
        return self.edit.text() if self._why else ""

    def type_again(self, text: str) -> None:
        """What was typed before."""
        self.edit.setText(text)
        self._typed(text)

    @property
    def roomy_width(self) -> int:
        """The least width with three large figures, whatever stands there now."""
        figures = QFontMetricsF(self._figures()).horizontalAdvance("000")
        return self.minimumSizeHint().width() - self.edit.width() + round(figures) + AROUND_FIGURES

    def set_value(self, value: float | None) -> None:
        """Show without telling."""
        self._value = value
        self._show()

    def set_unit(self, *, ounces: bool, step: float) -> None:
        self._ounces, self._step = ounces, step
        self.unit.setText(unit_words(ounces=ounces))
        self._show()

    @override
    def _go(self, steps: int) -> None:
        if self._value == 0 and steps < 0:
            self._enter(None)  # less than nothing is not noted
        else:
            value = (self._value or 0) + steps * self._step
            self._enter(max(0.0, min(MOST_OZ if self._ounces else MOST_ML, value)))
        self._show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(self.edit.text())
        super().resizeEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """From the field Tab leads on to the next amount: its arrows do what the key beside it does."""
        if not (next and self.edit.hasFocus()):
            return super().focusNextPrevChild(next)
        policy = self.more.focusPolicy()
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        led = super().focusNextPrevChild(next)
        self.more.setFocusPolicy(policy)
        return led

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """
        What is typed goes into the field, whichever part has the focus: a figure in place of what stands there, and
        anything else, as a comma or a unit, after it. To select all selects what stands there.
        """
        text, kept = event.text(), Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER:
            if not event.isAutoRepeat():
                self._go_on()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit.selectAll()
        elif text.strip() and text.isprintable() and not event.modifiers() & ~kept and event.key() not in STEPS:
            self.take(text)
        else:
            super().keyPressEvent(event)

    def take(self, text: str) -> None:
        """What is typed elsewhere and meant for the field."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if text.isdecimal() and text.isascii():
            self.edit.selectAll()
        else:
            self.edit.end(False)
        self.edit.insert(text)
        self._typed(self.edit.text())
        self.edit.ring.bring_into_view()

    def _typed(self, text: str) -> None:
        value, why = None, ""
        try:
            ml = read_volume(text, ounces=self._ounces)
        except TypedError as error:
            why = str(error)
        else:
            value = oz(ml) if ml is not None and self._ounces else ml
        self._enter(value)
        self._refuse(why)
        self._fit(text)

    def _finish(self) -> None:
        if not self._why:
            self._show()

    def _go_on(self) -> None:
        """Enter goes on where what was typed reads, and else leads back to it."""
        if self._why:
            self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.gone_on.emit()

    def _refuse(self, why: str) -> None:
        if why != self._why:
            self._why = why
            self.refused.emit(why)

    def _enter(self, value: float | None) -> None:
        if value != self._value:
            self._value = value
            self._describe()
            self.entered.emit(value)

    def _show(self) -> None:
        text = "" if self._value is None else decimal(f"{self._value:g}")
        self.edit.setText(text)
        self._refuse("")
        self._fit(text)
        self._describe()

    def _fit(self, text: str) -> None:
        """A number is large, and words less so; either is smaller where it would run over its unit."""
        shown = text or "–"
        font = self._figures(large=len(text) <= LARGE_UP_TO)
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            beside = self.minimumSizeHint().width() - self.edit.minimumWidth()
            font = fitted(font, shown, self.width() - beside - AROUND_FIGURES, least=SMALLEST_FIGURES)
        self.edit.setFont(font)
        width = QFontMetricsF(font).horizontalAdvance(shown)
        self.edit.setFixedWidth(round(width) + AROUND_FIGURES)
        self.edit.setFixedHeight(self._look.px(92))

    def _figures(self, *, large: bool = True) -> QFont:
        return self._look.sized(76 if large else 34, 600, display=True)

    def _describe(self) -> None:
        empty = pgettext("a field of a volume", "empty")
        said = empty if self._value is None else decimal(f"{self._value:g} {self.unit.text()}")
        self.edit.setAccessibleName(self._name)
        for part in (self.less, self.more, self.edit):
            part.setAccessibleDescription(said)
