"""What the editor lets be heard, in the voice she has chosen, and how long that voice takes for each prompt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.core.routine import Routine
from guide.live.wishes import voices_of, wishes_of
from guide.pages.editor.page import EditorPage
from guide.pages.settings.desk import SettingsDesk
from guide.sound.prompts import Prompts
from guide.tools import Tools

FAST: Final = 10.0


class Aloud(QObject):
    """
    Plays the routine on the page from a step, says one prompt, sounds one chime.

    `folder` is where the routine's own sounds lie; `try_asked` carries the routine, a step, a speed and that folder.
    """

    try_asked = Signal(object, int, float, object)
    _lengths_found = Signal(object)

    def __init__(
        self, tools: Tools, settings: SettingsDesk, *, folder: Callable[[], Path], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._settings = settings
        self._folder = folder
        self._page: EditorPage | None = None
        self._lengths_found.connect(self._show_lengths)

    def listen_to(self, page: EditorPage) -> None:
        self._page = page
        page.play_asked.connect(self._play)
        page.listen_asked.connect(self._listen)
        page.lengths_asked.connect(self._find_lengths)
        page.chime_listen_asked.connect(lambda name: self._settings.chime(name, beside=self._folder()))

    def _play(self, index: int, speed: float) -> None:
        routine = self._page.routine_as_shown() if self._page is not None else None
        if routine is not None:
            self.try_asked.emit(routine, index, FAST if speed > 1 else 1.0, self._folder())

    def _listen(self, text: str) -> None:
        self._settings.say(text, language=self._language())

    def _find_lengths(self, texts: list[str]) -> None:
        """Look up, off the window's thread, how long what the chosen voice has said already takes."""
        language, wishes = self._language(), wishes_of(self._tools.preferences.settings)
        paths = self._tools.paths

        def work() -> None:
            voices = voices_of(paths).chain(wishes.voice, language)
            prompts = Prompts(paths.voices / "prompts")
            found = prompts.known(texts, voices=voices, language=language, pace=wishes.spoken_pace)
            with suppress(RuntimeError):  # the window may be gone by now
                self._lengths_found.emit(found)

        self._tools.aside(work)

    def _show_lengths(self, lengths: dict[str, timedelta]) -> None:
        if self._page is not None:
            self._page.lengths.learn(lengths)

    def _routine(self) -> Routine | None:
        return self._page.routine() if self._page is not None else None

    def _language(self) -> str:
        routine = self._routine()
        return routine.language if routine else "en"
