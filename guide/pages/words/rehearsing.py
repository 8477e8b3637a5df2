"""A rehearsal at the desk: the dialog that asks for each word twice, and what it says at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.hear.level import LoudnessNow
from guide.hear.meaning import Meaning
from guide.hear.rehearsal import Result, WordRehearsal, begin, heard, tick
from guide.kit.dialog import Choice, Dialog
from guide.kit.focus import announce
from guide.kit.guard import Guarded
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _, listed
from guide.live.her_words import word_of
from guide.pages.words.parts import LevelMeter, Results
from guide.pages.words.view import ResultRow
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.spotter import Spotted

FRAME: Final = 100  # milliseconds
SHOWN: Final = 3  # of the last results
MOST: Final = 4  # words that were missed, by name


class RehearsalPanel(Guarded, QWidget):
    """The word to say now, large; then every word and how it was heard."""

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asks = Label("", look=look, role="h2", wrap=True, parent=self)
        self.text = Label("", look=look, tint="text2", wrap=True, parent=self)
        self.meter = LevelMeter(look=look, parent=self)
        self.results = Results(look=look, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(12)
        for widget in (self.asks, self.text, self.meter, self.results):
            column.addWidget(widget)

    def show_state(self, asks: str, text: str, rows: Sequence[ResultRow]) -> None:
        if asks != self.asks.text():
            self.asks.setText(asks)
            announce(self, asks)
        self.asks.setVisible(bool(asks))
        self.text.setText(text)
        self.results.show_rows(rows)


class Rehearsing(QObject):
    """`over` when it is closed."""

    over = Signal()

    def __init__(self, tools: Tools, words: Sequence[Meaning], *, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._words = tuple(words)
        self._panel = RehearsalPanel(look=tools.look)
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME)
        self._frames.timeout.connect(self.wake)
        self.rehearsal: WordRehearsal | None = None

    def begin(self) -> None:
        tools = self._tools
        self.rehearsal = begin(self._words, tools.listening.now())
        self._panel = RehearsalPanel(look=tools.look)
        dialog = Dialog(
            tools.window.body,
            look=tools.look,
            title=_("Rehearse, with the pump running"),
            choices=[Choice("done", _("Done")), Choice("again", _("Start over"))],
            content=self._panel,
        )
        tools.window.open_dialog(dialog, self._answered)
        self._frames.start()
        self._show()

    def _answered(self, wish: object) -> None:
        self._frames.stop()
        if wish == "again":
            self.begin()
        else:
            self.over.emit()
            self.deleteLater()

    def take_level(self, level: LoudnessNow) -> None:
        self._panel.meter.show_level(level)

    def take_spotted(self, found: Sequence[Spotted]) -> None:
        for each in found:
            if self.rehearsal is not None:
                self.rehearsal = heard(self.rehearsal, each.meaning, self._tools.listening.now(), sure=each.sure)
        if found:
            self._show()

    def wake(self) -> None:
        if self.rehearsal is not None:
            before, self.rehearsal = self.rehearsal, tick(self.rehearsal, self._tools.listening.now())
            if before != self.rehearsal:
                self._show()
            if self.rehearsal.over:
                self._frames.stop()

    def _show(self) -> None:
        rehearsal = self.rehearsal
        if rehearsal is None:
            return
        at_hand, settings = rehearsal.at_hand, self._tools.preferences.settings
        if rehearsal.over:
            missed = rehearsal.missed
            text = _("Every word was heard.") if not missed else _advice([word_of(settings, each) for each in missed])
            rows = [
                ResultRow(word_of(settings, each), _said(rehearsal.results_of(each)), well=False) for each in missed
            ]
            self._panel.show_state("", text, rows[:MOST])
        elif at_hand is not None:
            asks = _("Say “{word}”").format(word=word_of(settings, at_hand))
            done = zip(rehearsal.asked, rehearsal.results, strict=False)
            rows = [ResultRow(word_of(settings, each), _word(one), well=one is Result.HEARD) for each, one in done]
            self._panel.show_state(asks, _("Each comes twice. Nothing moves on here."), rows[-SHOWN:])


def _said(results: Sequence[Result]) -> str:
    return ", ".join(_word(result) for result in results)


def _word(result: Result) -> str:
    match result:
        case Result.HEARD:
            return _("heard")
        case Result.UNSURE:
            return _("not sure")
        case Result.OTHER:
            return _("taken for another")
        case Result.MISSED:
            return _("missed")


def _advice(missed: Iterable[str]) -> str:
    words = listed([f"“{word}”" for word in missed])
    return _("Teach {words} again with the pump as it runs now, or let it listen more easily.").format(words=words)
