"""Settings: sections of rows, each kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.buttons import Button, IconButton
from guide.kit.cards import Card, ScrollArea
from guide.kit.choices import Segmented, Select, Switch
from guide.kit.flow import FlowRow
from guide.kit.guard import Guarded
from guide.kit.label import Heading, Label
from guide.kit.look import Look
from guide.kit.marks import Rule
from guide.kit.rows import Glyph, Row, clear
from guide.kit.slider import Slider
from guide.kit.stepper import Stepper
from guide.kit.words import effective
from guide.language import _, pgettext
from guide.pages.settings.keys import LEARNABLE, KeyRow
from guide.pages.settings.view import FAMILIES, SettingsChoices, half_hours
from guide.store.settings import Motion, Settings, Tap, Theme, Units

MARGIN: Final = 40
GAP: Final = 16
TWO_COLUMNS_FROM: Final = 980


class Section(Card):
    """A card of rows that belong together, with a line between them."""

    def __init__(self, title: str, *, look: Look, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(look=look, radius=24, padding=0, parent=parent)
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(26, 20, 26, 16)
        self._column.setSpacing(0)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(10)
        if icon is not None:
            head.addWidget(Glyph(icon, look=look, side=22, parent=self))
        head.addWidget(Heading(title, look=look, role="h3", parent=self), 1)
        self._column.addLayout(head)
        self._column.addSpacing(2)
        self.setAccessibleName(title)
        self._rows = 0

    def add(self, widget: QWidget) -> None:
        if self._rows:
            self._column.addWidget(Rule(look=self._look, parent=self))
        self._rows += 1
        self._column.addWidget(widget)

    def explain(self, words: str) -> None:
        label = Label(words, look=self._look, role="small", tint="text2", wrap=True, parent=self)
        label.setContentsMargins(0, 4, 0, 8)
        self.add_below(label)

    def add_below(self, widget: QWidget) -> None:
        """Add without a line above it."""
        self._rows += 1
        self._column.addWidget(widget)


class SettingsPage(Guarded, QWidget):
    """Shows what was chosen; `changed` carries a setting's name and its new value."""

    changed = Signal(str, object)
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
        super().__init__(parent)
        self._look = look
        self._settings = Settings()
        self._choices: SettingsChoices | None = None
        self._shows: list[Callable[[Settings], None]] = []
        self._wide: bool | None = None
        self.controls: dict[str, QWidget] = {}
        self.rows: dict[str, Row] = {}
        self._content = QWidget(self)
        self._left = [self._speech(), self._light(), self._sound(), self._partner(), self._photos()]
        self._right = [self._hands_free(), self._session(), self._keys(), self._days(), self._alone()]
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._columns.setSpacing(GAP)
        for sections in (self._left, self._right):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for section in sections:
                column.addWidget(section)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
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
        self.folder.setText(choices.folder)
        self.folder.setVisible(bool(choices.folder))
        self.version.setText(_("Pumping Guide {version}").format(version=choices.version) if choices.version else "")

    # the sections

    def _speech(self) -> Section:
        section = Section(_("Language"), look=self._look, parent=self._content)
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
        section = Section(_("Voice and sound"), look=look, parent=self._content)
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

    def _photos(self) -> Section:
        section = Section(_("Photo or video of your baby"), look=self._look, icon="photo", parent=self._content)
        section.explain(_("Shown while you pump, if you like. The files stay where they are; nothing is copied."))
        self._photo_list = QWidget(section)
        self._photo_rows = QVBoxLayout(self._photo_list)
        self._photo_rows.setContentsMargins(0, 0, 0, 0)
        self._photo_rows.setSpacing(0)
        self.remove_buttons: dict[str, IconButton] = {}
        section.add_below(self._photo_list)
        buttons = FlowRow(parent=section)
        self.photo_button = Button(_("Choose…"), look=self._look, icon="photo", size="small", parent=section)
        self.photo_button.setAccessibleName(_("Choose a photo or a video"))
        self.photo_button.clicked.connect(self.photos_asked)
        buttons.add(self.photo_button)
        buttons.setContentsMargins(0, 10, 0, 6)
        section.add_below(buttons)
        self._shows.append(self._show_photos)
        return section

    def _alone(self) -> Section:
        look = self._look
        section = Section(_("Yours alone"), look=look, icon="lock", parent=self._content)
        section.explain(_("Nothing leaves this computer. No account, no network."))
        self.folder = Label("", look=look, role="small", tint="text3", wrap=True, parent=section)
        section.add_below(self.folder)
        buttons = FlowRow(gap=10, parent=section)
        self.files_button = Button(_("Show files"), look=look, icon="folder", size="small", parent=section)
        self.export_button = Button(_("Export"), look=look, icon="export", size="small", parent=section)
        self.import_button = Button(_("Import"), look=look, icon="import", size="small", parent=section)
        self.archive_button = Button(_("Take everything along"), look=look, icon="export", size="small", parent=section)
        self.restore_button = Button(_("Bring everything back"), look=look, icon="import", size="small", parent=section)
        self.erase_button = Button(_("Erase everything…"), look=look, role="quiet", size="small", parent=section)
        for button, asked in (
            (self.files_button, self.files_asked),
            (self.export_button, self.export_asked),
            (self.import_button, self.import_asked),
            (self.archive_button, self.archive_asked),
            (self.restore_button, self.restore_asked),
            (self.erase_button, self.erase_asked),
        ):
            button.clicked.connect(asked)
            buttons.add(button)
        buttons.setContentsMargins(0, 12, 0, 6)
        section.add_below(buttons)
        self.version = Label("", look=look, role="small", tint="text3", parent=section)
        section.add_below(self.version)
        return section

    # the rows

    def _row(self, section: Section, field: str, words: str, *controls: QWidget, hint: str = "") -> Row:
        row = Row(words, *controls, look=self._look, hint=hint, parent=section)
        section.add(row)
        self.rows[field] = row
        return row

    def _switch(self, section: Section, field: str, words: str, hint: str = "") -> None:
        switch = Switch(words, look=self._look)
        switch.clicked.connect(lambda on: self._tell(field, on))
        self._shows.append(lambda settings: switch.setChecked(getattr(settings, field)))
        self.controls[field] = switch
        self._row(section, field, words, switch, hint=hint)

    def _choice(self, section: Section, field: str, words: str, options: Sequence[tuple[object, str]]) -> None:
        segmented = Segmented(options, look=self._look, name=words)
        segmented.chosen.connect(lambda value: self._tell(field, value))
        self._shows.append(lambda settings: segmented.set_value(getattr(settings, field)))
        self.controls[field] = segmented
        self._row(section, field, words, segmented)

    def _select(self, field: str, words: str, options: Sequence[tuple[object, str]]) -> Select:
        select = Select(options, look=self._look, name=words)
        select.chosen.connect(lambda value: self._tell(field, value))
        self._shows.append(lambda settings: select.set_value(getattr(settings, field)))
        self.controls[field] = select
        return select

    def _share(self, section: Section, field: str, words: str, *, most: int = 100, on: str = "") -> None:
        self._slider(
            section,
            field,
            words,
            ends=(0, most, 5),
            to_slider=lambda value: round(value * 100),
            from_slider=lambda value: value / 100,
            said=lambda value: f"{value} %",
            on=on,
        )

    def _slider(
        self,
        section: Section,
        field: str,
        words: str,
        *,
        ends: tuple[int, int, int],
        to_slider: Callable[[float], int],
        from_slider: Callable[[int], float],
        said: Callable[[int], str],
        on: str = "",
    ) -> None:
        """Add a slider; while it is dragged nothing is told, so that the page does not change under the hand."""
        low, high, step = ends
        slider = Slider(words, look=self._look, minimum=low, maximum=high, step=step, said=said)
        slider.setMaximumWidth(240)

        def tell() -> None:
            if not slider.isSliderDown() and to_slider(getattr(self._settings, field)) != slider.value():
                self._tell(field, from_slider(slider.value()))

        def show(settings: Settings) -> None:
            if not slider.isSliderDown():
                slider.setValue(to_slider(getattr(settings, field)))
            slider.setEnabled(not on or getattr(settings, on))

        slider.valueChanged.connect(tell)
        slider.sliderReleased.connect(tell)
        self._shows.append(show)
        self.controls[field] = slider
        self._row(section, field, words, slider)

    def _stepper(
        self,
        section: Section,
        field: str,
        words: str,
        *,
        ends: tuple[int, int],
        hint: str = "",
        on: str = "",
        to_stepper: Callable[..., int] = int,
        from_stepper: Callable[[int], object] = int,
        said: Callable[[int], str] = str,
    ) -> None:
        stepper = Stepper(words, look=self._look, value=ends[0], minimum=ends[0], maximum=ends[1], said=said)
        stepper.stepped.connect(lambda value: self._tell(field, from_stepper(value)))

        def show(settings: Settings) -> None:
            stepper.set_value(to_stepper(getattr(settings, field)))
            stepper.setEnabled(not on or getattr(settings, on))

        self._shows.append(show)
        self.controls[field] = stepper
        self._row(section, field, words, stepper, hint=hint)

    def _tell(self, field: str, value: object) -> None:
        self.changed.emit(field, value)

    # keys and photos

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

    def _show_photos(self, settings: Settings) -> None:
        if tuple(self.remove_buttons) == settings.photos:
            return
        clear(self._photo_rows)
        self.remove_buttons = {}
        before: QWidget = self.photo_button
        for photo in settings.photos:
            name = PurePath(photo).name
            remove = IconButton("x", _("No longer show {name}").format(name=name), look=self._look, icon_side=18)
            remove.clicked.connect(lambda _=False, photo=photo: self.photo_removed.emit(photo))
            row = Row(name, remove, look=self._look, height=44, parent=self._photo_list)
            row.setToolTip(photo)
            self._photo_rows.addWidget(row)
            QWidget.setTabOrder(before, remove)
            before = remove
            self.remove_buttons[photo] = remove
        self._photo_list.setVisible(bool(settings.photos))

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
