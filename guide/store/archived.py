"""An archive of hers as it is read: what it holds, before any of it is merged into what is here."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from guide.core.shown import one_line
from guide.language import _, grouped, ngettext, reason
from guide.scratch import scratch_folder
from guide.store.archive import (
    FORMAT,
    MANIFEST,
    MOST_BYTES,
    SESSIONS,
    SETTINGS,
    WAITING,
    ArchiveError,
    called,
    is_over_bounds,
)
from guide.store.files import open_ordinary
from guide.store.log.fields import RowError
from guide.store.log.incoming import Imported, to_come
from guide.store.log.json_in import reading_json
from guide.store.log.waiting import WaitingSession, waiting_from
from guide.store.settings import Settings, load

if TYPE_CHECKING:
    from guide.core.record import Record

MOST_OF_MANIFEST: Final = 64 * 1024
AT_ONCE: Final = 1024 * 1024
DAMAGES: Final = (  # what zipfile and what it unpacks with raise for a file that is no archive, or no whole one
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError,
)  # fmt: skip
LEADING_OUT: Final = frozenset("\\:\0")  # on Windows to another folder or drive, and elsewhere nowhere
_PARTS: Final = ("routines", "voices", "drafts")


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]]:
    """
    An archive of ours, with its files by their names. What cannot be read, then or within, is an `ArchiveError`.

    `read_through` tells whether all of it can be read.
    """
    try:
        with open_ordinary(source) as file, zipfile.ZipFile(file) as archive:
            yield archive, _checked(archive, source)
    except (OSError, *DAMAGES) as error:
        said = isinstance(error, OSError) and error.strerror
        why = reason(error) if said else _("it is not an archive, or it is damaged")
        raise ArchiveError(_("{name} could not be read: {reason}.").format(name=called(source), reason=why)) from error


def is_archive(path: Path) -> bool:
    """Whether a file says of itself that it is everything of somebody's, by a newer version too; no more is read."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with open_ordinary(path) as file, zipfile.ZipFile(file) as archive, archive.open(MANIFEST) as manifest:
            return bool(json.loads(manifest.read(MOST_OF_MANIFEST))["program"] == "Pumping Guide")
    except (OSError, *DAMAGES, KeyError, TypeError, RecursionError):
        return False


def _checked(archive: zipfile.ZipFile, source: Path) -> dict[str, zipfile.ZipInfo]:
    """Its files by their names; raises where it was not made by us, or is newer."""
    name = called(source)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    entries = {info.filename: info for info in infos}
    if any(info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in infos):
        raise ArchiveError(_("{name} was not made by Pumping Guide.").format(name=name))
    try:
        with archive.open(entries[MANIFEST]) as file:
            manifest = json.loads(file.read(MOST_OF_MANIFEST))
        form = manifest["format"] if manifest["program"] == "Pumping Guide" else None
    except (KeyError, TypeError, ValueError, RecursionError):
        form = None
    if isinstance(form, bool) or not isinstance(form, int) or form < 1:
        raise ArchiveError(_("{name} was not made by Pumping Guide.").format(name=name))
    if form > FORMAT:
        raise ArchiveError(
            _("{name} was made by a newer version; bring this program up to date first.").format(name=name)
        )
    if is_over_bounds(infos):
        raise ArchiveError(_("{name} holds more than an archive of this program ever does.").format(name=name))
    return entries


def read_through(archive: zipfile.ZipFile, source: Path) -> Iterator[float]:
    """Read all of it, and tell the share that was read; raises `ArchiveError` where it is damaged anywhere."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    whole, done = sum(info.file_size for info in infos), 0
    for info in infos:
        try:
            with archive.open(info) as file:
                while part := file.read(AT_ONCE):
                    done += len(part)
                    yield done / whole
        except (OSError, *DAMAGES) as error:
            place = one_line(info.filename, 60)
            sentence = _("{name} is damaged at {place}; nothing was changed.").format(name=called(source), place=place)
            raise ArchiveError(sentence) from error


def sessions_in(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], now: datetime, told: list[str]
) -> Generator[None, None, list[Record]]:
    """In small steps."""
    text = read_entry(archive, entries[SESSIONS]).decode("utf-8", "replace") if SESSIONS in entries else ""
    found = (yield from reading_json(text)) if text.lstrip().startswith("{") else None
    if found is None:
        told.append(_("Its sessions are missing or cannot be read; what else it holds comes in."))
        found = Imported(())
    begun = [record for record in found.records if not to_come(record, now)]
    if due := len(found.records) - len(begun):
        sentence = ngettext(
            "{n} session would begin in the future and is left out; look whether this computer's clock is right.",
            "{n} sessions would begin in the future and are left out; look whether this computer's clock is right.",
            due,
        )
        told.append(sentence.format(n=grouped(due)))
    told += [
        _("Session in line {line}: {why}").format(line=bad.line, why=one_line(bad.message)) for bad in found.problems
    ]
    return begun


def waiting_in(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], now: datetime, told: list[str]
) -> WaitingSession | None:
    if WAITING not in entries:
        return None
    try:
        waiting = waiting_from(read_entry(archive, entries[WAITING]).decode("utf-8", "replace"))
        why = to_come(waiting.record, now)
    except RowError as error:
        why = str(error)
    if why:
        told.append(_("The session left for now is left out: {why}").format(why=one_line(why)))
        return None
    return waiting


def settings_in(
    archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]
) -> tuple[Settings | None, tuple[str, ...]]:
    """The settings of an archive, None where it has none that can be read, and sentences about what cannot."""
    if SETTINGS not in entries:
        return None, ()
    with tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
        scratch = Path(folder) / SETTINGS
        scratch.write_bytes(read_entry(archive, entries[SETTINGS]))
        theirs, unread = load(scratch)
    if unread and theirs == Settings():
        return None, (_("The settings in it could not be read; yours stay as they are here."),)
    return theirs, (_("Some of the settings in it could not be read; the others are in use."),) if unread else ()


def inside_of(name: str) -> PurePosixPath | None:
    """Where a file of the archive goes; None for what is no part of ours, is hidden, or would lead out."""
    path = PurePosixPath(_unnamed(name))
    bad = any(part[0] == "." or LEADING_OUT & {*part} for part in path.parts)
    return None if bad or len(path.parts) < 2 or path.parts[0] not in _PARTS else path


def _unnamed(name: str) -> str:
    return os.fsdecode(unquote_to_bytes(name)) if "%" in name else name


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        return file.read(MOST_BYTES)
