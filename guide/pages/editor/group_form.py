"""The form of a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.look import Look
from guide.kit.stepper import Stepper
from guide.language import _, in_words
from guide.pages.editor.document import RoutineText
from guide.pages.editor.form import Form, text_of
from guide.pages.editor.kind_grid import ChoiceRow
from guide.pages.editor.outline import repeated
from guide.pages.editor.places import written_place
from guide.pages.editor.step_form import SIDES
from guide.store.yaml.edit import set_repeat


class GroupForm(Form):
    """How often a group is done, and on which side."""

    mends_all = "repeat"
    dissolve_asked = Signal(object)

    def __init__(self, *, look: Look, text: RoutineText, parent: QWidget | None = None) -> None:
        super().__init__(look=look, text=text, parent=parent)
        self.times = Stepper(
            _("Repeat"), look=look, value=1, minimum=1, maximum=50, said=repeated, wrap=True, parent=self
        )
        self.column.addWidget(self.field("repeat", _("How often"), self.times))
        self.side = ChoiceRow([("", _("As each step says")), *in_words(SIDES)], look=look, name=_("Side"), parent=self)
        hint = _("Each does the whole group on one side, then on the other. Steps with a side of their own keep it.")
        self.column.addWidget(self.field("side", _("Side"), self.side, hint=hint))
        self.apart = Button(_("Ungroup"), look=look, icon="repeat", parent=self)
        self.column.addWidget(self.apart)
        self.column.addStretch(1)
        self.times.stepped.connect(self._repeat)
        self.side.chosen.connect(lambda side: self.write("side", str(side)))
        self.apart.clicked.connect(lambda: self.dissolve_asked.emit(self.place))

    @override
    def show_values(self, values: Mapping[str, Any], *, fresh: bool) -> None:
        repeat = text_of(values, "repeat")
        self.times.set_value(int(repeat) if repeat.isdecimal() and len(repeat) < 4 else 1)
        self.side.set_value(text_of(values, "side"))

    def _repeat(self, times: int) -> None:
        place = self.place
        self.cut(
            lambda text: set_repeat(text, place, times),
            field=self.fields["repeat"],
            merge=written_place(place, "repeat"),
        )
