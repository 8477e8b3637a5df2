"""What she chose, kept in a file as she changes it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from guide.language import _
from guide.store.settings import Settings, after_pain, as_bytes, load, save


class Preferences(QObject):
    """
    Holds the settings; `changed` carries the new ones.

    `told` carries a sentence when they could not be read or kept, `mended` the same once they can be kept again.
    """

    changed = Signal(Settings)
    told = Signal(str)
    mended = Signal(str)

    def __init__(self, path: Path, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.settings, self.notices = load(path)
        # A folder that gave nothing will take nothing: what was said of reading goes for keeping too.
        self._said = bool(self.notices) and not os.access(path.parent, os.W_OK | os.X_OK)
        self._told = ""
        self._waits = False

    def change(self, **fields: Any) -> None:
        """Take new values of named settings and keep them; a disk that refuses is told once."""
        settings = replace(self.settings, **fields)
        if settings != self.settings:
            self.settings = settings
            self.changed.emit(settings)
            self._waits = True
        self.save_now()

    def ask_again(self) -> None:
        """Something hurt: the check before hands-on work is asked again, unless she is known to be sore."""
        self.change(sore_check=after_pain(self.settings.sore_check))

    def save_now(self) -> bool:
        """Keep what is not kept yet; whether nothing waits any more."""
        if not self._waits:
            return True
        try:
            save(self._path, self.settings)
        except OSError:
            if not self._said:
                self._said = True
                self._told = _("Your settings cannot be kept: the folder or the disk does not let us write.")
                self.told.emit(self._told)
            return False
        self._waits = self._said = False
        if self._told:
            self.mended.emit(self._told)
            self._told = ""
        return True

    def unsaved(self) -> dict[str, bytes]:
        """What the disk refused, by the name it has in an archive of everything, which is its file's."""
        return {self._path.name: as_bytes(self.settings)} if self._waits else {}

    def forget(self) -> None:
        """Back to the settings of a first start; the file goes."""
        with contextlib.suppress(OSError):
            self._path.unlink()
        self.settings = Settings()
        self.changed.emit(self.settings)
