"""
The computer's printers, asked from a thread that may wait for them.

A print service may never answer. Qt asks it with Python's lock held, which would stop the window from whatever thread;
so where there are programs for it (`lpstat` and `lp`, on Linux and macOS), those are asked, and given up after a while.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QPagedPaintDevice

from guide.scratch import scratch_folder

PATIENCE: Final = 8  # seconds


def printers() -> list[str]:
    """The names of the printers, the usual one first; none where nobody answers in time. Call it aside."""
    if sys.platform == "win32":
        from PySide6.QtPrintSupport import QPrinterInfo

        usual, names = QPrinterInfo.defaultPrinterName(), QPrinterInfo.availablePrinterNames()
    else:
        names = _answer("lpstat", "-e").splitlines()
        usual = _answer("lpstat", "-d").rpartition(": ")[2].strip() if names else ""
    return sorted((name.strip() for name in names if name.strip()), key=lambda name: name != usual)


def send(
    printer: str, title: str, *, write: Callable[[Path], None], paint: Callable[[QPagedPaintDevice], bool]
) -> bool:
    """
    Print a document that `write` makes as PDF, or `paint` on a printer of Qt's; False where it was not taken.

    Call it aside.
    """
    if sys.platform == "win32":
        from PySide6.QtPrintSupport import QPrinter

        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPrinterName(printer)
        device.setDocName(title)
        device.setFullPage(True)
        return paint(device)
    with tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
        file = Path(folder, "card.pdf")
        try:
            write(file)
        except OSError:
            return False
        return bool(_answer("lp", "-d", printer, "-t", title, str(file)))


def _answer(program: str, *arguments: str) -> str:
    """What a program of the system says, in English; nothing where it is not there, fails or does not answer."""
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  the system's own program
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "LC_ALL": "C"},
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout or " "
