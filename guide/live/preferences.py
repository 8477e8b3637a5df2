"""What she chose, kept in a file as she changes it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from guide.language import _
from guide.store.files import NotAFileError, move_aside
from guide.store.settings import Settings, after_pain, as_bytes, load, need_readable, save


class Preferences(QObject):
    """
    Holds the settings; `changed` carries the new ones.

    `told` carries a sentence when they could not be read or kept, `mended` the same once they can be kept again.
    A file that could not be read at the start is read before the first change is kept; where it still cannot be, it is
    kept beside the new one, and `noticed` carries the sentence that says so.
    """

    changed = Signal(Settings)
    told = Signal(str)
    mended = Signal(str)
    noticed = Signal(str)

    def __init__(self, path: Path, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.settings, self.notices = load(path)
        self._unread = bool(self.notices) and not _can_be_read(path)
        # A folder that gave nothing will take nothing: what was said of reading goes for keeping too.
        self._said = bool(self.notices) and not os.access(path.parent, os.W_OK | os.X_OK)
        self._told = ""
        self._waits = False
        self._since = set[str]()  # the names of what she changed

    def change(self, **fields: Any) -> None:
        """Take new values of named settings and keep them; a disk that refuses is told once."""
        settings = replace(self.settings, **fields)
        if settings != self.settings:
            self._since |= {name for name in fields if getattr(settings, name) != getattr(self.settings, name)}
            self.settings = settings
            self.changed.emit(settings)
            # where the window stood is no reason to move aside what could not be read
            self._waits = self._waits or not (self._unread and fields.keys() == {"window"})
        self.save_now()

    def ask_again(self) -> None:
        """Something hurt: the check before hands-on work is asked again, unless she is known to be sore."""
        self.change(sore_check=after_pain(self.settings.sore_check))

    def save_now(self) -> bool:
        """Keep what is not kept yet; whether nothing waits any more."""
        if not self._waits:
            return True
        try:
            if self._unread:
                self._find_again()
            save(self._path, self.settings)
        except OSError:
            if not self._said:
                self._said = True
                self._told = _("Your settings cannot be kept: the folder or the disk does not let us write.")
                self.told.emit(self._told)
            return False
        self._nothing_waits()
        return True

    def _nothing_waits(self) -> None:
        self._waits = self._said = False
        if self._told:
            self.mended.emit(self._told)
            self._told = ""

    def _find_again(self) -> None:
        """Take up hers, but for what she changed since, where they can be read by now; else keep their file aside."""
        if _can_be_read(self._path):
            hers, notices = load(self._path)
            since = {name: getattr(self.settings, name) for name in self._since}
            self._unread = False
            self.settings = replace(hers, **since)
            self.changed.emit(self.settings)
            self.mended.emit(self.notices[0])
        else:
            aside = move_aside(self._path)
            self._unread = False
            told = _("Your settings could not be read, and are kept as {name}. What you choose now is in a new file.")
            notices = [told.format(name=aside.name)]
        for notice in notices:
            self.noticed.emit(notice)

    def unsaved(self) -> dict[str, bytes]:
        """What the disk refused, by the name it has in an archive of everything, which is its file's."""
        return {self._path.name: as_bytes(self.settings)} if self._waits else {}

    def forget(self) -> None:
        """Back to the settings of a first start; the file goes."""
        with contextlib.suppress(OSError):
            self._path.unlink()
        self._unread = False
        self._since.clear()
        self.settings = Settings()
        self.changed.emit(self.settings)
        self._nothing_waits()


def _can_be_read(path: Path) -> bool:
    try:
        need_readable(path)
    except NotAFileError:  # which nothing is written over
        return True
    except OSError:
        return False
    return True
