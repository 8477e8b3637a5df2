"""History at the desk: seeing, changing, adding and taking out, and the notice that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from evenings import WELL, Evening
from guide.core.kinds import Comfort
from guide.core.record import Record
from guide.core.routine import Purpose
from guide.pages.history.form_dialog import FormDialog
from guide.pages.history.page import HistoryPage
from guide.pages.history.view import DaysSpan
from guide.store.log.log import Log
from guide.store.settings import Units

Start = Callable[..., Evening]
HOUR = timedelta(hours=1)
NOW = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)


def session(hours_ago: float, ml: float | None = 80.0, routine: str = "short", **noted: object) -> Record:
    return Record(
        0,
        routine,
        routine.capitalize(),
        NOW - hours_ago * HOUR,
        lasted=timedelta(minutes=20),
        left_ml=ml,
        uuid=f"{routine}{hours_ago}",
        **noted,  # type: ignore[arg-type]  # fields of a record, as a test writes them
    )


@pytest.fixture
def history(evening: Start) -> Callable[..., tuple[Evening, HistoryPage]]:
    """The program with these sessions in its log, at the history page."""

    def begin(*records: Record, **settings: object) -> tuple[Evening, HistoryPage]:
        night = evening(**settings)
        night.made.tools.log.merge(records)
        night.made.desk.go_to("history")
        QApplication.processEvents()
        return night, night.page(HistoryPage)

    return begin


Begin = Callable[..., tuple[Evening, HistoryPage]]


def dialog_of(night: Evening) -> FormDialog:
    dialog = night.made.tools.window.dialog
    assert isinstance(dialog, FormDialog)
    return dialog


def asked(night: Evening) -> bool:
    return night.made.tools.window.dialog is not None


def records_of(night: Evening) -> list[Record]:
    found: list[Record] = night.made.tools.log.records()
    return found


# seeing


def test_before_the_first_session_the_page_helps_on(history: Begin) -> None:
    night, page = history()
    assert page.nothing.isVisible()
    assert page.nothing.title.text() == "Nothing here yet"
    QTest.mouseClick(page.nothing.begin, Qt.MouseButton.LeftButton)
    assert night.here == "routines"


def test_the_page_shows_what_the_log_has(history: Begin) -> None:
    _, page = history(session(3.2), session(7, None), session(30))
    over = page.overview
    assert over.dial.chart.dial.count == 2
    assert over.dial.caption.text() == "3 h 12 min since the last one"
    assert [(row.when, row.milk) for row in over.sessions.rows.rows if row.isVisible()] == [
        ("Mon 23:48", "80 mL"),
        ("Mon 20:00", "–"),
        ("Sun 21:00", "80 mL"),
    ]
    assert over.trend.chart.trend.noted == [80.0, 80.0]
    assert not over.compare.picker.isVisible()


def test_two_routines_are_compared_and_others_can_be_chosen(history: Begin) -> None:
    records = [session(n * 3 + 1, 90.0 + n % 3, "massage") for n in range(8)]
    records += [session(n * 3 + 2, 60.0 + n % 3, "plain") for n in range(7)]
    records += [session(n * 3 + 2.5, 70.0, "rare") for n in range(3)]
    _, page = history(*records)
    card = page.overview.compare
    assert card.words.text().startswith("About 30 mL more per session with massage, on average; likely ")
    assert card.words.text().endswith("Time of day may play a part.")
    assert card.chart.accessibleName() == card.words.text()
    page.compare_asked.emit("rare", "plain")
    expected = "Too early to say. From 6 noted sessions of each on, a comparison says more."
    assert card.words.text() == expected
    assert card.picker.text() == "Rare vs Plain"


def test_the_menu_of_routines_picks_the_first_the_second_and_their_order(history: Begin) -> None:
    records = [session(n * 3 + 1, 90.0, "massage") for n in range(3)]
    records += [session(n * 3 + 2, 60.0, "plain") for n in range(2)] + [session(5.5, 70.0, "rare")]
    _, page = history(*records)
    picker = page.overview.compare.picker
    assert picker.text() == "Massage vs Plain"

    def chosen(part: int, name: str) -> None:
        menu = picker.menu()
        inner = menu.actions()[part].menu()
        assert isinstance(inner, QMenu)
        next(one for one in inner.actions() if one.text() == name).trigger()
        menu.deleteLater()

    chosen(1, "Rare")
    assert picker.text() == "Massage vs Rare"
    chosen(0, "Rare")
    assert picker.text() == "Rare vs Massage"
    picker.menu().actions()[-1].trigger()
    assert picker.text() == "Massage vs Rare"


def test_names_that_came_with_a_sheet_are_routines_of_their_own_or_those_they_name(history: Begin) -> None:
    names = ["Freestyle", "Power-Pumpen", "freestyle ", "Power pumping", "Freestyle", ""]
    sheet = [replace(session(3 * n + 3, 50.0 + n, ""), routine_name=name) for n, name in enumerate(names)]
    _, page = history(*sheet, session(40, 90.0, "power-pumping"))
    page.show_all()
    view = page.records.list.painter.view
    assert view is not None
    assert view.compared is not None
    found = {}
    for choice in view.routines:
        page.records.routine.chosen.emit(choice.id)
        found[choice.name] = (choice.sessions, page.records.model.total)
    assert found == {"Freestyle": (3, 3), "Power-pumping": (3, 3), "Without a routine": (1, 1)}
    assert {view.compared.first.name, view.compared.second.name} == {"Freestyle", "Power-pumping"}


def test_a_longer_stretch_of_days_can_be_looked_at(history: Begin) -> None:
    _, page = history(*(session(24 * day + 1) for day in range(60)))
    assert len(page.overview.trend.chart.trend.days) == 14
    page.span_chosen.emit(DaysSpan.MONTH)
    assert len(page.overview.trend.chart.trend.days) == 30
    page.span_chosen.emit(DaysSpan.ALL)
    assert len(page.overview.trend.chart.trend.days) == 59


def test_ounces_and_no_numbers_are_kept_to(history: Begin) -> None:
    night, page = history(session(2, 75.0), session(27, 75.0), units=Units.OZ)
    assert page.overview.sessions.rows.rows[0].milk == "2.54 fl oz"
    assert page.overview.trend.head.text() == "Milk per day, fl oz"
    night.made.tools.preferences.change(number_free=True)
    QApplication.processEvents()
    assert page.overview.sessions.rows.rows[0].milk == ""
    assert not page.overview.trend.isVisible()
    assert not page.overview.compare.isVisible()
    assert page.overview.dial.caption.text() == "The last one began at 01:00"
    night.wall += timedelta(days=3)
    night.made.desk.go_to("history")
    assert page.overview.dial.caption.text() == "The last one: Tue 3 Mar, 01:00"


def test_the_bead_goes_on_while_it_is_watched(history: Begin) -> None:
    night, page = history(session(3))
    before = page.overview.dial.chart.dial.now
    night.wall += 30 * timedelta(minutes=1)
    night.made.desk.history._minute.timeout.emit()
    assert page.overview.dial.chart.dial.now == pytest.approx(before + 0.5 / 24)
    assert page.overview.dial.caption.text() == "3 h 30 min since the last one"


def test_at_midnight_a_session_of_today_is_told_with_its_day(history: Begin) -> None:
    night, page = history(session(-19))
    night.wall = NOW.replace(hour=23, minute=59)
    night.made.desk.go_to("history")
    (row,) = page.overview.sessions.rows.rows
    assert row.when == "22:00"
    night.wall += timedelta(minutes=1)
    night.made.desk.history._minute.timeout.emit()
    assert row.when == "Tue 22:00"


def test_what_a_terminal_has_logged_is_shown_when_the_window_is_come_back_to(
    history: Begin,
) -> None:
    night, page = history(session(3))
    terminal = Log.open(night.paths.log, now=lambda: NOW)
    terminal.merge([session(1, 95.0)])
    terminal.close()
    assert [row.milk for row in page.overview.sessions.rows.rows] == ["80 mL"]
    night.made.desk.history._woken(Qt.ApplicationState.ApplicationActive)
    assert [row.milk for row in page.overview.sessions.rows.rows] == ["95 mL", "80 mL"]


# changing


def test_a_session_is_changed_where_it_is_seen(history: Begin) -> None:
    night, page = history(session(3))
    page.overview.sessions.rows.rows[0].click()
    form = dialog_of(night).form
    form.right.setText("35")
    form.note.setText("beside her")
    form.comfort.parts[0].click()
    dialog_of(night).buttons[1].click()
    (record,) = records_of(night)
    assert (record.left_ml, record.right_ml, record.note, record.comfort) == (80, 35, "beside her", Comfort.EASY)
    assert page.overview.sessions.rows.rows[0].milk == "115 mL"


def test_pain_noted_of_today_has_the_check_asked_anew_and_of_yesterday_not(history: Begin) -> None:
    night, page = history(session(1), session(30))
    preferences, answers = night.made.tools.preferences, []
    for row in (1, 0):
        page.overview.sessions.rows.rows[row].click()
        dialog_of(night).form.comfort.parts[list(Comfort).index(Comfort.PAINFUL)].click()
        dialog_of(night).buttons[1].click()
        answers.append(preferences.settings.sore_check)
    assert answers == [WELL, None]


def test_what_cannot_be_read_gets_one_sentence_and_loses_nothing(history: Begin) -> None:
    night, page = history(session(3))
    page.overview.sessions.rows.rows[0].click()
    dialog = dialog_of(night)
    dialog.form.time.setText("soonish")
    dialog.form.note.setText("kept")
    dialog.buttons[1].click()
    assert dialog.isVisible()
    assert dialog.form.troubles[dialog.form.time].text() == "A time could look like 19:45, or 7:45 pm."
    assert records_of(night)[0].note == ""
    dialog.form.time.setText("0:40")
    dialog.buttons[1].click()
    (record,) = records_of(night)
    assert (record.note, record.began.replace(second=0)) == ("kept", NOW.replace(hour=0, minute=40))


def test_escape_leaves_an_untouched_session_at_once_and_asks_where_a_note_would_be_lost(history: Begin) -> None:
    night, page = history(session(3))
    page.overview.sessions.rows.rows[0].click()
    QTest.keyClick(dialog_of(night), Qt.Key.Key_Escape)
    assert not asked(night)
    page.overview.sessions.rows.rows[0].click()
    dialog = dialog_of(night)
    dialog.form.note.setText("warm cloth first")
    QTest.keyClick(dialog.form.note, Qt.Key.Key_Escape)
    assert dialog_of(night) is dialog
    assert dialog.form.trouble.text().startswith("This is not saved yet.")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(dialog, held)
    assert dialog_of(night) is dialog
    QTest.keyClick(dialog.form.note, Qt.Key.Key_Escape)
    assert not asked(night)
    assert records_of(night)[0].note == ""


def test_an_opened_session_can_be_deleted_and_is_brought_back_by_undo(history: Begin) -> None:
    night, page = history(session(3, note="kept"), session(9))
    page.overview.sessions.rows.rows[0].click()
    dialog = dialog_of(night)
    dialog.form.note.setText("half a")
    dialog.form.note.setFocus()
    QTest.keyClick(dialog.form.note, Qt.Key.Key_Tab)
    assert dialog.delete.hasFocus(), "after the form, before Not now and Save"
    QTest.keyClick(dialog.delete, Qt.Key.Key_Space)
    assert [record.note for record in records_of(night)] == [""]
    toast = night.made.tools.window.toast
    assert (toast.words.text().endswith(" is deleted"), toast.action.text()) == (True, "Undo")
    toast.action.click()
    assert [record.note for record in records_of(night)] == ["kept", ""]
    page.add_asked.emit()
    assert not dialog_of(night).delete.isVisible()


@pytest.mark.parametrize("way", ["the toast", "Ctrl+Z"])
def test_what_was_left_unsaved_can_be_gone_on_with(history: Begin, way: str) -> None:
    night, page = history(session(3, comfort=Comfort.EASY))
    window = night.made.tools.window
    page.overview.sessions.rows.rows[0].click()
    form = dialog_of(night).form
    form.note.setText("warm cloth first")
    form.lasted.setText("soon")
    form.comfort.parts[1].click()
    dialog_of(night).buttons[0].click()
    assert (window.toast.words.text(), window.toast.action.text()) == ("Left unsaved", "Go on writing")
    if way == "the toast":
        window.toast.action.click()
    else:
        window.toast.dismiss()
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    form = dialog_of(night).form
    assert (form.note.text(), form.lasted.text(), form.comfort.value) == ("warm cloth first", "soon", Comfort.FINE)


def test_a_window_that_closes_over_an_unsaved_session_asks_first(history: Begin) -> None:
    night, page = history(session(3))
    window = night.made.tools.window
    page.overview.sessions.rows.rows[0].click()
    form = dialog_of(night)
    form.form.lasted.setText("9 mni")  # which Save would not take
    form.form.lasted.setFocus()
    assert not window.close()
    asks = window.dialog
    assert asks is not None
    for _press in range(2):
        assert not window.close()
        assert window.dialog is asks
        assert (asks.accessibleName(), asks.isVisible(), form.isVisible()) == ("Close now?", True, True)
        assert asks.accessibleDescription().startswith("The session in this form is not saved yet.")
    QTest.keyClick(asks, Qt.Key.Key_Escape)
    assert dialog_of(night) is form
    assert form.form.lasted.hasFocus()
    assert form.form.lasted.text() == "9 mni"
    window.close()
    assert window.dialog is not None
    window.dialog.choose("close")
    assert not window.isVisible()


def test_a_window_closes_at_once_over_a_session_that_was_only_looked_at(history: Begin) -> None:
    night, page = history(session(3))
    page.overview.sessions.rows.rows[0].click()
    assert asked(night)
    assert night.made.tools.window.close()


def test_two_routines_with_volumes_are_put_side_by_side_before_one_without(history: Begin) -> None:
    without = [session(hours, None, "often") for hours in range(3, 9)]
    _, page = history(*without, session(30, 70, "first"), session(31, 70, "first"), session(40, 90, "second"))
    compared = page.view.compared
    assert compared is not None
    assert {compared.first.id, compared.second.id} == {"first", "second"}


def test_a_session_done_elsewhere_is_added_with_its_time_in_the_past(history: Begin) -> None:
    night, page = history()
    QTest.mouseClick(page.nothing.add, Qt.MouseButton.LeftButton)
    form = dialog_of(night).form
    form.day.setText("yesterday")
    form.time.setText("7:45 pm")
    form.lasted.setText("22")
    form.left.setText("40")
    form.routine.set_value("short")
    form.purpose.parts[1].click()
    dialog_of(night).buttons[1].click()
    (record,) = records_of(night)
    assert (record.by_hand, record.routine_name, record.left_ml, record.right_ml) == (True, "Short", 40, None)
    assert (record.began.day, record.began.hour, record.began.minute) == (2, 19, 45)
    assert (record.lasted, record.purpose) == (timedelta(minutes=22), Purpose.PROMOTE)
    assert page.overview.isVisible()


def test_what_was_added_or_changed_by_hand_is_taken_back_by_undo(history: Begin) -> None:
    night, page = history(session(3))
    (before,) = records_of(night)
    page.edit_asked.emit(before)
    form = dialog_of(night).form
    for field, text in ((form.left, "12"), (form.lasted, "5"), (form.note, "too soon")):
        field.setText(text)
    form.comfort.parts[2].click()
    dialog_of(night).buttons[1].click()
    (changed,) = records_of(night)
    assert (changed.left_ml, changed.note, changed.comfort) == (12, "too soon", Comfort.TENDER)
    toast = night.made.tools.window.toast
    assert (toast.words.text(), toast.action.text()) == ("Saved", "Undo")
    toast.action.click()
    assert records_of(night) == [before]
    page.add_asked.emit()
    dialog_of(night).buttons[1].click()
    assert (len(records_of(night)), toast.words.text()) == (2, "Added")
    toast.action.click()
    assert records_of(night) == [before]
    assert page.view.total == 1


def test_a_session_added_in_the_full_list_is_gone_to_and_a_filter_that_hides_it_is_taken_off(history: Begin) -> None:
    night, page = history(*(session(3 * n + 3, note="warm") for n in range(6)))
    page.show_all()
    records = page.records
    records.search.setFocus()
    QTest.keyClicks(records.search, "warm")
    QTest.keyClick(records.search, Qt.Key.Key_Return)
    assert records.filter.search == "warm"
    for note, typed in (("warm again", "warm"), ("cold", "")):
        records.add.click()
        form = dialog_of(night).form
        form.day.setText("yesterday")
        form.note.setText(note)
        dialog_of(night).buttons[-1].click()
        chosen = records.model.record(records.list.currentIndex().row())
        assert chosen is not None
        assert (chosen.note, records.filter.search, records.search.text()) == (note, typed, typed)
        assert records.list.hasFocus()
    assert records.counted.text() == "8 in all"


def test_a_time_still_to_come_is_asked_about(history: Begin) -> None:
    night, page = history()
    page.add_asked.emit()
    form = dialog_of(night).form
    form.time.setText("23:59")
    form.day.setText("4 March 2026")
    dialog_of(night).buttons[1].click()
    assert form.troubles[form.day].text() == "That day is still to come; a day up to today, please."
    assert records_of(night) == []


def test_taking_out_never_asks_and_can_be_undone(history: Begin) -> None:
    night, page = history(session(3), session(7))
    page.overview.sessions.all.click()
    listed = page.records.list
    listed.setCurrentIndex(page.records.model.index(0))
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    assert len(records_of(night)) == 1
    assert page.records.model.rowCount() == 1
    toast = night.made.tools.window.toast
    assert (toast.words.text().endswith(" is deleted"), toast.action.text()) == (True, "Undo")
    QTest.keyClick(listed, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(records_of(night)) == 2
    assert page.records.model.rowCount() == 2
    assert listed.hasFocus()


def test_the_only_session_comes_back_into_the_full_list_it_was_taken_out_of(history: Begin) -> None:
    night, page = history(session(3))
    page.overview.sessions.all.click()
    QTest.keyClick(page.records.list, Qt.Key.Key_Delete)
    assert (records_of(night), page.shows_all, page.records.nothing.isVisible()) == ([], True, True)
    night.made.tools.window.toast.undo()
    assert (len(records_of(night)), page.shows_all, page.records.list.hasFocus()) == (1, True, True)
    assert page.records.list.painter.from_keyboard
    QTest.keyClick(page.records.list, Qt.Key.Key_Delete)
    QTest.keyClick(page.records, Qt.Key.Key_Escape)
    assert page.nothing.isVisible()


def test_delete_takes_out_one_of_the_latest_too(history: Begin) -> None:
    night, page = history(session(3), session(7))
    row = page.overview.sessions.rows.rows[1]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Delete)
    assert [one.began for one in records_of(night)] == [NOW - 3 * HOUR]
    assert night.made.tools.window.toast.words.text().endswith(" is deleted")
    night.made.tools.window.toast.undo()
    assert len(records_of(night)) == 2


def test_what_was_deleted_comes_back_by_its_key_long_after_the_last_one_first(history: Begin) -> None:
    night, page = history(session(3), session(7, routine="massage"), session(9))
    everything = records_of(night)
    window = night.made.tools.window

    def press() -> None:
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    for record in everything[:2]:
        page.delete_asked.emit(record)
    window.toast.dismiss()
    night.made.desk.go_to("routines")
    press()
    assert records_of(night) == everything[2:]
    night.made.desk.go_to("history")
    press()
    assert records_of(night) == everything[1:]
    assert window.toast.words.text() == "Mon 20:00 · Massage is back"
    press()
    assert records_of(night) == everything
    assert page.view.total == 3
    press()
    assert records_of(night) == everything


def test_the_menu_of_a_session_offers_its_finish_page(history: Begin) -> None:
    night, page = history(session(3))
    page.overview.sessions.all.click()
    record = records_of(night)[0]
    actions = {one.text(): one for one in page.records.list.menu_of(record).actions()}
    assert set(actions) == {"Edit", "Open the page after a session", "", "Delete"}
    actions["Open the page after a session"].trigger()
    assert night.here == "finish"


# the notice


def test_a_notice_comes_three_hours_after_the_last_start_where_she_asked_for_it(history: Begin) -> None:
    night, _ = history(session(1), nudge_on=True, quiet_from=NOW.time(), quiet_to=NOW.time())
    nudge = night.made.desk.history.nudge
    toast = night.made.tools.window.toast
    nudge.renew()
    assert nudge.at == NOW + 2 * HOUR
    assert not toast.isVisible()
    night.wall += 2 * HOUR
    nudge.wake()
    assert toast.words.text() == "Whenever you are ready: it has been about 3 hours."


def test_a_session_added_by_hand_moves_the_notice(history: Begin) -> None:
    night, _ = history(session(1), nudge_on=True, quiet_from=NOW.time(), quiet_to=NOW.time())
    night.made.tools.log.add_by_hand(began=NOW - HOUR / 2)
    night.made.desk.history.nudge.renew()
    assert night.made.desk.history.nudge.at == NOW + 2.5 * HOUR


def test_nothing_is_noticed_by_default(history: Begin) -> None:
    night, _ = history(session(1))
    assert night.made.desk.history.tray.icon is None
    assert not night.made.desk.history.nudge.timer.isActive()
