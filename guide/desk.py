"""The desk: how the program comes and goes, what the keys of the whole window do, and a second start."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from guide.compat import override
from guide.language import _, languages, spoken
from guide.leaving import Leaving
from guide.live.speech import use_language
from guide.pages.routines.desk import FIRST
from guide.rooms import Rooms
from guide.store.files import newest_first
from guide.store.glance import ThemeSetting
from guide.store.settings import Settings
from guide.tools import Tools
from guide.unforeseen import Unforeseen

if TYPE_CHECKING:
    from guide.live.intents import Open

PAINTED: Final = 10  # milliseconds: Qt paints five after what a page shows has changed; Start can be pressed from then
WARM_AFTER: Final = 4000  # milliseconds after the first paint: what she came for has the computer to itself


class Desk(Rooms):
    """The rooms of the program, with its doors."""

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(tools, parent=parent)
        self.unforeseen = Unforeseen(tools.window, parent=self)
        self._leaving = Leaving(tools, self, parent=self)
        self.left_for_now.connect(self._leaving.leave)
        self._other_words = False  # the pages are in another language than is spoken
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self._warm)
        tools.preferences.changed.connect(self._speak)
        window = tools.window
        window.page_asked.connect(self.go_to)
        window.theme_asked.connect(self._change_theme)
        window.stack.currentChanged.connect(self._renew_when_free)
        window.files_dropped.connect(self._look_at)
        window.drop_words = self._drop_words
        window.key("F11", window.toggle_full_screen)
        window.key("Ctrl+N", self._new)
        window.key("Ctrl+I", self._bring_in)
        window.key("Ctrl+Q", lambda: QTimer.singleShot(0, window.close))

    def open(self, routine: str | None = None, *, start: bool = False, first: bool = False) -> None:
        """
        Show the window: a routine asked for, a session that was cut off, or the library.

        A `first` start, with nothing asked for, begins with her language, where there is one to choose.
        """
        tools = self._tools
        seen, cut_off = tools.window.isVisible(), tools.log.unfinished() is not None
        front = seen and not cut_off  # what is offered then comes before anything can be pressed
        if first and not routine and len(languages()) > 1:
            self.speech.show()
        else:
            self.routines.show(front=front)
        if not seen:
            tools.window.place(tools.preferences.settings.window)
            tools.window.show()
        wait = PAINTED if front else 0
        QTimer.singleShot(wait, self, lambda: self._after_first_paint(routine, start=start, cut_off=cut_off))

    def _after_first_paint(self, routine: str | None, *, start: bool, cut_off: bool) -> None:
        tools = self._tools
        if cut_off:
            self.session.welcome_back()
        elif elsewhere := tools.log.played_elsewhere():
            from guide.store.log.log import PLAYED_ELSEWHERE

            tools.window.toast.tell(_(PLAYED_ELSEWHERE).format(name=elsewhere))
        if routine:
            from guide.live.intents import Open  # what the first page does without

            asked = Open(routine, start=start)
            tools.window.when_free(lambda: self._open(asked))
        if tools.window.here == "routines":
            self.routines.refresh()
        if not tools.playing and newest_first(tools.paths.drafts, "*.yaml"):
            tools.window.when_free(self.editing.drafts.offer)  # a toast would lie over the last line of Welcome back
        tools.window.show_mark()
        self._take_wishes(tools.preferences.settings)
        self._warming.start(WARM_AFTER)
        tools.preferences.changed.connect(self._take_wishes)

    @override
    def go_to(self, name: str) -> None:
        super().go_to(name)
        if name == "routines":
            self._warming.start(WARM_AFTER)

    def _warm(self) -> None:
        """Make the prompts of the routine on top of the library ready, while nothing else is asked for."""
        tools = self._tools
        settings = tools.preferences.settings
        if not settings.voice_on or tools.playing or tools.window.here != "routines":
            return
        last = tools.log.last_routine()
        from guide.core.layout import lay_out  # what the first page does without
        from guide.core.routine import side_to_begin
        from guide.live.wishes import wishes_of

        with contextlib.suppress(LookupError, OSError):  # it was deleted meanwhile
            entry = tools.library.find(last or FIRST)
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
        from guide.live.intents import asked_by_a_start

        asked = asked_by_a_start(message)
        if asked.routine:
            self._tools.window.when_free(lambda: self._open(asked))

    def _open(self, asked: Open) -> None:
        """Open the routine, unless a session is under way; whether it starts is for Get ready to say."""
        if asked.routine and self._tools.playing:
            self._tools.window.toast.tell(_("A session is going on. Open this routine when it is over."))
        elif asked.routine:
            self.routines.open(asked.routine, start=asked.start)

    def _drop_words(self) -> str:
        if self._tools.playing:
            return _("Let go to import it once the session is over")
        return _("Let go to see what it would bring")

    def _speak(self, settings: Settings) -> None:
        """Another language changes every word, after the call that asked for it and what is open or under way."""
        if not use_language(settings):
            return
        from guide.kit.qt_words import translate_qt

        translate_qt(spoken())
        self._other_words = True
        self._renew_when_free()

    def _renew_when_free(self) -> None:
        if self._other_words:
            self._tools.window.when_free(lambda: QTimer.singleShot(0, self, self._renew))

    def _renew(self) -> None:
        """Not the page of a session, or another that is not asked for by its name alone: once she has left it."""
        window = self._tools.window
        if self._other_words and self.can_go_to(window.here):
            self._other_words = False
            window.renew()

    def _change_theme(self) -> None:
        night = self._tools.look.theme.is_night
        self._tools.preferences.change(theme=ThemeSetting.LIGHT if night else ThemeSetting.NIGHT)

    def close(self) -> None:
        if self.has("along"):
            self.along.close()
        if self.has("voices"):
            self.voices.close()
        if self.has("session"):
            self.session.close()
        self._tools.close()
