"""Her pump in Settings: its name, the flanges and the comfortable level of each side, in her own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide.kit.choices import Switch
from guide.kit.fields import Field
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.rows import Row
from guide.language import _, pgettext
from guide.pages.settings.section import Section
from guide.store.settings import LONGEST_FIGURE, LONGEST_PUMP, Settings

USUAL_FIGURE: Final = "24.5"  # what is longer is there too, and scrolls

FIGURE: Final = re.compile(r"\d{1,2}(?:[.,]\d)?")  # millimetres; what else is typed there is no size


class PumpSection(Section):
    """`told` carries a setting's name and its new value, once a field is left."""

    told = Signal(str, object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Your pump"), look=look, icon="pump", parent=parent)
        self.explain(_("Note what you like. A routine that speaks of the suction then names your level."))
        self._fields: dict[str, Field] = {}
        name = self._field("pump_name", _("Name of your pump"), most=LONGEST_PUMP)
        name.setPlaceholderText(pgettext("a pump without a name", "None noted"))
        self.add(Row(_("Name"), name, look=look, parent=self))
        self.add(self._sides(_("Flanges, in mm"), "flange", _("Flange, left, in mm"), _("Flange, right, in mm")))
        level = self._sides(
            _("Comfortable level"), "level", _("Comfortable level, left"), _("Comfortable level, right")
        )
        self.add(level)
        self.explain(_("As your pump counts. Lower it whenever it does not feel good."))
        words = _("Remind me of the expression mode")
        self.switch = Switch(words, look=look)
        self.switch.clicked.connect(lambda on: self.told.emit("switches_mode", on))
        hint = _("For a pump that stays light and fast until you switch it. Shown where the pump begins.")
        self.add(Row(words, self.switch, look=look, hint=hint, parent=self))
        look.changed.connect(self._fit)
        self._fit()

    @property
    def fields(self) -> Mapping[str, Field]:
        return MappingProxyType(self._fields)

    def show_settings(self, settings: Settings) -> None:
        """A field that is being written in is left alone."""
        for setting, field in self._fields.items():
            if not field.hasFocus() and field.text() != getattr(settings, setting):
                field.setText(getattr(settings, setting))
        self.switch.setChecked(settings.switches_mode)

    def _field(self, setting: str, name: str, *, most: int) -> Field:
        field = Field(name, look=self._look, parent=self)
        field.setMaxLength(most)
        field.editingFinished.connect(lambda: self._tell(setting))
        self._fields[setting] = field
        return field

    def _sides(self, words: str, figure: str, left: str, right: str) -> Row:
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        sides = (("left", pgettext("a side", "Left"), left), ("right", pgettext("a side", "Right"), right))
        for side, shown, name in sides:
            label = Label(shown, look=self._look, role="small", tint="text2", parent=pair)
            row.addWidget(label)
            row.addWidget(self._field(f"{figure}_{side}", name, most=LONGEST_FIGURE))
        return Row(words, pair, look=self._look, parent=self)

    def _tell(self, setting: str) -> None:
        field = self._fields[setting]
        text = " ".join(field.text().split())
        if setting.startswith("flange"):
            found = FIGURE.search(text)
            text = found[0] if found else ""
        if field.text() != text:
            field.setText(text)
        self.told.emit(setting, text)

    def _fit(self) -> None:
        figure = round(QFontMetricsF(self._look.font("body")).horizontalAdvance(USUAL_FIGURE)) + 32
        for setting, field in self._fields.items():
            if setting != "pump_name":
                field.setFixedWidth(figure)
