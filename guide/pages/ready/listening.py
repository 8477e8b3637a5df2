"""A start without hands: on Get ready, her word for Carry on presses Start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from guide.hear.meaning import Meaning
from guide.live.her_words import THRESHOLDS, word_of
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.ear import Report


class StartByWord(QObject):
    """
    Holds the ear open while Get ready is on show; off in the settings, or without that word, it does nothing.

    Her word for Pause stops a count: her hands may be at the flanges already.
    """

    def __init__(
        self, tools: Tools, press_start: Callable[[], None], stop_count: Callable[[], None], *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._does = {Meaning.CARRY_ON: press_start, Meaning.PAUSE: stop_count}
        self._on = False

    def word(self) -> str:
        """Her word that starts; empty where it is not listened for."""
        settings = self._tools.preferences.settings
        if not settings.listen or not self._tools.listening.takes.get(Meaning.CARRY_ON):
            return ""
        return word_of(settings, Meaning.CARRY_ON)

    def begin(self) -> None:
        tools = self._tools
        settings = tools.preferences.settings
        if self._on or not self.word():
            return
        self._on = True
        tools.listening.open(settings.microphone)
        tools.listening.listen_with(THRESHOLDS[settings.listens])
        tools.listening.reported.connect(self._reported)

    def end(self) -> None:
        if self._on:
            self._on = False
            self._tools.listening.reported.disconnect(self._reported)
            self._tools.listening.close()

    def _reported(self, report: Report) -> None:
        window = self._tools.window
        if window.here != "ready":  # she went elsewhere: nothing begins behind another page
            self.end()
            return
        for spotted in report.spotted:
            if spotted.sure and spotted.meaning in self._does and window.dialog is None:
                self._does[spotted.meaning]()

    def be_deaf_for(self, length: timedelta) -> None:
        """The program itself is heard."""
        listening = self._tools.listening
        if self._on and not self._tools.preferences.settings.headphones:
            listening.be_deaf_until(listening.now() + length)
