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
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.rows import Row
from guide.kit.steady import held_in_place
from guide.language import _, pgettext
from guide.pages.settings.section import Section
from guide.store.settings import LONGEST_FIGURE, LONGEST_PUMP, Settings

USUAL_FIGURE: Final = "24.5"  # what is longer is there too, and scrolls

NARROWEST, WIDEST = 10, 40  # millimetres: what flanges and their inserts are sold in
MOST_LEVEL: Final = 400  # a pump that counts in mmHg pulls with about 250, and none with more than this
_SIZE: Final = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:mm)?", re.IGNORECASE)
_LEVEL: Final = re.compile(r"(\d{1,3})(?:[.,]\d{1,2})?(?:\s*[/–-]\s*(\d{1,3}))?\s*(?:%|[^\W\d_]{1,8}\.?)?")


def size_of(text: str) -> str | None:
    """
    Read a flange's size in mm, None where it is none.

    >>> [size_of(text) for text in ("24 mm", "22,5mm", "", "500", "-1", "0", "abc")]
    ['24', '22,5', '', None, None, None, None]
    """
    found = _SIZE.fullmatch(text)
    if found is None:
        return None if text else ""
    return found[1] if NARROWEST <= float(found[1].replace(",", ".")) <= WIDEST else None


def level_of(text: str) -> str | None:
    """
    Read a level as a pump counts it, a figure or a word, None where no pump counts so.

    >>> [level_of(text) for text in ("5", "5,5", "7/9", "60 %", "200 mmHg", "low", "")]
    ['5', '5,5', '7/9', '60 %', '200 mmHg', 'low', '']
    >>> [level_of(text) for text in ("99999", "1e9", "24:00", "-1", "500")]
    [None, None, None, None, None]
    """
    if not any(letter.isdigit() for letter in text) and text[:1] not in {"-", "−", "–"}:
        return text
    found = _LEVEL.fullmatch(text)
    return text if found and all(int(figure) <= MOST_LEVEL for figure in found.groups() if figure) else None


class PumpSection(Section):
    """
    `told` carries a setting's name and its new value, once a field is left.

    What cannot be a size or a level stays as it was typed, with what is possible beneath, until it is right.
    """

    told = Signal(str, object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Your pump"), look=look, icon="pump", parent=parent)
        self.explain(_("Note what you like. A routine that speaks of the suction then names your level."))
        self._fields: dict[str, Field] = {}
        self._wrong: set[str] = set()
        self._notes: dict[str, Label] = {}
        name = self._field("pump_name", _("Name of your pump"), most=LONGEST_PUMP)
        name.setPlaceholderText(pgettext("a pump without a name", "None noted"))
        self.add(Row(_("Name"), name, look=look, parent=self))
        self.add(self._sides(_("Flanges, in mm"), "flange", _("Flange, left, in mm"), _("Flange, right, in mm")))
        self._note("flange")
        level = self._sides(
            _("Comfortable level"), "level", _("Comfortable level, left"), _("Comfortable level, right")
        )
        self.add(level)
        self._note("level")
        self.explain(_("In your pump's own numbers. Lower it whenever it does not feel good."))
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
            if setting not in self._wrong and not field.hasFocus() and field.text() != getattr(settings, setting):
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
        typed = " ".join(field.text().split())
        figure = setting.partition("_")[0]
        text = {"flange": size_of, "level": level_of}.get(figure, str)(typed)
        if text is None:
            self._wrong.add(setting)
        else:
            self._wrong.discard(setting)
            if field.text() != text:
                field.setText(text)
        self._tell_wrong(figure, field)
        if text is not None:
            self.told.emit(setting, text)

    def _note(self, figure: str) -> None:
        """Make room for what is possible, beneath the two sides of a figure."""
        note = self._notes[figure] = Label(
            "", look=self._look, role="small", tint="accent_text", wrap=True, parent=self
        )
        note.setContentsMargins(0, 0, 0, 8)
        note.hide()
        self.add_below(note)

    def _tell_wrong(self, figure: str, field: Field) -> None:
        note = self._notes.get(figure)
        if note is None:
            return
        wrong = any(setting.startswith(figure) for setting in self._wrong)
        sentence = {
            "flange": _("A flange is from {least} to {most} mm wide. What is written there is not saved.").format(
                least=NARROWEST, most=WIDEST
            ),
            "level": _(
                "A level is a figure up to {most}, or a word such as “gentle”. What is written there is not saved."
            ).format(most=MOST_LEVEL),
        }[figure]
        fresh = wrong and note.isHidden()
        with held_in_place():
            note.setText(sentence if wrong else "")
            note.setVisible(wrong)
        for setting, line in self._fields.items():
            line.setAccessibleDescription(sentence if setting in self._wrong and setting.startswith(figure) else "")
        if fresh:
            announce(field, sentence)

    def _fit(self) -> None:
        figure = round(QFontMetricsF(self._look.font("body")).horizontalAdvance(USUAL_FIGURE)) + 32
        for setting, field in self._fields.items():
            if setting != "pump_name":
                field.setFixedWidth(figure)
