from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from guide.kit.icons import (
    ICONS,
    Stroke,
    brand_icon,
    icon,
    kind_icon,
    paint_disc,
    paint_icon,
    paint_sides,
    path_of,
    pixmap,
)
from guide.kit.theme import KINDS, LIGHT, NIGHT

INK = QColor("#000000")


def _canvas(width: int = 96, height: int = 96) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _inked(image: QImage) -> list[tuple[int, int]]:
    return [(x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).alpha() > 60]


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_and_stays_in_its_square(qapp: QApplication, name: str) -> None:
    image = _canvas()
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(24, 24, 48, 48), INK)
    painter.end()
    inked = _inked(image)
    assert len(inked) > 20
    assert all(23 <= x <= 73 and 23 <= y <= 73 for x, y in inked)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_glyph(kind: str) -> None:
    assert kind_icon(kind) in ICONS


def test_the_glyphs_of_the_kinds_differ() -> None:
    assert len({ICONS[kind_icon(kind)] for kind in KINDS}) == len(KINDS) - 1


@pytest.mark.parametrize("name", ICONS)
def test_path_data_is_read_to_its_end(name: str) -> None:
    for part in ICONS[name]:
        box = path_of(part.data).boundingRect()
        assert box.width() + box.height() > 0
        assert 0 <= box.left() <= box.right() <= 24
        assert 0 <= box.top() <= box.bottom() <= 24


@pytest.mark.parametrize(
    ("data", "box"),
    [
        ("M2 2h10v10", (2, 2, 10, 10)),
        ("M12 12l-5-5", (7, 7, 5, 5)),
        ("M2 12a10 10 0 0 1 20 0", (2, 2, 20, 10)),
        ("M2 12a10 10 0 0 0 20 0", (2, 12, 20, 10)),
        ("M12 2a10 10 0 1 1-10 10", (2, 2, 20, 20)),
        ("M1 1L5 1 5 9", (1, 1, 4, 8)),
        ("M.5.5h.5", (0.5, 0.5, 0.5, 0)),
    ],
)
def test_path_data_says_what_svg_says(data: str, box: tuple[float, float, float, float]) -> None:
    found = path_of(data).boundingRect()
    assert (found.x(), found.y(), found.width(), found.height()) == pytest.approx(box, abs=0.02)


def test_an_icon_is_drawn_once_for_a_size_and_colour(qapp: QApplication) -> None:
    first = pixmap("play", 24, NIGHT.text, 2.0)
    assert pixmap("play", 24, NIGHT.text, 2.0).cacheKey() == first.cacheKey()
    assert pixmap("play", 24, LIGHT.text, 2.0).cacheKey() != first.cacheKey()
    assert first.width() == 48
    assert not icon("play", 24, NIGHT.text).isNull()


def test_the_side_in_use_is_full_and_the_other_is_hollow(qapp: QApplication) -> None:
    def middles(side: str) -> tuple[bool, bool]:
        image = _canvas(96, 52)
        painter = QPainter(image)
        paint_sides(painter, side, QRectF(0, 0, 96, 52), INK)
        painter.end()
        return image.pixelColor(26, 26).alpha() > 128, image.pixelColor(70, 26).alpha() > 128

    assert middles("both") == (True, True)
    assert middles("left") == (True, False)
    assert middles("right") == (False, True)


@pytest.mark.parametrize("tinted", [True, False])
def test_a_disc_takes_the_colour_of_its_kind(qapp: QApplication, tinted: bool) -> None:
    image = _canvas()
    painter = QPainter(image)
    paint_disc(painter, "pump", QRectF(0, 0, 96, 96), NIGHT, tinted=tinted)
    painter.end()
    assert image.pixelColor(10, 48).alphaF() == pytest.approx(NIGHT.tint_disc if tinted else 1.0, abs=0.01)


def test_the_window_icon_has_small_and_large_pictures(qapp: QApplication) -> None:
    sizes = {size.width() for size in brand_icon(NIGHT.accent).availableSizes()}
    assert {16, 256} <= sizes


def test_dots_are_wider_than_strokes() -> None:
    (dots,) = ICONS["dots"]
    assert isinstance(dots, Stroke)
    assert dots.width == 2.8
