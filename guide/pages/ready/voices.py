"""The voices at hand for the language of a routine, as Get ready offers them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from guide.kit.menu_button import MenuOption
from guide.language import _
from guide.live.voices import Origin, VoiceOffer, offers, speaks
from guide.live.wishes import voices_of
from guide.pages.ready.view import Beyond
from guide.tools import Tools


class VoicesAtHand(QObject):
    """`changed` says that others were found than are shown."""

    changed = Signal()
    _found = Signal(str, list)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._offers: list[VoiceOffer] = []
        self._language = ""  # that they speak
        self._found.connect(self._take)

    def look(self, language: str) -> None:
        """Which voices speak it; on Windows that takes up to a second."""
        paths = self._tools.paths
        self._tools.aside(lambda: self._found.emit(language, offers(voices_of(paths).all(language))))

    def heard(self) -> VoiceOffer | None:
        """The one that will speak, by what she chose."""
        return speaks(self._tools.preferences.settings.voice, self._offers)

    def menu(self) -> tuple[MenuOption, ...]:
        return _menu(self._offers, self.heard())

    def _take(self, language: str, found: list[VoiceOffer]) -> None:
        if (language, found) != (self._language, self._offers):
            self._language, self._offers = language, found
            self.changed.emit()


def _menu(found: Sequence[VoiceOffer], heard: VoiceOffer | None) -> tuple[MenuOption, ...]:
    """Natural voices, recorded ones, one of the computer, and the way to all of them."""
    plain = next((offer for offer in found if offer.origin is Origin.COMPUTER), None)
    shown = [offer for offer in found if offer.origin is not Origin.COMPUTER or offer in {plain, heard}]
    if not shown:
        return ()
    options = [MenuOption(offer.id, offer.name, offer.tag) for offer in shown]
    return *options, MenuOption(Beyond.OTHERS, _("All voices…"), apart=True)
