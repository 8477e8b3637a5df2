"""Background sounds in Settings: which, how loud, softer for words, and the folders of her own."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide.kit.buttons import Button
from guide.kit.choices import Select, Switch
from guide.kit.look import Look
from guide.kit.rows import Row
from guide.kit.slider import Slider
from guide.kit.tips import tip
from guide.language import _, pgettext
from guide.live.beneath import NAMES
from guide.pages.settings.section import Section
from guide.store.settings import Beneath, Settings

STEP: Final = 5  # percent


class SoundsSection(Section):
    """`told` carries a setting's name and its value; a sound that may need a folder first is `chosen`."""

    told = Signal(str, object)
    chosen = Signal(object)
    folder_asked = Signal(object)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Background sounds"), look=look, icon="rain", parent=parent)
        self._volume = 0
        options = [(None, pgettext("a sound", "As the routine asks")), *((one, _(NAMES[one])) for one in Beneath)]
        self.sound = Select(options, look=look, name=_("Sound"))
        self.sound.chosen.connect(self._choose)
        self.add(Row(_("Sound"), self.sound, look=look, parent=self))
        name = _("How loud the sounds are")
        self.volume = Slider(name, look=look, minimum=0, maximum=100, step=STEP, said=lambda value: f"{value} %")
        self.volume.setMaximumWidth(240)
        self.volume.valueChanged.connect(self._turn)
        self.volume.sliderReleased.connect(self._turn)
        self.add(Row(_("Volume"), self.volume, look=look, parent=self))
        words = _("Softer while the voice speaks")
        self.softer = Switch(words, look=look)
        self.softer.clicked.connect(lambda on: self.told.emit("sounds_soften", on))
        self.softer_row = Row(words, self.softer, look=look, parent=self)
        self.add(self.softer_row)
        self.music = self._folder(_("My music folder"), Beneath.MUSIC)
        self.baby = self._folder(_("Baby's sounds"), Beneath.BABY)

    def show_settings(self, settings: Settings) -> None:
        """Off hides nothing: what has no use then is unavailable."""
        self.sound.set_value(settings.sounds)
        self._volume = round(settings.sounds_volume * 100)
        if not self.volume.isSliderDown():
            self.volume.setValue(self._volume)
        self.softer.setChecked(settings.sounds_soften)
        for control in (self.volume, self.softer):
            control.setEnabled(settings.sounds is not Beneath.OFF)
        for row, folder in ((self.music, settings.music), (self.baby, settings.baby_sounds)):
            row.set_hint(PurePath(folder).name or folder if folder else _("No folder chosen yet"))
            row.setToolTip(tip(folder) if folder else "")

    def _folder(self, words: str, of: Beneath) -> Row:
        button = Button(_("Choose…"), look=self._look, icon="folder", size="small")
        button.setAccessibleName(_("Choose a folder: {what}").format(what=words))
        button.clicked.connect(lambda: self.folder_asked.emit(of))
        row = Row(words, button, look=self._look, hint=_("No folder chosen yet"), parent=self)
        self.add(row)
        return row

    def _choose(self, value: object) -> None:
        if value is None:
            self.told.emit("sounds", None)
        else:
            self.chosen.emit(value)

    def _turn(self) -> None:
        """While it is dragged nothing is told, so that the page does not change under the hand."""
        if not self.volume.isSliderDown() and self.volume.value() != self._volume:
            self.told.emit("sounds_volume", self.volume.value() / 100)
