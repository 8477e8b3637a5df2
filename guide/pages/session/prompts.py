"""The prompts of a session that is under way: made ready anew as she changes her wishes, and taken up when there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from guide.live.chosen import Chosen
from guide.live.intents import SayAgain
from guide.live.wishes import wishes_of
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire, Wishes
from guide.tools import Tools


class SpokenPrompts(QObject):
    """Hands the performer a repertoire; where a session began without one, its step is told once it is there."""

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._chosen: Chosen | None = None
        self._performer: Performer | None = None
        self._wishes: Wishes | None = None
        self._silent = False
        tools.preparation.ready.connect(self._take)

    def begin(self, chosen: Chosen, performer: Performer) -> None:
        """Make them ready, unless the performer has them as she wishes."""
        made_for = performer.repertoire.made_for
        self._chosen, self._performer, self._silent = chosen, performer, made_for is None
        self._wishes = wishes_of(self._tools.preferences.settings)
        if made_for is None:
            self._tools.player.prime()
        if made_for != self._wishes:
            self._tools.preparation.begin(chosen.plan, self._wishes, beside=chosen.folder)

    def renew(self) -> None:
        """Make them ready in another way, where her wishes ask for one."""
        wishes, chosen = wishes_of(self._tools.preferences.settings), self._chosen
        if chosen is not None and wishes != self._wishes:
            self._wishes = wishes
            self._tools.preparation.begin(chosen.plan, wishes, beside=chosen.folder)

    def end(self) -> None:
        self._chosen = self._performer = None

    def _take(self, repertoire: Repertoire, problems: list[str]) -> None:
        chosen, performer, conductor = self._chosen, self._performer, self._tools.conductor
        if chosen is None or performer is None or self._tools.preparation.plan is not chosen.plan:
            return
        for problem in problems:
            self._tools.tell_met(problem)
        performer.repertoire = repertoire
        if self._silent and conductor.playing and not conductor.paused:
            conductor.do(SayAgain())
        self._silent = False
