"""The file of the routine that is edited: written whole, a draft beside it, and looked at where others write it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject

from guide.language import _, reason
from guide.pages.editor.drafts import Drafts
from guide.pages.editor.file_watch import FileWatch
from guide.pages.editor.page import EditorPage, EditView
from guide.standing import is_there
from guide.store.files import move_aside
from guide.store.routines.entry import LibraryError, Stamp
from guide.store.routines.reader import read
from guide.store.yaml.problem import Problem
from guide.tools import Tools


class EditedFile(QObject):
    """
    `id` is the routine's, "" for a new one that has no file yet, `path` where its file is or would be.

    `page` is asked for the editor's page, which holds the text.
    """

    def __init__(self, tools: Tools, drafts: Drafts, *, page: Callable[[], EditorPage], parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._drafts = drafts
        self._find_page = page
        self.is_open = False
        self.id = ""
        self.path = Path()
        self._builtin = False
        self._stamp: Stamp | None = None
        self._gone: str | None = None  # what was saved in a file that another program took away
        self._file_watch = FileWatch(self)
        self._file_watch.changed.connect(self._file_changed)
        tools.again.add(self.save_now)
        tools.unsaved.append(self.unsaved)

    @property
    def _page(self) -> EditorPage:
        return self._find_page()

    def turn_to(self, view: EditView, stamp: Stamp | None) -> None:
        """Take another routine; `stamp` is its file's as it was read."""
        self.keep_new()
        self.id, self._builtin, self._stamp = view.id, bool(view.builtin), stamp
        self._gone = None
        self.path = view.file or Path()
        self.is_open = True

    def close(self, *, told: bool) -> None:
        """Let go of the file; `told` says whether a new one without room is told of here."""
        self.keep_new(told=told)
        self.is_open = False
        self.id = ""
        self.watch()

    def look_again(self) -> None:
        """What was opened is a draft: the file beside it says something else, and is shown."""
        self._stamp = None
        self._look_at_the_disk()

    def text_changed(self, text: str) -> None:
        if not self.is_open or not self.has_file():
            return
        if self._is_saved(text):
            self._drafts.forget(self.id)
            return
        try:
            self._drafts.keep(self.id, text)
        except OSError as error:
            told = _("This cannot be kept on the disk ({reason}). The text stays here.")
            self._tell_trouble(told.format(reason=reason(error)))

    def _is_saved(self, text: str) -> bool:
        """Whether the file holds this very text, by all that is known, so that no draft is needed."""
        keeping = self._page.keeping
        if text != keeping.saved_text or keeping.in_doubt or keeping.trouble:
            return False
        return self._builtin or not self._tools.library.changed_on_disk(self.id, self._stamp)

    def _tell_trouble(self, sentence: str) -> None:
        self._page.show_save_trouble(sentence)
        self._tools.again.refused()

    def try_again(self) -> None:
        self.save_now()
        if self._page.keeping.trouble:
            self._page.message.say()

    def save_now(self) -> bool:
        """What the disk refused is tried anew, without a word; whether nothing waits any more."""
        if not (self.is_open and self._page.keeping.trouble):
            return self._drafts.save_now()
        try:
            if not self.id:
                self._become_hers(self._page.first_text)
            self._drafts.keep(self.id, self._page.text())
        except (OSError, LibraryError):
            return False
        self._page.show_kept()
        if self._is_saved(self._page.text()):
            self._drafts.forget(self.id)
        self._page.keeping.ask_to_save()
        return self._drafts.save_now() and not self._page.keeping.trouble

    def unsaved(self) -> dict[str, bytes]:
        """What is nowhere on the disk, by the names it has in an archive of everything."""
        here = {}
        if self.finds_no_room:
            here["routines/not-saved.yaml"] = self._page.text().encode("utf-8", "replace")
        return {**here, **self._drafts.unsaved()}

    @property
    def finds_no_room(self) -> bool:
        """Whether a new routine is open that the disk did not take."""
        return self.is_open and not self.id and bool(self._page.keeping.trouble)

    def has_file(self) -> bool:
        """A new routine gets its file, as it was shown first: what is typed is a draft beside it from then on."""
        try:
            if not self.id:
                self._become_hers(self._page.first_text)
        except LibraryError as error:
            self._tell_trouble(str(error))
        return bool(self.id)

    def save(self, text: str) -> None:
        if not self.is_open:
            return
        try:
            if self._builtin or not self.id:
                self._become_hers(text)
            elif self._look_at_the_disk():
                return
            else:
                self._stamp = self._tools.library.save(self.id, text)
        except LibraryError as error:
            self._tell_trouble(str(error))
            return
        self._gone = None
        self._drafts.forget(self.id)
        self._page.show_saved()
        self.watch()

    def _become_hers(self, text: str) -> None:
        """The first change to a routine that is new or built in: a file of hers, and the built-in stays as it is."""
        library, before = self._tools.library, self.id
        self.id = library.new(text)
        self._builtin = False
        self.path = library.entry(self.id).path
        self._stamp = library.stamp(self.id)
        if before:
            self._drafts.forget(before)
        self._page.show_as_hers(text)
        self.watch()

    def _file_changed(self) -> None:
        if self.id and not self._builtin and not is_there(self.path):
            self.tell_gone()
            return
        if self._gone is not None:  # it is there again
            self._page.keeping.saved_text, self._gone = self._gone, None
            self._page.show_kept()
            self.watch()
        self._look_at_the_disk()

    def tell_gone(self) -> None:
        """Another program took the file away: the text is a draft until she says what becomes of it."""
        keeping = self._page.keeping
        if self._gone is None:
            self._gone, keeping.saved_text = keeping.saved_text, ""
            self._keep_draft()
            told = _("{name} was deleted by another program. The text stays here.")
            self._page.show_taken_away(told.format(name=self.path.name))
            self.watch()

    def _keep_draft(self) -> None:
        with suppress(OSError):  # it waits for the disk then
            self._drafts.keep(self.id, self._page.text())

    def write_again(self) -> bool:
        """
        The file is there again as it was saved last; what stands in the place of it is kept beside it.

        Where that cannot be, it is told why, and what to do.
        """
        text, saved = self._page.text(), self._gone
        if saved is None or not read(text).problems:
            saved = text
        self._keep_draft()
        try:
            if is_there(self.path):
                move_aside(self.path)
            self._stamp = self._tools.library.save(self.id, saved)
        except LibraryError as error:
            told = _("{reason} The text is kept. Let the folder be written to, then press “Write it again”.")
            self._page.show_taken_away(told.format(reason=error), anew=True)
            return False
        except OSError as error:
            told = _(
                "{name} cannot be moved out of the way: {reason}. The text is kept. Move that file elsewhere, then "
                "press “Write it again”."
            )
            self._page.show_taken_away(told.format(name=self.path.name, reason=reason(error)), anew=True)
            return False
        self._gone = None
        self._page.show_saved()
        self._page.keeping.saved_text = saved
        if text == saved:
            self._drafts.forget(self.id)
        self.watch()
        return True

    def _look_at_the_disk(self) -> bool:
        """Whether another program left something there that is not written over unasked; it is shown."""
        library = self._tools.library
        if not self.id or self._builtin or not library.changed_on_disk(self.id, self._stamp):
            return False
        if not is_there(self.path):  # with the next change it is written anew
            self._stamp = None
            return False
        try:
            theirs, stamp = library.text(self.id), library.stamp(self.id)
        except LookupError:
            self._stamp = None
            return False
        self.watch()  # a file put in the place of another is one nobody watches yet
        if isinstance(theirs, Problem):
            self._keep_draft()
            told = _("{name} was changed, and cannot be read now. The text stays here.")
            self._page.show_taken_away(told.format(name=self.path.name))
            return True
        self._stamp = stamp
        if theirs == self._page.text():
            return False
        self._page.show_changed_on_disk(theirs)
        return True

    def write_what_was_deleted(self) -> None:
        """The editor is left: a file that another program deleted is there again, and that is told."""
        if self._gone is None:
            return
        if self.write_again():
            told = _("{name} is written again, as another program had deleted it.")
            self._tools.window.toast.tell(told.format(name=self.path.name))
        else:
            self._tools.tell(self._page.keeping.trouble)

    def keep_new(self, *, told: bool = True) -> None:
        """A new routine that found no room for its file is not lost with the page."""
        if self.finds_no_room:
            self._drafts.keep_new(self._page.text())
            if told:
                self._drafts.tell(self._page.keeping.trouble)

    def watch(self) -> None:
        self._file_watch.turn_to(self.path if self.id and not self._builtin else None)
