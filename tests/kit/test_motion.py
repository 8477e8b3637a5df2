from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from guide.kit import motion as drawn
from guide.kit.look import Look
from guide.kit.motion.geometry import LEFT, MOTIONS, RIGHT, Breast, ease, scene_width, spiral, stations
from guide.kit.motion.scenes import paint_motion
from guide.kit.motion.tempo import beats_at, breath_at, press_at, pull_at, shake_at
from guide.kit.motion.widget import Motion
from guide.kit.theme import LIGHT, NIGHT, Theme
from tables import each_row

Show = Callable[[QWidget], None]
MOVING = [name for name in MOTIONS if name != "none"]
PAIRS = [name for name in MOVING if name not in {"express", "rest", "prepare"}]
times = st.floats(0, 10_000)
RECT = QRectF(30, 20, 240, 150)


class Seconds(Protocol):
    def __call__(self) -> float: ...
    def advance(self, seconds: float) -> None: ...


def _picture(name: str, side: str = "both", phase: float = 0.0, *, theme: Theme = NIGHT, still: bool = False) -> QImage:
    image = QImage(300, 190, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_motion(painter, RECT, name, side, phase, theme, still)
    painter.end()
    return image


@given(share=st.floats(-2, 3))
def test_easing_stays_between_nothing_and_all(share: float) -> None:
    assert 0 <= ease(share) <= 1
    assert ease(share) + ease(1 - share) == pytest.approx(1)


@given(degrees=st.floats(0, 360), rho=st.floats(0, 1), lateral=st.sampled_from([LEFT, RIGHT]))
def test_every_place_lies_between_nipple_and_outline(degrees: float, rho: float, lateral: int) -> None:
    breast = Breast((0, 0), 1.0, lateral)
    edge = math.hypot(breast.outline(degrees).x(), breast.outline(degrees).y())
    assert 1.0 - 1e-9 <= edge <= 1.13 + 1e-9
    place, nipple, end = breast.at(rho, degrees), breast.nipple, breast.outline(degrees)
    assert place.x() == pytest.approx(nipple.x() + rho * (end.x() - nipple.x()))
    assert place.y() == pytest.approx(nipple.y() + rho * (end.y() - nipple.y()))


@given(degrees=st.floats(0, 360))
def test_left_and_right_are_each_others_mirror(degrees: float) -> None:
    left, right = Breast((0, 0), 1.0, LEFT), Breast((0, 0), 1.0, RIGHT)
    one, other = left.outline(degrees), right.outline(180 - degrees)
    assert (one.x(), one.y()) == pytest.approx((-other.x(), other.y()))


def test_each_tail_points_to_its_own_armpit() -> None:
    left, right = Breast((0, 0), 1.0, LEFT), Breast((0, 0), 1.0, RIGHT)
    assert left.outline(228).x() < -0.7
    assert right.outline(-48).x() > 0.7


@pytest.mark.parametrize("lateral", [LEFT, RIGHT])
def test_the_spiral_goes_inwards_in_nineteen_places(lateral: int) -> None:
    found = stations(lateral)
    assert len(found) == 19
    breast = Breast((0, 0), 1.0, lateral)
    places = [spiral(breast, share) for share in found]
    for one, other in pairwise(places):
        assert math.hypot(one.x() - other.x(), one.y() - other.y()) == pytest.approx(0.33, abs=0.02)
    first, last = places[0], places[-1]
    nipple = breast.nipple
    assert math.hypot(last.x() - nipple.x(), last.y() - nipple.y()) < math.hypot(
        first.x() - nipple.x(), first.y() - nipple.y()
    )


@given(t=times)
def test_every_tempo_stays_in_its_bounds(t: float) -> None:
    assert abs(shake_at(t)) <= 0.10
    assert 0 <= pull_at(t) <= 1
    assert 0 <= press_at(t) <= 1
    assert 0 <= breath_at(t) <= 1
    assert all(0 <= share <= 1 for share in beats_at(t))


@given(t=st.floats(0, 500))
def test_every_tempo_comes_round(t: float) -> None:
    assert shake_at(t + 4.5) == pytest.approx(shake_at(t), abs=1e-6)
    assert pull_at(t + 1) == pytest.approx(pull_at(t), abs=1e-6)
    assert press_at(t + 4) == pytest.approx(press_at(t), abs=1e-6)
    assert breath_at(t + 10) == pytest.approx(breath_at(t), abs=1e-6)


def test_the_tempi_are_those_of_the_motion_sheet() -> None:
    assert [press_at(t) for t in (0, 0.8, 2.8, 3.6, 3.9)] == pytest.approx([0, 1, 1, 0, 0])
    assert [breath_at(t) for t in (0, 4, 10)] == pytest.approx([0, 1, 0])
    assert [pull_at(t) for t in (0, 0.45, 0.999999)] == pytest.approx([0, 1, 0], abs=1e-4)
    assert [shake_at(t) for t in (3.0, 3.7, 4.4)] == [0, 0, 0]
    assert beats_at(0.8)[:2] == pytest.approx((1, 0))
    assert beats_at(1.6)[:2] == pytest.approx((1, 1))
    assert beats_at(2.6)[:2] == pytest.approx((0, 0))


@pytest.mark.parametrize("theme", [NIGHT, LIGHT], ids=["night", "light"])
@pytest.mark.parametrize("name", MOVING)
def test_every_motion_is_drawn_inside_its_place(qapp: QApplication, name: str, theme: Theme) -> None:
    for phase, still in ((0.0, True), (0.5, False), (33.0, False)):
        image = _picture(name, phase=phase, theme=theme, still=still)
        inked = [(x, y) for x in range(0, 300, 2) for y in range(0, 190, 2) if image.pixelColor(x, y).alpha() > 8]
        assert len(inked) > 100
        assert all(28 <= x <= 272 and 18 <= y <= 172 for x, y in inked)


@each_row("name", MOVING)
def test_a_motion_moves_and_its_still_picture_does_not(qapp: QApplication, name: str) -> None:
    assert _picture(name, phase=0.3) != _picture(name, phase=1.55)
    assert _picture(name, phase=0.3, still=True) == _picture(name, phase=1.55, still=True)


def test_no_motion_draws_nothing(qapp: QApplication) -> None:
    image = _picture("none", phase=3)
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(0, 300, 3) for y in range(0, 190, 3))


def _hands(image: QImage, x: range) -> int:
    """Count what is painted in a strong colour of a kind in a part of the picture."""
    return sum(
        1
        for column in x
        for row in range(190)
        if image.pixelColor(column, row).hsvSaturationF() > 0.4 and image.pixelColor(column, row).alpha() > 60
    )


@pytest.mark.parametrize("name", ["circles", "knead", "shake", "compress", "pump"])
def test_hands_are_drawn_only_at_the_side_in_use_and_left_is_left(qapp: QApplication, name: str) -> None:
    left, right = range(140), range(160, 300)
    only_left, only_right = _picture(name, "left", 1.0), _picture(name, "right", 1.0)
    assert _hands(only_left, left) > 20
    assert _hands(only_left, right) == 0
    assert _hands(only_right, right) > 20
    assert _hands(only_right, left) == 0


def test_the_side_not_in_use_is_quiet(qapp: QApplication) -> None:
    image = _picture("pump", "left")
    bright = [max(image.pixelColor(x, y).alpha() for y in range(100, 170)) for x in (60, 240)]
    assert bright[1] <= 255 * NIGHT.inactive_breast + 30 < bright[0]


def test_the_hands_turn_after_four_kneads(qapp: QApplication) -> None:
    assert _picture("knead", phase=0) == _picture("knead", phase=2.4)
    assert _picture("knead", phase=0) != _picture("knead", phase=4 * 2.4)


def test_a_kind_can_lend_its_colour(qapp: QApplication) -> None:
    image = QImage(300, 190, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_motion(painter, RECT, "rest", "both", 4.0, NIGHT, kind="prepare")
    painter.end()
    assert image != _picture("rest", phase=4.0)


def _motion(look: Look, seconds: Seconds, show: Show) -> Motion:
    widget = Motion(look=look, clock=seconds)
    show(widget)
    widget.resize(442, 263)
    return widget


def test_a_motion_follows_elapsed_time_not_frames(gentle: Look, seconds: Seconds, show: Show) -> None:
    widget = _motion(gentle, seconds, show)
    widget.show_motion("stroke", "both", "stroke")
    assert widget.timer.isActive()
    seconds.advance(1.25)
    assert widget.phase == pytest.approx(1.25)
    one = widget.grab().toImage()
    assert widget.grab().toImage() == one
    seconds.advance(0.4)
    assert widget.grab().toImage() != one


def test_a_pause_holds_the_hands_where_they_are(gentle: Look, seconds: Seconds, show: Show) -> None:
    widget = _motion(gentle, seconds, show)
    widget.show_motion("knead", "left", "knead")
    seconds.advance(1.0)
    widget.running = False
    seconds.advance(60)
    assert widget.phase == pytest.approx(1.0)
    assert not widget.timer.isActive()
    widget.running = True
    seconds.advance(0.5)
    assert widget.phase == pytest.approx(1.5)
    assert widget.timer.isActive()


def test_the_motion_on_show_goes_on_and_another_begins_anew(gentle: Look, seconds: Seconds, show: Show) -> None:
    widget = _motion(gentle, seconds, show)
    widget.show_motion("circles", "both", "massage")
    seconds.advance(5)
    widget.show_motion("circles", "both", "massage")
    assert widget.phase == pytest.approx(5)
    widget.show_motion("circles", "left", "massage")
    assert widget.phase == 0
    assert widget.shown == ("circles", "left", "massage")


def test_nothing_moves_when_all_is_still_hidden_or_without_a_motion(
    look: Look, gentle: Look, seconds: Seconds, show: Show
) -> None:
    still = _motion(look, seconds, show)
    still.show_motion("pump", "both", "pump")
    assert not still.timer.isActive()
    moving = _motion(gentle, seconds, show)
    moving.show_motion("none", "both", "pump")
    assert not moving.timer.isActive()
    moving.show_motion("pump", "both", "pump")
    assert moving.timer.isActive()
    moving.hide()
    assert not moving.timer.isActive()
    moving.show()
    gentle.choose_still(True)
    assert not moving.timer.isActive()


def test_the_widget_shows_what_the_painter_paints(look: Look, seconds: Seconds, show: Show) -> None:
    widget = _motion(look, seconds, show)
    for name in MOVING:
        widget.show_motion(name, "both", {"circles": "massage"}.get(name, name))
        expected = QImage(widget.size(), QImage.Format.Format_RGB32)
        expected.fill(NIGHT.bg)
        painter = QPainter(expected)
        paint_motion(painter, QRectF(widget.rect()), name, "both", 0, NIGHT, still=True)
        painter.end()
        found = widget.grab().toImage()
        worst = max(
            abs(found.pixelColor(x, y).lightness() - expected.pixelColor(x, y).lightness())
            for x in range(0, widget.width(), 5)
            for y in range(0, widget.height(), 5)
        )
        assert worst <= 6, name


def test_a_motion_follows_the_theme_and_can_be_named(look: Look, seconds: Seconds, show: Show) -> None:
    widget = _motion(look, seconds, show)
    widget.show_motion("compress", "right", "compress")
    night = widget.grab().toImage()
    look.choose_theme("light")
    assert widget.grab().toImage() != night
    widget.describe("Press and hold, then let go.")
    assert widget.accessibleName() == "Press and hold, then let go."


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_as_wide_as_the_motion_sheet_says(name: str) -> None:
    assert scene_width(name) == 4.8


def test_the_drawings_are_spoken_of_gently() -> None:
    source = Path(str(drawn.__file__)).read_text(encoding="utf-8").lower()
    assert re.findall(r"\b(firm|hard|deep|dig|empty|squeeze)\w*", source) == []
