from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide.kit.look import Look
from guide.kit.theme import KINDS, LIGHT, NIGHT
from guide.kit.timeline import NARROWEST, WAIT_COUNTS_AS, Bar, Timeline, paint_bars, places

Show = Callable[[QWidget], None]
EVENING = [
    Bar("prepare", 60, 60),
    Bar("massage", 120, 120),
    Bar("stroke", 60, 60),
    Bar("shake", 30, 30),
    Bar("pump", 300, 420),
    Bar("rest", 60, 60),
]
bars = st.lists(
    st.builds(
        lambda kind, longest, share: Bar(kind, longest * share, longest),
        st.sampled_from(KINDS),
        st.floats(0, 3600),
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=40,
)


@given(bars=bars, width=st.floats(100, 2000), gap=st.sampled_from([3.0, 4.0]))
def test_bars_fill_the_width_in_order_and_none_is_too_narrow(bars: list[Bar], width: float, gap: float) -> None:
    laid = places(bars, width, gap)
    assert laid[0][0] == 0
    assert laid[-1][0] + laid[-1][1] == pytest.approx(width)
    for (x, own), (after, _) in pairwise(laid):
        assert x + own < after <= x + own + gap + 1e-6
    if width >= len(bars) * (NARROWEST + 1):
        assert min(own for _, own in laid) >= NARROWEST - 1e-6


@given(bars=bars, width=st.floats(400, 2000))
def test_a_longer_step_is_never_narrower(bars: list[Bar], width: float) -> None:
    laid = places(bars, width, 4)
    by_time = sorted(zip(bars, laid, strict=True), key=lambda pair: pair[0].weight)
    widths = [own for _, (_, own) in by_time]
    assert all(a <= b + 1e-6 for a, b in pairwise(widths))


def test_widths_follow_the_longest_time() -> None:
    laid = places([Bar("pump", 60, 300), Bar("rest", 100, 100)], 404, 4)
    assert [own for _, own in laid] == pytest.approx([300, 100])
    assert laid[1][0] == pytest.approx(304)


def test_a_step_that_waits_is_a_short_bar() -> None:
    assert Bar("prepare", 0, 0).weight == WAIT_COUNTS_AS
    (_, waiting), (_, fixed) = places([Bar("prepare", 0, 0), Bar("pump", 300, 300)], 664, 4)
    assert waiting == pytest.approx(fixed / 10)


def test_no_bars_take_no_place() -> None:
    assert places([], 500, 4) == []


def _row(rows: list[Bar], *, current: int | None = None, fraction: float = 0.0, selected: int | None = None) -> QImage:
    image = QImage(404, 12, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    row = QRectF(0, 0, 404, 12)
    paint_bars(painter, row, rows, NIGHT, gap=4, current=current, fraction=fraction, selected=selected)
    painter.end()
    return image


RANGE = [Bar("pump", 100, 200), Bar("rest", 200, 200)]


def test_the_optional_part_of_a_range_is_half_as_strong(qapp: QApplication) -> None:
    image = _row(RANGE)
    assert image.pixelColor(50, 6).alphaF() == pytest.approx(1)
    assert image.pixelColor(150, 6).alphaF() == pytest.approx(0.5, abs=0.01)
    assert image.pixelColor(300, 6) == NIGHT.fill("rest")
    assert image.pixelColor(202, 6).alpha() == 0


@pytest.mark.parametrize(
    ("current", "fraction", "x", "opacity"),
    [
        (0, 0.25, 20, 0.3),
        (0, 0.25, 80, 1.0),
        (0, 0.25, 150, 0.5),
        (0, 0.75, 120, 0.3),
        (0, 0.75, 180, 1.0),
        (0, 0.25, 300, NIGHT.segment_next),
        (1, 0.0, 50, NIGHT.segment_past),
    ],
)
def test_a_session_shows_past_now_and_next(
    qapp: QApplication, current: int, fraction: float, x: int, opacity: float
) -> None:
    image = _row(RANGE, current=current, fraction=fraction)
    assert image.pixelColor(x, 6).alphaF() == pytest.approx(opacity, abs=0.01)


def test_the_editor_dims_all_but_one(qapp: QApplication) -> None:
    image = _row(RANGE, selected=1)
    assert image.pixelColor(50, 6).alphaF() == pytest.approx(0.38, abs=0.01)
    assert image.pixelColor(300, 6).alphaF() == 1


@pytest.mark.parametrize(("size", "height"), [("session", 54), ("hero", 46), ("card", 12)])
def test_a_timeline_has_the_height_of_its_size(look: Look, qtbot: QtBot, size: str, height: int) -> None:
    timeline = Timeline(look=look, size=size)  # type: ignore[arg-type]  # a size
    qtbot.addWidget(timeline)
    assert timeline.sizeHint().height() == height
    timeline.set_unit(2)
    assert timeline.sizeHint().height() == 2 * height


def test_only_bars_wide_enough_carry_their_glyph(look: Look, qtbot: QtBot) -> None:
    timeline = Timeline(look=look, size="session")
    qtbot.addWidget(timeline)
    timeline.resize(500, 54)
    timeline.show_bars(EVENING)
    wide = [rect.width() >= 28 for rect in timeline.bar_rects()]
    assert timeline.glyphs_shown() == wide
    assert True in wide
    assert False in wide
    card = Timeline(look=look, size="card")
    qtbot.addWidget(card)
    card.show_bars(EVENING)
    assert not any(card.glyphs_shown())


def test_the_playhead_stands_where_she_is(look: Look, show: Show) -> None:
    timeline = Timeline(look=look, size="session")
    timeline.show_bars(EVENING, 4, 0.5)
    show(timeline)
    timeline.resize(1000, 54)
    rect = timeline.bar_rects()[4]
    picture = timeline.grab().toImage()
    x, y = round(rect.center().x()), round(rect.center().y())
    assert picture.pixelColor(x, y) == NIGHT.text
    assert picture.pixelColor(x, y - 12) == NIGHT.text
    assert picture.pixelColor(x - 4, y) == NIGHT.bg


@pytest.mark.parametrize("fraction", [-1.0, 0.0, 1.0, 2.0])
@pytest.mark.parametrize("current", [0, 5])
def test_the_playhead_is_whole_at_both_ends(look: Look, show: Show, current: int, fraction: float) -> None:
    timeline = Timeline(look=look, size="session")
    timeline.show_bars(EVENING, current, fraction)
    show(timeline)
    timeline.resize(600, 54)
    picture = timeline.grab().toImage()
    y = round(timeline.bar_rects()[0].center().y()) - 12
    columns = [x for x in range(600) if picture.pixelColor(x, y) == NIGHT.text]
    assert len(columns) in {4, 5}


def test_a_timeline_is_shown_again_in_another_theme(look: Look, show: Show) -> None:
    timeline = Timeline(look=look)
    show(timeline)
    timeline.resize(300, 12)
    empty = timeline.grab().toImage()
    timeline.show_bars(EVENING)
    night = timeline.grab().toImage()
    assert night != empty
    look.choose_theme("light")
    picture = timeline.grab().toImage()
    assert picture.pixelColor(round(timeline.bar_rects()[4].x()) + 10, 6) == LIGHT.fill("pump")
    timeline.describe("Step 2 of 10")
    assert timeline.accessibleName() == "Step 2 of 10"


def test_a_timeline_remembers_what_it_shows(look: Look, qtbot: QtBot) -> None:
    timeline = Timeline(look=look)
    qtbot.addWidget(timeline)
    timeline.show_bars(EVENING, 2, 0.4)
    timeline.select(3)
    assert (timeline.bars, timeline.current, timeline.fraction) == (tuple(EVENING), 2, 0.4)
    assert timeline.selected == 3
