"""What keeps her company: the sounds beneath, as Get ready offers them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.core.routine import Routine
from guide.kit.file_dialog import ask_folder, beginning
from guide.kit.menu_button import MenuOption
from guide.language import _, ngettext
from guide.live.beneath import NAMES, count, source, volume, wished
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.view import Beyond, SoundsView
from guide.store.settings import Beneath, Settings
from guide.tools import Tools

TASTE: Final = 2_000  # milliseconds of a sound that was just chosen
TASTE_ENDS: Final = 1.0  # seconds in which it fades


class Company(QObject):
    """`changed` says that Get ready has something else to show."""

    changed = Signal()
    _counted = Signal(str, int)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._pieces: dict[str, int | None] = {}  # of her folders, once they are counted
        self._counted.connect(self._take_count)
        self._taste = QTimer(self)
        self._taste.setSingleShot(True)
        self._taste.setInterval(TASTE)
        self._taste.timeout.connect(lambda: tools.background.end(TASTE_ENDS))

    def join(self, page: ReadyPage) -> None:
        page.guidance.sounds_chosen.connect(self.choose_sounds)
        page.guidance.sounds_asked.connect(self.ask_for_folder)
        page.guidance.sounds_volume_changed.connect(self._turn)

    def leave(self) -> None:
        """Nothing that was tried goes on behind another page; folders are counted anew the next time."""
        self._pieces.clear()
        if self._taste.isActive():
            self._taste.stop()
            self._tools.background.end(TASTE_ENDS)

    def sounds(self, settings: Settings, routine: Routine) -> SoundsView:
        chosen = wished(settings, routine)
        options = [MenuOption(one, _(NAMES[one]), self._note(one, settings)) for one in Beneath]
        options.append(MenuOption(Beyond.OTHERS, _("Choose a folder…"), apart=True))
        volume = round(settings.sounds_volume * 100)
        return SoundsView(tuple(options), value=chosen, volume=volume, silent=chosen is Beneath.OFF)

    def _note(self, beneath: Beneath, settings: Settings) -> str:
        """How much there is in her folder, once it is known."""
        folder = {Beneath.MUSIC: settings.music, Beneath.BABY: settings.baby_sounds}.get(beneath)
        if not folder:
            return ""
        if folder not in self._pieces:
            self._pieces[folder] = None
            self._tools.aside(lambda: self._counted.emit(folder, count(Path(folder))))
        pieces = self._pieces[folder]
        if pieces is None:
            return ""
        if beneath is Beneath.BABY:
            return ngettext("{count} recording", "{count} recordings", pieces).format(count=pieces)
        return ngettext("{count} piece", "{count} pieces", pieces).format(count=pieces)

    def _take_count(self, folder: str, pieces: int) -> None:
        if folder in self._pieces:
            self._pieces[folder] = pieces
            self.changed.emit()

    def choose_sounds(self, value: object) -> None:
        if not isinstance(value, Beneath):
            return
        settings = self._tools.preferences.settings
        missing = {
            Beneath.MUSIC: settings.music,
            Beneath.SHUFFLED: settings.music,
            Beneath.BABY: settings.baby_sounds,
        }.get(value)
        if missing == "":
            self.ask_for_folder(value)
            return
        self._tools.preferences.change(sounds=value)
        self._try(value)
        self.changed.emit()

    def ask_for_folder(self, of: Beneath = Beneath.MUSIC) -> None:
        settings = self._tools.preferences.settings
        before = settings.baby_sounds if of is Beneath.BABY else settings.music
        title = _("Choose the folder of your baby's sounds") if of is Beneath.BABY else _("Choose your music folder")
        window = self._tools.window
        chosen = ask_folder(window, title, Path(before) if before else beginning(window))
        folder = chosen.as_posix() if chosen is not None else ""  # as Qt writes it, on every system
        if folder and of is Beneath.BABY:
            self._tools.preferences.change(baby_sounds=folder, sounds=of)
        elif folder:
            self._tools.preferences.change(music=folder, sounds=of, music_at="")
        if folder:
            self._try(of)
        self.changed.emit()

    def _try(self, value: Beneath) -> None:
        """Two seconds of it, softly."""
        settings = self._tools.preferences.settings
        playing = source(value, settings)
        if playing is None:
            self._taste.stop()
            self._tools.background.end(TASTE_ENDS)
            return
        self._tools.expect_sound()
        self._tools.background.play(playing, volume(settings), rise=0.5)
        self._taste.start()

    def _turn(self, percent: int) -> None:
        self._tools.preferences.change(sounds_volume=percent / 100)
        self._tools.background.set_volume(volume(self._tools.preferences.settings))
