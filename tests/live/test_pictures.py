"""Photos and videos of hers, and files that only look like them."""

from __future__ import annotations

import os
import struct
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from guide.live import video
from guide.live.frames import LARGEST, PictureError
from guide.live.pictures import SHORTEST, read_frames, thumbnail

pytestmark = pytest.mark.usefixtures("qapp")


def picture(path: Path, width: int = 40, height: int = 30, colour: str = "brown") -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def turned_jpeg(path: Path) -> Path:
    """A JPEG of 40 by 30 that says it was taken on its side."""
    picture(path)
    data = path.read_bytes()
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    return path


def gif(path: Path, frames: int, delay: int) -> Path:
    """A GIF of one pixel, written by hand: Qt reads them and writes none."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"!\xf9\x04\0" + struct.pack("<H", delay) + b"\0\0" + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    path.write_bytes(head + b"".join(frame + b"\x02\x02D\x01\0" for _ in range(frames)) + b";")
    return path


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "bmp"])
def test_a_photo_is_one_frame_that_stays(tmp_path: Path, ending: str) -> None:
    (frame,) = read_frames(picture(tmp_path / f"baby.{ending}"))
    assert frame.image.size() == QSize(40, 30)
    assert frame.stays is None


def test_a_photo_is_turned_as_it_was_taken(tmp_path: Path) -> None:
    assert next(read_frames(turned_jpeg(tmp_path / "baby.jpg"))).image.size() == QSize(30, 40)


def test_what_a_file_is_its_first_bytes_tell_and_not_its_name(tmp_path: Path) -> None:
    picture(tmp_path / "a.png").rename(tmp_path / "a.jpg")
    assert next(read_frames(tmp_path / "a.jpg")).image.size() == QSize(40, 30)


def test_a_large_photo_is_scaled_while_it_is_read(tmp_path: Path) -> None:
    image = next(read_frames(picture(tmp_path / "big.jpg", 6_000, 4_000))).image
    assert image.width() >= LARGEST.width()
    assert image.width() < 1_200


@pytest.mark.parametrize(("frames", "delay"), [(2, 10), (5, 3), (3, 0)])
def test_a_gif_moves_over_and_over_and_never_faster_than_can_be_shown(tmp_path: Path, frames: int, delay: int) -> None:
    seen = list(islice(read_frames(gif(tmp_path / "a.gif", frames, delay)), 3 * frames + 1))
    assert len(seen) == 3 * frames + 1
    assert all(frame.stays is not None and frame.stays >= SHORTEST for frame in seen)


def test_a_gif_of_one_frame_stays(tmp_path: Path) -> None:
    (frame,) = read_frames(gif(tmp_path / "a.gif", 1, 10))
    assert frame.stays is None


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
SIZES = struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, *[0] * 6)
HUGE = b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + SIZES


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("svg.png", SVG),
        ("plain.svg", SVG),
        ("empty.jpg", b""),
        ("noise.png", bytes(range(256)) * 20),
        ("huge.bmp", HUGE),
        ("words.jpg", b"not a photo"),
        ("cut.gif", b"GIF89a"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PictureError, match=name.replace(".", r"\.")):
        next(read_frames(tmp_path / name))


def test_a_photo_cut_in_half_is_shown_or_refused_and_nothing_worse(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", 300, 300)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(PictureError):
        next(read_frames(path))


def test_a_file_that_is_gone_and_a_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="not there now"):
        next(read_frames(tmp_path / "gone.png"))
    with pytest.raises(PictureError, match="no file"):
        next(read_frames(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_a_fifo_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(PictureError, match="no file"):
        next(read_frames(tmp_path / "pipe.png"))


@pytest.mark.parametrize("size", [(40, 30), (30, 400), (1, 1)])
def test_a_thumbnail_is_a_square(tmp_path: Path, size: tuple[int, int]) -> None:
    assert thumbnail(picture(tmp_path / "a.png", *size), 44).size() == QSize(44, 44)


def film(path: Path, frames: int = 30, rate: int = 30) -> Path:
    av = pytest.importorskip("av")
    numpy = pytest.importorskip("numpy")
    with av.open(str(path), "w") as held:
        stream = held.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(frames):
            image = numpy.full((48, 64, 3), number * 8 % 256, numpy.uint8)
            held.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        held.mux(stream.encode())
    return path


def test_a_video_plays_over_and_over_within_its_frames_a_second(tmp_path: Path) -> None:
    seen = list(islice(read_frames(film(tmp_path / "a.mp4")), 30))
    assert all(frame.image.size() == QSize(64, 48) for frame in seen)
    assert all(frame.stays and timedelta(milliseconds=40) < frame.stays < timedelta(seconds=1) for frame in seen)
    assert len({frame.image.pixelColor(5, 5).red() for frame in seen}) > 3


def test_a_video_that_costs_too_much_shows_frames_that_stand_alone(tmp_path: Path) -> None:
    film(tmp_path / "a.mp4", 240)
    cost = iter(range(100_000))
    dear = list(islice(video.video_frames(tmp_path / "a.mp4", cost=lambda: float(next(cost))), 24))
    usual = list(islice(video.video_frames(tmp_path / "a.mp4", cost=lambda: 0.0), 24))
    assert max(frame.stays for frame in usual if frame.stays) < timedelta(milliseconds=150)
    assert max(frame.stays for frame in dear if frame.stays) >= timedelta(milliseconds=200)


@pytest.mark.parametrize("data", [b"", b"no video", bytes(range(256)) * 40])
def test_a_video_that_is_none_is_refused_with_its_name(tmp_path: Path, data: bytes) -> None:
    pytest.importorskip("av")
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(PictureError, match=r"a\.mp4"):
        next(read_frames(tmp_path / "a.mp4"))


def test_without_the_extra_a_video_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "can_play", lambda: False)
    (tmp_path / "a.webm").write_bytes(b"x")
    with pytest.raises(PictureError, match=r"-m pip install av$"):
        next(read_frames(tmp_path / "a.webm"))
