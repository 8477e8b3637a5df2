"""The file that is edited, watched for what another program writes into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from guide.standing import is_there


class FileWatch(QObject):
    """`changed` says that the file was written, put in the place of another, or taken away."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.changed)
        self._watcher.directoryChanged.connect(self.changed)

    def turn_to(self, path: Path | None) -> None:
        """
        Watch this file and no other; anew where one was put in its place, as the system watches the old one.

        Of a file that is gone its folder is watched, in which it may come back.
        """
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        if path is not None:
            self._watcher.addPath(str(path if is_there(path) else path.parent))
