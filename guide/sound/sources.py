"""Where the sound beneath comes from: made by ourselves, or files of hers, one after the other without a gap."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guide.language import _
from guide.sound.background import CHANNELS, RATE
from guide.sound.bed import Noise, noise
from guide.sound.pcm import SoundError
from guide.standing import is_file, is_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

ENDINGS: Final = frozenset({".mp3", ".flac", ".ogg", ".wav"})
MOST: Final = 5_000  # files of a folder

Kept = Callable[[str, int], None]


def made(kind: Noise) -> Iterator[Samples]:
    """Two of the noise, one for each ear: wider than one, and as loud."""
    import numpy as np

    for left, right in zip(noise(kind, RATE), noise(kind, RATE), strict=True):
        yield np.stack([left, right], axis=1)


def tracks(place: Path) -> list[Path]:
    """The sound files of a folder and the folders in it, in the order a person reads them; a file is its own list.

    Raises SoundError with a sentence where there are none.
    """
    if is_file(place):
        return [place]
    found = (path for path in _below(place) if path.suffix.casefold() in ENDINGS)
    listed = sorted(itertools.islice(found, MOST), key=lambda path: [part.casefold() for part in path.parts])
    if not listed and not is_folder(place):
        raise SoundError(_("{name} is not there now. Everything else goes on.").format(name=place.name))
    if not listed:
        raise SoundError(
            _("There is no MP3, FLAC, OGG or WAV file in {name}. Everything else goes on.").format(name=place.name)
        )
    return listed


def _below(folder: Path) -> Iterable[Path]:
    try:
        for path in folder.iterdir():
            if path.name.startswith("."):
                continue
            if is_folder(path) and not path.is_symlink():
                yield from _below(path)
            elif is_file(path):
                yield path
    except (OSError, ValueError):  # ValueError: a NUL in its name
        return


def of_files(
    place: Path,
    *,
    shuffled: bool = False,
    begin_at: tuple[str, int] | None = None,
    keep: Kept = lambda _name, _frame: None,
    dice: random.Random | None = None,
    rate: int = RATE,
    channels: int = CHANNELS,
) -> Iterator[Samples]:
    """
    Play the files of a place over and over, gapless; one that is no sound is passed over.

    `begin_at` is a file's name and the frame to begin with, as `keep` was told now and then. Raises SoundError where
    nothing at all can be played.
    """
    listed = tracks(place)
    if shuffled:
        (dice or random.Random()).shuffle(listed)  # noqa: S311  an order of songs
    name, frame = begin_at or ("", 0)
    first = next((at for at, path in enumerate(listed) if path.name == name), None)
    if first is None:
        first, frame = 0, 0
    for turn in itertools.count():
        played = 0
        for path in itertools.islice(listed, first if turn == 0 else 0, None):
            for at, block in _decoded(path, frame, rate, channels):
                played += len(block)
                keep(path.name, at)
                yield block
            frame = 0
        if not played and (turn or not first):
            raise SoundError(_("None of the files in {name} can be played here.").format(name=place.name))


def _decoded(path: Path, frame: int, rate: int, channels: int) -> Iterator[tuple[int, Samples]]:
    """Blocks of a file with the frame each begins at; nothing for a file that cannot be read."""
    import miniaudio
    import numpy as np

    try:
        stream = miniaudio.stream_file(
            str(path),
            output_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=channels,
            sample_rate=rate,
            frames_to_read=rate // 5,
            seek_frame=frame,
        )
        for block in stream:
            samples = np.frombuffer(block, dtype=np.float32).reshape(-1, channels)
            yield frame, samples
            frame += len(samples)
    except (miniaudio.MiniaudioError, OSError, ValueError):
        return
