"""From Get ready to the last note: one session, from being chosen to being kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, assert_never, cast

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from guide.core.plan import Plan, lay_out
from guide.core.readout import Phase, Readout, read
from guide.core.record import Record
from guide.core.routine import Purpose, Range, Routine, Side, side_to_begin
from guide.core.session import Command, Finished, Move, Paused, Ready, Running, Session
from guide.core.usual import slows_at, slows_words
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
from guide.pages.finish.page import FinishPage
from guide.pages.finish.view import FinishView
from guide.pages.ready.page import ReadyPage
from guide.pages.ready.view import ReadyView
from guide.pages.session.page import SessionPage
from guide.pages.session.parts import SessionOptions
from guide.pages.session.welcome import WasHere, WayOn, WelcomeBack
from guide.sound.performer import Performer
from guide.sound.repertoire import Repertoire, Wishes
from guide.store.log.log import Noted, Unfinished
from guide.store.routines import reader
from guide.store.routines.entry import Entry
from guide.store.settings import Settings
from guide.store.yaml.problem import Problem
from guide.tools import Tools, sore_today

A_SECOND: Final = 1000  # milliseconds: progress is shown on what takes longer
CARE_CARD: Final = "care-card"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was picked in the library; `text` is the routine's file, for the journal."""

    id: str
    routine: Routine
    plan: Plan
    text: str
    folder: Path
    purpose: Purpose | None
    warnings: tuple[Problem, ...] = ()
    kept: bool = True  # a try-out from the editor leaves no trace in the log


class SessionDesk(QObject):
    """Get ready, the session itself, and Finish. `over` says that the person is done and goes home."""

    over = Signal()
    edit_asked = Signal(str)
    card_asked = Signal(str)
    learn_asked = Signal(str)
    keep_asked = Signal(object)
    settings_asked = Signal()
    full_screen_asked = Signal()
    own_range_asked = Signal(str, object)
    sore_answered = Signal(bool)
    tried_out = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._chosen: Chosen | None = None
        self._repertoire: Repertoire | None = None
        self._starting = False
        self._speed = tools.speed
        self._begun_silent = False  # before the voice was ready
        self._performer: Performer | None = None
        self._recorder: Recorder | None = None
        self._trace: Trace | None = None
        self._record: Record | None = None
        self._wishes: Wishes | None = None
        self._photo_shown = True
        self._dimmed = False
        self._was_full_screen = False
        self._slow_start = QTimer(self)
        self._slow_start.setSingleShot(True)
        self._slow_start.setInterval(A_SECOND)
        self._progress = (0, 0)
        window = tools.window
        window.add_page("ready", self._make_ready_page, bare=True)
        window.add_page("session", self._make_session_page, bare=True)
        window.add_page("finish", self._make_finish_page, bare=True)
        self._slow_start.timeout.connect(self._show_progress)
        tools.preparation.progressed.connect(self._progressed)
        tools.preparation.ready.connect(self._rehearsed)
        tools.conductor.changed.connect(self._show)
        tools.conductor.happened.connect(self._tell)
        tools.conductor.finished.connect(self._finished)
        tools.preferences.changed.connect(self._preferred)

    # get ready

    def get_ready(self, entry: Entry, *, start: bool = False, at_once: bool = False) -> None:
        """Show what is coming; `start` presses Start too, `at_once` without the check before hands-on work."""
        if entry.routine is None:
            return
        tools = self._tools
        first = side_to_begin(entry.routine, tools.log.last_first_side(entry.id))
        self._choose(
            Chosen(
                id=entry.id,
                routine=entry.routine,
                plan=lay_out(entry.routine, first),
                text=entry.path.read_text(encoding="utf-8-sig"),
                folder=entry.path.parent,
                purpose=_purpose(entry.routine, tools.preferences.settings.purpose),
                warnings=entry.warnings,
            )
        )
        tools.window.show_page("ready")
        if at_once:
            self.start()
        elif start:
            self._ready_page.press_start()

    def _choose(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._start_no_more()
        self._prepare()
        self._show_ready()

    def _prepare(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        self._repertoire = None
        self._progress = (0, 0)
        self._tools.player.prime()
        self._wishes = wishes_of(self._tools.preferences.settings)
        self._tools.preparation.begin(chosen.plan, self._wishes, beside=chosen.folder)

    def refresh(self) -> None:
        """Get ready once more, with what has changed."""
        if self._tools.window.here == "ready":
            self._show_ready()

    def back_to_ready(self) -> None:
        """Get ready as it was left, with the voice that was chosen meanwhile."""
        if self._chosen is None:
            self.over.emit()
            return
        self._tools.window.show_page("ready")
        if wishes_of(self._tools.preferences.settings) != self._wishes:
            self._prepare()
        self._show_ready()

    def _show_ready(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        settings, now = self._tools.preferences.settings, self._tools.now()
        slow = self._usual_slowing(chosen)
        self._ready_page.show_routine(
            ReadyView(
                id=chosen.id,
                routine=chosen.routine,
                plan=chosen.plan,
                done_by=f"{now + chosen.plan.longest:%H:%M}",
                purpose=chosen.purpose,
                voice_on=settings.voice_on,
                voice_name="Choose a voice",
                chimes_on=settings.chimes_on,
                quiet=settings.quiet_night,
                partner=settings.partner_shown,
                number_free=settings.number_free,
                hint=f"{slows_words(slow[1])}." if slow else "",
                hint_action="Use a range of my own" if slow else "",
                sore=sore_today(settings, now),
                warnings=tuple(warning.message for warning in chosen.warnings),
            )
        )
        self._ready_page.show_ready()

    def _usual_slowing(self, chosen: Chosen) -> tuple[tuple[int, ...], timedelta] | None:
        """The first range of the plan in which her milk has slowed often enough to tell, and when."""
        records = self._tools.log.records(routine=chosen.id, limit=50)
        for segment in chosen.plan.segments:
            if isinstance(segment.step.length, Range) and (at := slows_at(records, chosen.id, segment.place)):
                return segment.place, at
        return None

    def start(self) -> None:
        """Begin as soon as every prompt is a finished file."""
        chosen = self._chosen
        if chosen is None or self._starting:
            return
        if self._repertoire is not None:
            self._begin(chosen)
            return
        self._starting = True
        self._slow_start.start()

    def _start_no_more(self) -> None:
        self._starting = False
        self._slow_start.stop()

    def _progressed(self, done: int, count: int) -> None:
        self._progress = (done, count)
        if self._starting and not self._slow_start.isActive():
            self._show_progress()

    def _show_progress(self) -> None:
        if self._starting:
            self._ready_page.show_preparing(*self._progress)

    def _rehearsed(self, repertoire: Repertoire, problems: list[str]) -> None:
        for problem in problems:
            self._tools.tell(problem)
        self._repertoire = repertoire
        conductor, begun_silent = self._tools.conductor, self._begun_silent
        self._begun_silent = False
        if conductor.playing and self._performer:
            self._performer.repertoire = repertoire
            if begun_silent and not conductor.paused:
                conductor.do(SayAgain())
        elif self._starting and self._chosen:
            if self._tools.window.here == "ready":
                self._begin(self._chosen)
            else:  # she went elsewhere meanwhile: nothing begins behind another page
                self._start_no_more()
                self._ready_page.show_ready()

    # the session

    def _begin(self, chosen: Chosen) -> None:
        tools = self._tools
        self._start_no_more()
        recorder = None
        if chosen.kept:
            session_id = tools.log.begin(
                routine_id=chosen.id,
                routine_name=chosen.routine.name,
                routine_text=chosen.text,
                first_side=chosen.plan.first,
                purpose=chosen.purpose,
                began=tools.now(),
                steps_total=len(chosen.plan.segments),
            )
            recorder = Recorder(tools.log, session_id)
        self._play(chosen, Ready(chosen.plan), recorder, speed=tools.speed)

    def try_out(self, routine: Routine, *, at: int, speed: float, folder: Path, first: Side = Side.LEFT) -> None:
        """Play a routine that is being written from segment `at`; nothing of it is logged."""
        plan = lay_out(routine, first)
        chosen = Chosen("", routine, plan, "", folder, None, kept=False)
        self._chosen = chosen
        self._start_no_more()
        self._prepare()
        self._play(chosen, Ready(plan, at), None, speed=speed)

    def _play(
        self,
        chosen: Chosen,
        session: Session,
        recorder: Recorder | None,
        *,
        speed: float,
        began_at: timedelta = timedelta(0),
    ) -> None:
        tools = self._tools
        self._recorder, self._record = recorder, None
        self._dimmed = False
        self._speed = speed
        self._begun_silent = self._repertoire is None
        self._performer = Performer(tools.player, self._repertoire, speed=speed)
        listeners: list[Listener] = [recorder] if recorder else []
        if tools.trace and self._trace is None:
            try:
                self._trace = Trace(tools.trace, on_trouble=tools.tell)
            except OSError as error:
                tools.tell(f"{tools.trace} cannot be written ({(error.strerror or '').lower()}).")
        if self._trace:
            listeners.append(self._trace)  # after the log: what is traced is kept already
        tools.window.toast.dismiss()  # what it offers belongs to the page before
        page = self._session_page
        page.show_options(self._options(tools.preferences.settings))
        page.show_plan(chosen.plan)
        tools.window.show_page("session")
        self._was_full_screen = tools.window.isFullScreen()
        if tools.preferences.settings.full_screen_at_start and chosen.kept:
            tools.window.fill_screen(filled=True)
        tools.awake.begin()
        tools.conductor.begin(session, performer=self._performer, listeners=listeners, began_at=began_at, speed=speed)

    def take(self, intent: Intent) -> None:
        """Do what was asked, whatever it was asked with; nothing of it is asked where no session is on show."""
        preferences = self._tools.preferences
        match intent:
            case Command() | GoOn() | PauseOrCarryOn() | SayAgain():
                self._tools.conductor.do(intent)
            case Finish():
                self._session_page.ask_to_finish()
            case Quiet():
                preferences.change(quiet_night=not preferences.settings.quiet_night)
            case Photo():
                self._toggle_photo()
            case FullScreen():
                self.full_screen_asked.emit()
            case Learn(page):
                self.learn_asked.emit(page)
            case Dim(share):
                self._dim(share)
            case Open():
                pass
            case _:
                assert_never(intent)

    def _tell(self, move: Move) -> None:
        if not isinstance(move.session, Finished):
            self._session_page.tell(move)

    def _show(self, readout: Readout) -> None:
        if readout.phase is not Phase.FINISHED:
            self._session_page.show_readout(readout)

    def _finished(self, session: Finished) -> None:
        tools = self._tools
        tools.awake.end()
        if tools.window.isFullScreen() and not self._was_full_screen:
            tools.window.fill_screen(filled=False)
        if self._chosen is not None and not self._chosen.kept:
            tools.conductor.leave()
            self.tried_out.emit()
            return
        record = self._recorder.record if self._recorder else None
        self._show_finish(record, session)

    # afterwards

    def _show_finish(self, record: Record | None, session: Finished | None = None) -> None:
        self._record = record
        settings = self._tools.preferences.settings
        steps = record.steps if record else ()
        self._finish_page.show_finish(
            FinishView(
                lasted=record.lasted if record else session.at if session else timedelta(0),
                complete=record.complete if record else bool(session and session.complete),
                segments=tuple((step.kind, step.lasted.total_seconds()) for step in steps),
                purpose=record.purpose if record else None,
                units=settings.units.value,
                number_free=settings.number_free,
                left_ml=record.left_ml if record else None,
                right_ml=record.right_ml if record else None,
                comfort=record.comfort if record else None,
                meant_for=record.meant_for if record else "",
                note=record.note if record else "",
            )
        )
        self._tools.window.show_page("finish")

    def _noted(self, field: str, value: object) -> None:
        if self._record is None:
            return
        if field == "purpose" and isinstance(value, Purpose):
            self._tools.preferences.change(purpose=value)
        noted = cast("Noted", {field: value})  # the page speaks of fields of a record
        self._record = self._tools.log.save_note(self._record.id, **noted) or self._record

    def _go_home(self) -> None:
        self._chosen = None
        self.over.emit()

    # a session that was cut off

    def welcome_back(self) -> bool:
        """Offer to carry on with a session that was cut off; False where there is none."""
        found = self._tools.log.unfinished()
        if found is None:
            return False
        routine = reader.read(found.routine_text).routine
        if routine is None:
            self._tools.log.leave(found.session_id)
            return False
        plan = lay_out(routine, found.first_side)
        session = found.session(plan)
        if not isinstance(session, Running | Paused):
            self._tools.log.leave(found.session_id)
            return False
        readout = read(session, found.at)
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
        tools = self._tools
        match way:
            case WayOn.LEAVE:
                return  # it is offered again at the next start, until it is stale
            case WayOn.FINISH:
                self._show_finish(tools.log.leave(found.session_id))
                return
            case WayOn.CARRY_ON | WayOn.AGAIN:
                pass
        entry_folder = tools.library.own
        chosen = Chosen(found.routine_id, routine, plan, found.routine_text, entry_folder, found.purpose)
        self._chosen = chosen
        self._prepare()
        tools.log.carried_on(found.session_id)
        recorder = Recorder(tools.log, found.session_id, commands=found.commands)
        self._play(chosen, session, recorder, speed=tools.speed, began_at=found.at)
        tools.conductor.do(Command.RESUME)
        if way is WayOn.AGAIN:
            tools.conductor.do(Command.AGAIN)
        else:
            tools.conductor.do(SayAgain())

    # settings that change while it runs

    def _preferred(self, settings: Settings) -> None:
        """What changes how a session is heard is made ready anew; the session on show takes it up when it is there."""
        window, wishes = self._tools.window, wishes_of(settings)
        if wishes != self._wishes and self._chosen is not None:
            if window.here == "ready":
                self._prepare()
            elif self._tools.conductor.playing:
                self._wishes = wishes
                self._tools.preparation.begin(self._chosen.plan, wishes, beside=self._chosen.folder)
        if self._tools.conductor.playing:
            self._session_page.show_options(self._options(settings))

    def _options(self, settings: Settings) -> SessionOptions:
        photos = settings.photos if self._photo_shown else ()
        return SessionOptions(
            tap=settings.tap.value,
            number_free=settings.number_free,
            quiet=settings.quiet_night,
            dim=settings.dim_level if self._dims(settings) else 0.0,
            photo=Path(photos[0]) if photos else None,
            partner=settings.partner_shown,
            keys=settings.learned_keys,
            spoken=settings.voice_on,
            speed=self._speed,
            kept=self._chosen is None or self._chosen.kept,
        )

    def _dims(self, settings: Settings) -> bool:
        """In her quiet hours, and whenever she has moved the slider in this session."""
        return self._dimmed or (settings.dim_at_night and is_night(settings, self._tools.now()))

    def _dim(self, share: float) -> None:
        self._dimmed = True
        self._tools.preferences.change(dim_level=share)

    def close(self) -> None:
        """The window has closed; what still sounds is silenced, and what is being made is not waited for."""
        self._tools.preparation.give_up()
        self._tools.conductor.leave()
        self._tools.awake.end()
        if self._trace:
            self._trace.close()
            self._trace = None

    def withdraw_question(self) -> None:
        """Take back what the session page asks; the window asks it now."""
        self._session_page.withdraw_question()

    @property
    def kept(self) -> bool:
        """Whether the session that is played is one for the log, not a try-out."""
        return self._chosen is not None and self._chosen.kept

    def note_again(self, record: Record) -> None:
        """Open Finish once more for a session in the history."""
        self._chosen = None
        self._show_finish(record)

    # the pages

    @property
    def _ready_page(self) -> ReadyPage:
        page = self._tools.window.page("ready")
        assert isinstance(page, ReadyPage)  # noqa: S101  made below
        return page

    @property
    def _session_page(self) -> SessionPage:
        page = self._tools.window.page("session")
        assert isinstance(page, SessionPage)  # noqa: S101  made below
        return page

    @property
    def _finish_page(self) -> FinishPage:
        page = self._tools.window.page("finish")
        assert isinstance(page, FinishPage)  # noqa: S101  made below
        return page

    def _make_ready_page(self) -> ReadyPage:
        page, preferences = ReadyPage(look=self._tools.look), self._tools.preferences
        page.start_asked.connect(self.start)
        page.back_asked.connect(self._leave_ready)
        page.edit_asked.connect(lambda: self._of_chosen(self.edit_asked))
        page.card_asked.connect(lambda: self._of_chosen(self.card_asked))
        page.learn_asked.connect(self.learn_asked)
        page.purpose_chosen.connect(self._choose_purpose)
        page.voice_toggled.connect(lambda on: preferences.change(voice_on=on))
        page.chimes_toggled.connect(lambda on: preferences.change(chimes_on=on))
        page.quiet_toggled.connect(lambda on: preferences.change(quiet_night=on))
        page.partner_toggled.connect(lambda on: preferences.change(partner_shown=on))
        page.voice_asked.connect(self.settings_asked)
        page.side_chosen.connect(self._choose_side)
        page.hint_taken.connect(self._take_hint)
        page.sore_answered.connect(self.sore_answered)
        return page

    def _make_session_page(self) -> SessionPage:
        page = SessionPage(look=self._tools.look)
        page.asked.connect(self.take)
        return page

    def _make_finish_page(self) -> FinishPage:
        page = FinishPage(look=self._tools.look)
        page.noted.connect(self._noted)
        page.saved.connect(self._go_home)
        page.later.connect(self._go_home)
        page.learn_asked.connect(self.learn_asked)
        page.keep_asked.connect(self._keep)
        return page

    def _of_chosen(self, asked: SignalInstance) -> None:
        if self._chosen is not None:
            asked.emit(self._chosen.id)

    def _leave_ready(self) -> None:
        self._start_no_more()
        self._tools.preparation.give_up()
        self._go_home()

    def _choose_purpose(self, purpose: Purpose) -> None:
        if self._chosen is not None:
            self._chosen = replace(self._chosen, purpose=purpose)
        self._tools.preferences.change(purpose=purpose)

    def _choose_side(self, side: Side) -> None:
        if self._chosen is not None:
            self._choose(replace(self._chosen, plan=lay_out(self._chosen.routine, side)))

    def _take_hint(self) -> None:
        if self._chosen is not None and (slow := self._usual_slowing(self._chosen)):
            self.own_range_asked.emit(self._chosen.id, slow[0])

    def _keep(self) -> None:
        if self._record is not None:
            self.keep_asked.emit(self._record)

    def _toggle_photo(self) -> None:
        self._photo_shown = not self._photo_shown
        settings = self._tools.preferences.settings
        self._session_page.show_options(self._options(settings))


def _purpose(routine: Routine, last: Purpose | None) -> Purpose | None:
    """The one she chose last, where the routine serves it; else the routine's first."""
    if last is not None and (not routine.purposes or last in routine.purposes):
        return last
    return routine.purposes[0] if routine.purposes else last


def is_night(settings: Settings, now: datetime) -> bool:
    """Whether it is within her quiet hours, which may pass midnight."""
    begins, ends, time = settings.quiet_from, settings.quiet_to, now.time()
    return begins <= time < ends if begins <= ends else time >= begins or time < ends
