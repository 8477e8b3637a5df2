"""What is done with a routine in the library, each with its way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.language import N_, _
from guide.store.routines.entry import LibraryError
from guide.store.routines.folder import why_no_name
from guide.tools import Tools

FILES: Final = N_("Routines (*.yaml *.yml)")


class Changes(QObject):
    """`changed` says that the library shows something else now, `came_back` which routine is there again."""

    changed = Signal()
    came_back = Signal(str)
    edit_asked = Signal(str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools

    def duplicate(self, routine_id: str) -> None:
        try:
            copy = self._tools.library.duplicate(routine_id)
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.changed.emit()
        name = self._tools.library.entry(copy).name
        told = _("{name} is yours").format(name=name)
        self._tools.window.toast.tell(told, action=_("Edit"), on_action=lambda: self.edit_asked.emit(copy))

    def export(
        self,
        routine_id: str,
        kept: Callable[[Path], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Keep a copy of a routine's file elsewhere; where `kept` and `failed` say so, no message does."""
        tools = self._tools
        from guide.kit.file_dialog import ask_where  # what the first page does without

        path = ask_where(tools.window, _("Keep a copy of the routine"), Path(f"{routine_id}.yaml"), FILES)
        if path is None:
            return
        try:
            tools.library.export(routine_id, path)
        except LibraryError as error:
            (failed or tools.tell)(str(error))
        else:
            (kept or tools.tell_kept)(path)

    def hide(self, routine_id: str) -> None:
        before = self._tools.preferences.settings.hidden
        self._tools.preferences.change(hidden=(*before, routine_id))
        self.changed.emit()
        self._tools.window.toast.tell(_("Hidden from the list"), undo=lambda: self.unhide(routine_id))

    def unhide(self, routine_id: str) -> None:
        hidden = self._tools.preferences.settings.hidden
        self._tools.preferences.change(hidden=tuple(each for each in hidden if each != routine_id))
        self.came_back.emit(routine_id)

    def delete(self, routine_id: str) -> None:
        """Throw a routine of hers away; the toast gives it back."""
        gone = next((one for one in self._tools.library.summaries() if one.id == routine_id), None)
        try:
            undo = self._tools.library.delete(routine_id)
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.changed.emit()

        def give_back() -> None:
            try:
                back = undo.restore()
            except LibraryError as error:
                self._tools.tell(str(error))
                self.changed.emit()
            else:
                self.came_back.emit(back)

        told = _("Your own {name} is deleted") if gone and gone.replaces_builtin else _("{name} is deleted")
        told = told.format(name=gone.name if gone else routine_id)
        self._tools.window.toast.tell(told, undo=give_back, stays=True)

    def rename(self, routine_id: str) -> None:
        entry = self._tools.library.entry(routine_id)

        def rename(name: str) -> None:
            try:
                if name != entry.name:
                    self._tools.library.rename(routine_id, name)
            except LibraryError as error:
                self._tools.tell(str(error))
            self.changed.emit()

        def taken(name: str) -> str:
            return why_no_name(name, [other.name for other in self._tools.library.entries() if other.id != routine_id])

        self._tools.window.ask_name(_("Rename"), _("Name"), entry.name, rename, refuse=taken)

    def reveal(self, routine_id: str) -> None:
        self._tools.revealer.show(self._tools.library.entry(routine_id).path.parent)

    def give_back(self, key: str) -> None:
        undo = next((one for one in self._tools.library.deleted() if one.trashed.name == key), None)
        if undo is None:
            return
        try:
            routine_id = undo.restore()
        except LibraryError as error:
            self._tools.tell(str(error))
            self.changed.emit()
        else:
            name = self._tools.library.entry(routine_id).name
            self._tools.window.toast.tell(_("{name} is back").format(name=name))
            self.came_back.emit(routine_id)
