"""Settings: sections of rows, each kept at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.cards import ScrollArea
from guide.kit.direction import margins
from guide.kit.look import Look
from guide.kit.nesting import nest
from guide.kit.words import effective
from guide.language import _, pgettext
from guide.pages.settings.hers import AloneSection, PhotoSection
from guide.pages.settings.key_section import KeySection
from guide.pages.settings.pump import PumpSection
from guide.pages.settings.sections import Sections
from guide.pages.settings.sounds import SoundsSection
from guide.pages.settings.view import FAMILIES, SettingsChoices
from guide.store.settings import Settings

MARGIN: Final = 40
GAP: Final = 16
TWO_COLUMNS_FROM: Final = 980


class SettingsPage(Sections):
    """Shows what was chosen, and what else can be asked for."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._choices: SettingsChoices | None = None
        self._wide: bool | None = None
        # Tab goes by the order in which controls are made, so sections are made as they are read
        above = [self._speech(), self._sound()]
        self.sounds = SoundsSection(look=look, parent=self._content)
        self.sounds.told.connect(self._tell)
        above += [self.sounds, self._light()]
        self.pump = PumpSection(look=look, parent=self._content)
        self.pump.told.connect(self._tell)
        partner = self._partner()
        self.photos = PhotoSection(look=look, parent=self._content)
        self._left = [*above, self.pump, partner, self.photos]
        hands_free = self._hands_free()
        self.keys = KeySection(look=look, parent=self._content)
        self.keys.told.connect(self._tell)
        self.key_rows = self.keys.key_rows
        right = [hands_free, self.keys, self._session(), self._days()]
        self.alone = AloneSection(look=look, parent=self._content)
        self._right = [*right, self.alone]
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._columns.setSpacing(GAP)
        for sections in (self._left, self._right):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for section in sections:
                column.addWidget(section)
            column.addStretch(1)
            nest(self._columns, column, 1)
        self._shows += [
            self.keys.show_settings,
            self.photos.show_photos,
            self.pump.show_settings,
            self.sounds.show_settings,
        ]
        self.controls |= {
            "sounds": self.sounds.sound,
            "sounds_volume": self.sounds.volume,
            "sounds_soften": self.sounds.softer,
            **self.pump.fields,
            "switches_mode": self.pump.switch,
        }
        for inner, outer in (
            (self.keys.asked, self.learn_key_asked),
            (self.keys.moved, self.key_moved),
            (self.keys.forgotten, self.key_forgotten),
            (self.photos.asked, self.photos_asked),
            (self.photos.removed, self.photo_removed),
            (self.alone.files_asked, self.files_asked),
            (self.alone.export_asked, self.export_asked),
            (self.alone.import_asked, self.import_asked),
            (self.alone.archive_asked, self.archive_asked),
            (self.alone.restore_asked, self.restore_asked),
            (self.alone.copy_asked, self.copy_asked),
            (self.alone.erase_asked, self.erase_asked),
        ):
            inner.connect(outer)
        self.area = ScrollArea(self._content, look=look, parent=self)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.area)
        self.area.viewport().installEventFilter(self)
        look.changed.connect(self._arrange)

    def show_settings(self, settings: Settings, choices: SettingsChoices) -> None:
        self._settings = settings
        if choices != self._choices:  # a menu that has just been chosen from is left alone
            self._choices = choices
            there = settings.voice in (voice for voice, _name in choices.voices)
            self._voice.set_options(choices.voices, value=settings.voice if there else None)  # another language's
            families = [(name, _(FAMILIES[name]) if name in FAMILIES else name) for name in choices.families]
            self._family.set_options(families, value=settings.chime_family)
            system = ("", pgettext("a language", "Same as the system"))
            self._language.set_options([system, *choices.languages], value=settings.language)
        self.keys.keep_for_window(choices.window_keys)
        for show in self._shows:
            show(settings)
        self.awake.setText(choices.awake)
        self.awake.setVisible(bool(choices.awake))
        self.alone.show_folder(choices.folder, choices.version, copy=choices.copy)

    # where it stands

    def _arrange(self) -> None:
        wide = effective(self.width(), self._look.scale) >= TWO_COLUMNS_FROM
        if wide != self._wide:
            self._wide = wide
            way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
            self._columns.setDirection(way)
            for number in range(2):
                self._columns.setStretch(number, 1)
        right = max(0, MARGIN - (self.area.width() - self.area.viewport().width()))
        self._columns.setContentsMargins(margins(MARGIN, 6, right, 40))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
