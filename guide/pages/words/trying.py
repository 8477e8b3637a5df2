"""Trying a word that was just taught: what answers, what keeps still, and what to do where two words are close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from guide.hear.level import LoudnessNow
from guide.hear.meaning import Meaning
from guide.kit.dialog import Choice, Dialog
from guide.language import _
from guide.live.her_words import TITLES, word_of
from guide.pages.words.teach import TryPanel
from guide.pages.words.view import TAKES, ResultRow
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.hear.spotter import Spotted

SURE: Final = 2  # so many make the word ready
VOICE: Final = 4.0  # decibels over the pump
SHORTEST: Final = timedelta(seconds=0.25)  # of a voice; what is shorter was a knock
DECIDED: Final = timedelta(seconds=1.2)  # after it, whatever was said has been heard


@dataclass(frozen=True, slots=True)
class TeachNext:
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class TeachAgain:
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Rename:
    """It is to be another word."""

    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Rehearse:
    pass


Wish = TeachNext | TeachAgain | Rename | Rehearse | None


class Trying(QObject):
    """Holds the dialog; `over` carries a `Wish`: what she wants next."""

    over = Signal(object)

    def __init__(self, tools: Tools, meaning: Meaning, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._meaning = meaning
        self._word = word_of(tools.preferences.settings, meaning)
        self._sure = 0
        self._clash: Meaning | None = None
        self._began: timedelta | None = None  # a voice that is heard now
        self._voiced = timedelta(0)
        self._answered_it = False
        self.panel = TryPanel(look=tools.look)
        self._dialog: Dialog | None = None
        tools.listening.learnt.connect(self._learnt)

    def begin(self) -> None:
        self._clash = self._clash_now()
        self._show()

    def _clash_now(self) -> Meaning | None:
        lesson = self._tools.listening.lesson
        return lesson.clashes.get(self._meaning) if lesson is not None else None

    def _learnt(self) -> None:
        if self._clash_now() is not self._clash:
            self._clash = self._clash_now()
            self._show()

    def _show(self) -> None:
        """A dialog has its choices for good: where they change, another takes its place."""
        tools, before = self._tools, self._dialog
        if before is not None:
            before.choose(None)
        panel = self.panel = TryPanel(look=tools.look)
        if self._clash is None:
            title = _("Try it now: say “{word}”, and then something else").format(word=self._word)
            panel.show_text(_("It should answer to the one and keep still at the other. Nothing moves on here."), "")
            choices = self._choices()
        else:
            title = _("This is close to your word for {command}").format(command=_(TITLES[self._clash]))
            panel.show_text(_("The one may be taken for the other. Until you choose, it is not listened for."), "")
            choices = [Choice(Rename(self._meaning), _("Choose another word")), Choice("keep", _("Keep it"))]
        self._dialog = Dialog(tools.window.body, look=tools.look, title=title, choices=choices, content=panel)
        tools.window.open_dialog(self._dialog, self._answered)

    def _choices(self) -> list[Choice]:
        takes = self._tools.listening.takes
        untaught = (each for each in Meaning if each is not self._meaning and len(takes.get(each, ())) < TAKES)
        following = next(untaught, None)
        beside = (
            Choice(Rehearse(), _("Rehearse"))
            if following is None
            else Choice(TeachNext(following), _("Teach {command}").format(command=_(TITLES[following])))
        )
        return [Choice("done", _("Done")), beside, Choice(TeachAgain(self._meaning), _("Start over"))]

    def _answered(self, wish: object) -> None:
        if wish == "keep":
            tools = self._tools
            kept = dict.fromkeys((*tools.preferences.settings.alike_kept, self._meaning.value))
            tools.preferences.change(alike_kept=tuple(kept))
            self._dialog = None
            tools.listening.learn_again()
            if self._dialog is None:  # what was learnt comes a moment later
                self._clash = None
                self._show()
            return
        self._tools.listening.learnt.disconnect(self._learnt)
        self.over.emit(None if wish == "done" else wish)
        self.deleteLater()

    # what the ear tells

    def take_level(self, level: LoudnessNow, *, sounded: bool) -> None:
        self.panel.meter.show_level(level)
        if not sounded:
            return
        now = self._tools.listening.now()
        if level.now - level.pump >= VOICE:
            if self._began is None:
                self._began, self._answered_it = now, False
            self._voiced = now
        elif self._began is not None and now - self._voiced >= DECIDED:
            if not self._answered_it and self._voiced - self._began >= SHORTEST:
                self.panel.add_result(ResultRow(_("Kept still"), _("no word of yours heard"), well=False))
            self._began = None

    def take_spotted(self, found: tuple[Spotted, ...]) -> None:
        settings = self._tools.preferences.settings
        for spotted in found:
            word = word_of(settings, spotted.meaning)
            heard = _("Heard “{word}”") if spotted.sure else _("Perhaps “{word}”")
            how = _("sure") if spotted.sure else _("not sure")
            self.panel.add_result(ResultRow(heard.format(word=word), how, well=spotted.sure))
            self._sure += spotted.sure and spotted.meaning is self._meaning
        self._answered_it = self._answered_it or bool(found)
        if self._sure >= SURE and self._clash is None:
            ready = _("“{word}” is ready. It works from your next session on.").format(word=self._word)
            self.panel.show_text(self.panel.text.text(), ready)
