"""The sections of Settings: which settings there are, and how each is chosen."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide.kit.buttons import Button
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _
from guide.pages.settings.section import Section, SettingRows
from guide.pages.settings.view import half_hours
from guide.store.glance import ThemeSetting
from guide.store.settings import MotionChoice, Tap, Units


class Sections(SettingRows):
    """Makes a section at a time; what is asked for beside a setting is a signal."""

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
    copy_asked = Signal()
    erase_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look=look, parent=parent)
        self._content = QWidget(self)

    def _speech(self) -> Section:
        section = Section(_("Language"), look=self._look, icon="globe", parent=self._content)
        self._language = self._select("language", _("Language"), ())
        self._row(section, "language", _("Language of the screen"), self._language)
        section.explain(_("A routine keeps its own language, and its voice with it."))
        return section

    def _light(self) -> Section:
        section = Section(_("Light and text"), look=self._look, icon="sun", parent=self._content)
        self._choice(
            section,
            "theme",
            _("Theme"),
            ((ThemeSetting.NIGHT, _("Night")), (ThemeSetting.LIGHT, _("Light")), (ThemeSetting.SYSTEM, _("System"))),
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
        motions = (
            (MotionChoice.GENTLE, _("Gentle")),
            (MotionChoice.STILL, _("Still")),
            (MotionChoice.SYSTEM, _("System")),
        )
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
            section, "partner_shown", _("Show prompts for your partner"), _("Water, a warm cloth, a chore taken over.")
        )
        self._switch(section, "partner_said", _("Say them aloud"))
        return section

    def _hands_free(self) -> Section:
        section = Section(_("Hands-free"), look=self._look, icon="mic", parent=self._content)
        self.words_button = Button(_("Your words"), look=self._look, icon="right", size="small", parent=section)
        self.words_button.clicked.connect(self.words_asked)
        hint = _("Words of your own, in any language. Experimental; the microphone is off until you switch it on.")
        self._row(section, "listen", _("Say it"), self.words_button, hint=hint)
        self._switch(
            section,
            "media_keys",
            _("Media keys and headset"),
            _("Play, next and back work in the background too, where the system lets them."),
        )
        return section

    def _session(self) -> Section:
        section = Section(_("During a session"), look=self._look, icon="play", parent=self._content)
        taps = ((Tap.NEXT, _("Next step")), (Tap.PAUSE, _("Pause")), (Tap.NOTHING, _("Nothing")))
        tap = self._select("tap", _("Tap anywhere on the session"), taps)
        self._row(section, "tap", _("Tap anywhere on the session"), tap)
        self._switch(section, "full_screen_at_start", _("Full screen at Start"))
        self._switch(
            section,
            "number_free",
            _("Without numbers"),
            _("Hides minutes, amounts and how many sessions. The ring, the step and the voice stay."),
        )
        self.awake = Label("", look=self._look, role="small", tint="text2", wrap=True, parent=section)
        self.awake.setContentsMargins(0, 4, 0, 8)
        section.add_below(self.awake)
        return section

    def _days(self) -> Section:
        section = Section(_("Your days"), look=self._look, icon="calendar", parent=self._content)
        self._choice(section, "units", _("Volume in"), ((Units.ML, _("mL")), (Units.OZ, _("oz"))))
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
