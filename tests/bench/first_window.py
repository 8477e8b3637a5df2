"""
Opens a window and writes how long it took from the start of the process to the end of its first painting, and, where
the window has a button with the word Start (the library), until that can be pressed.

    python tests/bench/first_window.py BEGAN FILE bare
    python tests/bench/first_window.py BEGAN FILE ARGUMENTS OF THE PROGRAM...

BEGAN is the parent's `time.monotonic()` just before the process was made; FILE gets the seconds, a line each.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from guide.compat import override

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject


def measure(began: float, file: Path) -> None:
    """
    Write the moment when the first window has been painted, as soon as the event loop runs.

    What the witness itself imports is taken off: neither window needs it to be painted.
    """
    from PySide6.QtWidgets import QApplication  # both sides pay for Qt after the start

    before = time.monotonic()
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QAbstractButton

    _ = QEvent.Type
    spared = time.monotonic() - before
    told: list[float] = []
    looks = QTimer()

    def tell() -> None:
        told.append(time.monotonic() - began - spared)
        looks.timeout.connect(look_for_the_button)
        looks.start(3)
        write()

    def write() -> None:
        file.write_text("\n".join(f"{took}" for took in told) + "\n", encoding="ascii")

    def look_for_the_button() -> None:
        buttons = [one for top in QApplication.topLevelWidgets() for one in top.findChildren(QAbstractButton)]
        if any(one.text() == "Start" and one.isVisible() and one.isEnabled() for one in buttons):
            looks.stop()
            told.append(time.monotonic() - began - spared)
            write()

    class Witness(QObject):
        """Lets the window's own painting happen, and looks at the clock after it."""

        seen = False

        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is not QEvent.Type.Expose or self.seen:
                return False
            self.seen = True
            watched.event(event)
            tell()
            return True

    witness = Witness()
    really = QApplication.exec

    def run_and_watch(*_: object) -> int:
        windows = QApplication.topLevelWindows()
        if any(window.isExposed() for window in windows):  # the platform painted within `show`
            tell()
        else:
            for window in windows:
                window.installEventFilter(witness)
        return really()

    QApplication.exec = run_and_watch  # type: ignore[method-assign]


def bare() -> int:
    """The least a program of this kind can be: one window with one label."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Bare"))
    window.resize(1160, 780)
    window.show()
    return application.exec()


def program(arguments: list[str]) -> int:
    from guide.cli import main

    return main(arguments)


if __name__ == "__main__":
    is_bare = sys.argv[3:] == ["bare"]
    measure(float(sys.argv[1]), Path(sys.argv[2]))
    sys.exit(bare() if is_bare else program(sys.argv[3:]))
