"""Recorded voices: the prompts that someone she knows has said, each in a folder of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import threading
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from errno import EDQUOT, ENOSPC
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from guide.language import _, reason
from guide.scratch import scratch_folder
from guide.sound.pcm import SoundError, wav_format
from guide.sound.voices.voice import VoiceError
from guide.standing import is_file

if TYPE_CHECKING:
    from guide.sound.take import RecordedTake  # brings numpy

PREFIX: Final = "recorded:"  # of such a voice's id; the rest is the name of its folder
MANIFEST: Final = "voice.json"
VERSION: Final = 1
MOST_BYTES: Final = 4 * 1024 * 1024  # of a manifest
MOST_SECONDS: Final = 3600  # of one prompt; what is longer was not measured
LARGEST: Final = 512 * 1024 * 1024  # of a voice that is brought in
ENDING: Final = ".voice.zip"
_NO_VOICE: Final = (OSError, ValueError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)
_DELETED: Final = ".deleted-"
_changing = threading.Lock()  # a list is read and written in one piece


def key_of(text: str) -> str:
    """A recording belongs to words, however they are spaced."""
    return hashlib.sha256(" ".join(text.split()).encode(errors="replace")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class RecordedPrompt:
    """One prompt that was kept: `edition` tells one take from another, `place` is where its words stood then."""

    text: str
    edition: str
    seconds: float
    place: str = ""


@dataclass(frozen=True, slots=True)
class RecordedVoice:
    """A voice that has the prompts it has; what is not recorded, the next voice says."""

    folder: Path
    name: str
    recordings: Mapping[str, RecordedPrompt] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return PREFIX + self.folder.name

    def edition(self, text: str) -> str | None:
        known = self.recordings.get(key_of(text))
        return known.edition if known and is_file(self.file(text)) else None

    def render(self, text: str, *, pace: int) -> bytes:  # noqa: ARG002  a person has a pace of their own
        try:
            data = self.file(text).read_bytes()
        except OSError as error:
            raise VoiceError(_("The recording of {name} could not be read.").format(name=self.name)) from error
        if _edition(data) != self.edition(text):
            raise VoiceError(_("A recording of {name} is damaged, so another voice speaks.").format(name=self.name))
        return data

    def rest(self) -> None:
        """It holds nothing."""

    def file(self, text: str) -> Path:
        return self.folder / "prompts" / f"{key_of(text)}.wav"

    def original(self, text: str) -> Path:
        return self.folder / "originals" / f"{key_of(text)}.wav"

    def recording(self, text: str) -> RecordedPrompt | None:
        return self.recordings.get(key_of(text))

    def has(self, text: str) -> bool:
        return self.edition(text) is not None

    def changed(self, text: str, place: str) -> bool:
        """Whether other words were recorded for this place, so that these are still to be said."""
        return not self.has(text) and any(each.place == place for each in self.recordings.values())

    @property
    def lasts(self) -> timedelta:
        return timedelta(seconds=sum(each.seconds for each in self.recordings.values()))


class Recordings:
    """All recorded voices, in one folder. What cannot be written raises SoundError and changes nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def voices(self) -> list[RecordedVoice]:
        try:
            folders = sorted(each for each in self._folder.iterdir() if not each.name.startswith("."))
        except OSError:
            return []
        found = (_read(folder) for folder in folders)
        return [voice for voice in found if voice is not None]

    def voice(self, voice_id: str) -> RecordedVoice | None:
        return next((voice for voice in self.voices() if voice.id == voice_id), None)

    def begun(self, name: str) -> RecordedVoice:
        """A voice that is there with its first prompt; two people may have one name."""
        name = cleaned(name)
        taken = self._taken()
        known = taken | {each.removeprefix(_DELETED) for each in taken}  # what was deleted may come back
        return RecordedVoice(self._folder / _free(_slug(name), known), name)

    def _taken(self) -> set[str]:
        """The names in the folder, of what does not read as a voice too: its recordings are somebody's."""
        try:
            return {each.name.lower() for each in self._folder.iterdir()}
        except OSError:
            return set()

    def make(self, name: str) -> RecordedVoice:
        """Begin a voice, and write down that it is there."""
        voice = self.begun(name)
        _write(voice)
        return voice

    def keep(self, voice: RecordedVoice, text: str, take: RecordedTake, *, place: str = "") -> RecordedVoice:
        """
        Keep a take as the prompt with these words, the last of all; the original stays beside it.

        What was recorded for the same place in other words stays too: those may stand somewhere else as well.
        """
        data = take.finished()
        seconds = wav_format(io.BytesIO(data)).length.total_seconds()
        recording = RecordedPrompt(text, _edition(data), round(seconds, 3), place)
        with _changing:
            voice = _read(voice.folder) or voice
            others = {key: each for key, each in voice.recordings.items() if key != key_of(text)}
            kept = replace(voice, recordings={**others, key_of(text): recording})
            _write(kept, {voice.original(text): take.original(), voice.file(text): data})
        return kept

    def rename(self, voice: RecordedVoice, name: str) -> RecordedVoice:
        with _changing:
            renamed = replace(_read(voice.folder) or voice, name=cleaned(name))
            _write(renamed)
        return renamed

    def delete(self, voice: RecordedVoice) -> Path:
        """Put a voice out of sight; gives the place from which `undelete` takes it back until `forget`."""
        aside = self._folder / _free(f"{_DELETED}{voice.folder.name}", self._taken())
        with _told():
            voice.folder.rename(aside)
        return aside

    def undelete(self, aside: Path) -> None:
        with _told():
            aside.rename(self._folder / _free(aside.name.removeprefix(_DELETED), self._taken()))

    def forget(self) -> None:
        """Let go for good what was deleted."""
        with contextlib.suppress(OSError):
            for aside in self._folder.glob(f"{_DELETED}*"):
                shutil.rmtree(aside, ignore_errors=True)

    def export(self, voice: RecordedVoice, path: Path) -> None:
        """Write a voice as one file."""
        with _told(), tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
            made = Path(folder, "voice.zip")
            with zipfile.ZipFile(made, "w") as archive:
                archive.writestr(MANIFEST, _json(voice))
                for recording in voice.recordings.values():
                    for file in (voice.file(recording.text), voice.original(recording.text)):
                        if is_file(file):
                            archive.write(file, file.relative_to(voice.folder).as_posix())
            _together({path: made.read_bytes()})

    def bring_in(self, path: Path) -> RecordedVoice:
        """Take a voice in from a file; raises SoundError where it is none."""
        try:
            with zipfile.ZipFile(path) as archive:
                return self._taken_in(archive)
        except _NO_VOICE as error:
            raise SoundError(_("{name} is not a voice of this program.").format(name=path.name)) from error

    def _taken_in(self, archive: zipfile.ZipFile) -> RecordedVoice:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise ValueError(LARGEST)
        found = _from_json(archive.read(MANIFEST), self._folder)
        if found is None:
            raise ValueError(MANIFEST)
        voice = self.begun(found.name)
        try:
            return self._unpacked(archive, found, voice)
        except BaseException:
            shutil.rmtree(voice.folder, ignore_errors=True)  # half a voice is none
            raise

    def _unpacked(self, archive: zipfile.ZipFile, found: RecordedVoice, voice: RecordedVoice) -> RecordedVoice:
        kept = dict(found.recordings)
        there = set(archive.namelist())
        for key, recording in found.recordings.items():
            if f"prompts/{key}.wav" not in there or _edition(archive.read(f"prompts/{key}.wav")) != recording.edition:
                del kept[key]
                continue
            with _told():
                for name in (f"prompts/{key}.wav", f"originals/{key}.wav"):
                    if name in there:
                        _together({voice.folder / name: archive.read(name)})
        whole = replace(voice, recordings=kept)
        _write(whole)
        return whole


def cleaned(name: str) -> str:
    """A name on one line, without control letters; the usual one where nothing is left."""
    shown = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in name)
    return " ".join(shown.split())[:60] or _("My own voice")


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "voice"


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or the first of its kind with a number that is not taken; `taken` in small letters."""
    numbered = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
    return next(each for each in numbered if each.lower() not in taken)


def _edition(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}"


@contextlib.contextmanager
def _told() -> Any:
    try:
        yield
    except OSError as error:
        if error.errno in {ENOSPC, EDQUOT}:
            raise SoundError(_("There is no room left to keep this.")) from error
        raise SoundError(_("It cannot be written there: {why}.").format(why=reason(error))) from error


def _together(files: Mapping[Path, bytes]) -> None:
    """Write files that belong to each other: all of them are on the disk before the first takes its place."""
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".part-", dir=path.parent)
            parts[path] = Path(part)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, made in parts.items():
            made.replace(path)
    except BaseException:
        for made in parts.values():
            with contextlib.suppress(OSError):
                made.unlink()
        raise


def _json(voice: RecordedVoice) -> str:
    prompts = {
        key: {"text": each.text, "edition": each.edition, "seconds": each.seconds, "place": each.place}
        for key, each in voice.recordings.items()
    }
    return json.dumps({"version": VERSION, "name": voice.name, "prompts": prompts}, indent=2, ensure_ascii=False)


def _write(voice: RecordedVoice, sounds: Mapping[Path, bytes] = MappingProxyType({})) -> None:
    """The list of what was recorded, with sounds that are new in it."""
    with _told():
        _together({**sounds, voice.folder / MANIFEST: _json(voice).encode("utf-8", "replace")})


def _read(folder: Path) -> RecordedVoice | None:
    """A folder as a voice; None where it is none. A recording that is damaged is left out, not the voice."""
    path = folder / MANIFEST
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        return _from_json(path.read_bytes(), folder)
    except (OSError, ValueError, RecursionError):
        return None


def _from_json(data: bytes, folder: Path) -> RecordedVoice | None:
    held = json.loads(data.decode("utf-8"))
    if not isinstance(held, dict) or not isinstance(prompts := held.get("prompts"), dict):
        return None
    found = {key: recording for key, value in prompts.items() if (recording := _recording(key, value))}
    name = held.get("name")
    return RecordedVoice(folder, cleaned(name if isinstance(name, str) else ""), found)


def _recording(key: str, value: Any) -> RecordedPrompt | None:
    match value:
        case {"text": str(text), "edition": str(edition), "seconds": int() | float() as seconds} if (
            key_of(text) == key and 0 <= seconds <= MOST_SECONDS  # JSON as Python reads it has NaN and Infinity
        ):
            return RecordedPrompt(text, edition, float(seconds), str(value.get("place", "")))
        case _:
            return None
