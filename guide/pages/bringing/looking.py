"""Files looked through aside, to be shown on a sheet: what takes long says so, and nothing comes over a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from guide.kit.dialog import Dialog
from guide.kit.share_bar import ShareBar
from guide.language import _
from guide.tools import Tools

A_SECOND: Final = 1000  # milliseconds: what takes longer says that it is being done


@dataclass(frozen=True, slots=True)
class Wish:
    """
    Something to be looked at: `title` and `words` say so where it takes long.

    `prepare` takes what is here just now and gives the work to be done aside, which tells the share of it that is
    done, where that is `measured`; `show` is given what it found. For a sheet that is open already nothing has to be
    free.
    """

    title: str
    words: str
    prepare: Callable[[], Callable[[Callable[[float], None]], Any]]
    show: Callable[[Any], None]
    measured: bool = False
    on_a_sheet: bool = False


class Looking(QObject):
    """
    One thing at a time: what was to be looked at before comes to nothing.

    In a session it waits, and looks once that is over, anew where it has looked: what is here is changed by a session.
    `given_up` says that she would rather not.
    """

    given_up = Signal()
    moved = Signal(int, float)
    _found = Signal(int, object)

    def __init__(self, tools: Tools, *, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._wish: Wish | None = None
        self._turn = 0
        self._waits = False
        self._sign: Dialog | None = None
        self.bar: ShareBar | None = None
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.setInterval(A_SECOND)
        self.patience.timeout.connect(lambda: tools.window.when_free(self._say_so))
        self.moved.connect(self._show_share)
        self._found.connect(self._take)

    @property
    def under_way(self) -> bool:
        return self._wish is not None

    def begin(self, wish: Wish) -> None:
        self.give_up()
        self._wish = wish
        if self._tools.playing:
            self._wait()
            return
        turn, work = self._turn, wish.prepare()
        self.patience.start()
        if self._tools.window.dialog is not None and not wish.on_a_sheet:
            self._tools.window.toast.tell(_("It will be shown once this is answered"))
        self._tools.aside(lambda: self._found.emit(turn, work(lambda share: self.moved.emit(turn, share))))

    def give_up(self) -> None:
        """Whatever it finds is not shown any more."""
        self._turn += 1
        self._wish = None
        self._say_no_more()

    def _wait(self) -> None:
        if not self._waits:
            self._waits = True
            self._tools.conductor.finished.connect(self._look_after)
        self._tools.window.toast.tell(_("It will be shown when the session is over"))

    def _look_after(self, _finished: object) -> None:
        self._waits = False
        self._tools.conductor.finished.disconnect(self._look_after)
        QTimer.singleShot(0, self, self._begin_again)

    def _begin_again(self) -> None:
        if self._wish is not None:
            self.begin(self._wish)

    def _take(self, turn: int, found: object) -> None:
        wish = self._wish
        if turn != self._turn or wish is None:
            return
        self._say_no_more()

        def show() -> None:
            if turn != self._turn:
                return
            if self._tools.playing:
                self._wait()
                return
            self._wish = None
            wish.show(found)

        if wish.on_a_sheet:
            show()
        else:
            self._tools.window.when_free(show)

    # what takes long

    def _say_so(self) -> None:
        """Say that it is being looked through, over the page: what begins meanwhile would be in the way of it."""
        tools, wish = self._tools, self._wish
        if wish is None or self._waits or tools.playing or self._sign is not None:
            return
        if wish.measured:
            self.bar = ShareBar(look=tools.look)
            self.bar.setAccessibleName(wish.title)
        ways = [("give up", _("Not now"))]
        self._sign = tools.window.ask(wish.title, wish.words, ways, lambda __: self._not_now(), content=self.bar)

    def _not_now(self) -> None:
        self.give_up()
        self.given_up.emit()

    def _say_no_more(self) -> None:
        self.patience.stop()
        sign, self._sign, self.bar = self._sign, None, None
        if sign is not None:
            sign.choose(None)

    def _show_share(self, turn: int, share: float) -> None:
        if turn == self._turn and self.bar is not None:
            self.bar.set_share(share)
