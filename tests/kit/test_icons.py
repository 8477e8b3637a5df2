from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from guide.kit.icons import GLYPHS, brand_icon, icon, kind_icon, paint_disc, paint_icon, paint_sides, pixmap
from guide.kit.theme import KINDS, LIGHT, NIGHT
from tables import each_row

INK = QColor("#000000")
FILES = sorted(GLYPHS.glob("*.svg"), key=lambda path: path.stem)
ICONS = [path.stem for path in FILES]


def _canvas(width: int = 96, height: int = 96) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _inked(image: QImage) -> list[tuple[int, int]]:
    alphas = image.convertToFormat(QImage.Format.Format_Alpha8)
    held, line = bytes(alphas.constBits()), alphas.bytesPerLine()
    return [(x, y) for y in range(image.height()) for x in range(image.width()) if held[y * line + x] > 60]


@each_row("name", ICONS)
def test_every_icon_is_drawn_and_stays_in_its_square(qapp: QApplication, name: str) -> None:
    image = _canvas()
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(24, 24, 48, 48), INK)
    painter.end()
    inked = _inked(image)
    assert len(inked) > 20
    assert all(23 <= x <= 73 and 23 <= y <= 73 for x, y in inked)


@each_row("kind", KINDS)
def test_every_kind_has_a_glyph(kind: str) -> None:
    assert kind_icon(kind) in ICONS


def test_the_glyphs_of_the_kinds_differ() -> None:
    drawn = {(GLYPHS / f"{kind_icon(kind)}.svg").read_text(encoding="ascii") for kind in KINDS}
    assert len(drawn) == len(KINDS) - 1


@each_row("path", FILES, ids=ICONS)
def test_the_colour_of_an_icon_is_that_of_whoever_paints_it(path: Path) -> None:
    """Hers in every theme; and nothing is filled or stroked twice in another colour."""
    text = path.read_text(encoding="ascii")
    assert "currentColor" in text
    assert "#" not in text


@pytest.mark.parametrize("scale", [1.0, 1.6, 2.0])
def test_an_icon_is_as_sharp_on_a_large_screen_as_on_a_small_one(qapp: QApplication, scale: float) -> None:
    """Drawn anew, not enlarged: an upright edge is soft over one pixel at the most."""
    image = pixmap("stop", 24, INK, scale).toImage()
    middle = image.height() // 2
    soft = [x for x in range(image.width()) if 0 < image.pixelColor(x, middle).alpha() < 255]
    assert image.width() == round(24 * scale)
    assert len(soft) <= 2


def test_a_faint_colour_paints_a_faint_icon(qapp: QApplication) -> None:
    faint = QColor(INK)
    faint.setAlphaF(0.5)
    assert pixmap("stop", 24, faint).toImage().pixelColor(12, 12).alphaF() == pytest.approx(0.5, abs=0.01)


def test_a_wider_stroke_is_asked_for_by_the_pixel(qapp: QApplication) -> None:
    thin, wide = (_inked(pixmap("minus", 96, INK, width=width).toImage()) for width in (1.0, 4.0))
    assert len(wide) > 3 * len(thin)


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
