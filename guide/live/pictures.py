"""Pictures of hers, read from files that may hold anything: photos turned upright, moving ones frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from guide.language import _
from guide.live.allowance import within_share
from guide.live.frames import LARGEST, PANEL, Frame, PictureError
from guide.standing import is_file

MOST_BYTES: Final = 200 * 2**20
MOST_PIXELS: Final = 120_000_000  # the largest cameras have 100 million
MEGABYTES: Final = 600  # that one picture may take while it is read
PHOTOS: Final = frozenset(
    {"jpeg", "jpg", "png", "webp", "gif", "bmp", "tiff", "tif"}
)  # none that refers to other files
VIDEOS: Final = frozenset({".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi"})
SHORTEST: Final = timedelta(milliseconds=40)  # of a frame: some GIFs ask for none at all


def is_video(path: Path) -> bool:
    return path.suffix.casefold() in VIDEOS


def read_frames(path: Path, room: QSize = LARGEST) -> Iterator[Frame]:
    """
    Yield the frames of a photo (one), a GIF or WebP that moves, or a video, endlessly where it moves.

    A video's are as large as they are shown in `room`, others no larger than `LARGEST`. What moves does so within its
    share of the processor. Raises PictureError with a sentence that names the file.
    """
    _refuse_odd(path)
    if is_video(path):
        from guide.live.video import video_frames  # only for whoever has one

        return within_share(video_frames(path, room))
    return within_share(_image_frames(path))


def check(path: Path) -> None:
    """Open a picture as it will be opened when it is shown: raises PictureError."""
    next(read_frames(path, PANEL))


def thumbnail(path: Path, side: int) -> QImage:
    """A small square of the first frame, of an upright one's upper part, where faces are; raises PictureError."""
    image = next(read_frames(path)).image
    small = image.scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return small.copy((small.width() - side) // 2, 0, side, side)


def _refuse_odd(path: Path) -> None:
    try:
        there = path.stat()
    except (OSError, ValueError) as error:
        raise PictureError(_("{name} is not there now.").format(name=path.name)) from error
    if not is_file(path):
        raise PictureError(_("{name} is not a file that can be shown. Please choose another.").format(name=path.name))
    if there.st_size > MOST_BYTES and not is_video(path):
        raise PictureError(_("{name} is too large to be shown. A smaller copy will do.").format(name=path.name))


def _reader(path: Path) -> QImageReader:
    QImageReader.setAllocationLimit(MEGABYTES)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    found = bytes(reader.format().data()).decode()
    if found not in PHOTOS:
        raise PictureError(
            _("{name} is not a photo, or not of a kind that can be shown. A copy saved as JPEG will do.").format(
                name=path.name
            )
        )
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise PictureError(_("{name} is too large to be shown. A smaller copy will do.").format(name=path.name))
    if size.isValid() and (size.width() > LARGEST.width() and size.height() > LARGEST.height()):
        reader.setScaledSize(size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader


def _image_frames(path: Path) -> Iterator[Frame]:
    reader = _reader(path)
    image = reader.read()
    if image.isNull():
        raise PictureError(_("{name} is damaged and cannot be shown. Please choose another.").format(name=path.name))
    moves = reader.supportsAnimation() and reader.imageCount() != 1
    return _moving(path, image, _stays(reader)) if moves else iter((Frame(image),))


def _moving(path: Path, image: QImage, stays: timedelta) -> Iterator[Frame]:
    """Over and over; a file that ends early is begun again from what there is."""
    reader = _reader(path)
    yield Frame(image, stays)
    reader.read()
    while True:
        image = reader.read()
        if image.isNull():
            reader = _reader(path)
            image = reader.read()
            if image.isNull():
                return
        yield Frame(image, _stays(reader))


def _stays(reader: QImageReader) -> timedelta:
    return max(timedelta(milliseconds=reader.nextImageDelay()), SHORTEST)
