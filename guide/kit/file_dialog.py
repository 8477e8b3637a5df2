"""
Which files, and where to keep one: the system's dialog, begun where she chose the last one.

The name that it agrees to overwrite is the one written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSettings, QSize, QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from guide.compat import override
from guide.kit.guard import Guarded
from guide.standing import is_folder

ODD: Final = frozenset('<>:"/\\|?*')
LETTERS: Final = 60  # of a file's name
OF_WINDOW: Final = 0.8  # the least share of the window that a dialog is as large as
AROUND: Final = QSize(16, 48)  # what a desktop puts around it
LAST: Final = "folder of the file chosen last"  # a property of the window: as long as it is there, and on no disk


def plain_name(name: str) -> str:
    """
    A routine's name as a file's, which every system takes: the same for all that is made of the routine.

    >>> plain_name("Circles / strokes: mine?"), plain_name("...")
    ('Circles strokes mine', 'routine')
    """
    letters = "".join(" " if letter in ODD or not letter.isprintable() else letter for letter in name)
    return " ".join(letters.split())[:LETTERS].strip(". ") or "routine"


def at_home() -> Path:
    """Her home folder; where the system tells none, the one the program was started in."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


def beginning(window: QWidget) -> Path:
    """The folder of the file she chose last in this run; before that her documents, where there are any."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (window.property(LAST), documents):
        if folder and is_folder(Path(folder)):
            return Path(folder)
    return at_home()


def note(window: QWidget, chosen: Path) -> Path:
    """The next dialog begins where this file is."""
    window.setProperty(LAST, str(chosen.parent))
    return chosen


def keep_places(folder: Path) -> None:
    """Have Qt's own dialog, shown where the system has none, note the folders she was in here, not beside our files."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))


class _Roomy(Guarded, QObject):
    """Gives Qt's own file dialog the room it asks for, as far as the screen has it; Qt makes it 700 pixels at most."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QFileDialog):
            least = self._window.size() * OF_WINDOW
            asked = QSize(watched.sizeHint().width(), watched.height()).expandedTo(least)
            watched.resize(asked.boundedTo(self._window.screen().availableSize() - AROUND))
        return False


@contextmanager
def _roomy(window: QWidget) -> Iterator[None]:
    """While a dialog is asked: it is Qt that makes and shows it."""
    program, roomy = QApplication.instance(), _Roomy(window)
    if program is not None:
        program.installEventFilter(roomy)
    try:
        yield
    finally:
        if program is not None:
            program.removeEventFilter(roomy)


def ask_where(parent: QWidget, title: str, suggested: Path, files: str) -> Path | None:
    """
    Ask for a file to write; None where she would rather not. A suggested name without a folder stands in `beginning`.

    The ending is set before the dialog asks whether a file may be overwritten: "milk" becomes "milk.csv" while it is
    still open, so that it asks about the file that will be written. A dialog that sets no ending, as some systems'
    own do, is asked again where the completed name is taken.
    """
    ending = suggested.suffix
    suggested = beginning(parent) / suggested
    while True:
        dialog = QFileDialog(parent, title, str(suggested), files)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(ending.lstrip("."))
        with _roomy(parent):
            answer = dialog.selectedFiles() if dialog.exec() else []
        if not answer or not Path(answer[0]).name:
            return None
        chosen = Path(answer[0])
        whole = completed(chosen, ending)
        if whole == chosen or not whole.exists():
            return note(parent, whole)
        suggested = whole  # taken, and nobody asked about it: shown once more under its whole name


def ask_file(parent: QWidget, title: str, files: str) -> Path | None:
    """Ask for a file to read; None where she would rather not."""
    with _roomy(parent):
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(beginning(parent)), files)
    return note(parent, Path(chosen)) if chosen else None


def ask_files(parent: QWidget, title: str, files: str) -> list[str]:
    """Ask for files to read; none where she would rather not."""
    with _roomy(parent):
        chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(beginning(parent)), files)
    if chosen:
        note(parent, Path(chosen[0]))
    return chosen


def ask_folder(parent: QWidget, title: str, before: Path) -> Path | None:
    """Ask for a folder, beginning at one; None where she would rather not."""
    with _roomy(parent):
        chosen = QFileDialog.getExistingDirectory(parent, title, str(before))
    return Path(chosen) if chosen else None


def completed(chosen: Path, ending: str) -> Path:
    """
    The name with its ending; what follows another dot is part of the name.

    >>> [completed(Path(name), ".csv").name for name in ("milk", "milk 22.11", "milk.CSV")]
    ['milk.csv', 'milk 22.11.csv', 'milk.CSV']
    """
    return chosen if chosen.suffix.casefold() == ending.casefold() else chosen.with_name(chosen.name + ending)
