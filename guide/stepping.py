"""Work that needs the window's own thread, done in small steps between which the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from guide.core.duration import SECOND
from guide.kit.dialog import Dialog
from guide.kit.share_bar import ShareBar
from guide.language import _
from guide.store.archive import ArchiveError
from guide.tools import Tools

AT_ONCE: Final = 0.3  # seconds: what takes longer says how far it is
A_SLICE: Final = 0.03  # seconds, after which the window has its turn


class Stepping(QObject):
    """
    One piece of work at a time, whose steps tell the share that is done.

    Where it takes long, a question over the page tells how far it is, and offers to stop: the work looks at `stopped`.
    `afterwards` is called once what is under way is at its end, and not where it was stopped or failed.
    """

    def __init__(self, tools: Tools, *, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.seconds: Callable[[], float] = lambda: tools.conductor.clock.now() / SECOND
        self.stopped = False
        self.afterwards: Callable[[], None] | None = None
        self._steps: Generator[float, None, Any] | None = None
        self._then: Callable[[Any], None] = lambda _result: None
        self._failed: Callable[[str], None] = lambda _sentence: None
        self._sign: Dialog | None = None
        self._bar: ShareBar | None = None
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.setInterval(0)
        self._turns.timeout.connect(lambda: self._go_on(A_SLICE))

    @property
    def under_way(self) -> bool:
        return self._steps is not None

    def begin(
        self,
        steps: Generator[float, None, Any],
        *,
        title: str,
        words: str,
        then: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        """`then` has what came of it; `failed` has the sentence of an `ArchiveError`."""
        self._steps, self._then, self._failed, self.stopped = steps, then, failed, False
        if self._go_on(AT_ONCE):
            return
        tools = self._tools
        self._bar = ShareBar(look=tools.look)
        self._bar.setAccessibleName(title)
        self._sign = tools.window.ask(title, words, [("stop", _("Stop"))], lambda __: self._stop(), content=self._bar)

    def _stop(self) -> None:
        self._sign = self._bar = None
        self.stopped = True

    def _go_on(self, most: float) -> bool:
        """Work for so many seconds; whether it is done."""
        assert self._steps is not None  # noqa: S101  begun before
        until = self.seconds() + most
        try:
            while True:
                share = next(self._steps)
                if self._bar is not None:
                    self._bar.set_share(share)
                if self.seconds() >= until and not self.stopped:
                    break
        except StopIteration as end:
            afterwards = None if self.stopped else self.afterwards
            self._end()
            self._then(end.value)
            if afterwards is not None:
                afterwards()
            return True
        except ArchiveError as error:
            self._end()
            self._failed(str(error))
            return True
        except BaseException:
            self._end()
            raise
        self._turns.start()
        return False

    def _end(self) -> None:
        sign, self._steps, self._sign, self._bar, self.afterwards = self._sign, None, None, None, None
        if sign is not None:
            sign.choose(None)
