"""What is being written and is not saved yet, a file a routine."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from guide.language import _
from guide.standing import is_there
from guide.store.files import keep_aside, newest_first, write_whole
from guide.store.routines.entry import LibraryError
from guide.store.yaml.problem import Problem
from guide.store.yaml.text import read_text
from guide.tools import Tools, Unsaved


class Drafts(QObject):
    """`edit_asked` opens the routine of one; `kept` says that what waited for the disk is on it."""

    edit_asked = Signal(str)
    kept = Signal()

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._waiting: dict[str, str] = {}  # what the disk refused, by routine
        self._new: list[str] = []  # and new routines that have no file yet
        self._told = ""  # on the banner, of one of those

    def read(self, routine_id: str) -> str | None:
        """What was being written last; a draft that is no text any more is kept aside."""
        if routine_id in self._waiting:
            return self._waiting[routine_id]
        path = self._path(routine_id)
        draft = read_text(path) if is_there(path) else None
        if isinstance(draft, Problem):
            aside = keep_aside(path)
            kept = _(" It is kept as {name}.").format(name=aside.name) if aside else ""
            self._tools.tell(_("What was being written last time could not be read.{kept}").format(kept=kept))
            return None
        return draft

    def keep(self, routine_id: str, text: str) -> None:
        """Write what is being written; raises OSError, and tries again until it is written or forgotten."""
        self._waiting[routine_id] = text
        write_whole(self._path(routine_id), text.encode("utf-8", "replace"))
        del self._waiting[routine_id]

    def keep_new(self, text: str) -> None:
        """A new routine that found no room for its file: it gets one as soon as there is."""
        self._new.append(text)

    def save_now(self) -> bool:
        """Write what is not written yet; whether nothing waits any more."""
        waited = bool(self._waiting or self._new)
        with suppress(OSError, LibraryError):
            for routine_id, text in list(self._waiting.items()):
                self.keep(routine_id, text)
            while self._new:
                self._tools.library.new(self._new[0])
                del self._new[0]
        saved = not (self._waiting or self._new)
        if waited and saved:
            self.tell_no_more()
            self.kept.emit()
        return saved

    def tell(self, sentence: str) -> None:
        """Say why a new routine has no file, until it has one or the page on show says so."""
        self._told = sentence
        self._tools.tell(sentence)

    def tell_no_more(self) -> None:
        self._tools.window.banner.withdraw(self._told)

    def left(self) -> Unsaved:
        """What the library shows of it."""
        words = ""
        if self._new:
            from guide.store.routines.reader import read

            routine = read(self._new[-1]).routine
            words = _("{name} is not saved yet: the disk does not take it. It is kept here until it does.").format(
                name=routine.name if routine else _("New routine")
            )
        return Unsaved(words, frozenset(self._waiting))

    def take_new(self) -> str | None:
        """The last new routine that has no file yet, to go on with it."""
        self.tell_no_more()
        return self._new.pop() if self._new else None

    def unsaved(self) -> dict[str, bytes]:
        """What is not written yet, by the names it has in an archive of everything."""
        drafts = {f"drafts/{routine_id}.yaml": text for routine_id, text in self._waiting.items()}
        new = {f"routines/not-saved-{number}.yaml": text for number, text in enumerate(self._new, 1)}
        return {name: text.encode("utf-8", "replace") for name, text in {**drafts, **new}.items()}

    def forget(self, routine_id: str) -> None:
        self._waiting.pop(routine_id, None)
        with suppress(OSError):  # in a folder without rights none could be written either
            self._path(routine_id).unlink()

    def forget_all(self) -> None:
        """She has everything deleted: what waits for the disk is not written any more."""
        self._waiting.clear()
        self._new.clear()
        self.tell_no_more()

    def offer(self) -> None:
        """Work that was under way when the program ended is one press away."""
        if self._tools.playing:
            return
        found = newest_first(self._tools.paths.drafts, "*.yaml")
        known = {entry.id: entry.name for entry in self._tools.library.entries()} if found else {}
        for path in found:
            routine_id = path.stem
            name = known.get(routine_id) or self.name_without_file(routine_id)
            if name:
                self._tools.window.toast.tell(
                    _("Your edit of {name} is safe").format(name=name),
                    action=_("Open it"),
                    on_action=partial(self.edit_asked.emit, routine_id),
                )
                return

    def name_without_file(self, routine_id: str) -> str:
        """What the routine of a draft is called whose file another program deleted; "" where she did, or for none."""
        path = self._path(routine_id)
        text = read_text(path) if is_there(path) else None
        if not isinstance(text, str) or self._tools.library.was_deleted_since(routine_id, path):
            return ""
        from guide.store.routines.reader import read  # few starts have a draft without a file

        routine = read(text).routine
        return routine.name if routine is not None else routine_id

    def _path(self, routine_id: str) -> Path:
        return self._tools.paths.drafts / f"{routine_id}.yaml"
