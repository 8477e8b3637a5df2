"""The history page: its four cards, the full list, and what each of them shows and asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.amounts import volume_words
from guide.core.days import LastDay, dial
from guide.core.kinds import Comfort
from guide.core.record import ML_PER_OZ, DayTotal, Record, RoutineDay
from guide.core.routine import Purpose
from guide.kit.look import Look
from guide.language import speak
from guide.pages.history import page as history_page
from guide.pages.history.charts import ABOUT_DAYS, ABOUT_TREND, FURTHER_BACK, NO_DAYS
from guide.pages.history.page import HistoryPage
from guide.pages.history.records_model import AT_ONCE, PAGE, Filter, RecordsModel
from guide.pages.history.view import DaysSpan, HistoryView, PairChoice, side_by_side, trend
from guide.pages.history.words import axis_words, total_words
from tables import each_row
from wording import report, texts_of

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAGES = Path(history_page.__file__).parent
Put = Callable[[QWidget], None]


class Kept:
    """Sessions in memory, and which of them were asked for."""

    def __init__(self, sessions: Sequence[Record]) -> None:
        self.sessions = list(sessions)
        self.asked: list[tuple[int, int]] = []

    def matching(self, wanted: Filter) -> list[Record]:
        return [
            one
            for one in self.sessions
            if wanted.routine in {None, one.routine_id}
            and wanted.purpose in {None, one.purpose}
            and wanted.search in one.note
        ]

    def count(self, wanted: Filter) -> int:
        return len(self.matching(wanted))

    def records(self, wanted: Filter, limit: int, offset: int) -> list[Record]:
        self.asked.append((limit, offset))
        return self.matching(wanted)[offset : offset + limit]

    def row(self, wanted: Filter, record: Record) -> int | None:
        found = self.matching(wanted)
        return found.index(record) if record in found else None


def some(number: int) -> list[Record]:
    return [
        Record(
            n + 1,
            "hands-on-pumping" if n % 2 else "pump-only",
            "Hands-on pumping" if n % 2 else "Pump only",
            NOW - 4 * n * HOUR - HOUR,
            lasted=timedelta(minutes=20),
            purpose=Purpose.PROTECT if n % 3 else Purpose.PROMOTE,
            left_ml=None if n == 3 else 70.0 + n % 5 * 5,
            comfort=Comfort.EASY,
            note="warm cloth first" if n % 4 == 0 else "",
        )
        for n in range(number)
    ]


def view_of(sessions: Sequence[Record], **changed: object) -> HistoryView:
    totals = [DayTotal(TODAY - n * DAY, 6, 6, 400.0 + n) for n in range(1, 12)]
    pair = (PairChoice("hands-on-pumping", "Hands-on pumping", 12), PairChoice("pump-only", "Pump only", 14))
    volumes = [(NOW - n * HOUR, 80.0 + n) for n in range(12)]
    others = [(NOW - n * HOUR, 60.0 + n) for n in range(14)]
    view = HistoryView(
        now=NOW,
        dial=dial(sessions, NOW),
        total=len(sessions),
        latest=tuple(sessions[:12]),
        trend=trend(totals, [], DaysSpan.WEEKS, TODAY),
        routines=pair,
        compared=side_by_side(*pair, volumes, others),
    )
    return replace(view, **changed)  # type: ignore[arg-type]  # fields of the view, as a test writes them


@pytest.fixture
def page(look: Look, show: Put) -> HistoryPage:
    page = HistoryPage(look)
    page.resize(1160, 712)
    sessions = some(300)
    page.show_history(view_of(sessions), Kept(sessions))
    show(page)
    return page


def places(page: HistoryPage) -> list[tuple[int, int]]:
    over = page.overview
    return [(card.x(), card.y()) for card in (over.dial, over.trend, over.sessions, over.compare)]


# how it lies


def test_four_cards_stand_two_by_two_where_there_is_room(page: HistoryPage) -> None:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = places(page)
    assert (x0, y0) == (x2, y1)
    assert (x1, y2) == (x3, y3)
    assert x1 > x0
    assert y2 > y0
    assert page.overview.area.verticalScrollBar().maximum() == 0


def test_they_stand_one_above_the_other_in_a_small_window_and_with_large_words(
    page: HistoryPage, look: Look, qapp: QApplication
) -> None:
    page.resize(800, 492)
    qapp.processEvents()
    xs = {x for x, _ in places(page)}
    ys = [y for _, y in places(page)]
    assert len(xs) == 1
    assert ys == sorted(set(ys))
    page.resize(1160, 712)
    look.choose_scale(1.5)
    qapp.processEvents()
    assert len({x for x, _ in places(page)}) == 1
    look.choose_scale(1.0)


def test_nothing_is_wider_than_its_window(page: HistoryPage, look: Look, qapp: QApplication) -> None:
    for scale in (1.0, 1.6):
        look.choose_scale(scale)
        for size in ((800, 492), (1000, 632), (1160, 712), (1920, 1012)):
            page.resize(*size)
            qapp.processEvents()
            inside = page.overview.area.widget()
            assert inside is not None
            assert inside.width() <= page.overview.area.viewport().width()


def test_as_many_sessions_show_as_find_room(page: HistoryPage, qapp: QApplication) -> None:
    rows = page.overview.sessions.rows
    assert sum(row.isVisible() for row in rows.rows) == 5
    page.resize(1160, 1200)
    qapp.processEvents()
    assert 5 < sum(row.isVisible() for row in rows.rows) <= 12
    assert all(row.geometry().bottom() <= rows.height() for row in rows.rows if row.isVisible())


# what it says


def test_the_cards_say_what_they_show(page: HistoryPage) -> None:
    over = page.overview
    assert over.dial.caption.text() == "1 h since the last one"
    assert over.trend.head.text() == "Milk per day, mL"
    assert [row.milk for row in over.sessions.rows.rows[:4]] == ["70 mL", "75 mL", "80 mL", "–"]
    assert over.compare.words.text().startswith("About 19 mL more per session with hands-on pumping, on average")


def test_before_six_sessions_a_side_it_is_too_early_to_say(page: HistoryPage) -> None:
    pair = (PairChoice("a", "Hands-on pumping", 3), PairChoice("b", "Pump only", 2))
    compared = side_by_side(*pair, [(NOW, 80.0)] * 3, [(NOW, 60.0)] * 2)
    page.show_history(view_of(some(5), compared=compared), Kept(some(5)))
    assert page.overview.compare.words.text().startswith("Too early to say.")


@pytest.mark.parametrize(("span", "further"), [(DaysSpan.WEEKS, True), (DaysSpan.MONTH, True), (DaysSpan.ALL, False)])
def test_days_without_a_volume_are_no_reproach_and_a_longer_span_is_pointed_to(
    page: HistoryPage, span: DaysSpan, further: bool
) -> None:
    page.show_history(view_of(some(5), trend=trend([], [], span, TODAY), span=span), Kept(some(5)))
    card = page.overview.trend
    assert not card.pane.isVisible()
    assert card.words.text() == (f"{NO_DAYS} {FURTHER_BACK}" if further else NO_DAYS)


@each_row("path", sorted([*PAGES.glob("*.py"), PAGES.parents[1] / "kit" / "charts.py"]))
def test_no_sentence_judges_or_urges(path: Path) -> None:
    assert report(texts_of(path)) == []


def test_a_history_with_sessions_and_one_without_ask_for_files_to_import(page: HistoryPage) -> None:
    asked: list[int] = []
    page.import_asked.connect(lambda: asked.append(1))
    for button in (page.overview.sessions.bring, page.nothing.bring):
        assert "Import sessions" in {button.text(), button.accessibleName()}
        button.click()
    assert len(asked) == 2


def test_every_part_has_a_name_for_a_screen_reader(page: HistoryPage) -> None:
    over = page.overview
    for widget in (over.dial.chart, over.trend.chart, over.compare.chart, over.trend.span, over.compare.picker):
        assert widget.accessibleName()
    assert all(row.accessibleName() for row in over.sessions.rows.rows if row.isVisible())
    assert over.sessions.add.accessibleName() == "Add a session by hand"
    assert page.records.list.accessibleName()


# days and changes


def test_the_first_days_mean_knows_the_day_before_it() -> None:
    totals = [DayTotal(TODAY - n * DAY, 1, 1, 100.0 * n) for n in range(1, 30)]
    found = trend(totals, [], DaysSpan.WEEKS, TODAY)
    assert len(found.days) == 14
    assert found.means[0] == 1400
    assert found.means[-1] == 150


def test_fewer_than_three_days_have_no_average_and_no_word_of_one(page: HistoryPage) -> None:
    card = page.overview.trend
    for noted, line in ((1, False), (2, False), (3, True)):
        totals = [DayTotal(TODAY - n * DAY, 1, 1, 100.0 * n if n <= noted else None) for n in range(1, 8)]
        found = trend(totals, [], DaysSpan.WEEKS, TODAY)
        page.show_history(view_of(some(5), trend=found), Kept(some(5)))
        assert any(mean is not None for mean in found.means) == line
        assert card.words.text().startswith(ABOUT_TREND if line else ABOUT_DAYS)


def test_a_change_shows_while_its_line_or_its_band_does() -> None:
    totals = [DayTotal(TODAY - n * DAY, 1, 1, 100.0) for n in range(1, 40)]

    def changes(days_ago: int) -> list[int]:
        counted = [RoutineDay(TODAY - n * DAY, *(("b", "B") if n <= days_ago else ("a", "A")), 6) for n in range(1, 40)]
        return [(TODAY - one.day).days for one in trend(totals, counted, DaysSpan.WEEKS, TODAY).changes]

    assert changes(6) == [6]
    assert changes(18) == [18]
    assert changes(19) == []


# the full list


def test_the_key_that_finds_leads_to_the_search_among_every_session(page: HistoryPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not page.records.search.hasFocus()
    page.overview.sessions.all.click()
    page.records.search.setText("warm")
    QTest.keyClick(page.records.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.records.search.hasFocus()
    assert page.records.search.selectedText() == "warm"


def test_see_all_opens_every_session_and_escape_leads_back(page: HistoryPage) -> None:
    page.overview.sessions.all.click()
    assert page.records.counted.text() == "300 in all"
    assert page.records.list.hasFocus()
    QTest.keyClick(page.records.list, Qt.Key.Key_Escape)
    assert page.overview.isVisible()
    assert page.overview.sessions.all.hasFocus()


def test_the_list_reads_what_is_looked_at_and_no_more(page: HistoryPage, qapp: QApplication) -> None:
    sessions = some(2000)
    kept = Kept(sessions)
    page.show_history(view_of(sessions), kept)
    page.show_all()
    qapp.processEvents()
    assert kept.asked == [(PAGE, 0)]
    page.records.list.scrollToBottom()
    qapp.processEvents()
    assert len(kept.asked) <= 3


def test_a_log_of_very_many_is_told_of_in_portions(qapp: QApplication) -> None:
    sessions = some(AT_ONCE + 10)
    model = RecordsModel()
    model.show_records(Kept(sessions), Filter(), view_of(sessions))
    assert (model.rowCount(), model.total) == (AT_ONCE, AT_ONCE + 10)
    assert model.canFetchMore(model.index(-1))
    model.fetchMore(model.index(-1))
    assert model.rowCount() == AT_ONCE + 10
    assert not model.canFetchMore(model.index(-1))
    assert model.record(AT_ONCE + 9) == sessions[-1]
    assert model.record(AT_ONCE + 10) is None
    model.deleteLater()


def test_searching_waits_for_a_rest_in_typing_or_for_enter(page: HistoryPage) -> None:
    page.show_all()
    field = page.records.search
    field.setFocus()
    QTest.keyClicks(field, "warm")
    assert page.records.counted.text() == "300 in all"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.records.counted.text() == "75 found"
    QTest.keyClicks(field, "er than ever")
    page.records._typing.timeout.emit()
    assert page.records.nothing.isVisible()
    assert page.records.nothing.text() == "Nothing here with these words and filters."


def test_routine_and_purpose_narrow_the_list(page: HistoryPage) -> None:
    page.show_all()
    page.records.routine.chosen.emit("pump-only")
    assert page.records.counted.text() == "150 found"
    page.records.purpose.chosen.emit(Purpose.PROMOTE)
    assert page.records.counted.text() == "50 found"
    page.show_overview()
    page.show_all()
    assert page.records.counted.text() == "300 in all"


def test_a_row_is_opened_by_key_and_by_pointer_and_taken_out_by_delete(page: HistoryPage) -> None:
    page.show_all()
    asked: list[tuple[str, int]] = []
    page.edit_asked.connect(lambda one: asked.append(("edit", one.id)))
    page.delete_asked.connect(lambda one: asked.append(("delete", one.id)))
    listed = page.records.list
    listed.setCurrentIndex(page.records.model.index(1))
    QTest.keyClick(listed, Qt.Key.Key_Return)
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    at = listed.visualRect(page.records.model.index(4)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, at.y()))
    assert asked == [("edit", 2), ("delete", 3), ("edit", 5)]


def test_a_key_that_is_held_takes_out_or_opens_one_session(page: HistoryPage) -> None:
    page.show_all()
    asked: list[int] = []
    page.delete_asked.connect(lambda one: asked.append(one.id))
    page.edit_asked.connect(lambda one: asked.append(one.id))
    listed = page.records.list
    listed.setCurrentIndex(page.records.model.index(1))
    plain = Qt.KeyboardModifier.NoModifier
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return):
        for held in (False, True, True):
            QApplication.sendEvent(listed, QKeyEvent(QEvent.Type.KeyPress, key, plain, "", held))
    assert asked == [2, 2, 2]


def test_a_press_that_is_let_go_on_another_row_opens_neither(page: HistoryPage) -> None:
    page.show_all()
    asked: list[int] = []
    page.edit_asked.connect(lambda one: asked.append(one.id))
    listed, plain = page.records.list, Qt.KeyboardModifier.NoModifier
    places = [listed.visualRect(page.records.model.index(row)).center() for row in (1, 3)]
    for first, last in (places, places[::-1], [places[1]] * 2):
        QTest.mousePress(listed.viewport(), Qt.MouseButton.LeftButton, plain, QPoint(200, first.y()))
        QTest.mouseRelease(listed.viewport(), Qt.MouseButton.LeftButton, plain, QPoint(200, last.y()))
    assert asked == [4]


def test_a_row_says_the_session_in_one_line(page: HistoryPage) -> None:
    page.show_all()
    said = page.records.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Today, 02:12 · Pump only · 70 mL · 20 min · Promote supply · Easy · warm cloth first"


def test_without_numbers_a_row_has_neither_volume_nor_minutes(page: HistoryPage) -> None:
    sessions = some(3)
    page.show_history(view_of(sessions, number_free=True), Kept(sessions))
    page.show_all()
    said = page.records.model.index(0).data()
    assert "mL" not in said
    assert "min" not in said


def test_taking_out_keeps_the_place_in_the_list(page: HistoryPage, qapp: QApplication) -> None:
    page.show_all()
    listed = page.records.list
    listed.setCurrentIndex(page.records.model.index(120))
    qapp.processEvents()
    scrolled = listed.verticalScrollBar().value()
    fewer = [one for one in some(300) if one.id != 121]
    page.show_history(view_of(fewer), Kept(fewer))
    qapp.processEvents()
    assert listed.currentIndex().row() == 120
    assert listed.verticalScrollBar().value() == scrolled


def test_the_last_one_taken_out_leaves_the_page_helping_on(page: HistoryPage) -> None:
    page.show_all()
    empty = HistoryView(NOW, LastDay((), 0.1, None, ""))
    page.show_history(empty, Kept([]))
    assert page.records.nothing.isVisible()
    page.show_overview()
    assert page.nothing.isVisible()


@pytest.mark.parametrize("theme", ["night", "light"])
@pytest.mark.parametrize("size", [(800, 492), (1160, 712)])
def test_every_part_is_painted_in_both_themes(
    page: HistoryPage, look: Look, theme: str, size: tuple[int, int], qapp: QApplication
) -> None:
    look.choose_theme("light" if theme == "light" else "night")
    page.resize(*size)
    page.show_all()
    page.records.list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.records.list, Qt.Key.Key_Down)
    qapp.processEvents()
    assert not page.grab().isNull()
    page.show_overview()
    page.overview.compare.pane.toggle()
    qapp.processEvents()
    assert not page.grab().isNull()


@each_row(
    ("language", "axis", "total", "one"),
    [
        ("en", "15,000", "15,300 mL", "1,234.5 fl oz"),
        ("de", "15.000", "15.300 ml", "1.234,5 fl oz"),
        ("es", "15.000", "15.300 mL", "1.234,5 fl oz"),
        ("de-AT", "15\u00a0000", "15\u00a0300 ml", "1\u00a0234,5 fl oz"),
    ],
)
def test_figures_and_units_of_milk_are_as_the_language_writes_them(
    language: str, axis: str, total: str, one: str
) -> None:
    speak(language)
    try:
        assert axis_words(15000) == axis
        assert total_words(15300, ounces=False) == total
        assert total_words(1234.5 * ML_PER_OZ, ounces=True) == one
        assert volume_words(80, ounces=False) == f"80 {total.rsplit(maxsplit=1)[-1]}"
    finally:
        speak("en")
