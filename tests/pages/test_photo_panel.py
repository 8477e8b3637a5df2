"""The panel of her pictures in a session: how each lies in it, and what of it is painted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from guide.compat import override
from guide.kit.look import Look
from guide.live.frames import PANEL, Frame, PictureError, place_in
from guide.pages.session.mount import Mount
from guide.pages.session.photo import PhotoPanel
from guide.pages.session.projector import Projector
from tables import each_row

Show = Callable[[QWidget], None]
SOON = timedelta(hours=1)  # nothing moves by itself while a test looks
SHAPES = [(1, 1), (40, 30), (30, 40), (1920, 1080), (1080, 1920), (4000, 500), (3, 900), (3000, 2000), (4000, 3000)]


@each_row("shape", SHAPES)
@each_row("room", [PANEL, QSize(260, 150), QSize(1028, 600), QSize(1, 1)])
def test_next_to_nothing_of_a_picture_is_ever_cut_off(shape: tuple[int, int], room: QSize) -> None:
    picture, place = QSize(*shape), place_in(room, QSize(*shape))
    seen = place.intersected(QRect(0, 0, room.width(), room.height()))
    assert seen.width() * seen.height() >= 0.86 * place.width() * place.height()
    assert place.width() >= room.width() or place.height() >= room.height() or place.height() == room.height()
    if min(place.width(), place.height()) > 9:
        assert place.width() / place.height() == pytest.approx(picture.width() / picture.height(), rel=0.1)


def split(width: int, height: int) -> QImage:
    """Red at its top edge and at its bottom edge, blue between."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    for y in range(height // 10):
        for row in (y, height - 1 - y):
            for x in range(width):
                image.setPixelColor(x, row, QColor("red"))
    return image


class Files:
    """What the panel reads, by name; every frame of it is counted."""

    def __init__(self) -> None:
        self.frames: dict[str, list[Frame]] = {}
        self.read: list[str] = []
        self.work: list[Callable[[], None]] = []

    def __call__(self, path: Path, room: QSize) -> Iterator[Frame]:
        self.read.append(path.name)
        if path.name not in self.frames:
            raise PictureError(f"{path.name} is none.")
        return iter(self.frames[path.name])

    def run(self) -> None:
        while self.work:
            self.work.pop(0)()


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def panel(files: Files, look: Look, show: Show) -> PhotoPanel:
    panel = PhotoPanel(look=look, run=files.work.append, read=files)
    panel.resize(PANEL)
    show(panel)
    return panel


def grabbed(panel: PhotoPanel) -> QImage:
    return panel.grab().toImage()


def test_an_upright_photo_keeps_head_and_feet_and_the_panel_stays_full(panel: PhotoPanel, files: Files) -> None:
    files.frames["baby.jpg"] = [Frame(split(60, 80))]
    panel.show_photos((Path("baby.jpg"),))
    files.run()
    image = grabbed(panel)
    middle = image.width() // 2
    assert image.pixelColor(middle, 8).red() > 200
    assert image.pixelColor(middle, image.height() - 8).red() > 200
    assert image.pixelColor(middle, image.height() // 2).blue() > 200
    ground = image.pixelColor(40, image.height() // 2)
    assert ground.blue() > ground.green(), "the ground has the picture's own colours"


def test_a_wide_photo_fills_the_panel(panel: PhotoPanel, files: Files) -> None:
    files.frames["baby.jpg"] = [Frame(split(160, 90))]
    panel.show_photos((Path("baby.jpg"),))
    files.run()
    image = grabbed(panel)
    assert image.pixelColor(2, image.height() // 2).blue() > 200
    assert image.pixelColor(0, 0) != image.pixelColor(image.width() // 2, 2), "its corners are round"


@pytest.mark.parametrize("size", [(225, 300), (514, 300), (514, 289)])
def test_a_frame_that_came_as_large_as_it_is_shown_is_not_scaled_again(
    look: Look, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = split(*size)
    shown = place_in(PANEL, picture.size()).size()
    frame = picture.scaled(shown)
    before = Mount(frame, PANEL, 1.0, look.theme.bg)
    monkeypatch.setattr(QImage, "scaled", None)
    assert Mount(frame, PANEL, 1.0, look.theme.bg, before).place == before.place


def test_of_a_film_only_its_own_place_is_painted_anew(
    panel: PhotoPanel, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.frames["baby.mp4"] = [Frame(split(60, 80), SOON)] * 3
    panel.show_photos((Path("baby.mp4"),))
    files.run()
    grabbed(panel)
    painted: list[QRect] = []
    paint = Mount.paint

    def watched(mount: Mount, painter: QPainter, whole: QRectF, changed: QRect, radius: float) -> None:
        painted.append(changed)
        paint(mount, painter, whole, changed, radius)

    monkeypatch.setattr(Mount, "paint", watched)
    QApplication.processEvents()
    painted.clear()
    panel._ask()
    files.run()
    QApplication.processEvents()
    assert painted
    assert all(rect.width() < 0.6 * panel.width() for rect in painted)


def test_when_its_turn_comes_again_a_film_goes_on_and_a_photo_is_read_anew(panel: PhotoPanel, files: Files) -> None:
    files.frames["baby.mp4"] = [Frame(split(60, 80), SOON)] * 9
    files.frames["baby.jpg"] = [Frame(split(60, 80))]
    panel.show_photos((Path("baby.mp4"), Path("baby.jpg"), Path("none.png")))
    told: list[str] = []
    panel.troubled.connect(told.append)
    files.run()
    for _ in range(5):
        panel._another()
        files.run()
    assert (files.read.count("baby.mp4"), files.read.count("baby.jpg")) == (1, 3)
    assert told == ["none.png is none."]


def test_a_picture_that_cannot_be_read_for_any_reason_is_passed_over_and_told(
    panel: PhotoPanel, files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    panel.troubled.connect(told.append)
    files.frames["odd.jpg"] = cast("list[Frame]", 7)
    files.frames["baby.jpg"] = [Frame(split(60, 80))]
    panel.show_photos((Path("odd.jpg"), Path("baby.jpg")))
    files.run()
    assert told == ["odd.jpg is damaged and cannot be shown. Please choose another."]
    assert panel.has_photo
    assert "TypeError" in caplog.text


def test_a_photo_that_was_fading_in_as_the_panel_went_is_whole_as_it_comes_back(
    panel: PhotoPanel, files: Files, look: Look
) -> None:
    look.choose_still(False)
    photos = [QImage(600, 400, QImage.Format.Format_RGB32) for _ in range(2)]
    for name, photo, colour in zip(("a.jpg", "b.jpg"), photos, ("red", "blue"), strict=True):
        photo.fill(QColor(colour))
        files.frames[name] = [Frame(photo)]
    panel.show_photos((Path("a.jpg"), Path("b.jpg")))
    files.run()
    panel._another()
    files.run()
    panel._fade_on()  # the first of its frames
    middle = panel.rect().center()
    assert grabbed(panel).pixelColor(middle).name() not in {"#ff0000", "#0000ff"}
    panel.hide()
    panel.show()
    assert grabbed(panel).pixelColor(middle).name() == "#0000ff"


@pytest.mark.parametrize(("height", "anew"), [(290, False), (340, False), (120, True), (600, True)])
def test_a_film_is_decoded_anew_where_the_panel_has_quite_another_size(
    panel: PhotoPanel, files: Files, height: int, anew: bool
) -> None:
    files.frames["baby.mp4"] = [Frame(split(60, 80), SOON)] * 9
    panel.show_photos((Path("baby.mp4"),))
    files.run()
    panel.resize(PANEL * (height / 300))
    files.run()
    assert files.read == ["baby.mp4"] * (1 + anew)


def test_a_film_whose_frame_comes_as_another_picture_is_begun_is_not_taken_for_that_one(files: Files) -> None:
    owner = QObject()
    projector = Projector(files.work.append, files, owner)

    class Late:
        """A frame after which the window goes on to another picture: it does so on a thread of its own."""

        image = QImage()

        @property
        def stays(self) -> timedelta:
            if projector.turn == 1:
                projector.begin(Path("baby.jpg"))
            return SOON

    files.frames["baby.mp4"] = [cast("Frame", Late())]
    files.frames["baby.jpg"] = [Frame(split(60, 80))]
    projector.begin(Path("baby.mp4"))
    files.run()
    projector.begin(Path("baby.jpg"))
    files.run()
    assert files.read == ["baby.mp4", "baby.jpg", "baby.jpg"]


def test_another_theme_colours_the_ground_of_the_picture_on_show(panel: PhotoPanel, files: Files, look: Look) -> None:
    """As at dusk, where the system's theme changes by itself; a photo stays for twenty seconds, one alone for good."""
    files.frames["baby.jpg"] = [Frame(split(60, 80))]
    panel.show_photos((Path("baby.jpg"),))
    files.run()
    look.choose_theme("night")
    dark = grabbed(panel).pixelColor(40, panel.height() // 2)
    look.choose_theme("light")
    assert grabbed(panel).pixelColor(40, panel.height() // 2).lightness() > dark.lightness() + 40


def test_a_film_moves_on_once_pictures_may_move(panel: PhotoPanel, files: Files, look: Look) -> None:
    files.frames["clip.mp4"] = [Frame(split(60, 80), SOON), Frame(split(80, 60), SOON)]
    panel.show_photos((Path("clip.mp4"),))
    files.run()
    assert look.still
    assert not files.work
    look.choose_still(False)
    assert files.work


def test_on_a_screen_of_finer_pixels_films_are_decoded_for_them(files: Files, look: Look, show: Show) -> None:
    class OnAScreen(PhotoPanel):
        ratio = 1.0

        @override
        def devicePixelRatioF(self) -> float:
            return self.ratio

    panel = OnAScreen(look=look, run=files.work.append, read=files)
    panel.resize(PANEL)
    show(panel)
    files.frames["clip.mp4"] = [Frame(split(60, 80), SOON)]
    panel.show_photos((Path("clip.mp4"),))
    files.run()
    panel.ratio = 2.0
    QApplication.sendEvent(panel, QEvent(QEvent.Type.DevicePixelRatioChange))
    files.run()
    assert files.read == ["clip.mp4", "clip.mp4"]
