"""Joins the sheet of a routine that is taken along to the voices, the disk and the dialogs for files."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from guide.along.audio import Bed, StoppedError
from guide.along.calendar import Times, calendar
from guide.along.making import PAGE, MakingProgress, Wanted, Workshop, make_audio, make_page, plan_of, told_before
from guide.core.layout import lay_out
from guide.core.routine import Routine, Side
from guide.core.unattended import Ranges
from guide.kit.file_dialog import plain_name
from guide.kit.sheet import Sheet
from guide.language import _, reason
from guide.live.wishes import wishes_of
from guide.pages.along.dress import dress
from guide.pages.along.page import AlongPage
from guide.pages.along.view import AlongView, Ending, Failed, Idle, Made, Making, Sizes, SoundFileChoices, State
from guide.sound.bed import Noise
from guide.sound.pcm import SoundError
from guide.store.files import write_whole
from guide.store.routines.entry import Entry
from guide.tools import Tools

log = logging.getLogger(__name__)

MP3: Final = ".mp3"
WAV: Final = ".wav"


class AlongDesk(QObject):
    """One sheet at a time; making goes on behind it, one file at a time."""

    card_asked = Signal(str)
    export_asked = Signal(str)
    _state_came = Signal(object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._entry: Entry | None = None
        self._routine: Routine | None = None
        self._page: AlongPage | None = None
        self._sheet: Sheet | None = None
        self._state: State = Idle()
        self._stop = threading.Event()
        self._made: Path | None = None
        self._state_came.connect(self._show_state)

    def open(self, entry: Entry, first: Side = Side.LEFT) -> None:
        """Show the sheet of a routine that loads."""
        routine = entry.routine
        if routine is None or self._sheet is not None:
            return
        self._entry, self._routine, self._first = entry, routine, first
        page = AlongPage(look=self._tools.look)
        page.show_view(self._view(routine))
        page.show_state(self._state if isinstance(self._state, Making) else Idle())
        page.make_asked.connect(self._make)
        page.stop_asked.connect(self._stop.set)
        page.show_asked.connect(self._show_folder)
        page.save_asked.connect(self._save)
        sheet = Sheet(
            self._tools.window.body,
            look=self._tools.look,
            title=_("Take it along"),
            text=_("{routine}, as files of your own. Nothing is sent anywhere.").format(routine=routine.name),
            close=_("Close"),
            content=page,
        )
        page.grown.connect(sheet.fit)
        self._page, self._sheet = page, sheet
        self._tools.window.open_dialog(sheet, self._closed)

    def close(self) -> None:
        """The program ends: what is being made is given up, and nothing of it is left."""
        self._stop.set()

    def _closed(self, _answer: object) -> None:
        self._page = self._sheet = None

    def _view(self, routine: Routine) -> AlongView:
        ending = MP3 if _has_mp3() else WAV
        sizes = {one: Sizes(*told_before(Wanted(routine, self._first, one), ending)) for one in Ranges}
        now = self._tools.now()
        return AlongView(routine.name, sizes, self._voices(), ending, now + timedelta(hours=1))

    def _voices(self) -> list[tuple[str | None, str]]:
        """The default one, and the one she chose in Settings where that is another."""
        chosen = self._tools.preferences.settings.voice
        return [(None, _("The usual voice")), *([(chosen, _("As in Settings"))] if chosen else [])]

    def _make(self, choices: SoundFileChoices) -> None:
        if self._routine is None or self._entry is None:
            return
        if isinstance(self._state, Making):
            self._stop.set()
            return
        routine, entry = self._routine, self._entry
        bed = Bed(Noise.RAIN) if choices.rain else None
        wanted = Wanted(routine, self._first, choices.ranges, bed, pump=self._tools.preferences.settings.pump)
        self._stop = stop = threading.Event()
        settings = wishes_of(self._tools.preferences.settings)
        wishes = replace(settings, voice_on=True, quiet=False, voice=choices.voice or settings.voice)
        workshop = Workshop(
            wishes, self._tools.paths.voices, entry.path.parent, progress=self._progress, stopped=stop.is_set
        )
        self._come(Making(0, len(plan_of(wanted).segments), sounds_ready=False))

        def work() -> State:
            path = _free_name(_folder(), routine.name, MP3 if _has_mp3() else WAV)
            make_audio(wanted, path, workshop)
            self._made = path
            return Made(path.name, path.parent.name)

        self._aside(work)

    def _aside(self, work: Callable[[], State]) -> None:
        def run() -> None:
            try:
                self._state_came.emit(work())
            except StoppedError:
                self._state_came.emit(Idle())
            except SoundError as error:
                self._state_came.emit(Failed(str(error)))
            except OSError as error:
                log.warning("taking along", exc_info=True)
                self._state_came.emit(Failed(_("It cannot be written there: {why}.").format(why=reason(error))))

        self._tools.aside(run)

    def _progress(self, step: MakingProgress) -> None:
        self._state_came.emit(Making(step.done, step.of, step.sounds_ready))

    def _come(self, state: State) -> None:
        self._state_came.emit(state)

    def _show_state(self, state: State) -> None:
        self._state = state
        if self._page is not None and self._sheet is not None:
            self._page.show_state(state)
            going = isinstance(state, Making)
            self._sheet.set_close_words(_("Close, and go on making it") if going else _("Close"))
            return
        match state:
            case Made(name, folder):
                self._tools.window.toast.tell(
                    _("{name} is in {folder}").format(name=name, folder=folder),
                    action=_("Show in folder"),
                    on_action=self._show_folder,
                )
            case Failed(sentence):
                self._tools.tell(sentence)
            case _:
                pass

    def _show_folder(self) -> None:
        if self._made is not None:
            self._tools.revealer.show(self._made.parent)

    def _save(self, ending: Ending) -> None:
        if self._entry is None or self._routine is None:
            return
        match ending:
            case Ending.PAGE:
                self._save_page()
            case Ending.CARD:
                self.card_asked.emit(self._entry.id)
            case Ending.ROUTINE:
                self.export_asked.emit(self._entry.id)
            case Ending.TIMES:
                self._save_times()

    def _save_page(self) -> None:
        assert self._routine is not None  # noqa: S101
        assert self._entry is not None  # noqa: S101
        routine = self._routine
        path = self._ask(_("Save the page for your phone"), routine.name, PAGE, "HTML (*.html)")
        if path is None or isinstance(self._state, Making):
            return
        pump = self._tools.preferences.settings.pump
        pictures = dress(lay_out(routine, self._first, pump))  # painters belong to this thread
        settings = replace(wishes_of(self._tools.preferences.settings), voice_on=True, quiet=False)
        self._stop = stop = threading.Event()
        workshop = Workshop(
            settings, self._tools.paths.voices, self._entry.path.parent, progress=self._progress, stopped=stop.is_set
        )
        wanted = Wanted(routine, self._first, pump=pump)
        self._come(Making(0, 1, sounds_ready=False))

        def work() -> State:
            make_page(wanted, path, workshop, lambda _plan: pictures)
            self._made = path
            return Made(path.name, path.parent.name)

        self._aside(work)

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
            write_whole(path, calendar(self._routine.name, plan.longest, times, note="", made=now))
        except OSError as error:
            self._tools.tell(_("It cannot be written there: {why}.").format(why=reason(error)))
            return
        self._page.show_saved(Ending.TIMES)

    def _ask(self, title: str, name: str, ending: str, kinds: str) -> Path | None:
        """A path that ends as it should; the dialog asks about one that is there with that ending."""
        dialog = QFileDialog(self._tools.window, title, str(_folder()), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(plain_name(name) + ending)
        if not dialog.exec() or not dialog.selectedFiles():
            return None
        path = Path(dialog.selectedFiles()[0])
        return path if path.suffix.casefold() == ending else path.with_name(path.name + ending)


def _has_mp3() -> bool:
    from importlib.util import find_spec

    return find_spec("lameenc") is not None


def _folder() -> Path:
    """Where sounds are kept on this computer, or her home."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    return next((path for path in (Path(found) if found else None, Path.home()) if path and path.is_dir()), Path.cwd())


def _free_name(folder: Path, name: str, ending: str) -> Path:
    """The routine's name with a number behind it where that is taken: nothing of hers is written over."""
    plain = plain_name(name)
    number = 1
    while (path := folder / (f"{plain}{ending}" if number == 1 else f"{plain} {number}{ending}")).exists():
        number += 1
    return path
