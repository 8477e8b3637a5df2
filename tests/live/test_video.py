"""Which frames of a video are shown, for how long and what of it is decoded; the decoder is a stand-in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self, cast

import pytest
from PySide6.QtCore import QSize

from guide.live import pictures, video
from guide.live.frames import PANEL, PictureError
from tables import each_row

ROOM = QSize(40, 40)
UNSHOWN = "a.mp4 is damaged, or not a video that can be shown. A copy saved as MP4 will do."
BIG = "a.mp4 is too large to be shown. A smaller copy will do."


class BrokenError(Exception):
    """What the decoder raises."""


@dataclass
class Packet:
    """Frames by their seconds, and when it is shown, in thousandths."""

    frames: tuple[float | None, ...] = ()
    pts: int | None = 0
    is_keyframe: bool = False
    time_base: Fraction = Fraction(1, 1000)

    def decode(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(time=time) for time in self.frames]


@dataclass
class Held:
    """An open file, and in place of the module that opens it: remembers how it was asked."""

    packets: list[Packet | Exception] = field(default_factory=list)
    duration: int | None = 1_000_000
    size: tuple[int, int] = (64, 48)
    streams: Any = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    time_base: int = 1_000_000
    error: Any = field(default_factory=lambda: SimpleNamespace(FFmpegError=BrokenError))

    def __post_init__(self) -> None:
        self.stream = SimpleNamespace(width=self.size[0], height=self.size[1], codec_context=SimpleNamespace())
        self.streams = SimpleNamespace(video=[self.stream])

    def open(self, path: str, options: dict[str, str]) -> Held:
        self.asked.append((path, options))
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def demux(self, stream: object) -> Iterator[Packet]:
        assert stream is self.stream
        for packet in self.packets:
            if isinstance(packet, Exception):
                raise packet
            yield packet


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    opened = Held()
    monkeypatch.setitem(sys.modules, "av", opened)
    monkeypatch.setattr(video, "_image", lambda frame, room: (frame.time, room))
    return opened


def film(cost: Any = lambda: 0.0) -> video._Film:
    return video._Film(Path("hers", "a.mp4"), ROOM, cost)


def shown(of: video._Film) -> list[tuple[Any, float]]:
    """The seconds of the frames shown, and for how many each stays."""
    found: list[tuple[Any, float]] = []
    for image, stays in of.once():
        time, room = cast("tuple[Any, QSize]", image)
        assert room is ROOM
        found.append((time, round(stays.total_seconds(), 4)))
    return found


@pytest.mark.parametrize(
    ("times", "duration", "expected"),
    [
        ([7.0], 1_000_000, [(7.0, 1.0)]),
        ([7.0], 30_000_000, [(7.0, 10.0)]),
        ([7.0], None, [(7.0, 0.1)]),
        ([0.0, 0.0949, 0.095, 0.5], 2_000_000, [(0.0, 0.1), (0.095, 0.405), (0.5, 1.5)]),
        ([None, 0.4], 1_000_000, [(None, 0.4), (0.4, 0.6)]),
        ([4.0, 4.05, 4.25, 18.0], 15_000_000, [(4.0, 0.25), (4.25, 10.0), (18.0, 1.0)]),
    ],
)
def test_of_the_frames_ten_a_second_are_shown_each_until_the_next_and_the_last_to_the_end(
    held: Held, times: list[float | None], duration: int | None, expected: list[tuple[float | None, float]]
) -> None:
    held.packets = [Packet((time,)) for time in times]
    held.duration = duration
    assert shown(film()) == expected
    assert held.asked == [(str(Path("hers", "a.mp4")), {"protocol_whitelist": "file"})]
    assert (held.stream.thread_type, held.stream.codec_context.skip_frame) == ("NONE", "NONREF")


@pytest.mark.parametrize("error", [BrokenError(), OSError(), ValueError()])
def test_a_video_that_breaks_off_is_shown_up_to_there_and_refused_where_nothing_was_to_be_seen(
    held: Held, error: Exception
) -> None:
    held.packets = [Packet((0.0,)), error]
    assert shown(film()) == [(0.0, 1.0)]
    nothing: list[list[Packet | Exception]] = [[error], [Packet(), error], [Packet()], []]
    for packets in nothing:
        held.packets = packets
        with pytest.raises(PictureError) as refused:
            shown(film())
        assert str(refused.value) == UNSHOWN


def test_a_file_without_pictures_is_refused_with_its_name(held: Held) -> None:
    held.streams.video.clear()
    with pytest.raises(PictureError, match=r"^There are no pictures in a\.mp4\. Please choose another\.$"):
        shown(film())


@pytest.mark.parametrize(("size", "large"), [((8000, 8000), False), ((8001, 8000), True), ((64_000_001, 1), True)])
def test_a_video_of_too_many_pixels_is_refused_before_it_is_decoded(
    held: Held, size: tuple[int, int], large: bool
) -> None:
    held.stream.width, held.stream.height = size
    held.packets = [Packet((0.0,))]
    if large:
        with pytest.raises(PictureError) as refused:
            shown(film())
        assert str(refused.value) == BIG
    else:
        assert len(shown(film())) == 1


@pytest.mark.parametrize(("before", "seen"), [(600, True), (601, False)])
def test_a_file_that_shows_nothing_for_six_hundred_packets_is_given_up(held: Held, before: int, seen: bool) -> None:
    held.packets = [*[Packet()] * before, Packet((1.0,)), *[Packet()] * 2, Packet((2.0,))]
    if seen:
        assert [time for time, _ in shown(film())] == [1.0, 2.0]
    else:
        with pytest.raises(PictureError):
            shown(film())


@each_row(
    ("spent", "at", "length", "dear"),
    [
        (0.045, 1, 1000, False),  # as much as its share
        (0.09, 1, 120, False),
        (0.09, 1, 120.1, True),
        (0.09, 1, 0, True),  # nobody knows how long it is
        (0.09, 0.5, 100, True),
        (0.09, 0.49, 100, False),
        (0.045, 0.5, 0.4, False),
        (0.9, 10, 120, False),
        (0.9, 10, 121, True),
    ],
)
def test_a_video_is_dear_where_all_of_it_would_take_more_than_its_share_for_four_minutes(
    spent: float, at: float, length: float, dear: bool
) -> None:
    one = film()
    one._spent = spent
    assert one._is_dear(at, length) is dear


def test_what_the_window_does_between_two_frames_is_no_cost_of_the_video(held: Held) -> None:
    class Clock:
        now = 0.0

    def decoded(self: Packet) -> list[SimpleNamespace]:
        Clock.now += 0.25
        return [SimpleNamespace(time=time) for time in self.frames]

    held.packets = [Packet((number / 5,)) for number in range(4)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Packet, "decode", decoded)
        one = film(lambda: Clock.now)
        for _ in range(2):
            for _frame in one.once():
                Clock.now += 100
            assert one._spent == 1


KEYS = [
    Packet((5.0,), 5000, is_keyframe=True),
    Packet((6.0,), 6000),
    Packet((6.999,), 6999, is_keyframe=True),
    Packet((7.0,), 7000, is_keyframe=True),
    Packet((9.5,), 9500),
    Packet((9.6,), None),
]


def test_of_a_dear_video_only_key_frames_two_seconds_apart_are_decoded_and_what_has_no_time(held: Held) -> None:
    held.packets = list(KEYS)
    held.duration = 5_000_000
    one = film()
    assert [time for time, _ in shown(one)] == [5.0, 6.0, 6.999, 9.5, 9.6]
    one._alone = True
    for _ in range(2):
        assert shown(one) == [(5.0, 2.0), (7.0, 2.6), (9.6, 0.4)]


def test_a_video_found_to_be_dear_stays_so(held: Held) -> None:
    held.packets = list(KEYS)
    held.duration = None
    ticks = iter(range(100))
    one = film(lambda: float(next(ticks)))
    assert [time for time, _ in shown(one)] == [5.0, 6.0, 9.6]
    one._cost = lambda: 0.0
    assert [time for time, _ in shown(one)] == [5.0, 7.0, 9.6]


class Plane(bytes):
    """The pixels of a frame, one under another, each line longer than it need be."""

    line_size = 8


@each_row(
    ("rotation", "asked", "reds"),
    [
        (0, (1, 2), [[10], [20]]),
        (180, (1, 2), [[20], [10]]),
        (360, (1, 2), [[10], [20]]),
        (90, (1, 2), [[10, 20]]),
        (-90, (1, 2), [[20, 10]]),
        (270, (1, 2), [[20, 10]]),
    ],
)
def test_a_frame_is_asked_for_as_large_as_it_is_shown_and_turned_upright(
    rotation: int, asked: tuple[int, int], reds: list[list[int]]
) -> None:
    how: list[dict[str, object]] = []

    def reformat(**wanted: object) -> SimpleNamespace:
        how.append(wanted)
        return SimpleNamespace(planes=[Plane(bytes((0, 0, 10, 255, *[0] * 4, 0, 0, 20, 255, *[0] * 4)))])

    frame = SimpleNamespace(rotation=rotation, width=20, height=40, reformat=reformat)
    image = video._image(frame, QSize(2, 2) if rotation % 180 == 0 else QSize(2, 1))
    assert how == [{"width": asked[0], "height": asked[1], "format": "bgra", "interpolation": "BILINEAR"}]
    found = [[image.pixelColor(x, y).red() for x in range(image.width())] for y in range(image.height())]
    assert found == reds


@pytest.mark.parametrize(
    ("bundled", "sentence"),
    [
        (True, "Videos cannot be shown here. Photos, GIF and WebP can."),
        (False, "Videos need one more package: bring av"),
    ],
)
def test_where_videos_cannot_be_shown_it_is_said_what_brings_them(
    monkeypatch: pytest.MonkeyPatch, bundled: bool, sentence: str
) -> None:
    monkeypatch.setattr(video, "is_bundled", lambda: bundled)
    monkeypatch.setattr(video, "how_to_bring", lambda package: f"bring {package}")
    assert video.how_to_install() == sentence


def test_a_video_is_opened_once_as_large_as_its_panel_to_see_whether_it_can_be_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms: list[QSize] = []

    def frames(_path: Path, room: QSize) -> Iterator[SimpleNamespace]:
        rooms.append(room)
        return iter([SimpleNamespace(stays=None)])

    (tmp_path / "a.mp4").touch()
    monkeypatch.setattr(video, "video_frames", frames)
    pictures.check(tmp_path / "a.mp4")
    assert rooms == [PANEL]


@each_row(("seconds", "stays"), [(-1, 0.1), (0.1, 0.1), (0.2, 0.2), (10, 10), (11, 10)])
def test_a_frame_stays_a_tenth_of_a_second_at_least_and_ten_at_most(seconds: float, stays: float) -> None:
    assert video._stay(seconds) == timedelta(seconds=stays)
