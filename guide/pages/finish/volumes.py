"""The volumes of a session: a side each, both together, and what was usual."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide.amounts import volume_words
from guide.core.record import STEP_ML, ml_from_oz, oz
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.volume_stepper import VolumeStepper
from guide.language import N_, _
from guide.pages.finish.parts import NotePair, SideCard
from guide.pages.finish.view import FinishView, Noted, Unread

# in ounces, and by hand, where there may be drops only
STEPS: Final = {(False, False): STEP_ML, (False, True): 0.5, (True, False): 0.25, (True, True): 0.02}
HINTS: Final = {
    (False, False): N_("Steps of 5 mL · hold to go faster"),
    (False, True): N_("Steps of 0.5 mL · hold to go faster"),
    (True, False): N_("Steps of ¼ fl oz · hold to go faster"),
    (True, True): N_("Steps of 0.02 fl oz · hold to go faster"),
}


class Volumes(QWidget):
    """
    `entered` carries a field of the record and mL, whatever she reads them in; None is not noted.

    Enter leads from one amount to the other; `gone_on` says that there is none here any more.
    """

    entered = Signal(str, object)
    gone_on = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ounces = self._drops = False
        self._ml: dict[Noted, float | None] = {}
        self._why: dict[VolumeStepper, str] = {}  # what was typed does not read
        self.left = VolumeStepper(_("Left"), look=look, parent=self)
        self.right = VolumeStepper(_("Right"), look=look, parent=self)
        self.together = Label("", look=look, role="label", tint="text2", weight=400, parent=self)
        self.steps = Label("", look=look, role="label", tint="text2", weight=400, wrap=True, parent=self)
        self.usual = Label("", look=look, role="small", tint="text2", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        left = SideCard("left", _("Left"), self.left, look=look)
        right = SideCard("right", _("Right"), self.right, look=look)
        self._cards = (left, right)
        column.addWidget(NotePair(left, right, gap=20))
        sums = QHBoxLayout()
        sums.setContentsMargins(6, 0, 6, 0)
        sums.setSpacing(20)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sums.addWidget(self.together)
        sums.addWidget(self.steps, 1)
        nest(column, sums)
        self.usual.setContentsMargins(6, 0, 6, 0)
        column.addWidget(self.usual)
        self.left.entered.connect(lambda value: self._enter("left_ml", value))
        self.right.entered.connect(lambda value: self._enter("right_ml", value))
        self.left.gone_on.connect(lambda: self.right.edit.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.right.gone_on.connect(self.gone_on)
        for stepper in (self.left, self.right):
            stepper.refused.connect(partial(self._say_why, stepper))
        look.changed.connect(self._align)
        self._align()

    def show_view(self, view: FinishView) -> None:
        self._ounces, self._drops = view.units == "oz", view.by_hand
        self._ml = {"left_ml": view.left_ml, "right_ml": view.right_ml}
        for stepper, noted in ((self.left, view.left_ml), (self.right, view.right_ml)):
            stepper.set_unit(ounces=self._ounces, step=STEPS[self._ounces, self._drops])
            stepper.set_value(None if noted is None else oz(noted) if self._ounces else round(noted, 2))
        self.setVisible(not view.number_free)
        self.usual.setText(view.usual)
        self.usual.setVisible(bool(view.usual))
        self._sum_up()

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What was typed and is not noted."""
        sides = ((self.left, _("Left")), (self.right, _("Right")))
        return tuple(
            Unread(stepper is self.left, name, stepper.unread, self._why[stepper])
            for stepper, name in sides
            if stepper.unread
        )

    def type_again(self, unread: tuple[Unread, ...]) -> None:
        """Put back what was typed, with the focus on the first of it."""
        for one in unread:
            (self.left if one.left else self.right).type_again(one.typed)
        self.ask_again()

    def ask_again(self) -> bool:
        """Lead to an amount that does not read; False where each does."""
        for stepper, why in self._why.items():
            if why:
                stepper.edit.setFocus(Qt.FocusReason.TabFocusReason)
                announce(stepper.edit, why)
                return True
        return False

    def _align(self) -> None:
        widest = max(card.name_width for card in self._cards)
        for card in self._cards:
            card.set_name_width(widest)

    def _say_why(self, stepper: VolumeStepper, why: str) -> None:
        self._why[stepper] = why
        self._sum_up()

    def _enter(self, field: Noted, value: object) -> None:
        ml: float | None = None
        if isinstance(value, int | float):
            ml = ml_from_oz(value) if self._ounces else float(value)
        self._ml[field] = ml
        self._sum_up()
        self.entered.emit(field, ml)

    def _sum_up(self) -> None:
        """Both sides together; where one does not read, nothing is summed, and its own side says what would."""
        sides = [ml for ml in self._ml.values() if ml is not None]
        ounces, unread = self._ounces, self.unread
        why = unread[0].why if unread else ""
        self.together.setVisible(bool(sides) and not why)
        text = volume_words(sum(sides), ounces=ounces)
        self.together.set_parts([(_("Together "), False), (text, True)] if sides else [])
        hint = _(HINTS[ounces, self._drops])
        edge = Qt.AlignmentFlag.AlignLeft if unread and unread[0].left else Qt.AlignmentFlag.AlignRight
        self.steps.setAlignment(edge | Qt.AlignmentFlag.AlignVCenter)
        self.steps.set_tint("accent_text" if why else "text2")
        if why:
            self.steps.setText(_("{side}: {why}").format(side=unread[0].side, why=why))
        else:
            self.steps.setText(_("Noted. The stimulation counts too.") if 0 in sides else hint)
