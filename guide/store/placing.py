"""Files out of an archive put in their places: what is here stays, and what comes beside it is told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guide.core.shown import one_line
from guide.language import _, reason
from guide.standing import is_file, is_there
from guide.store.archive import files_of
from guide.store.files import write_whole
from guide.store.taking_back import LongerList, mark_of
from guide.store.voice_lists import LIST, RECORDED, longer_list, places_here


@dataclass(slots=True)
class FilesCame:
    """Where files that came are now, and those that were here already in the same form."""

    fresh: list[Path] = field(default_factory=list)
    same: list[Path] = field(default_factory=list)


def bring_files(source: Path, target: Path, came: FilesCame, told: list[str]) -> Iterator[float]:
    """One by one, with the share that is done."""
    paths = files_of(source)
    for number, path in enumerate(paths):
        yield number / len(paths)
        goal = target / path.relative_to(source)
        if is_there(goal):
            if not is_file(goal) or goal.read_bytes() != path.read_bytes():
                told.append(_of_another_form(path.name))
            else:
                came.same.append(goal)
            continue
        try:
            goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(goal, path.read_bytes())
            came.fresh.append(goal)
        except OSError as error:
            told.append(could_not_be_kept(path.name, error))


def move_voices(source: Path, target: Path) -> dict[str, str]:
    """
    Have a recorded voice that comes, and is another one than that of its folder here, in a folder of its own.

    The ids of such, by those they have in the settings that come along.
    """
    moved: dict[str, str] = {}
    lists = {path.parent.name: path.read_bytes() for path in source.glob(f"*/{LIST}")}
    for folder, place in places_here(lists, target).items():
        if place != folder:
            (source / folder).rename(source / place)
            moved[RECORDED + folder] = RECORDED + place
    return moved


def lists_of_both(source: Path, target: Path) -> dict[Path, bytes]:
    """The lists of those recorded voices that are here too, taken out of what comes, by where theirs are here."""
    both = [path for path in source.glob(f"*/{LIST}") if is_file(target / path.relative_to(source))]
    theirs = {target / path.relative_to(source): path.read_bytes() for path in both}
    for path in both:
        path.unlink()
    return theirs


def joined_lists(theirs: Mapping[Path, bytes], came: FilesCame, told: list[str]) -> tuple[LongerList, ...]:
    """Name what came of a voice that was here in its list, with the lists that are longer now."""
    longer: list[LongerList] = []
    for path, data in sorted(theirs.items()):
        try:
            before = path.read_bytes()
            both = longer_list(before, data, path.parent, {*came.fresh, *came.same})
            if both is not None:
                write_whole(path, both)
                longer.append((path, before, mark_of(path)))
            elif before != data:
                told.append(_of_another_form(path.name))
        except OSError as error:
            told.append(could_not_be_kept(path.name, error))
    return tuple(longer)


def _of_another_form(name: str) -> str:
    return _("{name} is here already in another form; yours stays as it is.").format(name=one_line(name))


def could_not_be_kept(name: str, error: OSError) -> str:
    return _("{name} could not be kept: {reason}.").format(name=one_line(name, 60), reason=reason(error))
