"""The editor at the desk: text opened, kept as a draft while it is written, and saved whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.core.shown import sentence
from guide.language import _, pgettext, screen, spoken
from guide.pages.editor.aloud import Aloud
from guide.pages.editor.drafts import Drafts
from guide.pages.editor.edited_file import EditedFile
from guide.pages.editor.own_copies import OwnCopies, free_name, names_of_others, numbered, renamed
from guide.pages.editor.page import EditorPage, EditView
from guide.pages.editor.untaken import Untaken
from guide.pages.settings.desk import SettingsDesk
from guide.store.routines.entry import Entry, LibraryError, Stamp
from guide.store.routines.folder import why_no_name
from guide.store.routines.template import new_routine
from guide.store.settings import Settings
from guide.store.yaml.problem import Problem
from guide.tools import Tools

LIBRARY: Final = "routines"  # the page that tells by itself which routine is not saved


class EditingDesk(QObject):
    """
    `done` says that the person leaves the editor, and which routine, "" for a new one that was not begun.

    The others ask for what the library does with a routine.
    """

    done = Signal(str)
    ready_asked = Signal(object)
    try_asked = Signal(object, int, float, object)
    delete_asked = Signal(str)
    export_asked = Signal(str)

    def __init__(self, tools: Tools, settings: SettingsDesk, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.drafts = Drafts(tools, parent=self)
        self.drafts.edit_asked.connect(self.edit)
        self.file = EditedFile(tools, self.drafts, page=lambda: self._page, parent=self)
        self.copies = OwnCopies(tools, parent=self)
        self.copies.ready_asked.connect(self.ready_asked)
        self._aloud = Aloud(tools, settings, folder=lambda: self.file.path.parent, parent=self)
        self._aloud.try_asked.connect(self.try_asked)
        tools.preferences.changed.connect(self._take_pump)
        tools.window.add_page("editor", self._make_page, bare=True, left_by_keys=True)

    # opening

    def edit(self, routine_id: str) -> None:
        """Open a routine; one that is built in becomes a copy of hers with the first change."""
        self.flush()
        try:
            text = self._tools.library.text(routine_id)
            entry = self._tools.library.entry(routine_id)
        except LookupError as error:
            if not self._edit_without_file(routine_id):
                self._tools.tell(sentence(str(error.args[0])))
            return
        draft = self.drafts.read(routine_id)
        if isinstance(text, Problem):
            if draft is not None:  # what was written before the file was no text any more
                self._open(entry, draft, draft=None)
                self.file.look_again()
                return
            told = _("{name} cannot be opened: {message}.")
            self._tools.tell(told.format(name=entry.path.name, message=text.message))
            return
        if draft == text:
            self.drafts.forget(routine_id)
        self._open(entry, text, draft=draft)

    def _edit_without_file(self, routine_id: str) -> bool:
        """What was being written in a file that another program deleted: she has it written again, or lets it go."""
        draft = self.drafts.read(routine_id) if self.drafts.name_without_file(routine_id) else None
        if draft is None:
            return False
        library = self._tools.library
        file = library.own / f"{routine_id}.yaml"
        self._show(EditView(routine_id, draft, file.name, file=file, others=names_of_others(library)))
        self.file.tell_gone()
        return True

    def new(self) -> None:
        """Ask what it is called, then show a small routine that plays already; it is kept with its first change."""
        self.flush()
        free = numbered(self._tools.library, _("My routine"))
        self._tools.window.ask_name(_("New routine"), _("Name"), free, self._begin, refuse=self._refuse)

    def _begin(self, name: str) -> None:
        self._show_new(renamed(new_routine(spoken(), screen()), name), name)

    def go_on(self) -> None:
        """Open a new routine that found no room for its file once more, and try to give it one."""
        text = self.drafts.take_new()
        if text is None:
            self.drafts.kept.emit()
            return
        self._show_new(text, _("New routine"))
        if not self.file.has_file():
            self._page.keeping.saved_text = ""

    def _show_new(self, text: str, name: str) -> None:
        library = self._tools.library
        self._show(EditView("", text, name, file=library.own / "new.yaml", others=names_of_others(library)))

    def _refuse(self, name: str) -> str:
        return why_no_name(name, names_of_others(self._tools.library, self.file.id))

    def _open(self, entry: Entry, text: str, *, draft: str | None) -> None:
        """One that is built in has the name of her copy from the start: no undo takes it away again."""
        library = self._tools.library
        if entry.builtin:
            text = renamed(text, free_name(library, entry.name))
        view = EditView(
            id=entry.id,
            text=text,
            path_label=entry.path.name,
            builtin=entry.name if entry.builtin else "",
            draft_text=draft if draft != text else None,
            file=entry.path,
            others=names_of_others(library, entry.id),
        )
        self._show(view, stamp=library.stamp(entry.id))

    def _show(self, view: EditView, *, stamp: Stamp | None = None) -> None:
        edited, left = self.file.id, self._page.leave() if self._tools.window.here == "editor" else None
        self.file.turn_to(view, stamp)
        self._page.edit(replace(view, pump=self._tools.preferences.settings.pump))
        self.file.watch()
        self._tools.window.show_page("editor")
        if edited and left is not None:
            self._tell_untaken(edited, left)

    def _take_pump(self, settings: Settings) -> None:
        if self.file.is_open:
            self._page.show_pump(settings.pump)

    def flush(self) -> None:
        """Keep what she has just typed; whatever is not saved is a draft then."""
        if self._tools.window.here == "editor":
            self._page.flush()
            self.file.write_what_was_deleted()

    @property
    def unsaved(self) -> str:
        """What is typed in a form and would be lost if the window closed, in a sentence."""
        return self._page.unsaved if self.file.is_open and self._tools.window.has_page("editor") else ""

    def come_back(self) -> None:
        self._page.lengths.look_again()
        self._tools.window.show_page("editor")

    # files

    def put_away(self, *, to: str = LIBRARY) -> None:
        """Keep what was written, and let go of the file; what is not saved the library tells by itself."""
        if self._tools.window.here == "editor":
            self.flush()
            edited, left = self.file.id, self._page.leave()
            untouched = not edited and self._page.keeping.state(untaken=False) == "new"
            self.file.close(told=to != LIBRARY)
            if untouched:
                self._offer_to_keep()
            elif edited and left is not None:
                self._tell_untaken(edited, left)

    def _tell_untaken(self, routine_id: str, left: Untaken) -> None:
        def go_back() -> None:
            self.edit(routine_id)
            if self.file.id == routine_id:
                self._page.panes.go_back_to(left)

        self._tools.window.toast.tell(
            left.words, action=pgettext("to what was not taken", "Back to it"), on_action=go_back, stays=True
        )

    def _offer_to_keep(self) -> None:
        """What she only named and looked at leaves nothing behind, unless she wants it."""
        text, routine = self._page.text(), self._page.routine()
        if routine is not None:
            self._tools.window.toast.tell(
                _("{name} was not changed, so it is not kept").format(name=routine.name),
                action=_("Keep it"),
                on_action=lambda: self._keep_untouched(text),
            )

    def _keep_untouched(self, text: str) -> None:
        try:
            self.done.emit(self._tools.library.new(text))
        except LibraryError as error:
            self._tools.tell(str(error))

    def _leave(self) -> None:
        self.flush()  # which may make a routine of hers, with an id of its own
        edited = self.file.id
        self.put_away()
        self.done.emit(edited)

    def _rename(self) -> None:
        routine = self._page.routine()
        before = routine.name if routine else self.file.id
        self._tools.window.ask_name(_("Rename"), _("Name"), before, self._page.set_name, refuse=self._refuse)

    def _delete(self) -> None:
        routine_id = self.file.id
        self._leave()
        if routine_id:
            self.drafts.forget(routine_id)
            self.delete_asked.emit(routine_id)

    def _let_go(self) -> None:
        """It goes to what was deleted, from where it can be got back."""
        if self.file.write_again():
            self._delete()

    def _duplicate(self) -> None:
        if self.file.has_file():
            try:
                self.edit(self._tools.library.duplicate(self.file.id))
            except LibraryError as error:
                self._tools.tell(str(error))

    def _export(self) -> None:
        if self.file.has_file():
            self.export_asked.emit(self.file.id)

    def _reveal(self) -> None:
        if self.file.has_file():
            self._tools.revealer.show(self.file.path.parent)

    @property
    def _page(self) -> EditorPage:
        page = self._tools.window.page("editor")
        assert isinstance(page, EditorPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> EditorPage:
        page = EditorPage(look=self._tools.look, aside=self._tools.aside)
        page.text_changed.connect(self.file.text_changed)
        page.save_asked.connect(self.file.save)
        page.again_asked.connect(self.file.try_again)
        page.write_again_asked.connect(self.file.write_again)
        page.let_go_asked.connect(self._let_go)
        page.back_asked.connect(self._leave)
        page.header.rename_asked.connect(self._rename)
        page.header.delete_asked.connect(self._delete)
        page.header.duplicate_asked.connect(self._duplicate)
        page.header.export_asked.connect(self._export)
        page.header.reveal_asked.connect(self._reveal)
        self._aloud.listen_to(page)
        return page
