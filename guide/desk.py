"""The desk: which page is on show, and what leads from one to the other."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from guide import __version__
from guide.core.record import Record
from guide.core.routine import Side
from guide.core.session import Command
from guide.language import _
from guide.live.intents import Open, asked_by_a_start
from guide.live.speech import use_language
from guide.pages.routines.desk import FIRST, RoutinesDesk
from guide.store.files import newest_first
from guide.store.glance import Theme, Window
from guide.store.routines.entry import Entry
from guide.store.settings import Settings, SoreCheck
from guide.tools import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from guide.core.routine import Routine
    from guide.core.session import Finished
    from guide.live.chosen import Chosen
    from guide.pages.along.desk import AlongDesk
    from guide.pages.bringing.desk import BringingDesk
    from guide.pages.editor.desk import EditingDesk
    from guide.pages.finish.desk import FinishDesk
    from guide.pages.history.desk import HistoryDesk
    from guide.pages.language.desk import LanguageDesk
    from guide.pages.learn.desk import LearningDesk
    from guide.pages.ready.desk import ReadyDesk
    from guide.pages.session.desk import SessionDesk
    from guide.pages.settings.desk import SettingsDesk
    from guide.pages.voices.desk import VoicesDesk
    from guide.pages.voices.studio_desk import StudioDesk
    from guide.pages.words.desk import WordsDesk
    from guide.sound.repertoire import Repertoire

log = logging.getLogger(__name__)

WARM_AFTER: Final = 4000  # milliseconds after the first paint: what she came for has the computer to itself


class Desk(QObject):
    """Joins the desks of the several pages; all but the library's are made when they are first asked for."""

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._unforeseen: list[object] = []
        self._home = "routines"  # where the page after a session leads
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self._warm)
        self.routines = RoutinesDesk(tools, parent=self)
        self.routines.picked.connect(lambda entry, start: self.ready.get_ready(entry, start=start))
        self.routines.edit_asked.connect(self._edit)
        self.routines.new_asked.connect(self._new)
        self.routines.along_asked.connect(self._take_along)
        self.routines.import_asked.connect(self._look_at)
        window = tools.window
        window.page_asked.connect(self.go_to)
        tools.preferences.changed.connect(self._speak)
        window.theme_asked.connect(self._change_theme)
        window.closing = self._may_close
        window.key("F11", self._toggle_full_screen)
        window.key("Ctrl+N", self._new)
        window.key("Ctrl+I", self._bring_in)
        window.files_dropped.connect(self._look_at)
        window.key("Ctrl+Q", lambda: QTimer.singleShot(0, window.close))

    def _speak(self, settings: Settings) -> None:
        """Another language changes every word at once, after the call that asked for it."""
        if use_language(settings) and self._tools.window.dialog is None:
            QTimer.singleShot(0, self._tools.window.renew)

    @cached_property
    def bringing(self) -> BringingDesk:
        from guide.pages.bringing.desk import BringingDesk  # as below

        desk = BringingDesk(self._tools, parent=self)
        desk.changed.connect(self._brought_in)
        return desk

    def _brought_in(self, sessions: bool) -> None:
        """What came in, or went again, is seen where it is shown."""
        if self._tools.window.here == "history":
            self.history.refresh()
        elif self._tools.window.here == "routines" or not sessions:
            self.routines.show_new()

    @cached_property
    def ready(self) -> ReadyDesk:
        from guide.pages.ready.desk import ReadyDesk  # here and below: the first page comes sooner

        desk = ReadyDesk(self._tools, parent=self)
        desk.started.connect(self._begin)
        desk.left.connect(lambda: self.go_to("routines"))
        desk.edit_asked.connect(self._edit)
        desk.card_asked.connect(self._print_card)
        desk.along_asked.connect(self._take_along)
        desk.learn_asked.connect(self._learn)
        desk.sore_answered.connect(self._sore)
        desk.settings_asked.connect(lambda: self.voices.show(then=desk.come_back))
        desk.words_asked.connect(self.show_words)
        desk.pictures_asked.connect(self._choose_pictures)
        desk.voice_chosen.connect(self._let_hear)
        desk.own_range_asked.connect(self._set_own_range)
        return desk

    @cached_property
    def session(self) -> SessionDesk:
        from guide.pages.session.desk import SessionDesk

        desk = SessionDesk(self._tools, parent=self)
        desk.ended.connect(self._end)
        desk.tried_out.connect(self._back_to_the_editor)
        desk.learn_asked.connect(self._learn)
        desk.sore_answered.connect(self._sore)
        desk.full_screen_asked.connect(self._toggle_full_screen)
        return desk

    @cached_property
    def finish(self) -> FinishDesk:
        from guide.pages.finish.desk import FinishDesk

        desk = FinishDesk(self._tools, parent=self)
        desk.over.connect(self._after_finish)
        desk.kept.connect(self._kept_after_all)
        desk.back_asked.connect(self._take_up_again)
        desk.learn_asked.connect(self._learn)
        desk.keep_asked.connect(self._keep_what_was_done)
        return desk

    @cached_property
    def history(self) -> HistoryDesk:
        from guide.pages.history.desk import HistoryDesk

        desk = HistoryDesk(self._tools, parent=self)
        desk.note_asked.connect(self._note_again)
        desk.routines_asked.connect(lambda: self.go_to("routines"))
        desk.import_asked.connect(self._bring_in)
        desk.begin_nudging()
        return desk

    @cached_property
    def learning(self) -> LearningDesk:
        from guide.pages.learn.desk import LearningDesk

        desk = LearningDesk(self._tools, parent=self)
        desk.routine_asked.connect(self._get_ready)
        desk.back_asked.connect(self._back_from_learning)
        return desk

    @cached_property
    def settings(self) -> SettingsDesk:
        from guide.pages.settings.desk import SettingsDesk

        desk = SettingsDesk(self._tools, parent=self)
        desk.erased.connect(lambda: self.go_to("routines"))
        desk.import_asked.connect(self._bring_in)
        desk.voices_asked.connect(lambda: self.voices.show(then=desk.show))
        desk.words_asked.connect(self.show_words)
        return desk

    @cached_property
    def voices(self) -> VoicesDesk:
        from guide.pages.voices.desk import VoicesDesk

        desk = VoicesDesk(self._tools, parent=self)
        desk.record_asked.connect(self._record)
        return desk

    @cached_property
    def studio(self) -> StudioDesk:
        from guide.pages.voices.studio_desk import StudioDesk

        desk = StudioDesk(self._tools, parent=self)
        desk.left.connect(self.voices.show)
        return desk

    @cached_property
    def words(self) -> WordsDesk:
        from guide.pages.words.desk import WordsDesk

        desk = WordsDesk(self._tools, parent=self)
        desk.back_asked.connect(self._back_from_words)
        return desk

    @cached_property
    def editing(self) -> EditingDesk:
        from guide.pages.editor.desk import EditingDesk

        desk = EditingDesk(self._tools, self.settings, parent=self)
        desk.ready_asked.connect(self._get_ready)
        desk.try_asked.connect(self._try_out)
        desk.done.connect(lambda: self.go_to("routines"))
        desk.delete_asked.connect(self.routines.delete)
        desk.export_asked.connect(self.routines.export)
        return desk

    # asked of a desk that may not be there yet

    def show_words(self) -> None:
        """Her words for hands-free; the way back leads to the page she is on."""
        if self._has("ready"):
            self.ready.listen_no_more()  # the page of her words has the ear to itself
        self.words.show(from_page=self._tools.window.here or "settings")

    def _choose_pictures(self) -> None:
        self.settings.choose_photos()
        self.ready.refresh()

    def _back_from_words(self, page: str) -> None:
        if page == "settings":
            self.settings.show()
        elif page == "ready":
            self.ready.come_back()
        else:
            self._tools.window.show_page(page)

    def _get_ready(self, entry: Entry) -> None:
        self.ready.get_ready(entry)

    def _begin(self, chosen: Chosen, repertoire: Repertoire) -> None:
        self.session.begin(chosen, repertoire)

    def _end(self, record: Record | None, session: Finished | None) -> None:
        self._home = "routines"
        self.finish.show(record, session, just_ended=True)

    def _back_to_the_editor(self) -> None:
        self.editing.come_back()

    def _try_out(self, routine: Routine, at: int, speed: float, folder: Path) -> None:
        self.session.try_out(routine, at=at, speed=speed, folder=folder)

    def _let_hear(self, voice_id: str) -> None:
        self.voices.sample(voice_id)

    def _record(self, routine_id: str, voice_id: str) -> None:
        self.studio.open(routine_id, voice_id, fallback=self.voices.view().usual)

    def _after_finish(self) -> None:
        self.go_to(self._home)

    def _kept_after_all(self) -> None:
        """A session counts that did not: seen where sessions are told of."""
        if self._tools.window.here == "history":
            self.history.refresh()
        elif self._tools.window.here == "routines":
            self.routines.refresh()

    def _take_up_again(self) -> None:
        self.session.take_up_again()

    def _note_again(self, record: Record) -> None:
        self._home = "history"
        self.finish.show(record)

    def _edit(self, routine_id: str) -> None:
        self.editing.edit(routine_id)

    def _keep_what_was_done(self, record: Record) -> None:
        self.editing.keep_what_was_done(record)

    def _set_own_range(self, routine_id: str, places: tuple[tuple[int, ...], ...]) -> None:
        self.editing.set_own_range(routine_id, places)

    @cached_property
    def along(self) -> AlongDesk:
        from guide.pages.along.desk import AlongDesk

        desk = AlongDesk(self._tools, parent=self)
        desk.card_asked.connect(self._save_card)
        desk.export_asked.connect(self.routines.export)
        return desk

    def _save_card(self, routine_id: str) -> None:
        self.learning.cards.save_card(routine_id)

    def _take_along(self, routine_id: str, first: Side = Side.LEFT) -> None:
        self.along.open(self._tools.library.entry(routine_id), first)

    def _print_card(self, routine_id: str) -> None:
        self.learning.cards.print_card(routine_id)

    def _has(self, name: str) -> bool:
        """Whether a desk was made already."""
        return name in vars(self)

    @cached_property
    def speech(self) -> LanguageDesk:
        from guide.pages.language.desk import LanguageDesk

        desk = LanguageDesk(self._tools, parent=self)
        desk.over.connect(lambda: self.go_to("routines"))
        return desk

    def open(self, routine: str | None = None, *, start: bool = False, first: bool = False) -> None:
        """
        Show the window: a routine asked for, a session that was cut off, or the library.

        A `first` start, with nothing asked for, begins with her language.
        """
        tools = self._tools
        if first and not routine:
            self.speech.show()
        else:
            self.routines.show()
        if not tools.window.isVisible():
            tools.window.place(tools.preferences.settings.window)
            tools.window.show()
        QTimer.singleShot(0, lambda: self._after_first_paint(routine, start=start))

    def _after_first_paint(self, routine: str | None, *, start: bool) -> None:
        tools = self._tools
        cut_off = tools.log.unfinished() is not None
        if cut_off:
            self.session.welcome_back()
        tools.window.when_free(lambda: self._open(Open(routine or "", start=start)))
        if newest_first(tools.paths.drafts, "*.yaml"):
            self.editing.offer_drafts()
        self._take_wishes(tools.preferences.settings)
        self._warming.start(WARM_AFTER)
        tools.preferences.changed.connect(self._take_wishes)

    def _warm(self) -> None:
        """Make the prompts of the routine on top of the library ready, while nothing else is asked for."""
        tools = self._tools
        settings = tools.preferences.settings
        if not settings.voice_on or tools.playing or tools.window.here != "routines":
            return
        last = tools.log.last()
        from guide.core.plan import lay_out  # what the first page does without
        from guide.core.routine import side_to_begin
        from guide.live.wishes import wishes_of

        with contextlib.suppress(LookupError, OSError):  # it was deleted meanwhile
            entry = tools.library.find(last.routine_id if last else FIRST)
            if entry.routine is not None:
                first = side_to_begin(entry.routine, tools.log.last_first_side(entry.id))
                tools.preparation.warm(
                    lay_out(entry.routine, first, settings.pump), wishes_of(settings), beside=entry.path.parent
                )

    def _take_wishes(self, settings: Settings) -> None:
        """The nudge lives with the history: there from the moment it is wanted."""
        if settings.nudge_on:
            _ = self.history

    def answer(self, message: str) -> None:
        """Another start of the program: come forward, and do what it asked."""
        self._tools.window.come_forward()
        asked = asked_by_a_start(message)
        if asked.routine:
            self._tools.window.when_free(lambda: self._open(asked))

    def _open(self, asked: Open) -> None:
        """Open the routine, unless a session is under way; whether it starts is for Get ready to say."""
        if asked.routine and not self._tools.playing:
            self.routines.open(asked.routine, start=asked.start)

    def go_to(self, name: str) -> None:
        if (
            self._has("learning") and self.learning.aside
        ):  # a session waits behind Learn, or a note: the way out is back
            return
        if self._has("editing"):
            self.editing.put_away()
        match name:
            case "routines":
                self.routines.show()
                self._warming.start(WARM_AFTER)
            case "history":
                self.history.show()
            case "learn":
                self.learning.show()
            case "settings":
                self.settings.show()
            case "language":
                self.speech.show()
            case _:
                pass

    def _learn(self, page: str) -> None:
        """A page of Learn; from a session it is one press back, and the session waits or goes on as she chose."""
        self.learning.show(page, from_page=self._tools.window.here)

    def _bring_in(self) -> None:
        self.bringing.ask_for_files()

    def _look_at(self, paths: list[str]) -> None:
        if paths:
            self.bringing.look_at(paths)
        else:
            self._bring_in()

    def _back_from_learning(self, page: str) -> None:
        if page == "routines":
            self.routines.show()  # anew: what suits first may have changed with her answer
        else:
            self._tools.window.show_page(page)

    def _sore(self, sore: bool) -> None:
        tools = self._tools
        tools.preferences.change(sore_check=SoreCheck(tools.now().date(), sore))
        if sore:
            from guide.pages.session.page import CARE_CARD

            here = tools.window.here
            self.learning.show(CARE_CARD, from_page=here if here == "editor" else "routines")
        elif self._has("ready"):
            self.ready.refresh()

    def _new(self) -> None:
        if not self._tools.playing:
            self.editing.new()

    def _change_theme(self) -> None:
        night = self._tools.look.theme.is_night
        self._tools.preferences.change(theme=Theme.LIGHT if night else Theme.NIGHT)

    def _toggle_full_screen(self) -> None:
        window = self._tools.window
        window.fill_screen(filled=not window.isFullScreen())

    # coming and going

    def close(self) -> None:
        if self._has("along"):
            self.along.close()
        if self._has("session"):
            self.session.close()
        self._tools.close()

    def _may_close(self) -> bool:
        if self._tools.playing and self.session.kept:
            self.session.withdraw_question()
            safest = ("stay", _("Stay here")) if self._tools.conductor.paused else ("carry on", _("Carry on"))
            self._tools.conductor.do(Command.PAUSE)
            self._tools.window.ask(
                _("Finish here?"),
                _("What you did is kept either way. You can carry on whenever you like."),
                [safest, ("finish", _("Finish and save"))],
                self._closing_answered,
            )
            return False
        if self._has("editing"):
            self.editing.flush()
        self._keep_window()
        return True

    def _closing_answered(self, wish: object) -> None:
        match wish:
            case "finish":
                self._tools.conductor.do(Command.STOP)
                self._tools.window.close()
            case "carry on":
                self._tools.conductor.do(Command.RESUME)
            case _:
                pass

    def _keep_window(self) -> None:
        window = self._tools.window
        if window.isFullScreen():
            return
        place = window.normalGeometry()
        kept = Window(place.x(), place.y(), place.width(), place.height(), maximised=window.isMaximized())
        self._tools.preferences.change(window=kept)

    def say_unforeseen(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What nobody foresaw: into the log, and one dialog whose words can be copied. The session goes on."""
        if issubclass(kind, KeyboardInterrupt):
            QTimer.singleShot(0, self._tools.window.close)
            return
        place = (kind, *traceback.extract_tb(trace)[-1:])
        if place in self._unforeseen:  # a paint event may raise twenty times a second
            return
        log.error("unforeseen", exc_info=(kind, error, trace))
        self._unforeseen.append(place)
        if len(self._unforeseen) > 1:
            return
        words = "".join(traceback.format_exception(kind, error, trace))
        about = _("Pumping Guide {version}, Python {split}, {platform}\n\n{words}").format(
            version=__version__, split=sys.version.split()[0], platform=sys.platform, words=words
        )
        QTimer.singleShot(0, self, lambda: self._say_unforeseen(about))  # this may be inside a paint event

    def _say_unforeseen(self, about: str) -> None:
        self._tools.window.ask(
            _("Something did not go as it was meant to"),
            _(
                "Your session and your notes are kept. If you like, copy the details for whoever looks "
                "after the program."
            ),
            [("on", _("Go on")), ("copy", _("Copy"))],
            lambda wish: QGuiApplication.clipboard().setText(about) if wish == "copy" else None,
        )
