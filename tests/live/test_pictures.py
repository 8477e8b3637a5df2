"""Photos and videos of hers, and files that only look like them."""

from __future__ import annotations

import itertools
import os
import struct
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from films import film, turn
from guide.live import pictures, reel, video
from guide.live.allowance import SHARE, within_share
from guide.live.frames import LARGEST, Frame, PictureError, place_in
from guide.live.pictures import SHORTEST, check, is_video, read_frames, thumbnail
from tables import each_row

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
    image = next(read_frames(picture(tmp_path / "big.jpg", 3_000, 2_000))).image
    assert image.width() >= LARGEST.width()
    assert image.width() < 1_200


@pytest.mark.parametrize(("frames", "delay"), [(2, 10), (5, 3), (3, 0)])
def test_a_gif_moves_over_and_over_and_never_faster_than_can_be_shown(tmp_path: Path, frames: int, delay: int) -> None:
    seen = list(islice(read_frames(gif(tmp_path / "a.gif", frames, delay)), 3 * frames + 1))
    assert [frame.image.size() for frame in seen] == [QSize(1, 1)] * (3 * frames + 1)
    assert all(frame.stays is not None and frame.stays >= SHORTEST for frame in seen)


def test_a_gif_of_one_frame_stays(tmp_path: Path) -> None:
    (frame,) = read_frames(gif(tmp_path / "a.gif", 1, 10))
    assert frame.stays is None


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'


def bmp(side: int) -> bytes:
    """The head of a picture that is as large as it says."""
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, side, side, 1, 24, *[0] * 6)


NO_PHOTO = "{} is not a photo, or not of a kind that can be shown. A copy saved as JPEG will do."
TOO_LARGE = "{} is too large to be shown. A smaller copy will do."
DAMAGED = "{} is damaged and cannot be shown. Please choose another."


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("svg.png", SVG, NO_PHOTO),
        ("plain.svg", SVG, NO_PHOTO),
        ("empty.jpg", b"", NO_PHOTO),
        ("noise.png", bytes(range(256)) * 20, NO_PHOTO),
        ("large.bmp", bmp(16_384), TOO_LARGE),
        ("larger than Qt counts.bmp", bmp(60_000), DAMAGED),
        ("words.jpg", b"not a photo", NO_PHOTO),
        ("cut.gif", b"GIF89a", DAMAGED),
    ],
)
def test_what_is_no_photo_is_refused_with_its_name(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PictureError) as refused:
        next(read_frames(tmp_path / name))
    assert str(refused.value) == sentence.format(name)


def test_a_photo_cut_in_half_is_shown_or_refused_and_nothing_worse(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", 300, 300)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(PictureError):
        next(read_frames(path))


def test_a_file_that_is_gone_and_a_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"^gone\.png is not there now\.$"):
        next(read_frames(tmp_path / "gone.png"))
    (tmp_path / "folder").mkdir()
    with pytest.raises(PictureError, match=r"^folder is not a file that can be shown\. Please choose another\.$"):
        next(read_frames(tmp_path / "folder"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_a_fifo_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(PictureError, match="not a file"):
        next(read_frames(tmp_path / "pipe.png"))


@pytest.mark.parametrize("size", [(40, 30), (30, 400), (1, 1)])
def test_a_thumbnail_is_a_square(tmp_path: Path, size: tuple[int, int]) -> None:
    assert thumbnail(picture(tmp_path / "a.png", *size), 44).size() == QSize(44, 44)


@each_row(
    ("room", "size", "place"),
    [
        ((500, 300), (1000, 600), (0, 0, 500, 300)),
        ((500, 300), (1000, 570), (-13, 0, 526, 300)),  # what it would lose at the sides is next to nothing
        ((500, 300), (1000, 660), (0, -15, 500, 330)),
        ((500, 300), (1000, 700), (36, 0, 428, 300)),  # an eighth is too much
        ((500, 300), (300, 400), (137, 0, 225, 300)),
        ((500, 300), (4000, 100), (0, 144, 500, 12)),
        ((500, 300), (10_000, 1), (0, 149, 500, 1)),
        ((400, 400), (350, 400), (0, -29, 400, 457)),
        ((400, 400), (349, 400), (25, 0, 349, 400)),
        ((70, 100), (80, 100), (-5, 0, 80, 100)),
        ((500, 300), (1000, 569), (-14, 0, 527, 300)),
    ],
)
def test_a_picture_fills_its_room_where_that_cuts_off_next_to_nothing_and_else_is_seen_whole(
    room: tuple[int, int], size: tuple[int, int], place: tuple[int, int, int, int]
) -> None:
    assert place_in(QSize(*room), QSize(*size)).getRect() == place


def test_a_thumbnail_is_of_the_upper_middle_where_faces_are(tmp_path: Path) -> None:
    def half_red(width: int, height: int, red: QRect) -> Path:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("black"))
        painter = QPainter(image)
        painter.fillRect(red, QColor("red"))
        painter.end()
        assert image.save(str(tmp_path / "a.png"))
        return tmp_path / "a.png"

    upright = thumbnail(half_red(44, 132, QRect(0, 0, 44, 44)), 44)
    lying = thumbnail(half_red(132, 44, QRect(44, 0, 44, 44)), 44)
    for image in (upright, lying):
        assert [image.pixelColor(x, y).red() > 200 for x in (0, 22, 43) for y in (0, 22, 43)] == [True] * 9


def test_a_thumbnail_is_scaled_smoothly(tmp_path: Path) -> None:
    striped = QImage(88, 88, QImage.Format.Format_RGB32)
    for x in range(88):
        for y in range(88):
            striped.setPixelColor(x, y, QColor("white" if x % 2 else "black"))
    assert striped.save(str(tmp_path / "a.png"))
    image = thumbnail(tmp_path / "a.png", 44)
    assert all(100 < image.pixelColor(x, 20).red() < 156 for x in range(1, 43))


@each_row(("name", "moves"), [("a.MP4", True), ("a.webm", True), ("a.gif", False), ("mp4", False)])
def test_a_video_is_known_by_its_ending_in_any_letters(name: str, moves: bool) -> None:
    assert is_video(Path(name)) is moves


def test_a_picture_is_opened_once_to_see_whether_it_can_be_shown(tmp_path: Path) -> None:
    check(picture(tmp_path / "a.png"))
    (tmp_path / "b.png").write_bytes(b"nothing")
    with pytest.raises(PictureError, match=r"b\.png"):
        check(tmp_path / "b.png")


def test_a_file_of_too_many_bytes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "a.bmp")
    monkeypatch.setattr(pictures, "MOST_BYTES", path.stat().st_size)
    assert len(list(read_frames(path))) == 1
    monkeypatch.setattr(pictures, "MOST_BYTES", path.stat().st_size - 1)
    with pytest.raises(PictureError, match=r"^a\.bmp is too large to be shown\. A smaller copy will do\.$"):
        read_frames(path)


@pytest.mark.parametrize(("most", "shown"), [(1200, True), (1199, False)])
def test_a_photo_of_too_many_pixels_is_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, shown: bool
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", most)
    path = picture(tmp_path / "a.png", 40, 30)
    if shown:
        assert len(list(read_frames(path))) == 1
    else:
        with pytest.raises(PictureError, match="too large"):
            read_frames(path)


@pytest.mark.parametrize(
    ("size", "read"),
    [
        ((2056, 1200), (1028, 600)),
        ((1028, 1200), (1028, 1200)),
        ((2056, 600), (2056, 600)),
        ((1200, 300), (1200, 300)),
        ((1030, 2400), (1028, 2395)),
    ],
)
def test_a_photo_larger_than_its_panel_both_ways_is_read_smaller(
    tmp_path: Path, size: tuple[int, int], read: tuple[int, int]
) -> None:
    (frame,) = read_frames(picture(tmp_path / "a.jpg", *size))
    assert abs(frame.image.width() - read[0]) + abs(frame.image.height() - read[1]) <= 1


# a reel of decoded frames


def test_a_reel_gives_the_frames_back_as_they_were_kept_until_it_is_full(tmp_path: Path) -> None:
    image = QImage(picture(tmp_path / "a.png").__fspath__())
    held = reel.Reel()
    assert list(held.once()) == []
    stays = [timedelta(milliseconds=100 * number) for number in (1, 2)]
    for each in stays:
        held.keep(image, each)
    assert not held.empty
    frames = list(held.once())
    assert [frame.stays for frame in frames] == stays
    assert frames[0].image.size() == image.size()
    assert abs(frames[0].image.pixelColor(5, 5).red() - image.pixelColor(5, 5).red()) < 5
    assert len(list(held.once())) == 2
    size = held._frames[0][0].size()
    for most, kept in ((2 * size, 2), (2 * size - 1, 0)):
        full = reel.Reel(most)
        for each in stays:
            full.keep(image, each)
        assert len(list(full.once())) == kept
        for _ in range(2):
            full.keep(image, stays[0])
            assert full.empty, "for good"


ROOM = QSize(256, 150)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds, a key frame each."""
    return film(tmp_path_factory.mktemp("clip") / "a.mp4", frames=90)


def dear(each: float) -> Callable[[], float]:
    """The processor's time of a thread on which every look at it finds so many seconds more."""
    return itertools.count(step=each).__next__


def test_a_video_plays_over_and_over_within_its_frames_a_second(clip: Path) -> None:
    seen = list(islice(read_frames(clip, ROOM), 90))
    assert all(frame.image.size() == QSize(200, 150) for frame in seen), "as large as it is shown, whole"
    assert all(frame.stays and timedelta(milliseconds=99) < frame.stays < timedelta(seconds=1) for frame in seen)
    assert len({frame.image.pixelColor(5, 5).red() for frame in seen}) > 3


def test_a_video_is_decoded_once_and_looks_the_same_ever_after(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = video.video_frames(clip, ROOM)
    first = [next(frames) for _ in range(30)]
    monkeypatch.setattr(video, "_image", None)
    again = [next(frames) for _ in range(30)]
    assert [frame.stays for frame in again] == [frame.stays for frame in first]
    for one, other in zip(first, again, strict=True):
        colours = [image.pixelColor(60, 60).getRgb() for image in (one.image, other.image)]
        assert all(abs(a - b) < 12 for a, b in zip(*colours, strict=True))


def test_a_video_too_large_to_be_kept_is_decoded_again(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "Reel", lambda: reel.Reel(20_000))
    frames = video.video_frames(clip, ROOM)
    first, again = [next(frames) for _ in range(30)], [next(frames) for _ in range(30)]
    assert [frame.stays for frame in again] == [frame.stays for frame in first]
    assert [frame.image.size() for frame in again] == [frame.image.size() for frame in first]


def test_where_decoding_all_would_take_longer_than_anybody_waits_key_frames_are_shown(clip: Path) -> None:
    slow, usual = (video.video_frames(clip, ROOM, cost=dear(each)) for each in (0.4, 0.05))
    assert max(frame.stays for frame in islice(usual, 30) if frame.stays) < timedelta(milliseconds=150)
    longest = max(frame.stays for frame in islice(slow, 12) if frame.stays)
    assert longest >= timedelta(seconds=1)


@each_row("each", [0.0, 0.002, 0.01, 0.08, 0.9])
def test_whatever_a_frame_takes_is_its_share_of_the_time_and_no_more(each: float) -> None:
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    asked = timedelta(milliseconds=100)
    shown = list(within_share(iter([Frame(image, asked)] * 20), cost=dear(each)))
    stays = sum((frame.stays for frame in shown if frame.stays), timedelta()).total_seconds()
    assert 20 * each <= SHARE * stays + 1e-6
    if each <= 0.002:
        assert stays == pytest.approx(2), "what is cheap moves as it was taken"


def test_a_photo_stays_whatever_it_took() -> None:
    (frame,) = within_share(iter([Frame(QImage())]), cost=dear(5))
    assert frame.stays is None


def test_a_video_from_a_phone_held_upright_stands_upright(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mov", (128, 72), 2)
    lying = next(read_frames(path, ROOM)).image
    upright = next(read_frames(turn(path), ROOM)).image
    assert lying.width() > lying.height()
    assert upright.size() == QSize(84, 150), "all of it, in the panel's height"
    left, top = (
        sum(image.pixelColor(*at).red() for at in places)
        for image, places in (
            (lying, [(9, y) for y in range(20, 130, 9)]),
            (upright, [(x, 9) for x in range(11, 75, 5)]),
        )
    )
    assert left / 13 == pytest.approx(top / 13, abs=12), "what was at the left is at the top"


def test_a_video_cut_in_half_shows_what_there_is(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv", frames=40)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    seen = list(islice(read_frames(path, ROOM), 30))
    assert len(seen) == 30


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
