"""What an archive brought, taken back again: each thing of it that is as it came, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from guide.language import _, grouped, listed, ngettext
from guide.standing import is_there
from guide.store.files import write_whole
from guide.store.log.records import Merged
from guide.store.routines.entry import LibraryError
from guide.store.routines.folder import normal
from guide.store.steps import TOGETHER, at_one_go, in_parts

if TYPE_CHECKING:
    from guide.core.record import Record
    from guide.store.log.log import Log
    from guide.store.log.waiting import WaitingSession
    from guide.store.paths import Paths
    from guide.store.routines.library import Library
    from guide.store.settings import Settings

LongerList: TypeAlias = tuple[Path, bytes, str]  # of a recorded voice: what it was before, and the mark it has now


@dataclass(frozen=True, slots=True)
class Brought:
    """
    Sessions as they came, one that waits too, files with the mark of what is in them, and settings before and after.

    `routines` are ids with those marks, `sounds` came beside them, `drafts` belong to them or to a built-in one;
    `others` are recordings, what columns are, and her words; `lists` those of voices that were here and have more
    prompts now.
    """

    sessions: tuple[Record, ...] = ()
    routines: tuple[tuple[str, str], ...] = ()
    sounds: tuple[tuple[Path, str], ...] = ()
    drafts: tuple[tuple[Path, str], ...] = ()
    others: tuple[tuple[Path, str], ...] = ()
    lists: tuple[LongerList, ...] = ()
    settings: tuple[Settings, Settings] | None = None
    waiting: WaitingSession | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """`settings` are the fields to put back; `left` says what stays, or nothing; `stopped` before it was at its end."""

    settings: dict[str, Any]
    left: str = ""
    stopped: bool = False


def marked(paths: Iterable[Path]) -> tuple[tuple[Path, str], ...]:
    return tuple((path, mark) for path in paths if (mark := mark_of(path)))


def mark_of(path: Path) -> str:
    """What tells whether a file is as it was; nothing where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def take_back(brought: Brought, log: Log, library: Library, paths: Paths, now: Settings) -> Reversal:
    """`now` are the settings in use, of which those that came and were not chosen since go back."""
    return at_one_go(taking_back(brought, log, library, paths, now))


def taking_back(
    brought: Brought,
    log: Log,
    library: Library,
    paths: Paths,
    now: Settings,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[float, None, Reversal]:
    """
    The same in small steps, each of which tells the share that is done.

    Once it is `stopped`, what is not gone by then stays, and goes where all of it is taken back once more.
    """
    left: list[str] = []
    stays: set[str] = set()
    parts = (
        _sessions(brought, log, left),
        _routines(brought, library, paths, stays, left),
        _drafts(brought.drafts, stays, left),
        _sounds(brought.sounds, library, paths, left),
        _others(brought.others, brought.lists, paths, left),
    )
    whole = -(-len(brought.sessions) // TOGETHER) + 1
    whole += sum(map(len, (brought.routines, brought.drafts, brought.sounds, brought.others, brought.lists)))
    for done, _step in enumerate(chain(*parts)):
        yield min(done / whole, 1)
        if stopped():
            return Reversal({}, stopped=True)
    back, chosen = _settings(brought.settings, now)
    if chosen:
        left.append(_("settings that you chose since"))
    if not left:
        return Reversal(back)
    told = _("Not taken back, as it was changed since or cannot be deleted: {what}.")
    return Reversal(back, told.format(what=listed(left)))


def _sessions(brought: Brought, log: Log, left: list[str]) -> Iterator[None]:
    stay = 0
    for came in in_parts(brought.sessions):
        yield
        here = {record.id: record for record in log.among(record.id for record in came)}
        same = tuple(record.id for record in came if here.get(record.id) == record)
        log.take_back(Merged(len(same), 0, same))
        stay += len(here) - len(same)
    if brought.waiting is not None:
        yield
        stay += not log.take_back_waiting(brought.waiting)
    if stay:
        left.append(ngettext("{n} session", "{n} sessions", stay).format(n=grouped(stay)))


def _routines(brought: Brought, library: Library, paths: Paths, stays: set[str], left: list[str]) -> Iterator[None]:
    """`stays` takes the ids of those that stay: changed, or with something unfinished that did not come along."""
    sounds = {path for path, _mark in brought.sounds}
    drafts, files = dict(brought.drafts), library.own_files() if brought.routines else {}
    for routine_id, mark in brought.routines:
        yield
        path = files.get(routine_id)
        if path is None or not is_there(path):  # deleted since
            continue
        draft = paths.drafts / f"{routine_id}.yaml"
        is_as_it_came = mark_of(path) == mark and (not is_there(draft) or mark_of(draft) == drafts.get(draft))
        try:
            if is_as_it_came:
                library.delete(routine_id, along=sounds)
        except LibraryError:
            is_as_it_came = False
        if not is_as_it_came:
            stays.add(routine_id)
    if stays:
        left.append(ngettext("{n} routine", "{n} routines", len(stays)).format(n=grouped(len(stays))))


def _drafts(came: tuple[tuple[Path, str], ...], stays: set[str], left: list[str]) -> Iterator[None]:
    """Those of the routines that stay do too."""
    drafts = 0
    for path, mark in came:
        yield
        drafts += path.stem not in stays and not _gone(path, mark)
    if drafts:
        left.append(ngettext("{n} unfinished edit", "{n} unfinished edits", drafts).format(n=grouped(drafts)))


def _sounds(came: tuple[tuple[Path, str], ...], library: Library, paths: Paths, left: list[str]) -> Iterator[None]:
    """One that another routine of hers names stays with it, and is not told of."""
    used: set[Path] = set()
    for named in library.sounds_in_use(paths.drafts) if came else ():
        yield
        used |= named
    sounds = 0
    for path, mark in came:
        yield
        if normal(path) not in used:
            sounds += not _gone(path, mark)
            with suppress(OSError):  # something else is in it
                if path.parent != paths.own_routines:
                    path.parent.rmdir()
    if sounds:
        left.append(ngettext("{n} sound file", "{n} sound files", sounds).format(n=grouped(sounds)))


def _others(
    came: tuple[tuple[Path, str], ...], lists: tuple[LongerList, ...], paths: Paths, left: list[str]
) -> Iterator[None]:
    """What came of a recorded voice goes whole or stays whole."""
    voices: defaultdict[Path, list[tuple[Path, str]]] = defaultdict(list)
    for path, mark in came:
        if path.is_relative_to(paths.recordings):
            voices[paths.recordings / path.relative_to(paths.recordings).parts[0]].append((path, mark))
        elif not _gone(path, mark) and path == paths.words:
            left.append(_("your words"))
    before: dict[Path, bytes] = {}
    for path, content, mark in lists:
        voices[path.parent].append((path, mark))
        before[path] = content
    kept = 0
    for folder, files in voices.items():
        changed = left_there = False
        for path, mark in files:
            yield
            changed = changed or (is_there(path) and mark_of(path) != mark)
        for path, mark in () if changed else files:
            yield
            left_there = not _gone(path, mark, before.get(path)) or left_there
        kept += changed or left_there
        if changed:
            continue
        for empty in sorted({path.parent for path, _mark in files} | {folder}, key=lambda one: -len(one.parts)):
            with suppress(OSError):  # something of hers is in it
                empty.rmdir()
    if kept:
        left.append(ngettext("{n} voice", "{n} voices", kept).format(n=grouped(kept)))


def _gone(path: Path, mark: str, before: bytes | None = None) -> bool:
    """Whether it is gone: deleted now where it is as it came, or written as it was `before`."""
    if not is_there(path):
        return True
    if mark_of(path) != mark:
        return False
    try:
        if before is None:
            path.unlink()
        else:
            write_whole(path, before)
    except OSError:
        return False
    return True


def _settings(came: tuple[Settings, Settings] | None, now: Settings) -> tuple[dict[str, Any], bool]:
    """What to put back, and whether some of what came stays, as it was chosen anew."""
    if came is None:
        return {}, False
    before, after = came
    names = [one.name for one in fields(now) if getattr(before, one.name) != getattr(after, one.name)]
    back = {name: getattr(before, name) for name in names if getattr(now, name) == getattr(after, name)}
    return back, len(back) < len(names)
