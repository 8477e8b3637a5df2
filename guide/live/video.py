"""
Frames of a video without its sound, decoded by PyAV where that is installed.

A phone's video takes a third of a core where it is decoded as it is shown. So it is decoded once, as slowly as its
share of the processor asks, and kept small in memory (`reel`): the first time through it moves slowly, and then as it
was taken.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTransform

from guide.calling import how_to_bring, is_bundled
from guide.language import _
from guide.live.allowance import SHARE, Cost
from guide.live.frames import LARGEST, Frame, PictureError, place_in
from guide.live.reel import Reel

DECODER: Final = "av"  # as pip and import name it
MOST_FRAMES: Final = 10  # a second: enough for a face that smiles
LONGEST: Final = 10.0  # seconds that a frame stays
ALONE: Final = 2.0  # seconds between key frames at the least, where only those are decoded
SOON: Final = 0.5  # seconds of a clip after which its cost is looked at
PATIENCE: Final = 240.0  # seconds that the first time through may take
MOST_PIXELS: Final = 64_000_000  # of a frame: 8K has half
MOST_PACKETS: Final = 600  # that are read before there is a picture


def can_play() -> bool:
    return find_spec(DECODER) is not None


def how_to_install() -> str:
    """A bundle has what its system has a wheel for, and nothing can be added to it."""
    if is_bundled():
        return _("Videos cannot be shown here. Photos, GIF and WebP can.")
    return _("Videos need one more package: {command}").format(command=how_to_bring(DECODER))


def video_frames(path: Path, room: QSize = LARGEST, cost: Cost = time.thread_time) -> Iterator[Frame]:
    """
    Yield the frames over and over, at most `MOST_FRAMES` a second, as large as they are shown in `room`.

    Raises PictureError. `cost` tells the processor's seconds of this thread.
    """
    if not can_play():
        raise PictureError(how_to_install())
    return _frames(_Film(path, room, cost))


def _frames(film: _Film) -> Iterator[Frame]:
    reel = Reel()
    for image, stays in film.once():
        reel.keep(image, stays)
        yield Frame(image, stays)
    while True:
        yield from (Frame(image, stays) for image, stays in film.once()) if reel.empty else reel.once()


class _Film:
    """
    A file, decoded from its beginning as often as asked.

    Frames that no other refers to are left out. Where the first time through would still take longer than anybody
    waits, only key frames are decoded from then on: packets between them are thrown away, as VP9 knows no skipping.
    """

    def __init__(self, path: Path, room: QSize, cost: Cost) -> None:
        self._path, self._room, self._cost = path, room, cost
        self._alone = False
        self._spent = 0.0

    def once(self) -> Iterator[tuple[QImage, timedelta]]:
        import av

        image: QImage | None = None
        last, self._spent = 0.0, 0.0
        try:
            with av.open(str(self._path), options={"protocol_whitelist": "file"}) as held:
                length = (held.duration or 0) / av.time_base
                before = self._cost()
                for at, frame in self._decoded(held):
                    if image is not None and at - last < 0.95 / MOST_FRAMES:  # a third of thirty is never exactly ten
                        continue
                    following = _image(frame, self._room)
                    self._spent += self._cost() - before
                    self._alone = self._alone or self._is_dear(at, length)
                    if image is not None:
                        yield image, _stay(at - last)
                    before = self._cost()
                    last, image = at, following
        except (av.error.FFmpegError, OSError, ValueError) as error:
            if image is None:
                raise PictureError(self._refusal()) from error
        if image is None:
            raise PictureError(self._refusal())
        yield image, _stay(length - last)  # to the end: a clip of one key frame is not read again and again

    def _decoded(self, held: Any) -> Iterator[tuple[float, Any]]:
        """The frames and their seconds since the first."""
        stream = next(iter(held.streams.video), None)
        if stream is None:
            raise PictureError(
                _("There are no pictures in {name}. Please choose another.").format(name=self._path.name)
            )
        if stream.width * stream.height > MOST_PIXELS:
            raise PictureError(
                _("{name} is too large to be shown. A smaller copy will do.").format(name=self._path.name)
            )
        stream.thread_type = "NONE"  # what it costs is counted on this thread
        stream.codec_context.skip_frame = "NONREF"
        first: float | None = None
        at = 0.0
        for number, packet in enumerate(held.demux(stream)):
            if first is None and number > MOST_PACKETS:
                return
            if self._alone and first is not None and not _worth(packet, first + at):
                continue
            for frame in packet.decode():
                now = float(frame.time or 0.0)
                first = now if first is None else first
                at = now - first
                yield at, frame

    def _is_dear(self, at: float, length: float) -> bool:
        """Whether to decode all of it would take more than its share, for longer than anybody waits."""
        if at < SOON:
            return False
        slowness = self._spent / at / SHARE
        return slowness > 1 and not 0 < length * slowness <= PATIENCE

    def _refusal(self) -> str:
        return _("{name} is damaged, or not a video that can be shown. A copy saved as MP4 will do.").format(
            name=self._path.name
        )


def _worth(packet: Any, last: float) -> bool:
    """Whether it stands alone, some time after the last one shown; or ends the clip, and has no time."""
    return packet.pts is None or (packet.is_keyframe and float(packet.pts * packet.time_base) >= last + ALONE)


def _stay(seconds: float) -> timedelta:
    return timedelta(seconds=min(max(seconds, 1 / MOST_FRAMES), LONGEST))


def _image(frame: Any, room: QSize) -> QImage:
    """The frame as large as it is shown, upright, its pixels copied."""
    across = frame.rotation % 180 == 90
    size = QSize(frame.width, frame.height)
    shown = place_in(room, size.transposed() if across else size).size()
    width, height = (shown.transposed() if across else shown).toTuple()
    plane = frame.reformat(width=width, height=height, format="bgra", interpolation="BILINEAR").planes[0]
    image = QImage(plane, width, height, plane.line_size, QImage.Format.Format_RGB32)
    if frame.rotation % 360:
        return image.transformed(QTransform().rotate(-frame.rotation), Qt.TransformationMode.FastTransformation)
    return image.copy()
