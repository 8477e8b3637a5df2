"""The language, asked once before anything else; the choice is heard at once and kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from guide.language import known, languages, spoken
from guide.live.speech import system_language
from guide.pages.language.page import LanguagePage
from guide.tools import Tools


class LanguageDesk(QObject):
    """`over` says that she goes on."""

    over = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        tools.window.add_page("language", self._make_page, bare=True)

    def show(self) -> None:
        page = self._tools.window.page("language")
        assert isinstance(page, LanguagePage)  # noqa: S101  made below
        there = languages()
        first = known(system_language())
        page.show_languages(sorted(there.items(), key=lambda one: one[0] != first), spoken(), first)
        self._tools.window.show_page("language")

    def _make_page(self) -> LanguagePage:
        page = LanguagePage(look=self._tools.look)
        page.chosen.connect(lambda tag: self._tools.preferences.change(language=tag))
        page.over.connect(self._go_on)
        return page

    def _go_on(self) -> None:
        self._tools.preferences.change(language=spoken())
        self.over.emit()
