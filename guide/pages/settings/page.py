"""Settings: sections of rows, each kept at once."""

from __future__ import annotations

from datetime import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button
from guide.kit.cards import ScrollArea
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.words import effective
from guide.language import _, pgettext
from guide.pages.settings.hers import AloneSection, PhotoSection
from guide.pages.settings.keys import LEARNABLE, KeyRow
from guide.pages.settings.pump import PumpSection
from guide.pages.settings.section import Section, SettingRows
from guide.pages.settings.sounds import SoundsSection
from guide.pages.settings.view import FAMILIES, SettingsChoices, half_hours
from guide.store.glance import Theme
from guide.store.settings import Motion, Settings, Tap, Units

MARGIN: Final = 40
GAP: Final = 16
TWO_COLUMNS_FROM: Final = 980


class SettingsPage(SettingRows):
    """Shows what was chosen, and what else can be asked for."""

    listen_asked = Signal()
    voices_asked = Signal()
    chime_listen_asked = Signal()
    learn_key_asked = Signal(str)
    words_asked = Signal()
    key_forgotten = Signal(str)
    key_moved = Signal(str, str, str)  # the key, what it did, what it does now
    photos_asked = Signal()
    photo_removed = Signal(str)
    files_asked = Signal()
    export_asked = Signal()
    import_asked = Signal()
    archive_asked = Signal()
    restore_asked = Signal()
    erase_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._choices: SettingsChoices | None = None
        self._wide: bool | None = None
        self._content = QWidget(self)
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
        right = [self._hands_free(), self._keys(), self._session(), self._days()]
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
            self._columns.addLayout(column, 1)
        self._shows += [self.photos.show_photos, self.pump.show_settings, self.sounds.show_settings]
        self.controls |= {
            "sounds": self.sounds.sound,
            "sounds_volume": self.sounds.volume,
            "sounds_soften": self.sounds.softer,
            **self.pump.fields,
            "switches_mode": self.pump.switch,
        }
        for inner, outer in (
            (self.photos.asked, self.photos_asked),
            (self.photos.removed, self.photo_removed),
            (self.alone.files_asked, self.files_asked),
            (self.alone.export_asked, self.export_asked),
            (self.alone.import_asked, self.import_asked),
            (self.alone.archive_asked, self.archive_asked),
            (self.alone.restore_asked, self.restore_asked),
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
            self._voice.set_options(choices.voices, value=settings.voice)
            families = [(name, _(FAMILIES[name]) if name in FAMILIES else name) for name in choices.families]
            self._family.set_options(families, value=settings.chime_family)
            system = ("", pgettext("a language", "As the system has it"))
            self._language.set_options([system, *choices.languages], value=settings.language)
        for show in self._shows:
            show(settings)
        self.awake.setText(choices.awake)
        self.awake.setVisible(bool(choices.awake))
        self.alone.show_folder(choices.folder, choices.version)

    # the sections

    def _speech(self) -> Section:
        section = Section(_("Language"), look=self._look, icon="globe", parent=self._content)
        self._language = self._select("language", _("Language"), ())
        self._row(section, "language", _("Language of the screen"), self._language)
        section.explain(_("A routine keeps its own language, and its voice with it."))
        return section

    def _light(self) -> Section:
        section = Section(_("Light and text"), look=self._look, parent=self._content)
        self._choice(
            section,
            "theme",
            _("Theme"),
            ((Theme.NIGHT, _("Night")), (Theme.LIGHT, _("Light")), (Theme.SYSTEM, _("System"))),
        )
        self._switch(section, "dim_at_night", _("Dim further from 22:00 to 06:00"))
        self._share(section, "dim_level", _("How much further"), most=40, on="dim_at_night")
        self._slider(
            section,
            "text_scale",
            _("Text size"),
            ends=(90, 160, 5),
            to_slider=lambda value: round(value * 100),
            from_slider=lambda value: value / 100,
            said=lambda value: f"{value} %",
        )
        motions = ((Motion.GENTLE, _("Gentle")), (Motion.STILL, _("Still")), (Motion.SYSTEM, _("System")))
        self._choice(section, "motion", _("Moving pictures"), motions)
        return section

    def _sound(self) -> Section:
        look = self._look
        section = Section(_("Voice and sound"), look=look, icon="voice", parent=self._content)
        self._switch(section, "voice_on", _("Spoken prompts"))
        self._voice = self._select("voice", _("Voice"), ((None, _("The usual voice")),))
        self.listen_button = Button(_("Listen"), look=look, icon="voice", size="small")
        self.listen_button.setAccessibleName(_("Listen to the voice"))
        self.listen_button.clicked.connect(self.listen_asked)
        self._row(section, "voice", _("Voice"), self._voice, self.listen_button)
        self.voices_button = Button(
            _("All voices, and recording one"), look=look, icon="right", role="quiet", size="small"
        )
        self.voices_button.clicked.connect(self.voices_asked)
        self._row(section, "voices", _("Voices"), self.voices_button)
        self._share(section, "voice_volume", _("Voice volume"))
        self._slider(
            section,
            "voice_rate",
            _("Pace of speech"),
            ends=(80, 260, 5),
            to_slider=round,
            from_slider=int,
            said=lambda value: _("{value} words a minute").format(value=value),
        )
        self._switch(section, "chimes_on", _("Soft chimes"))
        self._family = self._select("chime_family", _("Chimes"), ())
        self.chime_listen_button = Button(_("Listen"), look=look, icon="chime", size="small")
        self.chime_listen_button.setAccessibleName(_("Listen to the chimes"))
        self.chime_listen_button.clicked.connect(self.chime_listen_asked)
        self._row(section, "chime_family", _("Chimes"), self._family, self.chime_listen_button)
        self._share(section, "chime_volume", _("Chime volume"))
        self._switch(
            section,
            "quiet_night",
            _("Quiet night"),
            _("For a sleeping baby: hushed sound, larger words, and the window's edge glows at each step. Key Q."),
        )
        return section

    def _partner(self) -> Section:
        section = Section(_("For your partner"), look=self._look, icon="partner", parent=self._content)
        self._switch(
            section, "partner_shown", _("Show prompts for a helper"), _("Water, a warm cloth, a chore taken over.")
        )
        self._switch(section, "partner_said", _("Say them aloud"))
        return section

    def _hands_free(self) -> Section:
        section = Section(_("Hands-free"), look=self._look, icon="mic", parent=self._content)
        self.words_button = Button(_("Your words"), look=self._look, icon="right", size="small", parent=section)
        self.words_button.clicked.connect(self.words_asked)
        hint = _("Words of your own, in any language. Experimental; the microphone is closed until you switch it on.")
        self._row(section, "listen", _("Say it"), self.words_button, hint=hint)
        self._switch(
            section,
            "media_keys",
            _("Media keys and headset"),
            _("Play, next and back work with the window behind, where the system lets them."),
        )
        return section

    def _session(self) -> Section:
        section = Section(_("During a session"), look=self._look, parent=self._content)
        taps = ((Tap.NEXT, _("Next step")), (Tap.PAUSE, _("Pause")), (Tap.NOTHING, _("Nothing")))
        tap = self._select("tap", _("Tap anywhere on the session"), taps)
        self._row(section, "tap", _("Tap anywhere on the session"), tap)
        self._switch(section, "full_screen_at_start", _("Full screen at Start"))
        self._switch(
            section,
            "number_free",
            _("Without numbers"),
            _("Hides minutes and amounts. The ring, the step and the voice stay."),
        )
        self.awake = Label("", look=self._look, role="small", tint="text2", wrap=True, parent=section)
        self.awake.setContentsMargins(0, 4, 0, 8)
        section.add_below(self.awake)
        return section

    def _keys(self) -> Section:
        section = Section(_("Pedal and keys"), look=self._look, icon="pedal", parent=self._content)
        section.explain(_("Press Set, then any pedal or media key, and it works on the session page."))
        self.key_rows: dict[str, KeyRow] = {}
        for action in LEARNABLE:
            row = KeyRow(action, look=self._look, parent=section)
            row.set_button.began.connect(lambda action=action: self.learn_key_asked.emit(action))
            row.set_button.learned.connect(lambda key, action=action: self._learn(action, key))
            row.forget_button.clicked.connect(lambda _=False, action=action: self._forget(action))
            section.add(row)
            self.key_rows[action] = row
        self._shows.append(self._show_keys)
        return section

    def _days(self) -> Section:
        section = Section(_("Your days"), look=self._look, parent=self._content)
        self._choice(section, "units", _("Volume in"), ((Units.ML, "mL"), (Units.OZ, "oz")))
        self._stepper(
            section,
            "daily_goal",
            _("Sessions in 24 hours"),
            hint=_("A guide of your own, never a score. 0 hides it."),
            ends=(0, 24),
        )
        self._switch(
            section,
            "nudge_on",
            _("A nudge for the next session"),
            _("A quiet notification, counted from start to start."),
        )
        self._stepper(
            section,
            "nudge_hours",
            _("After"),
            ends=(1, 48),
            on="nudge_on",
            to_stepper=lambda value: round(value * 2),
            from_stepper=lambda value: value / 2,
            said=half_hours,
        )
        for field, words in (("quiet_from", _("No nudge from")), ("quiet_to", _("Until"))):
            self._stepper(
                section,
                field,
                words,
                ends=(0, 47),
                on="nudge_on",
                to_stepper=lambda value: value.hour * 2 + value.minute // 30,
                from_stepper=lambda value: time(value // 2, value % 2 * 30),
                said=lambda value: f"{value // 2:02d}:{value % 2 * 30:02d}",
            )
        return section

    # keys

    def _learn(self, action: str, key: str) -> None:
        """Give an action one more key, and take that key from any other."""
        kept = {name: tuple(one for one in keys if one != key) for name, keys in self._settings.learned_keys.items()}
        before = next((name for name, keys in self._settings.learned_keys.items() if key in keys), action)
        kept[action] = (*kept.get(action, ()), key)
        self._tell("learned_keys", {name: keys for name, keys in kept.items() if keys})
        if before != action:
            self.key_moved.emit(key, before, action)

    def _forget(self, action: str) -> None:
        kept = {name: keys for name, keys in self._settings.learned_keys.items() if name != action}
        self._tell("learned_keys", kept)
        self.key_forgotten.emit(action)

    def _show_keys(self, settings: Settings) -> None:
        for action, row in self.key_rows.items():
            row.show_keys(settings.learned_keys.get(action, ()))

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
        self._columns.setContentsMargins(MARGIN, 6, right, 40)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False
