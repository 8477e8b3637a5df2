from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from guide.compat import override
from guide.kit.dial import FRAME_MS, Dial
from guide.kit.look import Look
from guide.kit.ring import DIAMETER, STROKE, DialFace, Ring, angle_of, paint_hand
from guide.kit.ring_words import LARGEST_TIME, RingWords, lay_out_time, paint_mini_ring
from guide.kit.theme import LIGHT, NIGHT, Theme
from guide.language import languages
from guide.language import words as words_of
from tables import each_row

Show = Callable[[QWidget], None]
SMALLEST_RING = 290
FIXED = DialFace("massage", "1:24", "left of 2 min", "both", fraction=0.3)
BEFORE = DialFace("pump", "2:42", "at least, then your call", "both", 0.33, 5 / 7, "5:00", "7:00")
AFTER = replace(BEFORE, time_text="1:36", caption="then it moves on", fraction=0.77, past_mark=True)
shares = st.floats(0, 1)


class Seconds(Protocol):
    def __call__(self) -> float: ...
    def advance(self, seconds: float) -> None: ...


@given(share=shares, diameter=st.floats(100, 900))
def test_a_share_of_the_round_lies_on_the_ring_clockwise_from_the_top(share: float, diameter: float) -> None:
    ring = Ring(QPointF(10, 20), diameter)
    away = ring.at(share) - ring.centre
    assert math.hypot(away.x(), away.y()) == pytest.approx(ring.radius)
    # clockwise from 12 o'clock: x follows the sine, y falls with the cosine
    assert away.x() == pytest.approx(ring.radius * math.sin(2 * math.pi * share), abs=1e-6 * diameter)
    assert away.y() == pytest.approx(-ring.radius * math.cos(2 * math.pi * share), abs=1e-6 * diameter)
    assert ring.bead_box(share).contains(ring.at(share))


def test_the_ring_has_the_measures_of_the_design() -> None:
    ring = Ring(QPointF(0, 0), DIAMETER)
    assert ring.stroke == pytest.approx(17)
    assert ring.radius == pytest.approx(424 / 2 - 1.9 * 17)
    assert (angle_of(0), angle_of(0.25), angle_of(1)) == (-90, 0, 270)
    assert pytest.approx(17 / 424) == STROKE


def _painted(face: DialFace, theme: Theme, grown: float = 1.0) -> tuple[QImage, Ring]:
    image = QImage(424, 424, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    ring = Ring(QPointF(212, 212), 424)
    painter = QPainter(image)
    paint_hand(painter, ring, theme, face, grown=grown)
    painter.end()
    return image, ring


def _colour(image: QImage, place: QPointF) -> QColor:
    return image.pixelColor(place.toPoint())


@each_row("theme", [NIGHT, LIGHT])
@each_row("fraction", [0.05, 0.3, 0.5, 0.8])
def test_what_is_bright_is_what_remains(qapp: QApplication, theme: Theme, fraction: float) -> None:
    image, ring = _painted(replace(FIXED, fraction=fraction), theme)
    for share in (0.1, 0.2, 0.4, 0.6, 0.7, 0.9):
        if abs(share - fraction) > 0.04:
            colour = _colour(image, ring.at(share))
            assert (colour.alpha() > 200) == (share > fraction), share
    assert _colour(image, ring.at(fraction)) == theme.text


def test_before_the_mark_the_zone_behind_it_is_thin(qapp: QApplication) -> None:
    image, ring = _painted(BEFORE, NIGHT)
    edge = ring.radius + 0.4 * ring.stroke
    assert _colour(image, ring.at(0.5, edge)).alpha() > 200
    assert _colour(image, ring.at(0.9, edge)).alpha() == 0
    zone = _colour(image, ring.at(0.9))
    assert zone.alphaF() == pytest.approx(NIGHT.open_zone_before, abs=0.02)


def test_after_the_mark_the_zone_grows_to_its_full_width(qapp: QApplication) -> None:
    for grown, full in ((0.0, False), (1.0, True)):
        image, ring = _painted(AFTER, NIGHT, grown)
        assert (_colour(image, ring.at(0.9, ring.radius + 0.4 * ring.stroke)).alpha() > 200) == full
    image, ring = _painted(AFTER, NIGHT)
    assert _colour(image, ring.at(5 / 7)) == NIGHT.text


def test_a_pause_dims_arc_and_bead(qapp: QApplication) -> None:
    image, ring = _painted(replace(FIXED, paused=True), NIGHT)
    assert _colour(image, ring.at(0.6)).alphaF() == pytest.approx(NIGHT.paused_arc, abs=0.02)


def test_a_step_that_waits_has_no_hand_and_no_clock(qapp: QApplication, look: Look, show: Show) -> None:
    face = DialFace("prepare", "0:00", "go on when you are ready", "both", wait=True)
    image, ring = _painted(face, NIGHT)
    assert all(_colour(image, ring.at(share / 12)).alpha() == 0 for share in range(12))
    dial = Dial(look=look)
    dial.show_face(face)
    show(dial)
    assert dial.time_shown == ""
    assert not dial.timer.isActive()


@given(text=st.from_regex(r"\A[0-9]{1,3}:[0-5][0-9]\Z"), room=st.floats(60, 400))
def test_the_time_fits_its_room_and_every_digit_its_cell(qapp: QApplication, text: str, room: float) -> None:
    font = Look().session_font("time", 1)
    cells = lay_out_time(text, font, room)
    assert cells.width <= room + 0.01
    digits = {round(width, 6) for letter, width in zip(text, cells.widths, strict=True) if letter != ":"}
    assert len(digits) == 1
    assert cells.font.pixelSize() <= font.pixelSize()


def test_two_times_of_one_length_take_the_same_room(qapp: QApplication) -> None:
    font = Look().session_font("time", 1)
    assert len({lay_out_time(text, font, 274).width for text in ("1:11", "4:44", "0:08")}) == 1


@each_row("text", ["1:24", "12:34", "99:59"])
@each_row("diameter", [293, 424, 848])
def test_the_time_takes_at_most_four_fifths_of_the_inside(qapp: QApplication, text: str, diameter: float) -> None:
    ring = Ring(QPointF(0, 0), diameter)
    font = Look().session_font("time", diameter / DIAMETER)
    cells = lay_out_time(text, font, ring.inner_diameter * LARGEST_TIME)
    assert cells.width <= 0.8 * ring.inner_diameter + 0.01
    assert QFontMetricsF(cells.font).capHeight() > 0.15 * diameter * 0.6


def _dial(look: Look, seconds: Seconds, show: Show) -> Dial:
    dial = Dial(look=look, clock=seconds)
    dial.resize(Dial.size_for(DIAMETER))
    show(dial)
    dial.resize(Dial.size_for(DIAMETER))
    return dial


def test_the_bead_glides_between_two_seconds(gentle: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(gentle, seconds, show)
    dial.show_face(FIXED)
    dial.animate(1 / 120)
    assert dial.timer.isActive()
    assert 100 <= dial.timer.interval() <= 1000
    seconds.advance(0.5)
    assert dial.fraction_shown == pytest.approx(0.3 + 0.5 / 120)
    dial.show_face(replace(FIXED, time_text="1:23", fraction=0.3 + 1 / 120))
    assert dial.fraction_shown == pytest.approx(0.3 + 1 / 120)


def test_a_still_bead_moves_once_a_second_with_its_face(look: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(look, seconds, show)
    dial.show_face(FIXED)
    dial.animate(1 / 120)
    seconds.advance(0.9)
    assert dial.fraction_shown == 0.3
    assert not dial.timer.isActive()


@pytest.mark.parametrize("face", [replace(FIXED, paused=True), replace(FIXED, wait=True)])
def test_nothing_glides_in_a_pause_or_a_wait(gentle: Look, seconds: Seconds, show: Show, face: DialFace) -> None:
    dial = _dial(gentle, seconds, show)
    dial.show_face(face)
    dial.animate(1 / 60)
    seconds.advance(3)
    assert dial.fraction_shown == 0.3
    assert not dial.timer.isActive()


def test_the_bead_never_glides_past_the_mark_or_the_end(gentle: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(gentle, seconds, show)
    dial.show_face(replace(BEFORE, fraction=0.71))
    dial.animate(0.1)
    seconds.advance(5)
    assert dial.fraction_shown == 5 / 7
    dial.show_face(replace(AFTER, fraction=0.99))
    seconds.advance(5)
    assert dial.fraction_shown == 1.0


def test_one_more_minute_settles_the_ring_in_six_tenths_of_a_second(gentle: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(gentle, seconds, show)
    dial.show_face(replace(FIXED, fraction=0.5))
    dial.show_face(replace(FIXED, fraction=0.33, caption="left of 3 min"))
    assert dial.timer.interval() == FRAME_MS
    assert dial.fraction_shown == pytest.approx(0.5)
    seconds.advance(0.3)
    dial.turn()
    assert 0.33 < dial.fraction_shown < 0.5
    seconds.advance(0.31)
    dial.turn()
    assert dial.fraction_shown == pytest.approx(0.33)
    assert not dial.timer.isActive()


def test_still_rings_do_not_settle(look: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(look, seconds, show)
    dial.show_face(replace(FIXED, fraction=0.5))
    dial.show_face(replace(FIXED, fraction=0.33))
    assert dial.fraction_shown == 0.33
    assert not dial.timer.isActive()


def test_a_new_step_begins_at_the_top_at_once(gentle: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(gentle, seconds, show)
    dial.show_face(replace(FIXED, fraction=0.98))
    dial.show_face(DialFace("stroke", "1:00", "left of 1 min", "both", fraction=0.0))
    assert dial.fraction_shown == 0.0


def test_the_bead_swells_in_the_last_seconds_unless_all_is_still(
    look: Look, gentle: Look, seconds: Seconds, show: Show
) -> None:
    face = replace(FIXED, time_text="0:08", fraction=0.9, pulse=True)
    for own, moves in ((gentle, True), (look, False)):
        dial = _dial(own, seconds, show)
        dial.show_face(face)
        small = dial.grab().toImage()
        seconds.advance(0.5)
        assert (dial.grab().toImage() != small) == moves
        assert dial.timer.isActive() == moves


def test_a_hidden_dial_does_no_work(gentle: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(gentle, seconds, show)
    dial.show_face(FIXED)
    dial.animate(1 / 60)
    dial.hide()
    assert not dial.timer.isActive()
    dial.show()
    assert dial.timer.isActive()


class Watched(Dial):
    """Remembers which part of it was painted."""

    def __init__(self, look: Look, clock: Callable[[], float]) -> None:
        super().__init__(look=look, clock=clock)
        self.areas: list[QRectF] = []

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.areas.append(QRectF(event.region().boundingRect()))
        super().paintEvent(event)


def test_only_what_moved_is_painted_again(gentle: Look, seconds: Seconds, show: Show, qapp: QApplication) -> None:
    dial = Watched(gentle, seconds)
    dial.show_face(FIXED)
    dial.animate(1 / 120)
    show(dial)
    dial.turn()
    qapp.processEvents()
    dial.areas.clear()
    seconds.advance(0.1)
    dial.turn()
    qapp.processEvents()
    assert dial.areas
    whole = dial.width() * dial.height()
    assert all(area.width() * area.height() < whole / 20 for area in dial.areas)


def test_without_numbers_the_words_stay(look: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(look, seconds, show)
    dial.show_face(BEFORE)
    with_numbers = dial.grab().toImage()
    dial.number_free = True
    assert (dial.time_shown, dial.number_free) == ("", True)
    first = dial.grab().toImage()
    assert first != with_numbers
    dial.show_face(replace(BEFORE, time_text="2:41"))
    assert dial.grab().toImage() == first


def test_the_dial_follows_the_theme_and_says_itself_in_words(look: Look, seconds: Seconds, show: Show) -> None:
    dial = _dial(look, seconds, show)
    dial.show_face(FIXED)
    dial.describe("Massage, 1 minute 24 left of 2 minutes, both breasts", "From the chest wall")
    assert dial.accessibleName().startswith("Massage, 1 minute 24")
    assert dial.accessibleDescription() == "From the chest wall"
    night = dial.grab().toImage()
    look.choose_theme("light")
    assert dial.grab().toImage() != night


def test_a_press_on_the_dial_is_for_the_stage_below(look: Look, seconds: Seconds, show: Show) -> None:
    stage = QWidget()
    stage.resize(700, 600)
    dial = Dial(look=look, clock=seconds, parent=stage)
    dial.resize(600, 500)
    show(stage)
    assert stage.childAt(300, 250) is None


@pytest.mark.parametrize("face", [FIXED, BEFORE, AFTER])
def test_a_small_ring_stays_in_its_place(qapp: QApplication, face: DialFace) -> None:
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_mini_ring(painter, QRectF(10, 10, 80, 80), face, NIGHT, Look().sized(20, 600))
    painter.end()
    inked = [(x, y) for x in range(100) for y in range(100) if image.pixelColor(x, y).alpha() > 0]
    assert inked
    assert all(9 <= x <= 91 and 9 <= y <= 91 for x, y in inked)


def test_the_longest_caption_lies_within_the_ring_of_the_smallest_window_in_every_language(look: Look) -> None:
    words = RingWords(BEFORE, Ring(QPointF(200, 200), SMALLEST_RING), look, number_free=False)
    u, y = SMALLEST_RING / DIAMETER, words.rows[2]
    for tag in languages():
        caption = words_of(tag).gettext("at least, then your call")
        font, lines = words.lines_of(caption, look.session_font("caption", u), y)
        low = y + font.pixelSize() * 0.6 * len(lines)
        room = 2 * math.sqrt((words.ring.inner_diameter / 2) ** 2 - low**2)
        assert max(QFontMetricsF(font).horizontalAdvance(line) for line in lines) <= room, tag


@each_row("diameter", [SMALLEST_RING, DIAMETER])
def test_the_words_within_a_ring_grow_with_the_text_as_far_as_it_has_room(diameter: float) -> None:
    sizes: dict[float, list[int]] = {}
    for scale in (1.0, 1.6):
        look = Look(scale=scale)
        words = RingWords(BEFORE, Ring(QPointF(200, 200), diameter), look, number_free=False)
        u, (kind, time, caption, side) = diameter / DIAMETER, words.rows
        fonts = [
            words._fitted(look.session_font("kind", u), "Pump", kind, beside=1.67),
            words.lines_of("left of 1:30", look.session_font("caption", u), caption)[0],
            words._fitted(look.session_font("side", u), "Both breasts", side, beside=2.27),
        ]
        sizes[scale] = [font.pixelSize() for font in fonts]
        figures = 0.37 * look.session_font("time", u).pixelSize()  # half of how high they are
        tops = [middle - size / 2 for middle, size in zip((kind, caption, side), sizes[scale], strict=True)]
        bottoms = [top + size for top, size in zip(tops, sizes[scale], strict=True)]
        assert bottoms[0] <= time - figures + 2
        assert time + figures <= tops[1] + 2
        assert bottoms[1] <= tops[2] + 2
    assert all(large >= usual for usual, large in zip(sizes[1.0], sizes[1.6], strict=True))
    assert sizes[1.6][0] > sizes[1.0][0]
