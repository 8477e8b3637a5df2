"""A session from its beginning to its end: played, shown, kept in the log, taken up again after a power cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from guide.core.check import QUESTION, SORE_NOTE, Verdict, verdict
from guide.core.plan import Plan, lay_out
from guide.core.readout import Phase, Readout, read
from guide.core.routine import Routine, Side
from guide.core.session import Command, Finished, Move, Paused, Ready, Running, Session, undo
from guide.language import _, reason, screen
from guide.live import beneath
from guide.live.accompaniment import Accompaniment
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
from guide.live.trace import Trace
from guide.live.wishes import wishes_of
from guide.pages.session.listening import HandsFree
from guide.pages.session.page import CARE_CARD, SessionPage
from guide.pages.session.parts import SessionOptions
from guide.pages.session.welcome import WasHere, WayOn, WelcomeBack
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire, Wishes
from guide.store.log.log import Unfinished
from guide.store.routines import reader
from guide.store.settings import Settings, sore_today
from guide.tools import Tools


@dataclass(frozen=True, slots=True)
class Over:
    """A session that has ended, with all it takes to take it up again."""

    chosen: Chosen
    session: Finished
    recorder: Recorder
    repertoire: Repertoire


class SessionDesk(QObject):
    """`ended` carries the record of a session that is over, and the session; `tried_out` says that a try-out is."""

    ended = Signal(object, object)
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
        self._begun_silent = False  # before the voice was ready
        self._performer: Performer | None = None
        self._recorder: Recorder | None = None
        self._trace: Trace | None = None
        self._wishes: Wishes | None = None
        self._photo_shown = True
        self._music_at = ""  # told by the thread that plays
        self._dimmed = False
        self._was_full_screen = False
        self._hands_free = HandsFree(tools, lambda: self._page, self.take, parent=self)
        tools.window.add_page("session", self._make_page, bare=True)
        tools.preparation.ready.connect(self._prepared)
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
        page.photo.troubled.connect(self._tools.tell)
        return page

    # the ways to begin

    def begin(self, chosen: Chosen, repertoire: Repertoire) -> None:
        """Play what was got ready, from its start, and keep it in the log."""
        self._when_clear(chosen.routine, lambda: self._begin(chosen, repertoire))

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
        self._wishes = wishes_of(tools.preferences.settings)
        self._play(chosen, Ready(chosen.plan), Recorder(tools.log, session_id), repertoire, speed=tools.speed)

    def try_out(self, routine: Routine, *, at: int, speed: float, folder: Path, first: Side = Side.LEFT) -> None:
        """Play a routine that is being written from segment `at`; nothing of it is logged."""
        plan = lay_out(routine, first, self._tools.preferences.settings.pump)
        chosen = Chosen("", routine, plan, "", folder, None, kept=False)

        self._when_clear(routine, lambda: self._play(chosen, Ready(plan, at), None, None, speed=speed))

    def _when_clear(self, routine: Routine, begin: Callable[[], None]) -> None:
        """Begin, or ask the check before hands-on work first; with a sore breast nothing begins."""
        tools = self._tools
        match verdict(routine, sore_today(tools.preferences.settings, tools.now())):
            case Verdict.CLEAR:
                begin()
            case Verdict.ASK:
                tools.window.ask(
                    _("Before hands-on work"),
                    _(QUESTION),
                    [("later", _("Not now")), ("no", _("No")), ("yes", _("Yes"))],
                    lambda answer: self._answered(answer, begin),
                )
            case Verdict.RESTS:
                tools.window.ask(
                    _("Resting today"),
                    _(SORE_NOTE),
                    [("later", _("Not now")), ("care", _("When to seek care")), ("no", _("It is better now"))],
                    lambda answer: self._answered(answer, begin),
                )

    def _answered(self, answer: object, begin: Callable[[], None]) -> None:
        match answer:
            case "no":
                self.sore_answered.emit(False)
                begin()
            case "yes":
                self.sore_answered.emit(True)
            case "care":
                self.learn_asked.emit(CARE_CARD)
            case _:
                pass

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
        self._dimmed = False
        self._speed = speed
        self._begun_silent = repertoire is None
        self._performer = Performer(tools.player, repertoire, speed=speed)
        if repertoire is None:
            self._prepare(chosen)
        listeners: list[Listener] = [recorder] if recorder else []
        if trace := self._tracing():
            listeners.append(trace)  # after the log: what is traced is kept already
        if ear := self._hands_free.begin(self._performer, speed):
            listeners.append(ear)
        tools.window.toast.dismiss()  # what it offers belongs to the page before
        tools.window.toast.forget()
        page = self._page
        page.show_options(self._options(tools.preferences.settings))
        page.show_plan(chosen.plan)
        tools.window.show_page("session")
        self._was_full_screen = tools.window.isFullScreen()
        if tools.preferences.settings.full_screen_at_start and chosen.kept:
            tools.window.fill_screen(filled=True)
        listeners += self._accompanied(chosen, speed)
        tools.awake.begin()
        self._show_on_media_keys(tools.preferences.settings)
        tools.conductor.begin(session, performer=self._performer, listeners=listeners, began_at=began_at, speed=speed)

    def _accompanied(self, chosen: Chosen, speed: float) -> list[Listener]:
        """The sound beneath begins with the session, and a listener has it give way to words."""
        tools, settings = self._tools, self._tools.preferences.settings
        playing = beneath.source(beneath.wished(settings, chosen.routine), settings, keep=self._keep_place)
        if playing is None or self._performer is None:
            return []
        tools.background.play(playing, beneath.volume(settings))
        repertoire = self._performer.repertoire
        return [
            Accompaniment(
                tools.background,
                repertoire.prompts,
                partner_said=repertoire.partner_said,
                gives_way=settings.sounds_soften,
                speed=speed,
            )
        ]

    def _keep_place(self, name: str, frame: int) -> None:
        self._music_at = beneath.written(name, frame)

    def _end_beneath(self) -> None:
        """Her music goes on from here the next time."""
        if self._music_at:
            self._tools.preferences.change(music_at=self._music_at)
            self._music_at = ""

    def _tracing(self) -> Trace | None:
        tools = self._tools
        if tools.trace and self._trace is None:
            try:
                self._trace = Trace(tools.trace, on_trouble=tools.tell)
            except OSError as error:
                tools.tell(_("{path} cannot be written ({why}).").format(path=tools.trace, why=reason(error)))
        return self._trace

    # the voice of a session that runs already

    def _prepare(self, chosen: Chosen) -> None:
        self._tools.player.prime()
        self._wishes = wishes_of(self._tools.preferences.settings)
        self._tools.preparation.begin(chosen.plan, self._wishes, beside=chosen.folder)

    def _prepared(self, repertoire: Repertoire, problems: list[str]) -> None:
        chosen, performer, conductor = self._chosen, self._performer, self._tools.conductor
        if chosen is None or performer is None or self._tools.preparation.plan is not chosen.plan:
            return
        for problem in problems:
            self._tools.tell(problem)
        performer.repertoire = repertoire
        if self._begun_silent and conductor.playing and not conductor.paused:
            conductor.do(SayAgain())
        self._begun_silent = False

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
                self._photo_shown = not self._photo_shown
                self._page.show_options(self._options(preferences.settings))
            case FullScreen():
                self.full_screen_asked.emit()
            case Learn(page):
                self.learn_asked.emit(page)
            case Dim(share):
                self._dimmed = True
                preferences.change(dim_level=share)
            case Open():
                pass  # a session is not left for another one
            case _:
                assert_never(intent)

    def _take_from_afar(self, intent: Intent) -> None:
        """A headset or a keyboard with the window behind; nothing happens beneath a question."""
        if self._tools.window.dialog is None and self._page.dialog is None:
            self.take(intent)

    def _show(self, readout: Readout) -> None:
        if readout.phase is not Phase.FINISHED:
            self._page.show_readout(readout)
            self._tools.media_keys.show(readout)

    def _tell(self, move: Move) -> None:
        if not isinstance(move.session, Finished):
            self._page.tell(move)

    def _preferred(self, settings: Settings) -> None:
        """What changes how it is heard is made ready anew, and taken up when it is there."""
        tools = self._tools
        if self._chosen is None or not tools.conductor.playing:
            return
        if (wishes := wishes_of(settings)) != self._wishes:
            self._wishes = wishes
            tools.preparation.begin(self._chosen.plan, wishes, beside=self._chosen.folder)
        self._page.show_options(self._options(settings))
        self._show_on_media_keys(settings)
        if tools.background.playing:
            tools.background.set_volume(beneath.volume(settings))

    def _show_on_media_keys(self, settings: Settings) -> None:
        """Be the player that media keys speak to, while a session is under way and she wants it."""
        if settings.media_keys:
            self._tools.media_keys.begin(lambda: self._tools.conductor.now)
        else:
            self._tools.media_keys.end()

    def _options(self, settings: Settings) -> SessionOptions:
        photos = settings.photos if self._photo_shown and settings.photos_shown else ()
        return SessionOptions(
            tap=settings.tap.value,
            number_free=settings.number_free,
            quiet=settings.quiet_night,
            dim=settings.dim_level if self._dims(settings) else 0.0,
            photos=tuple(map(Path, photos)),
            partner=settings.partner_shown,
            keys=settings.learned_keys,
            spoken=settings.voice_on,
            speed=self._speed,
            kept=self.kept,
        )

    def _dims(self, settings: Settings) -> bool:
        """In her quiet hours, and whenever she has moved the slider in this session."""
        return self._dimmed or (settings.dim_at_night and is_night(settings, self._tools.now()))

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
        self._end_beneath()
        if tools.window.isFullScreen() and not self._was_full_screen:
            tools.window.fill_screen(filled=False)
        kept = self.kept
        if self._chosen and self._recorder and self._performer:
            self._over = Over(self._chosen, session, self._recorder, self._performer.repertoire)
        self._chosen = None
        if kept:
            self.ended.emit(self._recorder.record if self._recorder else None, session)
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
        """The window has closed; what still sounds is silenced, and what is being made is not waited for."""
        self._end_beneath()
        self._tools.preparation.give_up()
        self._tools.conductor.leave()
        self._tools.awake.end()
        self._hands_free.end()
        self._tools.media_keys.end()
        if self._trace:
            self._trace.close()
            self._trace = None

    # a session that was cut off

    def welcome_back(self) -> bool:
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
        readout = read(session, found.at, screen())
        window = self._tools.window
        dialog = WelcomeBack(
            window.body,
            look=self._tools.look,
            place=WasHere(
                kind=readout.kind,
                title=plan.segments[readout.index].name,
                routine=readout.routine,
                progress=readout.progress,
                left="" if self._tools.preferences.settings.number_free else readout.clock,
                ago=self._tools.now() - found.stopped,
            ),
        )
        window.open_dialog(dialog, lambda way: self._come_back(WayOn(str(way)), found, routine, plan, session))
        return True

    def _come_back(self, way: WayOn, found: Unfinished, routine: Routine, plan: Plan, session: Session) -> None:
        match way:
            case WayOn.LEAVE:
                pass  # it is offered again at the next start, until it is stale
            case WayOn.FINISH:
                self.ended.emit(self._tools.log.leave(found.session_id), None)
            case WayOn.CARRY_ON | WayOn.AGAIN:
                self._when_clear(routine, lambda: self._carry_on(way, found, routine, plan, session))

    def _carry_on(self, way: WayOn, found: Unfinished, routine: Routine, plan: Plan, session: Session) -> None:
        tools = self._tools
        chosen = Chosen(found.routine_id, routine, plan, found.routine_text, tools.library.own, found.purpose)
        tools.log.carried_on(found.session_id)
        recorder = Recorder(tools.log, found.session_id, commands=found.commands)
        self._play(chosen, session, recorder, None, speed=tools.speed, began_at=found.at)
        tools.conductor.do(Command.RESUME)
        tools.conductor.do(Command.AGAIN if way is WayOn.AGAIN else SayAgain())


def is_night(settings: Settings, now: datetime) -> bool:
    """Whether it is within her quiet hours, which may pass midnight."""
    begins, ends, time = settings.quiet_from, settings.quiet_to, now.time()
    return begins <= time < ends if begins <= ends else time >= begins or time < ends
