"""The desk: which page is on show, and what leads from one to the other."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication

from guide import __version__
from guide.core.session import Command
from guide.desk.editing import EditingDesk
from guide.desk.history import HistoryDesk
from guide.desk.learning import LearningDesk
from guide.desk.routines import RoutinesDesk
from guide.desk.session import CARE_CARD, SessionDesk
from guide.desk.settings import SettingsDesk
from guide.desk.tools import Tools
from guide.store.settings import SoreCheck, Theme, Window

log = logging.getLogger(__name__)


class Desk(QObject):
    """Makes the desks of the several pages and joins them."""

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._told_unforeseen = False
        self.routines = RoutinesDesk(tools, parent=self)
        self.session = SessionDesk(tools, parent=self)
        self.history = HistoryDesk(tools, parent=self)
        self.learning = LearningDesk(tools, parent=self)
        self.settings = SettingsDesk(tools, parent=self)
        self.editing = EditingDesk(tools, self.session, self.settings, parent=self)
        self._join()
        window = tools.window
        window.page_asked.connect(self.go_to)
        window.theme_asked.connect(self._change_theme)
        window.closing = self._may_close
        window.key("F11", self._toggle_full_screen)
        window.key("Ctrl+N", self._new)
        window.key("Ctrl+I", self.routines.ask_for_files)
        window.key("Ctrl+Q", lambda: QTimer.singleShot(0, window.close))

    def _join(self) -> None:
        self.routines.picked.connect(lambda entry, start: self.session.get_ready(entry, start=start))
        self.routines.started.connect(lambda entry: self.session.get_ready(entry, at_once=True))
        self.routines.edit_asked.connect(self.editing.edit)
        self.routines.new_asked.connect(self.editing.new)
        self.routines.card_asked.connect(self.learning.print_card)
        self.session.over.connect(lambda: self.go_to("routines"))
        self.session.edit_asked.connect(self.editing.edit)
        self.session.card_asked.connect(self.learning.print_card)
        self.session.learn_asked.connect(self._learn)
        self.session.sore_answered.connect(self._sore)
        self.session.settings_asked.connect(lambda: self.go_to("settings"))
        self.session.full_screen_asked.connect(self._toggle_full_screen)
        self.session.keep_asked.connect(self.editing.keep_what_was_done)
        self.session.own_range_asked.connect(self.editing.set_own_range)
        self.learning.routine_asked.connect(self.session.get_ready)
        self.learning.back_asked.connect(self._back_from_learning)
        self.editing.done.connect(lambda: self.go_to("routines"))
        self.history.note_asked.connect(self.session.note_again)
        self.history.routines_asked.connect(lambda: self.go_to("routines"))
        self.history.import_asked.connect(self._bring_sessions_in)
        self.settings.erased.connect(lambda: self.go_to("routines"))

    def open(self, routine: str | None = None, *, start: bool = False) -> None:
        """Show the window: a routine asked for, a session that was cut off, or the library."""
        window = self._tools.window
        self._place_window()
        self.routines.show()
        window.show()
        QTimer.singleShot(0, lambda: self._after_first_paint(routine, start=start))

    def _after_first_paint(self, routine: str | None, *, start: bool) -> None:
        if not self.session.welcome_back() and routine:
            self.routines.open(routine, at_once=start)
        self.editing.offer_drafts()
        self.history.begin_nudging()

    def answer(self, message: str) -> None:
        """Another start of the program: come forward, and do what it asked unless a session is under way."""
        self._tools.window.come_forward()
        wish, _, routine = message.partition(" ")
        if routine and not self._tools.conductor.playing:
            self.routines.open(routine, at_once=wish == "start")

    def go_to(self, name: str) -> None:
        if self.learning.aside:  # a session waits behind Learn, or a note: the way out is back
            return
        match name:
            case "routines":
                self.routines.show()
            case "history":
                self.history.show()
            case "learn":
                self.learning.show()
            case "settings":
                self.settings.show()
            case _:
                pass

    def _learn(self, page: str) -> None:
        """A page of Learn; from a session it is one press back, and the session waits or goes on as she chose."""
        self.learning.show(page, from_page=self._tools.window.here)

    def _bring_sessions_in(self) -> None:
        self.settings.ask_for_sessions()
        self.history.show()

    def _back_from_learning(self, page: str) -> None:
        if page == "routines":
            self.routines.show()  # anew: what suits first may have changed with her answer
        else:
            self._tools.window.show_page(page)

    def _sore(self, sore: bool) -> None:
        tools = self._tools
        tools.preferences.change(sore_check=SoreCheck(tools.now().date(), sore))
        if sore:
            self.learning.show(CARE_CARD, from_page="routines")
        else:
            self.session.refresh()

    def _new(self) -> None:
        if not self._tools.conductor.playing:
            self.editing.new()

    def _change_theme(self) -> None:
        night = self._tools.look.theme.is_night
        self._tools.preferences.change(theme=Theme.LIGHT if night else Theme.NIGHT)

    def _toggle_full_screen(self) -> None:
        window = self._tools.window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    # coming and going

    def close(self) -> None:
        self.session.close()
        self._tools.player.close()
        self._tools.log.close()

    def _may_close(self) -> bool:
        conductor = self._tools.conductor
        if conductor.playing and self.session.kept:
            conductor.do(Command.PAUSE)
            self._tools.window.ask(
                "Finish here?",
                "What you did is kept either way. You can carry on whenever you like.",
                [("carry on", "Carry on"), ("finish", "Finish and save")],
                self._closing_answered,
            )
            return False
        if not self.editing.may_close():
            return False
        self._keep_window()
        return True

    def _closing_answered(self, wish: object) -> None:
        if wish == "finish":
            self._tools.conductor.stop()
            self._tools.window.close()
        else:
            self._tools.conductor.resume()

    def _keep_window(self) -> None:
        window = self._tools.window
        if window.isFullScreen():
            return
        place = window.normalGeometry()
        kept = Window(place.x(), place.y(), place.width(), place.height(), maximised=window.isMaximized())
        self._tools.preferences.change(window=kept)

    def _place_window(self) -> None:
        """Where it was, if that is still on a screen."""
        window, kept = self._tools.window, self._tools.preferences.settings.window
        if kept is None:
            return
        place = QRect(kept.x, kept.y, kept.width, kept.height)
        if any(screen.availableGeometry().intersects(place) for screen in QGuiApplication.screens()):
            window.setGeometry(place)
        else:
            window.resize(place.size())
        if kept.maximised:
            window.showMaximized()

    def say_unforeseen(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What nobody foresaw: into the log, and one dialog whose words can be copied. The session goes on."""
        if issubclass(kind, KeyboardInterrupt):
            self._tools.window.close()
            return
        log.error("unforeseen", exc_info=(kind, error, trace))
        if self._told_unforeseen:
            return
        self._told_unforeseen = True
        words = "".join(traceback.format_exception(kind, error, trace))
        about = f"Pumping Guide {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n{words}"
        self._tools.window.ask(
            "Something did not go as it was meant to",
            "Your session and your notes are kept. If you like, copy the details for whoever looks after the program.",
            [("on", "Go on"), ("copy", "Copy")],
            lambda wish: QGuiApplication.clipboard().setText(about) if wish == "copy" else None,
        )
