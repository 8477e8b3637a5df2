"""What was looked at, brought in and taken back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from guide.store.bringing.looked_at import Inspection
from guide.store.log.log import Log
from guide.store.log.records import Merged
from guide.store.routines.entry import LibraryError
from guide.store.routines.library import Library


@dataclass(frozen=True, slots=True)
class Taken:
    """What was brought in, to be taken back; `failed` are sentences about what could not be kept."""

    merged: Merged
    routines: tuple[str, ...]
    failed: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # the names that routines got here


def take(seen: Inspection, log: Log, library: Library) -> Taken:
    """Do what was looked at, all of it that can be done."""
    routines: list[str] = []
    failed: list[str] = []
    called: list[str] = []
    before = frozenset(library.texts().values())
    for one in seen.routines:
        try:
            routine_id = library.import_file(one.path, name=one.called)
            if routine_id not in before:  # one that is here in other words, as its sounds got other names, stays
                routines.append(routine_id)
                called += [one.called] * bool(one.called)
        except LibraryError as error:
            failed.append(f"{one.name}: {error}")
    return Taken(log.merge(seen.records), tuple(routines), tuple(failed), tuple(called))


def undo(taken: Taken, log: Log, library: Library) -> tuple[str, ...]:
    """Take back what came in, nothing else is touched; says what could not be taken back."""
    log.take_back(taken.merged)
    failed: list[str] = []
    for routine_id in taken.routines:
        with suppress(LookupError):
            try:
                library.delete(routine_id)
            except LibraryError as error:
                failed.append(str(error))
    return tuple(dict.fromkeys(failed))
