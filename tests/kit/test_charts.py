"""The drawings of the history: what they point at, say and keep, and the tables behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.core.compare import Finding, compare
from guide.core.days import RoutineChange, centred_mean, dial
from guide.core.record import DayTotal, Record
from guide.kit.charts import Chart, ticks
from guide.kit.look import Look
from guide.kit.tables import ChartPane
from guide.kit.theme import NIGHT
from guide.pages.history.compare_chart import CompareChart, Lane
from guide.pages.history.dial_chart import DialChart
from guide.pages.history.trend_chart import Trend, TrendChart, smooth, thinned
from tables import each_row

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
HOUR = timedelta(hours=1)
Put = Callable[[QWidget], None]


def session(began: datetime, ml: float | None = 80.0, name: str = "Hands-on pumping") -> Record:
    return Record(1, "hands-on-pumping", name, began, lasted=timedelta(minutes=20), left_ml=ml)


def a_trend(days: int = 14, *, change: int | None = None, gap: int | None = None) -> Trend:
    totals = [
        DayTotal(TODAY - timedelta(days=days - n), 6, 0 if n == gap else 6, None if n == gap else 350.0 + 10 * (n % 5))
        for n in range(days)
    ]
    changes = () if change is None else (RoutineChange(totals[change].day, "h", "Hands-on pumping"),)
    return Trend(tuple(totals), tuple(centred_mean([one.ml for one in totals])), changes, TODAY)


@pytest.fixture
def day_dial(look: Look, show: Put) -> DialChart:
    chart = DialChart(look=look)
    chart.resize(300, 300)
    chart.show_dial(
        dial([session(NOW - hours * HOUR) for hours in (3.2, 7, 11)], NOW), NOW, ounces=False, number_free=False
    )
    show(chart)
    return chart


@pytest.fixture
def line(look: Look, show: Put) -> TrendChart:
    chart = TrendChart(look=look)
    chart.resize(640, 260)
    chart.show_trend(a_trend(change=6), ounces=False)
    show(chart)
    return chart


def lanes(*volumes: list[float]) -> list[Lane]:
    comparison = compare(volumes[0], volumes[1])
    names = ("Hands-on pumping", "Pump only")
    samples = (comparison.first, comparison.second)
    return [
        Lane(name, tuple((NOW - n * 3 * HOUR, ml) for n, ml in enumerate(mls)), sample)
        for name, mls, sample in zip(names, volumes, samples, strict=True)
    ]


@pytest.fixture
def pair(look: Look, show: Put) -> CompareChart:
    chart = CompareChart(look=look)
    chart.resize(640, 180)
    volumes = [80.0, 85, 90, 95, 100, 70, 75], [60.0, 65, 70, 62, 58, 66]
    comparison = compare(*volumes)
    chart.show_comparison(lanes(*volumes), comparison, TODAY, ounces=False, sentence="About 21 mL more")
    show(chart)
    return chart


def said_by(chart: Chart) -> str:
    return chart.bubble[1] if chart.bubble is not None else ""


def colour_at(chart: QWidget, at: QPointF) -> QColor:
    return chart.grab().toImage().pixelColor(round(at.x()), round(at.y()))


# what is drawn where


def test_a_session_lies_on_the_dial_where_its_hour_is(day_dial: DialChart) -> None:
    newest = day_dial.spots[-1]
    middle = QPointF(150, 150)
    assert newest.at.y() < middle.y()
    assert abs(newest.at.x() - middle.x()) < 14
    assert colour_at(day_dial, newest.at) == NIGHT.accent


def test_nothing_on_the_dial_is_red_or_green(day_dial: DialChart) -> None:
    image = day_dial.grab().toImage()
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            colour = image.pixelColor(x, y)
            red, green, blue = colour.red(), colour.green(), colour.blue()
            assert not (red > 150 and green < 80 and blue < 80)
            assert not (green > 150 and red < 80)


def test_every_day_of_the_trend_has_its_place_in_order(line: TrendChart) -> None:
    xs = [spot.at.x() for spot in line.spots]
    assert len(xs) == 14
    assert xs == sorted(xs)
    heights = {round(spot.at.y(), 3) for spot in line.spots}
    assert len(heights) == 5


def test_a_day_without_a_volume_parts_the_line(look: Look, show: Put) -> None:
    chart = TrendChart(look=look)
    chart.resize(640, 260)
    trend = a_trend(gap=7)
    chart.show_trend(trend, ounces=False)
    show(chart)
    assert trend.means[7] is None
    assert chart.words_of(7).endswith("6 sessions, no volume noted")


def test_the_band_lies_from_the_third_to_the_fifth_day_after_a_change(line: TrendChart) -> None:
    spots = line.spots
    inside, outside = QPointF(spots[10].at.x() + 4, 40), QPointF(spots[7].at.x() + 12, 40)
    assert colour_at(line, inside) == NIGHT.accent_soft
    assert colour_at(line, outside) != NIGHT.accent_soft


def test_what_the_band_means_stands_beside_it_or_is_told_below(look: Look, show: Put, qapp: QApplication) -> None:
    chart = TrendChart(look=look)
    chart.show_trend(a_trend(change=6), ounces=False)
    show(chart)
    chart.resize(900, 300)
    qapp.processEvents()
    wide = chart.spots and chart.said_lag
    told = []
    chart.drawn.connect(lambda: told.append(chart.said_lag))
    chart.resize(260, 190)
    qapp.processEvents()
    assert chart.spots
    assert (wide, chart.said_lag, told) == (True, False, [False])


def test_the_curve_stays_between_its_points() -> None:
    points = [QPointF(n * 10, y) for n, y in enumerate((50, 50, 10, 10, 40, 90, 20))]
    path = smooth(points)
    box = path.boundingRect()
    assert box.top() >= 10 - 1e-6
    assert box.bottom() <= 90 + 1e-6


def test_a_trend_of_many_years_keeps_its_highs_and_its_ends() -> None:
    points = [QPointF(n / 10, n * 7919 % 101) for n in range(4000)]
    path = thinned(points)
    assert path.elementCount() <= 4 * 401
    box = path.boundingRect()
    assert (box.top(), box.bottom()) == (0, 100)
    assert path.currentPosition() == points[-1]


@each_row(("low", "high"), [(0, 3), (340, 452), (12.5, 13), (0, 0), (80, 80), (0.4, 998)])
def test_the_axis_covers_what_it_shows_in_a_few_round_steps(low: float, high: float) -> None:
    marks = ticks(low, high)
    assert marks[0] <= low
    assert marks[-1] >= high
    assert 2 <= len(marks) <= 7
    assert all(mark >= 0 for mark in marks)


def test_a_mean_and_its_interval_are_kept_back_until_there_are_enough_sessions(look: Look, show: Put) -> None:
    chart = CompareChart(look=look)
    chart.resize(640, 180)
    volumes = [80.0, 90.0, 100.0], [60.0, 65.0]
    chart.show_comparison(lanes(*volumes), compare(*volumes), TODAY, ounces=False, sentence="Too early to say")
    show(chart)
    assert len(chart.spots) == 5
    assert not any("average" in chart.words_of(n) for n in range(5))
    assert not any("average" in cell for row in chart.table().rows for cell in row)


@pytest.mark.parametrize("first", [0, 1, 2, 5, 60])
@pytest.mark.parametrize("second", [0, 1, 2, 6])
@pytest.mark.parametrize("same", [False, True])
@pytest.mark.parametrize("ounces", [False, True])
def test_a_comparison_is_drawn_from_any_number_of_amounts(
    first: int, second: int, same: bool, ounces: bool, look: Look, show: Put
) -> None:
    chart = CompareChart(look=look)
    chart.resize(640, 180)
    volumes = [0.0 if same else 80.0 + n for n in range(first)], [0.0 if same else 60.0 + n for n in range(second)]
    compared = compare(*volumes)
    chart.show_comparison(lanes(*volumes), compared, TODAY, ounces=ounces, sentence="A sentence")
    show(chart)
    chart.grab()
    settled = compared.finding is not Finding.TOO_EARLY
    assert len(chart.spots) == first + second + (2 if settled else 0)
    assert settled == (min(first, second) >= 6)
    assert [lane.count for lane in lanes(*volumes) if not lane.sessions] == ["no milk noted yet"] * (
        (not first) + (not second)
    )


def test_every_session_is_a_dot_however_many(look: Look, show: Put) -> None:
    chart = CompareChart(look=look)
    chart.resize(640, 180)
    volumes = [80.0 + n % 7 * 5 for n in range(400)], [60.0 + n % 5 * 5 for n in range(300)]
    chart.show_comparison(lanes(*volumes), compare(*volumes), TODAY, ounces=False, sentence="About 20 mL more")
    show(chart)
    assert len(chart.spots) == 700 + 2


def test_the_table_of_a_comparison_has_the_mean_of_a_routine_whatever_it_is_called(look: Look) -> None:
    chart = CompareChart(look=look)
    volumes = [80.0, 85, 90, 95, 100, 70, 75], [60.0, 65, 70, 62, 58, 66]
    named = [replace(lane, name=f"Night · {number}") for number, lane in enumerate(lanes(*volumes))]
    chart.show_comparison(named, compare(*volumes), TODAY, ounces=False, sentence="About 21 mL more")
    assert chart.table().rows[0] == ("Night · 0", "7 sessions", "On average 85 mL, likely 75 to 95")


# by key, by pointer, by ear


def test_arrows_go_over_the_days_and_the_value_is_shown_and_said(line: TrendChart) -> None:
    line.setFocus()
    assert said_by(line) == ""
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert said_by(line) == "Yesterday · 380 mL, 6 sessions"
    assert line.accessibleDescription() == said_by(line)
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert said_by(line) == "Fri 20 Nov · 370 mL, 6 sessions"
    QTest.keyClick(line, Qt.Key.Key_Home)
    assert said_by(line).startswith("Sun 8 Nov")
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert line.current == 0


def test_up_and_down_go_from_one_routine_to_the_other(pair: CompareChart) -> None:
    pair.setFocus()
    QTest.keyClick(pair, Qt.Key.Key_Right)
    rows = [row_of(pair)]
    for _ in range(2):
        QTest.keyClick(pair, Qt.Key.Key_Down)
        rows.append(row_of(pair))
    QTest.keyClick(pair, Qt.Key.Key_Up)
    assert [*rows, row_of(pair)] == [0, 1, 1, 0]


def row_of(chart: CompareChart) -> int:
    return chart.spots[chart.current or 0].row


def test_the_mean_is_one_of_the_places_arrows_come_to(pair: CompareChart) -> None:
    pair.setFocus()
    heard = []
    for _ in range(8):
        QTest.keyClick(pair, Qt.Key.Key_Right)
        heard.append(said_by(pair))
    assert "Hands-on pumping · on average 85 mL, likely 75 to 95 · 7 sessions" in heard


def test_the_pointer_shows_what_it_is_near(line: TrendChart) -> None:
    at, none = line.spots[3].at + QPointF(2, 3), Qt.MouseButton.NoButton
    there = QPointF(line.mapToGlobal(at))
    moved = QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(line, moved)  # what a test before left held or open would have a move of the pointer
    assert said_by(line) == line.words_of(3)


def test_enter_opens_the_session_it_points_at(day_dial: DialChart) -> None:
    picked: list[int] = []
    day_dial.picked.connect(picked.append)
    day_dial.setFocus()
    QTest.keyClick(day_dial, Qt.Key.Key_Left)
    QTest.keyClick(day_dial, Qt.Key.Key_Return)
    assert picked == [2]


def test_a_minute_passing_leaves_her_where_she_points(day_dial: DialChart) -> None:
    day_dial.setFocus()
    day_dial.go_to(1)
    records = [arc.record for arc in day_dial.dial.arcs]
    later = NOW + timedelta(minutes=1)
    day_dial.show_dial(dial(records, later), later, ounces=False, number_free=False)
    assert said_by(day_dial) == day_dial.words_of(1) != ""
    day_dial.show_dial(dial(records[1:], later), later, ounces=False, number_free=False)
    assert said_by(day_dial) == ""


def test_a_screen_reader_hears_the_sentence(day_dial: DialChart, line: TrendChart, pair: CompareChart) -> None:
    assert day_dial.accessibleName() == "3 sessions in the last 24 hours, 3 h 12 min since the last one"
    expected = "Milk per day, 8 Nov to 21 Nov: 350 to 390 mL. Began hands-on pumping on 14 Nov"
    assert line.accessibleName() == expected
    assert pair.accessibleName() == "About 21 mL more"


# tables


def test_t_goes_to_a_table_of_the_same_and_back(look: Look, show: Put) -> None:
    chart = TrendChart(look=look)
    pane = ChartPane(chart, look=look)
    pane.resize(640, 260)
    chart.show_trend(a_trend(3), ounces=False)
    show(pane)
    pane.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_T)
    table = pane.table
    assert table is not None
    assert table.hasFocus()
    model = table.model()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["Day", "Milk", "3-day average"]
    assert [model.index(0, n).data() for n in range(4)] == ["Yesterday", "370 mL", "365 mL", "6"]
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Milk: 370 mL"
    assert table.accessibleName() == chart.accessibleName()
    QTest.keyClick(table, Qt.Key.Key_T)
    assert table.isHidden()
    assert chart.hasFocus()


def test_a_table_on_show_follows_the_chart(look: Look, show: Put) -> None:
    chart = TrendChart(look=look)
    pane = ChartPane(chart, look=look)
    chart.show_trend(a_trend(3), ounces=False)
    show(pane)
    pane.toggle()
    chart.show_trend(a_trend(9), ounces=True)
    pane.renew()
    assert pane.table is not None
    assert pane.table.model().rowCount() == 9
    assert pane.table.model().index(0, 1).data() == "12.8 fl oz"


def test_the_dials_table_has_the_newest_first(day_dial: DialChart) -> None:
    rows = day_dial.table().rows
    assert [row[0] for row in rows] == ["00:00", "20:12", "16:12"]
    assert rows[0] == ("00:00", "Hands-on pumping", "80 mL")


def test_without_numbers_the_dial_says_no_volume(look: Look, show: Put) -> None:
    chart = DialChart(look=look)
    chart.resize(300, 300)
    chart.show_dial(dial([session(NOW - HOUR)], NOW), NOW, ounces=False, number_free=True)
    show(chart)
    assert "mL" not in chart.words_of(0) + chart.accessibleName()
    assert "min" not in chart.accessibleName()
    assert chart.table().headers == ("Began", "Routine")


def test_without_numbers_the_dial_says_and_draws_no_count(look: Look, show: Put) -> None:
    chart = DialChart(look=look)
    chart.resize(300, 300)
    inks = []
    for number_free in (False, True):
        chart.show_dial(dial([session(NOW - HOUR)], NOW), NOW, ounces=False, number_free=number_free)
        show(chart)
        middle = chart.grab().toImage().copy(110, 110, 80, 80)
        inks.append(len({middle.pixel(x, y) for x in range(80) for y in range(80)}))
    assert inks[0] > 1
    assert inks[1] == 1
    assert chart.accessibleName() == "Sessions in the last 24 hours"


# kept as a picture


def test_the_drawing_is_made_once_and_again_when_something_changed(
    line: TrendChart, look: Look, qapp: QApplication
) -> None:
    before = line.drawings
    for _ in range(5):
        line.repaint()
    line.go_to(3)
    line.repaint()
    assert line.drawings == before
    look.choose_theme("light")
    line.repaint()
    assert line.drawings == before + 1
    line.resize(500, 260)
    line.repaint()
    assert line.drawings == before + 2


@pytest.mark.parametrize("size", [(8, 8), (60, 40), (220, 150), (1800, 900)])
def test_charts_draw_at_any_size(
    day_dial: DialChart, line: TrendChart, pair: CompareChart, size: tuple[int, int]
) -> None:
    for chart in (day_dial, line, pair):
        chart.resize(*size)
        assert not chart.grab().isNull()


def test_a_chart_with_nothing_in_it_keeps_still(look: Look, show: Put) -> None:
    for chart in (DialChart(look=look), TrendChart(look=look), CompareChart(look=look)):
        show(chart)
        chart.setFocus()
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert chart.current is None
        assert said_by(chart) == ""


def test_a_day_partly_noted_says_so(look: Look, show: Put) -> None:
    chart = TrendChart(look=look)
    chart.resize(640, 260)
    day = DayTotal(date(2026, 11, 21), 6, 4, 300.0)
    chart.show_trend(Trend((day,), (300.0,), (), TODAY), ounces=False)
    show(chart)
    assert [chart.words_of(n) for n in range(len(chart.spots))] == ["Yesterday · 300 mL, noted in 4 of 6 sessions"]
