"""Makes the sound file or the page of a routine in a thread of its own, one at a time, and tells how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.along.audio import StoppedError
from guide.along.making import MakingProgress, Wanted, Workshop, make_audio, make_page, plan_of
from guide.core.layout import lay_out
from guide.kit.file_dialog import plain_name
from guide.language import _, reason
from guide.live.wishes import voices_of, wishes_of
from guide.pages.along.dress import dress
from guide.pages.along.place import folder_for_sounds, folder_words, made_where_missing
from guide.pages.along.view import Ending, Failed, Made, Making, State, Stopped
from guide.sound.pcm import SoundError
from guide.store.routines.entry import Entry
from guide.tools import Tools

log = logging.getLogger(__name__)

MP3: Final = ".mp3"
WAV: Final = ".wav"


class Maker(QObject):
    """`came` carries each state of what is being made; `made` is the last file that was finished."""

    came = Signal(object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._stop = threading.Event()
        self.made: Path | None = None

    @property
    def given_up(self) -> bool:
        """Whether what was begun last is to stop."""
        return self._stop.is_set()

    def give_up(self) -> None:
        """Stop after the sentence that is being spoken; nothing of the file is left."""
        self._stop.set()

    def make_sound_file(self, wanted: Wanted, entry: Entry, *, ending: str, voice: str | None) -> None:
        """Into the folder for sound files, under a name that is free there; `voice` None is the one of Settings."""
        workshop = self._workshop(entry, voice)
        folder = folder_for_sounds(self._tools.preferences.settings.taken_to)

        def work() -> State:
            with made_where_missing(folder):
                path = _free_name(folder, wanted.routine.name, ending)
                make_audio(wanted, path, workshop)
            self.made = path
            return Made(path.name, folder_words(folder))

        self._begin(work, steps=len(plan_of(wanted).segments))

    def make_page(self, wanted: Wanted, entry: Entry, path: Path) -> None:
        """The page for a phone, at `path`."""
        pictures = dress(lay_out(wanted.routine, wanted.first, wanted.pump))  # painters belong to this thread
        workshop = self._workshop(entry)

        def work() -> State:
            make_page(wanted, path, workshop, lambda _plan: pictures)
            self.made = path
            return Made(path.name, folder_words(path.parent), Ending.PAGE)

        self._begin(work, steps=1)

    def _workshop(self, entry: Entry, voice: str | None = None) -> Workshop:
        """Makes one file, unless it is stopped; loud enough for a phone whatever the night is like."""
        self._stop = stop = threading.Event()
        paths, wishes = self._tools.paths, wishes_of(self._tools.preferences.settings)
        return Workshop(
            replace(wishes, voice_on=True, quiet=False, voice=voice or wishes.voice),
            paths.voices,
            entry.path.parent,
            voices_of(paths),
            progress=self._progress,
            stopped=stop.is_set,
        )

    def _begin(self, work: Callable[[], State], *, steps: int) -> None:
        self.came.emit(Making(0, steps, sounds_ready=False))

        def run() -> None:
            try:
                self.came.emit(work())
            except StoppedError:
                self.came.emit(Stopped())
            except SoundError as error:
                self.came.emit(Failed(str(error)))
            except OSError as error:
                log.warning("taking along", exc_info=True)
                self.came.emit(Failed(_("It cannot be written there: {why}.").format(why=reason(error))))

        self._tools.aside(run)

    def _progress(self, step: MakingProgress) -> None:
        self.came.emit(Making(step.done, step.of, step.sounds_ready))


def ending_of_sounds() -> str:
    """MP3, or WAV where no MP3 can be written."""
    return MP3 if find_spec("lameenc") is not None else WAV


def _free_name(folder: Path, name: str, ending: str) -> Path:
    """The routine's name with a number behind it where that is taken: nothing of hers is written over."""
    plain = plain_name(name)
    number = 1
    while (path := folder / (f"{plain}{ending}" if number == 1 else f"{plain} {number}{ending}")).exists():
        number += 1
    return path
