"""A session from its beginning to its end: played, shown, kept in the log, taken up again after a power cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from guide.core.asked import undo
from guide.core.commands import Command
from guide.core.layout import lay_out
from guide.core.readout import Phase, Readout
from guide.core.routine import Routine, Side
from guide.core.session import Finished, Move, Ready, Running, Session
from guide.language import _
from guide.live import beneath
from guide.live.chosen import Chosen
from guide.live.intents import (
    Dim,
    Finish,
    FullScreen,
    GoOn,
    Intent,
    Learn,
    Open,
    PauseOrCarryOn,
    Photo,
    Quiet,
    SayAgain,
)
from guide.live.recorder import Recorder
from guide.live.sitting import Listener
from guide.pages.session.appearance import Appearance
from guide.pages.session.check import CheckQuestion
from guide.pages.session.cut_off import CutOff, CutOffSession
from guide.pages.session.listeners import SoundBeneath, Tracing
from guide.pages.session.listening import HandsFree
from guide.pages.session.page import SessionPage
from guide.pages.session.prompts import SpokenPrompts
from guide.pages.session.welcome import WayOn
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire
from guide.store.log.log import PLAYED_ELSEWHERE
from guide.store.settings import Settings
from guide.tools import Tools


@dataclass(frozen=True, slots=True)
class Over:
    """A session that has ended, with all it takes to take it up again."""

    chosen: Chosen
    session: Finished
    recorder: Recorder
    repertoire: Repertoire


class SessionDesk(QObject):
    """
    `ended` carries the record of a session that is over, and the session; `tried_out` says that a try-out is.

    `left` asks for the window to be closed, with the session waiting for the next start.
    """

    ended = Signal(object, object, bool)
    left = Signal()
    tried_out = Signal()
    learn_asked = Signal(str)
    full_screen_asked = Signal()
    sore_answered = Signal(bool)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._chosen: Chosen | None = None
        self._over: Over | None = None
        self._speed = tools.speed
        self._performer: Performer | None = None
        self._recorder: Recorder | None = None
        self._prompts = SpokenPrompts(tools, parent=self)
        self._tracing = Tracing(tools)
        self._beneath = SoundBeneath(tools)
        self._appearance = Appearance(tools, lambda: self._page)
        self._hands_free = HandsFree(tools, lambda: self._page, self.take, parent=self)
        self._check = CheckQuestion(tools, parent=self)
        self._check.answered.connect(self.sore_answered)
        self._check.learn_asked.connect(self.learn_asked)
        self._cut_off = CutOff(tools, parent=self)
        self._cut_off.finished.connect(lambda record: self.ended.emit(record, None, True))
        self._cut_off.carried_on.connect(
            lambda stopped, way: self._check.when_clear(stopped.routine, lambda: self._carry_on(stopped, way))
        )
        tools.window.add_page("session", self._make_page, bare=True, keys_below=True, keeps_still=True)
        tools.conductor.changed.connect(self._show)
        tools.conductor.happened.connect(self._tell)
        tools.conductor.finished.connect(self._finished)
        tools.preferences.changed.connect(self._preferred)
        tools.media_keys.asked.connect(self._take_from_afar)
        tools.media_keys.raised.connect(tools.window.come_forward)

    @property
    def _page(self) -> SessionPage:
        page = self._tools.window.page("session")
        assert isinstance(page, SessionPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> SessionPage:
        page = SessionPage(look=self._tools.look)
        page.asked.connect(self.take)
        page.left.connect(self.left)
        page.photo.troubled.connect(self._tools.tell)
        return page

    # the ways to begin

    def begin(self, chosen: Chosen, repertoire: Repertoire) -> None:
        """Play what was got ready, from its start, and keep it in the log."""
        self._check.when_clear(chosen.routine, lambda: self._begin(chosen, repertoire))

    def _begin(self, chosen: Chosen, repertoire: Repertoire) -> None:
        tools = self._tools
        session_id = tools.log.begin(
            routine_id=chosen.id,
            routine_name=chosen.routine.name,
            routine_text=chosen.text,
            first_side=chosen.plan.first,
            purpose=chosen.purpose,
            began=tools.now(),
            steps_total=len(chosen.plan.segments),
        )
        self._play(chosen, Ready(chosen.plan), Recorder(tools.log, session_id), repertoire, speed=tools.speed)

    def try_out(self, routine: Routine, *, at: int, speed: float, folder: Path, first: Side = Side.LEFT) -> None:
        """Play a routine that is being written from segment `at`; nothing of it is logged."""
        plan = lay_out(routine, first, self._tools.preferences.settings.pump)
        chosen = Chosen("", routine, plan, "", folder, None, kept=False)

        self._check.when_clear(routine, lambda: self._play(chosen, Ready(plan, at), None, None, speed=speed))

    def _play(
        self,
        chosen: Chosen,
        session: Session,
        recorder: Recorder | None,
        repertoire: Repertoire | None,
        *,
        speed: float,
        began_at: timedelta = timedelta(0),
    ) -> None:
        tools = self._tools
        self._chosen = chosen
        self._recorder = recorder
        self._speed = speed
        self._performer = Performer(tools.player, repertoire, speed=speed)
        self._prompts.begin(chosen, self._performer)
        listeners: list[Listener] = [recorder] if recorder else []
        listeners += self._tracing.begin()  # after the log: what is traced is kept already
        if ear := self._hands_free.begin(self._performer, speed):
            listeners.append(ear)
        tools.window.toast.dismiss()  # what it offers belongs to the page before
        tools.window.toast.forget()
        self._appearance.begin(speed=speed, kept=chosen.kept)
        self._page.show_plan(chosen.plan)
        tools.window.show_page("session")
        self._appearance.fill_screen()
        listeners += self._beneath.begin(chosen.routine, self._performer, speed)
        tools.awake.begin()
        self._show_on_media_keys(tools.preferences.settings)
        tools.conductor.begin(session, performer=self._performer, listeners=listeners, began_at=began_at, speed=speed)

    # while it runs

    def take(self, intent: Intent) -> None:
        """Do what was asked, whatever it was asked with."""
        preferences = self._tools.preferences
        match intent:
            case Command() | GoOn() | PauseOrCarryOn() | SayAgain():
                self._tools.conductor.do(intent)
            case Finish():
                self._page.ask_to_finish()
            case Quiet():
                preferences.change(quiet_night=not preferences.settings.quiet_night)
            case Photo():
                self._appearance.show_photos_or_not()
            case FullScreen():
                self.full_screen_asked.emit()
            case Learn(page):
                self.learn_asked.emit(page)
            case Dim(share):
                self._appearance.dim(share)
            case Open():
                pass  # a session is not left for another one
            case _:
                assert_never(intent)

    def _take_from_afar(self, intent: Intent) -> None:
        """A headset or a keyboard with the window behind; nothing happens beneath a question."""
        if self._tools.window.dialog is None and self._page.dialog is None:
            toggles = intent is Command.RESUME and self._tools.conductor.paused
            self.take(PauseOrCarryOn() if toggles else intent)  # a headset plays by itself when it is put on

    def _show(self, readout: Readout) -> None:
        if readout.phase is not Phase.FINISHED:
            self._appearance.heed_the_hour()
            self._page.show_readout(readout)
            self._tools.media_keys.show(readout)

    def _tell(self, move: Move) -> None:
        if move.command is Command.IT_HURTS:
            self._tools.preferences.ask_again()  # at once: a session may be cut off
        if not isinstance(move.session, Finished):
            self._page.tell(move)

    def _preferred(self, settings: Settings) -> None:
        """What changes how it is heard is made ready anew, and taken up when it is there."""
        tools = self._tools
        if self._chosen is None or not tools.conductor.playing:
            return
        self._prompts.renew()
        self._appearance.show()
        self._show_on_media_keys(settings)
        if tools.background.playing:
            tools.background.set_volume(beneath.volume(settings))

    def _show_on_media_keys(self, settings: Settings) -> None:
        """Be the player that media keys speak to, while a session is under way and she wants it."""
        if settings.media_keys:
            self._tools.media_keys.begin(lambda: self._tools.conductor.now)
        else:
            self._tools.media_keys.end()

    @property
    def kept(self) -> bool:
        """Whether the session that is played is one for the log, not a try-out."""
        return self._chosen is None or self._chosen.kept

    def withdraw_question(self) -> None:
        """Take back what the session page asks; the window asks it now."""
        self._page.withdraw_question()

    # its end

    def _finished(self, session: Finished) -> None:
        tools = self._tools
        tools.awake.end()
        self._hands_free.end()
        tools.media_keys.end()
        self._beneath.end()
        self._appearance.end()
        kept = self.kept
        if self._chosen and self._recorder and self._performer:
            self._over = Over(self._chosen, session, self._recorder, self._performer.repertoire)
        self._chosen = None
        self._prompts.end()
        if kept:
            self.ended.emit(self._recorder.record if self._recorder else None, session, self._page.saves)
        else:
            tools.conductor.leave()
            self.tried_out.emit()

    def take_up_again(self) -> None:
        """The end was a slip of the hand: go on where she was, as if all since had been a pause."""
        over, self._over = self._over, None
        if over is None or over.session.left is None:
            return
        at = over.session.at
        over.recorder.take_up(over.chosen.text, at)
        session = undo(over.session, at).session
        self._play(over.chosen, session, over.recorder, over.repertoire, speed=self._speed, began_at=at)
        if isinstance(session, Running):
            self._tools.conductor.do(SayAgain())

    def close(self) -> None:
        """The window has closed; what still sounds is silenced."""
        self._beneath.end()
        self._tools.conductor.leave()
        self._tools.awake.end()
        self._hands_free.end()
        self._tools.media_keys.end()
        self._tracing.close()

    # a session that was cut off

    def welcome_back(self) -> bool:
        """Offer to carry on with a session that was cut off; False where there is none."""
        return self._cut_off.offer()

    def _carry_on(self, stopped: CutOffSession, way: WayOn) -> None:
        tools, found, plan = self._tools, stopped.found, stopped.plan
        chosen = Chosen(found.routine_id, stopped.routine, plan, found.routine_text, tools.library.own, found.purpose)
        if not tools.log.carried_on(found.session_id):
            tools.window.toast.tell(_(PLAYED_ELSEWHERE).format(name=stopped.routine.name))
            return
        recorder = Recorder(tools.log, found.session_id, commands=found.commands)
        self._play(chosen, stopped.session, recorder, None, speed=tools.speed, began_at=found.at)
        tools.conductor.do(Command.RESUME)
        tools.conductor.do(Command.AGAIN if way is WayOn.AGAIN else SayAgain())
