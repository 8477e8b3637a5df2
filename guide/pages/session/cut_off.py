"""A session that was cut off: offered at the next start, to be carried on with, begun again, finished or left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.core.readout import read
from guide.core.routine import Routine
from guide.core.session import Paused, Running, Session
from guide.dates import clock_words
from guide.language import screen
from guide.pages.session.welcome import WasHere, WayOn, WelcomeBack
from guide.store.log.log import Unfinished
from guide.store.routines import reader
from guide.tools import Tools


@dataclass(frozen=True, slots=True)
class CutOffSession:
    """What was under way: as the log has it, with its routine, its plan, and how it stood."""

    found: Unfinished
    routine: Routine
    plan: Plan
    session: Session


class CutOff(QObject):
    """`carried_on` carries what was stopped and the way on that she chose, `finished` a record, or none."""

    carried_on = Signal(object, object)
    finished = Signal(object)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools

    def offer(self) -> bool:
        """Offer to carry on with a session that was cut off; False where there is none."""
        found = self._tools.log.unfinished()
        if found is None:
            return False
        routine = reader.read(found.routine_text).routine
        pump = self._tools.preferences.settings.pump
        plan = lay_out(routine, found.first_side, pump) if routine else None
        session = found.session(plan) if plan else None
        if routine is None or plan is None or not isinstance(session, Running | Paused):
            self._tools.log.leave(found.session_id)
            return False
        stopped = CutOffSession(found, routine, plan, session)
        readout = read(session, found.at, screen())
        window, number_free = self._tools.window, self._tools.preferences.settings.number_free
        dialog = WelcomeBack(
            window.body,
            look=self._tools.look,
            place=WasHere(
                kind=readout.kind,
                title=plan.segments[readout.index].name,
                routine=readout.routine,
                progress=readout.progress,
                left="" if number_free else readout.clock,
                caption=readout.caption,
                ago=None if number_free else self._tools.now() - found.stopped,
                stopped=clock_words(found.stopped),
            ),
        )
        window.open_dialog(dialog, lambda way: self._come_back(WayOn(str(way)), stopped))
        return True

    def _come_back(self, way: WayOn, stopped: CutOffSession) -> None:
        match way:
            case WayOn.LEAVE:
                pass  # it is offered again at the next start, until it is stale
            case WayOn.FINISH:
                self.finished.emit(self._tools.log.leave(stopped.found.session_id))
            case WayOn.CARRY_ON | WayOn.AGAIN:
                self.carried_on.emit(stopped, way)
