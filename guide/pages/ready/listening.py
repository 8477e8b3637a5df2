"""A start without hands: on Get ready, her word for Carry on presses Start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from guide.hear.meaning import Meaning
from guide.live.her_words import THRESHOLDS
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.ear import Report


class StartByWord(QObject):
    """Holds the ear open while Get ready is on show; off in the settings, or without that word, it does nothing."""

    def __init__(self, tools: Tools, press_start: Callable[[], None], *, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._press_start = press_start
        self._on = False

    def begin(self) -> None:
        tools = self._tools
        settings = tools.preferences.settings
        if self._on or not settings.listen or not tools.listening.takes.get(Meaning.CARRY_ON):
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
        elif window.dialog is None and any(each.sure and each.meaning is Meaning.CARRY_ON for each in report.spotted):
            self._press_start()
