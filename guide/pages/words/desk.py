"""Her words at the desk: what the page asks, the ear while it is on show, and a round of takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from guide.hear.level import MISSING, REFUSED
from guide.hear.meaning import Meaning
from guide.hear.microphone import Hearing
from guide.language import _
from guide.live.her_words import THRESHOLDS, suggestion, word_of
from guide.live.permission import opening, run
from guide.pages.words.page import WordsPage
from guide.pages.words.rehearsing import Rehearsing
from guide.pages.words.round import TeachingRound
from guide.pages.words.trying import Rehearse, Rename, TeachAgain, TeachNext, Trying, Wish
from guide.pages.words.view import WordRow, WordsView
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.ear import Report
    from guide.hear.takes import Take


class WordsDesk(QObject):
    """`back_asked` carries the page she came from."""

    back_asked = Signal(str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._from = "settings"
        self._devices: tuple[str, ...] = ()
        self._level = MISSING
        self._doing: TeachingRound | Trying | Rehearsing | None = None
        listening = tools.listening
        tools.window.add_page("words", self._make_page, bare=True, left=listening.close)
        listening.reported.connect(self._reported)
        listening.learnt.connect(self._show)
        tools.preferences.changed.connect(lambda _settings: self._show())

    def show(self, *, from_page: str = "settings") -> None:
        self._from = from_page
        window, settings = self._tools.window, self._tools.preferences.settings
        window.page("words")
        self._show()
        window.show_page("words")
        self._tools.listening.open(settings.microphone)
        self._tools.listening.listen_with(THRESHOLDS[settings.listens])
        self._tools.aside(self._look_for_devices)

    def leave(self) -> None:
        """Back to where she came from."""
        self.back_asked.emit(self._from)

    @property
    def page(self) -> WordsPage:
        page = self._tools.window.page("words")
        assert isinstance(page, WordsPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> WordsPage:
        page, change = WordsPage(look=self._tools.look), self._tools.preferences.change
        page.back_asked.connect(self.leave)
        page.listen_toggled.connect(lambda on: change(listen=on))
        page.word_changed.connect(self._name)
        page.teach_asked.connect(self.teach)
        page.device_chosen.connect(self._choose_device)
        page.closeness_chosen.connect(self._choose_closeness)
        page.headphones_toggled.connect(lambda on: change(headphones=on))
        page.delete_asked.connect(self.delete_all)
        page.rehearse_asked.connect(self.rehearse)
        page.settings_asked.connect(self._open_settings)
        return page

    def _show(self) -> None:
        if not self._tools.window.has_page("words"):
            return
        listening, settings = self._tools.listening, self._tools.preferences.settings
        clashes = listening.lesson.clashes if listening.lesson else {}
        rows = tuple(
            WordRow(
                meaning,
                word_of(settings, meaning),
                len(listening.takes.get(meaning, ())),
                word_of(settings, clashes[meaning]) if meaning in clashes else "",
            )
            for meaning in Meaning
        )
        self.page.show_words(
            WordsView(
                rows,
                on=settings.listen,
                devices=self._devices,
                device=settings.microphone,
                closeness=settings.listens,
                headphones=settings.headphones,
                settings_open=opening() is not None,
                rehearses=listening.lesson is not None,
            )
        )

    def _look_for_devices(self) -> None:
        """Aside: asking the sound system may take a second."""
        self._devices = self._tools.microphones()

    def _name(self, meaning: Meaning, word: str) -> None:
        words = dict(self._tools.preferences.settings.words)
        if words.get(meaning.value, suggestion(meaning)) != word:
            self._tools.preferences.change(words=words | {meaning.value: word})

    def _choose_device(self, name: object) -> None:
        self._tools.preferences.change(microphone=str(name))
        self._tools.listening.close()
        self._tools.listening.open(str(name))

    def _choose_closeness(self, value: object) -> None:
        self._tools.preferences.change(listens=str(value))
        self._tools.listening.listen_with(THRESHOLDS[str(value)])

    def _open_settings(self) -> None:
        if (command := opening()) is not None:
            self._tools.aside(lambda: run(command))

    def delete_all(self) -> None:
        listening, before = self._tools.listening, dict(self._tools.listening.takes)
        listening.keep({})
        self._show()
        self._tools.window.toast.tell(_("All takes are deleted"), undo=lambda: self._restore(before), stays=True)

    def _restore(self, before: Mapping[Meaning, tuple[Take, ...]]) -> None:
        self._tools.listening.keep(before)
        self._show()

    # what the ear tells

    def _reported(self, report: Report) -> None:
        if self._tools.window.here != "words":
            return
        match report.hearing:
            case Hearing.ON:
                self._level = report.level or self._level
            case Hearing.REFUSED:
                self._level = REFUSED
            case Hearing.MISSING | Hearing.OFF:
                self._level = MISSING
        self.page.show_level(self._level)
        if self._devices != self.page.devices:  # they were found aside
            self._show()
        match self._doing:
            case TeachingRound():
                self._doing.take_level(self._level, sounded=report.level is not None)
            case Trying():
                self._doing.take_level(self._level, sounded=report.level is not None)
                self._doing.take_spotted(report.spotted)
            case Rehearsing():
                self._doing.take_level(self._level)
                self._doing.take_spotted(report.spotted)
            case None:
                settings = self._tools.preferences.settings
                for spotted in report.spotted:
                    self.page.show_heard(spotted.meaning, word_of(settings, spotted.meaning), sure=spotted.sure)

    # teaching, trying, rehearsing: one at a time

    def teach(self, meaning: Meaning) -> None:
        if self._doing is not None:  # pressed behind the open one, as a screen reader can
            return
        if not self._tools.listening.hears(once=False):
            return
        self._doing = TeachingRound(self._tools, meaning, level=self._level, parent=self)
        self._doing.over.connect(lambda done: self._try(meaning) if done else self._end())
        self._doing.begin()

    def _try(self, meaning: Meaning) -> None:
        self._doing = Trying(self._tools, meaning, parent=self)
        self._doing.over.connect(self._tried)
        self._doing.begin()

    def _tried(self, wish: Wish) -> None:
        self._end()
        match wish:
            case TeachNext(meaning) | TeachAgain(meaning):
                self.teach(meaning)
            case Rename(meaning):
                self.page.rename(meaning)
            case Rehearse():
                self.rehearse()
            case None:
                pass

    def rehearse(self) -> None:
        lesson = self._tools.listening.lesson
        if lesson is not None and self._doing is None:
            self._doing = Rehearsing(self._tools, lesson.meanings, parent=self)
            self._doing.over.connect(self._end)
            self._doing.begin()

    def _end(self) -> None:
        self._doing = None
        self._show()
