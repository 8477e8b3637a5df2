"""
An archive of hers brought back: merged into what is here, of which nothing is lost.

A session that is here stays, a routine of one name with other words is kept beside it, a recording or a draft that is
here is not written over. What goes wrong in one part is told, and the others come.
"""

from __future__ import annotations

import errno
import logging
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

from guide.core.shown import one_line
from guide.language import _, reason
from guide.scratch import scratch_folder
from guide.standing import is_there
from guide.store.archive import (
    COLUMNS,
    MANIFEST,
    SESSIONS,
    SETTINGS,
    WAITING,
    WORDS,
    ArchiveError,
    files_of,
    prompts_among,
)
from guide.store.archived import inside_of, opened, read_entry, read_through, sessions_in, settings_in, waiting_in
from guide.store.files import write_whole
from guide.store.glance import MOST_BYTES as MOST_OF_SETTINGS
from guide.store.joining import joined, sore_of_both
from guide.store.log.log import Log
from guide.store.log.waiting import Comes
from guide.store.paths import Paths
from guide.store.placing import FilesCame, bring_files, could_not_be_kept, joined_lists, lists_of_both, move_voices
from guide.store.routines.entry import SUFFIXES, LibraryError
from guide.store.routines.folder import normal, sounds_named
from guide.store.routines.library import Library
from guide.store.routines.reader import read_file
from guide.store.settings import Settings, as_bytes, load, need_readable, save
from guide.store.steps import at_one_go, in_parts
from guide.store.taking_back import Brought, mark_of, marked

if TYPE_CHECKING:
    from guide.core.record import Record

T = TypeVar("T")

log_ = logging.getLogger(__name__)

OF_THE_NAME: Final = frozenset({errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EINVAL})
READ: Final = 0.1  # shares of the way at which a part of it is done
UNPACKED: Final = 0.2
MERGED: Final = 0.25
DRAFTED: Final = 0.3


@dataclass(frozen=True, slots=True)
class SameHere:
    """How many of an archive's files are here in the very same form."""

    routines: int = 0
    recordings: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """
    What came in; `told` are sentences about what was kept as it is here, or could not be kept.

    `brought` is what it takes to take it back.
    """

    sessions: int
    known: int
    routines: int
    recordings: int
    settings: bool
    words: bool = False
    drafts: int = 0
    waiting: bool = False
    here: SameHere = SameHere()
    told: tuple[str, ...] = ()
    brought: Brought = field(default=Brought(), compare=False)


Steps = Generator[float, None, Restored]


def restore(source: Path, paths: Paths, log: Log, library: Library, *, now: datetime) -> Restored:
    """Merge an archive into what is here. Raises `ArchiveError` where it is none, before anything is changed."""
    return at_one_go(restoring(source, paths, log, library, now=now))


def restoring(
    source: Path,
    paths: Paths,
    log: Log,
    library: Library,
    *,
    now: datetime,
    stopped: Callable[[], bool] = lambda: False,
) -> Steps:
    """
    The same in small steps, each of which tells the share that is done.

    Once it is `stopped`, what has come by then stays, and is told in the end as ever; where nothing has come it raises
    `ArchiveError`.
    """
    with (
        opened(source) as (archive, entries),
        tempfile.TemporaryDirectory(dir=scratch_folder()) as folder,
    ):
        for share in read_through(archive, source):
            yield READ * share
            if stopped():
                _stop()
        return (yield from _merge(archive, entries, Path(folder), paths, log, library, now, stopped))


def _stop() -> NoReturn:
    raise ArchiveError(_("It was stopped before anything had come; nothing was changed."))


def _merge(
    archive: zipfile.ZipFile,
    entries: dict[str, zipfile.ZipInfo],
    folder: Path,
    paths: Paths,
    log: Log,
    library: Library,
    now: datetime,
    stopped: Callable[[], bool],
) -> Steps:
    told: list[str] = []
    for number, (name, info) in enumerate(entries.items()):  # first what may find no room: nothing is changed yet
        yield READ + (UNPACKED - READ) * number / len(entries)
        if stopped():
            _stop()
        if (inside := inside_of(name)) is not None:
            path = folder.joinpath(*inside.parts)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(read_entry(archive, info))
            except OSError as error:
                if error.errno not in OF_THE_NAME:
                    raise
                told.append(could_not_be_kept(inside.name, error))
        elif name not in {MANIFEST, SESSIONS, WAITING, SETTINGS, COLUMNS, WORDS}:
            sentence = _("{name} is no part of what is taken along, and was left out.")
            told.append(sentence.format(name=one_line(name, 60)))
    back, ids, fresh = Restored(0, 0, 0, 0, settings=False), dict[str, str](), list[str]()
    brought = Brought()
    came: list[Record] = []
    with _part(_("sessions"), told):
        records = yield from _at(UNPACKED, sessions_in(archive, entries, now, told))
        merged = yield from _at(UNPACKED, log.merging(records))
        back = replace(back, sessions=merged.added, known=merged.known)
        for part in in_parts(merged.ids):
            yield UNPACKED
            came += log.among(part)
    brought = replace(brought, sessions=tuple(came))
    with _part(_("the session left for now"), told):
        waiting = waiting_in(archive, entries, now, told)
        comes, new = log.bring(waiting) if waiting is not None else (Comes.NOT_IN_IT, 0)
        match comes:
            case Comes.WAITS:
                back, brought = replace(back, waiting=True), replace(brought, waiting=waiting)
            case Comes.HERE:
                back = replace(back, known=back.known + 1)
            case Comes.TO_HISTORY:
                records = log.among([new])
                back = replace(back, sessions=back.sessions + 1)
                brought = replace(brought, sessions=(*brought.sessions, *records))
                sentence = _("{name}, left for now, came into the history as it was so far.")
                told += [sentence.format(name=one_line(record.routine_name, 60)) for record in records]
            case Comes.NOT_IN_IT:
                pass
    before = _sounds_in(paths.own_routines)
    with _part(_("routines"), told):
        same = yield from _at(MERGED, _bring_routines(folder / "routines", library, ids, fresh, told))
        back = replace(back, here=replace(back.here, routines=same))
        for _share in bring_files(_beside(folder / "routines"), paths.own_routines, FilesCame(), told):
            yield MERGED
    back = replace(back, routines=len(fresh))
    hers = library.own_files() if fresh else {}
    brought = replace(brought, routines=tuple((one, mark_of(hers[one])) for one in fresh))
    if before is not None and (after := _sounds_in(paths.own_routines)) is not None:
        brought = replace(brought, sounds=marked(after - before))
    with _part(_("unfinished edits"), told):
        drafts = FilesCame()
        for share in _bring_drafts(folder / "drafts", paths.drafts, ids, library, drafts, told):
            yield MERGED + (DRAFTED - MERGED) * share
        back = replace(back, drafts=len(drafts.fresh), here=replace(back.here, drafts=len(drafts.same)))
        brought = replace(brought, drafts=marked(drafts.fresh))
    others: list[Path] = []
    voices_moved: dict[str, str] = {}
    with _part(_("recordings"), told):
        voices_moved = move_voices(folder / "voices", paths.recordings)
    with _part(_("settings"), told):
        taken = _bring_settings(archive, entries, paths, voices_moved, told)
        back, brought = replace(back, settings=taken is not None), replace(brought, settings=taken)
    with _part(_("what the columns of your files are"), told):
        others += [paths.matches] * _bring_file(archive, entries.get(COLUMNS), paths.matches, told)
    with _part(_("your words"), told):
        back = replace(back, words=_bring_file(archive, entries.get(WORDS), paths.words, told))
        others += [paths.words] * back.words
    with _part(_("recordings"), told):  # the last, as they take longest, and she may stop them
        voices, lists = FilesCame(), lists_of_both(folder / "voices", paths.recordings)
        for share in bring_files(folder / "voices", paths.recordings, voices, told):
            yield DRAFTED + (1 - DRAFTED) * share
            if stopped():
                told.append(_("It was stopped; bring it back once more for what is missing."))
                break
        others += voices.fresh
        brought = replace(brought, lists=joined_lists(lists, voices, told))
        here = replace(back.here, recordings=prompts_among(voices.same))
        back = replace(back, recordings=prompts_among(voices.fresh), here=here)
    marks: list[tuple[Path, str]] = []
    for path in others:
        yield 1
        marks += marked([path])
    return replace(back, told=tuple(told), brought=replace(brought, others=tuple(marks)))


def _at(share: float, steps: Generator[None, None, T]) -> Generator[float, None, T]:
    """Steps of which each tells the same share."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            done: T = end.value
            return done
        yield share


@contextmanager
def _part(name: str, told: list[str]) -> Iterator[None]:
    """One part of an archive: whatever goes wrong in it is told, and the next one is brought."""
    try:
        yield
    except Exception as error:  # what nobody foresaw: the other parts are hers too
        log_.debug("a part was not brought back: %s", name, exc_info=True)
        why = reason(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
        told.append(_("Not all of this part came back: {part} ({why}).").format(part=name, why=one_line(why, 200)))


def _bring_file(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, path: Path, told: list[str]) -> bool:
    """Whether it came: what is here stays."""
    if info is None or is_there(path):
        return False
    try:
        write_whole(path, read_entry(archive, info))
    except OSError as error:
        told.append(could_not_be_kept(path.name, error))
        return False
    return True


def _bring_routines(
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


def _sounds_in(folder: Path) -> frozenset[Path] | None:
    """The files beside her routines; None where they cannot be listed, so that nobody takes them for new."""
    with suppress(OSError):
        return frozenset(path for path in files_of(folder) if path.suffix.lower() not in SUFFIXES)
    return None


def _beside(folder: Path) -> Path:
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


def _bring_drafts(
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


def settings_to_be(here: Settings | None, theirs: Settings) -> Settings:
    """All of theirs where nothing was chosen `here` yet, else each as `joining` has it."""
    if here is None:
        return replace(theirs, sore_check=sore_of_both(None, theirs.sore_check))
    return joined(here, theirs)


def _bring_settings(
    archive: zipfile.ZipFile,
    entries: Mapping[str, zipfile.ZipInfo],
    paths: Paths,
    voices_moved: Mapping[str, str],
    told: list[str],
) -> tuple[Settings, Settings] | None:
    """Those before and those in use now, where some came."""
    theirs, sentences = settings_in(archive, entries)
    told.extend(sentences)
    if theirs is None:
        return None
    theirs = replace(theirs, voice=voices_moved.get(theirs.voice or "", theirs.voice))
    try:
        need_readable(paths.settings)
        fresh = not is_there(paths.settings)
        here, notices = load(paths.settings)
        told.extend(notices)
        both = settings_to_be(None if fresh else here, theirs)
        if len(as_bytes(both)) > MOST_OF_SETTINGS:
            told.append(_("The settings of both computers are too much for one; yours stay as they are here."))
            return None
        if both == here and not fresh:
            return None
        save(paths.settings, both)
    except OSError as error:
        told.append(_("The settings could not be kept: {reason}.").format(reason=reason(error)))
        return None
    return here, both
