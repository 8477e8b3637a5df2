"""A clip: a finished audio file of known length; also made from a person's own sound files."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from guide.core.soundfile import HEAD, kind_of
from guide.language import _
from guide.sound import pcm
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf
from guide.standing import is_file

LONG = timedelta(minutes=1)  # no chime is longer
DECODED_RATE = 44_100
ASSUMED = timedelta(seconds=10)  # the length of a file whose headers do not tell: longer than a chime ever is
LARGEST = 64 * 1024 * 1024  # a larger WAV of a person's own is played as it is, at its own loudness
_LIMIT = 300 * 1024 * 1024  # bytes of copies kept
_VERSION = "own-2"


@dataclass(frozen=True, slots=True)
class Clip:
    path: Path
    length: timedelta


def measure(path: Path) -> timedelta:
    """Tell how long an audio file lasts, from its headers alone.

    A file that does not tell counts as `ASSUMED`. Raises OSError.
    """
    with path.open("rb") as file:
        try:
            length = _wav(file) if kind_of(file.read(HEAD)) == ".wav" else _by_mutagen(path)
        except SoundError:
            length = None
    return length if length is not None and timedelta() < length < timedelta(hours=6) else ASSUMED


def _wav(file: BinaryIO) -> timedelta:
    return pcm.wav_format(file).length


def _by_mutagen(path: Path) -> timedelta | None:
    """MP3, FLAC and OGG (Vorbis, Opus); None for what is none of them or damaged."""
    import mutagen  # only where she has such a sound

    try:
        found = mutagen.File(path)
        return timedelta(seconds=found.info.length) if found is not None else None
    except (mutagen.MutagenError, ValueError, OverflowError, ArithmeticError, IndexError, struct.error):
        return None


def own_clip(path: Path, shelf: Shelf, *, within: Path, volume: float) -> Clip:
    """Make a clip of a `sound:` of a person's own, which lies `within` her routine's folder (routine-format).

    Its first bytes say what it is, its name may say anything. It becomes a 16-bit WAV with the volume in it; only a
    long sound plays as it is, at its own loudness. Raises SoundError with a sentence that names the file.
    """
    try:
        real = _inside(path, within)
        found = real.stat()
        with real.open("rb") as file:
            kind = kind_of(file.read(HEAD))
        length = measure(real)
        as_it_is = kind == real.suffix.lower() and pcm.gain(volume) > 0
        if as_it_is and (length > LONG or found.st_size > LARGEST):
            return Clip(real, length)
        name = f"{_VERSION}|{real}|{found.st_mtime_ns}|{found.st_size}|{volume:.3f}"
        key = hashlib.sha256(name.encode(errors="replace")).hexdigest()[:24]
        kept = shelf.find(key)
        if kept is None:
            data = _at_volume(real, kind, volume)
            if data is None and as_it_is:  # Opus for one: what plays it may know more than what decodes it
                return Clip(real, length)
            kept = shelf.keep(key, data or _refused())
            shelf.tidy(limit=_LIMIT, using=[kept])
        return Clip(kept, measure(kept))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise SoundError(_("The sound {name} cannot be read.").format(name=path.name)) from error
    except SoundError as error:
        sentence = _("The sound {name} cannot be used: {reason}")
        raise SoundError(sentence.format(name=path.name, reason=error)) from error


def _refused() -> bytes:
    raise SoundError(_("it is damaged, or of a kind that cannot be played here."))


def _at_volume(path: Path, kind: str | None, volume: float) -> bytes | None:
    """The sound as a WAV file; None where it cannot be decoded."""
    if kind is None:
        raise SoundError(_("it is no sound."))
    if pcm.gain(volume) == 0:
        return pcm.wav_bytes([0.0] * (pcm.RATE // 10))
    if kind == ".wav":
        return pcm.at_volume(path.read_bytes(), volume)
    try:
        import miniaudio  # only where she has such a sound

        sound = miniaudio.decode_file(str(path), nchannels=1, sample_rate=DECODED_RATE)
    except Exception:  # noqa: BLE001  miniaudio raises its own kinds, and where it is not there ImportError
        return None
    if not sound.samples:
        return None
    return pcm.at_volume(pcm.wav_bytes(sound.samples, rate=DECODED_RATE), volume)


def _inside(path: Path, within: Path) -> Path:
    real = path.resolve(strict=True)  # follows links, so that none leads out
    if not real.is_relative_to(within.resolve()) or not is_file(real):
        raise SoundError(_("it is not inside the routine’s own folder."))
    return real
