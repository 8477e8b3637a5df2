"""Frames of a video without its sound, decoded by PyAV where that is installed, within its share of the processor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QImage

from guide.calling import how_to_bring, is_bundled
from guide.language import _
from guide.live.frames import LARGEST, Frame, PictureError

DECODER: Final = "av"  # as pip and import name it
MOST_FRAMES: Final = 12  # a second: enough for a face that smiles
LONGEST: Final = 10.0  # seconds that a frame stays
ALONE: Final = 2.0  # seconds between key frames at the least, where only those are decoded
SHARE: Final = 0.06  # of a processor's core that decoding may take
SOON: Final = 8  # frames after which the cost is looked at


def can_play() -> bool:
    return find_spec(DECODER) is not None


def how_to_install() -> str:
    """A bundle has what its system has a wheel for, and nothing can be added to it."""
    if is_bundled():
        return _("Videos cannot be shown here. Photos, GIF and WebP can.")
    return _("Videos need one more package: {command}").format(command=how_to_bring(DECODER))


def video_frames(path: Path, cost: Callable[[], float] = time.thread_time) -> Iterator[Frame]:
    """
    Yield the frames over and over, at most `MOST_FRAMES` a second, no larger than `LARGEST`.

    Where decoding takes more than its share of the processor, only frames that stand alone are decoded from then on.
    Raises PictureError. `cost` tells the processor's seconds of this thread.
    """
    if not can_play():
        raise PictureError(how_to_install())
    return _frames(path, cost)


def _frames(path: Path, cost: Callable[[], float]) -> Iterator[Frame]:
    import av

    alone = False
    while True:
        shown = 0
        try:
            with av.open(str(path), options={"protocol_whitelist": "file"}) as held:
                stream = next(iter(held.streams.video), None)
                if stream is None:
                    raise PictureError(_("There are no pictures in {name}.").format(name=path.name))
                stream.thread_type = "NONE"
                before, last = cost(), 0.0
                image: QImage | None = None
                frames = (
                    frame
                    for packet in held.demux(stream)
                    if not alone or image is None or _worth(packet, last)
                    for frame in packet.decode()
                )
                for frame in frames:
                    at = float(frame.time or 0.0)
                    if image is not None and at - last < 1 / MOST_FRAMES:
                        continue
                    if image is not None:
                        yield _until(image, at - last)
                    last, image = at, _image(frame)
                    shown += 1
                    if not alone and shown >= SOON and cost() - before > SHARE * max(at, shown / MOST_FRAMES):
                        alone = True
                if image is not None:  # to the end: a clip of one key frame is not read again and again
                    yield _until(image, (held.duration or 0) / av.time_base - last)
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise PictureError(_("{name} cannot be played as a video.").format(name=path.name)) from error
        if not shown:
            raise PictureError(_("{name} cannot be played as a video.").format(name=path.name))


def _worth(packet: Any, last: float) -> bool:
    """Whether it stands alone, some time after the last one shown; or ends the clip, and has no time."""
    return packet.pts is None or (packet.is_keyframe and float(packet.pts * packet.time_base) >= last + ALONE)


def _until(image: QImage, seconds: float) -> Frame:
    return Frame(image, timedelta(seconds=min(max(seconds, 1 / MOST_FRAMES), LONGEST)))


def _image(frame: Any) -> QImage:
    """The frame no larger than the panel needs, its pixels copied."""
    share = max(LARGEST.width() / frame.width, LARGEST.height() / frame.height)
    share = min(share, 1.0)
    width, height = max(2, round(frame.width * share)), max(2, round(frame.height * share))
    plane = frame.reformat(width=width, height=height, format="rgb24").planes[0]
    image = QImage(bytes(plane), width, height, plane.line_size, QImage.Format.Format_RGB888)
    return image.copy()
