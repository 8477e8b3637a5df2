"""The check before hands-on work: asked where a session is begun, whatever it is begun by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from guide.core.check import QUESTION, SORE_NOTE, Verdict, verdict
from guide.core.routine import Routine
from guide.core.yes_no import Answers, answer_letters
from guide.language import _, screen
from guide.pages.session.parts import CARE_CARD
from guide.store.settings import sore_today
from guide.tools import Tools


class CheckQuestion(QObject):
    """`answered` carries whether something is sore; `learn_asked` a page of Learn."""

    answered = Signal(bool)
    learn_asked = Signal(str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools

    def when_clear(self, routine: Routine, begin: Callable[[], None]) -> None:
        """Begin, or ask the check before hands-on work first; with a sore breast nothing begins."""
        tools = self._tools
        match verdict(routine, sore_today(tools.preferences.settings, tools.now())):
            case Verdict.CLEAR:
                begin()
            case Verdict.ASK:
                letters = answer_letters(screen()) or Answers("", "")
                tools.window.ask(
                    _("Before hands-on work"),
                    _(QUESTION),
                    [("later", _("Not now")), ("no", _("No"), letters.no), ("yes", _("Yes"), letters.yes)],
                    lambda answer: self._answer(answer, begin),
                )
            case Verdict.RESTS:
                tools.window.ask(
                    _("Resting today"),
                    _(SORE_NOTE),
                    [("later", _("Not now")), ("care", _("When to seek care")), ("no", _("It is better now"))],
                    lambda answer: self._answer(answer, begin),
                )

    def _answer(self, answer: object, begin: Callable[[], None]) -> None:
        match answer:
            case "no":
                self.answered.emit(False)
                begin()
            case "yes":
                self.answered.emit(True)
            case "care":
                self.learn_asked.emit(CARE_CARD)
            case _:
                pass
