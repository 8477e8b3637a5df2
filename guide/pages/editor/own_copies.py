"""Routines of hers made of what she did: a range that follows her milk, the lengths of a session she liked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from PySide6.QtCore import QObject, Signal

from guide.core.duration import short, written
from guide.core.layout import lay_out
from guide.core.record import Record
from guide.core.usual import let_downs, own_range
from guide.language import _, screen
from guide.store.routines import reader
from guide.store.routines.as_done import as_done
from guide.store.routines.entry import LibraryError
from guide.store.routines.folder import LONGEST_NAME
from guide.store.routines.library import Library
from guide.store.yaml.edit import EditError, apply, set_field
from guide.store.yaml.problem import Problem
from guide.tools import Tools


def names_of_others(library: Library, routine_id: str = "") -> frozenset[str]:
    """The names of all routines but this one."""
    return frozenset(one.name for one in library.summaries() if one.id != routine_id)


def numbered(library: Library, name: str) -> str:
    """The name, with a number after it where a routine is called so."""
    taken = names_of_others(library)
    return next(one for number in count(1) if (one := name if number == 1 else f"{name} {number}") not in taken)


def free_name(library: Library, name: str) -> str:
    """What her copy of a routine is called, where no other is called so."""
    taken = names_of_others(library)
    for number in range(1, len(taken) + 2):
        words = _("{name}, mine") if number == 1 else _("{name}, mine {number}")
        room = LONGEST_NAME - len(words.format(name="", number=number))
        copy = words.format(name=name[:room].rstrip(), number=number)
        if copy not in taken:
            return copy
    return name


def renamed(text: str, name: str) -> str:
    try:
        return apply(text, set_field(text, (), "name", name))
    except EditError:
        return text


class OwnCopies(QObject):
    """`ready_asked` shows one before it is begun; `kept` says what a session was kept as, "" once that was undone."""

    ready_asked = Signal(object)
    kept = Signal(str)

    def __init__(self, tools: Tools, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools

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
        name = free_name(self._tools.library, entry.name)
        try:
            for place, length in usual.items():
                written_out = f"{written(length.earliest)} - {written(length.latest)}"
                text = apply(text, set_field(text, place, "duration", written_out))
            copy = tools.library.new(renamed(text, name))
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
        try:
            kept = renamed(as_done(text, routine, record), free_name(tools.library, routine.name))
            copy = tools.library.new(kept)
        except (EditError, LibraryError) as error:
            tools.tell(str(error))
            return
        self.kept.emit(copy)
        name = tools.library.entry(copy).name
        tools.window.toast.tell(_("Kept as {name}").format(name=name), undo=lambda: self._drop(copy))

    def _drop(self, copy: str) -> None:
        """A copy goes again; where it was changed meanwhile, it is in the trash with its changes."""
        try:
            self._tools.library.delete(copy)
        except LibraryError as error:
            self._tools.tell(str(error))
            return
        self.kept.emit("")
