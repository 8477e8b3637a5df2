"""What a sound file is written as: MP3 with chapters, FLAC with chapters, or plain WAV."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self

from guide.along.score import Chapter
from guide.compat import override
from guide.core.shown import one_line
from guide.language import _
from guide.sound.pcm import SoundError, wav_header

if TYPE_CHECKING:
    from types import TracebackType
    from typing import BinaryIO

BITS: Final = 64_000  # a second, mono: speech stays clear, an hour is 29 MB
MOST_ENTRIES: Final = 255  # of one table of contents in an MP3
TOP: Final = "toc"
LARGEST_WAV: Final = 2**32 - 64  # bytes that the header of a WAV can count


class FileFormat(StrEnum):
    """The ending of the file tells which."""

    MP3 = ".mp3"
    FLAC = ".flac"
    WAV = ".wav"

    def bytes_for(self, length: timedelta, rate: int) -> int:
        """About how large a file of that length becomes; FLAC halves speech."""
        seconds = length.total_seconds()
        match self:
            case FileFormat.MP3:
                return round(seconds * BITS / 8)
            case FileFormat.FLAC:
                return round(seconds * rate)
            case FileFormat.WAV:
                return round(seconds * rate * 2) + 44


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows of the file."""

    title: str
    language: str
    chapters: Sequence[Chapter] = ()
    cover: bytes | None = None  # PNG


class Encoder(Protocol):
    """Takes 16-bit mono samples as little-endian bytes; the file is whole when the block is left."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, samples: bytes) -> None: ...


class _File:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        self._file: BinaryIO = self.path.open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.finish()
        finally:
            self._file.close()

    def finish(self) -> None: ...


class WavFile(_File):
    def __init__(self, path: Path, *, rate: int, frames: int) -> None:
        super().__init__(path)
        if frames * 2 > LARGEST_WAV:
            raise SoundError(_("This is too long for one WAV file; MP3 has room for it."))
        self._header = wav_header(frames, rate=rate)

    @override
    def __enter__(self) -> Self:
        super().__enter__()
        self._file.write(self._header)
        return self

    def write(self, samples: bytes) -> None:
        self._file.write(samples)


class Mp3File(_File):
    def __init__(self, path: Path, *, rate: int) -> None:
        super().__init__(path)
        from lameenc import Encoder as Lame  # only for whoever makes an MP3

        self._lame = Lame()
        self._lame.set_bit_rate(BITS // 1000)
        self._lame.set_in_sample_rate(rate)
        self._lame.set_channels(1)
        self._lame.set_quality(5)  # 2 is slower by half and not heard in speech
        self._lame.silence()

    def write(self, samples: bytes) -> None:
        self._file.write(self._lame.encode(samples))

    @override
    def finish(self) -> None:
        self._file.write(self._lame.flush())


class FlacFile:
    def __init__(self, path: Path, *, rate: int) -> None:
        from soundfile import SoundFile

        self._file = SoundFile(path, "w", samplerate=rate, channels=1, format="FLAC", subtype="PCM_16")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, samples: bytes) -> None:
        try:
            self._file.buffer_write(samples, dtype="int16")
        except (AssertionError, RuntimeError) as error:  # all it says of a disk that took less than it was given
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from error


def kind_of(path: Path) -> FileFormat:
    """Raises SoundError where the ending is none that is written."""
    try:
        return FileFormat(path.suffix.casefold())
    except ValueError:
        endings = ", ".join(kind.value for kind in FileFormat)
        raise SoundError(_("A sound file ends in one of {endings}.").format(endings=endings)) from None


def encoder_for(kind: FileFormat, path: Path, *, rate: int, frames: int) -> Encoder:
    """Raises SoundError, and OSError."""
    try:
        match kind:
            case FileFormat.MP3:
                return Mp3File(path, rate=rate)
            case FileFormat.FLAC:
                return FlacFile(path, rate=rate)
            case FileFormat.WAV:
                return WavFile(path, rate=rate, frames=frames)
    except ImportError as error:
        raise SoundError(_("{kind} cannot be written on this computer. WAV can.").format(kind=kind.name)) from error


def describe(kind: FileFormat, path: Path, about: Tags) -> None:
    """Write title, chapters and cover into a finished file; a WAV carries none. Raises OSError."""
    if kind is FileFormat.WAV:
        return
    from mutagen import MutagenError

    try:
        if kind is FileFormat.MP3:
            _describe_mp3(path, about)
        else:
            _describe_flac(path, about)
    except MutagenError as error:  # it carries what the system said, and is no OSError itself
        said = error.args[0] if error.args else None
        raise said if isinstance(said, OSError) else OSError(errno.EIO, os.strerror(errno.EIO)) from error


def _describe_mp3(path: Path, about: Tags) -> None:
    """ID3v2.3 with the chapter frames of the addendum of 2005, which is what phones' players read."""
    from mutagen.id3 import APIC, CHAP, CTOC, ID3, TALB, TCON, TIT2, TLAN, CTOCFlags, PictureType

    tags = ID3()
    tags.add(TIT2(encoding=3, text=[one_line(about.title)]))
    tags.add(TALB(encoding=3, text=["Pumping Guide"]))
    tags.add(TCON(encoding=3, text=["Speech"]))
    tags.add(TLAN(encoding=0, text=[about.language]))
    if about.cover:
        tags.add(APIC(encoding=0, mime="image/png", type=PictureType.COVER_FRONT, desc="", data=about.cover))
    for number, chapter in enumerate(about.chapters, 1):
        tags.add(
            CHAP(
                element_id=f"step{number}",
                start_time=_milliseconds(chapter.begins),
                end_time=_milliseconds(chapter.ends),
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=[TIT2(encoding=3, text=[one_line(chapter.title)])],
            )
        )
    for name, inside in contents(len(about.chapters)).items():
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED if name == TOP else CTOCFlags.ORDERED
        title = [TIT2(encoding=3, text=[one_line(about.title)])]
        tags.add(CTOC(element_id=name, flags=flags, child_element_ids=inside, sub_frames=title))
    tags.save(path, v2_version=3)


def contents(chapters: int) -> dict[str, list[str]]:
    """Tables of contents by name: one holds 255 entries at most (addendum, 3.2), so a long routine has some within.

    >>> [(name, len(inside)) for name, inside in contents(3).items()]
    [('toc', 3)]
    >>> [(name, len(inside)) for name, inside in contents(300).items()]
    [('toc', 2), ('part1', 255), ('part2', 45)]
    """
    tables: dict[str, list[str]] = {}
    names, level = [f"step{number}" for number in range(1, chapters + 1)], 0
    while len(names) > MOST_ENTRIES:
        parts = {
            f"part{at // MOST_ENTRIES + 1}" + "x" * level: names[at : at + MOST_ENTRIES]
            for at in range(0, len(names), MOST_ENTRIES)
        }
        tables, names, level = {**parts, **tables}, list(parts), level + 1
    return {TOP: names, **tables}


def _describe_flac(path: Path, about: Tags) -> None:
    """Chapters as Vorbis comments (CHAPTER001 and CHAPTER001NAME), as Xiph's wiki has them."""
    from mutagen.flac import FLAC, Picture
    from mutagen.id3 import PictureType

    file = FLAC(path)
    file["title"] = one_line(about.title)
    file["album"] = "Pumping Guide"
    file["language"] = about.language
    for number, chapter in enumerate(about.chapters, 1):
        file[f"CHAPTER{number:03}"] = _clock(chapter.begins)
        file[f"CHAPTER{number:03}NAME"] = one_line(chapter.title)
    if about.cover:
        picture = Picture()
        picture.type, picture.mime, picture.data = PictureType.COVER_FRONT, "image/png", about.cover
        file.add_picture(picture)
    file.save()


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)


def _clock(at: timedelta) -> str:
    """As Xiph writes times.

    >>> _clock(timedelta(minutes=75, milliseconds=250))
    '01:15:00.250'
    """
    seconds, milliseconds = divmod(_milliseconds(at), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"
