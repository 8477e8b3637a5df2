"""The routines there are: built-in and own, good and broken."""

from __future__ import annotations

import contextlib
import json
import re
import stat
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guide import __version__
from guide.core.duration import SECOND
from guide.core.routine import Kind, Purpose, Routine, each_step
from guide.store.files import MOST_BYTES, keep_aside, write_whole
from guide.store.routines.hints import nearest, quoted

if TYPE_CHECKING:
    from guide.store.routines.reader import Reading
    from guide.store.yaml.source import Problem

SUFFIXES: Final = (".yaml", ".yml")
LONGEST_NAME: Final = 80
_CACHE_FORM: Final = 1
_TRASHED: Final = re.compile(r"\d{8}-\d{6}-\d{6}--(?P<name>.+)")
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # Windows gives these to devices
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w ,.()'-]*[\w.)])?")


class LibraryError(Exception):
    """The sentence says what could not be done, and why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file was changed: its time of change and its size."""

    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One routine of the library; `routine` is None where the file has problems."""

    id: str
    path: Path
    builtin: bool
    name: str
    routine: Routine | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    replaces_builtin: bool = False
    modified: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A step as it stands in a card's timeline; `longest` is None for a step that waits."""

    kind: Kind
    shortest: timedelta
    longest: timedelta | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a card of the library shows."""

    id: str
    name: str
    path: Path
    builtin: bool
    replaces_builtin: bool = False
    summary: str = ""
    shortest: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)
    purposes: tuple[Purpose, ...] = ()
    hands_on: bool = False
    suits_sore: bool = False
    bars: tuple[Bar, ...] = ()
    problem: str | None = None
    problems: int = 0


@dataclass(frozen=True, slots=True)
class Undo:
    """A deletion that can be taken back, after a restart too."""

    trashed: Path
    path: Path

    @property
    def id(self) -> str:
        return self.path.stem

    def restore(self) -> str:
        """Give the routine back and say its id; where its place was taken meanwhile, under a free name."""
        taken = {file.stem.casefold() for file in _files(self.path.parent)}
        path = self.path.with_stem(_free(self.path.stem, taken))
        _move(self.trashed, path, "The routine could not be given back")
        return path.stem


@dataclass(frozen=True, slots=True)
class _Found:
    id: str
    path: Path
    builtin: bool
    replaces_builtin: bool
    stamp: Stamp | None


class Library:
    """
    Routines in two folders; one of hers with the file name of a built-in takes its place.

    Only her own folder is ever written to. `trash` is beside it where none is given; `cache` is the file of
    summaries, none when absent, and `on_trouble` is told in a sentence when that was no such file.
    """

    def __init__(
        self,
        builtin: Path,
        own: Path,
        *,
        trash: Path | None = None,
        cache: Path | None = None,
        on_trouble: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._builtin = builtin
        self._own = own
        self._trash = trash or own.parent / "trash"
        self._cache = cache
        self._on_trouble = on_trouble

    @property
    def own(self) -> Path:
        return self._own

    def entries(self) -> list[Entry]:
        """Every routine by name, broken ones too."""
        return sorted(map(_entry, self._found()), key=lambda entry: (entry.name.casefold(), entry.id))

    def entry(self, routine_id: str) -> Entry:
        """The routine of this id; raises LookupError."""
        return _entry(self._by_id(routine_id))

    def find(self, text: str) -> Entry:
        """The routine meant by an id, a name or a file; raises LookupError with a sentence that helps."""
        found = self._found()
        for one in found:
            if one.id == text:
                return _entry(one)
        path = Path(text)
        looks_like_a_file = path.suffix.lower() in SUFFIXES or len(path.parts) > 1
        if looks_like_a_file and _exists(path):
            return _entry(_Found(path.stem, path, builtin=False, replaces_builtin=False, stamp=stamp_of(path)))
        entries = sorted(map(_entry, found), key=lambda entry: entry.builtin)
        wanted = " ".join(text.split()).casefold()
        for entry in entries:
            if wanted in {entry.name.casefold(), entry.id.casefold()}:
                return entry
        if looks_like_a_file:
            raise LookupError(f"there is no file '{quoted(text)}'; look at the name and the folder")
        known = [word for entry in entries for word in (entry.id, entry.name)]
        near = nearest(text, known)
        way = f"did you mean '{near}'?" if near else "see 'pumping-guide list' for those there are"
        raise LookupError(f"there is no routine '{quoted(text)}'; {way}")

    def text(self, routine_id: str) -> str | Problem:
        """The file's text; raises LookupError."""
        return _read_text(self._by_id(routine_id).path)

    def stamp(self, routine_id: str) -> Stamp | None:
        """What to hold against later to see whether the file was changed; raises LookupError."""
        return self._by_id(routine_id).stamp

    def changed_on_disk(self, routine_id: str, stamp: Stamp | None) -> bool:
        """Whether another program changed, made or took away the file since `stamp` was taken."""
        with contextlib.suppress(LookupError):
            return self.stamp(routine_id) != stamp
        return stamp is not None

    def save(self, routine_id: str, text: str) -> Stamp | None:
        """Write the text as her own routine of this id, whole or not at all; raises LibraryError."""
        path = self._own_path(routine_id) or self._own / f"{_checked(routine_id)}.yaml"
        self._write(path, text.encode("utf-8", "replace"))
        return stamp_of(path)

    def new(self, text: str) -> str:
        """Keep the text as a new routine under a free file name made from its name, and say its id."""
        routine = _read(text).routine
        return self._keep_new(slug(routine.name if routine else ""), text.encode("utf-8", "replace"))

    def duplicate(self, routine_id: str) -> str:
        """Copy a routine, built-in or own, under a name of its own; comments come along. Says the copy's id."""
        one = self._by_id(routine_id)
        text = _text_of(one.path, "The routine could not be copied")
        reading = _read(text, one.path)
        if reading.routine is None or "name" not in reading.places:
            return self._keep_new(one.id, text.encode("utf-8", "replace"))
        name = self._free_name(reading.routine.name)
        return self._keep_new(slug(name), _renamed(text, one.path, name).encode("utf-8", "replace"))

    def rename(self, routine_id: str, name: str) -> None:
        """Change the name within one of her own files; id and file stay, so that the log still knows it."""
        path = self._own_path(routine_id)
        if path is None:
            raise LibraryError("A built-in routine keeps its name; make a copy and rename that.")
        plain = " ".join(name.split())
        if not 1 <= len(plain) <= LONGEST_NAME or not plain.isprintable():
            raise LibraryError(f"A name has 1 to {LONGEST_NAME} characters.")
        text = _text_of(path, "The routine could not be renamed")
        self._write(path, _renamed(text, path, plain).encode("utf-8", "replace"))

    def delete(self, routine_id: str) -> Undo:
        """Move one of her own routines into the trash; a built-in it stood for is there again."""
        path = self._own_path(routine_id)
        if path is None:
            raise LibraryError("A built-in routine cannot be deleted; it can be hidden.")
        seconds, rest = divmod(time.time_ns(), 1_000_000_000)
        when = f"{time.strftime('%Y%m%d-%H%M%S', time.localtime(seconds))}-{rest // 1_000:06d}"
        trashed = self._trash / f"{when}--{path.name}"
        _move(path, trashed, "The routine could not be deleted")
        return Undo(trashed, path)

    def deleted(self) -> list[Undo]:
        """What can be given back, the latest deletion first."""
        try:
            names = sorted((path.name for path in self._trash.iterdir()), reverse=True)
        except OSError:
            return []
        return [
            Undo(self._trash / name, self._own / match["name"]) for name in names if (match := _TRASHED.fullmatch(name))
        ]

    def import_file(self, path: Path) -> str:
        """
        Copy a routine's file, broken or not, to a free name among her own, with the sounds it names; say its id.

        Nothing of hers is written over. Raises LibraryError where the file is no ordinary one, or too large.
        """
        data = _bytes_of(path)
        sounds = _own_sounds(_read_file(path).routine)
        routine_id = self._keep_new(slug(path.stem), data)
        for sound in sounds:
            target = self._own / sound
            if not _exists(target):
                with contextlib.suppress(OSError):
                    write_whole(target, (path.parent / sound).read_bytes())
        return routine_id

    def export(self, routine_id: str, path: Path) -> None:
        """Copy a routine's file to `path`, to the byte; what was there is replaced whole."""
        self._write(path, _bytes_of(self._by_id(routine_id).path))

    def summaries(self) -> list[Summary]:
        """What the cards show, by name; files not changed since the last time are not read again."""
        kept = self._kept_summaries()
        summaries: list[Summary] = []
        held: dict[str, Any] = {}
        for one in self._found():
            key = str(one.path)
            stamp = [one.stamp.mtime_ns, one.stamp.size] if one.stamp else None
            old = kept.get(key)
            summary = None
            if stamp and isinstance(old, dict) and old.get("stamp") == stamp:
                summary = _from_json(old, one)
            if summary is None:
                entry = _entry(one)
                summary = _summary(entry)
                # What the answer rests on must be this file alone: a sound beside it may come and go.
                cached = entry.routine is not None and not _own_sounds(entry.routine)
            else:
                cached = True
            summaries.append(summary)
            if cached and stamp:
                held[key] = {"stamp": stamp, **_to_json(summary)}
        if held != kept:
            self._keep_summaries(held)
        return sorted(summaries, key=lambda summary: (summary.name.casefold(), summary.id))

    def _found(self) -> list[_Found]:
        own = _files(self._own)
        theirs = _files(self._builtin)
        builtin_ids = {path.stem for path in theirs}
        found: dict[str, _Found] = {}
        for path in own:
            name = path.stem if path.stem not in found else path.name
            found[name] = _Found(name, path, builtin=False, replaces_builtin=name in builtin_ids, stamp=stamp_of(path))
        for path in theirs:
            if path.stem not in found:
                found[path.stem] = _Found(path.stem, path, builtin=True, replaces_builtin=False, stamp=stamp_of(path))
        return list(found.values())

    def _by_id(self, routine_id: str) -> _Found:
        for one in self._found():
            if one.id == routine_id:
                return one
        raise LookupError(f"there is no routine '{quoted(routine_id)}' any more")

    def _own_path(self, routine_id: str) -> Path | None:
        return next((one.path for one in self._found() if one.id == routine_id and not one.builtin), None)

    def _keep_new(self, stem: str, data: bytes) -> str:
        taken = {path.stem.casefold() for folder in (self._own, self._builtin) for path in _files(folder)}
        routine_id = _free(stem, taken)
        self._write(self._own / f"{routine_id}.yaml", data)
        return routine_id

    def _free_name(self, name: str) -> str:
        taken = {entry.name.casefold() for entry in self.entries()}
        for number in range(1, 10_000):
            ending = " (copy)" if number == 1 else f" (copy {number})"
            copy = name[: LONGEST_NAME - len(ending)].rstrip() + ending
            if copy.casefold() not in taken:
                return copy
        return name

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data)
        except (OSError, ValueError) as error:
            raise LibraryError(f"The routine could not be saved: {_reason(error)}.") from error

    def _kept_summaries(self) -> dict[str, Any]:
        if self._cache is None:
            return {}
        held: Any = None
        try:
            if self._cache.stat().st_size <= 64 * MOST_BYTES:
                held = json.loads(self._cache.read_bytes())
        except IsADirectoryError:
            pass
        except OSError:
            return {}
        except (ValueError, RecursionError):
            pass
        match held:
            case {"made_by": [int(form), str(version)], "routines": dict(routines)} if form <= _CACHE_FORM:
                return routines if [form, version] == [_CACHE_FORM, __version__] else {}
            case _:
                self._made_anew(self._cache)
                return {}

    def _made_anew(self, cache: Path) -> None:
        aside = keep_aside(cache)
        kept = f" The old file is kept as {aside.name}." if aside else ""
        self._on_trouble(f"What was kept to show your routines sooner could not be read and is made anew.{kept}")

    def _keep_summaries(self, held: dict[str, Any]) -> None:
        if self._cache is not None:
            whole = {"made_by": [_CACHE_FORM, __version__], "routines": held}
            with contextlib.suppress(OSError):
                write_whole(self._cache, json.dumps(whole).encode("ascii"))


def stamp_of(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_mtime_ns, found.st_size)


def slug(name: str) -> str:
    """
    A file name, without its ending, made from a routine's name.

    >>> slug("Übung: 3 × am Abend"), slug("夜")
    ('ubung-3-am-abend', 'routine')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "routine"
    return f"{made}-routine" if _RESERVED.fullmatch(made) else made


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def _checked(routine_id: str) -> str:
    odd = re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', routine_id)
    if odd or not routine_id.strip(". ") or routine_id.startswith(".") or len(routine_id) > 100:
        raise LibraryError(f"'{quoted(routine_id)}' cannot be a file's name.")
    return routine_id


def _files(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda path: (path.suffix.lower() != SUFFIXES[0], path.name))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _entry(one: _Found) -> Entry:
    reading = _read_file(one.path)
    name = reading.routine.name if reading.routine else _name_in_spite(one)
    return Entry(
        one.id,
        one.path,
        one.builtin,
        name,
        reading.routine,
        reading.problems,
        reading.warnings,
        one.replaces_builtin,
        one.stamp,
    )


def _name_in_spite(one: _Found) -> str:
    """A broken file's name line where it stands by itself, else the file's own name."""
    text = _read_text(one.path)
    if isinstance(text, str):
        written = re.search(r"(?m)^name:[ \t]+(?P<quote>[\"']?)(?P<name>[^\"'\r\n#]{1,80})(?P=quote)[ \t]*\r?$", text)
        if written and written["name"].strip():
            return quoted(written["name"]).strip()
    return quoted(one.path.stem)


def _renamed(text: str, path: Path, name: str) -> str:
    """The text with its name exchanged and all else to the byte."""
    place = _read(text, path).places.get("name")
    if place is None or place.start == place.end or text[place.start] in "*|>":
        raise LibraryError("The name of this routine is changed in its text view.")
    written = name if _PLAIN.fullmatch(name) else "'" + name.replace("'", "''") + "'"
    return text[: place.start] + written + text[place.end :]


def _move(source: Path, target: Path, failing: str) -> None:
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise LibraryError(f"{failing}: {_reason(error)}.") from error


def _bytes_of(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LibraryError(f"'{quoted(path.name)}' is not an ordinary file.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise LibraryError(f"'{quoted(path.name)}' could not be read: {_reason(error)}.") from error
    if len(data) > MOST_BYTES:
        raise LibraryError(f"'{quoted(path.name)}' is larger than 256 KiB, the most a routine may have.")
    return data


def _reason(error: Exception) -> str:
    said = getattr(error, "strerror", None) or "the name is not one of a file"
    return said[:1].lower() + said[1:]


def _own_sounds(routine: Routine | None) -> list[str]:
    if routine is None:
        return []
    from guide.store.routines.reader import SOUNDS  # noqa: PLC0415 - as below

    named = (sound for step in each_step(routine.steps) for sound in (step.sound, *(cue.sound for cue in step.cues)))
    return list(dict.fromkeys(sound for sound in named if sound and sound not in SOUNDS))


def _summary(entry: Entry) -> Summary:
    routine = entry.routine
    if routine is None:
        first = entry.problems[0] if entry.problems else None
        return Summary(
            id=entry.id,
            name=entry.name,
            path=entry.path,
            builtin=entry.builtin,
            replaces_builtin=entry.replaces_builtin,
            problem=f"line {first.line}: {first.where}: {first.message}" if first else "",
            problems=len(entry.problems),
        )
    from guide.core.plan import lay_out  # noqa: PLC0415 - as below

    plan = lay_out(routine)
    return Summary(
        id=entry.id,
        name=entry.name,
        path=entry.path,
        builtin=entry.builtin,
        replaces_builtin=entry.replaces_builtin,
        summary=routine.summary,
        shortest=plan.shortest,
        longest=plan.longest,
        purposes=routine.purposes,
        hands_on=routine.hands_on,
        suits_sore=routine.suits_sore,
        bars=tuple(Bar(segment.step.kind, segment.shortest, segment.longest) for segment in plan.segments),
    )


def _to_json(summary: Summary) -> dict[str, Any]:
    return {
        "name": summary.name,
        "summary": summary.summary,
        "shortest_s": summary.shortest / SECOND,
        "longest_s": summary.longest / SECOND,
        "purposes": list(summary.purposes),
        "hands_on": summary.hands_on,
        "suits_sore": summary.suits_sore,
        "bars": [
            [bar.kind, bar.shortest / SECOND, None if bar.longest is None else bar.longest / SECOND]
            for bar in summary.bars
        ],
    }


def _from_json(held: dict[str, Any], one: _Found) -> Summary | None:
    """The summary kept for this file; None where what is kept is not one."""
    try:
        return Summary(
            id=one.id,
            name=_a(str, held["name"]),
            path=one.path,
            builtin=one.builtin,
            replaces_builtin=one.replaces_builtin,
            summary=_a(str, held["summary"]),
            shortest=timedelta(seconds=held["shortest_s"]),
            longest=timedelta(seconds=held["longest_s"]),
            purposes=tuple(map(Purpose, _a(list, held["purposes"]))),
            hands_on=_a(bool, held["hands_on"]),
            suits_sore=_a(bool, held["suits_sore"]),
            bars=tuple(_bars(_a(list, held["bars"]))),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _bars(held: Iterable[Any]) -> Iterator[Bar]:
    for kind, shortest, longest in held:
        yield Bar(Kind(kind), timedelta(seconds=shortest), None if longest is None else timedelta(seconds=longest))


def _a(kind: type[Any], value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


# The library page is drawn from summaries kept in a cache: what reads files is imported when the first is read.


def _read(text: str, path: Path | None = None) -> Reading:
    from guide.store.routines.reader import read  # noqa: PLC0415

    return read(text, path) if path else read(text)


def _read_file(path: Path) -> Reading:
    from guide.store.routines.reader import read_file  # noqa: PLC0415

    return read_file(path)


def _read_text(path: Path) -> str | Problem:
    from guide.store.yaml.source import read_text  # noqa: PLC0415

    return read_text(path)


def _text_of(path: Path, failing: str) -> str:
    text = _read_text(path)
    if isinstance(text, str):
        return text
    raise LibraryError(f"{failing}: {text.message}.")
