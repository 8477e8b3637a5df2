"""What nobody foresaw: into the log, and one dialog whose words can be copied."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from guide import __version__
from guide.language import _
from guide.window import MainWindow

log = logging.getLogger(__name__)


class Unforeseen(QObject):
    """Told of each place once, and her once in all: the session goes on."""

    _of_a_thread = Signal(object, object, object)

    def __init__(self, window: MainWindow, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._places: list[object] = []
        self._of_a_thread.connect(self.say)

    def say_of_a_thread(self, raised: threading.ExceptHookArgs) -> None:
        """The hook of Python's threads: what is asked of the window is asked from its own."""
        if isValid(self):
            self._of_a_thread.emit(raised.exc_type, raised.exc_value, raised.exc_traceback)
        else:
            threading.__excepthook__(raised)

    def say(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QTimer.singleShot(0, self._window.close)
            return
        place = (kind, *traceback.extract_tb(trace)[-1:])
        if place in self._places:  # a paint event may raise twenty times a second
            return
        log.error("unforeseen", exc_info=(kind, error, trace))
        self._places.append(place)
        if len(self._places) > 1:
            return
        words = "".join(traceback.format_exception(kind, error, trace))
        about = _("Pumping Guide {version}, Python {split}, {platform}\n\n{words}").format(
            version=__version__, split=sys.version.split()[0], platform=sys.platform, words=words
        )
        QTimer.singleShot(0, self, lambda: self._ask(about))  # this may be inside a paint event

    def _ask(self, about: str) -> None:
        self._window.ask(
            _("Something did not go as it was meant to"),
            _(
                "Your session and your notes are kept. If you like, copy the details for whoever looks "
                "after the program."
            ),
            [("on", _("Go on")), ("copy", _("Copy"))],
            lambda wish: QGuiApplication.clipboard().setText(about) if wish == "copy" else None,
        )
