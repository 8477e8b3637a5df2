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
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn, TypeVar

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
    prompts_among,
)
from guide.store.archived import inside_of, opened, read_entry, read_through, sessions_in, waiting_in
from guide.store.files import write_whole
from guide.store.log.log import Log
from guide.store.log.waiting import Comes
from guide.store.paths import Paths
from guide.store.placing import FilesCame, bring_files, could_not_be_kept, joined_lists, lists_of_both, move_voices
from guide.store.restored import Restored
from guide.store.restoring_routines import beside, bring_drafts, bring_routines, sounds_in
from guide.store.restoring_settings import bring_settings
from guide.store.routines.library import Library
from guide.store.steps import at_one_go, in_parts
from guide.store.taking_back import Brought, mark_of, marked

T = TypeVar("T")

log_ = logging.getLogger(__name__)

OF_THE_NAME: Final = frozenset({errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EINVAL})
NO_ROUTINE_FILES: Final = frozenset({MANIFEST, SESSIONS, WAITING, SETTINGS, COLUMNS, WORDS})
READ: Final = 0.1  # shares of the way at which a part of it is done
UNPACKED: Final = 0.2
MERGED: Final = 0.25
DRAFTED: Final = 0.3


Steps = Generator[float, None, Restored]
Partly = Generator[float, None, None]


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
        merge = _Merge(archive, entries, Path(folder), paths, log, library, now, stopped)
        return (yield from merge.steps())


def _stop() -> NoReturn:
    raise ArchiveError(_("It was stopped before anything had come; nothing was changed."))


@dataclass
class _Merge:
    """One archive on its way in: a method for each part of it, and what has come of them so far."""

    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    folder: Path
    paths: Paths
    log: Log
    library: Library
    now: datetime
    stopped: Callable[[], bool]
    told: list[str] = field(default_factory=list)
    back: Restored = field(default_factory=lambda: Restored(0, 0, 0, 0, settings=False))
    brought: Brought = field(default_factory=Brought)
    ids: dict[str, str] = field(default_factory=dict)
    """The id here of each routine's id there."""
    others: list[Path] = field(default_factory=list)

    def steps(self) -> Steps:
        yield from self._unpack()
        with self._part(_("sessions")):
            yield from self._sessions()
        with self._part(_("the session left for now")):
            self._waiting()
        yield from self._routines()
        with self._part(_("unfinished edits")):
            yield from self._drafts()
        voices_moved: dict[str, str] = {}
        with self._part(_("recordings")):
            voices_moved = move_voices(self.folder / "voices", self.paths.recordings)
        with self._part(_("settings")):
            taken = bring_settings(self.archive, self.entries, self.paths, voices_moved, self.told)
            self.back = replace(self.back, settings=taken is not None)
            self.brought = replace(self.brought, settings=taken)
        with self._part(_("what the columns of your files are")):
            self._file(COLUMNS, self.paths.matches)
        with self._part(_("your words")):
            self.back = replace(self.back, words=self._file(WORDS, self.paths.words))
        with self._part(_("recordings")):  # the last, as they take longest, and she may stop them
            yield from self._recordings()
        marks: list[tuple[Path, str]] = []
        for path in self.others:
            yield 1
            marks += marked([path])
        return replace(self.back, told=tuple(self.told), brought=replace(self.brought, others=tuple(marks)))

    @contextmanager
    def _part(self, name: str) -> Iterator[None]:
        """One part of an archive: whatever goes wrong in it is told, and the next one is brought."""
        try:
            yield
        except Exception as error:  # what nobody foresaw: the other parts are hers too
            log_.debug("a part was not brought back: %s", name, exc_info=True)
            why = one_line(reason(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}", 200)
            self.told.append(_("Not all of this part came back: {part} ({why}).").format(part=name, why=why))

    def _unpack(self) -> Partly:
        """Put all files into the folder first: one may find no room, and nothing is changed yet."""
        for number, (name, info) in enumerate(self.entries.items()):
            yield READ + (UNPACKED - READ) * number / len(self.entries)
            if self.stopped():
                _stop()
            if (inside := inside_of(name)) is not None:
                path = self.folder.joinpath(*inside.parts)
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(read_entry(self.archive, info))
                except OSError as error:
                    if error.errno not in OF_THE_NAME:
                        raise
                    self.told.append(could_not_be_kept(inside.name, error))
            elif name not in NO_ROUTINE_FILES:
                sentence = _("{name} is no part of what is taken along, and was left out.")
                self.told.append(sentence.format(name=one_line(name, 60)))

    def _sessions(self) -> Partly:
        records = yield from _at(UNPACKED, sessions_in(self.archive, self.entries, self.now, self.told))
        merged = yield from _at(UNPACKED, self.log.merging(records))
        self.back = replace(self.back, sessions=merged.added, known=merged.known)
        for part in in_parts(merged.ids):
            yield UNPACKED
            self.brought = replace(self.brought, sessions=(*self.brought.sessions, *self.log.among(part)))

    def _waiting(self) -> None:
        waiting = waiting_in(self.archive, self.entries, self.now, self.told)
        comes, new = self.log.bring(waiting) if waiting is not None else (Comes.NOT_IN_IT, 0)
        match comes:
            case Comes.WAITS:
                self.back, self.brought = replace(self.back, waiting=True), replace(self.brought, waiting=waiting)
            case Comes.HERE:
                self.back = replace(self.back, known=self.back.known + 1)
            case Comes.TO_HISTORY:
                records = self.log.among([new])
                self.back = replace(self.back, sessions=self.back.sessions + 1)
                self.brought = replace(self.brought, sessions=(*self.brought.sessions, *records))
                sentence = _("{name}, left for now, came into the history as it was so far.")
                self.told += [sentence.format(name=one_line(record.routine_name, 60)) for record in records]
            case Comes.NOT_IN_IT:
                pass

    def _routines(self) -> Partly:
        """Routines and the sounds beside them: those that came before something went wrong are counted too."""
        own, fresh = self.paths.own_routines, list[str]()
        before = sounds_in(own)
        with self._part(_("routines")):
            bringing = bring_routines(self.folder / "routines", self.library, self.ids, fresh, self.told)
            same = yield from _at(MERGED, bringing)
            self.back = replace(self.back, here=replace(self.back.here, routines=same))
            for _share in bring_files(beside(self.folder / "routines"), own, FilesCame(), self.told):
                yield MERGED
        hers = self.library.own_files() if fresh else {}
        self.back = replace(self.back, routines=len(fresh))
        self.brought = replace(self.brought, routines=tuple((one, mark_of(hers[one])) for one in fresh))
        if before is not None and (after := sounds_in(own)) is not None:
            self.brought = replace(self.brought, sounds=marked(after - before))

    def _drafts(self) -> Partly:
        came = FilesCame()
        for share in bring_drafts(self.folder / "drafts", self.paths.drafts, self.ids, self.library, came, self.told):
            yield MERGED + (DRAFTED - MERGED) * share
        here = replace(self.back.here, drafts=len(came.same))
        self.back = replace(self.back, drafts=len(came.fresh), here=here)
        self.brought = replace(self.brought, drafts=marked(came.fresh))

    def _file(self, entry: str, path: Path) -> bool:
        """Whether a file of its own came: what is here stays."""
        info = self.entries.get(entry)
        if info is None or is_there(path):
            return False
        try:
            write_whole(path, read_entry(self.archive, info))
        except OSError as error:
            self.told.append(could_not_be_kept(path.name, error))
            return False
        self.others.append(path)
        return True

    def _recordings(self) -> Partly:
        voices, here = FilesCame(), self.paths.recordings
        lists = lists_of_both(self.folder / "voices", here)
        for share in bring_files(self.folder / "voices", here, voices, self.told):
            yield DRAFTED + (1 - DRAFTED) * share
            if self.stopped():
                self.told.append(_("It was stopped; bring it back once more for what is missing."))
                break
        self.others += voices.fresh
        self.brought = replace(self.brought, lists=joined_lists(lists, voices, self.told))
        same = replace(self.back.here, recordings=prompts_among(voices.same))
        self.back = replace(self.back, recordings=prompts_among(voices.fresh), here=same)


def _at(share: float, steps: Generator[None, None, T]) -> Generator[float, None, T]:
    """Steps of which each tells the same share."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            done: T = end.value
            return done
        yield share
