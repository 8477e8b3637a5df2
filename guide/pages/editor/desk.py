"""The editor at the desk: text opened, kept as a draft while it is written, and saved whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from guide.core.shown import sentence
from guide.language import _, reason, screen, spoken
from guide.pages.editor.aloud import Aloud
from guide.pages.editor.drafts import Drafts
from guide.pages.editor.file_watch import FileWatch
from guide.pages.editor.own_copies import OwnCopies, free_name, names_of_others, numbered, renamed
from guide.pages.editor.page import EditorPage, EditView
from guide.pages.settings.desk import SettingsDesk
from guide.standing import is_there
from guide.store.files import keep_aside
from guide.store.routines.entry import Entry, LibraryError, Stamp
from guide.store.routines.folder import why_no_name
from guide.store.routines.reader import read
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
        self._is_open = False
        self._id = ""
        self._path = Path()
        self._builtin = False
        self._stamp: Stamp | None = None
        self._gone: str | None = None  # what was saved in a file that another program took away
        self.drafts = Drafts(tools, parent=self)
        self.drafts.edit_asked.connect(self.edit)
        self.copies = OwnCopies(tools, parent=self)
        self.copies.ready_asked.connect(self.ready_asked)
        self._aloud = Aloud(tools, settings, folder=lambda: self._path.parent, parent=self)
        self._aloud.try_asked.connect(self.try_asked)
        tools.preferences.changed.connect(self._take_pump)
        tools.again.add(self.save_now)
        tools.unsaved.append(self.unsaved)
        self._file_watch = FileWatch(self)
        self._file_watch.changed.connect(self._file_changed)
        tools.window.add_page("editor", self._make_page, bare=True, left_by_keys=True)

    # opening

    def edit(self, routine_id: str) -> None:
        """Open a routine; one that is built in becomes a copy of hers with the first change."""
        self.flush()
        try:
            text = self._tools.library.text(routine_id)
            entry = self._tools.library.entry(routine_id)
        except LookupError as error:
            self._tools.tell(sentence(str(error.args[0])))
            return
        if isinstance(text, Problem):
            draft = self.drafts.read(routine_id)
            if draft is not None:  # what was written before the file was no text any more
                self._open(entry, draft, draft=None)
                self._stamp = None
                self._look_at_the_disk()
                return
            told = _("{name} cannot be opened: {message}.")
            self._tools.tell(told.format(name=entry.path.name, message=text.message))
            return
        draft = self.drafts.read(routine_id)
        if draft == text:
            self.drafts.forget(routine_id)
        self._open(entry, text, draft=draft)

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
        if not self._has_file():
            self._page.keeping.saved_text = ""

    def _show_new(self, text: str, name: str) -> None:
        library = self._tools.library
        self._show(EditView("", text, name, file=library.own / "new.yaml", others=names_of_others(library)))

    def _refuse(self, name: str) -> str:
        return why_no_name(name, names_of_others(self._tools.library, self._id))

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
        self._keep_new()
        self._id, self._builtin, self._stamp = view.id, bool(view.builtin), stamp
        self._gone = None
        self._path = view.file or Path()
        self._is_open = True
        self._page.edit(replace(view, pump=self._tools.preferences.settings.pump))
        self._watch()
        self._tools.window.show_page("editor")

    def _take_pump(self, settings: Settings) -> None:
        if self._is_open:
            self._page.show_pump(settings.pump)

    # keeping

    def _text_changed(self, text: str) -> None:
        if not self._is_open or not self._has_file():
            return
        if self._is_saved(text):
            self.drafts.forget(self._id)
            return
        try:
            self.drafts.keep(self._id, text)
        except OSError as error:
            told = _("This cannot be kept on the disk ({reason}). The text stays here.")
            self._tell_trouble(told.format(reason=reason(error)))

    def _is_saved(self, text: str) -> bool:
        """Whether the file holds this very text, by all that is known, so that no draft is needed."""
        keeping = self._page.keeping
        if text != keeping.saved_text or keeping.in_doubt or keeping.trouble:
            return False
        return self._builtin or not self._tools.library.changed_on_disk(self._id, self._stamp)

    def _tell_trouble(self, sentence: str) -> None:
        self._page.show_save_trouble(sentence)
        self._tools.again.refused()

    def _try_again(self) -> None:
        self.save_now()
        if self._page.keeping.trouble:
            self._page.message.say()

    def save_now(self) -> bool:
        """What the disk refused is tried anew, without a word; whether nothing waits any more."""
        if not (self._is_open and self._page.keeping.trouble):
            return self.drafts.save_now()
        try:
            if not self._id:
                self._become_hers(self._page.first_text)
            self.drafts.keep(self._id, self._page.text())
        except (OSError, LibraryError):
            return False
        self._page.show_kept()
        if self._is_saved(self._page.text()):
            self.drafts.forget(self._id)
        self._page.keeping.ask_to_save()
        return self.drafts.save_now() and not self._page.keeping.trouble

    def unsaved(self) -> dict[str, bytes]:
        """What is nowhere on the disk, by the names it has in an archive of everything."""
        here = {}
        if self._finds_no_room:
            here["routines/not-saved.yaml"] = self._page.text().encode("utf-8", "replace")
        return {**here, **self.drafts.unsaved()}

    @property
    def _finds_no_room(self) -> bool:
        """Whether a new routine is open that the disk did not take."""
        return self._is_open and not self._id and bool(self._page.keeping.trouble)

    def _has_file(self) -> bool:
        """A new routine gets its file, as it was shown first: what is typed is a draft beside it from then on."""
        try:
            if not self._id:
                self._become_hers(self._page.first_text)
        except LibraryError as error:
            self._tell_trouble(str(error))
        return bool(self._id)

    def _save(self, text: str) -> None:
        if not self._is_open:
            return
        try:
            if self._builtin or not self._id:
                self._become_hers(text)
            elif self._look_at_the_disk():
                return
            else:
                self._stamp = self._tools.library.save(self._id, text)
        except LibraryError as error:
            self._tell_trouble(str(error))
            return
        self._gone = None
        self.drafts.forget(self._id)
        self._page.show_saved()
        self._watch()

    def _become_hers(self, text: str) -> None:
        """The first change to a routine that is new or built in: a file of hers, and the built-in stays as it is."""
        library, before = self._tools.library, self._id
        self._id = library.new(text)
        self._builtin = False
        self._path = library.entry(self._id).path
        self._stamp = library.stamp(self._id)
        if before:
            self.drafts.forget(before)
        self._page.show_as_hers(text)
        self._watch()

    def _file_changed(self) -> None:
        if self._id and not self._builtin and not is_there(self._path):
            self._tell_gone()
            return
        if self._gone is not None:  # it is there again
            self._page.keeping.saved_text, self._gone = self._gone, None
            self._page.show_kept()
            self._watch()
        self._look_at_the_disk()

    def _tell_gone(self) -> None:
        keeping = self._page.keeping
        if self._gone is None:
            self._gone, keeping.saved_text = keeping.saved_text, ""
            self._keep_draft()
            told = _("{name} was deleted by another program. The text stays here.")
            self._page.show_taken_away(told.format(name=self._path.name))
            self._watch()

    def _keep_draft(self) -> None:
        with suppress(OSError):  # it waits for the disk then
            self.drafts.keep(self._id, self._page.text())

    def _write_again(self) -> None:
        """The file is there again as it was saved last; what stands in the place of it is kept beside it."""
        text, saved = self._page.text(), self._gone
        if saved is None or not read(text).problems:
            saved = text
        self._keep_draft()
        if is_there(self._path) and keep_aside(self._path) is None:
            return
        try:
            self._stamp = self._tools.library.save(self._id, saved)
        except LibraryError as error:
            self._tell_trouble(str(error))
            return
        self._gone = None
        self._page.show_saved()
        self._page.keeping.saved_text = saved
        if text == saved:
            self.drafts.forget(self._id)
        self._watch()

    def _look_at_the_disk(self) -> bool:
        """Whether another program left something there that is not written over unasked; it is shown."""
        library = self._tools.library
        if not self._id or self._builtin or not library.changed_on_disk(self._id, self._stamp):
            return False
        if not is_there(self._path):  # with the next change it is written anew
            self._stamp = None
            return False
        try:
            theirs, stamp = library.text(self._id), library.stamp(self._id)
        except LookupError:
            self._stamp = None
            return False
        self._watch()  # a file put in the place of another is one nobody watches yet
        if isinstance(theirs, Problem):
            self._keep_draft()
            told = _("{name} was changed, and cannot be read now. The text stays here.")
            self._page.show_taken_away(told.format(name=self._path.name))
            return True
        self._stamp = stamp
        if theirs == self._page.text():
            return False
        self._page.show_changed_on_disk(theirs)
        return True

    def _watch(self) -> None:
        self._file_watch.turn_to(self._path if self._id and not self._builtin else None)

    def flush(self) -> None:
        """Keep what she has just typed; whatever is not saved is a draft then."""
        if self._tools.window.here == "editor":
            self._page.flush()
            if self._gone is not None:
                self._write_again()
                told = _("{name} is written again, as another program had deleted it.")
                self._tools.window.toast.tell(told.format(name=self._path.name))

    def come_back(self) -> None:
        self._page.lengths.look_again()
        self._tools.window.show_page("editor")

    # files

    def put_away(self, *, to: str = LIBRARY) -> None:
        """Keep what was written, and let go of the file; what is not saved the library tells by itself."""
        if self._tools.window.here == "editor":
            self.flush()
            self._keep_new(told=to != LIBRARY)
            self._is_open = False
            self._id = ""
            self._watch()

    def _keep_new(self, *, told: bool = True) -> None:
        """A new routine that found no room for its file is not lost with the page."""
        if self._finds_no_room:
            self.drafts.keep_new(self._page.text())
            if told:
                self.drafts.tell(self._page.keeping.trouble)

    def _leave(self) -> None:
        self.flush()  # which may make a routine of hers, with an id of its own
        edited = self._id
        self.put_away()
        self.done.emit(edited)

    def _rename(self) -> None:
        routine = self._page.routine()
        before = routine.name if routine else self._id
        self._tools.window.ask_name(_("Rename"), _("Name"), before, self._page.set_name, refuse=self._refuse)

    def _delete(self) -> None:
        routine_id = self._id
        self._leave()
        if routine_id:
            self.drafts.forget(routine_id)
            self.delete_asked.emit(routine_id)

    def _let_go(self) -> None:
        """It goes to what was deleted, from where it can be got back."""
        self._write_again()
        self._delete()

    def _duplicate(self) -> None:
        if self._has_file():
            try:
                self.edit(self._tools.library.duplicate(self._id))
            except LibraryError as error:
                self._tools.tell(str(error))

    def _export(self) -> None:
        if self._has_file():
            self.export_asked.emit(self._id)

    def _reveal(self) -> None:
        if self._has_file():
            self._tools.revealer.show(self._path.parent)

    @property
    def _page(self) -> EditorPage:
        page = self._tools.window.page("editor")
        assert isinstance(page, EditorPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> EditorPage:
        page = EditorPage(look=self._tools.look, aside=self._tools.aside)
        page.text_changed.connect(self._text_changed)
        page.save_asked.connect(self._save)
        page.again_asked.connect(self._try_again)
        page.write_again_asked.connect(self._write_again)
        page.let_go_asked.connect(self._let_go)
        page.back_asked.connect(self._leave)
        page.header.rename_asked.connect(self._rename)
        page.header.delete_asked.connect(self._delete)
        page.header.duplicate_asked.connect(self._duplicate)
        page.header.export_asked.connect(self._export)
        page.header.reveal_asked.connect(self._reveal)
        self._aloud.listen_to(page)
        return page
