"""Routines of an archive, their sounds and what was unfinished in them, brought to those that are here."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from guide.core.shown import one_line
from guide.language import _
from guide.store.archive import files_of
from guide.store.placing import FilesCame, bring_files
from guide.store.routines.entry import SUFFIXES, LibraryError
from guide.store.routines.folder import normal, sounds_named
from guide.store.routines.library import Library
from guide.store.routines.reader import read_file


def bring_routines(
    folder: Path, library: Library, ids: dict[str, str], fresh: list[str], told: list[str]
) -> Generator[None, None, int]:
    """
    How many are here already.

    `ids` takes the id here of each one's id there, as it comes, and `fresh` the ids of those that were not here.
    """
    same = 0
    there = library.texts()
    before = frozenset(there.values())
    for path in _routines_in(folder):
        yield
        here = there.get(path.read_bytes())
        same += here is not None
        try:
            if here is None:
                here = library.import_file(path)
                known = here in before or here in fresh
                same += known
                fresh += [] if known else [here]
        except LibraryError as error:
            told.append(f"{one_line(path.name)}: {error}")
        if path.parent == folder and here is not None:
            ids[path.stem] = here
    return same


def sounds_in(folder: Path) -> frozenset[Path] | None:
    """The files beside her routines; None where they cannot be listed, so that nobody takes them for new."""
    with suppress(OSError):
        return frozenset(path for path in files_of(folder) if path.suffix.lower() not in SUFFIXES)
    return None


def beside(folder: Path) -> Path:
    """
    A folder with what no routine of these names, and so did not come with one, taken out from among them.

    A sound that is heard in an unfinished edit alone is among it.
    """
    named = {
        normal(path.parent / name)
        for path in _routines_in(folder)
        for name in sounds_named(path.read_bytes(), read_file(path))
    }
    others = folder.with_name("beside-routines")
    for path in files_of(folder):
        if path.suffix.lower() not in SUFFIXES and normal(path) not in named:
            goal = others / path.relative_to(folder)
            goal.parent.mkdir(parents=True, exist_ok=True)
            path.replace(goal)
    return others


def _routines_in(folder: Path) -> list[Path]:
    return [path for path in files_of(folder) if path.suffix.lower() in SUFFIXES]


def bring_drafts(
    folder: Path, target: Path, ids: dict[str, str], library: Library, came: FilesCame, told: list[str]
) -> Iterator[float]:
    """What was being written goes on in the routine it was written in, whatever its file is called here."""
    free = ids.keys() | library.builtin_ids()
    missed = {path.stem for path in _routines_in(folder.with_name("routines"))}
    moved = folder.with_name("drafts-moved")
    moved.mkdir()
    for path in files_of(folder):
        if path.stem in free:
            path.replace(moved / f"{ids.get(path.stem, path.stem)}{path.suffix}")
        else:
            sentence = _("What was unfinished in {name} was left out, as that routine is not in it.")
            if path.stem in missed:
                sentence = _("What was unfinished in {name} was left out, as that routine did not come back.")
            told.append(sentence.format(name=one_line(path.stem, 60)))
    yield from bring_files(moved, target, came, told)
