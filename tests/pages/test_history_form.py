"""What is typed about a session: read kindly, and asked about in one sentence where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guide.amounts import TypedError, read_volume
from guide.core.kinds import Comfort
from guide.core.record import Record
from guide.core.routine import Purpose
from guide.dates import day_words
from guide.kit.look import Look
from guide.language import languages, speak
from guide.pages.history.form import SessionForm
from guide.pages.history.form_dialog import CANCEL, SAVE, FormDialog
from guide.pages.history.typed import read_day, read_lasted, read_moment, read_time
from tabbing import misread, walked
from tables import each_row

SUNDAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Put = Callable[[QWidget], None]


@each_row(
    ("text", "found"),
    [
        ("", "2026-11-22"),
        ("Today", "2026-11-22"),
        (" yesterday ", "2026-11-21"),
        ("8 Nov", "2026-11-08"),
        ("8th of", None),
        ("8th november", "2026-11-08"),
        ("Nov 8, 2025", "2025-11-08"),
        ("november 8", "2026-11-08"),
        ("8 Nov 2026", "2026-11-08"),
        ("2026-11-08", "2026-11-08"),
        ("2026/1/2", "2026-01-02"),
        ("8.11.", "2026-11-08"),
        ("8.11.25", "2025-11-08"),
        ("31/10", "2026-10-31"),
        ("10/31", "2026-10-31"),
        ("11/11/2026", "2026-11-11"),
        ("24 Dec", "2025-12-24"),
        ("5/10", None),
        ("30 Feb", None),
        ("23 Nov 2026", None),
        ("8 foo", None),
        ("1 Jan 1066", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, found: str | None) -> None:
    if found is None:
        with pytest.raises(TypedError):
            read_day(text, SUNDAY)
    else:
        assert read_day(text, SUNDAY) == date.fromisoformat(found)


def test_a_day_is_read_as_it_is_shown_in_every_language_and_month() -> None:
    try:
        for tag in languages():
            speak(tag)
            for month in range(1, 13):
                day = date(2025, month, 8)
                shown = day_words(day, day)
                for text in (f"{shown} 2025", shown, f"{shown} 2025".upper()):
                    assert read_day(text, date(2025, 12, 31)) == day, (tag, text)
    finally:
        speak("en")


def test_a_day_that_may_be_two_is_asked_about() -> None:
    with pytest.raises(TypedError, match=re.escape("Could you write the month as a word? 5 Oct, or 10 May.")):
        read_day("5/10", SUNDAY)


@each_row(
    ("text", "found"),
    [
        ("19:45", time(19, 45)),
        ("7:45 pm", time(19, 45)),
        ("7.45pm", time(19, 45)),
        ("0745", time(7, 45)),
        ("745", time(7, 45)),
        ("7", time(7)),
        ("7 p.m.", time(19)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("19h45", time(19, 45)),
        ("25:00", None),
        ("19:75", None),
        ("13 pm", None),
        ("", None),
        ("noonish", None),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, found: time | None) -> None:
    if found is None:
        with pytest.raises(TypedError, match=re.escape("A time could look like 19:45, or 7:45 pm.")):
            read_time(text)
    else:
        assert read_time(text) == found


def test_midnight_at_the_end_of_a_day_asks_for_the_day_that_begins() -> None:
    for text in ("24:00", "2400", "24"):
        with pytest.raises(TypedError, match=re.escape("Midnight is written 00:00")):
            read_time(text)


@each_row(
    ("text", "minutes"),
    [("22", 22), ("22 min", 22), ("1 h 5 min", 65), ("22,5", 22.5), ("1:30", 1.5), ("", 0), ("–", 0)],
)
def test_a_length_is_read_and_a_bare_number_is_minutes(text: str, minutes: float) -> None:
    assert read_lasted(text) == minutes * MINUTE


@each_row("text", ["0", "0 min", "0:00"])
def test_no_time_at_all_is_no_length_of_a_session(text: str) -> None:
    with pytest.raises(TypedError, match="leave it blank"):
        read_lasted(text)


@each_row("text", ["a while", "-5", "99999999 h", "9 h"])
def test_a_length_that_is_none_is_asked_about(text: str) -> None:
    with pytest.raises(TypedError, match="22 min"):
        read_lasted(text)


@each_row(
    ("text", "ounces", "ml"),
    [
        ("75", False, 75),
        ("75 mL", True, 75),
        ("2.5", True, 73.9),
        ("2,5 oz", False, 73.9),
        ("2½", True, 73.9),
        ("2 ½ fl oz", True, 73.9),
        ("½", True, 14.8),
        ("1 7/16", True, 42.6),
        ("0.04", False, 0.04),
        ("0", False, 0),
        ("", False, None),
        ("–", False, None),
    ],
)
def test_a_volume_is_read_in_her_unit_or_the_one_she_writes(text: str, ounces: bool, ml: float | None) -> None:
    assert read_volume(text, ounces=ounces) == ml


@each_row(
    ("text", "way_out"),
    [
        *((text, "A volume could look like 75, or stay blank.") for text in ("a cup", "-5", "7 5", "1/0", "0/4")),
        *((text, "A volume could look like 75, or stay blank.") for text in ("50/30", "30/50", "4/4")),
        *(
            (text, "That is more than fits here: the volume of a side goes up to 999 mL.")
            for text in ("1000", "99999999999", "1234567890", "123456789 mL", "40 oz")
        ),
    ],
)
def test_a_volume_that_cannot_be_is_asked_about(text: str, way_out: str) -> None:
    with pytest.raises(TypedError, match=re.escape(way_out)):
        read_volume(text, ounces=False)


def test_a_moment_is_one_of_her_clock_and_not_to_come() -> None:
    elsewhere = timezone(timedelta(hours=-5))
    local = datetime(2026, 11, 1, tzinfo=elsewhere)
    assert read_moment(date(2026, 11, 1), time(9), NOW, local) == datetime(2026, 11, 1, 9, tzinfo=elsewhere)
    with pytest.raises(TypedError, match="still to come"):
        read_moment(SUNDAY, time(23), NOW, NOW)


# the form


def record(**changed: object) -> Record:
    held: dict[str, object] = {
        "id": 7,
        "routine_id": "short",
        "routine_name": "Short",
        "began": datetime(2026, 11, 21, 23, 55, 31, tzinfo=timezone(timedelta(hours=1))),
        "lasted": timedelta(minutes=22, seconds=11),
        "left_ml": 73.9,
        "purpose": Purpose.PROTECT,
        "comfort": Comfort.FINE,
    }
    return Record(**(held | changed))  # type: ignore[arg-type]  # fields of a record, as a test writes them


def form_of(look: Look, kept: Record | None, *, ounces: bool = False) -> SessionForm:
    return SessionForm(
        look=look, now=lambda: NOW, routines=[("short", "Short"), ("long", "Long")], record=kept, ounces=ounces
    )


def test_a_form_that_was_not_touched_changes_nothing(look: Look, show: Put) -> None:
    for ounces in (False, True):
        for ml in (0.0, 0.04, 0.2, 3.0, 50.0, 73.9, 134.1):
            form = form_of(look, record(left_ml=ml), ounces=ounces)
            show(form)
            assert form.read() == {}


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, ""), (1, "1 s"), (18.4, "18 s"), (31, "31 s"), (65, "1 min 5 s"), (3900, "1 h 5 min")]
)
def test_a_length_stands_in_the_form_as_it_can_be_typed(look: Look, show: Put, seconds: float, shown: str) -> None:
    form = form_of(look, record(lasted=timedelta(seconds=seconds)))
    show(form)
    assert form.lasted.text() == shown
    read_lasted(shown)


def test_drops_typed_in_ounces_are_stored_and_shown_as_typed(look: Look, show: Put) -> None:
    form = form_of(look, record(left_ml=3.0), ounces=True)
    show(form)
    assert (form.left.text(), read_volume("0.1", ounces=True)) == ("0.1", 3.0)


def test_what_is_shown_rounded_keeps_its_seconds_and_tenths(look: Look, show: Put) -> None:
    form = form_of(look, record(), ounces=True)
    show(form)
    assert (form.left.text(), form.lasted.text(), form.time.text()) == ("2.5", "22 min", "23:55")
    form.note.setText("kept")
    assert form.read() == {"note": "kept"}


def test_a_time_changed_keeps_to_the_clock_she_had_that_day(look: Look, show: Put) -> None:
    form = form_of(look, record())
    show(form)
    form.time.setText("23:40")
    assert form.read() == {"began": datetime(2026, 11, 21, 23, 40, tzinfo=timezone(timedelta(hours=1)))}


def test_what_was_noted_can_be_taken_back(look: Look, show: Put) -> None:
    form = form_of(look, record(note="x"))
    show(form)
    form.left.setText("")
    form.note.setText("")
    form.comfort.parts[-1].click()
    form.purpose.parts[-1].click()
    form.routine.set_value("")
    expected = {"left_ml": None, "note": "", "comfort": None, "purpose": None, "routine_id": "", "routine_name": ""}
    assert form.read() == expected


def test_an_unwritten_form_is_a_session_now_of_which_nothing_is_noted(look: Look, show: Put) -> None:
    form = form_of(look, None)
    show(form)
    noted = form.read()
    assert noted is not None
    assert noted["began"] == NOW
    assert not any(noted[name] for name in noted if name != "began")


def test_a_routine_that_is_gone_keeps_its_name(look: Look, show: Put) -> None:
    form = form_of(look, record(routine_id="gone", routine_name="Gone"))
    show(form)
    assert form.routine.text() == "Gone"
    assert form.read() == {}


def test_each_field_that_cannot_be_read_is_told_beneath_it_and_the_first_has_the_focus(look: Look, show: Put) -> None:
    form = form_of(look, record())
    show(form)
    form.time.setText("soonish")
    form.left.setText("lots")
    form.lasted.setText("a while")
    assert form.read() is None
    assert form.time.hasFocus()
    form.resize(572, form.heightForWidth(572))
    QApplication.processEvents()
    told = {
        form.time: "A time could look like",
        form.lasted: "How long it lasted can",
        form.left: "A volume could look like",
    }
    for field, label in form.troubles.items():
        words = told.get(field, "")
        assert label.isVisible() == bool(words)
        assert (label.text() if label.isVisible() else "").startswith(words)
        assert field.accessibleDescription().startswith(words)
        assert not words or label.mapTo(form, QPoint()).y() >= field.mapTo(form, QPoint(0, field.height())).y()
    form.time.setText("19:45")
    form.left.setText("20")
    assert form.read() is None
    assert form.lasted.hasFocus()
    assert [field for field, label in form.troubles.items() if label.isVisible()] == [form.lasted]
    assert form.time.accessibleDescription() == ""


def test_without_numbers_none_are_asked_for(look: Look, show: Put) -> None:
    form = SessionForm(look=look, now=lambda: NOW, routines=[], record=record(), number_free=True)
    show(form)
    assert not any(field.isVisible() for field in (form.lasted, form.left, form.right))
    assert form.day.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_enter_saves_and_escape_leaves_at_any_size(look: Look, show: Put, scale: float) -> None:
    look.choose_scale(scale)
    answers: list[object] = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        host = QWidget()
        host.resize(800, 560)
        show(host)
        dialog = FormDialog(host, form_of(look, record()), look=look, title="A session")
        dialog.chosen.connect(answers.append)
        dialog.open()
        assert dialog.form.day.hasFocus()
        assert host.rect().contains(dialog.card.geometry())
        QTest.keyClick(dialog.form.day, key)
    assert answers == [SAVE, CANCEL]


def test_the_fields_end_where_the_buttons_below_them_do(look: Look, show: Put) -> None:
    host = QWidget()
    host.resize(1160, 780)
    show(host)
    dialog = FormDialog(host, form_of(look, record()), look=look, title="A session")
    dialog.open()
    QApplication.processEvents()
    edges = [widget.mapTo(host, widget.rect().topRight()).x() for widget in (dialog.form.note, dialog.buttons[1])]
    assert edges[1] - edges[0] == 2  # the ring of a field lies in that


def test_a_long_note_is_read_in_several_lines_and_a_short_one_takes_one(look: Look, show: Put) -> None:
    host = QWidget()
    host.resize(1160, 780)
    show(host)
    long = "Slept beside the baby, warm cloth first. " * 250
    form = form_of(look, record(note=long.strip()))
    dialog = FormDialog(host, form, look=look, title="A session")
    dialog.open()
    for _ in range(3):
        QApplication.processEvents()
    note, line = form.note, form.meant_for.height()
    assert note.height() > 3 * line
    assert note.document().lineCount() > 100
    assert dialog.card.height() <= host.height()
    assert form.height() <= dialog.card.height(), "the card grows with it, as far as the window has room"
    note.setText("a\u00a0short\none")
    QApplication.processEvents()
    assert (form.read() or {})["note"] == "a\u00a0short\none"
    note.setText("short")
    QApplication.processEvents()
    assert (note.height(), note.verticalScrollBar().maximum()) == (line, 0)


def test_enter_in_the_note_saves_as_in_the_other_fields_and_what_is_pasted_breaks_no_line(
    look: Look, show: Put
) -> None:
    host = QWidget()
    show(host)
    dialog = FormDialog(host, form_of(look, record(note="")), look=look, title="A session")
    dialog.open()
    pasted = QMimeData()
    pasted.setText("warm cloth\nfirst")
    dialog.form.note.insertFromMimeData(pasted)
    QTest.keyClick(dialog.form.note, Qt.Key.Key_Return)
    assert dialog.noted == {"note": "warm cloth first"}


BERLIN = ZoneInfo("Europe/Berlin")


@each_row(
    ("began", "day", "at", "meant"),
    [
        # the night when the clocks go back: what was noted before it, corrected to after it, and the other way round
        ("2026-10-25T01:30:00+02:00", "2026-10-25", "04:00", "2026-10-25T04:00:00+01:00"),
        ("2026-10-25T04:00:00+01:00", "2026-10-25", "01:30", "2026-10-25T01:30:00+02:00"),
        # a time that came twice stays the one it was, else it is the later one
        ("2026-10-25T02:15:00+02:00", "2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:15:00+01:00", "2026-10-25", "02:30", "2026-10-25T02:30:00+01:00"),
        (None, "2026-10-25", "02:30", "2026-10-25T02:30:00+01:00"),
        # the night when they go forward
        ("2026-03-29T01:30:00+01:00", "2026-03-29", "04:00", "2026-03-29T04:00:00+02:00"),
        ("2026-03-29T04:00:00+02:00", "2026-03-29", "01:30", "2026-03-29T01:30:00+01:00"),
        # another day, half a year away
        ("2026-07-01T12:00:00+02:00", "2026-01-05", "12:00", "2026-01-05T12:00:00+01:00"),
        # noted on a journey: that clock is kept
        ("2026-07-01T12:00:00-07:00", "2026-07-01", "13:00", "2026-07-01T13:00:00-07:00"),
    ],
)
def test_a_corrected_time_is_by_the_clocks_of_its_day(began: str | None, day: str, at: str, meant: str) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
    local = datetime.fromisoformat(began) if began else None
    found = read_moment(date.fromisoformat(day), time.fromisoformat(at), now, local, BERLIN)
    assert found.isoformat() == meant


def test_of_a_time_that_comes_twice_the_first_is_meant_until_the_second_has_come() -> None:
    between = datetime.fromisoformat("2026-10-25T02:40:00+02:00")
    found = read_moment(date(2026, 10, 25), time(2, 30), between, None, BERLIN)
    assert found.isoformat() == "2026-10-25T02:30:00+02:00"


def test_a_time_that_the_clocks_left_out_is_asked_about() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
    with pytest.raises(TypedError, match=r"02:30 was left out; could it be 03:30\?"):
        read_moment(date(2026, 3, 29), time(2, 30), now, None, BERLIN)


@pytest.mark.parametrize(
    ("record", "time_typed", "lasted_typed", "told"),
    [
        (None, "", "22", "That would end at 12:22, which is still to come. Did it begin at 11:38?"),
        (None, "11:50", "22", "That would end at 12:12, which is still to come. Did it begin at 11:38?"),
        (None, "11:38", "22", ""),
        (Record(1, "r", "R", NOW - 20 * MINUTE, lasted=20 * MINUTE), "11:50", "", "That would end at 12:10"),
        (Record(1, "r", "R", NOW - 20 * MINUTE, lasted=30 * MINUTE), "", "", ""),
    ],
)
def test_a_session_that_would_end_in_the_future_is_asked_about(
    look: Look, show: Put, record: Record | None, time_typed: str, lasted_typed: str, told: str
) -> None:
    form = SessionForm(look=look, now=lambda: NOW, routines=[], record=record, zone=UTC)
    show(form)
    if time_typed:
        form.time.setText(time_typed)
    if lasted_typed:
        form.lasted.setText(lasted_typed)
    assert (form.read() is None) == bool(told)
    assert form.troubles[form.lasted].text().startswith(told)


def test_a_form_that_stood_open_is_read_by_the_clock_as_it_is_by_then(look: Look, show: Put) -> None:
    clock = [NOW]
    form = SessionForm(look=look, now=lambda: clock[0], routines=[], zone=UTC)
    show(form)
    clock[0] += 30 * MINUTE
    form.lasted.setText("22")
    noted = form.read()
    assert noted is not None
    assert (noted["began"], noted["lasted"]) == (NOW, 22 * MINUTE)
    form.time.setText("12:10")
    form.lasted.setText("10")
    noted = form.read()
    assert noted is not None
    assert noted["began"] == NOW + 10 * MINUTE
    clock[0] += timedelta(days=1)
    form.day.setText("yesterday")
    noted = form.read()
    assert noted is not None
    assert noted["began"] == NOW + 10 * MINUTE


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_tab_goes_through_the_form_as_it_is_read_and_round_to_its_beginning(
    look: Look, show: Put, scale: float
) -> None:
    look.choose_scale(scale)
    host = QWidget()
    host.resize(1000, 900)
    show(host)
    dialog = FormDialog(
        host, SessionForm(look=look, now=lambda: NOW, routines=[("r", "R")]), look=look, title="A session"
    )
    dialog.open()
    stops = walked(host, dialog.form.day)
    assert stops[-2:] == dialog.buttons
    assert misread(host, stops) == []
    look.choose_scale(1.0)
