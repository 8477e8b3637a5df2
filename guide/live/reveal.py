"""Shows a folder in the computer's file manager, from a thread that may wait for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.language import _
from guide.store.paths import made

PATIENCE: Final = 10  # seconds that a program which only hands the wish on may take


def reveal(folder: Path) -> str | None:
    """
    Open `folder`; hands back a sentence where that cannot be done. Call it aside: it may take seconds.

    A path is handed on, never an address, so that nothing of the network is asked.
    """
    sorry = _("The files are in {folder}; no file manager could be opened.").format(folder=folder)
    if sys.platform == "win32":
        try:
            os.startfile(folder)  # noqa: S606  a folder, shown by the system
        except OSError:
            return sorry
        return None
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        return sorry
    try:
        done = subprocess.run(  # noqa: S603  the system's own program, with one path
            [program, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None  # some file managers stay in the foreground: it is open
    except OSError:
        return sorry
    return sorry if done.returncode else None


class Revealer(QObject):
    """Shows folders without keeping the window waiting; `told` carries a sentence where that cannot be done."""

    told = Signal(str)

    def __init__(self, *, run: Callable[[Callable[[], None]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run

    def show(self, folder: Path) -> None:
        self._run(lambda: self._show(folder))

    def _show(self, folder: Path) -> None:
        made(folder)
        if sentence := reveal(folder):
            self.told.emit(sentence)
