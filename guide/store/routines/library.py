"""The routines there are: built-in and own, good and broken."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from guide.calling import called
from guide.core.naming import same_name
from guide.core.shown import one_line, quoted
from guide.language import _, reason, spoken, translated
from guide.standing import is_there
from guide.store.files import MOST_SOUND_BYTES, read_ordinary, write_where_named, write_whole
from guide.store.routines.entry import (
    SUFFIXES,
    Entry,
    Found,
    LibraryError,
    Stamp,
    Summary,
    entry_of,
    read,
    read_file,
    read_text,
    stamp_of,
)
from guide.store.routines.folder import (
    TRASHED,
    Undo,
    bytes_of,
    checked_id,
    copy_files,
    free_stem,
    hers,
    keep_sound,
    move_file,
    names_of_copies,
    normal,
    routine_files,
    slug,
    sounds_named,
    text_of,
    why_no_name,
    with_name,
    with_sounds,
)
from guide.store.routines.summaries import Summaries

if TYPE_CHECKING:
    from guide.store.yaml.problem import Problem


class Library:
    """
    Routines in two folders; one of hers with the file name of a built-in takes its place.

    Only her own folder is ever written to. `trash` is beside it where none is given; `cache` is the file of
    summaries, none when absent, and `on_trouble` is told in a sentence when that was no such file, and which of hers
    are gone when her folder was taken away.
    """

    def __init__(
        self,
        builtin: Path,
        own: Path,
        *,
        trash: Path | None = None,
        cache: Path | None = None,
        on_trouble: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._builtin = builtin
        self._own = own
        self._trash = trash or own.parent / "trash"
        self._summaries = Summaries(cache, on_trouble=on_trouble)
        self._on_trouble = on_trouble
        self._hers: list[str] = []  # the names of those that were in her folder when it was last there

    @property
    def own(self) -> Path:
        return self._own

    def entries(self) -> list[Entry]:
        """Every routine by name, broken ones too."""
        return sorted(map(entry_of, self._found()), key=lambda entry: (entry.name.casefold(), entry.id))

    def own_files(self) -> dict[str, Path]:
        """The file of each of her own, by its id."""
        return {one.id: one.path for one in self._found() if not one.builtin}

    def builtin_ids(self) -> set[str]:
        return {one.id for one in self._found() if one.builtin}

    def entry(self, routine_id: str) -> Entry:
        """The routine of this id; raises LookupError."""
        return entry_of(self._by_id(routine_id))

    def find(self, text: str) -> Entry:
        """The routine meant by an id, a name or a file; raises LookupError with a sentence that helps."""
        return self.find_all(text)[0]

    def find_all(self, text: str) -> list[Entry]:
        """The same, and behind it the others of that name, hers first; an id and a file mean one alone."""
        found = self._found()
        for one in found:
            if one.id == text:
                return [entry_of(one)]
        path = Path(text)
        looks_like_a_file = path.suffix.lower() in SUFFIXES or len(path.parts) > 1
        if looks_like_a_file and is_there(path):
            return [entry_of(Found(path.stem, path, builtin=False, replaces_builtin=False, stamp=stamp_of(path)))]
        entries = sorted(map(entry_of, found), key=lambda entry: entry.builtin)
        wanted = same_name(text)
        meant = [entry for entry in entries if wanted in {entry.name.casefold(), entry.id.casefold()}]
        if meant:
            return meant
        if looks_like_a_file:
            raise LookupError(_("there is no file '{text}'; look at the name and the folder").format(text=quoted(text)))
        known = [word for entry in entries for word in (entry.id, entry.name)]
        from guide.store.routines.hints import nearest  # only a name that is not there needs it

        near = nearest(text, known) or _begun_with(wanted, entries)
        way = (
            _("did you mean '{near}'?").format(near=near)
            if near
            else _("see '{command}' for those there are").format(command=f"{called()} list")
        )
        raise LookupError(_("there is no routine '{text}'; {way}").format(text=quoted(text), way=way))

    def text(self, routine_id: str) -> str | Problem:
        """The file's text, of a built-in one as it is copied for her; raises LookupError."""
        one = self._by_id(routine_id)
        text = read_text(one.path)
        return hers(one, text.encode()).decode() if isinstance(text, str) else text

    def stamp(self, routine_id: str) -> Stamp | None:
        """What to hold against later to see whether the file was changed; raises LookupError."""
        return self._by_id(routine_id).stamp

    def changed_on_disk(self, routine_id: str, stamp: Stamp | None) -> bool:
        """Whether another program changed, made or took away the file since `stamp` was taken."""
        with contextlib.suppress(LookupError):
            return self.stamp(routine_id) != stamp
        return stamp is not None

    def save(self, routine_id: str, text: str) -> Stamp | None:
        """Write the text as her own routine of this id, whole or not at all; raises LibraryError."""
        path = self._own_path(routine_id) or self._own / f"{checked_id(routine_id)}.yaml"
        self._write(path, text.encode("utf-8", "replace"))
        return stamp_of(path)

    def new(self, text: str) -> str:
        """Keep the text as a new routine under a free file name made from its name, and say its id."""
        routine = read(text).routine
        return self._keep_new(slug(routine.name if routine else ""), text.encode("utf-8", "replace"))

    def duplicate(self, routine_id: str) -> str:
        """Copy a routine, built-in or own, under a name of its own; comments come along. Says the copy's id."""
        one = self._by_id(routine_id)
        text = hers(one, text_of(one.path, _("The routine could not be copied")).encode()).decode()
        reading = read(text)
        if reading.routine is None or "name" not in reading.places:
            return self._keep_new(one.id, text.encode())
        name = self._free_name(reading.routine.name)
        return self._keep_new(slug(name), with_name(text, name).encode())

    def rename(self, routine_id: str, name: str) -> None:
        """Change the name within one of her own files; id and file stay, so that the log still knows it."""
        path = self._own_path(routine_id)
        if path is None:
            raise LibraryError(_("A built-in routine keeps its name; make a copy and rename that."))
        if why := why_no_name(name):
            raise LibraryError(why)
        text = text_of(path, _("The routine could not be renamed"))
        self._write(path, with_name(text, " ".join(name.split())).encode())

    def delete(self, routine_id: str, *, along: Collection[Path] = ()) -> Undo:
        """
        Move one of her own routines into the trash; a built-in it stood for is there again.

        `along` are sound files that are to go too: copies of those that it names are kept with it, or it stays.
        """
        path = self._own_path(routine_id)
        if path is None:
            raise LibraryError(_("A built-in routine cannot be deleted; it can be hidden."))
        seconds, rest = divmod(time.time_ns(), 1_000_000_000)
        when = f"{time.strftime('%Y%m%d-%H%M%S', time.localtime(seconds))}-{rest // 1_000:06d}"
        undo = Undo(self._trash / f"{when}--{path.name}", path)
        failing = _("The routine could not be deleted")
        if along:
            named = {name: self._own / name for name in sounds_named(bytes_of(path), read_file(path))}
            copy_files({undo.sounds / name: sound for name, sound in named.items() if sound in along}, failing)
        move_file(path, undo.trashed, failing)
        return undo

    def texts(self) -> dict[bytes, str]:
        """What each routine's file holds, with its id: to see whether one that comes in is there already."""
        held: dict[bytes, str] = {}
        for one in self._found():
            with contextlib.suppress(LibraryError):
                data = bytes_of(one.path)
                held |= {data: one.id, hers(one, data): one.id}
        return held

    def deleted(self) -> list[Undo]:
        """What can be given back, the latest deletion first."""
        try:
            names = sorted((path.name for path in self._trash.iterdir()), reverse=True)
        except OSError:
            return []
        return [
            Undo(self._trash / name, self._own / match["name"]) for name in names if (match := TRASHED.fullmatch(name))
        ]

    def was_deleted_since(self, routine_id: str, path: Path) -> bool:
        """Whether a routine of this id was moved into the trash after `path` was written."""
        with contextlib.suppress(OSError):
            written = path.stat().st_mtime
            return any(undo.id == routine_id and undo.deleted >= int(written) for undo in self.deleted())
        return False

    def import_file(self, path: Path, *, name: str = "") -> str:
        """
        Copy a routine's file, broken or not, to a free name among her own, with the sounds it names; say its id.

        With `name` the routine is called so within, as another one has its name. One whose sounds got other names when
        it came before is not kept again: its id is that of then.
        Nothing of hers is written over. Raises LibraryError where the file is no ordinary one, or too large.
        """
        data = bytes_of(path)
        reading = read_file(path)
        new_names: dict[str, str] = {}
        for sound in sounds_named(data, reading):
            with contextlib.suppress(OSError, ValueError):
                kept = keep_sound(self._own, sound, read_ordinary(path.parent / sound, MOST_SOUND_BYTES))
                if kept != sound:
                    new_names[sound] = kept
        if new_names:
            data = with_sounds(data.decode("utf-8-sig"), reading.places, new_names).encode()
            if (here := self.texts().get(data)) is not None:
                return here
        if name and "name" in reading.places:
            data = with_name(data.decode("utf-8-sig"), name).encode()
        return self._keep_new(slug(path.stem), data)

    def sounds_in_use(self, drafts: Path) -> Iterator[set[Path]]:
        """The sound files that her routines name, and what is being written in them, one after the other."""
        found = [(path, self._own) for path in routine_files(drafts)]
        found += [(path, path.parent) for path in routine_files(self._own)]
        for path, folder in found:
            with contextlib.suppress(LibraryError):
                yield {normal(folder / name) for name in sounds_named(bytes_of(path), read_file(path))}

    def export(self, routine_id: str, path: Path) -> None:
        """Copy a routine's file to `path`, in a folder that is there; what was there is replaced whole."""
        one = self._by_id(routine_id)
        data = hers(one, bytes_of(one.path))
        try:
            write_where_named(path, data)
        except (OSError, ValueError) as error:  # of the copy: her routine is where it was
            told = _("{name} cannot be written ({strerror}).")
            raise LibraryError(told.format(name=one_line(path.name), strerror=reason(error))) from error

    def shown_name(self, routine_id: str, logged: str) -> str:
        """How a session's routine is called: a built-in one in the screen's language, whichever it was logged in."""
        from guide.store.routines.names import shown_name  # the first page does without

        return shown_name(self._builtin, routine_id, logged)

    def ids_by_name(self) -> dict[str, str]:
        """The routines' ids by their names (see `same_name`), a built-in's in every language; hers come first."""
        from guide.store.routines.names import names_of

        by_name: dict[str, str] = {}
        for summary in self.summaries():
            named = names_of(self._builtin, summary.id).values() if summary.builtin else ()
            for name in (summary.name, *named):
                if not summary.builtin or same_name(name) not in by_name:
                    by_name[same_name(name)] = summary.id
        return by_name

    def summaries(self) -> list[Summary]:
        """What the cards show, by name; files not changed since the last time are not read again."""
        summaries = self._summaries.of(self._found())
        summaries.sort(key=lambda summary: (summary.name.casefold(), summary.id))
        self._notice_loss([summary.name for summary in summaries if not summary.builtin])
        return summaries

    def forget(self) -> None:
        """She has everything deleted: none of hers is missed."""
        self._hers = []

    def _notice_loss(self, hers: list[str]) -> None:
        before, self._hers = self._hers, hers
        if before and not hers and not is_there(self._own):
            from guide.store.routines.hints import gone_with  # few folders ever go

            self._on_trouble(gone_with(self._own, before))

    def _found(self) -> list[Found]:
        own = routine_files(self._own)
        theirs = [translated(path, spoken()) for path in routine_files(self._builtin)]
        builtin_ids = {path.stem for path in theirs}
        found: dict[str, Found] = {}
        for path in own:
            name = path.stem if path.stem not in found else path.name
            found[name] = Found(name, path, builtin=False, replaces_builtin=name in builtin_ids, stamp=stamp_of(path))
        for path in theirs:
            if path.stem not in found:
                found[path.stem] = Found(path.stem, path, builtin=True, replaces_builtin=False, stamp=stamp_of(path))
        return list(found.values())

    def _by_id(self, routine_id: str) -> Found:
        for one in self._found():
            if one.id == routine_id:
                return one
        raise LookupError(_("there is no routine '{routine_id}' any more").format(routine_id=quoted(routine_id)))

    def _own_path(self, routine_id: str) -> Path | None:
        return next((one.path for one in self._found() if one.id == routine_id and not one.builtin), None)

    def _keep_new(self, stem: str, data: bytes) -> str:
        taken = {path.stem.casefold() for folder in (self._own, self._builtin) for path in routine_files(folder)}
        routine_id = free_stem(stem, taken)
        self._write(self._own / f"{routine_id}.yaml", data)
        return routine_id

    def _free_name(self, name: str) -> str:
        taken = {entry.name.casefold() for entry in self.entries()}
        return next((copy for copy in names_of_copies(name) if copy.casefold() not in taken), name)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data)
        except (OSError, ValueError) as error:
            raise LibraryError(_("The routine could not be saved: {reason}.").format(reason=reason(error))) from error


def _begun_with(wanted: str, entries: Iterable[Entry]) -> str:
    """The id of the shortest-named routine whose words begin with those typed, or ""."""
    words = wanted.replace("-", " ").split()
    if not words:
        return ""
    for entry in sorted(entries, key=lambda entry: len(entry.name)):
        has = f"{entry.id} {entry.name}".casefold().replace("-", " ").split()
        if all(any(one.startswith(word) for one in has) for word in words):
            return entry.id
    return ""
