"""What an archive of hers holds, and what of it would come in here: looked at before anything is brought back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path, PurePosixPath

from guide.standing import is_there
from guide.store.archive import MANIFEST, WORDS, prompts_among
from guide.store.archived import inside_of, opened, read_entry, read_through, sessions_in, settings_in, waiting_in
from guide.store.log.same import Known
from guide.store.log.waiting import Comes, comes_of
from guide.store.paths import Paths
from guide.store.restoring_settings import settings_to_be
from guide.store.routines.entry import SUFFIXES
from guide.store.settings import load
from guide.store.steps import at_one_go
from guide.store.voice_lists import LIST, places_here


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """How many would come in, and how many are here already, in this form or another, and stay as they are."""

    fresh: int = 0
    here: int = 0


class Way(Enum):
    """What becomes of something there is one of."""

    NOT_IN_IT = auto()
    COMES = auto()  # none is here
    FILLS = auto()  # what is here stays, and what only the archive has is added
    STAYS = auto()


@dataclass(frozen=True, slots=True)
class ArchiveContents:
    """`made` is when it was, where that is known; `told` are sentences about sessions that would be left out."""

    made: datetime | None
    sessions: ArchivePart
    routines: ArchivePart
    voices: int
    recordings: ArchivePart
    drafts: ArchivePart
    settings: Way
    words: Way
    waiting: Comes = Comes.NOT_IN_IT
    told: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether anything would be different by it."""
        parts = (self.sessions, self.routines, self.recordings, self.drafts)
        return any(part.fresh for part in parts) or bool(
            {self.settings, self.words, self.waiting} & {Way.COMES, Way.FILLS, Comes.WAITS, Comes.TO_HISTORY}
        )


def contents_of(
    source: Path,
    paths: Paths,
    *,
    known: Callable[[], Known],
    busy: bool,
    routines: Mapping[bytes, str],
    builtin: frozenset[str],
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
) -> ArchiveContents:
    """
    Look at an archive, all of it; nothing is changed. Raises `ArchiveError` where it is none.

    `known` reads what sessions are here, and `busy` says whether one waits or is under way here. `routines` are the
    texts of those here with their ids, of which `builtin` are. `progress` is told the share that was read.
    """
    with opened(source) as (archive, entries):
        for share in read_through(archive, source):
            progress(share)
        told: list[str] = []
        there_already = known()
        waiting = waiting_in(archive, entries, now, told)
        here = waiting is not None and bool(there_already.sift([waiting.record])[1])
        fresh, same = there_already.sift(at_one_go(sessions_in(archive, entries, now, told)))
        inside = {path: info for name, info in entries.items() if (path := inside_of(name)) is not None}
        texts = {
            path: read_entry(archive, info)
            for path, info in inside.items()
            if path.parts[0] == "routines" and path.suffix.lower() in SUFFIXES
        }
        voices = [path for path in inside if path.parts[0] == "voices"]
        spoken = [path for path in voices if prompts_among([path])]
        lists = {path.parts[1]: read_entry(archive, inside[path]) for path in voices if path.parts[2:] == (LIST,)}
        places = places_here(lists, paths.recordings)
        stays = sum(
            is_there(paths.recordings.joinpath(places.get(path.parts[1], path.parts[1]), *path.parts[2:]))
            for path in spoken
        )
        there = sum(text in routines for text in texts.values())
        words = Way.NOT_IN_IT
        if WORDS in entries:
            words = Way.STAYS if is_there(paths.words) else Way.COMES
        return ArchiveContents(
            made=_made(read_entry(archive, entries[MANIFEST])),
            sessions=ArchivePart(len(fresh), same),
            routines=ArchivePart(len(texts) - there, there),
            voices=len({path.parts[1] for path in spoken}),
            recordings=ArchivePart(len(spoken) - stays, stays),
            drafts=_drafts(inside, texts, paths.drafts, routines, builtin),
            settings=_settings(archive, entries, paths),
            words=words,
            waiting=comes_of(waiting, now, here=here, busy=busy),
            told=tuple(told),
        )


def _made(manifest: bytes) -> datetime | None:
    try:
        made = datetime.fromisoformat(json.loads(manifest)["made"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return made if made.tzinfo is not None else None


def _drafts(
    inside: Mapping[PurePosixPath, zipfile.ZipInfo],
    texts: Mapping[PurePosixPath, bytes],
    folder: Path,
    routines: Mapping[bytes, str],
    builtin: frozenset[str],
) -> ArchivePart:
    """Those whose routine comes along, is here, or is built in; the one that is being written here stays."""
    ids = {path.stem: routines.get(text) for path, text in texts.items() if len(path.parts) == 2}
    fresh = here = 0
    for path in inside:
        if path.parts[0] != "drafts" or (path.stem not in ids and path.stem not in builtin):
            continue
        at_home = ids.get(path.stem, path.stem)
        if at_home is not None and is_there(folder / f"{at_home}{path.suffix}"):
            here += 1
        else:
            fresh += 1
    return ArchivePart(fresh, here)


def _settings(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], paths: Paths) -> Way:
    theirs, told = settings_in(archive, entries)
    if theirs is None:
        return Way.STAYS if told else Way.NOT_IN_IT
    if not is_there(paths.settings):
        return Way.COMES
    here = load(paths.settings)[0]
    return Way.STAYS if settings_to_be(here, theirs) == here else Way.FILLS
