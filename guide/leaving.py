"""Closing the window: a session, and what is not saved, are asked about first; where the window stood is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from guide.language import N_, _
from guide.rooms import Rooms
from guide.store.glance import Window
from guide.tools import Tools

if TYPE_CHECKING:
    from guide.stepping import Stepping

NOT_ON_THE_DISK: Final = N_(
    "What you did last is not on the disk yet: there is no room, or it does not let us write. It can be "
    "saved elsewhere, with everything of yours in one file, which “Bring everything back” reads."
)


class Leaving(QObject):
    """The window asks `may_close`; a session that goes on is paused and asked about, and then closes it by itself."""

    def __init__(self, tools: Tools, rooms: Rooms, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._rooms = rooms
        self._gives_up = False  # she knows that something is lost
        self._lets_go = False  # what is typed and not saved she knows of
        self._leaves_it = False  # the session waits for the next start
        tools.window.closing = self.may_close

    def may_close(self) -> bool:
        if (work := self._rooms.under_way) is not None:
            self._close_after(work)
            return False
        if self._tools.playing and self._rooms.session.kept and not self._leaves_it:
            from guide.core.commands import Command  # here and below: there is no session yet when the window opens
            from guide.pages.session.parts import KEPT_EITHER_WAY, finish_words

            self._rooms.session.withdraw_question()
            safest = ("stay", _("Stay here")) if self._tools.conductor.paused else ("carry on", _("Carry on"))
            self._tools.conductor.do(Command.PAUSE)
            lost = self._tools.log.why_lost
            later = [] if lost else [("leave", _("Leave it for now"))]
            self._tools.window.ask(
                _("Finish here?"),
                lost or _(KEPT_EITHER_WAY),
                [safest, *later, ("finish", finish_words(lost=bool(lost)))],
                self._closing_answered,
            )
            return False
        if self._rooms.has("editing"):
            self._rooms.editing.flush()
        if not (self._gives_up or self._lets_go) and (typed := self._typed_and_unsaved()):
            self._ask_about_what_is_typed(typed)
            return False
        self._keep_window()
        if self._gives_up or self._tools.again.now():
            return True
        self._ask_about_loss(_(NOT_ON_THE_DISK))
        return False

    def _close_after(self, work: Stepping) -> None:
        """What is half brought, taken back or written comes to its end first; what is told of it then is read first."""
        window = self._tools.window
        before = window.banner.message

        def close() -> None:
            if window.banner.message == before:
                window.close()

        work.afterwards = close
        window.toast.tell(_("The window closes once this is done"))

    def _typed_and_unsaved(self) -> str:
        if in_a_form := self._tools.window.unsaved:
            return in_a_form
        return self._rooms.editing.unsaved if self._rooms.has("editing") else ""

    def _ask_about_what_is_typed(self, words: str) -> None:
        def answered(wish: object) -> None:
            if wish == "close":
                self._lets_go = True
                self._tools.window.close()
                self._lets_go = False
            else:
                self._leaves_it = False

        choices = [("stay", _("Stay here")), ("close", _("Close and lose it"))]
        self._tools.window.ask(_("Close now?"), words, choices, answered, at_once=True)

    def _ask_about_loss(self, words: str) -> None:
        if unread := self._tools.log.unread:
            told = _("{fact} The sessions in it cannot be read just now, and would not be in the file.")
            words = f"{words} {told.format(fact=unread.fact)}"
        self._tools.window.ask(
            _("Close now?"),
            words,
            [("stay", _("Stay here")), ("elsewhere", _("Save it elsewhere…")), ("close", _("Close and lose it"))],
            self._loss_answered,
            at_once=True,
        )

    def leave(self) -> None:
        """Close the window, with the session under way left for the next start to offer."""
        self._leaves_it = True
        self._tools.window.close()

    def _loss_answered(self, wish: object) -> None:
        match wish:
            case "close":
                self._close_all_the_same()
            case "elsewhere":
                self._save_elsewhere()
            case _:
                self._leaves_it = False

    def _save_elsewhere(self) -> None:
        """Close once everything is in a file of her choice; where it is not, the question stands again."""

        def ask_again(why: str) -> None:
            told = _("{failed} What you did last is not on the disk yet.").format(failed=why)
            self._ask_about_loss(told if why else _(NOT_ON_THE_DISK))

        self._rooms.settings.save_everything(_("Save it elsewhere"), then=self._close_all_the_same, failed=ask_again)

    def _close_all_the_same(self) -> None:
        self._gives_up = True
        self._tools.window.close()

    def _closing_answered(self, wish: object) -> None:
        from guide.core.commands import Command

        match wish:
            case "finish":
                self._tools.conductor.do(Command.STOP)
                self._tools.window.close()
            case "leave":
                self.leave()
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
