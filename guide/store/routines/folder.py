"""Files of the routines' folder: names that are free, files moved, read and renamed."""

from __future__ import annotations

import errno
import os
import re
import time
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from guide.core.shown import has_control, quoted
from guide.language import _, reason
from guide.standing import is_file, is_there
from guide.store.files import (
    MOST_BYTES,
    MOST_SOUND_BYTES,
    UNFINISHED,
    NotAFileError,
    read_ordinary,
    write_whole,
)
from guide.store.routines.entry import SUFFIXES, Found, LibraryError, own_sounds, read, read_text

if TYPE_CHECKING:
    from guide.store.routines.reader import Reading
    from guide.store.yaml.nodes import Stretch

LONGEST_NAME: Final = 80
TRASHED: Final = re.compile(r"\d{8}-\d{6}-\d{6}--(?P<name>.+)")
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # Windows gives these to devices
_SCHEMA: Final = re.compile(rb"\A# yaml-language-server:.*\r?\n")
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w ,.()'-]*[\w.)])?")


def why_no_name(name: str, others: Collection[str] = ()) -> str:
    """In a sentence why a routine cannot be called this, among `others` that are; nothing where it can."""
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= LONGEST_NAME or has_control(plain):
        return _("A name is one line of 1 to {value} letters.").format(value=LONGEST_NAME)
    return _("There is a routine called “{name}” already.").format(name=name) if name in others else ""


def names_of_copies(name: str) -> Iterator[str]:
    for number in range(1, 10_000):
        ending = _(" (copy)") if number == 1 else _(" (copy {number})").format(number=number)
        yield name[: LONGEST_NAME - len(ending)].rstrip() + ending


class Undo(NamedTuple):
    """A deletion that can be taken back, after a restart too."""

    trashed: Path
    path: Path

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def deleted(self) -> float:
        """When, in seconds as a file's time of change is told."""
        with suppress(ValueError, OverflowError):
            return time.mktime(time.strptime(self.trashed.name[:15], "%Y%m%d-%H%M%S"))
        return 0

    @property
    def sounds(self) -> Path:
        """The folder of the sound files that were kept with it, where any were."""
        return self.trashed.with_name(f"sounds-of-{self.trashed.name}")

    def restore(self) -> str:
        """Give the routine back and say its id; where its place was taken meanwhile, under a free name."""
        taken = {file.stem.casefold() for file in routine_files(self.path.parent)}
        path = self.path.with_stem(free_stem(self.path.stem, taken))
        move_file(self.trashed, path, _("The routine could not be given back"))
        with suppress(OSError, ValueError, LibraryError):  # without them it plays its chimes
            self._give_sounds_back(path)
        return path.stem

    def _give_sounds_back(self, path: Path) -> None:
        """Beside it, under a free name where another sound has its own."""
        from shutil import rmtree  # nothing of a start

        new_names: dict[str, str] = {}
        for sound in sorted(self.sounds.rglob("*")):
            if is_file(sound):
                name = sound.relative_to(self.sounds).as_posix()
                kept = keep_sound(path.parent, name, read_ordinary(sound, MOST_SOUND_BYTES))
                if kept != name:
                    new_names[name] = kept
        if new_names:
            text = bytes_of(path).decode("utf-8-sig")
            write_whole(path, with_sounds(text, read(text).places, new_names).encode())
        rmtree(self.sounds, ignore_errors=True)


def keep_sound(folder: Path, name: str, data: bytes) -> str:
    """Put a sound beside her routines, under a free name where another one has its own; say the name."""
    path = Path(name)
    for number in range(1, 10_000):
        candidate = name if number == 1 else path.with_stem(f"{path.stem}-{number}").as_posix()
        target = folder / candidate
        if not is_there(target):
            write_whole(target, data)
            return candidate
        if read_ordinary(target, MOST_SOUND_BYTES) == data:
            return candidate
    return name


def slug(name: str) -> str:
    """
    A file name, without its ending, made from a routine's name.

    >>> slug("Übung: 3 × am Abend"), slug("夜")
    ('ubung-3-am-abend', 'routine')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "routine"
    return f"{made}-routine" if _RESERVED.fullmatch(made) else made


def free_stem(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def checked_id(routine_id: str) -> str:
    odd = re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', routine_id)
    if odd or not routine_id.strip(". ") or routine_id.startswith(".") or len(routine_id) > 100:
        raise LibraryError(_("'{routine_id}' cannot be a file's name.").format(routine_id=quoted(routine_id)))
    return routine_id


def routine_files(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda path: (path.suffix.lower() != SUFFIXES[0], path.name))


def with_name(text: str, name: str) -> str:
    """The text with its name exchanged and all else to the byte."""
    place = read(text).places.get("name")
    if place is None or place.start == place.end or text[place.start] in "*|>":
        raise LibraryError(_("The name of this routine is changed in its text view."))
    written = name if _PLAIN.fullmatch(name) else "'" + name.replace("'", "''") + "'"
    return text[: place.start] + written + text[place.end :]


def sounds_named(data: bytes, reading: Reading) -> list[str]:
    """The sound files that a routine names inside its own folder, one with mistakes too."""
    if reading.routine is not None:
        return own_sounds(reading.routine)
    text = data.decode("utf-8-sig", "replace")
    written = [
        text[at.start : at.end].strip().strip("'\"") for key, at in reading.places.items() if key.endswith(".sound")
    ]
    return [name for name in dict.fromkeys(written) if _inside(name)]


def normal(path: Path) -> Path:
    """One of the ways in which a file can be named; upper case is the same file on some systems."""
    return Path(os.path.normpath(str(path).casefold()))


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    return bool(path.suffix) and not outside


def with_sounds(text: str, places: Mapping[str, Stretch], names: Mapping[str, str]) -> str:
    """The text with its sounds' names exchanged and all else to the byte."""
    spots = sorted({(at.start, at.end) for where, at in places.items() if where.endswith(".sound")}, reverse=True)
    for start, end in spots:
        written = text[start:end].strip().strip("'\"")
        if written in names:
            new = names[written]
            plain = re.fullmatch(r"[\w./-]+", new) is not None
            text = text[:start] + (new if plain else "'" + new.replace("'", "''") + "'") + text[end:]
    return text


def move_file(source: Path, target: Path, failing: str) -> None:
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            source.rename(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _move_to_another_disk(source, target)
    except OSError as error:
        raise LibraryError(f"{failing}: {reason(error)}.") from error


def _move_to_another_disk(source: Path, target: Path) -> None:
    """As where the folder of her routines is a link; what it was is there until what it is to be is whole."""
    import shutil  # nothing of a start

    part = target.with_name(f".{target.name}{UNFINISHED}")
    try:
        shutil.copy2(source, part)
        part.replace(target)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    source.unlink()


def copy_files(wanted: Mapping[Path, Path], failing: str) -> None:
    """Sound files by where their copies go, all or none; what is gone has none."""
    made: list[Path] = []
    try:
        for copy, sound in wanted.items():
            if is_there(sound):
                write_whole(copy, read_ordinary(sound, MOST_SOUND_BYTES))
                made.append(copy)
    except (OSError, ValueError) as error:
        for copy in made:
            with suppress(OSError):
                copy.unlink()
        raise LibraryError(f"{failing}: {reason(error)}.") from error


def bytes_of(path: Path) -> bytes:
    try:
        data = read_ordinary(path, MOST_BYTES)
    except NotAFileError as error:
        raise LibraryError(_("'{name}' is not an ordinary file.").format(name=quoted(path.name))) from error
    except (OSError, ValueError) as error:
        raise LibraryError(
            _("'{name}' could not be read: {reason}.").format(name=quoted(path.name), reason=reason(error))
        ) from error
    if len(data) > MOST_BYTES:
        raise LibraryError(
            _("'{name}' is larger than 256 KiB, the most a routine may have.").format(name=quoted(path.name))
        )
    return data


def hers(one: Found, data: bytes) -> bytes:
    """What its file holds as it is copied for her: the schema that a built-in names in its first line is not beside."""
    return _SCHEMA.sub(b"", data) if one.builtin else data


def text_of(path: Path, failing: str) -> str:
    text = read_text(path)
    if isinstance(text, str):
        return text
    raise LibraryError(f"{failing}: {text.message}.")
