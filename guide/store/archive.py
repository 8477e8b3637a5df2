"""
Everything of hers as one file, and back: sessions, the one that waits too, routines with their sounds and with what is
being written in them, settings, recordings, spoken words.

`pack` writes a ZIP; `restore` of `restoring` merges one into what is here.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath
from types import MappingProxyType
from typing import Final, TypeVar

from guide import __version__
from guide.core.shown import one_line, path_line
from guide.language import N_, _, grouped, reason
from guide.standing import is_file, is_folder
from guide.store.files import need_folder, read_ordinary, write_whole
from guide.store.log.export import export_json
from guide.store.log.incoming import MOST_OF_OURS
from guide.store.log.log import Log
from guide.store.paths import Paths
from guide.store.routines.entry import SUFFIXES
from guide.store.steps import at_one_go

FORMAT: Final = 1
ENDING: Final = ".zip"
ARCHIVES: Final = N_("Everything (*.zip)")
MANIFEST: Final = "pumping-guide.json"
SESSIONS: Final = "sessions.json"
WAITING: Final = "waiting.json"
SETTINGS: Final = "settings.json"
COLUMNS: Final = "columns.json"
MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = MOST_OF_OURS  # of one file within: what is taken along is read again
MOST_TOGETHER: Final = 2048 * MEGABYTE
MOST_FILES: Final = 20_000
WORDS: Final = "words.npz"
T = TypeVar("T")


class ArchiveError(Exception):
    """The sentence says what could not be done, and why."""


@dataclass(frozen=True, slots=True)
class Packed:
    sessions: int
    routines: int
    recordings: int
    settings: bool = False
    words: bool = False
    drafts: int = 0
    waiting: bool = False


def pack(
    target: Path, paths: Paths, log: Log, now: datetime, *, unsaved: Mapping[str, bytes] = MappingProxyType({})
) -> Packed:
    """
    Write everything to `target`, whole or not at all. Raises `ArchiveError`.

    `unsaved` is what the disk did not take, by its name in the archive: it stands in for what is there of that name.
    """
    return at_one_go(packing(target, paths, log, now, unsaved=unsaved))


def packing(
    target: Path,
    paths: Paths,
    log: Log,
    now: datetime,
    *,
    unsaved: Mapping[str, bytes] = MappingProxyType({}),
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[float, None, Packed]:
    """The same in small steps, each of which tells the share that is done; once it is `stopped`, nothing is written."""
    waiting = log.waiting()
    records = list(reversed(log.records()))
    manifest = {"program": "Pumping Guide", "format": FORMAT, "version": __version__, "made": now.isoformat()}
    single = {SETTINGS: paths.settings, COLUMNS: paths.matches, WORDS: paths.words}
    found = [(name, path) for name, path in single.items() if is_file(path)]
    for name, folder in _folders(paths).items():
        files = _files_in(folder)
        found += [(_named(PurePosixPath(name, *path.relative_to(folder).parts)), path) for path in files]
    try:
        need_folder(target.parent)
        if paths.holds(target):
            raise ArchiveError(
                _("“Delete everything” deletes this folder with all that is in it. Choose another place.")
            )
        with tempfile.TemporaryFile(dir=target.parent) as whole:
            with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
                archive.writestr(SESSIONS, export_json(records))
                if waiting is not None:
                    archive.writestr(WAITING, waiting.as_text())
                for name, content in unsaved.items():
                    archive.writestr(name, content)
                for number, (name, path) in enumerate(found):
                    yield number / len(found)
                    if stopped():
                        raise ArchiveError(_("It was stopped; nothing was taken along."))
                    if name not in unsaved:
                        archive.writestr(name, _taken(path))
                names = [PurePosixPath(name) for name in archive.namelist()]
                if is_over_bounds(archive.infolist()):
                    raise _over_bounds(paths)
            whole.seek(0)
            write_whole(target, whole.read())
    except OSError as error:
        raise ArchiveError(
            _("{name} could not be written: {reason}.").format(name=called(target), reason=reason(error))
        ) from error
    return Packed(
        sessions=len(records),
        routines=sum(name.parts[0] == "routines" and name.suffix.lower() in SUFFIXES for name in names),
        recordings=prompts_among(name for name in names if name.parts[0] == "voices"),
        settings=PurePosixPath(SETTINGS) in names,
        words=PurePosixPath(WORDS) in names,
        drafts=sum(name.parts[0] == "drafts" for name in names),
        waiting=waiting is not None,
    )


def _taken(path: Path) -> bytes:
    """One file of hers; what cannot be read is named, as an archive without it would be taken for whole."""
    try:
        data = read_ordinary(path, MOST_BYTES)
    except OSError as error:
        raise _unread(path, error) from error
    if len(data) > MOST_BYTES:
        sentence = _(
            "Nothing was taken along, as {name} is larger than {most} MB, the most that one file in it may have. Move "
            "it out of {folder}, then try again."
        )
        raise ArchiveError(
            sentence.format(name=called(path), most=round(MOST_BYTES / MEGABYTE), folder=path_line(path.parent))
        )
    return data


def is_over_bounds(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether an archive holds more than is brought back, lest it fill the disk there."""
    sizes = [info.file_size for info in infos]
    return len(sizes) > MOST_FILES or max(sizes, default=0) > MOST_BYTES or sum(sizes) > MOST_TOGETHER


def _over_bounds(paths: Paths) -> ArchiveError:
    sentence = _(
        "Nothing was taken along, as your files are more than an archive holds: {count} files, or {most} GB together. "
        "Move those that are not of this program out of {folder}, then try again."
    )
    most = round(MOST_TOGETHER / MEGABYTE / 1024)
    return ArchiveError(sentence.format(count=grouped(MOST_FILES), most=most, folder=path_line(paths.data)))


def _files_in(folder: Path) -> list[Path]:
    try:
        return files_of(folder)
    except OSError as error:
        raise _unread(Path(error.filename), error) from error


def _unread(path: Path, error: OSError) -> ArchiveError:
    sentence = _("Nothing was taken along, as {name} could not be read: {reason}.")
    return ArchiveError(sentence.format(name=called(path), reason=reason(error)))


def called(path: Path) -> str:
    """The name of a file, as sentences have it; "." has none of its own."""
    return one_line(path.name) or path_line(path)


def _folders(paths: Paths) -> dict[str, Path]:
    return {"routines": paths.own_routines, "voices": paths.recordings, "drafts": paths.drafts}


def files_of(folder: Path) -> list[Path]:
    """
    The files in a folder and in those within it; links are none, nor is what is hidden, as a voice that was deleted.

    Raises OSError where one of the folders cannot be read: what is in it would be missed without a word.
    """
    found: list[Path] = []
    if is_folder(folder):
        for place, within, names in os.walk(folder, onerror=_unless_gone):
            within[:] = [name for name in within if not name.startswith(".")]
            found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if _is_plain(path))


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _is_plain(path: Path) -> bool:
    with suppress(FileNotFoundError):  # gone meanwhile
        return stat.S_ISREG(path.lstat().st_mode)
    return False


def _named(path: PurePosixPath) -> str:
    """A name of any bytes as a name of letters, which is all that a ZIP holds."""
    plain = str(path).replace("%", "%25")
    return "".join(f"%{ord(one) - 0xDC00:02X}" if "\udc80" <= one <= "\udcff" else one for one in plain)


def prompts_among(files: Iterable[PurePath]) -> int:
    """How many prompts someone has said: beside each stands what was recorded, and a voice has a manifest."""
    return sum(path.parent.name == "prompts" for path in files)
