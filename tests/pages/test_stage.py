from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from guide.kit.look import Look
from guide.kit.ring import DIAMETER, Ring
from guide.pages.session.stage import Words, balanced, fit_guide, place_row, place_stage, text_height

SIZES = [(1160, 780), (800, 560), (1920, 1080), (1280, 800), (2560, 1440), (1366, 768), (700, 900), (1080, 1920)]
PAIR = (386.4, 263.1)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_regions_lie_below_each_other_within_the_window(look: Look, width: int, height: int) -> None:
    stage = place_stage(width, height, look=look)
    window = QRectF(0, 0, width, height)
    for region in (stage.top, stage.guide, stage.timeline, stage.line, stage.controls):
        assert window.contains(region)
    assert stage.top.bottom() <= stage.guide.top() <= stage.guide.bottom() <= stage.timeline.top()
    assert stage.timeline.bottom() <= stage.line.top() <= stage.line.bottom() <= stage.controls.top()
    assert stage.control_height >= 52
    ring = QRectF(0, 0, stage.diameter, stage.diameter)
    ring.moveCenter(stage.ring)
    assert window.contains(ring)
    assert not ring.intersects(stage.guide)
    assert stage.guide.right() <= stage.controls.right()


def test_at_its_own_size_the_stage_has_the_measures_of_the_design(look: Look) -> None:
    stage = place_stage(1160, 780, look=look)
    assert (stage.u, stage.diameter) == (1.0, 424)
    assert (stage.ring.x(), round(stage.ring.y())) == (292, 319)
    assert (stage.guide.left(), stage.guide.right()) == (566, 1112)
    assert (stage.controls.left(), stage.controls.bottom(), stage.controls.height()) == (48, 756, 76)


def test_on_a_wide_screen_nothing_stretches_past_its_measure(look: Look) -> None:
    stage = place_stage(2560, 1080, look=look)
    assert stage.controls.width() == pytest.approx(1180 * stage.u)
    assert stage.controls.center().x() == pytest.approx(1280)


def test_upright_the_ring_stands_above_its_guide(look: Look) -> None:
    stage = place_stage(700, 900, look=look)
    assert stage.portrait
    assert stage.ring.x() == 350
    assert stage.guide.top() >= stage.ring.y() + stage.diameter / 2


def test_upright_the_words_of_a_mark_below_the_ring_stand_above_the_guide(look: Look) -> None:
    for width, height in ((800, 860), (1080, 1920)):
        stage = place_stage(width, height, look=look)
        ring = Ring(stage.ring, stage.diameter)
        letters = look.session_font("ring_mark", stage.diameter / DIAMETER).pixelSize()
        assert ring.at(0.5, ring.radius + 3 * ring.stroke).y() + letters / 2 <= stage.guide.top()


def test_the_picture_shrinks_before_the_words_do(look: Look) -> None:
    region = QRectF(0, 0, 558, 466)
    short = Words("Small circles", "Spiral in.", picture=PAIR, smallest=0.65)
    longer = Words("Small circles", "Spiral in from the ribs, softly, and linger. " * 3, picture=PAIR, smallest=0.65)
    one, other = (fit_guide(region, words, u=1, look=look) for words in (short, longer))
    assert one.picture is not None
    assert other.picture is not None
    assert other.picture.height() < one.picture.height() == pytest.approx(PAIR[1])
    assert other.title_font.pixelSize() == one.title_font.pixelSize()


def test_a_very_long_text_sends_the_picture_away_and_still_fits(look: Look) -> None:
    region = QRectF(0, 0, 558, 466)
    guide = fit_guide(region, Words("Small circles", "Spiral in, softly. " * 21, picture=PAIR), u=1, look=look)
    assert guide.picture is None
    assert guide.complete
    assert guide.instruction_font.pixelSize() >= 24
    assert region.contains(guide.instruction)


def test_a_narrow_picture_has_the_beat_beside_it(look: Look) -> None:
    region = QRectF(0, 0, 558, 466)
    words = Words("Hand express", "Press back.", beat=True, beside=True, picture=(248, 263))
    guide = fit_guide(region, words, u=1, look=look)
    assert guide.beat is not None
    assert guide.picture is not None
    assert guide.beat.left() > guide.picture.right()


def test_two_lines_are_made_alike_and_no_line_is_added(look: Look) -> None:
    font = look.session_font("title", 1)
    text = "Take all the time you need"
    narrow = balanced(text, font, 558)
    assert narrow < 500
    assert text_height(text, font, 64, narrow) == text_height(text, font, 64, 558) == 128


def test_a_row_is_shared_by_weight() -> None:
    places = place_row(QRectF(10, 0, 104, 20), [1, 2, 1], 2)
    assert [(place.left(), place.width()) for place in places] == [(10, 25), (37, 50), (89, 25)]
