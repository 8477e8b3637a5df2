"""The editor at the desk: text opened, kept as a draft while it is written, and saved whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from guide.core.duration import short, written
from guide.core.layout import lay_out
from guide.core.record import Record
from guide.core.routine import Side
from guide.core.shown import sentence
from guide.core.usual import keep_what_i_did, let_downs, own_range
from guide.language import _, reason, screen
from guide.pages.editor.page import EditorPage, EditView
from guide.pages.settings.desk import SettingsDesk
from guide.store.files import is_there, keep_aside, newest_first, write_whole
from guide.store.routines import reader
from guide.store.routines.entry import Entry, LibraryError, Stamp
from guide.store.routines.template import NEW_ROUTINE
from guide.store.yaml.edit import EditError, apply, set_field
from guide.store.yaml.problem import Problem
from guide.store.yaml.text import read_text
from guide.tools import Tools

FAST: Final = 10.0


def _numbered(name: str) -> Iterator[str]:
    """The name, then the name with a number after it."""
    yield name
    for number in count(2):
        yield f"{name} {number}"


class EditingDesk(QObject):
    """`done` says that the person leaves the editor; the others ask for what the library does with a routine."""

    done = Signal()
    ready_asked = Signal(object)
    try_asked = Signal(object, int, float, object)
    delete_asked = Signal(str)
    export_asked = Signal(str)

    def __init__(self, tools: Tools, settings: SettingsDesk, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._settings = settings
        self._id = ""
        self._path = Path()
        self._builtin = False
        self._stamp: Stamp | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_at_the_disk)
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
            self._tools.tell(
                _("{name} cannot be opened: {message}.").format(name=entry.path.name, message=text.message)
            )
            return
        self._open(entry, text, draft=self._drafted(routine_id))

    def _drafted(self, routine_id: str) -> str | None:
        """What was being written last; a draft that is no text any more is kept aside."""
        path = self._draft(routine_id)
        draft = read_text(path) if is_there(path) else None
        if isinstance(draft, Problem):
            aside = keep_aside(path)
            kept = _(" It is kept as {name}.").format(name=aside.name) if aside else ""
            self._tools.tell(_("What was being written last time could not be read.{kept}").format(kept=kept))
            return None
        return draft

    def new(self) -> None:
        """Ask what it is called, then begin with a small routine that plays already."""
        self.flush()
        others = {entry.name for entry in self._tools.library.entries()}

        def taken(name: str) -> str:
            return _("There is a routine called “{name}” already.").format(name=name) if name in others else ""

        free = next(name for name in _numbered(_("My routine")) if name not in others)
        self._tools.window.ask_name(_("New routine"), _("Name"), free, self._begin, refuse=taken)

    def _begin(self, name: str) -> None:
        try:
            routine_id = self._tools.library.new(self._renamed(NEW_ROUTINE, name))
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.edit(routine_id)

    def _open(self, entry: Entry, text: str, *, draft: str | None) -> None:
        self._id, self._path, self._builtin = entry.id, entry.path, entry.builtin
        self._stamp = self._tools.library.stamp(entry.id)
        self._page.edit(
            EditView(
                id=entry.id,
                text=text,
                path_label=entry.path.name,
                builtin=entry.builtin,
                draft_text=draft if draft != text else None,
                file=entry.path,
            )
        )
        self._watch()
        self._tools.window.show_page("editor")

    def offer_drafts(self) -> None:
        """Work that was under way when the program ended is one press away."""
        if self._tools.playing:
            return
        drafts = newest_first(self._tools.paths.drafts, "*.yaml")
        known = {entry.id: entry.name for entry in self._tools.library.entries()} if drafts else {}
        for draft in drafts:
            if draft.stem in known:
                self._offer(draft.stem, known[draft.stem])
                return

    def _offer(self, routine_id: str, name: str) -> None:
        self._tools.window.toast.tell(
            _("{name} was being edited, and is kept").format(name=name),
            action=_("Open it"),
            on_action=lambda: self.edit(routine_id),
        )

    # keeping

    def _text_changed(self, text: str) -> None:
        try:
            write_whole(self._draft(self._id), text.encode("utf-8", "replace"))
        except OSError as error:
            self._page.show_save_trouble(
                _("This cannot be kept on the disk ({reason}). The text stays here.").format(reason=reason(error))
            )

    def _save(self, text: str) -> None:
        library = self._tools.library
        try:
            if self._builtin:
                self._become_hers(text)
                return
            if self._look_at_the_disk():
                return
            self._stamp = library.save(self._id, text)
        except LibraryError as error:
            self._page.show_save_trouble(str(error))
            return
        self._forget_draft(self._id)
        self._page.show_saved()
        self._watch()

    def _become_hers(self, text: str) -> None:
        """The first change to a built-in routine: a copy of hers, and the built-in stays as it is."""
        before = self._id
        name = reader.read(text).routine
        own_text = text
        if name is not None and name.name == self._tools.library.entry(before).name:
            own_text = self._renamed(text, self._free_name(name.name))
        self._id = self._tools.library.new(own_text)
        self._builtin = False
        self._path = self._tools.library.entry(self._id).path
        self._stamp = self._tools.library.stamp(self._id)
        self._forget_draft(before)
        self._page.show_as_hers(self._id, own_text)
        self._page.show_saved()
        self._watch()

    def _free_name(self, name: str) -> str:
        taken = {entry.name for entry in self._tools.library.entries()}
        tries = [
            _("{name}, mine").format(name=name),
            *(_("{name}, mine {number}").format(name=name, number=number) for number in range(2, len(taken) + 3)),
        ]
        return next(each for each in tries if each not in taken)

    @staticmethod
    def _renamed(text: str, name: str) -> str:
        try:
            return apply(text, set_field(text, (), "name", name))
        except EditError:
            return text

    def _look_at_the_disk(self, _path: str = "") -> bool:
        """Whether another program left something there that is not written over unasked; it is shown."""
        library = self._tools.library
        if not self._id or self._builtin or not library.changed_on_disk(self._id, self._stamp):
            return False
        try:
            theirs, stamp = library.text(self._id), library.stamp(self._id)
        except LookupError:
            self._stamp = None
            return False
        self._watch()  # a file put in the place of another is one nobody watches yet
        if isinstance(theirs, Problem):
            self._page.show_save_trouble(
                _("{name} was changed, and cannot be read now. The text stays here.").format(name=self._path.name)
            )
            return True
        self._stamp = stamp
        if theirs == self._page.text():
            return False
        self._page.show_changed_on_disk(theirs)
        return True

    def _watch(self) -> None:
        if files := self._watcher.files():
            self._watcher.removePaths(files)
        if self._id and not self._builtin:
            self._watcher.addPath(str(self._path))

    def _draft(self, routine_id: str) -> Path:
        return self._tools.paths.drafts / f"{routine_id}.yaml"

    def _forget_draft(self, routine_id: str) -> None:
        with suppress(OSError):  # in a folder without rights none could be written either
            self._draft(routine_id).unlink()

    def flush(self) -> None:
        """Keep what she has just typed; whatever is not saved is a draft then."""
        if self._tools.window.here == "editor":
            self._page.flush()

    # playing and listening

    def _play(self, index: int, speed: float) -> None:
        routine = self._page.routine()
        if routine is None:
            return
        speed = FAST if speed > 1 else 1.0
        self.try_asked.emit(routine, index, speed, self._path.parent)

    def _listen(self, text: str) -> None:
        routine = self._page.routine()
        self._settings.say(text, language=routine.language if routine else "en")

    def come_back(self) -> None:
        self._tools.window.show_page("editor")

    # files

    def put_away(self) -> None:
        """Keep what was written, and let go of the file."""
        if self._id and self._tools.window.here == "editor":
            self._page.flush()
            self._id = ""
            self._watch()

    def _leave(self) -> None:
        self.put_away()
        self.done.emit()

    def _rename(self) -> None:
        routine = self._page.routine()
        before = routine.name if routine else self._id
        others = {other.name for other in self._tools.library.entries() if other.id != self._id}

        def taken(name: str) -> str:
            return _("There is a routine called “{name}” already.").format(name=name) if name in others else ""

        self._tools.window.ask_name(_("Rename"), _("Name"), before, self._page.set_name, refuse=taken)

    def _delete(self) -> None:
        routine_id = self._id
        self._leave()
        self._forget_draft(routine_id)
        self.delete_asked.emit(routine_id)

    def _duplicate(self) -> None:
        try:
            self.edit(self._tools.library.duplicate(self._id))
        except LibraryError as error:
            self._tools.tell(str(error))

    # routines made of what she did

    def set_own_range(self, routine_id: str, places: Sequence[tuple[int, ...]]) -> None:
        """A copy of hers in which the steps at `places` follow her own milk."""
        tools = self._tools
        records = tools.log.records(routine=routine_id)
        entry, text = tools.library.entry(routine_id), tools.library.text(routine_id)
        if entry.routine is None or isinstance(text, Problem):
            return
        waiting = let_downs(lay_out(entry.routine))
        found = {place: own_range(records, routine_id, place, let_down=place in waiting) for place in places}
        usual = {place: length for place, length in found.items() if length is not None}
        if not usual:
            return
        name = self._free_name(entry.name)
        try:
            for place, length in usual.items():
                written_out = f"{written(length.earliest)} - {written(length.latest)}"
                text = apply(text, set_field(text, place, "duration", written_out))
            copy = tools.library.new(self._renamed(text, name))
        except (EditError, LibraryError) as error:
            tools.tell(str(error))
            return
        self.ready_asked.emit(tools.library.entry(copy))
        tools.window.toast.tell(
            _("{name}: {usual} here").format(
                name=name, usual=", ".join(short(one, screen()) for one in usual.values())
            ),
            undo=lambda: self._take_back(copy, routine_id),
        )

    def _take_back(self, copy: str, routine_id: str) -> None:
        try:
            self._tools.library.delete(copy)
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.ready_asked.emit(self._tools.library.entry(routine_id))

    def keep_what_was_done(self, record: Record) -> None:
        """A routine of hers with the lengths of a session that she liked."""
        tools = self._tools
        try:
            text = tools.library.text(record.routine_id)
        except LookupError:
            tools.tell(_("The routine of this session is not here any more, so its steps cannot be kept."))
            return
        routine = reader.read(text).routine if isinstance(text, str) else None
        if routine is None or isinstance(text, Problem):
            tools.tell(_("The routine of this session does not load, so its steps cannot be kept."))
            return
        plan = lay_out(routine, record.first_side or Side.LEFT)
        try:
            for segment, lasted in zip(plan.segments, keep_what_i_did(plan, record), strict=True):
                if lasted is not None and not segment.waits:
                    text = apply(text, set_field(text, segment.place, "until", None))
                    text = apply(text, set_field(text, segment.place, "linger", None))
                    text = apply(text, set_field(text, segment.place, "duration", written(lasted)))
            kept = self._renamed(text, self._free_name(routine.name))
            copy = tools.library.new(kept)
        except (EditError, LibraryError) as error:
            tools.tell(str(error))
            return
        name = tools.library.entry(copy).name
        tools.window.toast.tell(
            _("Kept as {name}").format(name=name), action=_("Edit"), on_action=lambda: self.edit(copy)
        )

    @property
    def _page(self) -> EditorPage:
        page = self._tools.window.page("editor")
        assert isinstance(page, EditorPage)  # noqa: S101  made below
        return page

    def _make_page(self) -> EditorPage:
        page = EditorPage(look=self._tools.look, aside=self._tools.aside)
        page.text_changed.connect(self._text_changed)
        page.save_asked.connect(self._save)
        page.back_asked.connect(self._leave)
        page.play_asked.connect(self._play)
        page.listen_asked.connect(self._listen)
        page.chime_listen_asked.connect(lambda name: self._settings.chime(name, beside=self._path.parent))
        page.rename_asked.connect(self._rename)
        page.delete_asked.connect(self._delete)
        page.duplicate_asked.connect(self._duplicate)
        page.export_asked.connect(lambda: self.export_asked.emit(self._id))
        page.reveal_asked.connect(lambda: self._tools.revealer.show(self._path.parent))
        return page
