"""The library at the desk: routines listed, hidden, copied, taken in and thrown away, each with a way back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from guide.core.days import first_line
from guide.core.routine import Purpose
from guide.language import _
from guide.pages.routines.page import LibraryPage
from guide.pages.routines.view import LibraryView
from guide.store.paths import made
from guide.store.routines.entry import Entry, LibraryError
from guide.tools import Tools, sore_today

FIRST: Final = "hands-on-pumping"  # what the library offers before anything was played
FILES: Final = "Routines (*.yaml *.yml)"


class RoutinesDesk(QObject):
    """`picked` carries a routine and whether Start was pressed already."""

    picked = Signal(Entry, bool)
    edit_asked = Signal(str)
    new_asked = Signal()
    along_asked = Signal(str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._purpose: Purpose | None = None
        self._shows_hidden = False
        tools.window.add_page("routines", self._make_page)
        tools.window.files_dropped.connect(self.take_in)

    def show(self) -> None:
        self.refresh()
        self._tools.window.show_page("routines")

    def refresh(self) -> None:
        tools = self._tools
        settings, now = tools.preferences.settings, tools.now()
        summaries = tools.library.summaries()
        last = tools.log.last()
        known = {summary.id: summary for summary in summaries if summary.problem is None}
        counted = tools.log.summary(now)
        page = self._page
        page.show_library(
            LibraryView(
                line="Welcome back."
                if settings.number_free and counted.last_began
                else first_line(counted.last_began, counted.in_last_day, now),
                goal_dots=counted.in_last_day if settings.daily_goal else None,
                last=known.get(last.routine_id) if last else None,
                begin_with=known.get(FIRST),
                summaries=summaries,
                purpose=self._purpose,
                sore=bool(sore_today(settings, now)),
                number_free=settings.number_free,
                hidden=frozenset(settings.hidden),
                with_hidden=self._shows_hidden,
            )
        )

    def open(self, routine_id: str, *, start: bool = False) -> None:
        """Go on to Get ready, or tell what keeps the routine from being played."""
        try:
            entry = self._tools.library.find(routine_id)
        except LookupError as error:
            said = str(error.args[0])
            self._tools.tell(f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith("?") else "."))
            return
        if entry.routine is None:
            self._show_problems(entry)
            return
        self.picked.emit(entry, start)

    def _show_problems(self, entry: Entry) -> None:
        lines = [f"Line {problem.line}: {problem.where}: {problem.message}" for problem in entry.problems]
        more = f"\n… and {len(lines) - 8} more" if len(lines) > 8 else ""
        self._tools.window.ask(
            f"{entry.name} does not load yet",
            "\n".join(lines[:8]) + more,
            [("later", "Not now"), ("edit", "Open it in the editor")],
            lambda wish: self._edit(entry) if wish == "edit" else None,
        )

    def _edit(self, entry: Entry) -> None:
        """A file from elsewhere is taken in among her own first."""
        known = {each.path: each.id for each in self._tools.library.entries()}
        if entry.path in known:
            self.edit_asked.emit(known[entry.path])
        else:
            self.take_in([str(entry.path)])

    def take_in(self, paths: list[str]) -> None:
        """Copy routine files among her own; nothing of hers is written over."""
        taken: list[str] = []
        for path in paths:
            try:
                taken.append(self._tools.library.import_file(Path(path)))
            except LibraryError as error:
                self._tools.tell(str(error))
        if taken:
            self._purpose = None
            if self._tools.playing:
                self.refresh()
            else:
                self.show()
            names = ", ".join(self._tools.library.entry(each).name for each in taken)
            self._tools.window.toast.tell(f"Taken in: {names}", action="Undo", on_action=lambda: self._discard(taken))

    def _discard(self, taken: list[str]) -> None:
        for routine_id in taken:
            try:
                self._tools.library.delete(routine_id)
            except LibraryError as error:
                self._tools.tell(str(error))
        self.refresh()

    def ask_for_files(self) -> None:
        if self._tools.playing:
            return
        paths, _ = QFileDialog.getOpenFileNames(self._tools.window, "Take in routines", str(Path.home()), FILES)
        if paths:
            self.take_in(paths)

    def _duplicate(self, routine_id: str) -> None:
        try:
            copy = self._tools.library.duplicate(routine_id)
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.refresh()
        name = self._tools.library.entry(copy).name
        self._tools.window.toast.tell(f"{name} is yours", action="Edit", on_action=lambda: self.edit_asked.emit(copy))

    def export(self, routine_id: str) -> None:
        """Keep a copy of a routine's file elsewhere."""
        start = Path.home() / f"{routine_id}.yaml"
        path, _ = QFileDialog.getSaveFileName(self._tools.window, "Keep a copy of the routine", str(start), FILES)
        if not path:
            return
        try:
            self._tools.library.export(routine_id, Path(path))
        except LibraryError as error:
            self._tools.tell(str(error))
        else:
            self._tools.window.toast.tell(f"Kept as {Path(path).name}")

    def _hide(self, routine_id: str) -> None:
        before = self._tools.preferences.settings.hidden
        self._tools.preferences.change(hidden=(*before, routine_id))
        self.refresh()
        self._tools.window.toast.tell("Hidden from the list", action="Undo", on_action=lambda: self._unhide(before))

    def _unhide(self, before: tuple[str, ...]) -> None:
        self._tools.preferences.change(hidden=before)
        self.refresh()

    def _unhide_one(self, routine_id: str) -> None:
        before = self._tools.preferences.settings.hidden
        self._unhide(tuple(each for each in before if each != routine_id))

    def delete(self, routine_id: str) -> None:
        """Throw a routine of hers away; the toast gives it back."""
        try:
            undo = self._tools.library.delete(routine_id)
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.refresh()

        def give_back() -> None:
            try:
                undo.restore()
            except LibraryError as error:
                self._tools.tell(str(error))
            self.refresh()

        self._tools.window.toast.tell("Deleted", action="Undo", on_action=give_back)

    def _rename(self, routine_id: str) -> None:
        entry = self._tools.library.entry(routine_id)

        def rename(name: str) -> None:
            try:
                if name != entry.name:
                    self._tools.library.rename(routine_id, name)
            except LibraryError as error:
                self._tools.tell(str(error))
            self.refresh()

        def taken(name: str) -> str:
            others = (other.name for other in self._tools.library.entries() if other.id != routine_id)
            return _("There is a routine called “{name}” already.").format(name=name) if name in others else ""

        self._tools.window.ask_name(_("Rename"), _("Name"), entry.name, rename, refuse=taken)

    def _reveal(self, routine_id: str) -> None:
        reveal(self._tools.library.entry(routine_id).path.parent)

    def _choose_purpose(self, purpose: object) -> None:
        self._purpose = purpose if isinstance(purpose, Purpose) else None
        self.refresh()

    def _show_hidden(self) -> None:
        self._shows_hidden = not self._shows_hidden
        self.refresh()

    @property
    def _page(self) -> LibraryPage:
        page = self._tools.window.page("routines")
        assert isinstance(page, LibraryPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> LibraryPage:
        page = LibraryPage(look=self._tools.look)
        page.ready_asked.connect(self.open)
        page.start_asked.connect(lambda routine_id: self.open(routine_id, start=True))
        page.edit_asked.connect(self.edit_asked)
        page.duplicate_asked.connect(self._duplicate)
        page.export_asked.connect(self.export)
        page.hide_asked.connect(self._hide)
        page.unhide_asked.connect(self._unhide_one)
        page.delete_asked.connect(self.delete)
        page.rename_asked.connect(self._rename)
        page.reveal_asked.connect(self._reveal)
        page.along_asked.connect(self.along_asked)
        page.problems_asked.connect(self.open)
        page.new_asked.connect(self.new_asked)
        page.import_asked.connect(self.ask_for_files)
        page.purpose_chosen.connect(self._choose_purpose)
        page.show_hidden_asked.connect(self._show_hidden)
        return page


def reveal(folder: Path) -> None:
    """Show a folder in the file manager; a file address, never one of the network."""
    made(folder)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
