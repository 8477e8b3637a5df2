"""Joins the sheet of a routine that is taken along to the voices, the disk and the dialogs for files."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from guide.along.calendar import Times, calendar
from guide.along.making import (
    PAGE,
    Wanted,
    bed_of,
    told_before,
)
from guide.core.layout import lay_out
from guide.core.routine import Routine, Side, Wait, each_step
from guide.core.unattended import Ranges
from guide.kit.file_dialog import ask_folder, ask_where, at_home, plain_name
from guide.kit.sheet import Sheet
from guide.language import _, reason
from guide.live.beneath import NAMES, wished
from guide.live.voices import VoiceOffer, offers, speaks
from guide.live.wishes import voices_of
from guide.pages.along.maker import Maker, ending_of_sounds
from guide.pages.along.page import AlongPage
from guide.pages.along.place import folder_for_sounds, folder_words
from guide.pages.along.view import (
    AlongView,
    Ending,
    Failed,
    Idle,
    Made,
    Making,
    Sizes,
    SoundFileChoices,
    State,
    Stopping,
)
from guide.standing import is_folder
from guide.store.files import write_where_named
from guide.store.routines.entry import Entry
from guide.store.settings import Beneath
from guide.tools import Tools


class AlongDesk(QObject):
    """One sheet at a time; making goes on behind it, one file at a time."""

    # a routine's id, and what is called with the path of the file once it is there, or with why it is not
    card_asked = Signal(str, object, object)
    export_asked = Signal(str, object, object)
    _voices_found = Signal(object, list)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._entry: Entry | None = None
        self._routine: Routine | None = None
        self._page: AlongPage | None = None
        self._sheet: Sheet | None = None
        self._state: State = Idle()
        self._sound: State = Idle()  # of the sound file, while another is made
        self._making = ""  # the routine's id
        self._makes: Ending | None = None  # and which file, None the sound
        self._saved: dict[Ending, Path] = {}
        self._maker = Maker(tools, parent=self)
        self._maker.came.connect(self._show_state)
        self._voices_found.connect(self._show_voices)

    def open(self, entry: Entry, first: Side = Side.LEFT) -> None:
        """Show the sheet of a routine that loads."""
        routine = entry.routine
        if routine is None or self._sheet is not None:
            return
        self._entry, self._routine, self._first = entry, routine, first
        self._saved.clear()
        page = AlongPage(look=self._tools.look)
        page.show_view(self._view(routine))
        page.show_state(self._state if isinstance(self._state, Making | Stopping) else Idle())
        page.make_asked.connect(self._make)
        page.stop_asked.connect(self._stop_making)
        page.show_asked.connect(self._show_folder)
        page.folder_asked.connect(self._choose_folder)
        page.save_asked.connect(self._save)
        page.show_saved_asked.connect(self._show_saved)
        sheet = Sheet(
            self._tools.window.body,
            look=self._tools.look,
            title=_("Take it along"),
            text=_("{routine}, as files of your own. Nothing is sent anywhere.").format(routine=routine.name),
            close=_("Close"),
            content=page,
        )
        page.grown.connect(sheet.fit)
        page.unfolded.connect(sheet.reveal)
        self._page, self._sheet = page, sheet
        self._tools.window.open_dialog(sheet, self._closed)
        self._look_for_voices(routine)

    def close(self) -> None:
        """The program ends: what is being made is given up, and nothing of it is left."""
        self._maker.give_up()

    def _stop_making(self) -> None:
        """Answered at once, though the voice says its sentence to the end."""
        self._maker.give_up()
        if isinstance(self._state, Making):
            self._show_state(Stopping())

    def _closed(self, _answer: object) -> None:
        self._page = self._sheet = None

    def _view(self, routine: Routine) -> AlongView:
        ending = ending_of_sounds()
        sizes = {one: Sizes(*told_before(Wanted(routine, self._first, one), ending)) for one in Ranges}
        now = self._tools.now()
        settings = self._tools.preferences.settings
        there = [one for one in Beneath if one is Beneath.OFF or bed_of(one, settings) is not None]
        wish = wished(settings, routine)
        return AlongView(
            routine.name,
            sizes,
            [(one, _(NAMES[one])) for one in there],
            wish if wish in there else Beneath.OFF,
            ending,
            now + timedelta(hours=1),
            folder_words(folder_for_sounds(settings.taken_to)),
            any(isinstance(step.length, Wait) for step in each_step(routine.steps)),
        )

    def _look_for_voices(self, routine: Routine) -> None:
        """Which speak its language; on Windows that takes up to a second."""
        paths, language = self._tools.paths, routine.language
        self._tools.aside(lambda: self._voices_found.emit(routine, offers(voices_of(paths).all(language))))

    def _show_voices(self, routine: Routine, found: list[VoiceOffer]) -> None:
        heard = speaks(self._tools.preferences.settings.voice, found)
        if self._page is not None and routine is self._routine and heard is not None:
            self._page.show_voices([(offer.id, offer.name) for offer in found], heard.id)

    def _make(self, choices: SoundFileChoices) -> None:
        if self._routine is None or self._entry is None:
            return
        if isinstance(self._state, Making | Stopping):
            self._stop_making()
            return
        settings = self._tools.preferences.settings
        bed = bed_of(choices.sounds, settings) if isinstance(choices.sounds, Beneath) else None
        wanted = Wanted(self._routine, self._first, choices.ranges, bed, pump=settings.pump)
        self._begin(self._entry, None)
        self._maker.make_sound_file(wanted, self._entry, ending=ending_of_sounds(), voice=choices.voice)

    def _begin(self, entry: Entry, ending: Ending | None) -> None:
        """One file at a time: what is made next is the routine's of this sheet."""
        self._sound = self._state
        self._making, self._makes = entry.id, ending

    def _show_state(self, state: State) -> None:
        if isinstance(state, Making) and self._maker.given_up:
            return  # on its way when she pressed Stop
        not_sound = isinstance(state, Made | Failed) and self._makes is not None
        self._state = self._sound if not_sound else state
        going = isinstance(state, Making | Stopping)
        here = self._entry is not None and self._entry.id == self._making
        if self._page is None or self._sheet is None or not (going or here):
            self._tell_state(state)
        elif isinstance(state, Made) and state.ending is not None and self._maker.made is not None:
            self._keep(state.ending, self._maker.made)
        elif isinstance(state, Failed) and self._makes is not None:
            self._fail(self._makes, state.sentence)
        if self._page is not None and self._sheet is not None:
            self._page.show_state(self._state if going or here else Idle())
            self._name_close(going=isinstance(state, Making))

    def _name_close(self, *, going: bool) -> None:
        if self._sheet is not None:
            done = bool(self._saved) or isinstance(self._state, Made)
            self._sheet.set_close_words(_("Close, and go on making it") if going else _("Done") if done else _("Close"))

    def _tell_state(self, state: State) -> None:
        """Its sheet is closed, or is another routine's by now."""
        match state, self._maker.made:
            case Made(name, folder), Path() as path:
                self._tools.window.toast.tell(
                    _("{name} is in {folder}").format(name=name, folder=folder),
                    action=_("Show in folder"),
                    on_action=lambda: self._tools.revealer.show(path.parent),
                )
            case Failed(sentence), _made:
                self._tools.tell(sentence)
            case _:
                pass

    def _show_folder(self) -> None:
        if self._maker.made is not None:
            self._tools.revealer.show(self._maker.made.parent)

    def _choose_folder(self) -> None:
        chosen = ask_folder(self._tools.window, _("Where sound files go"), self._folder())
        if chosen is None:
            return
        self._tools.preferences.change(taken_to=str(chosen))
        if self._page is not None:
            self._page.show_folder(folder_words(chosen))

    def _folder(self) -> Path:
        """Where a dialog for files begins: what is not there yet cannot be shown."""
        folder = folder_for_sounds(self._tools.preferences.settings.taken_to)
        return next((path for path in (folder, *folder.parents) if is_folder(path)), at_home())

    def _show_saved(self, ending: Ending) -> None:
        self._tools.revealer.show(self._saved[ending].parent)

    def _keep(self, ending: Ending, path: Path) -> None:
        """A file is there: its button leads to the folder it is in."""
        self._saved[ending] = path
        if self._page is not None:
            self._page.show_saved(ending)
        self._name_close(going=isinstance(self._state, Making))

    def _fail(self, ending: Ending, sentence: str) -> None:
        """Told in the row itself: a message of the window would lie behind the sheet."""
        if self._page is not None:
            self._page.show_failed(ending, sentence)
        else:
            self._tools.tell(sentence)

    def _save(self, ending: Ending) -> None:
        if self._entry is None or self._routine is None:
            return
        match ending:
            case Ending.PAGE:
                self._save_page()
            case Ending.CARD:
                self.card_asked.emit(self._entry.id, partial(self._keep, ending), partial(self._fail, ending))
            case Ending.ROUTINE:
                self.export_asked.emit(self._entry.id, partial(self._keep, ending), partial(self._fail, ending))
            case Ending.TIMES:
                self._save_times()

    def _save_page(self) -> None:
        assert self._routine is not None  # noqa: S101
        assert self._entry is not None  # noqa: S101
        routine = self._routine
        path = self._ask(_("Save the page for your phone"), routine.name, PAGE, "HTML (*.html)")
        if path is None or isinstance(self._state, Making | Stopping):
            return
        self._begin(self._entry, Ending.PAGE)
        self._maker.make_page(
            Wanted(routine, self._first, pump=self._tools.preferences.settings.pump), self._entry, path
        )

    def _save_times(self) -> None:
        assert self._routine is not None  # noqa: S101
        assert self._page is not None  # noqa: S101
        path = self._ask(_("Save the times for your calendar"), self._routine.name, ".ics", "iCalendar (*.ics)")
        if path is None:
            return
        chosen = self._page.reminders
        now = self._tools.now()
        first = now.replace(hour=chosen.hour, minute=chosen.minute, second=0, microsecond=0)
        if first <= now:
            first += timedelta(days=1)
        plan = lay_out(self._routine, self._first)
        times = Times(first, timedelta(hours=chosen.every), chosen.days)
        try:
            write_where_named(
                path, calendar(self._routine.name, plan.longest, times, note=self._routine.summary, made=now)
            )
        except OSError as error:
            self._fail(Ending.TIMES, _("It cannot be written there: {why}.").format(why=reason(error)))
            return
        self._keep(Ending.TIMES, path)

    def _ask(self, title: str, name: str, ending: str, kinds: str) -> Path | None:
        return ask_where(self._tools.window, title, Path(plain_name(name) + ending), kinds)
